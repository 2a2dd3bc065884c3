"""Charges: who owes what, what a run would post, what is to be decided on, and what was posted."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from loanstore.i18n import _
from loanstore.ui.charge_actions import run_words
from loanstore.ui.choices import day_in, set_day
from loanstore.ui.files import choose_file
from loanstore.ui.find_field import FindField, page_head
from loanstore.ui.flow import FlowLayout
from loanstore.ui.labels import pause
from loanstore.ui.screens import charge_lists
from loanstore.ui.screens.charge_forms import DecideForm, PayForm, PostedForm, RunForm
from loanstore.ui.screens.work_list import make_tabs, say_count, scrolling

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import date
    from pathlib import Path

    from loanstore.operations.accounts import Charge
    from loanstore.operations.charging import Run
    from loanstore.operations.desk import Desk
    from loanstore.operations.posting import Proposed
    from loanstore.storage.ledger_lists import Account
    from loanstore.ui.charge_actions import ChargeActions
    from loanstore.ui.counter import Counter
    from loanstore.ui.error_box import ErrorBox
    from loanstore.ui.screens.charge_forms import Paid
    from loanstore.ui.screens.work_list import WorkList
    from loanstore.ui.theme import Look

BALANCES, TO_POST, TO_DECIDE, POSTED = range(4)
_REDRAW_ON: Final = frozenset({"charges", "loans", "borrowers", "settings", "instruments"})
_PAUSE: Final = 150
"""Milliseconds after the last change of a day before the store is asked."""


class ChargesPage(QWidget):
    """Four lists, one at a time; what is done with the chosen line stands below each.

    ``record_wanted`` carries the code of a borrower whose account is to be opened.
    """

    record_wanted = Signal(str)

    def __init__(self, look: Look, counter: Counter, box: ErrorBox, actions: ChargeActions) -> None:
        super().__init__()
        self.setObjectName("page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._look = look
        self._counter = counter
        self._box = box
        self._actions = actions
        self._stale = True
        self._choose: Callable[[QWidget, str], Path | None] = choose_file(_("Save the finance list"))
        self.balances = charge_lists.balances(look)
        self.to_post = charge_lists.to_post(look)
        self.to_decide = charge_lists.to_decide(look)
        self.posted = charge_lists.posted(look)
        self.pay_form = PayForm(look)
        self.run_form = RunForm(look)
        self.decide_form = DecideForm(look)
        self.posted_form = PostedForm(look)
        self.field = FindField("find-charges", _("Find by name, code or instrument"))
        self.lists: tuple[WorkList, ...] = (self.balances, self.to_post, self.to_decide, self.posted)
        names = ("showBalances", "showToPost", "showToDecide", "showPosted")
        self._tabs = make_tabs(self, names, self.show_list)
        self._stack = QStackedWidget()
        self._pause = pause(self, _PAUSE, self._preview)
        self._lay_out()
        self._connect()

    def choose_by(self, choose: Callable[[QWidget, str], Path | None]) -> None:
        """Have files named in another way than by the system's own dialog."""
        self._choose = choose

    def shown(self) -> None:
        """Come into view: what changed meanwhile is read, and one may type at once."""
        if self._stale:
            self.refresh()
        self.field.setFocus()
        self.field.selectAll()

    def show_list(self, at: int) -> None:
        """Show one of the four lists."""
        self._tabs[at].setChecked(True)
        self._stack.setCurrentIndex(at)
        self.lists[at].narrow(self.field.text())
        if at == TO_POST and self._counter.is_open:
            self._preview()

    def refresh(self) -> None:
        """Read everything again; what a run would post only where it is looked at."""
        self._stale = False

        def work(desk: Desk) -> tuple[Sequence[Account], Sequence[Charge]]:
            from loanstore.operations import accounts

            return accounts.balances(desk), accounts.entries(desk)

        def show(found: tuple[Sequence[Account], Sequence[Charge]]) -> None:
            owing, charges = found
            self.balances.show_lines(owing)
            self.posted.show_lines(tuple(reversed(charges)))
            self._say_counts()

        self._counter.read(work, show, name="balances")
        self._count_proposals()
        if self._stack.currentIndex() == TO_POST:
            self._preview()

    def _preview(self) -> None:
        to = day_in(self.run_form.to)

        def work(desk: Desk) -> Run:
            from loanstore.operations import charging

            return charging.preview(desk, to)

        def show(made: Run) -> None:
            self.to_post.show_lines(made.lines)
            words = run_words(made) if made.lines else ""
            if made.beyond_terms:
                warning = _("The table of terms ends before that day: enter the coming terms.")
                words = " · ".join(filter(None, (words, warning)))
            self.run_form.show_total(words, some=bool(made.lines or made.renewed))

        self.run_form.show_total(_("One moment …"), some=False)
        self._counter.read(work, show, name="charge-run")

    def _count_proposals(self) -> None:
        def work(desk: Desk) -> Sequence[Proposed]:
            from loanstore.operations import posting

            return posting.proposals(desk)

        def show(found: Sequence[Proposed]) -> None:
            self.to_decide.show_lines(found)
            self._say_counts()

        self._counter.read(work, show, name="proposals")

    def _go_down(self) -> None:
        self.lists[self._stack.currentIndex()].focus()

    def _narrow(self, text: str) -> None:
        self.lists[self._stack.currentIndex()].narrow(text)

    def _with_one(self, do: Callable[[str], None]) -> None:
        """Do something with the code of whoever is chosen."""
        for line in self.balances.chosen()[:1]:
            do(line.code)

    def _pay(self, paid: Paid) -> None:
        for line in self.balances.chosen()[:1]:
            self._actions.pay(line.code, paid, self.pay_form.clear)

    def _decide(self, pence: int) -> None:
        for line in self.to_decide.chosen()[:1]:
            self._actions.decide(line.proposal.id, pence)

    def _let_be(self) -> None:
        found = [line.proposal.id for line in self.to_decide.chosen()]
        if found:
            self._actions.let_be(found)

    def _take_back(self) -> None:
        for line in self.posted.chosen()[:1]:
            self._actions.take_back(line.entry.id)

    def _save_finance(self, first: date, last: date) -> None:
        file = self._choose(self, f"finance-{first.isoformat()}-{last.isoformat()}.csv")
        if file is not None:
            self._actions.save_finance(first, last, file if file.suffix else file.with_suffix(".csv"))

    def _say_counts(self) -> None:
        names = (_("Balances"), _("To post"), _("To decide"), _("Charges"))
        for at, (tab, name) in enumerate(zip(self._tabs, names, strict=True)):
            n = len(self.lists[at].all_lines()) if at in {BALANCES, TO_DECIDE} else 0
            say_count(tab, name, n)

    def _changed(self) -> None:
        self._stale = True
        if self.isVisible():
            self.refresh()

    def _opened(self) -> None:
        desk = self._counter.desk
        if desk is not None:
            today = desk.desk.today()
            for field in (self.pay_form.day, self.run_form.to, self.posted_form.last):
                set_day(field, today)
            set_day(self.posted_form.first, today.replace(day=1))
        self._pause.stop()
        self._changed()

    def _allow(self) -> None:
        self.pay_form.allow(chosen=len(self.balances.chosen()) == 1)
        self.decide_form.show_chosen(self.to_decide.chosen())
        self.posted_form.allow(chosen=len(self.posted.chosen()) == 1)

    def _lay_out(self) -> None:
        size = self._look.theme.size
        tabs = FlowLayout(size("s2"))
        for tab in self._tabs:
            tabs.addWidget(tab)
        forms = (self.pay_form, self.run_form, self.decide_form, self.posted_form)
        for listed, form in zip(self.lists, forms, strict=True):
            listed.add_below(form)
            self._stack.addWidget(listed)
        layout = scrolling(self._look, self, "chargesScroll", _("Charges"))
        layout.addLayout(page_head(self._look, _("Charges"), self.field))
        layout.addLayout(tabs)
        layout.addWidget(self._stack, 1)
        self._say_counts()
        self.show_list(BALANCES)

    def _connect(self) -> None:
        self.field.textChanged.connect(self._narrow)
        self.field.went_down.connect(self._go_down)
        for one in self.lists:
            one.chosen_changed.connect(self._allow)
        self.balances.opened.connect(lambda _row: self.pay_form.amount.setFocus())
        self.to_decide.opened.connect(lambda _row: self.decide_form.amount.setFocus())
        self.pay_form.paid.connect(self._pay)
        self.pay_form.statement_wanted.connect(lambda: self._with_one(self._actions.print_statement))
        self.pay_form.account_wanted.connect(lambda: self._with_one(self.record_wanted.emit))
        self.run_form.to.dateChanged.connect(lambda _day: self._pause.start())
        self.run_form.wanted.connect(lambda: self._actions.run(day_in(self.run_form.to)))
        self.decide_form.decided.connect(self._decide)
        self.decide_form.let_be.connect(self._let_be)
        self.posted_form.back.connect(self._take_back)
        self.posted_form.finance.connect(self._save_finance)
        for form in (self.pay_form, self.run_form, self.decide_form, self.posted_form):
            form.failed.connect(self._box.show_error)
        self._counter.changes.listen(_REDRAW_ON, self._changed)
        self._counter.when_open(self._opened)
        self._allow()
