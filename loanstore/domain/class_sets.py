"""Class sets: instruments that go out as one and come back one by one."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from loanstore.domain.facts import FactKind
from loanstore.domain.keeping import code_rows
from loanstore.domain.loans import GONE, CodeUse, Status, in_order

if TYPE_CHECKING:
    from collections.abc import Iterable

    from loanstore.domain.borrowers import Borrower
    from loanstore.domain.facts import Fact
    from loanstore.domain.loans import Instrument

AWAY: Final = GONE | {Status.IN_REPAIR, Status.IN_PACK, Status.ON_VAN}
"""An instrument of one of these states is not where its set stands."""


@dataclass(frozen=True, slots=True)
class ClassSet:
    """A set: its code as shown and what it is called. Which instruments are in it, each of them says itself."""

    id: str
    code: str
    name: str
    dissolved: str | None = None
    codes: tuple[CodeUse, ...] = ()


def fold_class_set(identity: str, facts: Iterable[Fact]) -> ClassSet | None:
    """Fold all standing facts about one set; None where nothing ever made it."""
    state: ClassSet | None = None
    for _place, fact in in_order(facts):
        body = fact.body
        if fact.kind is FactKind.SET_MADE:
            codes = tuple(CodeUse(form, shown, role, identity) for form, shown, role in code_rows(body))
            state = ClassSet(identity, str(body["code"]), str(body["name"]), codes=codes)
        elif fact.kind is FactKind.SET_CHANGED and state is not None:
            state = replace(state, name=str(body.get("name", state.name)))
            if body.get("dissolved"):
                state = replace(state, dissolved=fact.happened)
    return state


class Standing(StrEnum):
    """Where a member is, as its set sees it: here, out with the set, or somewhere else."""

    HERE = "in"
    OUT = "out"
    ELSEWHERE = "elsewhere"


@dataclass(frozen=True, slots=True)
class Member:
    """An instrument of a set: its number in it, from 1 on, and whoever has it on loan.

    Numbers are given in the order of joining and stay; one that is swapped in takes the number of the one before.
    """

    position: int
    instrument: Instrument
    holder: Borrower | None = None

    @property
    def standing(self) -> Standing:
        """Tell where it is. What was lent by itself is elsewhere; so is what is in repair, missing or gone."""
        loan = self.instrument.loan
        if loan is not None:
            with_the_set = loan.class_set is not None and loan.class_set == self.instrument.class_set
            return Standing.OUT if with_the_set else Standing.ELSEWHERE
        return Standing.ELSEWHERE if self.instrument.status in AWAY else Standing.HERE


@dataclass(frozen=True, slots=True)
class Tally:
    """How far a set is back: ``back`` of ``total``, and the members that are still out with it.

    Members that are elsewhere did not go out with the set and are not counted.
    """

    total: int
    back: int
    missing: tuple[Member, ...]

    @property
    def positions(self) -> tuple[int, ...]:
        """Give the numbers of what is missing."""
        return tuple(member.position for member in self.missing)


def tally(members: Iterable[Member]) -> Tally:
    """Count a set: what is here, of all that is here or out with it, and what is missing, by its numbers."""
    standings = [(member, member.standing) for member in members]
    missing = tuple(member for member, standing in standings if standing is Standing.OUT)
    back = sum(1 for _member, standing in standings if standing is Standing.HERE)
    return Tally(back + len(missing), back, missing)


def position_of(identity: str, facts: Iterable[Fact]) -> int:
    """Give the number with which an instrument last joined a set, from its standing facts; 0 where none says one."""
    position = 0
    for _place, fact in in_order(facts):
        if fact.kind is FactKind.JOINED_SET and fact.body["set"] == identity:
            position = int(str(fact.body.get("position", 0)))
    return position


def next_position(members: Iterable[Member]) -> int:
    """Give the number of whoever joins next: behind the last."""
    return max((member.position for member in members), default=0) + 1
