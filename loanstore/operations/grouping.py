"""Class sets: making them of named instruments, topping up, taking out, swapping a broken one, dissolving."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from loanstore.domain import class_sets, codes
from loanstore.domain.class_sets import Standing
from loanstore.domain.errors import Refused, WrongUsage
from loanstore.domain.facts import Draft, FactKind
from loanstore.domain.loans import GONE, Ending, Status
from loanstore.operations import agreeing, cataloguing, moving
from loanstore.operations.desk import Changed, Done
from loanstore.operations.lending import find_instrument
from loanstore.storage import aggregates, journal, set_lookups

if TYPE_CHECKING:
    from collections.abc import Sequence

    from loanstore.domain.borrowers import Borrower
    from loanstore.domain.class_sets import ClassSet, Member
    from loanstore.domain.gestures import Gesture
    from loanstore.domain.loans import Instrument
    from loanstore.operations.desk import Desk
    from loanstore.storage.transaction import Transaction

REGROUPED = frozenset({Changed.SETS, Changed.INSTRUMENTS})
LENT_OUT = frozenset({Changed.SETS, Changed.INSTRUMENTS, Changed.LOANS})
Change = tuple["Instrument | None", Draft]


@dataclass(frozen=True, slots=True)
class Grouped:
    """A set as a gesture leaves it, with all its members."""

    made: ClassSet
    members: tuple[Member, ...]


@dataclass(frozen=True, slots=True)
class Swapped:
    """What took whose place in a set, and under which number.

    ``borrower`` has the new one now, on ``agreement``, where the broken one was out with the set.
    """

    made: ClassSet
    position: int
    broken: Instrument
    new: Instrument
    borrower: Borrower | None = None
    agreement: str | None = None


def find_set(transaction: Transaction, code: str) -> ClassSet:
    """Find a set by its code; raises Refused where none carries it, or where it was dissolved."""
    found = set_lookups.by_form(transaction, codes.normalise(code))
    if found is None:
        raise Refused("NO_SET", value=code)
    if found.dissolved is not None:
        raise Refused("SET_DISSOLVED", set=found.name)
    return found


def make(desk: Desk, name: str, instrument_codes: Sequence[str] = ()) -> Done[Grouped]:
    """Make a set of instruments, in the order they are named, with a code of its own."""
    called = _name(name)
    with desk.gesturing() as (transaction, gesture):
        identity, code = desk.new_id(), cataloguing.next_code(desk, transaction)
        body = {"code": code, "name": called, "codes": [[codes.normalise(code), code, "main"]]}
        made = _write(transaction, gesture, Draft(FactKind.SET_MADE, identity, body))
        _join(transaction, gesture, made, _free(transaction, instrument_codes, made))
        return Done(Grouped(made, set_lookups.members(transaction, identity)), REGROUPED)


def rename(desk: Desk, code: str, name: str) -> Done[ClassSet]:
    """Call a set something else."""
    called = _name(name)
    with desk.gesturing() as (transaction, gesture):
        found = find_set(transaction, code)
        draft = Draft(FactKind.SET_CHANGED, found.id, {"name": called})
        return Done(_write(transaction, gesture, draft), frozenset({Changed.SETS}))


def dissolve(desk: Desk, code: str) -> Done[ClassSet]:
    """Let every instrument of a set stand for itself again; refused while any is out with it."""
    with desk.gesturing() as (transaction, gesture):
        found = find_set(transaction, code)
        members = set_lookups.members(transaction, found.id)
        out = class_sets.tally(members).missing
        if out:
            raise Refused("SET_IS_OUT", set=found.name, n=len(out))
        moving.record(transaction, gesture, [_leaves(member, found) for member in members])
        gone = _write(transaction, gesture, Draft(FactKind.SET_CHANGED, found.id, {"dissolved": True}))
        return Done(gone, REGROUPED)


def add(desk: Desk, code: str, instrument_codes: Sequence[str]) -> Done[Grouped]:
    """Top a set up: the instruments join behind its last; refused where one is in a set already."""
    with desk.gesturing() as (transaction, gesture):
        found = find_set(transaction, code)
        _join(transaction, gesture, found, _free(transaction, instrument_codes, found))
        return Done(Grouped(found, set_lookups.members(transaction, found.id)), REGROUPED)


def remove(desk: Desk, code: str, instrument_codes: Sequence[str]) -> Done[Grouped]:
    """Take instruments out of a set; the others keep their numbers, and a loan goes on by itself."""
    with desk.gesturing() as (transaction, gesture):
        found = find_set(transaction, code)
        leaving = members_named(transaction, found, instrument_codes)
        moving.record(transaction, gesture, [_leaves(member, found) for member in leaving])
        return Done(Grouped(found, set_lookups.members(transaction, found.id)), REGROUPED)


def swap(desk: Desk, code: str, broken_code: str, new_code: str) -> Done[Swapped]:
    """Put another instrument in the place of a broken one, under the same number.

    A broken one that is out with the set comes back and needs attention; the new one goes to the same borrower
    and pupil, due on the same day. A broken one that is here needs attention from now on.
    """
    with desk.gesturing() as (transaction, gesture):
        found = find_set(transaction, code)
        (old,) = members_named(transaction, found, [broken_code])
        (new,) = _free(transaction, [new_code], found)
        out = old.standing is Standing.OUT
        if out and new.status is not Status.IN_STORE:
            raise Refused("NOT_LENDABLE", code=new.code, status=new.status.value)
        changes = [*_set_apart(old), _leaves(old, found), _joins(new, found, old.position)]
        if out:
            changes.append((new, _in_its_stead(old, new, found)))
        written = moving.record(transaction, gesture, changes)
        after = {instrument.id: instrument for _fact, instrument in written}
        agreement = None
        if out and old.holder is not None:
            prefix = desk.known_rules(transaction).prefix
            loan = written[-1][0].id
            agreement = agreeing.make_agreement(transaction, gesture, prefix, old.holder.id, [loan]).code
        swapped = Swapped(found, old.position, after[old.instrument.id], after[new.id])
        return Done(replace(swapped, borrower=old.holder if out else None, agreement=agreement), LENT_OUT)


def members_named(transaction: Transaction, found: ClassSet, instrument_codes: Sequence[str]) -> tuple[Member, ...]:
    """Give the members that are named by code, each once, in that order; raises Refused for anything else."""
    members = {member.instrument.id: member for member in set_lookups.members(transaction, found.id)}
    named = {}
    for code in instrument_codes:
        instrument = find_instrument(transaction, code).instrument
        if instrument.id not in members:
            raise Refused("NOT_IN_SET", code=instrument.code, set=found.name)
        named[instrument.id] = members[instrument.id]
    return tuple(named.values())


def _in_its_stead(old: Member, new: Instrument, found: ClassSet) -> Draft:
    loan, holder = old.instrument.loan, old.holder
    if loan is None or holder is None:
        raise Refused("NOT_ON_LOAN", code=old.instrument.code, status=old.instrument.status.value)
    draft = moving.lent_with(found.id, new, holder.id, date.fromisoformat(loan.due))
    kept = {"player": loan.player, "custodian": loan.custodian}
    return replace(draft, body={**draft.body, **{name: said for name, said in kept.items() if said is not None}})


def _set_apart(old: Member) -> list[Change]:
    """See that a broken one is not lent again before somebody has looked at it."""
    thing = old.instrument
    if old.standing is Standing.OUT:
        draft = moving.returned(thing, Ending.RETURNED)
        return [(thing, replace(draft, body={**draft.body, "attention": True}))]
    if thing.loan is not None or thing.status not in {Status.IN_STORE, Status.SET_ASIDE}:
        return []
    body = {"attention": True, "missing": list(thing.lacking.missing), "damaged": list(thing.lacking.damaged)}
    return [(thing, Draft(FactKind.CHECKED, thing.id, body))]


def _write(transaction: Transaction, gesture: Gesture, draft: Draft) -> ClassSet:
    journal.append(transaction, gesture, [draft])
    made: ClassSet = aggregates.refold(transaction, aggregates.named("set"), draft.subject or "")
    return made


def _free(transaction: Transaction, instrument_codes: Sequence[str], found: ClassSet) -> list[Instrument]:
    """Find instruments that may join: in no set, and not gone."""
    named: dict[str, Instrument] = {}
    for code in instrument_codes:
        instrument = find_instrument(transaction, code).instrument
        named[instrument.id] = instrument
        if instrument.class_set is not None:
            other = set_lookups.by_id(transaction, instrument.class_set)
            raise Refused("IN_A_SET", code=instrument.code, set=other.name if other is not None else found.name)
        if instrument.status in GONE:
            raise Refused("NOT_FOR_A_SET", code=instrument.code, status=instrument.status.value)
    return list(named.values())


def _join(transaction: Transaction, gesture: Gesture, found: ClassSet, joining: Sequence[Instrument]) -> None:
    first = class_sets.next_position(set_lookups.members(transaction, found.id))
    changes = [_joins(instrument, found, position) for position, instrument in enumerate(joining, first)]
    if changes:
        moving.record(transaction, gesture, changes)


def _joins(instrument: Instrument, found: ClassSet, position: int) -> Change:
    return instrument, Draft(FactKind.JOINED_SET, instrument.id, {"set": found.id, "position": position})


def _leaves(member: Member, found: ClassSet) -> Change:
    return member.instrument, Draft(FactKind.LEFT_SET, member.instrument.id, {"set": found.id})


def _name(text: str) -> str:
    name = " ".join(text.split())
    if not name:
        raise WrongUsage("NEED_FIELD", field="name")
    return name
