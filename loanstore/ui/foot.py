"""The foot: whether everything is stored, when the last backup was, and who works here."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QSizePolicy, QWidget

from loanstore.i18n import _
from loanstore.ui.labels import ClampedLabel, button, label, named, pause, set_tone
from loanstore.wording import short_day

if TYPE_CHECKING:
    from datetime import date

    from loanstore.ui.theme import Look

PATIENCE = 300
"""Milliseconds that a scan may take before the foot says that it is waiting its turn."""


class Foot(QWidget):
    """One quiet line at the bottom of the window; long work shows how far it is here, and can be cancelled."""

    cancelled = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__()
        self.setObjectName("foot")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFixedHeight(look.theme.size("foot_height"))
        self._dot = label("dot", "●")
        self._stored = label("stored", _("Opening the store"))
        self._backup_dot = label("dot", "●")
        self._backup = label("backup")
        self._right = label("staff")
        self._patience = pause(self, PATIENCE, lambda: self._say(_("One moment"), "decide"))
        row = QHBoxLayout(self)
        row.setContentsMargins(look.theme.size("s5"), 0, look.theme.size("s5"), 0)
        row.setSpacing(look.theme.size("s2"))
        for one in (self._dot, self._stored):
            row.addWidget(one)
        row.addSpacing(look.theme.size("s5"))
        for one in (self._backup_dot, self._backup):
            row.addWidget(one)
        row.addSpacing(look.theme.size("s5"))
        self._work = ClampedLabel("work")
        self._work.take_what_it_needs(QSizePolicy.Policy.Preferred)
        self._bar = named(QProgressBar(), "progress", _("How far it is"))
        self._bar.setTextVisible(False)
        self._cancel = button("cancelWork", _("Cancel"), self.cancelled.emit)
        for shown in (self._work, self._bar, self._cancel):
            row.addWidget(shown)
            shown.hide()
        row.addStretch(1)
        row.addWidget(self._right)
        self._backup_dot.hide()

    def show_waiting(self, waiting: bool) -> None:
        """Say that a scan waits its turn, once it has waited for a while; else that everything is stored."""
        if not waiting:
            self._patience.stop()
            self._say(_("Stored"), "out")
        elif not self._patience.isActive():
            self._patience.start()

    def show_closed(self) -> None:
        """Say that there is no store yet."""
        self._patience.stop()
        self._say(_("No store is open"), "decide")

    def show_backup(self, last: date | None) -> None:
        """Say when the last backup was; the first one is made when the window closes."""
        tone = "out" if last is not None else "decide"
        text = _("Backup: {day}, opened and counted").format(day=short_day(last)) if last else _("No backup yet")
        self._backup.setText(text)
        set_tone(self._backup_dot, "tone", tone)
        self._backup_dot.show()

    def show_progress(self, words: str, reached: int, total: int) -> None:
        """Show how far long work is; no words, no bar."""
        self._work.say(words)
        self._bar.setMaximum(total)
        self._bar.setValue(reached)
        for shown in (self._work, self._bar, self._cancel):
            shown.setVisible(bool(words))
        # Whatever else stands here gives way meanwhile: in a narrow window there is no room for both.
        for other in (self._backup, self._right):
            other.setVisible(not words)
        self._backup_dot.setVisible(not words and bool(self._backup.text()))

    def show_right(self, text: str) -> None:
        """Say who works here and with which keys help is found."""
        self._right.setText(text)

    def stored_words(self) -> str:
        """Give what the foot says about what was answered."""
        return self._stored.text()

    def _say(self, text: str, tone: str) -> None:
        self._stored.setText(text)
        set_tone(self._dot, "tone", tone)
