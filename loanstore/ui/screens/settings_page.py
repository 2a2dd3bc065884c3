"""The settings: the store's terms, rules of lending, types and charges, and what this computer does its own way."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QScrollArea, QVBoxLayout, QWidget

from loanstore.ui.labels import named
from loanstore.ui.screens.charging_card import ChargingCard
from loanstore.ui.screens.machine_card import MachineCard
from loanstore.ui.screens.policy_card import PolicyCard
from loanstore.ui.screens.tariffs_card import TariffsCard
from loanstore.ui.screens.terms_card import TermsCard
from loanstore.ui.screens.types_card import TypesCard

if TYPE_CHECKING:
    from loanstore.settings import Machine
    from loanstore.ui.counter import Counter
    from loanstore.ui.theme import Look


class SettingsPage(QScrollArea):
    """Cards, one below the other; ``machine_changed`` carries this computer's new settings."""

    machine_changed = Signal(object)

    def __init__(self, look: Look, counter: Counter) -> None:
        super().__init__()
        self.setObjectName("settings")
        self._counter = counter
        self.terms = TermsCard(look, counter)
        self.policy = PolicyCard(look, counter)
        self.types = TypesCard(look, counter)
        self.tariffs = TariffsCard(look, counter)
        self.charging = ChargingCard(look, counter)
        self.machine = MachineCard(look)
        size = look.theme.size
        inside = named(QWidget(), "scrolled")
        layout = QVBoxLayout(inside)
        layout.setContentsMargins(size("s5"), size("s4"), size("s5"), size("s4"))
        layout.setSpacing(size("s4"))
        layout.addWidget(self.terms)
        layout.addWidget(self.policy)
        layout.addWidget(self.types)
        layout.addWidget(self.tariffs)
        layout.addWidget(self.charging)
        layout.addWidget(self.machine)
        layout.addStretch(1)
        self.setWidget(inside)
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.machine.saved.connect(self._saved)

    def shown(self) -> None:
        """Read everything afresh, as the page comes up."""
        self.terms.load()
        self.policy.load()
        self.types.load()
        self.tariffs.load()
        self.charging.load()
        self.machine.load(self._counter.settings.read())

    def _saved(self, machine: Machine) -> None:
        self._counter.settings.write(machine)
        self.machine_changed.emit(machine)
