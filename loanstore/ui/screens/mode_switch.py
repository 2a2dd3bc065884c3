"""The switch of modes: Auto, Lend, Return, each with its key."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout

from loanstore.domain.sessions import Mode
from loanstore.i18n import _
from loanstore.ui.labels import label, named, set_tone
from loanstore.wording.answers import mode_name

if TYPE_CHECKING:
    from loanstore.ui.theme import Look

_KEYS: Final = {Mode.AUTO: "Esc", Mode.LEND: "F2", Mode.RETURN: "F3"}


class ModeSwitch(QFrame):
    """Shows the mode and asks for another; it changes only when the session has."""

    wanted = Signal(object)

    def __init__(self, look: Look) -> None:
        super().__init__()
        self.setObjectName("modes")
        self.setAccessibleName(_("Mode"))
        self._group = QButtonGroup(self)
        self._buttons: dict[Mode, QPushButton] = {}
        row = QHBoxLayout(self)
        row.setContentsMargins(1, 1, 1, 1)
        row.setSpacing(0)
        for mode, key in _KEYS.items():
            made = self._make(mode, key, look)
            self._group.addButton(made)
            self._buttons[mode] = made
            row.addWidget(made)
        self.show_mode(Mode.AUTO)

    def show_mode(self, mode: Mode) -> None:
        """Show the mode that holds."""
        self._buttons[mode].setChecked(True)
        for other, made in self._buttons.items():
            for one in made.findChildren(QLabel):
                set_tone(one, "on", "true" if other is mode else "false")

    def mode(self) -> Mode:
        """Give the mode that is shown."""
        return next(mode for mode, made in self._buttons.items() if made.isChecked())

    def _make(self, mode: Mode, key: str, look: Look) -> QPushButton:
        word = mode_name(mode)
        made = named(QPushButton(), f"mode{mode.value.capitalize()}", word)
        made.setCheckable(True)
        made.setFixedSize(QSize(look.theme.size("mode_width"), look.theme.size("scan_field")))
        inside = QVBoxLayout(made)
        inside.setContentsMargins(0, look.theme.size("s2"), 0, look.theme.size("s2"))
        inside.setSpacing(0)
        for name, text in (("modeWord", word), ("modeKey", key)):
            one = label(name, text)
            one.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
            one.setAlignment(Qt.AlignmentFlag.AlignCenter)
            inside.addWidget(one)
        made.clicked.connect(lambda: self._asked(mode))
        return made

    def _asked(self, mode: Mode) -> None:
        self.wanted.emit(mode)
