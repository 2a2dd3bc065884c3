"""Charges that a person decides on: proposals from the checklist confirmed or let be, and charges reversed by hand."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from loanstore.domain.errors import Refused
from loanstore.domain.facts import Draft, FactKind
from loanstore.domain.ledger import Entry, Why
from loanstore.domain.proposals import entry_of, propose
from loanstore.domain.tariffs import MOST_PENCE
from loanstore.operations import charging, settling
from loanstore.operations.desk import Changed, Done
from loanstore.storage import aggregates, journal, ledger_lists

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from loanstore.domain.gestures import Gesture
    from loanstore.domain.ledger import Payment
    from loanstore.domain.proposals import Proposal
    from loanstore.operations.desk import Desk
    from loanstore.storage.transaction import Transaction

CHANGED = frozenset({Changed.CHARGES})


@dataclass(frozen=True, slots=True)
class Proposed:
    """A proposal with whose it is: code and name."""

    proposal: Proposal
    borrower: str
    name: str


def require_may_post(desk: Desk, transaction: Transaction, gesture: Gesture) -> None:
    """Raise Refused MAY_NOT_POST where the store names who may, and whoever works here is not among them."""
    posters = desk.rules(transaction).charging.posters
    if posters and gesture.staff not in posters:
        raise Refused("MAY_NOT_POST", staff=desk.staff or "")


def proposals(desk: Desk) -> tuple[Proposed, ...]:
    """Give what may be charged for what is missing, damaged or lost, the latest first."""
    with desk.store.reading() as transaction:
        found = _proposals(desk, transaction)
        names = ledger_lists.names_of(transaction, dict.fromkeys(one.borrower for one in found))
    ordered = sorted(found, key=lambda one: (one.day, one.id), reverse=True)
    return tuple(Proposed(one, *names.get(one.borrower, ("", ""))) for one in ordered)


def _proposals(desk: Desk, transaction: Transaction) -> list[Proposal]:
    how = charging.reading(desk)
    found = []
    for borrower in ledger_lists.with_proposals(transaction):
        loans = ledger_lists.loans_of(transaction, borrower, how)
        found += propose(loans, ledger_lists.entries_of(transaction, borrower))
    return found


def confirm(desk: Desk, identity: str, amount: int | None = None) -> Done[Entry]:
    """Charge what is proposed, for ``amount`` pence, or what is proposed where nothing else is said.

    Raises Refused: NO_PROPOSAL, AMOUNT_NEEDED where nobody knows what it costs, BAD_AMOUNT, MAY_NOT_POST.
    """
    with desk.gesturing() as (transaction, gesture):
        require_may_post(desk, transaction, gesture)
        proposal = _find(desk, transaction, identity)
        pence = amount if amount is not None else proposal.amount
        if pence is None:
            raise Refused("AMOUNT_NEEDED", what=proposal.what, part=proposal.part or proposal.kind)
        if not 0 < pence <= MOST_PENCE:
            raise Refused("BAD_AMOUNT", value=pence)
        return Done(_post(desk, transaction, gesture, entry_of(proposal, pence)), CHANGED)


def let_all_be(desk: Desk, identities: Sequence[str]) -> Done[int]:
    """Decide that proposals are not charged: they are not proposed again. Raises Refused NO_PROPOSAL, MAY_NOT_POST."""
    with desk.gesturing() as (transaction, gesture):
        require_may_post(desk, transaction, gesture)
        there = {one.id: one for one in _proposals(desk, transaction)}
        for identity in identities:
            _post(desk, transaction, gesture, entry_of(_known(there, identity), 0))
        return Done(len(identities), CHANGED)


def _find(desk: Desk, transaction: Transaction, identity: str) -> Proposal:
    return _known({one.id: one for one in _proposals(desk, transaction)}, identity)


def _known(there: Mapping[str, Proposal], identity: str) -> Proposal:
    if identity not in there:
        raise Refused("NO_PROPOSAL", value=identity)
    return there[identity]


def _post(desk: Desk, transaction: Transaction, gesture: Gesture, entry: Entry) -> Entry:
    charging.post(transaction, gesture, desk.today(), [entry])
    return replace(entry, day=desk.today().isoformat())


def reverse(desk: Desk, identity: str) -> Done[Entry | Payment]:
    """Take back a charge or a payment by a reversing entry; a charge taken back so is not posted again.

    Raises Refused NO_ENTRY where there is no such charge or payment, ALREADY_REVERSED, MAY_NOT_POST.
    """
    with desk.gesturing() as (transaction, gesture):
        require_may_post(desk, transaction, gesture)
        entry = aggregates.find(transaction, "entry", identity)
        found = entry or aggregates.find(transaction, "payment", identity)
        if found is None:
            raise Refused("NO_ENTRY", value=identity)
        if not found.stands:
            raise Refused("ALREADY_REVERSED", value=identity, day=found.reversed)
        if entry is not None:
            (gone,) = settling.take_back(transaction, gesture, [(entry, Why.BY_HAND)])
            return Done(gone, CHANGED)
        body = {"why": Why.BY_HAND.value, "day": desk.today().isoformat()}
        journal.append(transaction, gesture, [Draft(FactKind.ENTRY_REVERSED, identity, body)])
        return Done(aggregates.refold(transaction, aggregates.named("payment"), identity), CHANGED)
