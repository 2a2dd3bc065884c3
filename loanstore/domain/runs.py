"""Van runs: ordered stops, what may be loaded for each, and the docket signed there."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING, Final, cast

from loanstore.domain.facts import FactKind
from loanstore.domain.keeping import code_rows
from loanstore.domain.loans import GONE, CodeUse, Status, in_order
from loanstore.domain.merging import staying

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from loanstore.domain.facts import Fact
    from loanstore.domain.loans import Instrument
    from loanstore.domain.requests import Request

UNLOADABLE: Final = GONE | {Status.IN_REPAIR, Status.NEEDS_ATTENTION, Status.IN_PACK}
"""What stands so goes on no van, whoever wants it."""

OVERRULABLE: Final = frozenset(
    {
        "LENT_ELSEWHERE",
        "ASIDE_ELSEWHERE",
        "KEPT_ASIDE",
        "LOADED_ELSEWHERE",
        "BOUND_FOR_STORE",
        "ORDERED_ELSEWHERE",
        "NOT_THEIRS",
    }
)
"""The refusals that a person may overrule at the van: they warn, they do not forbid."""


class Progress(StrEnum):
    """How far a run is."""

    PLANNED = "planned"
    LOADED = "loaded"
    UNDER_WAY = "part delivered"
    DELIVERED = "delivered"
    CANCELLED = "cancelled"


class Loading(StrEnum):
    """What loading a thing for a stop would be."""

    RIGHT = "right stop"
    ALREADY = "on the van for this stop"
    WRONG = "wrong stop"
    NOT_LOADABLE = "not loadable"


class Claim(StrEnum):
    """What makes a stop the wrong one: how somebody else has a claim on the thing."""

    ON_LOAN = "on loan"
    SET_ASIDE = "set aside"
    ON_VAN = "on the van"
    ORDERED = "ordered"


@dataclass(frozen=True, slots=True)
class LoadVerdict:
    """Whether a thing is right for a stop; if not, what claim there is on it and whose (None: no borrower's)."""

    loading: Loading
    claim: Claim | None = None
    whose: str | None = None


@dataclass(frozen=True, slots=True)
class Stop:
    """One stop of a run: the borrower there. ``signed`` is when (UTC) the docket was, ``signer`` an erasable note."""

    borrower: str
    signed: str | None = None
    signer: str | None = None


@dataclass(frozen=True, slots=True)
class Run:
    """A run of the van: its day (ISO) and its stops in their order. Loading is not delivering."""

    id: str
    code: str
    day: str
    stops: tuple[Stop, ...] = ()
    cancelled: str | None = None
    codes: tuple[CodeUse, ...] = ()

    def stop(self, borrower: str) -> Stop | None:
        """Give the stop at a borrower's; None where the van does not go there."""
        return next((stop for stop in self.stops if stop.borrower == borrower), None)

    def progress(self, aboard: int) -> Progress:
        """Tell how far the run is, where so many things are on its van."""
        signed = sum(stop.signed is not None for stop in self.stops)
        if self.cancelled is not None:
            return Progress.CANCELLED
        if signed == len(self.stops):
            return Progress.DELIVERED
        if signed:
            return Progress.UNDER_WAY
        return Progress.LOADED if aboard else Progress.PLANNED


def fold_run(identity: str, facts: Iterable[Fact]) -> Run | None:
    """Fold all standing facts about one run; None where nothing ever planned it."""
    state: Run | None = None
    for _place, fact in in_order(facts):
        if fact.kind is FactKind.RUN_PLANNED:
            codes = tuple(CodeUse(form, shown, role, identity) for form, shown, role in code_rows(fact.body))
            state = Run(identity, str(fact.body["code"]), str(fact.body["day"]), _stops(fact.body), codes=codes)
        elif state is not None:
            state = _changed(state, fact)
    return state


def _stops(body: Mapping[str, object], before: Run | None = None) -> tuple[Stop, ...]:
    """Read the stops; one that was signed for already keeps its signature."""
    named = cast("list[str]", body["stops"])
    return tuple((before.stop(one) if before is not None else None) or Stop(one) for one in named)


def _changed(state: Run, fact: Fact) -> Run:
    body = fact.body
    if fact.kind is FactKind.RUN_CHANGED:
        if "stops" in body:
            state = replace(state, stops=_stops(body, state))
        state = replace(state, day=str(body.get("day", state.day)))
        return replace(state, cancelled=fact.happened) if body.get("cancelled") else state
    if fact.kind is FactKind.DELIVERED:
        signer = str(body["signer"]) if body.get("signer") is not None else None
        signed = Stop(str(body["borrower"]), fact.happened, signer)
        stops = tuple(signed if stop.borrower == signed.borrower else stop for stop in state.stops)
        return replace(state, stops=stops)
    if fact.kind is FactKind.REASSIGNED:
        return replace(state, stops=tuple(replace(stop, borrower=staying(stop.borrower, fact)) for stop in state.stops))
    return state


def judge_load(run: Run, borrower: str, instrument: Instrument, orders: Sequence[Request] = ()) -> LoadVerdict:
    """Decide whether an instrument belongs on the van for a stop. Pure: the same things seen give the same answer.

    ``orders`` are the open orders of the run's stops: what only another stop has ordered is wrong here.
    """
    if instrument.status in UNLOADABLE:
        return LoadVerdict(Loading.NOT_LOADABLE)
    if instrument.van is not None:
        here = instrument.van == (run.id, borrower)
        return LoadVerdict(Loading.ALREADY) if here else _wrong(Claim.ON_VAN, instrument.van[1])
    if instrument.loan is not None:
        theirs = borrower in {instrument.loan.borrower, instrument.loan.custodian}
        return LoadVerdict(Loading.RIGHT) if theirs else _wrong(Claim.ON_LOAN, instrument.loan.borrower)
    if instrument.aside is not None:
        theirs = instrument.aside.borrower == borrower
        return LoadVerdict(Loading.RIGHT) if theirs else _wrong(Claim.SET_ASIDE, instrument.aside.borrower)
    return _by_orders(run, borrower, instrument, orders)


def _wrong(claim: Claim, whose: str | None) -> LoadVerdict:
    return LoadVerdict(Loading.WRONG, claim, whose or None)


def _by_orders(run: Run, borrower: str, instrument: Instrument, orders: Sequence[Request]) -> LoadVerdict:
    wanting = [order.borrower for order in orders if answers_order(instrument, order)]
    other = next((one for one in wanting if one != borrower and run.stop(one) is not None), None)
    if borrower in wanting or other is None:
        return LoadVerdict(Loading.RIGHT)
    return _wrong(Claim.ORDERED, other)


def answers_order(instrument: Instrument, order: Request) -> bool:
    """Tell whether an instrument is of the type and size that an order asks for."""
    fields = instrument.fields
    if fields.get("type", "").casefold() != order.type.casefold():
        return False
    return not order.size or fields.get("size", "").casefold() == order.size.casefold()


def of_order(
    instrument: Instrument, borrower: str, orders: Sequence[Request], handed: Mapping[str, int]
) -> Request | None:
    """Give the order that an instrument handed to a borrower answers; None where none is open for it.

    ``handed`` counts what each order has been given already; an order that has all it asked for takes no more.
    """
    theirs = [order for order in orders if order.borrower == borrower and answers_order(instrument, order)]
    return next((order for order in theirs if handed.get(order.id, 0) < order.number), None)
