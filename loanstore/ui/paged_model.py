"""A table over a list of any length: it holds the pages that were looked at and asks for those that come into view."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, TypeVar

from PySide6.QtCore import QModelIndex, Qt, Signal

from loanstore.ui.table_model import Index, Role, TableModel

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtCore import QObject

    from loanstore.ui.table_model import Column

Line = TypeVar("Line")

PAGE: Final = 200
"""So many lines are read at once."""
MOST_KEPT: Final = 100
"""So many pages are held; those that were read first go first."""


class PagedModel(TableModel[Line]):
    """Knows how long the list is and holds part of it.

    ``missing`` says that a line was asked for which has not been read; ``reordered`` that the whole list is
    wanted in another order.
    """

    missing = Signal()
    reordered = Signal()

    def __init__(self, columns: Sequence[Column[Line]], parent: QObject | None = None) -> None:
        super().__init__(columns, parent)
        self._pages: dict[int, tuple[Line, ...]] = {}
        self._total = 0
        self.sort_key = ""
        self.descending = False

    def start(self, total: int, lines: Sequence[Line]) -> None:
        """Show another list, of which the first lines are at hand."""
        self.beginResetModel()
        self._pages.clear()
        self._total = total
        self._keep(0, lines)
        self.endResetModel()

    def put(self, offset: int, lines: Sequence[Line]) -> None:
        """Take in lines that were asked for; ``offset`` is the first of a page."""
        self._keep(offset, lines)
        if lines:
            last = min(offset + len(lines), self._total) - 1
            self.dataChanged.emit(self.index(offset, 0), self.index(last, len(self.columns) - 1))

    def lengthen(self, total: int) -> None:
        """Say how long the list is, once it was counted to its end."""
        if total > self._total:
            self.beginInsertRows(QModelIndex(), self._total, total - 1)
            self._total = total
            self.endInsertRows()

    def line(self, row: int) -> Line | None:
        """Give the line in a row, or None where it has not been read."""
        page = self._pages.get(row // PAGE)
        at = row % PAGE
        if page is None or at >= len(page):
            if row < self._total:
                self.missing.emit()
            return None
        return page[at]

    def has(self, row: int) -> bool:
        """Tell whether a row has been read."""
        return row % PAGE < len(self._pages.get(row // PAGE, ()))

    def lines(self) -> tuple[Line, ...]:
        """Give the lines that have been read, in their order."""
        return self.between(0, self._total)

    def between(self, first: int, last: int) -> tuple[Line, ...]:
        """Give the lines from a row to another, both included, as far as they have been read."""
        numbers = (number for number in sorted(self._pages) if first // PAGE <= number <= last // PAGE)
        read = (line for number in numbers for line in self._cut(number, first, last))
        return tuple(read)

    def _cut(self, number: int, first: int, last: int) -> tuple[Line, ...]:
        start = number * PAGE
        return self._pages[number][max(0, first - start) : last + 1 - start]

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature; an index is a value
        """Count the lines of the whole list."""
        return 0 if parent.isValid() else self._total

    def data(self, index: Index, role: int = Role.DisplayRole) -> object:
        """Give what a cell says; dots where it has not been read."""
        if role == Role.DisplayRole and not self.has(index.row()):
            self.missing.emit()
            return "…" if index.column() == 0 else None
        return super().data(index, role)

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Want the whole list in another order; without a column (-1) in its own."""
        asked = (self.columns[column].name if column >= 0 else "", order is Qt.SortOrder.DescendingOrder)
        if asked != (self.sort_key, self.descending):
            self.sort_key, self.descending = asked
            self.reordered.emit()

    def _keep(self, offset: int, lines: Sequence[Line]) -> None:
        for start in range(0, len(lines), PAGE):
            self._pages[(offset + start) // PAGE] = tuple(lines[start : start + PAGE])
        while len(self._pages) > MOST_KEPT:
            self._pages.pop(next(iter(self._pages)))
