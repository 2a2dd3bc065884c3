"""The scan desk: the field, the mode, the answer's card, this hand-over, and who it is for."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QVBoxLayout, QWidget

from loanstore.domain.answers import Answer
from loanstore.domain.codes import COMMAND_PREFIX, Command
from loanstore.domain.sessions import Mode
from loanstore.i18n import _
from loanstore.ui.labels import named, set_tone
from loanstore.ui.look_actions import LookActions
from loanstore.ui.screens.answer_card import AnswerCard
from loanstore.ui.screens.borrower_panel import BorrowerPanel
from loanstore.ui.screens.card_text import CardText, card_of, error_card, opening_card, quiet_card, ready_card
from loanstore.ui.screens.hand_over import HandOver
from loanstore.ui.screens.mode_switch import ModeSwitch
from loanstore.ui.screens.registration import Registration
from loanstore.ui.screens.scan_field import ScanField
from loanstore.ui.scrolling import FollowingScroll
from loanstore.wording import told

if TYPE_CHECKING:
    from datetime import date

    from PySide6.QtGui import QResizeEvent

    from loanstore.domain.borrowers import Borrower
    from loanstore.domain.sessions import SessionState
    from loanstore.operations.desk import Desk, Done
    from loanstore.operations.glancing import Glance
    from loanstore.storage.lists import BorrowerLine, InstrumentLine
    from loanstore.ui.counter import Answered, Counter
    from loanstore.ui.theme import Look

_NO_LIMIT: Final = (1 << 24) - 1
"""What Qt takes for no largest width."""


def command(word: Command) -> str:
    """Spell a command as its barcode reads."""
    return f"{COMMAND_PREFIX}-{word}"


class ScanDesk(QWidget):
    """The desk. It sends scans to the counter and shows what comes back; it decides nothing."""

    print_wanted = Signal()
    sounded = Signal(object)

    def __init__(self, look: Look, counter: Counter) -> None:
        super().__init__()
        self.setObjectName("scanDesk")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._look = look
        self._counter = counter
        self._lent_due: date | None = None
        self._glance: Glance | None = None
        self.field = ScanField(look, self)
        self.modes = ModeSwitch(look)
        self.card = AnswerCard(look)
        self.looks = LookActions(look, counter, self.card.look, self)
        self.registration = Registration(look)
        self.hand_over = HandOver(look)
        self.panel = BorrowerPanel(look)
        self._lay_out()
        self._connect()
        self.card.show_card(opening_card())
        self.show_state(counter.state)

    def store_opened(self) -> None:
        """Begin: the store is open, and what was typed meanwhile is looked up."""
        self.card.show_card(ready_card())
        self.show_state(self._counter.state)
        self.field.search_again()

    def show_answer(self, made: Answered) -> None:
        """Show an answer everywhere on the desk."""
        self._lent_due = made.outcome.due if made.outcome.answer is Answer.LENT else self._lent_due
        self.card.show_card(quiet_card(made.outcome) if made.by_itself else card_of(made.outcome))
        self.hand_over.add(made.outcome, made.state)
        self._scroll.verticalScrollBar().setValue(0)
        self.show_state(made.state)
        self.sounded.emit(made.outcome.answer)

    def show_card(self, text: CardText) -> None:
        """Show a card that no scan made."""
        self.card.show_card(text)

    def show_error(self, error: Exception) -> None:
        """Say on the card that a scan could not be answered."""
        self.card.show_card(error_card(told(error)))

    def show_state(self, state: SessionState) -> None:
        """Show the mode, who is chosen and how far the hand-over is."""
        self.modes.show_mode(state.mode)
        set_tone(self, "mode", state.mode.value)
        self.hand_over.show_state(state)
        if state.borrower is None:
            self._glance = self._lent_due = None
        self.panel.show_state(state, self._glance, self._lent_due if state.lent else None)
        if state.borrower is not None:
            self._look_at(state.borrower)

    def finish(self) -> None:
        """End the hand-over."""
        self._counter.scan(command(Command.FINISH))

    def undo(self) -> None:
        """Undo this desk's last gesture."""
        self._counter.scan(command(Command.UNDO))

    def want_mode(self, mode: Mode) -> None:
        """Ask for a mode; the switch shows it when the session has it."""
        self.modes.show_mode(self._counter.state.mode)
        if mode is Mode.AUTO:
            self._counter.to_auto()
        else:
            self._counter.scan(command(Command.LEND if mode is Mode.LEND else Command.RETURN))

    def ask_due(self) -> None:
        """Ask for another due date, where somebody is chosen."""
        if self._counter.state.borrower is not None:
            self.panel.ask_due(datetime.now(UTC).astimezone().date())

    def ask_day(self) -> None:
        """Ask on which earlier day this hand-over took place."""
        self.panel.ask_day(datetime.now(UTC).astimezone().date())

    def escape(self) -> None:
        """Leave whatever is open on the desk, and at last the mode."""
        if self.registration.isVisible():
            self._end_registration()
        elif self.panel.put_away():
            self.field.setFocus()
        elif not self.field.put_away() and self._counter.state.mode is not Mode.AUTO:
            self.want_mode(Mode.AUTO)
        else:
            self.field.setFocus()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fold the right-hand column under where the window is narrow."""
        super().resizeEvent(event)
        narrow = event.size().width() < self._look.theme.size("fold_below") - self._look.theme.size("side_width")
        way = QBoxLayout.Direction.TopToBottom if narrow else QBoxLayout.Direction.LeftToRight
        self.columns.setDirection(way)
        column = self._look.theme.size("column")
        self.panel.setMaximumWidth(_NO_LIMIT if narrow else column)
        self.panel.setMinimumWidth(0 if narrow else min(column, event.size().width() * 2 // 5))

    def _lay_out(self) -> None:
        size = self._look.theme.size
        top = QHBoxLayout()
        top.setSpacing(size("s3"))
        top.addWidget(self.field, 1)
        top.addWidget(self.modes)
        left = QVBoxLayout()
        left.setSpacing(size("s4"))
        left.addWidget(self.card)
        left.addWidget(self.registration)
        self.registration.hide()
        left.addWidget(self.hand_over, 1)
        inside = named(QWidget(), "scrolled")
        self.columns = QBoxLayout(QBoxLayout.Direction.LeftToRight, inside)
        self.columns.setContentsMargins(0, 0, 0, 0)
        self.columns.setSpacing(size("s4"))
        self.columns.addLayout(left, 1)
        self.columns.addWidget(self.panel)
        self._scroll = scroll = FollowingScroll("deskScroll", _("Scan desk"))
        # The field stays whole, however low the window is.
        scroll.setMinimumHeight(1)
        scroll.setWidget(inside)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(size("s5"), size("s4"), size("s5"), size("s4"))
        layout.setSpacing(size("s4"))
        layout.addLayout(top)
        layout.addWidget(scroll, 1)

    def _connect(self) -> None:
        self.field.submitted.connect(self._counter.scan)
        self.field.searched.connect(self._search)
        self.field.register.connect(self._register)
        self.modes.wanted.connect(self.want_mode)
        self.card.take.connect(lambda: self._counter.scan(command(Command.TAKE)))
        self.card.back.connect(lambda: self._counter.scan(command(Command.BACK)))
        self.card.on_lend.connect(lambda: self._counter.scan(command(Command.ON_LEND)))
        for saying in (self.card.checklist, self.card.look, self.card.pair):
            saying.said.connect(self._counter.scan)
        self.card.look.left.connect(self.field.setFocus)
        self.looks.left.connect(self.field.setFocus)
        self.card.leave.connect(self._leave)
        self.hand_over.earlier.connect(self.ask_day)
        self.panel.day_chosen.connect(self._counter.set_happened)
        self.panel.day_chosen.connect(lambda _day: self.field.setFocus())
        self.card.offered.connect(self.print_wanted)
        self.hand_over.finish.connect(self.finish)
        self.hand_over.undo.connect(self.undo)
        self.hand_over.change_due.connect(self.ask_due)
        self.panel.due_chosen.connect(self._set_due)
        self.panel.due_left.connect(self.field.setFocus)
        self.registration.filled.connect(self._registered)
        self.registration.left.connect(self._end_registration)
        self._counter.answered.connect(self.show_answer)
        self._counter.switched.connect(self.show_state)
        self._counter.scan_failed.connect(self.show_error)
        self._counter.opened.connect(self.store_opened)

    def _leave(self) -> None:
        self.card.show_card(ready_card())
        self.field.setFocus()

    def _set_due(self, due: date) -> None:
        self._lent_due = due
        self._counter.set_due(due)
        self.field.setFocus()

    def _search(self, typed: str) -> None:
        def work(desk: Desk) -> tuple[tuple[BorrowerLine, ...], tuple[InstrumentLine, ...]]:
            from loanstore.operations import browsing

            return browsing.find_for_desk(desk, typed)

        self._counter.read(work, lambda found: self.field.show_finds(typed, *found), name="desk-finds")

    def _look_at(self, borrower: Borrower) -> None:
        def work(desk: Desk) -> Glance:
            from loanstore.operations import glancing

            return glancing.glance(desk, borrower)

        self._counter.read(work, lambda glance: self._glanced(borrower, glance), name="glance")

    def _glanced(self, borrower: Borrower, glance: Glance) -> None:
        state = self._counter.state
        if state.borrower is not None and state.borrower.id == borrower.id:
            self._glance = glance
            self.panel.show_state(state, glance, self._lent_due if state.lent else None)

    def _register(self, typed: str) -> None:
        self.card.hide()
        self.registration.show()
        self.registration.begin(typed)

    def _registered(self, given: dict[str, str]) -> None:
        def work(desk: Desk) -> Done[Borrower]:
            from loanstore.operations import cataloguing

            return cataloguing.add_borrower(desk, given)

        self._counter.write(work, self._choose_new)

    def _choose_new(self, borrower: Borrower) -> None:
        self._end_registration()
        self._counter.scan(borrower.code)

    def _end_registration(self) -> None:
        self.registration.hide()
        self.card.show()
        self.field.setFocus()
