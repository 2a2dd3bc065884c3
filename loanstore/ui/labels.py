"""Labels: text that is cut with dots after so many lines, and the small makers that every screen uses."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QPointF, QSize, Qt, QTimer
from PySide6.QtGui import QPainter, QTextLayout, QTextOption
from PySide6.QtWidgets import QLabel, QPushButton, QSizePolicy, QStyle, QStyleOption, QWidget

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtCore import QObject
    from PySide6.QtGui import QFont, QPaintEvent, QTextLine

Named = TypeVar("Named", bound=QWidget)
_FAR = 100_000.0


class ClampedLabel(QLabel):
    """A label of at most so many lines: a longer text ends in dots, and is whole in the tip and to a reader."""

    def __init__(self, name: str, lines: int = 1) -> None:
        super().__init__()
        self.setObjectName(name)
        self._lines = lines
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(lines > 1)
        policy = QSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(lines > 1)
        self.setSizePolicy(policy)

    def take_what_it_needs(self, way: QSizePolicy.Policy) -> None:
        """Take the width of the text where there is room, and less where there is not."""
        policy = QSizePolicy(way, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(self._lines > 1)
        self.setSizePolicy(policy)

    def say(self, text: str) -> None:
        """Show a text."""
        if text != self.text():
            self.setText(text)
            self.setAccessibleName(text)
            self.setToolTip(text)
            self.updateGeometry()

    def heightForWidth(self, width: int) -> int:
        """Give the height that the text takes at a width."""
        margins = self.contentsMargins()
        lines = self._pieces(width - margins.left() - margins.right())
        return self._spacing() * max(1, len(lines)) + margins.top() + margins.bottom()

    def sizeHint(self) -> QSize:
        """Give the size of the text on one line."""
        return QSize(self.fontMetrics().horizontalAdvance(self.text()) + 2, self._spacing())

    def minimumSizeHint(self) -> QSize:
        """Give the least size: the text may be cut as short as the place asks."""
        return QSize(0, self._spacing())

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the lines there is room for, the last one cut with dots."""
        painter = QPainter(self)
        option = QStyleOption()
        option.initFrom(self)
        self.style().drawPrimitive(QStyle.PrimitiveElement.PE_Widget, option, painter, self)
        painter.setPen(self.palette().color(self.foregroundRole()))
        area = self.contentsRect()
        pieces = self._pieces(area.width())
        spacing = self._spacing()
        top = area.top() + max(0, (area.height() - spacing * len(pieces)) // 2)
        for at, piece in enumerate(pieces):
            layout, line = _one_line(piece, self.font())
            left = area.right() - line.naturalTextWidth() if self._is_right() else area.left()
            layout.draw(painter, QPointF(left, top + at * spacing + (spacing - line.height()) / 2))

    def _is_right(self) -> bool:
        return bool(self.alignment() & Qt.AlignmentFlag.AlignRight)

    def _spacing(self) -> int:
        """Give the height of a line; a script from another font may need more than our own."""
        _layout, line = _one_line(self.text(), self.font())
        return max(self.fontMetrics().lineSpacing(), math.ceil(line.height()))

    def _pieces(self, width: int) -> list[str]:
        """Give the text line by line, the last one cut where it is too long."""
        elide = Qt.TextElideMode.ElideRight
        if self._lines == 1:
            return [self.fontMetrics().elidedText(self.text(), elide, width)]
        layout = QTextLayout(self.text(), self.font())
        option = QTextOption()
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        layout.setTextOption(option)
        layout.beginLayout()
        starts = []
        while (line := layout.createLine()).isValid():
            line.setLineWidth(max(1, width))
            starts.append(line.textStart())
        layout.endLayout()
        ends = [*starts[1:], len(self.text())]
        pieces = [self.text()[start:end].strip() for start, end in zip(starts, ends, strict=True)]
        if len(pieces) > self._lines:
            rest = self.text()[starts[self._lines - 1] :]
            pieces = [*pieces[: self._lines - 1], self.fontMetrics().elidedText(rest, elide, width)]
        return pieces


def _one_line(text: str, font: QFont) -> tuple[QTextLayout, QTextLine]:
    layout = QTextLayout(text, font)
    layout.beginLayout()
    line = layout.createLine()
    line.setLineWidth(_FAR)
    layout.endLayout()
    return layout, line


def named(widget: Named, name: str, accessible: str = "") -> Named:
    """Give a widget its object name and, where its words do not say it, its accessible name."""
    widget.setObjectName(name)
    if accessible:
        widget.setAccessibleName(accessible)
    return widget


def pause(parent: QObject, milliseconds: int, act: Callable[[], object]) -> QTimer:
    """Make a timer that acts once, so long after it was last started."""
    made = QTimer(parent)
    made.setSingleShot(True)
    made.setInterval(milliseconds)
    made.timeout.connect(act)
    return made


def label(name: str, text: str = "", *, wrap: bool = False) -> QLabel:
    """Make a label of plain text; ``name`` says how it looks."""
    made = named(QLabel(text), name)
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setWordWrap(wrap)
    return made


def button(name: str, text: str, pressed: Callable[[], None], *, primary: bool = False) -> QPushButton:
    """Make a button; its words are its accessible name."""
    made = named(QPushButton(text), name, text.partition("   ")[0])
    made.setProperty("primary", primary)
    made.setAutoDefault(False)
    made.clicked.connect(lambda _checked: pressed())
    return made


def set_tone(widget: QWidget, name: str, value: str | bool) -> None:
    """Set a property that the style sheet looks at, and let everything inside be drawn anew."""
    if widget.property(name) == value:
        return
    widget.setProperty(name, value)
    for one in (widget, *widget.findChildren(QWidget)):
        one.style().unpolish(one)
        one.style().polish(one)
    widget.update()
