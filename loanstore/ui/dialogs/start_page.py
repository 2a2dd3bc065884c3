"""The page in the middle of the window on which a store is begun or opened: its frame and its line of errors."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QScrollArea, QVBoxLayout, QWidget

from loanstore.i18n import _
from loanstore.ui.labels import label, named
from loanstore.wording import told

if TYPE_CHECKING:
    from collections.abc import Callable

    from loanstore.ui.theme import Look


class StartPage(QWidget):
    """One card in the middle; what went wrong is said in it, under the fields."""

    def __init__(self, look: Look, name: str) -> None:
        super().__init__()
        self.setObjectName("page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        size = look.theme.size
        self._card = named(QFrame(), "card")
        self._card.setFixedWidth(size("page"))
        self.column = QVBoxLayout(self._card)
        self.column.setContentsMargins(size("s5"), size("s5"), size("s5"), size("s5"))
        self.column.setSpacing(size("s2"))
        self._trouble = label("late", wrap=True)
        self._trouble.hide()
        inside = named(QWidget(), "scrolled")
        middle = QVBoxLayout(inside)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(self._card)
        row.addStretch(1)
        middle.addStretch(1)
        middle.addLayout(row)
        middle.addStretch(2)
        scroll = named(QScrollArea(), f"{name}Scroll", _("Start"))
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setWidgetResizable(True)
        scroll.setWidget(inside)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(scroll)

    def add_trouble_line(self) -> None:
        """Put the line of errors here."""
        self.column.addWidget(self._trouble)

    def add_field(self, name: str, title: str, entered: Callable[[], None], *, secret: bool = False) -> QLineEdit:
        """Add a field under its title; Enter in it calls ``entered``."""
        field = named(QLineEdit(), name, title)
        if secret:
            field.setEchoMode(QLineEdit.EchoMode.Password)
        field.returnPressed.connect(entered)
        self.column.addWidget(label("muted", title))
        self.column.addWidget(field)
        return field

    def say(self, trouble: str) -> None:
        """Say what keeps the store from being opened; nothing clears the line."""
        self._trouble.setText(trouble)
        self._trouble.setVisible(bool(trouble))

    def say_error(self, error: Exception) -> None:
        """Say an error in its own words."""
        words = told(error)
        self.say(" ".join(filter(None, (words.message, words.next))))

    def trouble(self) -> str:
        """Give what the line of errors says; empty where there is none."""
        return self._trouble.text() if self._trouble.isVisible() else ""
