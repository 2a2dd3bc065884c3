"""The strip that answers each loading scan: done, or whose it is and how to load it all the same."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QBoxLayout, QFrame, QVBoxLayout

from loanstore.domain.errors import Refused
from loanstore.domain.runs import OVERRULABLE
from loanstore.i18n import _
from loanstore.ui.labels import button, label, set_tone
from loanstore.wording import told as words_of

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent

    from loanstore.ui.screens.loading_words import Told
    from loanstore.ui.theme import Look


class LoadAnswer(QFrame):
    """Coloured by what happened; ``anyway`` asks for what was refused softly."""

    anyway = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__()
        self.setObjectName("errorBox")
        self.overrulable = False
        self._title = label("errorTitle", wrap=True)
        self._message = label("errorMessage", wrap=True)
        self._again = button("loadAnyway", _("All the same") + "   Ctrl Enter", self.anyway.emit)
        size = look.theme.size
        words = QVBoxLayout()
        words.setSpacing(size("s1"))
        words.addWidget(self._title)
        words.addWidget(self._message)
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._row.setContentsMargins(size("s4"), size("s2"), size("s4"), size("s2"))
        self._row.addLayout(words, 1)
        self._row.addWidget(self._again)
        self._narrow = size("page")
        self.hide()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the button below the words where there is no room beside them."""
        super().resizeEvent(event)
        way = QBoxLayout.Direction
        self._row.setDirection(way.TopToBottom if self.width() < self._narrow else way.LeftToRight)

    def show_answer(self, answer: Told | Refused) -> str:
        """Show an answer and give its tone, which is its sound's too."""
        if isinstance(answer, Refused):
            said = words_of(answer)
            soft = answer.code in OVERRULABLE
            tone = "decide" if soft else "wrong"
            self.say(tone, said.title, f"{said.message} {said.next}", overrulable=soft)
        else:
            tone = "out"
            self.say(tone, answer.title, answer.message)
        return tone

    def say(self, tone: str, title: str, message: str, *, overrulable: bool = False) -> None:
        """Say something in a tone of the theme."""
        self.overrulable = overrulable
        set_tone(self, "tone", tone)
        self._title.setText(title)
        self._message.setText(message)
        self._message.setVisible(bool(message))
        self._again.setVisible(overrulable)
        self.setAccessibleName(self.text())
        self.show()

    def text(self) -> str:
        """Give all that the strip says."""
        return " ".join(filter(None, (self._title.text(), self._message.text())))
