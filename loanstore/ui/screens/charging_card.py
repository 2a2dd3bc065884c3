"""The rules of charging: what the owner is in law, who may post, how long evidence is waited for, the finance list."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QCheckBox, QFrame, QLineEdit, QVBoxLayout

from loanstore.domain.charge_rules import ChargeRules, OwnerKind, read_columns, show_columns
from loanstore.domain.errors import Refused
from loanstore.i18n import _
from loanstore.ui.choices import choice
from loanstore.ui.labels import button, label, named
from loanstore.wording import told
from loanstore.wording.charges import owner_word

if TYPE_CHECKING:
    from loanstore.operations.desk import Desk, Done
    from loanstore.operations.pricing import Charging
    from loanstore.ui.counter import Counter
    from loanstore.ui.theme import Look


class ChargingCard(QFrame):
    """Nothing counts before it is saved. Names of those who may post are kept apart from what is journalled."""

    def __init__(self, look: Look, counter: Counter) -> None:
        super().__init__()
        self.setObjectName("card")
        self._counter = counter
        self._rules = ChargeRules()
        self.owner = choice("ownerKind", _("The owner is"), [(owner_word(one), one.value) for one in OwnerKind])
        self.posters = named(QLineEdit(), "posters", _("Who may confirm and reverse charges; empty is everybody"))
        self.posters.setPlaceholderText(_("Names with commas between"))
        self.evidence = named(QLineEdit(), "evidenceDays", _("Days that a charge waits for evidence to follow"))
        words = _("Give back the days of a period that are left after a return")
        self.refund = named(QCheckBox(_("Give back unused days")), "refundUnused", words)
        self.columns = named(QLineEdit(), "financeColumns", _("Columns of the finance list, as Heading=field"))
        self._said = label("muted", wrap=True)
        size = look.theme.size
        layout = QVBoxLayout(self)
        layout.setContentsMargins(size("gutter"), size("s4"), size("gutter"), size("s4"))
        layout.setSpacing(size("s2"))
        layout.addWidget(label("title", _("Rules of charging")))
        for field in (self.owner, self.posters, self.evidence, self.columns):
            layout.addWidget(label("muted", field.accessibleName(), wrap=True))
            layout.addWidget(field)
        layout.addWidget(self.refund)
        layout.addWidget(self._said)
        layout.addWidget(button("saveCharging", _("Save the rules of charging"), self.save, primary=True))

    def said(self) -> str:
        """Give what the card says of the last saving."""
        return self._said.text()

    def load(self) -> None:
        """Read the rules from the store."""

        def work(desk: Desk) -> Charging:
            from loanstore.operations import pricing

            return pricing.charging(desk)

        self._counter.read(work, self._show, name="charging")

    def save(self) -> None:
        """Save the rules, or say which of them can't be."""
        try:
            wanted = self._made()
        except Refused as refused:
            self._refuse(refused)
            return
        posters = self.posters.text().split(",")

        def work(desk: Desk) -> Done[None]:
            from loanstore.operations import pricing

            return pricing.change_charging(desk, wanted, posters)

        def saved(_none: None) -> None:
            self.load()
            self._said.setText(_("Saved. It counts from now on."))

        self._counter.write(work, saved, failed=self._refuse)

    def _made(self) -> ChargeRules:
        days = self.evidence.text().strip()
        return replace(
            self._rules,
            owner=OwnerKind(self.owner.currentData()),
            evidence_days=int(days) if days.isascii() and days.isdigit() else -1,
            refund_unused=self.refund.isChecked(),
            columns=read_columns(self.columns.text()),
        )

    def _refuse(self, error: Exception) -> None:
        self._said.setText(told(error).on_one_line())

    def _show(self, found: Charging) -> None:
        self._rules = found.rules
        self.owner.setCurrentIndex(self.owner.findData(found.rules.owner.value))
        self.posters.setText(", ".join(found.posters))
        self.evidence.setText(str(found.rules.evidence_days))
        self.refund.setChecked(found.rules.refund_unused)
        self.columns.setText(show_columns(found.rules.columns))
        self.columns.setCursorPosition(0)
