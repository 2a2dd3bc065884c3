"""Van runs: ordered stops, what is loaded for each, and the docket signed there."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, cast

from loanstore.domain.facts import FactKind
from loanstore.domain.keeping import code_rows
from loanstore.domain.loans import CodeUse, in_order
from loanstore.domain.merging import staying

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from loanstore.domain.facts import Fact


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
