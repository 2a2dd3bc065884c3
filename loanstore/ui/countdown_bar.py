"""A cell that counts down: how many of how many are handed out, as a bar and in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPalette
from PySide6.QtWidgets import QApplication, QStyle, QStyledItemDelegate, QStyleOptionViewItem

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtCore import QModelIndex, QPersistentModelIndex
    from PySide6.QtWidgets import QWidget

    from loanstore.ui.theme import Look


class CountdownBar(QStyledItemDelegate):
    """Draws the words that the cell says, and before them the bar that ``share`` gives for the row (0 to 1)."""

    def __init__(self, look: Look, share: Callable[[int], float], parent: QWidget) -> None:
        super().__init__(parent)
        self._look = look
        self._share = share

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Draw the cell's own ground, the bar on it, and the words at its right."""
        self.initStyleOption(option, index)
        said, option.text = option.text, ""
        QApplication.style().drawControl(QStyle.ControlElement.CE_ItemViewItem, option, painter, option.widget)
        theme = self._look.theme
        words_width = max(option.fontMetrics.horizontalAdvance(said), theme.size("number"))
        area = QRectF(option.rect).adjusted(theme.size("s1"), 0, -theme.size("s2"), -2 * theme.size("border"))
        high = theme.size("s2")
        room = max(0.0, area.width() - words_width - theme.size("s2"))
        bar = QRectF(area.left(), area.center().y() - high / 2, room, high)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        for colour, share in (("line", 1.0), ("accent", self._share(index.row()))):
            painter.setBrush(theme.colour(colour))
            width = bar.width() * min(1.0, share)
            if width:
                painter.drawRoundedRect(QRectF(bar.left(), bar.top(), max(width, high), high), high / 2, high / 2)
        painter.setPen(option.palette.color(QPalette.ColorRole.Text))
        side = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(area, int(side), said)
        painter.restore()

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        """Ask for the height of any other cell."""
        return super().sizeHint(option, index)
