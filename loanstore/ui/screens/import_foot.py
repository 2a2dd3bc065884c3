"""The foot of the import: Back and Next, what can be done at the end, and how far it is while it runs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QPushButton, QVBoxLayout, QWidget

from loanstore.i18n import _
from loanstore.ui.flow import FlowLayout
from loanstore.ui.labels import button, label, named

if TYPE_CHECKING:
    from loanstore.ui.theme import Look


@dataclass(frozen=True, slots=True)
class Ways:
    """Where one can go from a step: the words of Next (none, no Next), whether it is open, whether Back is."""

    next: str
    is_open: bool
    back: bool = False
    ended: bool = False
    undo: bool = False


class ImportFoot(QWidget):
    """Back and Next are Alt and an arrow, too; Cancel is there only while something runs."""

    back_wanted = Signal()
    next_wanted = Signal()
    undo_wanted = Signal()
    another_wanted = Signal()
    cancel_wanted = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__()
        self.setObjectName("importFoot")
        self.back = button("importBack", _("Back") + "   Alt ←", self.back_wanted.emit)
        self.next = button("importNext", "", self.next_wanted.emit, primary=True)
        self.undo = button("undoDone", _("Undo this import"), self.undo_wanted.emit)
        self.another = button("importAnother", _("Import another list"), self.another_wanted.emit)
        self.cancel = button("importCancel", _("Cancel"), self.cancel_wanted.emit)
        self._work = label("muted")
        self._bar = named(QProgressBar(), "importProgress", _("How far it is"))
        self._bar.setTextVisible(False)
        size = look.theme.size
        buttons = FlowLayout(size("s2"))
        for one in (self.next, self.back, self.undo, self.another):
            buttons.addWidget(one)
        running = QHBoxLayout()
        running.setSpacing(size("s3"))
        running.addWidget(self._work)
        running.addWidget(self._bar, 1)
        running.addWidget(self.cancel)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(size("s2"))
        layout.addLayout(running)
        layout.addLayout(buttons)
        self.rest()

    def offer(self, ways: Ways) -> None:
        """Offer the ways from a step."""
        self.next.setText(f"{ways.next}   Alt →")
        self.next.setAccessibleName(ways.next)
        self.next.setVisible(bool(ways.next))
        self.next.setEnabled(ways.is_open)
        self.back.setVisible(ways.back)
        for one in (self.undo, self.another):
            one.setVisible(ways.ended)
        self.undo.setEnabled(ways.undo)

    def first(self) -> QPushButton:
        """Give the button to stand on: Next where it is open, else Back."""
        return self.next if self.next.isEnabled() and not self.next.isHidden() else self.back

    def run(self, words: str) -> None:
        """Say that something runs; nothing else can be begun meanwhile."""
        self._work.setText(words)
        self._bar.setRange(0, 0)
        self._work.show()
        self._bar.show()
        self.cancel.show()
        for one in (self.next, self.back, self.undo, self.another):
            one.setEnabled(False)

    def reach(self, done: int, total: int) -> None:
        """Show how far it is."""
        self._bar.setRange(0, total)
        self._bar.setValue(done)

    def rest(self) -> None:
        """Say that nothing runs any more."""
        for one in (self._work, self._bar, self.cancel):
            one.hide()
        for button_ in (self.next, self.back, self.undo, self.another):
            button_.setEnabled(True)
