"""The reasons of TAKE: it lends at once all the same, and why is asked for when there is time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from loanstore.domain.errors import Refused
from loanstore.domain.facts import Draft, FactKind
from loanstore.operations.desk import Changed, Done
from loanstore.storage import aggregates, journal, registers, take_lists

if TYPE_CHECKING:
    from loanstore.domain.takes import Take, TakeLine
    from loanstore.operations.desk import Desk


def takes(desk: Desk, *, past: bool = False) -> tuple[TakeLine, ...]:
    """List what was done with TAKE and has no reason yet, the oldest first; with ``past`` all of it."""
    with desk.store.reading() as transaction:
        return take_lists.takes(transaction, past=past)


def give_reason(desk: Desk, named: str, why: str) -> Done[Take]:
    """Give the reason of a TAKE, named by its id or by a loan it made; a later one takes an earlier one's place.

    Raises Refused NO_REASON for nothing but blanks, NO_TAKE (``value``) where there is no such TAKE.
    """
    text = why.strip()
    if not text:
        raise Refused("NO_REASON")
    with desk.gesturing() as (transaction, gesture):
        identity = take_lists.named(transaction, named.strip())
        if identity is None:
            raise Refused("NO_TAKE", value=named)
        note = desk.new_id()
        registers.add_note(transaction, note, text)
        journal.append(transaction, gesture, [Draft(FactKind.REASON_GIVEN, identity, {"note": note})])
        given: Take = aggregates.refold(transaction, aggregates.named("take"), identity)
        return Done(given, frozenset({Changed.LOANS}))
