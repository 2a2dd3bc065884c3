"""Labels: text that is cut with dots after so many lines, and the small makers that every screen uses."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QPointF, QSize, Qt, QTimer
from PySide6.QtGui import QPainter, QTextLayout, QTextOption
from PySide6.QtWidgets import QLabel, QPushButton, QSizePolicy, QStyle, QStyleOption, QWidget

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtCore import QObject
    from PySide6.QtGui import QPaintEvent, QTextLine

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
        self.setSizePolicy(way, QSizePolicy.Policy.Preferred)

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
        _layout, lines = self._lay_out(width - margins.left() - margins.right())
        return (
            self.fontMetrics().lineSpacing() * max(1, min(len(lines), self._lines)) + margins.top() + margins.bottom()
        )

    def sizeHint(self) -> QSize:
        """Give the size of the text on one line."""
        width = self.fontMetrics().horizontalAdvance(self.text()) + 2
        return QSize(width, self.fontMetrics().lineSpacing())

    def minimumSizeHint(self) -> QSize:
        """Give the least size: the text may be cut as short as the place asks."""
        return QSize(0, self.fontMetrics().lineSpacing())

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the lines there is room for, the last one cut with dots."""
        painter = QPainter(self)
        option = QStyleOption()
        option.initFrom(self)
        self.style().drawPrimitive(QStyle.PrimitiveElement.PE_Widget, option, painter, self)
        painter.setPen(option.palette.windowText().color())
        area = self.contentsRect()
        _layout, lines = self._lay_out(area.width())
        shown = lines[: self._lines]
        spacing = self.fontMetrics().lineSpacing()
        top = area.top() + max(0, (area.height() - spacing * len(shown)) // 2)
        right = Qt.AlignmentFlag.AlignRight & self.alignment()
        for at, line in enumerate(shown):
            place = area.adjusted(0, 0, 0, 0)
            place.setTop(top + at * spacing)
            place.setHeight(spacing)
            last = at == len(shown) - 1
            rest = self.text()[line.textStart() :] if last else ""
            if last and (len(lines) > len(shown) or line.naturalTextWidth() > area.width()):
                cut = self.fontMetrics().elidedText(rest, Qt.TextElideMode.ElideRight, area.width())
                painter.drawText(place, int(Qt.AlignmentFlag.AlignLeft), cut)
            else:
                text = self.text()[line.textStart() : line.textStart() + line.textLength()].strip()
                side = Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft
                painter.drawText(place, int(side), text)

    def _lay_out(self, width: int) -> tuple[QTextLayout, list[QTextLine]]:
        layout = QTextLayout(self.text(), self.font())
        wrap = QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere if self._lines > 1 else QTextOption.WrapMode.NoWrap
        option = QTextOption()
        option.setWrapMode(wrap)
        layout.setTextOption(option)
        layout.beginLayout()
        lines = []
        while (line := layout.createLine()).isValid():
            line.setLineWidth(width if self._lines > 1 else _FAR)
            line.setPosition(QPointF(0, 0))
            lines.append(line)
        layout.endLayout()
        return layout, lines


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


def set_tone(widget: QWidget, name: str, value: str) -> None:
    """Set a property that the style sheet looks at, and let everything inside be drawn anew."""
    if widget.property(name) == value:
        return
    widget.setProperty(name, value)
    for one in (widget, *widget.findChildren(QWidget)):
        one.style().unpolish(one)
        one.style().polish(one)
    widget.update()
