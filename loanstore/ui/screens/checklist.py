"""The checklist on the card: what goes out with the instrument, each there, missing or damaged by one key."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton, QSizePolicy, QWidget

from loanstore.domain.codes import COMMAND_PREFIX, Command
from loanstore.i18n import _
from loanstore.ui.flow import FlowLayout
from loanstore.ui.labels import named, set_tone

if TYPE_CHECKING:
    from collections.abc import Sequence

    from loanstore.ui.screens.card_text import Item
    from loanstore.ui.theme import Look

_NEXT = {"present": Command.MISSING, "missing": Command.DAMAGED, "damaged": Command.PRESENT}
"""One press says the next: it is missing, it is damaged, it is there after all."""


class Checklist(QWidget):
    """The accessories as numbered chips; pressing one, or Alt with its number, says the next thing of it."""

    said = Signal(str)

    def __init__(self, look: Look) -> None:
        super().__init__()
        self.setObjectName("checklist")
        self.setAccessibleName(_("Accessories"))
        self._items: tuple[Item, ...] = ()
        self._chips: list[QPushButton] = []
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self._row = FlowLayout(look.theme.size("s2"))
        self.setLayout(self._row)
        self.hide()

    def show_items(self, items: Sequence[Item]) -> None:
        """Show the accessories of an instrument; none hides the list."""
        self._items = tuple(items)
        while len(self._chips) < len(items):
            self._chips.append(self._make(len(self._chips)))
        for at, chip in enumerate(self._chips):
            chip.setVisible(at < len(items))
            if at < len(items):
                self._dress(chip, at, items[at])
        self.setVisible(bool(items))
        self.updateGeometry()

    def press(self, number: int) -> None:
        """Say the next thing of the accessory with this number, from 1 on; nothing where there is none."""
        if self.isVisible() and 0 < number <= len(self._items):
            command = _NEXT[self._items[number - 1].state]
            self.said.emit(f"{COMMAND_PREFIX}-{command}-{number}")

    def _make(self, at: int) -> QPushButton:
        chip = named(QPushButton(), f"accessory{at + 1}")
        chip.setProperty("chip", "present")
        chip.setAutoDefault(False)
        chip.clicked.connect(lambda: self.press(at + 1))
        self._row.addWidget(chip)
        return chip

    def _dress(self, chip: QPushButton, at: int, item: Item) -> None:
        words = {"present": "{name}", "missing": _("{name} missing"), "damaged": _("{name} damaged")}[
            item.state
        ].format(name=item.name)
        chip.setText(f"{at + 1}  {words}")
        chip.setAccessibleName(words)
        chip.setToolTip(_("Press again, or Alt+{n}: missing, damaged, there").format(n=at + 1))
        set_tone(chip, "chip", item.state)
