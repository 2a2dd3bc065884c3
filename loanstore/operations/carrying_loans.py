"""Carrying out what a scan lends, brings back and passes on."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from loanstore.domain.facts import Draft, FactKind
from loanstore.domain.loans import Ending
from loanstore.domain.sessions import Handled, SetProgress
from loanstore.operations import moving
from loanstore.operations.desk import Changed
from loanstore.storage import lookups

if TYPE_CHECKING:
    from loanstore.domain.loans import Instrument
    from loanstore.domain.scan_effects import Lend, LendSet, PassOn, Return
    from loanstore.domain.sessions import SessionState
    from loanstore.operations.outcomes import Outcome
    from loanstore.operations.work import Work

LOAN_KIND: Final = "free loan"
SET_KIND: Final = "class set"


def lend(work: Work, effect: Lend, outcome: Outcome, state: SessionState) -> tuple[Outcome, SessionState]:
    """Lend one instrument, ending the loan that stands in the way where it is taken over."""
    due = work.due(effect.borrower, state.due)
    happened = work.happened(state.happened)
    out = moving.lent(effect.instrument, effect.borrower.id, due.day, LOAN_KIND, happened=happened)
    drafts = [(effect.instrument, out)]
    if effect.taking:
        drafts.insert(0, (effect.instrument, moving.returned(effect.instrument, Ending.TAKEN, happened=happened)))
    fact, after = work.record(drafts)[-1]
    work.changed |= {Changed.INSTRUMENTS, Changed.LOANS}
    done = Handled(work.gesture.id, after.id, fact.id, work.now)
    return replace(
        outcome,
        instrument=after,
        borrower=effect.borrower,
        loan=fact.id,
        due=due.day,
        fact=fact.id,
        due_term=due.term.name if due.term else "",
        beyond_terms=due.beyond_table,
    ), state.with_lent(done, work.rules.policy.just_lent)


def lend_set(work: Work, effect: LendSet, outcome: Outcome, state: SessionState) -> tuple[Outcome, SessionState]:
    """Lend all of a set that is in; its members are ticked off as they are scanned."""
    due = work.due(effect.borrower, state.due)
    happened = work.happened(state.happened)
    drafts = []
    for one in effect.instruments:
        draft = moving.lent(one, effect.borrower.id, due.day, SET_KIND, happened=happened)
        drafts.append((one, replace(draft, body={**draft.body, "set": effect.class_set.id, "unseen": True})))
    written = work.record(drafts)
    work.changed |= {Changed.INSTRUMENTS, Changed.LOANS, Changed.SETS}
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
    ), replace(state, class_set=progress)


def bring_back(work: Work, effect: Return, outcome: Outcome, state: SessionState) -> tuple[Outcome, SessionState]:
    """End a loan; of a set, say how many are back."""
    loan = effect.instrument.loan
    counted = effect.ending is Ending.COUNTED
    happened = work.happened(state.happened, loan.out if loan is not None else "")
    draft = moving.returned(effect.instrument, effect.ending, unseen=counted, happened=happened)
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
    )
    return _with_tally(work, loan.class_set if loan is not None else None, outcome), state


def _with_tally(work: Work, set_id: str | None, outcome: Outcome) -> Outcome:
    """Say of a set how many of how many are back."""
    found = lookups.class_set(work.transaction, set_id) if set_id is not None else None
    if found is None or set_id is None:
        return outcome
    work.changed.add(Changed.SETS)
    out, whole = lookups.in_set(work.transaction, set_id)
    return replace(outcome, set_name=found.class_set.name, tally=(whole - out, whole))


def pass_on(work: Work, effect: PassOn, outcome: Outcome, state: SessionState) -> tuple[Outcome, SessionState]:
    """Pass the custody of a loan; the loan goes on as it is."""
    loan = effect.instrument.loan
    custodian = None if loan is not None and loan.borrower == effect.custodian else effect.custodian
    draft = custody_passed(effect.instrument, custodian)
    ((fact, after),) = work.record([(effect.instrument, draft)])
    work.changed |= {Changed.INSTRUMENTS, Changed.LOANS}
    return replace(outcome, instrument=after, fact=fact.id), state


def custody_passed(instrument: Instrument, custodian: str | None) -> Draft:
    """Draft that a loan's instrument is now with somebody else; None is whoever is responsible for it."""
    loan = instrument.loan.id if instrument.loan is not None else None
    return Draft(FactKind.CUSTODY_PASSED, instrument.id, {"loan": loan, "custodian": custodian})
