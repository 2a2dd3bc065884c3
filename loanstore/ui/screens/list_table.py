"""The table of a list: which columns are shown and how wide, remembered on this machine, and its keys."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QItemSelectionModel, QPoint, Qt, Signal
from PySide6.QtGui import QAction, QContextMenuEvent, QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QMenu, QTableView

from loanstore.ui.labels import named, pause

if TYPE_CHECKING:
    from loanstore.settings import MachineSettings
    from loanstore.ui.paged_model import PagedModel
    from loanstore.ui.screens.list_kind import ListKind
    from loanstore.ui.table_model import Column
    from loanstore.ui.theme import Look

WRITE_AFTER: Final = 400
"""Milliseconds after the last change of a width before it is written down."""


class Table(QTableView):
    """A table whose letters do not jump about: a scanner's keys arrive here too."""

    opened = Signal(int)
    menu_wanted = Signal(QPoint)

    def keyboardSearch(self, _text: str) -> None:
        """Let typed letters be."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Open the line on Enter, and what can be done with it on the menu key or Shift+F10."""
        key, current = event.key(), self.currentIndex()
        shift_f10 = key == Qt.Key.Key_F10 and event.modifiers() & Qt.KeyboardModifier.ShiftModifier
        if key in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and current.isValid():
            self.opened.emit(current.row())
        elif key == Qt.Key.Key_Menu or shift_f10:
            self.menu_wanted.emit(self.viewport().mapToGlobal(self.visualRect(current).bottomLeft()))
        elif key in {Qt.Key.Key_Home, Qt.Key.Key_End}:
            # A list is gone through by its lines; Qt would go to the first or last cell of this one.
            by_line = event.modifiers() | Qt.KeyboardModifier.ControlModifier
            super().keyPressEvent(QKeyEvent(event.type(), key, by_line))
        else:
            super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Show what can be done where the mouse asks; the keys that ask are seen to as keys."""
        if event.reason() is QContextMenuEvent.Reason.Mouse:
            self.menu_wanted.emit(event.globalPos())


class Columns:
    """Which columns of a table are shown and how wide they are; a person's choice is remembered on this machine."""

    def __init__(self, table: Table, kind: ListKind, settings: MachineSettings, look: Look) -> None:
        self._table = table
        self._kind = kind
        self._settings = settings
        self._look = look
        said: object = settings.read().lists.get(kind.name)
        remembered = said if isinstance(said, dict) else {}
        shown = remembered.get("shown")
        known = {column.name for column in kind.columns}
        self._shown = known & set(shown) if isinstance(shown, list) else _first_shown(kind)
        self._widths = _widths(remembered.get("widths"))
        self._room = {"spare": False, "tight": False}
        self._laying_out = False
        self._later = pause(table, WRITE_AFTER, self._write)
        table.horizontalHeader().sectionResized.connect(self._resized)
        self._lay_out()

    def shown(self) -> tuple[Column[Any], ...]:
        """Give the columns that are chosen, whether there is room for them now or not."""
        return tuple(column for column in self._kind.columns if column.name in self._shown)

    def fit(self, *, spare: bool, tight: bool) -> None:
        """Let columns that can be spared give way, and where it is tight the others be narrow."""
        self._room = {"spare": spare, "tight": tight}
        self._laying_out = True
        most = self._look.theme.size("kind")
        for at, column in enumerate(self._kind.columns):
            self._table.setColumnHidden(at, column.name not in self._shown or (spare and column.spare))
            if column.width:
                width = self._widths.get(column.name, column.width)
                self._table.setColumnWidth(at, min(width, most) if tight and column.font is None else width)
        self._laying_out = False

    def menu(self, menu: QMenu) -> None:
        """Fill a menu with the columns; the first stays, for a line is known by it."""
        menu.clear()
        for column in self._kind.columns[1:]:
            choice = QAction(column.heading, menu)
            choice.setCheckable(True)
            choice.setChecked(column.name in self._shown)
            choice.toggled.connect(lambda on, name=column.name: self._choose(name, on=on))
            menu.addAction(choice)

    def _choose(self, name: str, *, on: bool) -> None:
        self._shown = self._shown | {name} if on else self._shown - {name}
        self.fit(**self._room)
        self._write()

    def _lay_out(self) -> None:
        header = self._table.horizontalHeader()
        header.setMinimumSectionSize(self._look.theme.size("number"))
        for at, column in enumerate(self._kind.columns):
            if not column.width:
                header.setSectionResizeMode(at, QHeaderView.ResizeMode.Stretch)
        self.fit(**self._room)

    def _resized(self, at: int, _before: int, width: int) -> None:
        column = self._kind.columns[at]
        if column.width and width and not self._laying_out:
            self._widths[column.name] = width
            self._later.start()

    def _write(self) -> None:
        lists = dict(self._settings.read().lists)
        lists[self._kind.name] = {"shown": sorted(self._shown), "widths": self._widths}
        self._settings.change(lists=lists)


def _first_shown(kind: ListKind) -> set[str]:
    return {column.name for column in kind.columns if not column.hidden}


def _widths(said: object) -> dict[str, int]:
    if not isinstance(said, dict):
        return {}
    return {str(name): width for name, width in said.items() if isinstance(width, int) and width > 0}


def make_table(kind: ListKind, model: PagedModel[Any], look: Look) -> Table:
    """Make the table of a list: rows of one height, no grid, the header sorts."""
    table = named(Table(), f"table-{kind.name}", kind.title)
    table.setModel(model)
    table.setShowGrid(False)
    table.setWordWrap(False)
    table.setSortingEnabled(True)
    table.setTabKeyNavigation(False)
    table.setCornerButtonEnabled(False)
    table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
    mode = QAbstractItemView.SelectionMode
    table.setSelectionMode(mode.ExtendedSelection if kind.many else mode.SingleSelection)
    rows = table.verticalHeader()
    rows.hide()
    rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
    rows.setDefaultSectionSize(look.theme.size("row"))
    header = table.horizontalHeader()
    header.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
    header.setSortIndicatorClearable(True)
    # Each time it is painted, a header asks of its every column whether all its cells are selected, cell by cell.
    header.setSelectionModel(QItemSelectionModel(model, header))
    header.setHighlightSections(False)
    return table
