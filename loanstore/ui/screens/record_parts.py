"""The parts of a record: headings with facts under them, in a card that scrolls."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QScrollArea, QVBoxLayout, QWidget

from loanstore.ui.labels import label, named
from loanstore.ui.screens.borrower_panel import Facts

if TYPE_CHECKING:
    from loanstore.ui.screens.record_facts import Part
    from loanstore.ui.theme import Look

_LEAST_ROWS: Final = 6
"""How much of a record is seen however small the window is; the page scrolls instead."""


class Parts(QScrollArea):
    """Headings with facts under them, in a card that scrolls."""

    def __init__(self, look: Look, name: str, words: str) -> None:
        super().__init__()
        named(self, name, words)
        self._look = look
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setMinimumHeight(look.theme.size("row") * _LEAST_ROWS)

    def say(self, parts: list[Part]) -> None:
        """Show these parts from the top."""
        inside = named(QWidget(), "scrolled")
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, self._look.theme.size("s2"), 0)
        column.setSpacing(self._look.theme.size("s2"))
        for heading, told_facts in parts:
            column.addWidget(label("heading", heading))
            facts = Facts(self._look)
            facts.say(told_facts)
            column.addWidget(facts)
        column.addStretch(1)
        self.setWidget(inside)
