"""Taking charges back in the gesture that makes them untrue: it came back earlier, was found, or was handed in."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

from loanstore.domain.charges import stale
from loanstore.domain.facts import Draft, FactKind
from loanstore.domain.gestures import read_instant
from loanstore.domain.hires import hires_of
from loanstore.domain.ledger import Why
from loanstore.domain.proposals import cleared
from loanstore.storage import aggregates, journal, ledger_lists
from loanstore.storage.ledger_lists import Reading

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from loanstore.domain.facts import Fact
    from loanstore.domain.gestures import Gesture
    from loanstore.domain.ledger import Entry
    from loanstore.storage.transaction import Transaction

_SETTLING: Final = frozenset({FactKind.RETURNED, FactKind.LOST, FactKind.FOUND, FactKind.RETIRED, FactKind.CHECKED})
"""Facts that may make a charge untrue."""


def settle(transaction: Transaction, gesture: Gesture, facts: Sequence[Fact]) -> None:
    """Take back what these facts make untrue; most instruments were never charged for, and cost one question."""
    touched = dict.fromkeys(fact.subject or "" for fact in facts if fact.kind in _SETTLING)
    for instrument in touched:
        if ledger_lists.has_standing(transaction, instrument):
            for borrower in ledger_lists.charged_for(transaction, instrument):
                take_back(transaction, gesture, _untrue(transaction, gesture, borrower))


def _untrue(transaction: Transaction, gesture: Gesture, borrower: str) -> list[tuple[Entry, Why]]:
    offset = timedelta(minutes=gesture.offset)

    def day_of(text: str) -> date | None:
        return (read_instant(text) + offset).date() if text else None

    # Which band something is of has no say in what is taken back.
    loans = ledger_lists.loans_of(transaction, borrower, Reading(day_of, lambda _type: ""))
    entries = ledger_lists.entries_of(transaction, borrower)
    hires = hires_of(loans, ledger_lists.prices(transaction))
    never = [(entry, Why.NOT_REACHED) for hire in hires for entry in stale(hire, entries)]
    return [*never, *cleared(loans, entries)]


def take_back(transaction: Transaction, gesture: Gesture, entries: Sequence[tuple[Entry, Why]]) -> list[Entry]:
    """Write that entries are reversed, as part of a gesture, and give them as they are then."""
    day = (read_instant(gesture.at) + timedelta(minutes=gesture.offset)).date().isoformat()
    drafts = [Draft(FactKind.ENTRY_REVERSED, entry.id, {"why": why.value, "day": day}) for entry, why in entries]
    if drafts:
        journal.append(transaction, gesture, drafts)
    return [aggregates.refold(transaction, aggregates.named("entry"), entry.id) for entry, _why in entries]
