"""A card of the settings: small tables that are edited by hand, what is said of the last saving, and its buttons."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtWidgets import QFrame, QHeaderView, QTableWidget, QVBoxLayout

from loanstore.ui.flow import FlowLayout
from loanstore.ui.labels import label, named

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtWidgets import QPushButton, QWidget

    from loanstore.ui.theme import Look

_ROWS: Final = 8


def edited_table(look: Look, name: str, words: str, headings: Sequence[str], rows: int = _ROWS) -> QTableWidget:
    """Make a table of texts that shows so many rows. Tab leads past it, the arrows through it."""
    made = named(QTableWidget(0, len(headings)), name, words)
    made.setHorizontalHeaderLabels(list(headings))
    made.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
    made.horizontalHeader().setMinimumSectionSize(look.theme.size("icon"))
    made.verticalHeader().hide()
    made.setTabKeyNavigation(False)
    made.setMinimumHeight(look.theme.size("row") * rows)
    return made


class TableCard(QFrame):
    """``words`` are the card's title and the sentence under it; ``beside`` stands between the table and the rest."""

    def __init__(
        self, look: Look, name: str, words: tuple[str, str], headings: Sequence[str], beside: Sequence[QWidget] = ()
    ) -> None:
        super().__init__()
        self.setObjectName("card")
        title, hint = words
        self.table = edited_table(look, name, title, headings)
        self._said = label("muted", "", wrap=True)
        size = look.theme.size
        self._buttons = FlowLayout(size("s2"))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(size("gutter"), size("s4"), size("gutter"), size("s4"))
        layout.setSpacing(size("s2"))
        layout.addWidget(label("title", title))
        layout.addWidget(label("muted", hint, wrap=True))
        for one in (self.table, *beside):
            layout.addWidget(one)
        layout.addWidget(self._said)
        layout.addLayout(self._buttons)

    def add_buttons(self, *made: QPushButton) -> None:
        """Put buttons below the table."""
        for one in made:
            self._buttons.addWidget(one)

    def said(self) -> str:
        """Give what the card says of the last saving."""
        return self._said.text()
