"""One screen for every list: find as you type, sort in the header, the count at the foot, a card beside it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QBoxLayout,
    QFrame,
    QHBoxLayout,
    QHeaderView,
    QLineEdit,
    QStackedWidget,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from loanstore.i18n import _, ngettext
from loanstore.ui.labels import label, named, pause
from loanstore.ui.screens.thing_panel import ThingPanel
from loanstore.ui.table_model import Column, TableModel

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtCore import QObject
    from PySide6.QtGui import QResizeEvent
    from PySide6.QtWidgets import QPushButton

    from loanstore.operations.browsing import BorrowerCard, InstrumentCard
    from loanstore.operations.desk import Desk
    from loanstore.storage.lists import Listing
    from loanstore.ui.counter import Counter
    from loanstore.ui.theme import Look

PAUSE: Final = 120
"""Milliseconds after the last letter before the store is asked."""
MOST: Final = 5000
"""So many lines are shown at once; finding narrows the rest down."""


@dataclass(frozen=True, slots=True)
class ListKind:
    """What one list is: its name in the program, its words, its columns, and how its lines are found.

    ``code_of`` gives the code whose card Enter opens; ``empty`` what would fill the list.
    """

    name: str
    title: str
    find_hint: str
    columns: tuple[Column[Any], ...]
    find: Callable[[Desk, str, int], Listing]
    code_of: Callable[[Any], str]
    empty: str
    redraw_on: frozenset[str]
    many: bool = False


class Table(QTableView):
    """A table whose letters do not jump about: a scanner's keys arrive here too."""

    opened = Signal(int)

    def keyboardSearch(self, _text: str) -> None:
        """Let typed letters be."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Open the line on Enter."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and self.currentIndex().isValid():
            self.opened.emit(self.currentIndex().row())
            return
        super().keyPressEvent(event)


class ListScreen(QWidget):
    """A list over the whole screen; nothing is read until it is shown for the first time."""

    choose = Signal(str)

    def __init__(self, kind: ListKind, look: Look, counter: Counter) -> None:
        super().__init__()
        self.setObjectName("page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.kind = kind
        self._look = look
        self._counter = counter
        self._stale = True
        self.model: TableModel[Any] = TableModel(kind.columns, self)
        self.field = self._make_field()
        self.table = self._make_table()
        self._count = label("muted")
        self._selected = label("muted")
        self.panel = ThingPanel(look, counter)
        self.panel.hide()
        self.panel.closed.connect(self._close_panel)
        self.panel.choose.connect(self.choose)
        self._empty_words = label("mutedLarge", kind.empty, wrap=True)
        self._empty_words.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._pause = pause(self, PAUSE, self.refresh)
        self._lay_out()
        counter.changes.listen(kind.redraw_on, self._changed)
        counter.opened.connect(self._changed)

    def add_button(self, made: QPushButton) -> None:
        """Put a button at the head of the list."""
        self._buttons.insertWidget(self._buttons.count() - 1, made)

    def set_empty_button(self, made: QPushButton) -> None:
        """Put the one button under the words of an empty list."""
        self._empty_row.insertWidget(1, made)

    def shown(self) -> None:
        """Come into view: what changed meanwhile is read, and one may type at once."""
        if self._stale:
            self.refresh()
        self.field.setFocus()
        self.field.selectAll()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit the list into the window."""
        super().resizeEvent(event)
        self._fit()

    def refresh(self) -> None:
        """Read the list again."""
        self._stale = False
        typed = self.field.text()
        self._counter.read(lambda desk: self.kind.find(desk, typed, MOST), self._show, name=f"list-{self.kind.name}")

    def chosen_lines(self) -> tuple[Any, ...]:
        """Give the lines that are selected."""
        rows = sorted({index.row() for index in self.table.selectionModel().selectedRows()})
        return tuple(self.model.line(row) for row in rows)

    def count_words(self) -> str:
        """Give the count at the foot."""
        return self._count.text()

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Go from the search field into the list with Down or Enter."""
        pressed = event.key() if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress else None
        if pressed not in {Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter} or not self.model.rowCount():
            return False
        self.table.setFocus()
        self.table.selectRow(max(0, self.table.currentIndex().row()))
        return True

    def open_line(self, row: int) -> None:
        """Open the card of a line beside the list; once more opens the whole record."""
        code = self.kind.code_of(self.model.line(row))
        if self.panel.shows(code):
            self.panel.open_record()
            return

        def work(desk: Desk) -> InstrumentCard | BorrowerCard:
            from loanstore.operations import browsing

            return browsing.show(desk, code)

        self._counter.read(work, self._show_card, name=f"card-{self.kind.name}")

    def _show_card(self, card: InstrumentCard | BorrowerCard) -> None:
        self.panel.show_card(card)
        self.panel.show()
        self._fit()

    def _close_panel(self) -> None:
        self.panel.hide()
        self._fit()
        self.table.setFocus()

    def _fit(self) -> None:
        """Let columns that can be spared give way to the card; in a narrow window the whole list does."""
        size = self._look.theme.size
        narrow = self.width() < size("fold_below") - size("side_width")
        self._body.setVisible(not (narrow and self.panel.isVisible()))
        way = QBoxLayout.Direction
        self._head.setDirection(way.TopToBottom if narrow else way.LeftToRight)
        for at, column in enumerate(self.kind.columns):
            if column.spare:
                self.table.setColumnHidden(at, narrow or self.panel.isVisible())

    def _changed(self) -> None:
        self._stale = True
        if self.isVisible():
            self.refresh()

    def _show(self, listing: Listing) -> None:
        chosen = {self.kind.code_of(line) for line in self.chosen_lines()}
        self.model.show(listing.lines)
        for row, line in enumerate(self.model.lines()) if chosen else ():
            if self.kind.code_of(line) in chosen:
                self.table.selectRow(row)
        self._body.setCurrentIndex(0 if listing.total or self.field.text() else 1)
        said = ngettext("{n} line", "{n} lines", listing.total).format(n=f"{listing.total:,}")
        if listing.total > len(listing.lines):
            said = _("{said}, the first {shown} shown").format(said=said, shown=f"{len(listing.lines):,}")
        self._count.setText(said if listing.total else _("Nothing found") if self.field.text() else "")

    def _selection_changed(self) -> None:
        n = len(self.table.selectionModel().selectedRows())
        said = ngettext("{n} selected", "{n} selected", n).format(n=n) if n > 1 else ""
        self._selected.setText(said)

    def _make_field(self) -> QLineEdit:
        field = named(QLineEdit(), f"find-{self.kind.name}", self.kind.find_hint)
        field.setPlaceholderText(self.kind.find_hint)
        field.setClearButtonEnabled(False)
        field.installEventFilter(self)
        field.textChanged.connect(lambda _text: self._pause.start())
        return field

    def _make_table(self) -> Table:
        size = self._look.theme.size
        table = named(Table(), f"table-{self.kind.name}", self.kind.title)
        table.setModel(self.model)
        table.setShowGrid(False)
        table.setWordWrap(False)
        table.setSortingEnabled(True)
        table.setTabKeyNavigation(False)
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        mode = QAbstractItemView.SelectionMode
        table.setSelectionMode(mode.ExtendedSelection if self.kind.many else mode.SingleSelection)
        table.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        table.verticalHeader().hide()
        table.verticalHeader().setDefaultSectionSize(size("row"))
        header = table.horizontalHeader()
        header.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        header.setSortIndicatorClearable(True)
        header.setHighlightSections(False)
        for at, column in enumerate(self.kind.columns):
            if column.width:
                table.setColumnWidth(at, column.width)
            else:
                header.setSectionResizeMode(at, QHeaderView.ResizeMode.Stretch)
        table.opened.connect(self.open_line)
        table.doubleClicked.connect(lambda index: self.open_line(index.row()))
        table.selectionModel().selectionChanged.connect(self._selection_changed)
        return table

    def _lay_out(self) -> None:
        size = self._look.theme.size
        finding = QHBoxLayout()
        finding.addWidget(label("title", self.kind.title))
        finding.addSpacing(size("s4"))
        finding.addWidget(self.field, 1)
        self._buttons = QHBoxLayout()
        self._buttons.setSpacing(size("s2"))
        self._buttons.addStretch(1)
        self._head = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._head.setSpacing(size("s2"))
        self._head.addLayout(finding, 1)
        self._head.addLayout(self._buttons)
        foot = QHBoxLayout()
        foot.addWidget(self._count)
        foot.addStretch(1)
        foot.addWidget(self._selected)
        listed = named(QFrame(), "card")
        inside = QVBoxLayout(listed)
        inside.setContentsMargins(size("s4"), size("s2"), size("s4"), size("s3"))
        inside.addWidget(self.table, 1)
        inside.addLayout(foot)
        self._body = QStackedWidget()
        self._body.addWidget(listed)
        self._body.addWidget(self._make_empty())
        row = QHBoxLayout()
        row.setSpacing(size("s4"))
        row.addWidget(self._body, 1)
        row.addWidget(self.panel)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(size("s5"), size("s4"), size("s5"), size("s4"))
        layout.setSpacing(size("s4"))
        layout.addLayout(self._head)
        layout.addLayout(row, 1)

    def _make_empty(self) -> QFrame:
        made = named(QFrame(), "card")
        self._empty_row = QHBoxLayout()
        self._empty_row.addStretch(1)
        self._empty_row.addStretch(1)
        layout = QVBoxLayout(made)
        layout.addStretch(1)
        layout.addWidget(self._empty_words)
        layout.addSpacing(self._look.theme.size("s4"))
        layout.addLayout(self._empty_row)
        layout.addStretch(1)
        return made
