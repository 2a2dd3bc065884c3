"""The three ways to put right that a case has another instrument in it: a button, a number and a command for each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QSizePolicy, QWidget

from loanstore.domain.codes import COMMAND_PREFIX, Command
from loanstore.i18n import _
from loanstore.ui.flow import FlowLayout
from loanstore.ui.labels import button

if TYPE_CHECKING:
    from loanstore.ui.theme import Look

_WAYS = (Command.BY_HAND, Command.CASES, Command.CHILDREN)


class PairChoice(QWidget):
    """Shown on a mismatch; each button names what it does. Alt with its number presses it."""

    said = Signal(str)

    def __init__(self, look: Look) -> None:
        super().__init__()
        self.setObjectName("pairChoice")
        self.setAccessibleName(_("How to put it right"))
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        words = (
            _("Each into its own case: nothing changes"),
            _("Cases stay swapped: print new case labels"),
            _("Children keep them: the loans change"),
        )
        row = FlowLayout(look.theme.size("s2"))
        self._buttons = []
        for number, (way, text) in enumerate(zip(_WAYS, words, strict=True), 1):
            name = f"pair{number}"
            made = button(name, f"{number}  {text}", lambda number=number: self.press(number), primary=number == 1)  # type: ignore[misc]  # a number of its own
            made.setAccessibleName(text)
            made.setToolTip(_("Alt {n}, or the command {command}").format(n=number, command=way))
            self._buttons.append(made)
            row.addWidget(made)
        self.setLayout(row)
        self.hide()

    def show_pair(self, *, shown: bool, children: bool) -> None:
        """Show the ways, or none; ``children`` says whether somebody has either, so that loans could change."""
        self._buttons[-1].setEnabled(children)
        self.setVisible(shown)
        self.updateGeometry()

    def press(self, number: int) -> None:
        """Say the way of this number, from 1 on; nothing where there is none."""
        if self.isVisible() and 0 < number <= len(_WAYS) and self._buttons[number - 1].isEnabled():
            self.said.emit(f"{COMMAND_PREFIX}-{_WAYS[number - 1]}")
