"""A card of the settings: a small table that is edited by hand, what is said of the last saving, and its buttons."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtWidgets import QFrame, QHeaderView, QTableWidget, QVBoxLayout

from loanstore.ui.flow import FlowLayout
from loanstore.ui.labels import label, named

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtWidgets import QPushButton

    from loanstore.ui.theme import Look

_ROWS: Final = 8


class TableCard(QFrame):
    """``words`` are the card's title and the sentence under it. Tab leads past the table, the arrows through it."""

    def __init__(self, look: Look, name: str, words: tuple[str, str], headings: Sequence[str]) -> None:
        super().__init__()
        self.setObjectName("card")
        title, hint = words
        self.table = named(QTableWidget(0, len(headings)), name, title)
        self.table.setHorizontalHeaderLabels(list(headings))
        self.table.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        self.table.verticalHeader().hide()
        self.table.setTabKeyNavigation(False)
        self.table.setMinimumHeight(look.theme.size("row") * _ROWS)
        self._said = label("muted", "", wrap=True)
        size = look.theme.size
        self._buttons = FlowLayout(size("s2"))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(size("gutter"), size("s4"), size("gutter"), size("s4"))
        layout.setSpacing(size("s2"))
        layout.addWidget(label("title", title))
        layout.addWidget(label("muted", hint, wrap=True))
        layout.addWidget(self.table)
        layout.addWidget(self._said)
        layout.addLayout(self._buttons)

    def add_buttons(self, *made: QPushButton) -> None:
        """Put buttons below the table."""
        for one in made:
            self._buttons.addWidget(one)

    def said(self) -> str:
        """Give what the card says of the last saving."""
        return self._said.text()
