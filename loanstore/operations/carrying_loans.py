"""Carrying out what a scan lends, brings back and passes on."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from loanstore.domain.class_sets import tally
from loanstore.domain.facts import Draft, FactKind
from loanstore.domain.loans import Ending, Status
from loanstore.domain.requests import Countdown, countdown
from loanstore.domain.sessions import Handled, SetProgress
from loanstore.operations import counting_down, custody, moving
from loanstore.operations.desk import Changed
from loanstore.storage import aggregates, journal, lookups, request_lookups

if TYPE_CHECKING:
    from loanstore.domain.scan_effects import AskWhy, Lend, LendSet, PassOn, Return
    from loanstore.domain.sessions import SessionState
    from loanstore.operations.outcomes import Outcome
    from loanstore.operations.work import Work


def lend(work: Work, effect: Lend, outcome: Outcome, state: SessionState) -> tuple[Outcome, SessionState]:
    """Lend one instrument, ending the loan that stands in the way where it is taken over."""
    due = work.due(effect.borrower, state.due)
    happened = work.happened(state.happened)
    contract = work.rules.policy.contract(effect.borrower.kind)
    out = moving.lent(effect.instrument, effect.borrower.id, due.day, contract, happened=happened)
    counts_for = _counts_for(work, effect)
    if counts_for.line is not None:
        out = replace(out, body={**out.body, "request": counts_for.line.id})
    drafts = [(effect.instrument, out)]
    if effect.taking:
        drafts.insert(0, (effect.instrument, moving.returned(effect.instrument, Ending.TAKEN, happened=happened)))
    fact, after = work.record(drafts)[-1]
    work.changed |= {Changed.INSTRUMENTS, Changed.LOANS}
    if counts_for.line is not None:
        counting_down.close_if_met(work.transaction, work.gesture, counts_for.line.id)
        work.changed.add(Changed.REQUESTS)
    done = Handled(work.gesture.id, after.id, fact.id, work.now)
    return replace(
        outcome,
        counts_for=counts_for,
        instrument=after,
        borrower=effect.borrower,
        loan=fact.id,
        due=due.day,
        fact=fact.id,
        due_term=due.term.name if due.term else "",
        beyond_terms=due.beyond_table,
    ), state.with_lent(done, work.rules.policy.just_lent)


def _counts_for(work: Work, effect: Lend) -> Countdown:
    """Find which open request of the borrower an instrument counts for."""
    fields = effect.instrument.fields
    lines = request_lookups.open_of(work.transaction, effect.borrower.id)
    return countdown(lines, fields.get("type", ""), fields.get("size", ""))


def lend_set(work: Work, effect: LendSet, outcome: Outcome, state: SessionState) -> tuple[Outcome, SessionState]:
    """Lend all of a set that is in; its members are ticked off as they are scanned."""
    due = work.due(effect.borrower, state.due)
    happened = work.happened(state.happened)
    set_id, who = effect.class_set.id, effect.borrower.id
    drafts = [
        (one, moving.lent_with(set_id, one, who, due.day, happened=happened, unseen=True)) for one in effect.instruments
    ]
    going = counting_down.counted(work.transaction, who, drafts)
    written = work.record([(one, out) for (one, _draft), out in zip(drafts, going, strict=True)])
    work.changed |= {Changed.INSTRUMENTS, Changed.LOANS, Changed.SETS}
    counts_for = _after_all(work, counting_down.close_met(work.transaction, work.gesture, going))
    for fact, after in written:
        done = Handled(work.gesture.id, after.id, fact.id, work.now)
        state = state.with_lent(done, work.rules.policy.just_lent)
    members = frozenset(after.id for _fact, after in written)
    progress = SetProgress(work.gesture.id, effect.class_set.name, members)
    return replace(
        outcome,
        borrower=effect.borrower,
        due=due.day,
        fact=written[0][0].id,
        items=len(written),
        due_term=due.term.name if due.term else "",
        beyond_terms=due.beyond_table,
        tally=(len(written), len(written) + len(effect.left)),
        left=tuple(one.code for one in effect.left),
        counts_for=counts_for,
    ), replace(state, class_set=progress)


def _after_all(work: Work, requests: tuple[str, ...]) -> Countdown | None:
    """Say how far the request is met that a set counts for; of several, the first."""
    if not requests:
        return None
    work.changed.add(Changed.REQUESTS)
    line = request_lookups.line(work.transaction, requests[0])
    return Countdown(line, line.handed, line.number) if line is not None else None


def bring_back(work: Work, effect: Return, outcome: Outcome, state: SessionState) -> tuple[Outcome, SessionState]:
    """End a loan; of a set, say how many are back."""
    loan = effect.instrument.loan
    counted = effect.ending is Ending.COUNTED
    happened = work.happened(state.happened, loan.out if loan is not None else "")
    back = moving.back_unseen if counted else moving.returned
    draft = back(effect.instrument, effect.ending, happened=happened)
    ((fact, after),) = work.record([(effect.instrument, draft)])
    work.changed |= {Changed.INSTRUMENTS, Changed.LOANS}
    if loan is not None:
        state = state.with_returned(Handled(work.gesture.id, after.id, loan.id, work.now))
    outcome = replace(
        outcome,
        instrument=None if counted else after,
        loan=loan.id if loan else None,
        due=None,
        fact=fact.id,
        items=outcome.items + 1,
        issued=loan.issued if loan is not None else None,
        issued_note=work.note_at_issue(loan),
    )
    outcome = _with_tally(work, loan.class_set if loan is not None else None, outcome)
    return (outcome if counted else _with_who_waits(work, outcome)), state


def _with_tally(work: Work, set_id: str | None, outcome: Outcome) -> Outcome:
    """Say of a set how many of how many are back, and which are missing."""
    found = lookups.class_set(work.transaction, set_id) if set_id is not None else None
    if found is None:
        return outcome
    work.changed.add(Changed.SETS)
    counted = tally(found.members)
    return replace(outcome, set_name=found.class_set.name, tally=(counted.back, counted.total), set_tally=counted)


def _with_who_waits(work: Work, outcome: Outcome) -> Outcome:
    """Say who has waited longest for what has just come back and can go out again."""
    thing = outcome.instrument
    if thing is None or thing.status is not Status.IN_STORE:
        return outcome
    fields = thing.fields
    line = request_lookups.first_waiting(work.transaction, fields.get("type", ""), fields.get("size", ""))
    return replace(outcome, waiting=lookups.borrower(work.transaction, line.borrower)) if line is not None else outcome


def ask_why(work: Work, effect: AskWhy, outcome: Outcome, state: SessionState) -> tuple[Outcome, SessionState]:
    """Note that what has just been done was done with TAKE: its reason is asked for when there is time."""
    first = effect.instruments[0]
    body: dict[str, object] = {"answer": effect.refused.value, "instrument": first.id, "did": outcome.fact}
    body["things"] = len(effect.instruments)
    if first.loan is not None:
        body["before"] = first.loan.id
    journal.append(work.transaction, work.gesture, [Draft(FactKind.TAKEN, work.gesture.id, body)])
    aggregates.refold(work.transaction, aggregates.named("take"), work.gesture.id)
    return outcome, state


def pass_on(work: Work, effect: PassOn, outcome: Outcome, state: SessionState) -> tuple[Outcome, SessionState]:
    """Pass the custody of a loan; the loan goes on as it is."""
    draft = custody.passing(effect.instrument, effect.custodian)
    ((fact, after),) = work.record([(effect.instrument, draft)])
    work.changed |= {Changed.INSTRUMENTS, Changed.LOANS}
    return replace(outcome, instrument=after, fact=fact.id), state
