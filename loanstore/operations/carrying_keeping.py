"""Carrying out what a scan says of an instrument beside its loans: seen, moved, checked, bound, sent to a repairer."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from loanstore.domain import codes
from loanstore.domain.facts import Draft, FactKind
from loanstore.domain.loans import Ending
from loanstore.domain.scan_effects import Why
from loanstore.domain.sessions import Handled
from loanstore.operations import matching, moving
from loanstore.operations.desk import Changed
from loanstore.storage import folding

if TYPE_CHECKING:
    from loanstore.domain.loans import Instrument
    from loanstore.domain.scan_effects import (
        BackFromRepair,
        Bind,
        Check,
        Find,
        MarkSeen,
        Move,
        PutRight,
        SendToRepair,
        Sight,
        Unload,
    )
    from loanstore.domain.sessions import SessionState
    from loanstore.operations.outcomes import Outcome
    from loanstore.operations.work import Work


def sight(work: Work, effect: Sight, outcome: Outcome, state: SessionState) -> tuple[Outcome, SessionState]:
    """Note that it was seen."""
    outcome = _written(work, effect.instrument, Draft(FactKind.SIGHTED, effect.instrument.id), outcome)
    progress = state.class_set
    if progress is None or effect.instrument.id not in progress.members:
        return outcome, state
    return replace(outcome, set_name=progress.name, tally=(len(progress.checked), len(progress.members))), state


def find(work: Work, effect: Find, outcome: Outcome, state: SessionState) -> tuple[Outcome, SessionState]:
    """Note that it has turned up."""
    work.changed.add(Changed.LOANS)
    return _written(work, effect.instrument, Draft(FactKind.FOUND, effect.instrument.id), outcome), state


def move(work: Work, effect: Move, outcome: Outcome, state: SessionState) -> tuple[Outcome, SessionState]:
    """Keep it at a place from now on."""
    work.changed.add(Changed.PLACES)
    draft = Draft(FactKind.MOVED, effect.instrument.id, {"place": effect.place.id})
    return replace(_written(work, effect.instrument, draft, outcome), place=effect.place), state


def mark_seen(work: Work, effect: MarkSeen, outcome: Outcome, state: SessionState) -> tuple[Outcome, SessionState]:
    """Note what a stocktake found, and put the place right where it was wrong."""
    work.changed |= {Changed.STOCKTAKES, Changed.LOANS, Changed.PLACES}
    place = effect.place.id if effect.place is not None else None
    for draft in moving.counted(effect.instrument, effect.stocktake.id, effect.finding, place):
        outcome = _written(work, effect.instrument, draft, outcome)
    return replace(outcome, place=effect.place) if effect.place is not None else outcome, state


def check(work: Work, effect: Check, outcome: Outcome, state: SessionState) -> tuple[Outcome, SessionState]:
    """Note what is missing or damaged; of what has just come back, on the loan that it ended."""
    work.changed.add(Changed.LOANS)
    draft = moving.looked_at(effect.instrument, effect.look, attention=effect.attention, loan=effect.loan)
    outcome = _written(work, effect.instrument, draft, outcome)
    ended = folding.loan(work.transaction, effect.loan) if effect.loan is not None else None
    if ended is not None:
        outcome = replace(outcome, loan=ended.id, issued=ended.issued, issued_note=work.note_at_issue(ended))
    return outcome, state


def put_right(work: Work, effect: PutRight, outcome: Outcome, state: SessionState) -> tuple[Outcome, SessionState]:
    """Put right that a body was in another's case: by hand, with new case labels, or by changing the loans."""
    pair = effect.case, effect.body
    work.changed.add(Changed.INSTRUMENTS)
    if effect.way is Why.CHILDREN_SWAPPED:
        made = matching.children_changed(work.transaction, work.gesture, work.rules.prefix, *pair)
        work.changed.add(Changed.LOANS)
    elif effect.way is Why.CASES_SWAPPED:
        made = matching.cases_swapped(work.transaction, work.gesture, *pair)
    else:
        made = matching.by_hand(work.transaction, work.gesture, *pair)
    return replace(
        outcome, case=made.first, instrument=made.second, labels=made.print, papers=made.agreements, loan=None, due=None
    ), state


def bind(work: Work, effect: Bind, outcome: Outcome, state: SessionState) -> tuple[Outcome, SessionState]:
    """Let a blank label be the instrument's own; the number before goes on scanning."""
    shown = codes.shown(effect.form)
    body = {"code": shown, "codes": [[effect.form, shown, "main"]]}
    identity = effect.instrument.id
    _written(work, effect.instrument, Draft(FactKind.RECODED, identity, body), outcome)
    return _written(work, effect.instrument, Draft(FactKind.LABELLED, identity), outcome), state


def send_to_repair(
    work: Work, effect: SendToRepair, outcome: Outcome, state: SessionState
) -> tuple[Outcome, SessionState]:
    """Send it to the chosen repairer; FINISH makes the docket."""
    if effect.taking:
        work.record([(effect.instrument, moving.returned(effect.instrument, Ending.TAKEN))])
        work.changed.add(Changed.LOANS)
    work.changed.add(Changed.REPAIRS)
    draft = Draft(FactKind.REPAIR_SENT, effect.instrument.id, {"repairer": effect.repairer.id})
    outcome = replace(_written(work, effect.instrument, draft, outcome), place=effect.repairer, loan=None, due=None)
    done = Handled(work.gesture.id, effect.instrument.id, outcome.fact or "", work.now)
    return outcome, replace(state, sent=(*state.sent, done))


def back_from_repair(
    work: Work, effect: BackFromRepair, outcome: Outcome, state: SessionState
) -> tuple[Outcome, SessionState]:
    """Note that it is back from its repairer."""
    work.changed.add(Changed.REPAIRS)
    repair = effect.instrument.repair
    body = {"repair": repair.id if repair is not None else None}
    return _written(work, effect.instrument, Draft(FactKind.REPAIR_BACK, effect.instrument.id, body), outcome), state


def unload(work: Work, effect: Unload, outcome: Outcome, state: SessionState) -> tuple[Outcome, SessionState]:
    """Take it off the van, undelivered."""
    work.changed.add(Changed.RUNS)
    return _written(work, effect.instrument, Draft(FactKind.UNLOADED, effect.instrument.id), outcome), state


def _written(work: Work, instrument: Instrument, draft: Draft, outcome: Outcome) -> Outcome:
    ((fact, after),) = work.record([(instrument, draft)])
    work.changed.add(Changed.INSTRUMENTS)
    return replace(outcome, instrument=after, fact=fact.id)
