"""Carrying out a decision: its effects become facts, and what became of them the outcome."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from functools import partial
from typing import TYPE_CHECKING, Final

from loanstore.domain import codes
from loanstore.domain.answers import REFUSALS, Answer
from loanstore.domain.facts import Draft, FactKind
from loanstore.domain.gestures import Gesture, instant
from loanstore.domain.loans import Ending
from loanstore.domain.scan_rules import (
    CommandFound,
    Find,
    Finish,
    InstrumentFound,
    Lend,
    NothingFound,
    Return,
    Reverse,
    Sight,
)
from loanstore.domain.sessions import Handled
from loanstore.domain.terms import DueDate
from loanstore.operations import agreeing, moving, undoing
from loanstore.operations.desk import Changed, Desk, StoreRules
from loanstore.operations.outcomes import Outcome
from loanstore.storage import folding, journal, lookups, registers

if TYPE_CHECKING:
    from datetime import datetime

    from loanstore.domain.borrowers import Borrower
    from loanstore.domain.loans import Instrument
    from loanstore.domain.scan_rules import Decision, Effect, Found
    from loanstore.domain.sessions import SessionState
    from loanstore.storage.transaction import Transaction

LOAN_KIND: Final = "free loan"
UNKNOWN_KEPT_DAYS: Final = 30
"""How long the text of an unknown scan is kept."""

LONGEST_SHOWN: Final = 60
"""How much of what was read a card can hold."""


@dataclass(slots=True)
class Work:
    """The transaction of one scan; its gesture begins with the first fact that is written."""

    desk: Desk
    transaction: Transaction
    now: datetime
    rules: StoreRules
    changed: set[Changed] = field(default_factory=set)
    _gesture: Gesture | None = None

    @property
    def gesture(self) -> Gesture:
        """Give the gesture that everything written here belongs to."""
        if self._gesture is None:
            self._gesture = self.desk.gesture(self.transaction, self.now)
        return self._gesture

    def end_gesture(self) -> None:
        """Let what is written from here on be a gesture of its own, to be undone by itself."""
        self._gesture = None

    def due(self, borrower: Borrower, by_hand: date | None) -> DueDate:
        """Find when something lent now is due: as set by hand for this hand-over, else by the rules."""
        if by_hand is not None:
            return DueDate(by_hand)
        return self.rules.policy.due(borrower.kind, self.desk.day_of(self.now), self.rules.terms)


def carry_out(work: Work, decision: Decision, found: Found, text: str) -> tuple[Outcome, SessionState]:
    """Do what was decided, within the transaction, and give the outcome and the session afterwards."""
    state = decision.session
    outcome = _seen(work, decision, found, text.strip()[:LONGEST_SHOWN])
    for effect in decision.effects:
        outcome, state = _do(work, effect, outcome, state)
    if decision.answer in REFUSALS:
        outcome = replace(outcome, fact=_refuse(work, outcome, found, text))
    return outcome, state


def _seen(work: Work, decision: Decision, found: Found, shown: str) -> Outcome:
    """Begin the outcome with what was found: the thing, who has it, who is chosen."""
    state = decision.session
    begin = partial(Outcome, decision.answer, shown, work.now, state.mode, decision.why)
    found = found.instrument or found.agreement or found if isinstance(found, CommandFound) else found
    if isinstance(found, InstrumentFound):
        loan = found.instrument.loan
        return begin(
            instrument=found.instrument,
            was=found.instrument.status,
            borrower=found.holder or state.borrower,
            loan=loan.id if loan else None,
            due=date.fromisoformat(loan.due) if loan else None,
        )
    if isinstance(found, (CommandFound, NothingFound)):
        return begin(borrower=state.borrower)
    return begin(borrower=found.borrower)


def _do(work: Work, effect: Effect, outcome: Outcome, state: SessionState) -> tuple[Outcome, SessionState]:
    match effect:
        case Lend():
            return _lend(work, effect, outcome, state)
        case Return():
            return _return(work, effect, outcome, state)
        case Sight():
            return _note(work, effect.instrument, FactKind.SIGHTED, outcome), state
        case Find():
            work.changed.add(Changed.LOANS)
            return _note(work, effect.instrument, FactKind.FOUND, outcome), state
        case Finish():
            return _finish(work, effect, outcome, state)
        case Reverse():
            return _reverse(work, effect, outcome), state


def _lend(work: Work, lend: Lend, outcome: Outcome, state: SessionState) -> tuple[Outcome, SessionState]:
    due = work.due(lend.borrower, state.due)
    out = moving.lent(lend.instrument, lend.borrower.id, due.day, LOAN_KIND)
    drafts: list[tuple[Instrument | None, Draft]] = [(lend.instrument, out)]
    if lend.taking:
        drafts.insert(0, (lend.instrument, moving.returned(lend.instrument, Ending.TAKEN)))
    fact, after = moving.record(work.transaction, work.gesture, drafts)[-1]
    work.changed |= {Changed.INSTRUMENTS, Changed.LOANS}
    done = Handled(work.gesture.id, after.id, fact.id, work.now)
    state = state.with_lent(done, work.rules.policy.just_lent)
    return replace(
        outcome,
        instrument=after,
        borrower=lend.borrower,
        loan=fact.id,
        due=due.day,
        fact=fact.id,
        due_term=due.term.name if due.term else "",
        beyond_terms=due.beyond_table,
    ), state


def _return(work: Work, back: Return, outcome: Outcome, state: SessionState) -> tuple[Outcome, SessionState]:
    loan = back.instrument.loan
    counted = back.ending is Ending.COUNTED
    draft = moving.returned(back.instrument, back.ending, unseen=counted)
    ((fact, after),) = moving.record(work.transaction, work.gesture, [(back.instrument, draft)])
    work.changed |= {Changed.INSTRUMENTS, Changed.LOANS}
    if loan is not None:
        state = state.with_returned(Handled(work.gesture.id, after.id, loan.id, work.now))
    return replace(
        outcome,
        instrument=None if counted else after,
        loan=loan.id if loan else None,
        due=None,
        fact=fact.id,
        items=outcome.items + 1,
    ), state


def _note(work: Work, instrument: Instrument, kind: FactKind, outcome: Outcome) -> Outcome:
    ((fact, after),) = moving.record(work.transaction, work.gesture, [(instrument, Draft(kind, instrument.id))])
    work.changed.add(Changed.INSTRUMENTS)
    return replace(outcome, instrument=after, fact=fact.id)


def agree(work: Work, finish: Finish) -> str | None:
    """Make the one agreement of a hand-over and give its code; None where nothing lent in it is still out."""
    lent = still_out(work, finish)
    if finish.borrower is None or not lent:
        return None
    work.changed.add(Changed.LOANS)
    prefix = work.rules.prefix
    return agreeing.make_agreement(work.transaction, work.gesture, prefix, finish.borrower.id, lent).code


def still_out(work: Work, finish: Finish) -> tuple[str, ...]:
    """Give what was lent in a hand-over but for what was undone or brought back in another window meanwhile."""
    found = [folding.loan(work.transaction, loan) for loan in finish.lent]
    return tuple(loan.id for loan in found if loan is not None and loan.ended is None)


def _finish(work: Work, finish: Finish, outcome: Outcome, state: SessionState) -> tuple[Outcome, SessionState]:
    made = agree(work, finish)
    state = replace(state, made=made or state.made)
    if outcome.answer is not Answer.FINISHED:
        return replace(outcome, finished=made, returned=finish.returned), state
    items = len(still_out(work, finish))
    done = replace(outcome, borrower=finish.borrower, agreement=made, items=items, returned=finish.returned)
    return done, state


def _reverse(work: Work, reverse: Reverse, outcome: Outcome) -> Outcome:
    facts = journal.facts_of_gesture(work.transaction, reverse.gesture)
    fact = moving.reverse(work.transaction, work.gesture, reverse.gesture)
    work.changed |= set(Changed)
    touched = undoing.touched_instrument(work.transaction, facts)
    kinds = tuple(dict.fromkeys(f.kind.value for f in facts))
    return replace(outcome, instrument=touched, borrower=None, fact=fact.id, undone=kinds)


def _refuse(work: Work, outcome: Outcome, found: Found, text: str) -> str:
    """Keep a refusal in the journal, and what an unknown code read beside it for a while."""
    body: dict[str, object] = {"answer": outcome.answer.value}
    if outcome.instrument is not None:
        body["instrument"] = outcome.instrument.id
    if isinstance(found, CommandFound):
        body["command"] = found.command.command.value
    (fact,) = journal.append(work.transaction, work.gesture, [Draft(FactKind.REFUSED, None, body)])
    read = codes.clean(text)
    if isinstance(found, NothingFound) and codes.looks_like_code(read):
        registers.keep_unknown_scan(work.transaction, fact.id, read, fact.recorded)
        registers.forget_unknown_scans(work.transaction, unknown_kept_from(work.now))
    return fact.id


def unknown_kept_from(now: datetime) -> str:
    """Give the instant from which on the texts of unknown scans are still kept."""
    return instant(now - timedelta(days=UNKNOWN_KEPT_DAYS))


def change_due(work: Work, state: SessionState, due: date) -> int:
    """Give everything lent in this hand-over another due date, and say how many things that were."""
    drafts: list[tuple[Instrument | None, Draft]] = []
    for done in state.lent:
        found = lookups.instrument(work.transaction, done.instrument)
        if found is not None and found.instrument.loan is not None and found.instrument.loan.id == done.loan:
            drafts.append((found.instrument, moving.renewed(found.instrument, due)))
    if drafts:
        moving.record(work.transaction, work.gesture, drafts)
        work.changed.add(Changed.LOANS)
    return len(drafts)
