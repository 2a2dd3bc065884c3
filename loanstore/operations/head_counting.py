"""Head-counts that a school gives of the pupils behind its loans: numbers without names, estimates marked."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from loanstore.domain.arrivals import HEADS, HeadCount
from loanstore.domain.borrowers import Borrower, BorrowerKind
from loanstore.domain.errors import Refused
from loanstore.domain.facts import Draft, FactKind
from loanstore.operations.desk import Changed, Done
from loanstore.operations.lending import find_borrower
from loanstore.storage import aggregates, journal, lookups, people

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from loanstore.operations.desk import Desk

MOST_HEADS = 100_000


@dataclass(frozen=True, slots=True)
class Given:
    """What a borrower has given, the latest first."""

    borrower: Borrower
    counts: tuple[HeadCount, ...]


def give(
    desk: Desk, borrower_code: str, heads: Mapping[str, int], *, on: date | None = None, estimated: bool = False
) -> Done[HeadCount]:
    """Note what a school or an ensemble counts on a day; given again for the same day, it corrects what was given.

    Raises Refused where nothing is counted, a part is more than the whole, or the borrower is one person.
    """
    day = on or desk.today()
    if day > desk.today():
        raise Refused("IN_THE_FUTURE", date=day.isoformat())
    _require_sense(heads)
    with desk.gesturing() as (transaction, gesture):
        borrower = find_borrower(transaction, borrower_code)
        if borrower.kind is BorrowerKind.HIRER:
            raise Refused("ONE_PERSON", name=borrower.label)
        before = [one for one in people.head_counts(transaction, borrower.id) if one.given == day.isoformat()]
        identity = before[-1].id if before else gesture.new_id()
        body: dict[str, object] = {
            "borrower": borrower.id,
            "given": day.isoformat(),
            "heads": dict(heads),
            "estimated": estimated,
        }
        journal.append(transaction, gesture, [Draft(FactKind.HEADS_COUNTED, identity, body)])
        counted: HeadCount = aggregates.refold(transaction, aggregates.named("head_count"), identity)
        return Done(counted, frozenset({Changed.BORROWERS}))


def _require_sense(heads: Mapping[str, int]) -> None:
    if not heads:
        raise Refused("NO_HEADS", known=", ".join(HEADS))
    for name, number in heads.items():
        if name not in HEADS or not 0 <= number <= MOST_HEADS:
            raise Refused("BAD_HEADS", field=name, value=number)
    pupils = heads.get("pupils")
    more = [name for name, number in heads.items() if pupils is not None and number > pupils]
    if more:
        raise Refused("MORE_THAN_ALL", field=more[0], value=heads[more[0]], pupils=pupils)


def given(desk: Desk, borrower_code: str) -> Given:
    """Give what a borrower has counted so far, the latest first."""
    with desk.store.reading() as transaction:
        borrower = find_borrower(transaction, borrower_code)
        return Given(borrower, tuple(people.head_counts(transaction, borrower.id)[::-1]))


def none_given(desk: Desk) -> tuple[Borrower, ...]:
    """Give the schools that have something on loan and have not given any head-count, by name."""
    with desk.store.reading() as transaction:
        found = [lookups.borrower(transaction, one) for one in people.without_head_count(transaction)]
        return tuple(borrower for borrower in found if borrower is not None)
