"""Crates that come back faster than anyone can scan: noted the day they arrive, counted when there is time."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Final

from loanstore.domain.arrivals import oldest_uncounted
from loanstore.domain.errors import Refused
from loanstore.domain.facts import Draft, FactKind
from loanstore.operations.desk import Changed, Done
from loanstore.operations.lending import find_borrower
from loanstore.storage import aggregates, journal, lookups, run_lists

if TYPE_CHECKING:
    from loanstore.domain.arrivals import Crates
    from loanstore.operations.desk import Desk
    from loanstore.storage.run_lists import CratesLine
    from loanstore.storage.transaction import Transaction

ARRIVED: Final = frozenset({Changed.RUNS, Changed.BORROWERS})


def crates_arrived(desk: Desk, borrower_code: str, number: int, on: date | None = None) -> Done[Crates]:
    """Note that crates of a borrower's have arrived uncounted, on ``on`` where that was earlier; reminders pause."""
    if number < 1:
        raise Refused("NO_CRATES_SAID")
    if on is not None and on > desk.today():
        raise Refused("NOT_YET", date=on)
    with desk.gesturing() as (transaction, gesture):
        borrower = lookups.borrower(transaction, borrower_code) or find_borrower(transaction, borrower_code)
        arrived = (on or desk.today()).isoformat()
        body = {"borrower": borrower.id, "arrived": arrived, "crates": number}
        draft = Draft(FactKind.CRATES_ARRIVED, desk.new_id(), body)
        journal.append(transaction, gesture, [draft])
        made: Crates = aggregates.refold(transaction, aggregates.named("crates"), draft.subject or "")
        return Done(made, ARRIVED)


def crates_counted(desk: Desk, borrower_code: str) -> Done[tuple[Crates, ...]]:
    """Note that all crates of a borrower's that stood here are counted: reminders go out again."""
    with desk.gesturing() as (transaction, gesture):
        borrower = lookups.borrower(transaction, borrower_code) or find_borrower(transaction, borrower_code)
        waiting = run_lists.uncounted_of(transaction, borrower.id)
        if not waiting:
            raise Refused("NO_CRATES", borrower=borrower.label)
        journal.append(transaction, gesture, [Draft(FactKind.CRATES_COUNTED, one.id) for one in waiting])
        named = aggregates.named("crates")
        counted = tuple(aggregates.refold(transaction, named, one.id) for one in waiting)
        return Done(counted, ARRIVED)


def happened_for(desk: Desk, borrower_id: str) -> date | None:
    """Suggest the day a borrower's things came back: that of the oldest crates not counted yet; None without any."""
    with desk.store.reading() as transaction:
        return day_of_crates(transaction, borrower_id)


def day_of_crates(transaction: Transaction, borrower_id: str) -> date | None:
    """Give the day that the oldest crates of a borrower came which nobody has counted yet; None without any."""
    oldest = oldest_uncounted(borrower_id, run_lists.uncounted_of(transaction, borrower_id))
    return date.fromisoformat(oldest.arrived) if oldest is not None else None


def crates(desk: Desk, *, counted: bool = False) -> tuple[CratesLine, ...]:
    """Give the crates that stand uncounted, the oldest first; with ``counted`` those of the past too."""
    with desk.store.reading() as transaction:
        return run_lists.crates(transaction, counted=counted)
