"""The pad to sign on: pen, finger or mouse leave strokes, kept as places and never as a picture."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QPointF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen, QTabletEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from loanstore.domain.signatures import PAD_SHAPE
from loanstore.i18n import _
from loanstore.ui.labels import named

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent, QMouseEvent, QPaintEvent

    from loanstore.ui.theme import Look

_PEN: Final = 2.0
_LINE_DOWN: Final = 0.8
"""Where the line to sign on lies, as a share of the pad's height."""


class SignaturePad(QWidget):
    """Strokes from 0 to 1 across and down. Delete wipes it; ``changed`` tells that something was drawn or wiped."""

    changed = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__()
        named(self, "signaturePad", _("Sign here with a pen, a finger or the mouse; Delete wipes it"))
        self.setToolTip(self.accessibleName())
        self._look = look
        self._strokes: list[list[tuple[float, float]]] = []
        self._down = False
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.CrossCursor)
        height = look.theme.size("sign_pad")
        self.setFixedSize(QSize(round(height * PAD_SHAPE), height))
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def strokes(self) -> list[list[tuple[float, float]]]:
        """Give what was drawn."""
        return [list(stroke) for stroke in self._strokes]

    def clear(self) -> None:
        """Wipe the pad."""
        self._strokes = []
        self._down = False
        self.update()
        self.changed.emit()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Begin a stroke."""
        if event.button() is Qt.MouseButton.LeftButton:
            self._begin(event.position())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Go on with a stroke."""
        self._go_on(event.position())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """End a stroke."""
        if event.button() is Qt.MouseButton.LeftButton:
            self._end()

    def tabletEvent(self, event: QTabletEvent) -> None:
        """Take a pen, which tells more places than a mouse."""
        kind = event.type()
        if kind is QEvent.Type.TabletPress:
            self._begin(event.position())
        elif kind is QEvent.Type.TabletMove:
            self._go_on(event.position())
        elif kind is QEvent.Type.TabletRelease:
            self._end()
        event.accept()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Wipe the pad with Delete or Backspace."""
        if event.key() in {Qt.Key.Key_Delete, Qt.Key.Key_Backspace}:
            self.clear()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the line to sign on and what was drawn."""
        theme = self._look.theme
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        edge = theme.colour("accent" if self.hasFocus() else "line")
        painter.setPen(QPen(edge, theme.size("strong_border" if self.hasFocus() else "border")))
        painter.setBrush(theme.colour("panel"))
        painter.drawRoundedRect(self.rect().adjusted(1, 1, -1, -1), theme.size("radius"), theme.size("radius"))
        down = round(self.height() * _LINE_DOWN)
        painter.setPen(QPen(theme.colour("muted"), 1, Qt.PenStyle.DotLine))
        painter.drawLine(theme.size("s4"), down, self.width() - theme.size("s4"), down)
        self._draw_strokes(painter, theme.colour("ink"))

    def _draw_strokes(self, painter: QPainter, colour: QColor) -> None:
        pen = QPen(colour, _PEN, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin)
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for stroke in self._strokes:
            points = [QPointF(x * self.width(), y * self.height()) for x, y in stroke]
            path = QPainterPath(points[0])
            for point in points[1:] or points:
                path.lineTo(point)
            painter.drawPath(path)

    def _begin(self, at: QPointF) -> None:
        self._down = True
        self._strokes.append([self._place(at)])
        self.update()

    def _go_on(self, at: QPointF) -> None:
        if self._down:
            self._strokes[-1].append(self._place(at))
            self.update()

    def _end(self) -> None:
        if self._down:
            self._down = False
            self.changed.emit()

    def _place(self, at: QPointF) -> tuple[float, float]:
        across, down = at.x() / self.width(), at.y() / self.height()
        return min(max(across, 0.0), 1.0), min(max(down, 0.0), 1.0)
