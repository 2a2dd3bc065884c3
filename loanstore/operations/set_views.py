"""Looking at class sets: the list of them, and one with its members and where each is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from loanstore.domain import class_sets
from loanstore.operations.grouping import find_set
from loanstore.operations.papers import what
from loanstore.storage import registers, set_lists, set_lookups

if TYPE_CHECKING:
    from loanstore.domain.class_sets import ClassSet, Member, Standing, Tally
    from loanstore.operations.desk import Desk
    from loanstore.storage.lists import Listing
    from loanstore.storage.transaction import Transaction


@dataclass(frozen=True, slots=True)
class MemberLine:
    """One instrument of a set: its number, what it is, where it is and who plays it.

    ``where`` is the borrower's name while it is out, else the repairer or its place; ``due`` an ISO day or None.
    """

    position: int
    id: str
    code: str
    what: str
    serial: str
    standing: Standing
    status: str
    where: str
    borrower: str | None
    player: str
    due: str | None
    loan: str | None


@dataclass(frozen=True, slots=True)
class SetCard:
    """A set with its members in order, and its tally; ``borrowers`` has it, by name."""

    made: ClassSet
    members: tuple[MemberLine, ...]
    tally: Tally

    @property
    def borrowers(self) -> tuple[str, ...]:
        """Name those whom the set is out with."""
        return tuple(dict.fromkeys(line.where for line in self.members if line.standing.value == "out"))

    def count(self, standing: Standing) -> int:
        """Count the members that are in, out or elsewhere."""
        return sum(line.standing is standing for line in self.members)


def list_sets(desk: Desk, find: str = "", limit: int | None = None) -> Listing:
    """List the sets by code."""
    with desk.store.reading() as transaction:
        return set_lists.class_sets(transaction, find, limit)


def show_set(desk: Desk, code: str) -> SetCard:
    """Give a set and where each of its members is; raises Refused where nothing carries the code."""
    with desk.store.reading() as transaction:
        return set_card(transaction, code)


def set_card(transaction: Transaction, code: str) -> SetCard:
    """Give a set and its members, within a transaction."""
    found = find_set(transaction, code)
    members = set_lookups.members(transaction, found.id)
    places = registers.place_names(transaction)
    lines = tuple(_line(transaction, member, places) for member in members)
    return SetCard(found, lines, class_sets.tally(members))


def _line(transaction: Transaction, member: Member, places: dict[str, str]) -> MemberLine:
    thing, loan = member.instrument, member.instrument.loan
    player = registers.note(transaction, loan.player) if loan is not None and loan.player else ""
    stands = thing.repair.repairer if thing.repair is not None else thing.fields.get("location", "")
    place = places.get(stands, "")
    return MemberLine(
        member.position,
        thing.id,
        thing.code,
        what(thing),
        thing.fields.get("serial", ""),
        member.standing,
        thing.status.value,
        member.holder.label if member.holder is not None else place,
        member.holder.code if member.holder is not None else None,
        player,
        loan.due if loan is not None else None,
        loan.id if loan is not None else None,
    )
