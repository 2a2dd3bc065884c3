"""What is done below the lists of charges: a payment, a run up to a day, a decision, the finance list."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from loanstore.domain.errors import WrongUsage
from loanstore.domain.ledger import Method
from loanstore.domain.money import read_pence, show_pounds
from loanstore.i18n import _
from loanstore.ui.choices import choice, day_field, day_in
from loanstore.ui.flow import FlowLayout
from loanstore.ui.labels import button, label, named

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from loanstore.operations.posting import Proposed
    from loanstore.ui.theme import Look


def money_field(look: Look, name: str, words: str) -> QLineEdit:
    """Make a field for pounds."""
    field = named(QLineEdit(), name, words)
    field.setFixedWidth(look.theme.size("money"))
    field.setPlaceholderText("£")
    return field


class _Form(QWidget):
    """A row of controls that folds where it is narrow; ``failed`` carries an amount that is none."""

    failed = Signal(object)

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._row = FlowLayout(look.theme.size("s2"))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addLayout(self._row)

    def add(self, *controls: QWidget) -> None:
        """Put controls into the row."""
        for one in controls:
            self._row.addWidget(one)

    def pence(self, field: QLineEdit) -> int | None:
        """Read an amount, or say that it is none."""
        found = read_pence(field.text())
        if found is None:
            self.failed.emit(WrongUsage("BAD_POUNDS", value=field.text()))
            field.setFocus()
        return found


@dataclass(frozen=True, slots=True)
class Paid:
    """A payment as it was typed."""

    pence: int
    method: Method
    day: date
    reference: str


class PayForm(_Form):
    """Below the balances: a payment of the chosen borrower, and the statement."""

    paid = Signal(object)
    statement_wanted = Signal()
    account_wanted = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__(look)
        self.amount = money_field(look, "payAmount", _("Amount in pounds"))
        self.method = choice("payMethod", _("How it was paid"), [(one.value, one.value) for one in Method])
        self.day = day_field("payDay", _("The day it was paid"))
        self.reference = named(QLineEdit(), "payReference", _("Reference, never a card's number"))
        self.reference.setPlaceholderText(_("Reference"))
        self.reference.setFixedWidth(look.theme.size("where"))
        self._pay = button("recordPayment", _("Record payment"), self.pay, primary=True)
        self._statement = button("printStatement", _("Print statement"), self.statement_wanted.emit)
        self._account = button("openAccount", _("Open the account"), self.account_wanted.emit)
        self.amount.returnPressed.connect(self.pay)
        self.reference.returnPressed.connect(self.pay)
        self.add(self.amount, self.method, self.day, self.reference, self._pay, self._statement, self._account)
        self.allow(chosen=False)

    def allow(self, *, chosen: bool) -> None:
        """Allow what can be done with one chosen borrower."""
        fields = (self.amount, self.method, self.day, self.reference)
        for control in (*fields, self._pay, self._statement, self._account):
            control.setEnabled(chosen)

    def pay(self) -> None:
        """Record what was typed."""
        pence = self.pence(self.amount)
        if pence is not None:
            method = Method(self.method.currentData())
            self.paid.emit(Paid(pence, method, day_in(self.day), self.reference.text()))

    def clear(self) -> None:
        """Empty what was typed."""
        self.amount.clear()
        self.reference.clear()


class RunForm(_Form):
    """Below what is to be posted: up to which day, and posting it."""

    wanted = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__(look)
        self.to = day_field("runTo", _("Periods that have begun by"))
        self.said = label("strong", wrap=True)
        self._post = button("postAll", _("Post all of this"), self.wanted.emit, primary=True)
        self.add(label("muted", _("Begun by")), self.to, self._post, self.said)

    def show_total(self, words: str, *, some: bool) -> None:
        """Say what the run comes to, and allow it where it does something."""
        self.said.setText(words)
        self._post.setEnabled(some)


class DecideForm(_Form):
    """Below what is to be decided: how much, or nothing."""

    decided = Signal(int)
    let_be = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__(look)
        self.amount = money_field(look, "decideAmount", _("Charge in pounds"))
        self._charge = button("chargeIt", _("Charge it"), self.charge, primary=True)
        self._let_be = button("letBe", _("Let it be"), self.let_be.emit)
        self.amount.returnPressed.connect(self.charge)
        self.add(label("muted", _("Charge")), self.amount, self._charge, self._let_be)
        self.show_chosen(())

    def show_chosen(self, chosen: Sequence[Proposed]) -> None:
        """Offer the proposed sum of the chosen line."""
        one = chosen[0].proposal if len(chosen) == 1 else None
        self.amount.setText(show_pounds(one.amount) if one is not None and one.amount is not None else "")
        for control in (self.amount, self._charge):
            control.setEnabled(one is not None)
        self._let_be.setEnabled(bool(chosen))

    def charge(self) -> None:
        """Charge what was typed."""
        pence = self.pence(self.amount)
        if pence is not None:
            self.decided.emit(pence)


class PostedForm(_Form):
    """Below what was posted: taking back, and the list for the finance system."""

    back = Signal()
    finance = Signal(object, object)

    def __init__(self, look: Look) -> None:
        super().__init__(look)
        self._back = button("takeBackCharge", _("Take back"), self.back.emit)
        self.first = day_field("financeFrom", _("Finance list from"))
        self.last = day_field("financeTo", _("Finance list to"))
        save = button("saveFinance", _("Save the finance list"), self._save)
        self.add(self._back, label("muted", _("From")), self.first, label("muted", _("to")), self.last, save)
        self.allow(chosen=False)

    def allow(self, *, chosen: bool) -> None:
        """Allow taking back where a charge is chosen."""
        self._back.setEnabled(chosen)

    def _save(self) -> None:
        self.finance.emit(day_in(self.first), day_in(self.last))
