"""Asking for a store's passphrase, on a page of its own; the recovery words do as well."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QHBoxLayout

from loanstore.i18n import _
from loanstore.ui.dialogs.start_page import StartPage
from loanstore.ui.labels import button, label, named

if TYPE_CHECKING:
    from pathlib import Path

    from loanstore.ui.theme import Look


class AskPassphrase(StartPage):
    """Asks until the store opens; what is scanned meanwhile is kept."""

    given = Signal(str, bool)
    other = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__(look, "passphrase")
        self.column.addWidget(label("title", _("The store is locked")))
        self._file = label("muted", wrap=True)
        self.column.addWidget(self._file)
        self.field = self.add_field("unlockField", _("Passphrase, or the recovery words"), self._take, secret=True)
        self.remember = named(QCheckBox(_("Remember it on this computer")), "rememberUnlock")
        self.remember.setAccessibleName(_("Remember it on this computer"))
        self.remember.hide()
        self.column.addWidget(self.remember)
        self.add_trouble_line()
        self._open = button("unlock", _("Open the store"), self._take, primary=True)
        row = QHBoxLayout()
        row.addWidget(self._open)
        row.addWidget(button("unlockOther", _("Open another store file"), self.other.emit))
        row.addStretch(1)
        self.column.addLayout(row)

    def ask(self, path: Path, trouble: Exception | None = None) -> None:
        """Ask for a store's passphrase; ``trouble`` says why the one before did not do."""
        self._file.setText(str(path))
        self._open.setEnabled(True)
        self.field.clear()
        self.field.setFocus()
        if trouble is None:
            self.say("")
        else:
            self.say_error(trouble)

    def _take(self) -> None:
        if self.field.text():
            self._open.setEnabled(False)
            self.given.emit(self.field.text(), self.remember.isChecked())
