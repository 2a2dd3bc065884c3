"""What is done with the chosen repairs: quote, decision, back; and what is sent, to whom and why."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from loanstore.domain.errors import WrongUsage
from loanstore.domain.money import read_pence
from loanstore.domain.repairs import Decision, Outcome
from loanstore.i18n import _
from loanstore.ui.choices import choice
from loanstore.ui.flow import FlowLayout
from loanstore.ui.labels import button, label, named
from loanstore.wording.workshop import decision_word, outcome_word

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from loanstore.storage.workshop_lists import Repairer
    from loanstore.ui.theme import Look


class RepairForm(QWidget):
    """Below what is at the repairers'. A quote and a decision are for one line, coming back for all that are chosen."""

    quoted = Signal(int)
    decided = Signal(object)
    back = Signal(object, object)
    docket_wanted = Signal()
    failed = Signal(object)

    def __init__(self, look: Look) -> None:
        super().__init__()
        size = look.theme.size
        self.quote = _money(look, "repairQuote", _("Quote in pounds"), _("Quote £"))
        decisions = [(decision_word(one), one.value) for one in Decision]
        outcomes = [(outcome_word(one), one.value) for one in Outcome]
        self.decision = choice("repairDecision", _("Who bears it"), decisions)
        self.outcome = choice("repairOutcome", _("How it came back"), outcomes)
        self.cost = _money(look, "repairCost", _("Cost of each in pounds"), _("Cost £"))
        self._buttons = {
            "noteQuote": button("noteQuote", _("Note quote"), self.note_quote),
            "noteDecision": button("noteDecision", _("Note decision"), self._decide),
            "takeBack": button("takeBack", _("Take back"), self.take_back, primary=True),
            "printDocket": button("printDocket", _("Print docket"), self.docket_wanted.emit),
        }
        self.quote.returnPressed.connect(self.note_quote)
        self.cost.returnPressed.connect(self.take_back)
        row = FlowLayout(size("s2"))
        for one in (
            *(self.quote, self._buttons["noteQuote"], self.decision, self._buttons["noteDecision"]),
            *(label("muted", _("Came back")), self.outcome, self.cost, self._buttons["takeBack"]),
            self._buttons["printDocket"],
        ):
            row.addWidget(one)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addLayout(row)
        self.allow(())

    def allow(self, chosen: Sequence[Any]) -> None:
        """Allow what can be done with the chosen lines; what was sent before its list was imported has no visit."""
        visits = bool(chosen) and all(line.id for line in chosen)
        one = visits and len(chosen) == 1
        for control in (self.quote, self._buttons["noteQuote"], self.decision, self._buttons["noteDecision"]):
            control.setEnabled(one)
        for control in (self.outcome, self.cost, self._buttons["takeBack"]):
            control.setEnabled(bool(chosen))
        self._buttons["printDocket"].setEnabled(visits)

    def clear(self) -> None:
        """Empty the amounts."""
        self.quote.clear()
        self.cost.clear()

    def note_quote(self) -> None:
        """Note the quote that was typed."""
        pence = self._pence(self.quote.text())
        if pence is not None:
            self.quoted.emit(pence)

    def take_back(self) -> None:
        """Take back what is chosen; without an amount nobody knows yet what it cost."""
        typed = self.cost.text().strip()
        pence = self._pence(typed) if typed else None
        if pence is not None or not typed:
            self.back.emit(Outcome(self.outcome.currentData()), pence)

    def _decide(self) -> None:
        self.decided.emit(Decision(self.decision.currentData()))

    def _pence(self, typed: str) -> int | None:
        pence = read_pence(typed)
        if pence is None:
            self.failed.emit(WrongUsage("BAD_POUNDS", value=typed))
        return pence


class SendForm(QWidget):
    """Below what is ready to send: to whom, and what is wrong with it."""

    def __init__(self, look: Look, send: Callable[[], None]) -> None:
        super().__init__()
        size = look.theme.size
        self.repairer = choice("sendTo", _("Repairer"))
        self.repairer.setMinimumWidth(size("where"))
        self.fault = named(QLineEdit(), "sendFault", _("What is wrong"))
        self.fault.setPlaceholderText(_("What is wrong, for the docket"))
        self.fault.setMinimumWidth(size("panel_width"))
        self.fault.returnPressed.connect(send)
        self._send = button("sendToRepairer", _("Send and print the docket"), send, primary=True)
        self._hint = label("muted", _("No repairer is known yet: add one as a place of that kind."), wrap=True)
        row = FlowLayout(size("s2"))
        for one in (label("muted", _("Send to")), self.repairer, self.fault, self._send):
            row.addWidget(one)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addLayout(row)
        layout.addWidget(self._hint)
        self._chosen = False
        self.show_repairers(())

    def show_repairers(self, known: Sequence[Repairer]) -> None:
        """Offer these repairers; the one that was chosen stays chosen."""
        chosen = self.repairer.currentData()
        self.repairer.clear()
        for one in known:
            self.repairer.addItem(one.name, one.id)
        self.repairer.setCurrentIndex(max(0, self.repairer.findData(chosen)))
        self._hint.setVisible(not known)
        self.allow(chosen=self._chosen)

    def allow(self, *, chosen: bool) -> None:
        """Allow sending where something is chosen and somebody there to send it to."""
        self._chosen = chosen
        known = self.repairer.count() > 0
        self.repairer.setEnabled(known)
        self.fault.setEnabled(known)
        self._send.setEnabled(chosen and known)


def _money(look: Look, name: str, words: str, hint: str) -> QLineEdit:
    field = named(QLineEdit(), name, words)
    field.setFixedWidth(look.theme.size("money"))
    field.setPlaceholderText(hint)
    return field
