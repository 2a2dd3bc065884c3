"""The card beside a list: everything known of one instrument or one borrower, and its story."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from loanstore.domain.gestures import read_instant
from loanstore.domain.instruments import title
from loanstore.domain.money import show_pounds
from loanstore.i18n import _, ngettext
from loanstore.ui.labels import ClampedLabel, button, label, named
from loanstore.ui.screens.borrower_panel import Facts, kind_word
from loanstore.ui.screens.photo_strip import PhotoStrip
from loanstore.wording import short_day
from loanstore.wording.answers import status_word
from loanstore.wording.story import story_words

if TYPE_CHECKING:
    from loanstore.operations.browsing import BorrowerCard, InstrumentCard
    from loanstore.ui.counter import Counter
    from loanstore.ui.theme import Look


class ThingPanel(QFrame):
    """Shows one thing until it is closed; it can be chosen at the desk as if it had been scanned."""

    closed = Signal()
    choose = Signal(str)
    swap_wanted = Signal(str)
    record_wanted = Signal(str)
    label_wanted = Signal(str)

    def __init__(self, look: Look, counter: Counter) -> None:
        super().__init__()
        self.setObjectName("card")
        self._look = look
        self.photos = PhotoStrip(look, counter)
        self._code_text = ""
        size = look.theme.size
        self.setFixedWidth(size("panel_width"))
        self._title = ClampedLabel("title", lines=3)
        self._code = label("code")
        self._facts = Facts(look)
        self._story_title = label("heading")
        self._story = Facts(look)
        inside = named(QWidget(), "scrolled")
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._facts)
        again = button("reprintLabel", _("Reprint label"), lambda: self.label_wanted.emit(self._code_text))
        column.addWidget(again, 0, Qt.AlignmentFlag.AlignLeft)
        for one in (self.photos, self._story_title, self._story):
            column.addWidget(one)
        column.addStretch(1)
        scroll = named(QScrollArea(), "thingScroll", _("Particulars"))
        scroll.setWidgetResizable(True)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setWidget(inside)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(size("gutter"), size("s4"), size("gutter"), size("s4"))
        layout.setSpacing(size("s2"))
        layout.addWidget(self._title)
        layout.addWidget(self._code, 0, Qt.AlignmentFlag.AlignLeft)
        layout.addWidget(scroll, 1)
        self._swap = button("swapSize", _("Swap for another size"), lambda: self.swap_wanted.emit(self._code_text))
        layout.addWidget(self._swap)
        layout.addWidget(button("openRecord", _("Open the record") + "   Enter", self.open_record))
        buttons = QHBoxLayout()
        buttons.addWidget(button("useAtDesk", _("Use at the desk"), lambda: self.choose.emit(self._code_text)))
        buttons.addWidget(button("closePanel", _("Close"), self.closed.emit))
        layout.addLayout(buttons)

    def open_record(self) -> None:
        """Ask for the whole record of what is shown."""
        self.record_wanted.emit(self._code_text)

    def shows(self, code: str) -> bool:
        """Tell whether the card of that code is open."""
        return self.isVisible() and self._code_text == code

    def show_card(self, card: InstrumentCard | BorrowerCard) -> None:
        """Show one thing."""
        from loanstore.operations.browsing import BorrowerCard

        if isinstance(card, BorrowerCard):
            self._show_borrower(card)
        else:
            self._show_instrument(card)

    def _show_instrument(self, card: InstrumentCard) -> None:
        thing, fields = card.instrument, card.instrument.fields
        self._begin(title(fields), thing.code)
        loan = thing.loan
        self._swap.setVisible(loan is not None)
        value = fields.get("replacement_value")
        others = ", ".join(shown for _form, shown, _role in card.codes if shown != thing.code)
        self._facts.say(
            [
                (_("Stands"), status_word(thing.status), False),
                (_("With"), card.holder.label if card.holder else "", False),
                (_("Now at"), card.custodian, False),
                (_("Player"), card.player, False),
                (_("Due"), short_day(date.fromisoformat(loan.due)) if loan else "", False),
                (_("Place"), card.place, False),
                (_("Serial"), fields.get("serial", ""), False),
                (_("Condition"), fields.get("condition", ""), False),
                (_("Value"), show_pounds(int(value)) if value else "", False),
                (_("Funding"), fields.get("funding", ""), False),
                (_("Other codes"), others, False),
                (_("Last seen"), _day_of(thing.seen) if thing.seen else _("never scanned"), False),
                (_("Note"), card.note, False),
            ]
        )
        self.photos.show_of(thing.code)
        self._story_title.setText(_("Its story"))
        self._story.say([(_day_of(line.at), story_words(line), False) for line in reversed(card.story)])

    def _show_borrower(self, card: BorrowerCard) -> None:
        self._begin(card.borrower.label, card.borrower.code)
        self.photos.show_of("")
        record = card.record
        self._facts.say(
            [
                (_("Kind"), kind_word(card.borrower.kind), False),
                (_("School"), record.get("school", ""), False),
                (_("Contact"), record.get("contact", ""), False),
                (_("Telephone"), record.get("telephone", ""), False),
                (_("E-mail"), record.get("email", ""), False),
                (_("Address"), " ".join(filter(None, (record.get("address"), record.get("postcode")))), False),
                (_("Note"), record.get("notes", ""), False),
            ]
        )
        n = card.out.total
        self._story_title.setText(ngettext("{n} instrument out", "{n} instruments out", n).format(n=n))
        self._story.say([(line.instrument, f"{line.title} · {_due_words(line.due)}", False) for line in card.out.lines])

    def _begin(self, name: str, code: str) -> None:
        self._title.say(name)
        self._code.setText(code)
        self._code_text = code
        self._swap.hide()
        self.setAccessibleName(name)


def _due_words(due: str) -> str:
    return _("due {day}").format(day=short_day(date.fromisoformat(due)))


def _day_of(at: str) -> str:
    return short_day(read_instant(at).astimezone().date())
