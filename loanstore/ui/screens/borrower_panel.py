"""The right-hand column: who is chosen and how they stand, and the agreement so far."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QVBoxLayout, QWidget

from loanstore.domain.borrowers import BorrowerKind
from loanstore.domain.policy import PLAIN_CONTRACT
from loanstore.i18n import _, ngettext
from loanstore.ui.dialogs.ask_day import AskDay
from loanstore.ui.labels import ClampedLabel, label, named
from loanstore.wording import day, requests, short_day
from loanstore.wording.charges import owed_words, regulated_words

if TYPE_CHECKING:
    from datetime import date

    from loanstore.domain.borrowers import Borrower
    from loanstore.domain.sessions import SessionState
    from loanstore.operations.glancing import Glance
    from loanstore.ui.theme import Look


def kind_word(kind: str) -> str:
    """Name a kind of borrower."""
    words = {
        BorrowerKind.SETTING: _("School"),
        BorrowerKind.TEACHER: _("Teacher"),
        BorrowerKind.ENSEMBLE: _("Ensemble"),
        BorrowerKind.HIRER: _("Family"),
    }
    return words[BorrowerKind(kind)]


def _agreement_word(kind: BorrowerKind, glance: Glance | None) -> str:
    if glance is not None and glance.contract != PLAIN_CONTRACT:
        return glance.contract[:1].upper() + glance.contract[1:]
    words = {
        BorrowerKind.SETTING: _("School loan, free"),
        BorrowerKind.TEACHER: _("Teacher's loan, free"),
        BorrowerKind.ENSEMBLE: _("Ensemble loan, free"),
        BorrowerKind.HIRER: _("Family loan, free"),
    }
    return words[kind]


class Facts(QWidget):
    """Two columns: what, and how it stands."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, look.theme.size("s1"), 0, 0)
        self._grid.setHorizontalSpacing(look.theme.size("s3"))
        self._grid.setVerticalSpacing(look.theme.size("s1"))
        self._grid.setColumnMinimumWidth(0, look.theme.size("label_width"))
        self._grid.setColumnStretch(1, 1)

    def say(self, facts: list[tuple[str, str, bool]]) -> None:
        """Show these facts (what, how it stands, whether it is late); empty ones are left out."""
        while (item := self._grid.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        for row, (what, how, late) in enumerate(fact for fact in facts if fact[1]):
            self._grid.addWidget(label("muted", what), row, 0, Qt.AlignmentFlag.AlignTop)
            said = ClampedLabel("late" if late else "strong", lines=2)
            said.say(how)
            self._grid.addWidget(said, row, 1)


MOST_ASKED: Final = 4
"""So many orders stand beside a hand-over; all of them stand on the Requests screen."""


class BorrowerPanel(QWidget):
    """Who takes it or brings it, large; and under it what their agreement says so far."""

    due_chosen = Signal(object)
    due_left = Signal()
    day_chosen = Signal(object)

    def __init__(self, look: Look) -> None:
        super().__init__()
        self.setObjectName("borrowerPanel")
        self._look = look
        self._name = ClampedLabel("name", lines=3)
        self._kind = ClampedLabel("mutedLarge", lines=2)
        self._facts = Facts(look)
        self._agreement = Facts(look)
        self._agreement_hint = label("muted", wrap=True)
        self.due_date = AskDay(look, "dueDate", _("Due date of this hand-over"))
        self.due_date.hide()
        self.due_date.chosen.connect(self._due_chosen)
        self.due_date.left.connect(self._due_left)
        self.happened = AskDay(look, "happened", _("The day this hand-over took place"))
        self.happened.hide()
        self.happened.chosen.connect(self._day_chosen)
        self.happened.left.connect(self._due_left)
        self._glance: Glance | None = None
        self._lent_due: date | None = None
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(look.theme.size("s4"))
        layout.addWidget(self._card(_("Borrower"), self._name, self._kind, self._facts))
        layout.addWidget(
            self._card(
                _("Agreement so far"), self._agreement, self._agreement_hint, self.due_date, self.happened, stretch=True
            ),
            1,
        )
        self.show_state(None)

    def show_state(
        self, state: SessionState | None, glance: Glance | None = None, lent_due: date | None = None
    ) -> None:
        """Show who is chosen; ``glance`` says how they stand, ``lent_due`` when the last thing lent is due."""
        borrower = state.borrower if state is not None else None
        self._glance = glance
        self._name.say(borrower.name if borrower is not None else _("Nobody chosen"))
        self._kind.say(_kind_line(borrower, glance) if borrower is not None else _("Scan a borrower, or type a name"))
        self._facts.say(_standing(borrower, glance))
        self._agreement.setVisible(borrower is not None)
        self._agreement_hint.setVisible(borrower is None)
        self._agreement_hint.setText(_("Begins when somebody is chosen and something is lent"))
        if state is not None and borrower is not None:
            due = state.due or lent_due or (glance.due.day if glance is not None else None)
            self._lent_due = due
            by_hand = _("set by hand") if state.due is not None else _term_words(glance)
            self._agreement.say(
                [
                    (_("Kind"), _agreement_word(borrower.kind, glance), False),
                    (_("Items"), str(len(state.lent)), False),
                    (_("Due"), day(due) if due is not None else "", False),
                    ("", by_hand, False),
                    (_("Law"), regulated_words() if glance is not None and glance.may_be_regulated else "", False),
                ]
            )
        else:
            self.due_date.hide()

    def ask_due(self, today: date) -> None:
        """Ask for another due date."""
        self.due_date.ask(self._lent_due or today, earliest=today)

    def ask_day(self, today: date) -> None:
        """Ask on which day this hand-over took place: crates that came on Friday are scanned on Monday."""
        self.happened.ask(today, latest=today)

    def put_away(self) -> bool:
        """Leave a day that is being asked for; tell whether one was."""
        asking = self.due_date.isVisible() or self.happened.isVisible()
        self.due_date.hide()
        self.happened.hide()
        return asking

    def name(self) -> str:
        """Give the name that is shown large."""
        return self._name.text()

    def _due_chosen(self, due: date) -> None:
        self.due_date.hide()
        self.due_chosen.emit(due)

    def _day_chosen(self, day: date) -> None:
        self.happened.hide()
        self.day_chosen.emit(day)

    def _due_left(self) -> None:
        self.put_away()
        self.due_left.emit()

    def _card(self, heading: str, *widgets: QWidget, stretch: bool = False) -> QFrame:
        size = self._look.theme.size
        made = named(QFrame(), "card")
        layout = QVBoxLayout(made)
        layout.setContentsMargins(size("gutter"), size("s4"), size("gutter"), size("s4"))
        layout.setSpacing(size("s2"))
        layout.addWidget(label("heading", heading))
        for widget in widgets:
            layout.addWidget(widget)
        if stretch:
            layout.addStretch(1)
        return made


def _kind_line(borrower: Borrower, glance: Glance | None) -> str:
    parts = [kind_word(borrower.kind)]
    if borrower.pupil:
        parts.append(_("for {pupil}").format(pupil=borrower.pupil))
    if borrower.school:
        parts.append(borrower.school)
    if glance is not None and glance.contact:
        parts.append(glance.contact)
    return " · ".join(parts)


def _standing(borrower: Borrower | None, glance: Glance | None) -> list[tuple[str, str, bool]]:
    if borrower is None or glance is None:
        return []
    out = ngettext("{n} instrument", "{n} instruments", glance.out).format(n=glance.out) if glance.out else _("nothing")
    late = ""
    if glance.late and glance.late_since is not None:
        late = _("{n} since {day}").format(n=glance.late, day=short_day(glance.late_since))
    asked = [("" if at else _("Ordered"), requests.progress(line), False) for at, line in enumerate(glance.asked_for)]
    late_line = (_("Late"), late or _("none"), bool(late))
    owed = (_("To pay"), owed_words(glance.owed) if glance.owed else "", glance.owed > 0)
    return [(_("Out now"), out, False), late_line, owed, *asked[:MOST_ASKED], (_("Code"), borrower.code, False)]


def _term_words(glance: Glance | None) -> str:
    term = glance.due.term if glance is not None else None
    return _("end of {term} term").format(term=term.name) if term is not None else ""
