"""The van: loading and unloading it, and picking up at a stop. Loading hands nothing over."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from loanstore.domain import codes
from loanstore.domain.errors import Refused
from loanstore.domain.facts import Draft, FactKind
from loanstore.domain.runs import Claim, Loading, judge_load
from loanstore.operations import moving
from loanstore.operations.desk import Changed, Done
from loanstore.operations.lending import find_instrument
from loanstore.operations.planning import find_run, find_stop
from loanstore.storage import folding, lookups, registers, run_lists

if TYPE_CHECKING:
    from collections.abc import Sequence

    from loanstore.domain.borrowers import Borrower
    from loanstore.domain.gestures import Gesture
    from loanstore.domain.loans import Instrument
    from loanstore.domain.requests import Request
    from loanstore.domain.runs import LoadVerdict, Run
    from loanstore.operations.desk import Desk
    from loanstore.storage.transaction import Transaction

CARRIED: Final = frozenset({Changed.RUNS, Changed.INSTRUMENTS})


@dataclass(frozen=True, slots=True)
class Visit:
    """A stop of a run, with whom the van calls on there."""

    run: Run
    borrower: Borrower


@dataclass(frozen=True, slots=True)
class Carried:
    """What went on the van at a stop; ``left`` are members of a class set that stayed where they are."""

    visit: Visit
    instruments: tuple[Instrument, ...]
    left: tuple[Instrument, ...] = ()


def load(desk: Desk, run: str, stop_borrower: str, code: str, *, anyway: bool = False) -> Done[Carried]:
    """Load an instrument, or a whole class set, for a stop; run and borrower are named by code or id.

    Of a class set goes what is in store; where nothing of it is, what the stop's borrower has on loan. Raises
    Refused LENT_, ASIDE_, LOADED_ or ORDERED_ELSEWHERE, KEPT_ASIDE or BOUND_FOR_STORE for a wrong stop, which
    ``anyway`` overrules, and NOT_LOADABLE or ALREADY_LOADED, which it does not.
    """
    return load_all(desk, run, stop_borrower, [code], anyway=anyway)


def load_all(desk: Desk, run: str, stop_borrower: str, named: Sequence[str], *, anyway: bool = False) -> Done[Carried]:
    """Load several for a stop in one gesture: all of them, or none where one is refused."""
    with desk.gesturing() as (transaction, gesture):
        visit = open_stop(transaction, run, stop_borrower)
        orders = run_lists.open_orders(transaction, [stop.borrower for stop in visit.run.stops])
        going: dict[str, Instrument] = {}
        left: dict[str, Instrument] = {}
        for code in named:
            members = set_members(transaction, code)
            if members is None:
                one = find_instrument(transaction, code).instrument
                _require_right(transaction, visit, one, orders, anyway=anyway)
                going[one.id] = one
            else:
                going |= _of_set(code, visit, members, orders)
                left |= {one.id: one for one in members if one.id not in going}
        loaded = _put_on(transaction, gesture, visit, list(going.values()))
        return Done(Carried(visit, loaded, tuple(left.values())), CARRIED)


def collect(desk: Desk, run: str, stop_borrower: str, named: Sequence[str], *, anyway: bool = False) -> Done[Carried]:
    """Put what is picked up at a stop on the van, bound for the store; all of it, or none.

    Loans run on until the store checks the things in. Raises Refused NOT_THEIRS for what the stop's borrower
    does not have, which ``anyway`` overrules: what is in the van is in the van.
    """
    with desk.gesturing() as (transaction, gesture):
        visit = open_stop(transaction, run, stop_borrower, signed=True)
        found = {one.id: one for code in named for one in _collected(transaction, code)}
        for one in found.values():
            if one.van == (visit.run.id, ""):
                raise Refused("ALREADY_LOADED", code=one.code, borrower=visit.borrower.label)
            holders = {one.loan.borrower, one.loan.custodian} if one.loan is not None else set()
            if visit.borrower.id not in holders and not anyway:
                raise Refused("NOT_THEIRS", code=one.code, borrower=visit.borrower.label, status=one.status.value)
        taken = _put_on(transaction, gesture, visit, list(found.values()), collected=True)
        return Done(Carried(visit, taken), CARRIED)


def unload(desk: Desk, named: Sequence[str]) -> Done[tuple[Instrument, ...]]:
    """Take instruments, or what is aboard of class sets, off the van again; raises Refused NOT_ON_VAN."""
    with desk.gesturing() as (transaction, gesture):
        found = {one.id: one for code in named for one in _aboard(transaction, code)}
        drafts = [unloaded(one) for one in found.values()]
        written = moving.record(transaction, gesture, drafts)
        return Done(tuple(after for _fact, after in written), CARRIED)


def unloaded(instrument: Instrument) -> tuple[Instrument, Draft]:
    """Draft that an instrument comes off the van."""
    return instrument, Draft(FactKind.UNLOADED, instrument.id, {"run": instrument.van[0] if instrument.van else None})


def open_stop(transaction: Transaction, run: str, stop_borrower: str, *, signed: bool = False) -> Visit:
    """Find a stop that the van has still to call at; ``signed`` where a signed docket is no hindrance."""
    found = find_run(transaction, run)
    if found.cancelled is not None:
        raise Refused("RUN_CANCELLED", run=found.code)
    borrower = find_stop(transaction, found, stop_borrower)
    stop = found.stop(borrower.id)
    if stop is not None and stop.signed is not None and not signed:
        raise Refused("STOP_SIGNED", run=found.code, borrower=borrower.label)
    return Visit(found, borrower)


def set_members(transaction: Transaction, code: str) -> list[Instrument] | None:
    """Give a class set's members by its code; None where the code is no class set's."""
    owner = registers.owner_of(transaction, codes.normalise(code))
    if owner is None or owner[0] != "set":
        return None
    found = [folding.instrument_state(transaction, one) for one in run_lists.members(transaction, owner[1])]
    return [one for one in found if one is not None]


def _put_on(
    transaction: Transaction, gesture: Gesture, visit: Visit, things: list[Instrument], *, collected: bool = False
) -> tuple[Instrument, ...]:
    body: dict[str, object] = {"run": visit.run.id, "borrower": visit.borrower.id}
    if collected:
        body["collected"] = True
    drafts = [(one, Draft(FactKind.LOADED, one.id, body)) for one in things]
    return tuple(after for _fact, after in moving.record(transaction, gesture, drafts))


def _of_set(code: str, visit: Visit, members: Sequence[Instrument], orders: Sequence[Request]) -> dict[str, Instrument]:
    right = [one for one in members if judge_load(visit.run, visit.borrower.id, one, orders).loading is Loading.RIGHT]
    in_store = [one for one in right if one.loan is None]
    going = in_store or right
    if not going:
        raise Refused("NOTHING_TO_LOAD", code=code)
    return {one.id: one for one in going}


def _require_right(
    transaction: Transaction, visit: Visit, one: Instrument, orders: Sequence[Request], *, anyway: bool
) -> None:
    verdict = judge_load(visit.run, visit.borrower.id, one, orders)
    if verdict.loading is Loading.NOT_LOADABLE:
        raise Refused("NOT_LOADABLE", code=one.code, status=one.status.value)
    if verdict.loading is Loading.ALREADY:
        raise Refused("ALREADY_LOADED", code=one.code, borrower=visit.borrower.label)
    if verdict.loading is Loading.WRONG and not anyway:
        raise _wrong_stop(transaction, visit, one, verdict)


def _wrong_stop(transaction: Transaction, visit: Visit, one: Instrument, verdict: LoadVerdict) -> Refused:
    """Say what is in the way, and whose it is where it is anybody's by name."""
    whose = lookups.borrower(transaction, verdict.whose) if verdict.whose is not None else None
    if whose is None:
        on_van = verdict.claim is Claim.ON_VAN
        return Refused("BOUND_FOR_STORE" if on_van else "KEPT_ASIDE", code=one.code, borrower=visit.borrower.label)
    return Refused(
        {
            Claim.ON_LOAN: "LENT_ELSEWHERE",
            Claim.SET_ASIDE: "ASIDE_ELSEWHERE",
            Claim.ON_VAN: "LOADED_ELSEWHERE",
            Claim.ORDERED: "ORDERED_ELSEWHERE",
        }[verdict.claim or Claim.ON_LOAN],
        code=one.code,
        borrower=visit.borrower.label,
        whose=whose.label,
    )


def _collected(transaction: Transaction, code: str) -> list[Instrument]:
    """Find what is picked up; of a class set what is out on loan and not aboard yet."""
    members = set_members(transaction, code)
    if members is None:
        return [find_instrument(transaction, code).instrument]
    out = [one for one in members if one.loan is not None and one.van is None]
    if not out:
        raise Refused("NOTHING_TO_LOAD", code=code)
    return out


def _aboard(transaction: Transaction, code: str) -> list[Instrument]:
    members = set_members(transaction, code)
    found = [find_instrument(transaction, code).instrument] if members is None else members
    aboard = [one for one in found if one.van is not None]
    if not aboard:
        raise Refused("NOT_ON_VAN", code=code)
    return aboard
