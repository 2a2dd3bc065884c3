"""A screen that scrolls where it is high and folds where it is narrow, so that nothing is cut at twice the size."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QBoxLayout, QScrollArea, QVBoxLayout, QWidget

from loanstore.ui.labels import named

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent

    from loanstore.ui.theme import Look


class FoldingPage(QScrollArea):
    """``column`` takes what stands on the screen; rows made here stand upright where there is no room beside."""

    def __init__(self, look: Look, name: str) -> None:
        super().__init__()
        self.setObjectName(name)
        self._folds: list[QBoxLayout] = []
        size = look.theme.size
        self._narrow_below = size("fold_below") - size("side_width")
        self._space = size("s2")
        inside = named(QWidget(), "scrolled")
        self.column = QVBoxLayout(inside)
        self.column.setContentsMargins(size("s5"), size("s4"), size("s5"), size("s4"))
        self.column.setSpacing(size("s3"))
        self.setWidget(inside)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def folding_row(self) -> QBoxLayout:
        """Make a row that folds."""
        made = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        made.setSpacing(self._space)
        self._folds.append(made)
        return made

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fold or unfold, and spare columns where room is short."""
        super().resizeEvent(event)
        narrow = self.width() < self._narrow_below
        way = QBoxLayout.Direction.TopToBottom if narrow else QBoxLayout.Direction.LeftToRight
        for row in self._folds:
            row.setDirection(way)
        self.fold(narrow=narrow)

    def fold(self, *, narrow: bool) -> None:
        """Do what else a screen does where room is short."""
