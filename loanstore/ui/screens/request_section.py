"""One section of the page of requests: a table, what stands in its place when it is empty, and its buttons."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHBoxLayout, QHeaderView, QStackedWidget, QVBoxLayout, QWidget

from loanstore.domain.search import words
from loanstore.i18n import _, ngettext
from loanstore.ui.flow import FlowLayout
from loanstore.ui.labels import label, named
from loanstore.ui.screens.list_screen import Table
from loanstore.ui.table_model import TableModel

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QResizeEvent
    from PySide6.QtWidgets import QPushButton

    from loanstore.ui.table_model import Column
    from loanstore.ui.theme import Look


LEAST_ROWS = 5
"""So many rows are seen in the lowest window; the page scrolls where there is no room for them."""


class RequestSection(QWidget):
    """Buttons that need a line can be pressed only while one is chosen; ``opened`` is Enter on a line."""

    opened = Signal(object)

    def __init__(self, look: Look, name: str, title: str, columns: Sequence[Column[Any]], empty: str) -> None:
        super().__init__()
        self._look = look
        self.columns = tuple(columns)
        self.model: TableModel[Any] = TableModel(columns, self)
        self.table = self._make_table(name, title)
        self._count = label("muted")
        self._needing: list[QPushButton] = []
        self._lines: tuple[Any, ...] = ()
        self._sought: list[str] = []
        self._buttons = FlowLayout(look.theme.size("s2"))
        self._body = QStackedWidget()
        self._body.addWidget(self.table)
        self._body.addWidget(self._make_empty(empty))
        foot = QHBoxLayout()
        foot.addLayout(self._buttons, 1)
        foot.addWidget(self._count, 0, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(look.theme.size("s2"))
        layout.addWidget(self._body, 1)
        layout.addLayout(foot)

    def add_button(self, made: QPushButton, *, for_a_line: bool = True) -> None:
        """Put a button at the foot."""
        self._buttons.addWidget(made)
        if for_a_line:
            self._needing.append(made)
            made.setEnabled(False)

    def show_lines(self, lines: Sequence[Any]) -> None:
        """Show other lines."""
        self._lines = tuple(lines)
        self._refill()

    def narrow(self, typed: str) -> None:
        """Show only the lines in which every typed word begins a word."""
        self._sought = words(typed)
        self._refill()

    def total(self) -> int:
        """Count the lines, those that are not found too."""
        return len(self._lines)

    def _refill(self) -> None:
        """Show what is found; the line that was chosen stays chosen."""
        chosen = self.chosen()
        lines = [line for line in self._lines if self._is_found(line)]
        self.model.show(lines)
        self._body.setCurrentIndex(0 if self._lines else 1)
        n = len(lines)
        said = ngettext("{n} line", "{n} lines", n).format(n=n) if n else _("Nothing found")
        self._count.setText(said if self._lines else "")
        kept = next((row for row, line in enumerate(self.model.lines()) if _same(line, chosen)), None)
        if kept is not None:
            self.table.selectRow(kept)
        elif lines and self.table.hasFocus():
            self.table.selectRow(0)
        self._selected()

    def chosen(self) -> Any | None:  # noqa: ANN401 - a line of whatever list this is
        """Give the line that is chosen; None for none."""
        rows = self.table.selectionModel().selectedRows()
        return self.model.line(rows[0].row()) if rows else None

    def take_focus(self) -> None:
        """Stand in the table, on its first line where none is chosen."""
        self.table.setFocus()
        if self.model.rowCount() and self.chosen() is None:
            self.table.selectRow(0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Let columns that can be spared give way in a narrow window."""
        super().resizeEvent(event)
        size = self._look.theme.size
        narrow = self.width() < size("fold_below") - size("side_width")
        for at, column in enumerate(self.columns):
            self.table.setColumnHidden(at, column.spare and narrow)
            if column.width:
                self.table.setColumnWidth(at, min(column.width, size("day")) if narrow else column.width)

    def _is_found(self, line: Any) -> bool:  # noqa: ANN401 - as above
        if not self._sought:
            return True
        there = [word for column in self.columns for word in words(column.says(line))]
        return all(any(word.startswith(one) for word in there) for one in self._sought)

    def _selected(self) -> None:
        some = self.chosen() is not None
        for one in self._needing:
            one.setEnabled(some)

    def _make_table(self, name: str, title: str) -> Table:
        table = named(Table(), name, title)
        table.setModel(self.model)
        table.setSortingEnabled(True)
        table.setShowGrid(False)
        table.setWordWrap(False)
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        table.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        table.verticalHeader().hide()
        table.verticalHeader().setDefaultSectionSize(self._look.theme.size("row"))
        table.setTabKeyNavigation(False)
        table.setMinimumHeight(self._look.theme.size("row") * LEAST_ROWS)
        header = table.horizontalHeader()
        header.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        header.setSortIndicatorClearable(True)
        header.setHighlightSections(False)
        for at, column in enumerate(self.columns):
            if column.width:
                table.setColumnWidth(at, column.width)
            else:
                header.setSectionResizeMode(at, QHeaderView.ResizeMode.Stretch)
        table.opened.connect(lambda row: self.opened.emit(self.model.line(row)))
        table.doubleClicked.connect(lambda index: self.opened.emit(self.model.line(index.row())))
        table.selectionModel().selectionChanged.connect(self._selected)
        return table

    def _make_empty(self, empty: str) -> QFrame:
        made = named(QFrame(), "emptySection", _("Empty"))
        said = label("mutedLarge", empty, wrap=True)
        said.setAlignment(Qt.AlignmentFlag.AlignCenter)
        layout = QVBoxLayout(made)
        layout.addStretch(1)
        layout.addWidget(said)
        layout.addStretch(1)
        return made


def _same(line: Any, other: Any | None) -> bool:  # noqa: ANN401 - as above
    return other is not None and getattr(line, "code", line) == getattr(other, "code", other)
