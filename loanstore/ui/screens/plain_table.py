"""A table of lines without a find field: for lists that stand inside another screen."""

from __future__ import annotations

from typing import TYPE_CHECKING, Generic, TypeVar

from PySide6.QtCore import QItemSelectionModel, Qt, Signal
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView

from loanstore.ui.labels import named
from loanstore.ui.table_model import Column, TableModel

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtGui import QKeyEvent

    from loanstore.ui.theme import Look

Line = TypeVar("Line")


class PlainTable(QTableView, Generic[Line]):
    """Lines sorted in the header; Enter or a double click opens one, several may be chosen.

    ``key`` tells lines apart, so that a list that is read again keeps its selection.
    """

    opened = Signal(int)

    def __init__(self, look: Look, name: str, accessible: str, key: Callable[[Line], str]) -> None:
        super().__init__()
        named(self, name, accessible)
        self._key = key
        self._given: tuple[Line, ...] = ()
        self._narrow = False
        self.model_: TableModel[Line] = TableModel((), self)
        self.setModel(self.model_)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        mode = QAbstractItemView.SelectionMode
        self.setSelectionMode(mode.ExtendedSelection)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(look.theme.size("row"))
        header = self.horizontalHeader()
        # Before sorting is enabled: a table that has no columns yet has none to sort by.
        header.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        self.setSortingEnabled(True)
        header.setSortIndicatorClearable(True)
        header.setHighlightSections(False)
        self.doubleClicked.connect(lambda index: self.opened.emit(index.row()))

    def show_lines(self, columns: Sequence[Column[Line]], lines: Sequence[Line]) -> None:
        """Show other lines under these headings; what was chosen and is still there stays chosen."""
        headings = [column.heading for column in columns]
        if headings == [column.heading for column in self.model_.columns] and tuple(lines) == self._given:
            return
        self._given = tuple(lines)
        chosen = {self._key(line) for line in self.chosen()}
        self.model_.columns = tuple(columns)
        self.model_.show(lines)
        mode = QItemSelectionModel.SelectionFlag.Select | QItemSelectionModel.SelectionFlag.Rows
        for row, line in enumerate(self.lines()) if chosen else ():
            if self._key(line) in chosen:
                self.selectionModel().select(self.model_.index(row, 0), mode)
        header = self.horizontalHeader()
        for at, column in enumerate(columns):
            if column.width:
                header.setSectionResizeMode(at, QHeaderView.ResizeMode.Interactive)
                self.setColumnWidth(at, column.width)
            else:
                header.setSectionResizeMode(at, QHeaderView.ResizeMode.Stretch)

        self.spare(narrow=self._narrow)

    def spare(self, *, narrow: bool) -> None:
        """Hide the columns that can be spared where room is short."""
        self._narrow = narrow
        for at, column in enumerate(self.model_.columns):
            self.setColumnHidden(at, narrow and column.spare)

    def lines(self) -> tuple[Line, ...]:
        """Give the lines in the order they are shown."""
        return self.model_.lines()

    def chosen(self) -> tuple[Line, ...]:
        """Give the lines that are selected."""
        rows = sorted({index.row() for index in self.selectionModel().selectedRows()})
        return tuple(self.model_.line(row) for row in rows)

    def keyboardSearch(self, _text: str) -> None:
        """Let typed letters be."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Open the line on Enter; the first step into the list chooses the line it is at."""
        steps = {Qt.Key.Key_Down, Qt.Key.Key_Up, Qt.Key.Key_Home}
        if event.key() in steps and not self.chosen() and self.lines():
            self.selectRow(max(0, self.currentIndex().row()))
            return
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and self.currentIndex().isValid():
            self.opened.emit(self.currentIndex().row())
            return
        super().keyPressEvent(event)
