"""Carrying out a decision: its effects become facts, and what became of them the outcome."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from loanstore.domain import codes, scan_effects
from loanstore.domain.answers import REFUSALS, Answer
from loanstore.domain.facts import Draft, FactKind
from loanstore.domain.gestures import instant
from loanstore.domain.looks import grades_like, look_of
from loanstore.domain.scan_findings import (
    BlankFound,
    CommandFound,
    InstrumentFound,
    NothingFound,
    PlaceFound,
    RunFound,
    SetFound,
)
from loanstore.operations import agreeing, carrying_keeping, carrying_loans, moving, undoing
from loanstore.operations.desk import Changed
from loanstore.operations.outcomes import Outcome
from loanstore.storage import folding, journal, lookups, registers

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from loanstore.domain.loans import Instrument
    from loanstore.domain.scan_effects import Decision, Finish, Reverse
    from loanstore.domain.scan_findings import Found
    from loanstore.domain.sessions import SessionState
    from loanstore.operations.work import Work

UNKNOWN_KEPT_DAYS: Final = 30
"""How long the text of an unknown scan is kept."""

LONGEST_SHOWN: Final = 60
"""How much of what was read a card can hold."""


def carry_out(work: Work, decision: Decision, found: Found, text: str) -> tuple[Outcome, SessionState]:
    """Do what was decided, within the transaction, and give the outcome and the session afterwards."""
    state = decision.session
    outcome = _seen(work, decision, found, text.strip()[:LONGEST_SHOWN])
    for effect in decision.effects:
        outcome, state = _CARRIED_OUT[type(effect)](work, effect, outcome, state)
    if decision.answer in REFUSALS:
        outcome = replace(outcome, fact=_refuse(work, outcome, found, text, state))
    if outcome.instrument is not None:
        found_by = outcome.instrument
        outcome = replace(
            outcome,
            accessories=work.accessories(found_by),
            look=look_of(found_by, state),
            grades=grades_like(found_by.fields.get("condition", "")),
        )
    return outcome, state


def _seen(work: Work, decision: Decision, found: Found, shown: str) -> Outcome:
    """Begin the outcome with what was found: the thing, who has it, who is chosen."""
    state = decision.session
    begin = partial(
        Outcome, decision.answer, shown, work.now, state.mode, decision.why, borrower=state.borrower, place=state.place
    )
    thing = found.instrument or found.shown or found if isinstance(found, CommandFound) else found
    if isinstance(thing, InstrumentFound):
        loan = thing.instrument.loan
        return begin(
            instrument=thing.instrument,
            was=thing.instrument.status,
            borrower=thing.holder or state.borrower,
            loan=loan.id if loan else None,
            due=date.fromisoformat(loan.due) if loan else None,
        )
    if isinstance(thing, SetFound):
        return begin(set_name=thing.class_set.name, tally=(len(thing.still_out), len(thing.members)))
    if isinstance(thing, PlaceFound):
        return begin(place=thing.place)
    if isinstance(thing, (CommandFound, NothingFound, RunFound, BlankFound)):
        return begin()
    return begin(borrower=thing.borrower)


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
        return replace(outcome, finished=made, returned=finish.returned, sent=finish.sent), state
    items = len(still_out(work, finish))
    done = replace(
        outcome, borrower=finish.borrower, agreement=made, items=items, returned=finish.returned, sent=finish.sent
    )
    return done, state


def _reverse(work: Work, reverse: Reverse, outcome: Outcome, state: SessionState) -> tuple[Outcome, SessionState]:
    facts = journal.facts_of_gesture(work.transaction, reverse.gesture)
    fact = moving.reverse(work.transaction, work.gesture, reverse.gesture)
    work.changed |= set(Changed)
    touched = undoing.touched_instrument(work.transaction, facts)
    kinds = tuple(dict.fromkeys(f.kind.value for f in facts))
    return replace(outcome, instrument=touched, borrower=None, fact=fact.id, undone=kinds), state


def _refuse(work: Work, outcome: Outcome, found: Found, text: str, state: SessionState) -> str:
    """Keep a refusal in the journal, and what an unknown code read beside it for a while."""
    body: dict[str, object] = {"answer": outcome.answer.value}
    if outcome.instrument is not None:
        body["instrument"] = outcome.instrument.id
    if isinstance(found, CommandFound):
        body["command"] = found.command.command.value
    if state.stocktake is not None and isinstance(found, NothingFound):
        body["stocktake"] = state.stocktake.id
        work.changed.add(Changed.STOCKTAKES)
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


_CARRIED_OUT: Final[dict[type[Any], Callable[[Work, Any, Outcome, SessionState], tuple[Outcome, SessionState]]]] = {
    scan_effects.Lend: carrying_loans.lend,
    scan_effects.LendSet: carrying_loans.lend_set,
    scan_effects.Return: carrying_loans.bring_back,
    scan_effects.PassOn: carrying_loans.pass_on,
    scan_effects.AskWhy: carrying_loans.ask_why,
    scan_effects.Sight: carrying_keeping.sight,
    scan_effects.Find: carrying_keeping.find,
    scan_effects.Move: carrying_keeping.move,
    scan_effects.MarkSeen: carrying_keeping.mark_seen,
    scan_effects.Check: carrying_keeping.check,
    scan_effects.PutRight: carrying_keeping.put_right,
    scan_effects.Bind: carrying_keeping.bind,
    scan_effects.SendToRepair: carrying_keeping.send_to_repair,
    scan_effects.BackFromRepair: carrying_keeping.back_from_repair,
    scan_effects.Unload: carrying_keeping.unload,
    scan_effects.Finish: _finish,
    scan_effects.Reverse: _reverse,
}
