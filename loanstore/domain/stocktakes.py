"""Stocktakes: what should be at a place, what was seen there, and what was not."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING, Final, cast

from loanstore.domain.facts import FactKind
from loanstore.domain.loans import GONE, Status, in_order

if TYPE_CHECKING:
    from collections.abc import Iterable

    from loanstore.domain.facts import Fact
    from loanstore.domain.loans import Instrument, Mark

STANDING: Final = frozenset({Status.IN_STORE, Status.SET_ASIDE, Status.NEEDS_ATTENTION})
"""An instrument of one of these states is at its place, and must be seen there."""


class Finding(StrEnum):
    """What a scan during a stocktake found."""

    EXPECTED = "expected"
    MISPLACED = "misplaced"
    ON_LOAN = "here though on loan"
    TURNED_UP = "turned up"


@dataclass(frozen=True, slots=True)
class Stocktake:
    """A stocktake of one place, or of all where ``place`` is None; ``missed`` is what was set missing at its end."""

    id: str
    begun: str
    place: str | None = None
    closed: str | None = None
    missed: tuple[str, ...] = ()


def fold_stocktake(identity: str, facts: Iterable[Fact]) -> Stocktake | None:
    """Fold all standing facts about one stocktake; None where nothing ever began it."""
    state: Stocktake | None = None
    for _place, fact in in_order(facts):
        if fact.kind is FactKind.STOCKTAKE_BEGUN:
            place = fact.body.get("place")
            state = Stocktake(identity, fact.happened, str(place) if place is not None else None)
        elif fact.kind is FactKind.STOCKTAKE_CLOSED and state is not None:
            missed = tuple(cast("list[str]", fact.body.get("missed", [])))
            state = replace(state, closed=fact.happened, missed=missed)
    return state


def finding(instrument: Instrument, stocktake: Stocktake) -> Finding:
    """Tell what it means that an instrument is here while stock is taken."""
    if instrument.loan is not None:
        return Finding.ON_LOAN
    if instrument.status in GONE:
        return Finding.TURNED_UP
    if stocktake.place is not None and instrument.fields.get("location") != stocktake.place:
        return Finding.MISPLACED
    return Finding.EXPECTED


_TELLING: Final = {
    one.value: told
    for told, one in enumerate((Finding.EXPECTED, Finding.MISPLACED, Finding.TURNED_UP, Finding.ON_LOAN), 1)
}
"""How much a finding says."""


def lasting(earlier: Mark, later: Mark) -> Mark:
    """Give the one of two marks that a stocktake keeps of a thing scanned again.

    What the first scan put right looks right to the second: that it was misplaced or turned up stays told.
    """
    return later if _TELLING.get(later.finding, 0) >= _TELLING.get(earlier.finding, 0) else earlier
