"""A choice: a combo box that shows, in the theme's colour, that there is something to choose from."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF
from PySide6.QtGui import QPainter, QPolygonF
from PySide6.QtWidgets import QComboBox

from loanstore.ui.labels import named

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent

    from loanstore.ui.theme import Look

_LEAST_LETTERS = 6


class Choice(QComboBox):
    """A combo box with a small triangle at its right; it takes the width it is given."""

    def __init__(self, look: Look, name: str, words: str) -> None:
        super().__init__()
        named(self, name, words)
        named(self.view(), f"{name}-list", words)
        self._look = look
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(_LEAST_LETTERS)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the box and the triangle."""
        super().paintEvent(event)
        half = self._look.theme.size("s1")
        right, middle = self.width() - 4 * half, self.height() / 2
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(self._look.theme.colour("muted"))
        painter.setBrush(self._look.theme.colour("muted"))
        corners = [QPointF(right - half, middle - half / 2), QPointF(right + half, middle - half / 2)]
        painter.drawPolygon(QPolygonF([*corners, QPointF(right, middle + half / 2)]))
