"""Blank labels of ours: numbers printed before anybody knows what they will be stuck on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from loanstore.domain.facts import FactKind
from loanstore.domain.loans import in_order

if TYPE_CHECKING:
    from collections.abc import Iterable

    from loanstore.domain.facts import Fact


@dataclass(frozen=True, slots=True)
class Blanks:
    """A run of numbers printed as blank labels: the first and how many."""

    id: str
    first: int
    count: int


def fold_blanks(identity: str, facts: Iterable[Fact]) -> Blanks | None:
    """Fold the fact that made blank labels; None where it was undone."""
    for _place, fact in in_order(facts):
        if fact.kind is FactKind.BLANKS_MADE:
            return Blanks(identity, int(str(fact.body["first"])), int(str(fact.body["count"])))
    return None
