"""A column of questions with a choice each: which field a column is, what a word means."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QPointF, Qt, Signal
from PySide6.QtGui import QPainter, QPalette, QPen
from PySide6.QtWidgets import QComboBox, QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from loanstore.ui.labels import ClampedLabel, label, named

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from PySide6.QtGui import QPaintEvent, QWheelEvent

    from loanstore.ui.theme import Look

_MARK: Final = 4.0
_MARK_PEN: Final = 1.5
_MARK_FROM_RIGHT: Final = 16
"""The mark of a choice, in logical pixels: half its width, its line, its place."""


@dataclass(frozen=True, slots=True)
class Question:
    """One row: ``asks`` is the name of the choice, ``value`` what is chosen, ``open`` whether that may change."""

    title: str
    detail: str
    asks: str
    value: str
    open: bool = True


class CalmCombo(QComboBox):
    """A choice that a wheel turned to scroll the page does not change, and that shows that it is one."""

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the choice with a mark that says that there is more."""
        super().paintEvent(event)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(self.palette().color(QPalette.ColorRole.PlaceholderText), _MARK_PEN))
        middle = QPointF(self.width() - _MARK_FROM_RIGHT, self.height() / 2 + _MARK / 2)
        painter.drawLine(middle, middle + QPointF(-_MARK, -_MARK))
        painter.drawLine(middle, middle + QPointF(_MARK, -_MARK))

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Leave the wheel to the page."""
        event.ignore()


class ChoiceRows(QScrollArea):
    """The rows, one below the other; ``chosen`` tells the row and the value that a person chose there."""

    chosen = Signal(int, str)

    def __init__(self, name: str, heads: tuple[str, str], look: Look) -> None:
        super().__init__()
        self.setObjectName(f"{name}Rows")
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._name = name
        self._heads = heads
        self.setMinimumHeight(look.theme.size("least_table"))
        self._look = look
        self.boxes: tuple[QComboBox, ...] = ()
        self._questions: tuple[Question, ...] = ()

    def fill(self, questions: Sequence[Question], options: Mapping[str, str]) -> None:
        """Ask other questions; ``options`` gives the words of each value."""
        size = self._look.theme.size
        inside = named(QWidget(), "scrolled")
        layout = QVBoxLayout(inside)
        layout.setContentsMargins(0, 0, size("s2"), 0)
        layout.setSpacing(0)
        layout.addLayout(self._head_row())
        boxes = []
        for at, question in enumerate(questions):
            layout.addWidget(named(QFrame(), "hairline"))
            row, box = self._row(at, question, options)
            layout.addLayout(row)
            boxes.append(box)
        layout.addStretch(1)
        self.boxes = tuple(boxes)
        self._questions = tuple(questions)
        self.setWidget(inside)

    def choose(self, at: int, value: str) -> None:
        """Choose for a row without telling anybody."""
        box = self.boxes[at]
        box.blockSignals(True)
        box.setCurrentIndex(max(0, box.findData(value)))
        box.blockSignals(False)

    def values(self) -> tuple[str, ...]:
        """Give what is chosen, row by row."""
        return tuple(str(box.currentData()) for box in self.boxes)

    def questions(self) -> list[tuple[str, str]]:
        """Give what is asked, row by row: the title and what stands below it."""
        return [(one.title, one.detail) for one in self._questions]

    def _head_row(self) -> QHBoxLayout:
        left, right = (label("muted", words) for words in self._heads)
        right.setFixedWidth(self._look.theme.size("choice"))
        row = QHBoxLayout()
        row.addWidget(left, 1)
        row.addWidget(right)
        return row

    def _row(self, at: int, question: Question, options: Mapping[str, str]) -> tuple[QHBoxLayout, QComboBox]:
        size = self._look.theme.size
        title, detail = ClampedLabel("strong"), ClampedLabel("muted")
        title.say(question.title)
        detail.say(question.detail)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(title)
        words.addWidget(detail)
        box = named(CalmCombo(), f"{self._name}-{at}", question.asks)
        named(box.view(), f"{self._name}-{at}-list", question.asks)
        box.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        box.setFixedWidth(size("choice"))
        for value, text in options.items():
            box.addItem(text, value)
        box.setCurrentIndex(max(0, box.findData(question.value)))
        box.setEnabled(question.open)
        box.currentIndexChanged.connect(lambda _index: self.chosen.emit(at, str(box.currentData())))
        row = QHBoxLayout()
        row.setContentsMargins(0, size("s1"), 0, size("s1"))
        row.setSpacing(size("s4"))
        row.addLayout(words, 1)
        row.addWidget(box)
        return row, box
