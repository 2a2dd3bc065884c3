"""The answer's card: band, thing, code, and the two things one can do about a refusal."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QAccessible, QAccessibleEvent, QPainter, QPen
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from loanstore.domain.answers import Tone
from loanstore.i18n import _
from loanstore.ui.flow import FlowLayout
from loanstore.ui.labels import ClampedLabel, button, label, named, set_tone
from loanstore.ui.screens.checklist import Checklist
from loanstore.ui.screens.look_strip import LookStrip
from loanstore.ui.screens.pair_choice import PairChoice

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent, QResizeEvent

    from loanstore.ui.screens.card_text import CardText
    from loanstore.ui.theme import Look

_DONE: Final = frozenset({Tone.OUT, Tone.IN})


class ToneIcon(QWidget):
    """The shape that says the same as the colour: a circle is done, a square asks for a decision, none is nothing."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self.setObjectName("toneIcon")
        self._look = look
        self._tone = Tone.QUIET
        side = look.theme.size("icon")
        self.setFixedSize(side, side)
        self.hide()

    def show_tone(self, tone: Tone) -> None:
        """Take the shape of a tone."""
        self._tone = tone
        self.setVisible(tone in _DONE or tone is Tone.DECIDE)
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the shape with its sign in the ground's colour."""
        theme = self._look.theme
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour(self._tone.value))
        area = QRectF(self.rect())
        if self._tone is Tone.DECIDE:
            painter.drawRoundedRect(area, theme.size("radius"), theme.size("radius"))
        else:
            painter.drawEllipse(area)
        painter.setPen(QPen(theme.colour(f"{self._tone.value}_ground"), theme.size("s1"), c=Qt.PenCapStyle.RoundCap))
        for one, other in _SIGNS[self._tone]:
            painter.drawLine(_at(area, one), _at(area, other))


_SIGNS: Final = {
    Tone.OUT: (((0.34, 0.66), (0.66, 0.34)), ((0.42, 0.34), (0.66, 0.34)), ((0.66, 0.34), (0.66, 0.58))),
    Tone.IN: (((0.66, 0.34), (0.34, 0.66)), ((0.34, 0.42), (0.34, 0.66)), ((0.34, 0.66), (0.58, 0.66))),
    Tone.DECIDE: (((0.5, 0.27), (0.5, 0.55)), ((0.5, 0.73), (0.5, 0.731))),
}
"""The strokes of each sign, in parts of the shape's side."""


def _at(area: QRectF, place: tuple[float, float]) -> QPointF:
    return QPointF(area.left() + place[0] * area.width(), area.top() + place[1] * area.height())


class AnswerCard(QFrame):
    """Shows one answer, large enough to be read across a counter."""

    take = Signal()
    back = Signal()
    on_lend = Signal()
    leave = Signal()
    offered = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__()
        self.setObjectName("card")
        self._look = look
        self._icon = ToneIcon(look)
        self._word = ClampedLabel("bandWord", lines=2)
        self._hint = ClampedLabel("bandHint")
        self._thing = ClampedLabel("thing", lines=2)
        self._detail = ClampedLabel("mutedLarge", lines=2)
        self._code = label("code")
        self.checklist = Checklist(look)
        self.look = LookStrip(look)
        self.pair = PairChoice(look)
        self._actions = self._make_actions()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(1, 1, 1, 1)
        layout.setSpacing(0)
        layout.addWidget(self._make_band())
        layout.addLayout(self._make_body())
        look.changed.connect(self.update)

    def show_card(self, text: CardText) -> None:
        """Show an answer; any offer of the answer before is gone."""
        set_tone(self._band, "tone", text.tone.value)
        self._icon.show_tone(text.tone)
        self._word.say(text.word)
        self._hint.say(text.hint)
        self._fit()
        self._thing.say(text.thing)
        self._detail.say(text.detail)
        self._detail.setVisible(bool(text.detail))
        self._code.setText(text.code)
        self._code.setVisible(bool(text.code))
        self._take.setVisible(text.take)
        self._back.setVisible(text.back)
        self._on_lend.setVisible(text.on_lend)
        self._leave.setVisible(text.take)
        self.checklist.show_items(text.items)
        self.look.show_look(text.look, text.grades, text.grade)
        self.pair.show_pair(shown=text.pair, children=text.children)
        self._offer.hide()
        self._tell(text)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave the band to its word where it is narrow."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        self._hint.setVisible(bool(self._hint.text()) and self.width() >= self._look.theme.size("page"))

    def offer(self, words: str) -> None:
        """Offer one thing on this card until the next answer."""
        self._offer.setText(words)
        self._offer.setAccessibleName(words)
        self._offer.show()

    def press(self, number: int) -> None:
        """Press what bears a number on this card: a way to put a mismatch right, or an accessory."""
        (self.pair if self.pair.isVisible() else self.checklist).press(number)

    def word(self) -> str:
        """Give the word on the band."""
        return self._word.text()

    def thing(self) -> str:
        """Give what is shown large."""
        return self._thing.text()

    def detail(self) -> str:
        """Give the particulars."""
        return self._detail.text()

    def _tell(self, text: CardText) -> None:
        """Let a screen reader say the answer."""
        self.setAccessibleName(text.said or f"{text.word}. {text.thing}")
        QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.Alert))

    def _make_band(self) -> QFrame:
        size = self._look.theme.size
        self._band = named(QFrame(), "band")
        self._band.setMinimumHeight(size("band_height"))
        row = QHBoxLayout(self._band)
        row.setContentsMargins(size("gutter"), 0, size("gutter"), 0)
        row.setSpacing(size("s4"))
        self._hint.setAlignment(Qt.AlignmentFlag.AlignRight)
        row.addWidget(self._icon)
        self._word.take_what_it_needs(QSizePolicy.Policy.Expanding)
        self._hint.take_what_it_needs(QSizePolicy.Policy.Preferred)
        row.addWidget(self._word)
        row.addWidget(self._hint)
        return self._band

    def _make_body(self) -> QVBoxLayout:
        size = self._look.theme.size
        head = QHBoxLayout()
        head.setSpacing(size("s4"))
        head.addWidget(self._thing, 1)
        head.addWidget(self._code, 0, Qt.AlignmentFlag.AlignTop)
        body = QVBoxLayout()
        body.setContentsMargins(size("gutter"), size("s3"), size("gutter"), size("s4"))
        body.setSpacing(size("s2"))
        body.addLayout(head)
        body.addWidget(self._detail)
        body.addWidget(self.checklist)
        body.addWidget(self.look)
        body.addWidget(self.pair)
        body.addWidget(self._actions)
        body.addStretch(1)
        return body

    def _make_actions(self) -> QWidget:
        self._take = button("take", _("Take it over"), self.take.emit, primary=True)
        self._back = button("back", _("Bring it back"), self.back.emit)
        self._on_lend = button("onLend", _("Pass it on"), self.on_lend.emit)
        self._leave = button("leave", _("Leave it"), self.leave.emit)
        self._offer = button("offer", _("Print"), self.offered.emit)
        made = QWidget()
        row = FlowLayout(self._look.theme.size("s2"))
        made.setLayout(row)
        for one in (self._take, self._back, self._on_lend, self._leave, self._offer):
            row.addWidget(one)
        return made
