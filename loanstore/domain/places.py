"""Places: where things stand when they are not lent, drop-off points such as libraries, and repairers."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from loanstore.domain.facts import FactKind
from loanstore.domain.keeping import code_rows
from loanstore.domain.loans import CodeUse, in_order

if TYPE_CHECKING:
    from collections.abc import Iterable

    from loanstore.domain.facts import Fact


class PlaceKind(StrEnum):
    """What a place is for. Things handed in at a drop-off are still on loan until the store has checked them in."""

    PLACE = "place"
    REPAIRER = "repairer"
    DROP_OFF = "drop-off"


@dataclass(frozen=True, slots=True)
class Place:
    """A place as desks and papers see one; ``code`` is as shown, empty for one that has no label yet."""

    id: str
    code: str
    name: str
    kind: PlaceKind


@dataclass(frozen=True, slots=True)
class PlaceLine:
    """A place in a list, with how many instruments stand there."""

    id: str
    code: str
    name: str
    kind: PlaceKind
    standing: int


@dataclass(frozen=True, slots=True)
class StandingLine:
    """An instrument that stands at a place: ``what`` is its type and size, ``made`` its make and model."""

    id: str
    code: str
    what: str
    made: str
    serial: str
    status: str


@dataclass(frozen=True, slots=True)
class PlaceCode:
    """What the journal knows of a place: its code and what it is for, not what it is called."""

    id: str
    code: str
    kind: str
    codes: tuple[CodeUse, ...] = ()


def fold_place(identity: str, facts: Iterable[Fact]) -> PlaceCode | None:
    """Fold all standing facts about one place; None where it was never given a code."""
    state: PlaceCode | None = None
    for _place, fact in in_order(facts):
        if fact.kind is FactKind.PLACE_ADDED:
            codes = tuple(CodeUse(form, shown, role, identity) for form, shown, role in code_rows(fact.body))
            state = PlaceCode(identity, str(fact.body["code"]), str(fact.body["kind"]), codes)
    return state
