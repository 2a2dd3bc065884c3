"""The two tables of the class sets screen: the sets, and the instruments of one."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView

from loanstore.domain.class_sets import Standing
from loanstore.i18n import _, ngettext
from loanstore.ui.labels import named
from loanstore.ui.table_model import Column, TableModel
from loanstore.ui.theme import mono_font
from loanstore.wording import short_day

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QColor, QKeyEvent

    from loanstore.operations.set_views import MemberLine
    from loanstore.storage.set_lists import SetLine
    from loanstore.ui.theme import Look

_ENTERS: Final = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter})


class LineTable(QTableView):
    """A table of whole lines: Enter or a double click opens one, and typed letters do not jump about."""

    opened = Signal(object)

    def __init__(self, look: Look, name: str, title: str, columns: Sequence[Column[Any]]) -> None:
        super().__init__()
        named(self, name, title)
        size = look.theme.size
        self.lines: TableModel[Any] = TableModel(columns, self)
        self.setModel(self.lines)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setSortingEnabled(True)
        self.setTabKeyNavigation(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(size("row"))
        header = self.horizontalHeader()
        header.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        header.setSortIndicatorClearable(True)
        header.setHighlightSections(False)
        for at, column in enumerate(columns):
            if column.width:
                self.setColumnWidth(at, column.width)
            else:
                header.setSectionResizeMode(at, QHeaderView.ResizeMode.Stretch)
        self.doubleClicked.connect(lambda index: self.opened.emit(self.lines.lines()[index.row()]))

    def keyboardSearch(self, _text: str) -> None:
        """Let typed letters be: a scanner's keys arrive here too."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Open the line on Enter."""
        line = self.chosen()
        if event.key() in _ENTERS and line is not None:
            self.opened.emit(line)
            return
        super().keyPressEvent(event)

    def show_lines(self, lines: Sequence[Any]) -> None:
        """Show other lines; the one that was chosen stays so, if it is still there."""
        before = self.chosen()
        self.lines.show(lines)
        for row, line in enumerate(self.lines.lines()):
            if before is not None and line.code == before.code:
                self.selectRow(row)

    def chosen(self) -> Any | None:  # noqa: ANN401 - a line of whatever this table shows
        """Give the line that is chosen; None for none."""
        rows = self.selectionModel().selectedRows()
        return self.lines.lines()[rows[0].row()] if rows else None

    def choose_code(self, code: str) -> None:
        """Choose the line of a code and bring it into view; the focus stays where it is."""
        for row, line in enumerate(self.lines.lines()):
            if line.code == code:
                self.selectRow(row)
                self.scrollTo(self.lines.index(row, 0))

    def choose_first(self) -> None:
        """Go into the table, to the line that is chosen or the first."""
        self.setFocus()
        if self.chosen() is None and self.lines.rowCount():
            self.selectRow(0)

    def spare(self, *, hidden: bool) -> None:
        """Hide the columns that can be spared, or show them again."""
        for at, column in enumerate(self.lines.columns):
            if column.spare:
                self.setColumnHidden(at, hidden)


def set_table(look: Look) -> LineTable:
    """Make the table of sets."""
    size = look.theme.size
    columns: tuple[Column[SetLine], ...] = (
        Column(_("Code"), lambda line: line.code, size("code_column"), font=lambda _line: mono_font(look.theme)),
        Column(_("Name"), lambda line: line.name),
        Column(_("Instruments"), lambda line: line.what, size("what"), spare=True),
        Column(
            _("Number"),
            lambda line: str(line.members),
            size("set_number"),
            sorts=lambda line: line.members,
            right=True,
            spare=True,
        ),
        Column(_("Stands"), stands_words, size("set_stands"), colour=lambda line: _stands_colour(look, line)),
        Column(_("With"), lambda line: line.borrowers, size("where"), spare=True),
        Column(_("Due"), lambda line: _due_words(line.due), size("day"), sorts=lambda line: line.due or "", spare=True),
    )
    return LineTable(look, "setsTable", _("Class sets"), columns)


def member_table(look: Look) -> LineTable:
    """Make the table of a set's instruments."""
    size = look.theme.size
    columns: tuple[Column[MemberLine], ...] = (
        Column(_("No."), lambda line: str(line.position), size("number"), sorts=lambda line: line.position, right=True),
        Column(_("Code"), lambda line: line.code, size("code_column"), font=lambda _line: mono_font(look.theme)),
        Column(_("Instrument"), lambda line: line.what, size("what"), spare=True),
        Column(_("Serial"), lambda line: line.serial, size("serial"), spare=True),
        Column(_("Stands"), _member_stands, size("status"), colour=lambda line: _member_colour(look, line)),
        Column(_("Place or borrower"), lambda line: line.where, size("where"), spare=True),
        Column(_("Pupil"), lambda line: line.player),
        Column(_("Due"), lambda line: _due_words(line.due), size("day"), sorts=lambda line: line.due or "", spare=True),
    )
    return LineTable(look, "membersTable", _("Instruments of this set"), columns)


def stands_words(line: SetLine) -> str:
    """Say how a set stands: in store, out, or how many of how many are back."""
    if not line.members:
        return _("empty")
    if line.out and line.here:
        return _("{back} of {total} back").format(back=line.here, total=line.here + line.out)
    if line.out:
        return ngettext("{n} out", "{n} out", line.out).format(n=line.out)
    return ngettext("{n} in store", "{n} in store", line.here).format(n=line.here)


def _stands_colour(look: Look, line: SetLine) -> QColor:
    return look.theme.colour("decide" if line.out and line.here else "out" if line.out else "ink")


def _member_stands(line: MemberLine) -> str:
    return _("out") if line.standing is Standing.OUT else line.status


def _member_colour(look: Look, line: MemberLine) -> QColor:
    names = {Standing.HERE: "ink", Standing.OUT: "out", Standing.ELSEWHERE: "decide"}
    return look.theme.colour(names[line.standing])


def _due_words(due: str | None) -> str:
    return short_day(date.fromisoformat(due)) if due else ""
