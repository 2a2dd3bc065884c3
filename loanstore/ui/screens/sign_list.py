"""Agreements to be signed: the chase list, what can be done with the chosen ones, and the form to sign in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QSpinBox, QVBoxLayout, QWidget

from loanstore.i18n import _
from loanstore.ui.choices import choice
from loanstore.ui.files import choose_file
from loanstore.ui.flow import flow_of
from loanstore.ui.labels import button, label, named
from loanstore.ui.screens.signing_form import SigningForm
from loanstore.ui.screens.work_list import WorkList
from loanstore.ui.screens.workshop_lists import code_column
from loanstore.ui.table_model import Column
from loanstore.wording import short_day
from loanstore.wording.agreements import stage_word

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import date
    from pathlib import Path

    from loanstore.operations.desk import Desk, Done
    from loanstore.operations.freezing import AgreementPdf
    from loanstore.storage.agreement_lists import AgreementLine
    from loanstore.ui.counter import Counter
    from loanstore.ui.error_box import ErrorBox
    from loanstore.ui.screens.desk_papers import DeskPapers
    from loanstore.ui.theme import Look

CHASE, UNSIGNED, ALL = "chase", "unsigned", "all"
_MOST_DAYS: Final = 365


class SignList(QWidget):
    """Which agreements, the list, its buttons, and the form below it."""

    counted = Signal(int)

    def __init__(self, look: Look, counter: Counter, box: ErrorBox, papers: DeskPapers) -> None:
        super().__init__()
        self._look = look
        self._counter = counter
        self._box = box
        self._papers = papers
        self._choose: Callable[[QWidget, str], Path | None] = choose_file(_("Save the list"))
        self._days_of: dict[str, tuple[date, int]] = {}
        which = [(_("To chase"), CHASE), (_("All unsigned"), UNSIGNED), (_("All agreements"), ALL)]
        self.which = choice("whichAgreements", _("Which agreements"), which)
        self.days = named(QSpinBox(), "chaseDays", _("Days after which an unsigned agreement is chased"))
        self.days.setRange(0, _MOST_DAYS)
        self.list = self._make_list()
        self.form = SigningForm(look, counter)
        self._sign = button("signAgreement", _("Sign"), self.sign, primary=True)
        self._print = button("printAgreement", _("Print"), lambda: self.print_chosen(large=False))
        self._large = button("printLarge", _("Large print"), lambda: self.print_chosen(large=True))
        self._signed = button("showSigned", _("As it was signed"), self.show_signed)
        self._lay_out()
        self.which.currentIndexChanged.connect(lambda _at: self.refresh())
        self.days.editingFinished.connect(self._save_days)
        self.list.chosen_changed.connect(self._allow)
        self.list.opened.connect(lambda _row: self.sign())
        self.form.done.connect(lambda _code: self.refresh())
        self.form.left.connect(self.list.focus)
        self._allow()

    def choose_by(self, choose: Callable[[QWidget, str], Path | None]) -> None:
        """Have files named in another way than by the system's own dialog."""
        self._choose = choose

    def refresh(self) -> None:
        """Read the list again."""
        which = str(self.which.currentData())

        def work(desk: Desk) -> tuple[Sequence[AgreementLine], int, dict[str, tuple[date, int]]]:
            from loanstore.operations import agreement_tables

            lines = (
                agreement_tables.every(desk)
                if which == ALL
                else agreement_tables.to_sign(desk, all_of_them=which == UNSIGNED)
            )
            return lines, agreement_tables.chase_days(desk), agreement_tables.ages(desk, lines)

        def show(found: tuple[Sequence[AgreementLine], int, dict[str, tuple[date, int]]]) -> None:
            lines, days, self._days_of = found
            self.list.show_lines(lines)
            if not self.days.hasFocus():
                self.days.setValue(days)
            self.counted.emit(len(lines))

        self._counter.read(work, show, name="agreements")

    def sign(self) -> None:
        """Have the chosen agreement signed."""
        for line in self.list.chosen()[:1]:
            self.form.open(line.code)

    def print_chosen(self, *, large: bool) -> None:
        """Print the chosen agreements, as they were frozen or in large print."""
        for line in self.list.chosen():
            self._print_one(line.code, large=large)

    def _print_one(self, code: str, *, large: bool) -> None:
        def work(desk: Desk) -> Done[AgreementPdf]:
            from loanstore.operations import freezing

            return freezing.large_pdf(desk, code) if large else freezing.agreement_pdf(desk, code)

        name = f"agreement-{code}-large" if large else f"agreement-{code}"
        self._counter.write(work, lambda made: self._papers.give_out(name, made.pdf))

    def show_signed(self) -> None:
        """Open the chosen agreement as it was signed."""
        for line in self.list.chosen()[:1]:
            self._show_signed(line.code)

    def _show_signed(self, code: str) -> None:
        def work(desk: Desk) -> AgreementPdf:
            from loanstore.operations import freezing

            return freezing.signed_pdf(desk, code)

        self._counter.read(work, lambda made: self._papers.give_out(f"agreement-{code}-signed", made.pdf))

    def print_list(self) -> None:
        """Print the chase list."""
        every = self.which.currentData() != CHASE

        def work(desk: Desk) -> bytes:
            from loanstore.operations import agreement_tables

            return agreement_tables.chase_list_pdf(desk, all_of_them=every)

        self._counter.read(work, lambda pdf: self._papers.give_out("agreements-to-sign", pdf))

    def save_list(self) -> None:
        """Save the chase list as CSV or as a workbook, where a person says."""
        file = self._choose(self, "agreements-to-sign.csv")
        if file is None:
            return
        every = self.which.currentData() != CHASE

        def work(desk: Desk) -> None:
            from loanstore.operations import agreement_tables, tabling

            table = agreement_tables.table(desk, tabling.Asked("unsigned", past=every))
            write = tabling.write_xlsx if file.suffix.casefold() == ".xlsx" else tabling.write_csv
            write(file, table)

        self._counter.read(work, lambda _none: self._box.show_done(_("The list is saved"), str(file)))

    def _save_days(self) -> None:
        days = self.days.value()

        def work(desk: Desk) -> Done[None]:
            from loanstore.operations import agreement_tables
            from loanstore.operations.desk import Done

            if days == agreement_tables.chase_days(desk):
                return Done(None)
            return agreement_tables.change_chase_days(desk, days)

        self._counter.write(work, lambda _none: self.refresh())

    def _allow(self) -> None:
        chosen = self.list.chosen()
        for one in (self._print, self._large):
            one.setEnabled(bool(chosen))
        self._sign.setEnabled(len(chosen) == 1)
        self._signed.setEnabled(len(chosen) == 1 and bool(chosen[0].signing.signatures))

    def _make_list(self) -> WorkList:
        size = self._look.theme.size
        columns: tuple[Column[AgreementLine], ...] = (
            code_column(self._look),
            Column(_("Lent to"), lambda line: line.name, 0),
            Column(_("Made"), self._made, size("day"), sorts=lambda line: line.made, spare=True),
            Column(
                _("Days"), lambda line: str(self._age(line)), size("number"), sorts=self._age, right=True, spare=True
            ),
            Column(
                _("Out"),
                lambda line: str(line.out),
                size("number"),
                sorts=lambda line: line.out,
                right=True,
                spare=True,
            ),
            Column(_("So far"), lambda line: stage_word(line.stage), size("choice")),
            Column(_("Telephone"), lambda line: line.telephone, size("serial"), spare=True),
        )
        empty = _("Every agreement is signed, or too young to be chased.")
        return WorkList(self._look, ("agreementList", _("Agreements"), empty), columns, lambda line: line.code)

    def _made(self, line: AgreementLine) -> str:
        known = self._days_of.get(line.id)
        return short_day(known[0]) if known is not None else ""

    def _age(self, line: AgreementLine) -> int:
        known = self._days_of.get(line.id)
        return known[1] if known is not None else 0

    def _lay_out(self) -> None:
        size = self._look.theme.size
        gap = size("s2")
        asked = flow_of(
            gap,
            *(self.which, label("muted", _("Chase after")), self.days, label("muted", _("days"))),
            button("printChase", _("Print this list"), self.print_list),
            button("saveChase", _("Save this list"), self.save_list),
        )
        below = flow_of(gap, self._sign, self._print, self._large, self._signed)
        self.list.add_below(below)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(size("s3"))
        layout.addLayout(asked)
        layout.addWidget(self.list, 1)
        layout.addWidget(self.form)
