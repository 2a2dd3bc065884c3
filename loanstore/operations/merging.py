"""Putting two records of one school or family together: one goes, one stays, and no history is lost."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from loanstore.domain.errors import Refused
from loanstore.domain.facts import Draft, FactKind
from loanstore.domain.merging import taken_over
from loanstore.operations import moving
from loanstore.operations.desk import Changed, Done
from loanstore.operations.lending import find_borrower
from loanstore.storage import aggregates, folding, journal, lookups, people, registers

if TYPE_CHECKING:
    from collections.abc import Iterable

    from loanstore.domain.borrowers import Borrower
    from loanstore.domain.gestures import Gesture
    from loanstore.domain.loans import Instrument
    from loanstore.operations.desk import Desk
    from loanstore.storage.transaction import Transaction


@dataclass(frozen=True, slots=True)
class Merged:
    """Who stays, under which code the other was known, and how many loans, open and ended, came over."""

    stays: Borrower
    went: str
    loans: int


def merge(desk: Desk, goes_code: str, stays_code: str) -> Done[Merged]:
    """Let one borrower's record turn out to be another's: all in one gesture, undone whole.

    Every loan of the one that goes becomes the other's, and whatever else names it: requests, crates, head-counts,
    runs of the van, what is set aside. Its codes name the one that stays, and so do those of records that were merged
    into it before. The agreements stay as they were signed and are found with the one that stays; what its record
    lacks it takes over. Raises Refused where both codes name one record, or the two are not of one kind.
    """
    with desk.gesturing() as (transaction, gesture):
        goes, stays = find_borrower(transaction, goes_code), find_borrower(transaction, stays_code)
        if goes.id == stays.id:
            raise Refused("SAME_RECORD", first=goes_code, second=stays_code, name=stays.label)
        if goes.kind is not stays.kind:
            raise Refused("TWO_KINDS", first=goes.label, second=stays.label)
        who = [goes.id, stays.id]
        named = people.naming(transaction, goes.id)
        loans = _carry_over(transaction, gesture, named.instruments, who)
        _name_anew(transaction, gesture, named, who)
        _let_go(transaction, gesture, who)
        _take_over(transaction, gesture, who)
        stayed = lookups.borrower(transaction, stays.id) or stays
        return Done(Merged(stayed, goes.code, loans), frozenset(Changed))


def _carry_over(transaction: Transaction, gesture: Gesture, instruments: Iterable[str], who: list[str]) -> int:
    """Let the loans of instruments be the other's; give how many they were."""
    drafts: list[tuple[Instrument | None, Draft]] = []
    count = 0
    for identity in instruments:
        loans = people.loans_on(transaction, identity, who[0])
        count += len(loans)
        body = {"loans": dict.fromkeys(loans, who[1]), "who": who}
        state = folding.instrument_state(transaction, identity)
        drafts.append((state, Draft(FactKind.REASSIGNED, identity, body)))
    if drafts:
        moving.record(transaction, gesture, drafts)
    return count


def _name_anew(transaction: Transaction, gesture: Gesture, named: people.Naming, who: list[str]) -> None:
    beside = {"request": named.requests, "crates": named.crates, "head_count": named.head_counts, "run": named.runs}
    beside |= {"entry": named.entries, "payment": named.payments, "remission": named.remissions}
    drafts = [
        Draft(FactKind.REASSIGNED, one, {"who": who}) for ids in (named.agreements, *beside.values()) for one in ids
    ]
    if drafts:
        journal.append(transaction, gesture, drafts)
    for agreement in named.agreements:
        folding.refold_agreement(transaction, agreement)
    for kind, ids in beside.items():
        for one in ids:
            aggregates.refold(transaction, aggregates.named(kind), one)


def _let_go(transaction: Transaction, gesture: Gesture, who: list[str]) -> None:
    """Let the record, and those that were merged into it before, be the one that stays."""
    going = [who[0], *people.merged_into(transaction, who[0])]
    journal.append(transaction, gesture, [Draft(FactKind.BORROWER_MERGED, one, {"into": who[1]}) for one in going])
    for one in going:
        folding.refold_borrower(transaction, one)


def _take_over(transaction: Transaction, gesture: Gesture, who: list[str]) -> None:
    """Fill what the record that stays lacks with what the other held."""
    goes, stays = (registers.borrower_record(transaction, one) for one in who)
    taken = taken_over(goes, stays)
    if taken:
        journal.append(transaction, gesture, [moving.edited(transaction, gesture, who[1], taken)])
        registers.write_borrower_record(transaction, who[1], taken)
