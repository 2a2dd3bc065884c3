"""The strip that says what went wrong, or what was done, without ever standing in the way of a scan."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout

from loanstore import logs
from loanstore.domain.errors import Theirs
from loanstore.i18n import _
from loanstore.ui.labels import button, label, set_tone
from loanstore.wording import told

if TYPE_CHECKING:
    from loanstore.ui.theme import Look


class ErrorBox(QFrame):
    """One strip above the foot: a title, what is wrong, what to do next. It stays until it is closed."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self.setObjectName("errorBox")
        self._title = label("errorTitle", wrap=True)
        self._message = label("errorMessage", wrap=True)
        self._next = label("errorNext", wrap=True)
        size = look.theme.size
        words = QVBoxLayout()
        words.setSpacing(size("s1"))
        for one in (self._title, self._message, self._next):
            words.addWidget(one)
        row = QHBoxLayout(self)
        row.setContentsMargins(size("s4"), size("s2"), size("s4"), size("s2"))
        row.addLayout(words, 1)
        row.addWidget(button("closeError", _("Close"), self.hide))
        self.hide()

    def show_error(self, error: Exception) -> None:
        """Say what went wrong; a bug is noted in the log too."""
        if not isinstance(error, Theirs):
            logs.note_bug(error)
        words = told(error)
        self._say("wrong", words.title, words.message, words.next)

    def show_done(self, title: str, message: str = "") -> None:
        """Say what was done."""
        self._say("out", title, message, "")

    def text(self) -> str:
        """Give all that the strip says."""
        return " ".join(filter(None, (one.text() for one in (self._title, self._message, self._next))))

    def _say(self, tone: str, title: str, message: str, then: str) -> None:
        set_tone(self, "tone", tone)
        for one, text in ((self._title, title), (self._message, message), (self._next, then)):
            one.setText(text)
            one.setVisible(bool(text))
        self.setAccessibleName(self.text())
        self.show()
