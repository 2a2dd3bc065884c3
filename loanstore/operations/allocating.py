"""Allocating a class set: which pupil plays which instrument. Names are erasable notes, and never in a fact."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from loanstore.domain import class_sets
from loanstore.domain.class_lists import names_in_table
from loanstore.domain.errors import Refused
from loanstore.domain.facts import Draft, FactKind
from loanstore.operations import grouping, moving
from loanstore.operations.desk import Changed, Done
from loanstore.storage import registers, set_lookups

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from loanstore.domain.class_sets import ClassSet, Member
    from loanstore.operations.desk import Desk

ALLOCATED = frozenset({Changed.SETS, Changed.LOANS})


@dataclass(frozen=True, slots=True)
class Allocated:
    """Who plays what: each member with its pupil, the names that are left over, and the members without one."""

    made: ClassSet
    pairs: tuple[tuple[Member, str], ...]
    names_over: tuple[str, ...]
    members_over: tuple[Member, ...]


def read_names(path: Path) -> tuple[str, ...]:
    """Read a class list from a CSV file or a workbook; raises FileUnusable, or Refused where no name is in it."""
    from loanstore.spreadsheets.reading import read_table

    names = names_in_table(read_table(path))
    if not names:
        raise Refused("NO_NAMES")
    return names


def allocate(desk: Desk, code: str, names: Sequence[str], instrument_codes: Sequence[str] = ()) -> Done[Allocated]:
    """Give each name an instrument of a set that is out: in the order of ``instrument_codes``, else of the set.

    What was allocated before is replaced. Raises Refused where nothing is out, or one that is named is not.
    """
    if not names:
        raise Refused("NO_NAMES")
    with desk.gesturing() as (transaction, gesture):
        found = grouping.find_set(transaction, code)
        out = class_sets.tally(set_lookups.members(transaction, found.id)).missing
        if not out:
            raise Refused("SET_NOT_OUT", set=found.name)
        order = grouping.members_named(transaction, found, instrument_codes) or out
        for member in order:
            if member not in out:
                raise Refused("NOT_OUT_WITH_SET", code=member.instrument.code, set=found.name)
        pairs = tuple(zip(order, names, strict=False))
        changes: list[grouping.Change] = []
        for member, name in pairs:
            note = desk.new_id()
            registers.add_note(transaction, note, name)
            changes.append(_played_by(member, note))
        moving.record(transaction, gesture, changes)
        given = {member.instrument.id for member, _name in pairs}
        without = tuple(m for m in out if m.instrument.id not in given and _player(m) is None)
        return Done(Allocated(found, pairs, tuple(names[len(pairs) :]), without), ALLOCATED)


def take_back(desk: Desk, code: str, instrument_codes: Sequence[str] = ()) -> Done[tuple[Member, ...]]:
    """Take names off the instruments of a set: off those named, or off all that have one."""
    with desk.gesturing() as (transaction, gesture):
        found = grouping.find_set(transaction, code)
        members = grouping.members_named(transaction, found, instrument_codes)
        chosen = members if instrument_codes else set_lookups.members(transaction, found.id)
        allocated = tuple(member for member in chosen if _player(member) is not None)
        if not allocated:
            raise Refused("NOBODY_ALLOCATED", set=found.name)
        moving.record(transaction, gesture, [_played_by(member, None) for member in allocated])
        return Done(allocated, ALLOCATED)


def _played_by(member: Member, note: str | None) -> grouping.Change:
    thing = member.instrument
    loan = thing.loan.id if thing.loan is not None else None
    return thing, Draft(FactKind.ALLOCATED, thing.id, {"loan": loan, "player": note})


def _player(member: Member) -> str | None:
    return member.instrument.loan.player if member.instrument.loan is not None else None
