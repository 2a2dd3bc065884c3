"""The rules of lending: how long and how many for each kind of borrower, and the waiting times of the desk."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QCheckBox, QFrame, QGridLayout, QLineEdit, QVBoxLayout, QWidget

from loanstore.domain.borrowers import BorrowerKind
from loanstore.domain.errors import Refused
from loanstore.domain.policy import Period
from loanstore.domain.policy_words import WAITS, read_rule, with_days, with_rule, with_waits
from loanstore.domain.tariffs import CONTRACTS
from loanstore.i18n import _
from loanstore.ui.choices import Choice
from loanstore.ui.flow import FlowLayout
from loanstore.ui.labels import button, label, named
from loanstore.ui.screens.borrower_panel import kind_word
from loanstore.wording import told

if TYPE_CHECKING:
    from loanstore.domain.policy import Policy
    from loanstore.operations.desk import Desk, Done
    from loanstore.ui.counter import Counter
    from loanstore.ui.theme import Look


class PolicyCard(QFrame):
    """One row for each kind of borrower, and the waiting times under them. Nothing counts before it is saved."""

    def __init__(self, look: Look, counter: Counter) -> None:
        super().__init__()
        self.setObjectName("card")
        self._look = look
        self._counter = counter
        self._policy: Policy | None = None
        self.periods = {kind: self._period(kind) for kind in BorrowerKind}
        self.days = {kind: self._field(f"days-{kind}", _("Days, {kind}"), kind) for kind in BorrowerKind}
        self.limits = {kind: self._field(f"limit-{kind}", _("At most, {kind}"), kind) for kind in BorrowerKind}
        self.contracts = {kind: self._contract(kind) for kind in BorrowerKind}
        self.rolling = {kind: self._rolling(kind) for kind in BorrowerKind}
        self.waits = {name: named(QLineEdit(), f"wait-{name}", words) for name, words in _wait_words().items()}
        self.least = named(QLineEdit(), "leastDays", _("A loan runs at least so many days"))
        self.aside = named(QLineEdit(), "asideDays", _("What is set aside is kept for so many working days"))
        self._said = label("muted", "", wrap=True)
        size = look.theme.size
        layout = QVBoxLayout(self)
        layout.setContentsMargins(size("gutter"), size("s4"), size("gutter"), size("s4"))
        layout.setSpacing(size("s2"))
        layout.addWidget(label("title", _("Rules of lending")))
        layout.addWidget(
            label("muted", _("How long a loan runs, and how many one borrower may have. Empty is no limit."), wrap=True)
        )
        layout.addLayout(self._rows(size("s3"), size("s1")))
        layout.addLayout(self._times(size("s3"), size("s1")))
        layout.addWidget(self._said)
        buttons = FlowLayout(size("s2"))
        buttons.addWidget(button("savePolicy", _("Save the rules"), self.save, primary=True))
        layout.addLayout(buttons)

    def said(self) -> str:
        """Give what the card says of the last saving."""
        return self._said.text()

    def load(self) -> None:
        """Read the rules from the store."""

        def work(desk: Desk) -> Policy:
            from loanstore.operations import housekeeping

            return housekeeping.policy(desk)

        self._counter.read(work, self._show, name="policy")

    def save(self) -> None:
        """Save the rules, or say which of them can't be."""
        try:
            made = self._made()
        except Refused as refused:
            self._said.setText(told(refused).on_one_line())
            return
        if made is None:
            return

        def work(desk: Desk) -> Done[None]:
            from loanstore.operations import housekeeping

            return housekeeping.change_policy(desk, made)

        def saved(_none: None) -> None:
            self._show(made)
            self._said.setText(_("Saved. It counts from the next hand-over on."))

        self._counter.write(work, saved)

    def _made(self) -> Policy | None:
        made = self._policy
        if made is None:
            return None
        for kind in BorrowerKind:
            period = Period(self.periods[kind].currentData())
            rule = read_rule(period, self.days[kind].text(), self.limits[kind].text())
            contract, rolling = self.contracts[kind].currentData(), self.rolling[kind].isChecked()
            rule = replace(rule, contract=contract, rolling=rolling)
            made = with_rule(made, kind, rule)
        made = with_days(made, self.least.text(), self.aside.text())
        return with_waits(made, {name: field.text() for name, field in self.waits.items()})

    def _show(self, policy: Policy) -> None:
        self._policy = policy
        for kind, rule in policy.rules.items():
            self.periods[kind].setCurrentIndex(self.periods[kind].findData(rule.period.value))
            self.days[kind].setText(str(rule.days) if rule.days else "")
            self.contracts[kind].setCurrentIndex(self.contracts[kind].findData(rule.contract))
            self.rolling[kind].setChecked(rule.rolling)
            self.limits[kind].setText(str(rule.limit) if rule.limit is not None else "")
        for name, field in self.waits.items():
            field.setText(f"{getattr(policy, name):g}")
        self.least.setText(str(policy.least_days))
        self.aside.setText(str(policy.aside_days))
        self._said.clear()

    def _rows(self, across: int, down: int) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(across // 2)
        grid.setVerticalSpacing(down)
        for at, words in enumerate(("", _("A loan runs to"), _("Days"), _("At most"))):
            grid.addWidget(label("muted", words), 0, at)
        # Two lines a kind, so that the card fits a window of half the width.
        for row, kind in enumerate(BorrowerKind):
            grid.addWidget(label("strong", kind_word(kind)), 2 * row + 1, 0)
            for at, field in enumerate(self._fields(kind)):
                line, column = divmod(at, 3)
                grid.addWidget(field, 2 * row + 1 + line, column + 1, 1, 1 + line * column)
        grid.setColumnStretch(1, 1)
        return grid

    def _fields(self, kind: BorrowerKind) -> tuple[QWidget, ...]:
        what = (self.periods[kind], self.days[kind], self.limits[kind])
        return (*what, self.contracts[kind], self.rolling[kind])

    def _times(self, across: int, down: int) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(across)
        grid.setVerticalSpacing(down)
        for at, field in enumerate((self.least, self.aside, *self.waits.values())):
            row, column = divmod(at, 2)
            grid.addWidget(label("muted", field.accessibleName(), wrap=True), row * 2, column)
            grid.addWidget(field, row * 2 + 1, column)
        return grid

    def _period(self, kind: BorrowerKind) -> Choice:
        words = {Period.TERM: _("term’s end"), Period.YEAR: _("year’s end"), Period.DAYS: _("some days")}
        said = _("Period, {kind}").format(kind=kind_word(kind))
        combo = Choice(f"period-{kind}", said)
        combo.setMinimumContentsLength(max(map(len, words.values())))
        for period, word in words.items():
            combo.addItem(word, period.value)
        combo.currentIndexChanged.connect(lambda _at: self._enabled(kind))
        return combo

    def _contract(self, kind: BorrowerKind) -> Choice:
        said = _("Contract, {kind}").format(kind=kind_word(kind))
        combo = Choice(f"contract-{kind}", said)
        for contract in CONTRACTS:
            combo.addItem(contract, contract)
        return combo

    def _rolling(self, kind: BorrowerKind) -> QCheckBox:
        said = _("Goes on until notice, {kind}").format(kind=kind_word(kind))
        made = named(QCheckBox(_("Goes on")), f"rolling-{kind}", said)
        made.setToolTip(_("Hire goes on from period to period until notice is given"))
        return made

    def _field(self, name: str, words: str, kind: BorrowerKind) -> QLineEdit:
        made = named(QLineEdit(), name, words.format(kind=kind_word(kind)))
        made.setMinimumWidth(self._look.theme.size("number"))
        made.setMaximumWidth(self._look.theme.size("kind"))
        return made

    def _enabled(self, kind: BorrowerKind) -> None:
        """Let days be typed only where a loan runs for some."""
        self.days[kind].setEnabled(self.periods[kind].currentData() == Period.DAYS.value)


def _wait_words() -> dict[str, str]:
    words = {
        "repeat": _("The same thing within so many seconds counts once"),
        "just_lent": _("What was lent within so many seconds is shown, not returned"),
        "quiet": _("A quiet desk finishes by itself after so many seconds"),
    }
    return {name: words[name] for name in WAITS}
