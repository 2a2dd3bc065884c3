"""Scrolling areas where room is short: what has the keyboard comes into view by itself."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtWidgets import QApplication, QScrollArea, QVBoxLayout, QWidget

from loanstore.ui.labels import named

if TYPE_CHECKING:
    from PySide6.QtCore import QObject
    from PySide6.QtGui import QResizeEvent, QShowEvent

_SHARE: Final = 0.62
"""How much of the window's height the strips may take before they scroll."""

_COMES_OR_GOES: Final = frozenset({QEvent.Type.ShowToParent, QEvent.Type.HideToParent})


class FollowingScroll(QScrollArea):
    """Scrolls up and down only, to wherever the focus went: by Tab, by a key of its own, or by the program."""

    def __init__(self, name: str, words: str) -> None:
        super().__init__()
        named(self, name, words)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.focusChanged.connect(self._follow)

    def _follow(self, _left: QWidget | None, entered: QWidget | None) -> None:
        if entered is not None and self.isVisible() and self.isAncestorOf(entered):
            self.ensureWidgetVisible(entered)


class Strips(FollowingScroll):
    """What asks and tells above the foot: as high as it needs, and where the window is low it scrolls."""

    def __init__(self, name: str, words: str, spacing: int, *strips: QWidget) -> None:
        super().__init__(name, words)
        self._inside = named(QWidget(), "scrolled")
        self._column = QVBoxLayout(self._inside)
        self._column.setContentsMargins(0, 0, 0, spacing)
        self._column.setSpacing(spacing)
        self._strips = strips
        for one in strips:
            self._column.addWidget(one)
            one.installEventFilter(self)
        self.setWidget(self._inside)
        self._inside.installEventFilter(self)
        self.hide()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow the strips as they come, go and grow."""
        came_or_went = watched in self._strips and event.type() in _COMES_OR_GOES
        if came_or_went or (watched is self._inside and event.type() == QEvent.Type.LayoutRequest):
            self._fit()
        return super().eventFilter(watched, event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Take the height that the strips need at this width."""
        super().resizeEvent(event)
        self._fit()

    def showEvent(self, event: QShowEvent) -> None:
        """The same, as the first of them comes."""
        super().showEvent(event)
        self._fit()

    def minimumSizeHint(self) -> QSize:
        """Ask for no width of its own."""
        return QSize(0, 0)

    def _fit(self) -> None:
        self.setVisible(any(not one.isHidden() for one in self._strips))
        wanted = self._column.totalHeightForWidth(self.viewport().width())
        wanted = max(wanted, self._column.totalMinimumSize().height())
        self.setFixedHeight(min(wanted, int(self.window().height() * _SHARE)))
