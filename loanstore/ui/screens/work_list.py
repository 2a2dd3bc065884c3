"""A list of work on a card: narrowed down by what is typed, several lines chosen at once, and what to do below it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QButtonGroup,
    QFrame,
    QHBoxLayout,
    QHeaderView,
    QPushButton,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from loanstore.domain import search
from loanstore.i18n import _, ngettext
from loanstore.ui.labels import button, label, named
from loanstore.ui.screens.list_table import Table
from loanstore.ui.table_model import Column, TableModel

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Sequence

    from PySide6.QtCore import QEvent, QObject
    from PySide6.QtGui import QResizeEvent
    from PySide6.QtWidgets import QLayout

    from loanstore.ui.theme import Look


_BY_TAB: Final = frozenset({Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason})
_LEAST_ROWS: Final = 5
"""How many rows, the heading among them, are seen however small the window is; the page scrolls instead."""


def scrolling(look: Look, page: QWidget, name: str, words: str) -> QVBoxLayout:
    """Have a page scroll where the window is too small for it, and give the layout for what stands on it."""
    size = look.theme.size
    inside = named(QWidget(), "scrolled")
    layout = QVBoxLayout(inside)
    layout.setContentsMargins(size("s5"), size("s4"), size("s5"), size("s4"))
    layout.setSpacing(size("s4"))
    scroll = named(QScrollArea(), name, words)
    scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    scroll.setWidgetResizable(True)
    scroll.setWidget(inside)
    whole = QVBoxLayout(page)
    whole.setContentsMargins(0, 0, 0, 0)
    whole.addWidget(scroll)
    return layout


def make_tabs(parent: QWidget, names: Sequence[str], show: Callable[[int], None]) -> tuple[QPushButton, ...]:
    """Make a button for each part of a page, of which one is down; ``show`` is told which was pressed."""
    group = QButtonGroup(parent)
    tabs = []
    for at, name in enumerate(names):
        tab = button(name, "", lambda at=at: show(at))  # type: ignore[misc]  # a default bound early
        tab.setCheckable(True)
        tab.setProperty("tab", True)
        group.addButton(tab)
        tabs.append(tab)
    return tuple(tabs)


def say_count(tab: QPushButton, name: str, n: int) -> None:
    """Write on a tab what it shows, and how much of it there is; nothing is no number."""
    tab.setText(f"{name}  {n:,}" if n else name)
    tab.setAccessibleName(tab.text())


class WorkList(QFrame):
    """Lines under columns, with their count; an empty list says in ``empty`` what would fill it.

    ``key`` tells lines apart, so that what was chosen stays chosen when the list is read again.
    """

    chosen_changed = Signal()
    opened = Signal(int)

    def __init__(
        self, look: Look, words: tuple[str, str, str], columns: Sequence[Column[Any]], key: Callable[[Any], Hashable]
    ) -> None:
        super().__init__()
        self.setObjectName("card")
        name, title, empty = words
        self._look = look
        self._key = key
        self._all: tuple[Any, ...] = ()
        self._typed: list[str] = []
        self.model: TableModel[Any] = TableModel(columns, self)
        self.table = self._make_table(name, title)
        self._count = label("muted")
        self._selected = label("muted")
        self._empty = label("mutedLarge", empty, wrap=True)
        self._empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._body = QStackedWidget()
        self._body.addWidget(self._make_list())
        self._body.addWidget(self._empty)
        size = look.theme.size
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(size("s4"), size("s2"), size("s4"), size("s3"))
        self._layout.setSpacing(size("s2"))
        self._layout.addWidget(self._body, 1)
        self._body.setCurrentIndex(1)

    def add_below(self, made: QLayout | QWidget) -> None:
        """Put what is done with the chosen lines, or what they come to, below the list."""
        if isinstance(made, QWidget):
            self._layout.addWidget(made)
        else:
            self._layout.addLayout(made)

    def show_lines(self, lines: Sequence[Any]) -> None:
        """Show other lines; those that were chosen and are still there stay chosen."""
        self._all = tuple(lines)
        self._draw()

    def narrow(self, text: str) -> None:
        """Show only the lines in which every typed word begins some word."""
        self._typed = search.words(text)
        self._draw()

    def chosen(self) -> tuple[Any, ...]:
        """Give the lines that are chosen, in the order they are shown."""
        rows = sorted({index.row() for index in self.table.selectionModel().selectedRows()})
        return tuple(self.model.line(row) for row in rows)

    def all_lines(self) -> tuple[Any, ...]:
        """Give every line, found or not."""
        return self._all

    def count_words(self) -> str:
        """Give the count at the foot."""
        return self._count.text()

    def say_empty(self, words: str) -> None:
        """Say something else where the list is empty."""
        self._empty.setText(words)

    def focus(self) -> None:
        """Go into the list, to its first line where none is chosen."""
        self.table.setFocus()
        self._choose_first()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Let columns that can be spared give way in a narrow window."""
        super().resizeEvent(event)
        narrow = self.width() < self._look.theme.size("fold_below") - self._look.theme.size("side_width")
        for at, column in enumerate(self.model.columns):
            if column.spare:
                self.table.setColumnHidden(at, narrow)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Choose the first line as Tab leads into the list: Enter and the buttons then mean something."""
        if isinstance(event, QFocusEvent) and event.gotFocus() and event.reason() in _BY_TAB:
            self._choose_first()
        return False

    def _choose_first(self) -> None:
        if self.model.rowCount() and not self.chosen():
            self.table.selectRow(0)

    def _draw(self) -> None:
        kept = {self._key(line) for line in self.chosen()}
        lines = [line for line in self._all if self._meets(line)] if self._typed else self._all
        self.model.show(lines)
        selection = self.table.selectionModel()
        for row, line in enumerate(self.model.lines()) if kept else ():
            if self._key(line) in kept:
                flag = selection.SelectionFlag.Select | selection.SelectionFlag.Rows
                selection.select(self.model.index(row, 0), flag)
        self._body.setCurrentIndex(0 if self._all else 1)
        n = len(lines)
        said = ngettext("{n} line", "{n} lines", n).format(n=f"{n:,}")
        self._count.setText(said if n or not self._all else _("Nothing found"))
        self._selection_changed()

    def _meets(self, line: Any) -> bool:  # noqa: ANN401 - whatever the columns know to say
        said = search.words(" ".join(column.says(line) for column in self.model.columns))
        return all(any(word.startswith(typed) for word in said) for typed in self._typed)

    def _selection_changed(self) -> None:
        n = len(self.table.selectionModel().selectedRows())
        self._selected.setText(ngettext("{n} selected", "{n} selected", n).format(n=n) if n > 1 else "")
        self.chosen_changed.emit()

    def _make_list(self) -> QWidget:
        foot = QHBoxLayout()
        foot.addWidget(self._count)
        foot.addStretch(1)
        foot.addWidget(self._selected)
        made = QWidget()
        inside = QVBoxLayout(made)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.addWidget(self.table, 1)
        inside.addLayout(foot)
        return made

    def _make_table(self, name: str, title: str) -> Table:
        table = named(Table(), name, title)
        table.setModel(self.model)
        table.setShowGrid(False)
        table.setWordWrap(False)
        table.setSortingEnabled(True)
        table.setTabKeyNavigation(False)
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        table.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        table.setMinimumHeight(_LEAST_ROWS * self._look.theme.size("row"))
        table.verticalHeader().hide()
        table.verticalHeader().setDefaultSectionSize(self._look.theme.size("row"))
        header = table.horizontalHeader()
        header.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        header.setSortIndicatorClearable(True)
        header.setHighlightSections(False)
        for at, column in enumerate(self.model.columns):
            if column.width:
                table.setColumnWidth(at, column.width)
            else:
                header.setSectionResizeMode(at, QHeaderView.ResizeMode.Stretch)
        table.installEventFilter(self)
        table.opened.connect(self.opened)
        table.doubleClicked.connect(lambda index: self.opened.emit(index.row()))
        table.selectionModel().selectionChanged.connect(self._selection_changed)
        return table
