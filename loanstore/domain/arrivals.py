"""Crates that have arrived uncounted, and the head-counts a school gives."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final, cast

from loanstore.domain.facts import FactKind
from loanstore.domain.loans import in_order
from loanstore.domain.merging import staying

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from loanstore.domain.facts import Fact

HEADS: Final = ("pupils", "fsm_or_pp", "send", "looked_after", "ks1", "ks2", "ks3", "ks4", "ks5")
"""What a school may count: numbers without names. ``ks1`` to ``ks5`` are the key stages."""


@dataclass(frozen=True, slots=True)
class Crates:
    """So many crates of a borrower's that came on ``arrived`` (ISO day); reminders pause until ``counted`` (UTC)."""

    id: str
    borrower: str
    arrived: str
    crates: int
    counted: str | None = None


@dataclass(frozen=True, slots=True)
class HeadCount:
    """What a school says of the pupils behind its loans on a day; ``estimated`` where it said so."""

    id: str
    borrower: str
    given: str
    heads: Mapping[str, int] = field(default_factory=dict)
    estimated: bool = False


def fold_crates(identity: str, facts: Iterable[Fact]) -> Crates | None:
    """Fold all standing facts about one arrival of crates; None where none came."""
    state: Crates | None = None
    for _place, fact in in_order(facts):
        body = fact.body
        if fact.kind is FactKind.CRATES_ARRIVED:
            state = Crates(identity, str(body["borrower"]), str(body["arrived"]), int(str(body["crates"])))
        elif fact.kind is FactKind.CRATES_COUNTED and state is not None:
            state = replace(state, counted=fact.happened)
        elif fact.kind is FactKind.REASSIGNED and state is not None:
            state = replace(state, borrower=staying(state.borrower, fact))
    return state


def fold_head_count(identity: str, facts: Iterable[Fact]) -> HeadCount | None:
    """Fold all standing facts about one head-count, the last correction holding; None where none was given."""
    state: HeadCount | None = None
    for _place, fact in in_order(facts):
        body = fact.body
        if fact.kind is FactKind.HEADS_COUNTED:
            heads = {name: int(number) for name, number in cast("Mapping[str, int]", body["heads"]).items()}
            state = HeadCount(identity, str(body["borrower"]), str(body["given"]), heads, bool(body.get("estimated")))
        elif fact.kind is FactKind.REASSIGNED and state is not None:
            state = replace(state, borrower=staying(state.borrower, fact))
    return state


def paused(borrower: str, crates: Iterable[Crates]) -> bool:
    """Tell whether reminders to a borrower pause: crates of theirs stand here that nobody has counted yet."""
    return any(one.borrower == borrower and one.counted is None for one in crates)


def oldest_uncounted(borrower: str, crates: Iterable[Crates]) -> Crates | None:
    """Give the first arrival of a borrower's crates that nobody has counted yet; None where all are."""
    waiting = [one for one in crates if one.borrower == borrower and one.counted is None]
    return min(waiting, key=lambda one: (one.arrived, one.id), default=None)
