"""Help for the screen one comes from, on a page of its own: F1 opens it, Esc leaves it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QTextBrowser, QVBoxLayout, QWidget

from loanstore import assets
from loanstore.i18n import _
from loanstore.ui.labels import button, named

if TYPE_CHECKING:
    from loanstore.ui.theme import Look


class HelpPage(QWidget):
    """Shows one page of help; scans go on landing at the desk."""

    left = Signal()
    commands_wanted = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__()
        self.setObjectName("page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        size = look.theme.size
        self.text = named(QTextBrowser(), "helpText", _("Help"))
        self.text.setOpenLinks(False)
        inner = named(QFrame(), "card")
        inside = QVBoxLayout(inner)
        inside.setContentsMargins(size("s5"), size("s4"), size("s5"), size("s4"))
        inside.addWidget(self.text)
        buttons = QHBoxLayout()
        buttons.addWidget(button("leaveHelp", _("Back to the scan desk") + "   Esc", self.left.emit, primary=True))
        buttons.addWidget(button("printCommands", _("Print the command barcodes"), self.commands_wanted.emit))
        buttons.addStretch(1)
        inside.addLayout(buttons)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(size("s5"), size("s4"), size("s5"), size("s4"))
        layout.addWidget(inner)

    def show_help(self, name: str) -> None:
        """Show the help of a screen."""
        self.text.setMarkdown((assets.resources() / "help" / f"{name}.md").read_text("utf-8"))
        self.text.setFocus()
