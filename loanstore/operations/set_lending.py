"""Lending a class set as one: out to a borrower, on to another school, and back one by one or as counted."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from loanstore.domain import class_sets
from loanstore.domain.class_sets import Standing
from loanstore.domain.errors import Refused
from loanstore.domain.loans import Ending, Status
from loanstore.operations import agreeing, counting_down, grouping, moving
from loanstore.operations.desk import Changed, Done
from loanstore.operations.grouping import LENT_OUT, find_set, members_named
from loanstore.operations.lending import find_borrower, require_ahead, require_within_limit
from loanstore.storage import set_lookups

if TYPE_CHECKING:
    from collections.abc import Sequence

    from loanstore.domain.borrowers import Borrower
    from loanstore.domain.class_sets import ClassSet, Member, Tally
    from loanstore.domain.facts import Draft
    from loanstore.domain.gestures import Gesture
    from loanstore.domain.loans import Instrument
    from loanstore.operations.desk import Desk
    from loanstore.storage.transaction import Transaction


@dataclass(frozen=True, slots=True)
class SetLent:
    """A set handed over as one: its members that went, their loans, and the members that did not go.

    ``due`` is the earliest day any of it is due.
    """

    made: ClassSet
    borrower: Borrower
    members: tuple[Member, ...]
    loans: tuple[str, ...]
    left: tuple[Member, ...]
    due: date
    agreement: str


@dataclass(frozen=True, slots=True)
class SetBack:
    """What came back of a set: the members and the loans that ended, and how far the whole is."""

    made: ClassSet
    members: tuple[Member, ...]
    loans: tuple[str, ...]
    tally: Tally


def lend(desk: Desk, code: str, borrower_code: str, due: date | None = None) -> Done[SetLent]:
    """Lend all of a set that is in store, under one agreement; what is not in store stays and is named."""
    require_ahead(desk, due)
    with desk.gesturing() as (transaction, gesture):
        rules = desk.rules(transaction)
        found, borrower = find_set(transaction, code), find_borrower(transaction, borrower_code)
        members = set_lookups.members(transaction, found.id)
        going = [member for member in members if member.instrument.status is Status.IN_STORE]
        if not going:
            raise Refused("SET_NOT_IN", set=found.name)
        require_within_limit(transaction, borrower, len(going), rules.policy.limit(borrower.kind))
        until = due or rules.policy.due(borrower.kind, desk.today(), rules.terms).day
        drafts = [(one.instrument, moving.lent_with(found.id, one.instrument, borrower.id, until)) for one in going]
        counted = counting_down.counted(transaction, borrower.id, drafts)
        changes: list[grouping.Change] = [(thing, out) for (thing, _draft), out in zip(drafts, counted, strict=True)]
        loans = tuple(fact.id for fact, _after in moving.record(transaction, gesture, changes))
        asked = counting_down.close_met(transaction, gesture, counted)
        agreed = agreeing.make_agreement(transaction, gesture, rules.prefix, borrower.id, loans)
        gone = {member.instrument.id for member in going}
        left = tuple(member for member in members if member.instrument.id not in gone)
        lent = SetLent(found, borrower, tuple(going), loans, left, until, agreed.code)
        return Done(lent, LENT_OUT | {Changed.REQUESTS} if asked else LENT_OUT)


def move(desk: Desk, code: str, borrower_code: str, due: date | None = None) -> Done[SetLent]:
    """Pass what is out of a set on to another borrower without its touching the store, under one agreement.

    Every loan of the set ends and a new one begins, due when it was due or on ``due``. Nobody here has seen it.
    """
    require_ahead(desk, due)
    with desk.gesturing() as (transaction, gesture):
        rules = desk.rules(transaction)
        found, borrower = find_set(transaction, code), find_borrower(transaction, borrower_code)
        members = set_lookups.members(transaction, found.id)
        going = [one for one in members if one.standing is Standing.OUT and not _has(one, borrower)]
        if not going:
            raise Refused("SET_NOTHING_TO_MOVE", set=found.name, borrower=borrower.label)
        dues = [due or _due(one) for one in going]
        require_ahead(desk, min(dues))
        require_within_limit(transaction, borrower, len(going), rules.policy.limit(borrower.kind))
        loans = _pass_on(transaction, gesture, found, borrower, list(zip(going, dues, strict=True)))
        agreed = agreeing.make_agreement(transaction, gesture, rules.prefix, borrower.id, loans)
        gone = {member.instrument.id for member in going}
        left = tuple(one for one in members if one.instrument.id not in gone and not _has(one, borrower))
        return Done(SetLent(found, borrower, tuple(going), loans, left, min(dues), agreed.code), LENT_OUT)


def _pass_on(
    transaction: Transaction,
    gesture: Gesture,
    found: ClassSet,
    borrower: Borrower,
    going: Sequence[tuple[Member, date]],
) -> tuple[str, ...]:
    changes: list[tuple[Instrument | None, Draft]] = []
    for member, until in going:
        thing = member.instrument
        out = moving.lent_with(found.id, thing, borrower.id, until)
        changes.append((thing, moving.back_unseen(thing, Ending.TAKEN)))
        changes.append((thing, replace(out, body={**out.body, "unseen": True})))
    written = moving.record(transaction, gesture, changes)
    return tuple(fact.id for fact, _after in written[1::2])


def bring_back(desk: Desk, code: str, instrument_codes: Sequence[str]) -> Done[SetBack]:
    """Bring members of a set back one by one, and count how far the whole is; all that are named, or none."""
    with desk.gesturing() as (transaction, gesture):
        found = find_set(transaction, code)
        coming = members_named(transaction, found, instrument_codes)
        for member in coming:
            if member.instrument.loan is None:
                raise Refused("NOT_ON_LOAN", code=member.instrument.code, status=member.instrument.status.value)
        drafts = [moving.returned(member.instrument, Ending.RETURNED) for member in coming]
        return Done(_back(transaction, gesture, found, coming, drafts), LENT_OUT)


def bring_all_back(desk: Desk, code: str) -> Done[SetBack]:
    """Bring everything back that is out with a set, as counted and not scanned: nobody saw each of them."""
    with desk.gesturing() as (transaction, gesture):
        found = find_set(transaction, code)
        coming = class_sets.tally(set_lookups.members(transaction, found.id)).missing
        if not coming:
            raise Refused("SET_NOT_OUT", set=found.name)
        drafts = [moving.back_unseen(member.instrument, Ending.COUNTED) for member in coming]
        return Done(_back(transaction, gesture, found, coming, drafts), LENT_OUT)


def _back(
    transaction: Transaction, gesture: Gesture, found: ClassSet, coming: Sequence[Member], drafts: Sequence[Draft]
) -> SetBack:
    loans = tuple(member.instrument.loan.id for member in coming if member.instrument.loan is not None)
    changes: list[grouping.Change] = [(one.instrument, draft) for one, draft in zip(coming, drafts, strict=True)]
    moving.record(transaction, gesture, changes)
    return SetBack(found, tuple(coming), loans, class_sets.tally(set_lookups.members(transaction, found.id)))


def _has(member: Member, borrower: Borrower) -> bool:
    return member.holder is not None and member.holder.id == borrower.id


def _due(member: Member) -> date:
    loan = member.instrument.loan
    if loan is None:
        raise Refused("NOT_ON_LOAN", code=member.instrument.code, status=member.instrument.status.value)
    return date.fromisoformat(loan.due)
