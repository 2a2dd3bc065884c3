"""Crates that stand uncounted: whose, since when, and noting that more came or that they are counted."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QDate
from PySide6.QtGui import QIntValidator
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from loanstore.i18n import _
from loanstore.ui.labels import button, label, named
from loanstore.ui.screens.borrower_picker import BorrowerPicker
from loanstore.ui.screens.form_parts import day_field, day_in, set_day, small_table
from loanstore.ui.table_model import Column, TableModel
from loanstore.wording import short_day

if TYPE_CHECKING:
    from loanstore.domain.arrivals import Crates
    from loanstore.operations.desk import Desk, Done
    from loanstore.storage.lists import BorrowerLine
    from loanstore.storage.run_lists import CratesLine
    from loanstore.ui.counter import Counter
    from loanstore.ui.theme import Look

MOST_CRATES: Final = 999


class CratesCard(QFrame):
    """The list of uncounted crates, with a small form for those that come in now."""

    def __init__(self, look: Look, counter: Counter) -> None:
        super().__init__()
        self.setObjectName("card")
        self._counter = counter
        size = look.theme.size
        columns: tuple[Column[CratesLine], ...] = (
            Column(_("Crates of"), lambda line: line.name or line.code),
            Column(_("Arrived"), lambda line: short_day(date.fromisoformat(line.arrived)), size("day")),
            Column("", lambda line: str(line.crates), size("number"), right=True),
        )
        self.model: TableModel[CratesLine] = TableModel(columns, self)
        self.table = small_table("cratesTable", _("Crates that stand uncounted"), self.model, look)
        self._empty = label("muted", _("No crates stand uncounted."), wrap=True)
        self._pick = BorrowerPicker("crates", _("Whose crates? Type a school, then Enter"), look, counter)
        self._pick.picked.connect(self._picked)
        self._whose = label("strong", "", wrap=True)
        self._number = named(QLineEdit(), "cratesNumber", _("How many crates"))
        self._number.setPlaceholderText(_("How many"))
        self._number.setValidator(QIntValidator(1, MOST_CRATES, self._number))
        self._number.setMaximumWidth(size("status"))
        self._number.returnPressed.connect(self._save)
        self._day = day_field("cratesDay", _("The day they arrived"))
        self._borrower: BorrowerLine | None = None
        self._counted = button("cratesCounted", _("Counted"), self._count)
        self._arrived = button("cratesArrived", _("Crates arrived"), self.begin)
        self._form = named(QWidget(), "cratesForm")
        self._below = named(QWidget(), "cratesButtons")
        self._lay_out(look)

    def show_lines(self, lines: tuple[CratesLine, ...]) -> None:
        """Show the crates that stand uncounted."""
        self.model.show(lines)
        self.table.setVisible(bool(lines))
        self._empty.setVisible(not lines)
        self._counted.setEnabled(bool(lines))
        if lines:
            self.table.selectRow(0)

    def begin(self) -> None:
        """Note that crates have arrived."""
        self._borrower = None
        self._whose.hide()
        self._number.clear()
        today = QDate.currentDate()
        desk = self._counter.desk
        day = desk.desk.today() if desk is not None else date(today.year(), today.month(), today.day())
        self._day.setMaximumDate(QDate(day.year, day.month, day.day))
        set_day(self._day, day)
        self._pick.clear()
        self._form.show()
        self._below.hide()
        self._pick.field.setFocus()

    def _picked(self, line: BorrowerLine) -> None:
        self._borrower = line
        self._whose.setText(line.name)
        self._whose.show()
        self._number.setFocus()

    def _save(self) -> None:
        if self._borrower is None:
            self._pick.field.setFocus()
            return
        if not self._number.hasAcceptableInput():
            self._number.setFocus()
            return
        code, number, day = self._borrower.code, int(self._number.text()), day_in(self._day)

        def work(desk: Desk) -> Done[Crates]:
            from loanstore.operations import receiving

            return receiving.crates_arrived(desk, code, number, day)

        self._counter.write(work, lambda _made: self._end())

    def _count(self) -> None:
        row = self.table.currentIndex().row()
        if row < 0:
            return
        borrower = self.model.line(row).borrower

        def work(desk: Desk) -> Done[tuple[Crates, ...]]:
            from loanstore.operations import receiving

            return receiving.crates_counted(desk, borrower)

        self._counter.write(work, lambda _made: self._arrived.setFocus())

    def _end(self) -> None:
        self._form.hide()
        self._below.show()
        self._arrived.setFocus()

    def _lay_out(self, look: Look) -> None:
        size = look.theme.size
        layout = QVBoxLayout(self)
        layout.setContentsMargins(size("s4"), size("s3"), size("s4"), size("s3"))
        layout.setSpacing(size("s2"))
        layout.addWidget(label("heading", _("Crates, uncounted")))
        layout.addWidget(self._empty)
        layout.addWidget(self.table, 1)
        self.table.setMinimumHeight(size("row") * 4)
        form = QVBoxLayout(self._form)
        form.setContentsMargins(0, 0, 0, 0)
        form.setSpacing(size("s2"))
        form.addWidget(self._pick)
        form.addWidget(self._whose)
        row = QHBoxLayout()
        row.addWidget(self._number)
        row.addWidget(self._day, 1)
        form.addLayout(row)
        buttons = QHBoxLayout()
        buttons.addWidget(button("saveCrates", _("Note them"), self._save, primary=True))
        buttons.addWidget(button("leaveCrates", _("Cancel"), self._end))
        buttons.addStretch(1)
        form.addLayout(buttons)
        self._form.hide()
        layout.addWidget(self._form)
        below = QHBoxLayout(self._below)
        below.setContentsMargins(0, 0, 0, 0)
        below.addWidget(self._arrived)
        below.addWidget(self._counted)
        below.addStretch(1)
        layout.addWidget(self._below)
