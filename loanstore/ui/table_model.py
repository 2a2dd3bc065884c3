"""One table for every list: columns that know how to say a line, sorted in the header, drawn in the theme's colours."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtCore import QObject
    from PySide6.QtGui import QColor, QFont

Line = TypeVar("Line")
Index = QModelIndex | QPersistentModelIndex
Role = Qt.ItemDataRole


@dataclass(frozen=True, slots=True)
class Column(Generic[Line]):
    """One column: its heading, what it says of a line, what it sorts by, and its width in logical pixels.

    A width of 0 takes what is left; a ``spare`` column gives way where room is short. ``colour`` and ``font``
    name what differs from plain text, if anything.
    """

    heading: str
    says: Callable[[Line], str]
    width: int = 0
    sorts: Callable[[Line], Any] | None = None
    colour: Callable[[Line], QColor | None] | None = None
    font: Callable[[Line], QFont | None] | None = None
    right: bool = False
    spare: bool = False


class TableModel(QAbstractTableModel, Generic[Line]):
    """The lines of a list, in the order that the header asks for."""

    def __init__(self, columns: Sequence[Column[Line]], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.columns = tuple(columns)
        self._lines: list[Line] = []
        self._order: tuple[int, Qt.SortOrder] | None = None

    def show(self, lines: Sequence[Line]) -> None:
        """Show other lines, in the order that was asked for last."""
        self.beginResetModel()
        self._lines = list(lines)
        self._sort()
        self.endResetModel()

    def line(self, row: int) -> Line:
        """Give the line in a row."""
        return self._lines[row]

    def lines(self) -> tuple[Line, ...]:
        """Give the lines in the order they are shown."""
        return tuple(self._lines)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature; an index is a value
        """Count the lines."""
        return 0 if parent.isValid() else len(self._lines)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - the same
        """Count the columns."""
        return 0 if parent.isValid() else len(self.columns)

    def data(self, index: Index, role: int = Role.DisplayRole) -> object:
        """Give what a cell says, or how it looks."""
        column, line = self.columns[index.column()], self._lines[index.row()]
        if role in {Role.DisplayRole, Role.AccessibleTextRole, Role.ToolTipRole}:
            return column.says(line)
        if role == Role.ForegroundRole and column.colour is not None:
            return column.colour(line)
        if role == Role.FontRole and column.font is not None:
            return column.font(line)
        if role == Role.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignRight if column.right else Qt.AlignmentFlag.AlignLeft
            return int(side | Qt.AlignmentFlag.AlignVCenter)
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Role.DisplayRole) -> object:
        """Give a column's heading."""
        if orientation is not Qt.Orientation.Horizontal:
            return None
        if role == Role.DisplayRole:
            return self.columns[section].heading
        if role == Role.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignRight if self.columns[section].right else Qt.AlignmentFlag.AlignLeft
            return int(side | Qt.AlignmentFlag.AlignVCenter)
        return None

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Sort by a column; without one (-1) the lines stay as they come."""
        self._order = (column, order) if column >= 0 else None
        self.layoutAboutToBeChanged.emit()
        self._sort()
        self.layoutChanged.emit()

    def _sort(self) -> None:
        if self._order is None:
            return
        column = self.columns[self._order[0]]
        by = column.sorts or (lambda line: column.says(line).casefold())
        self._lines.sort(key=by, reverse=self._order[1] is Qt.SortOrder.DescendingOrder)
