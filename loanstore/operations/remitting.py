"""Remissions: granted, checked and ended. The reason is an erasable note, read only where it is asked for."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from loanstore.domain import remissions
from loanstore.domain.errors import Refused
from loanstore.domain.facts import Draft, FactKind
from loanstore.domain.remissions import Reason, Remission
from loanstore.operations.desk import Done
from loanstore.operations.lending import find_borrower
from loanstore.operations.posting import CHANGED, require_may_post
from loanstore.storage import aggregates, journal, ledger_lists, registers

if TYPE_CHECKING:
    from datetime import date

    from loanstore.domain.borrowers import Borrower
    from loanstore.operations.desk import Desk
    from loanstore.storage.transaction import Transaction


@dataclass(frozen=True, slots=True)
class Grant:
    """What is let off and why: so many per cent, or a fixed sum of each period in pence.

    It holds from today to the end of the academic year where nothing else is said. ``seen`` tells that the evidence
    was seen today; without it charges wait some days for it. The evidence itself is kept nowhere.
    """

    reason: Reason
    percent: int | None = None
    fixed: int | None = None
    first: date | None = None
    last: date | None = None
    seen: bool = True


def grant(desk: Desk, borrower_code: str, asked: Grant) -> Done[Remission]:
    """Grant a remission. Raises Refused REMISSION_VALUE, MAY_NOT_POST."""
    with desk.gesturing() as (transaction, gesture):
        require_may_post(desk, transaction, gesture)
        borrower = find_borrower(transaction, borrower_code)
        today = desk.today()
        begins = asked.first or today
        ends = asked.last or desk.rules(transaction).terms.end_of_year(begins).day
        note = gesture.new_id()
        checked = today.isoformat() if asked.seen else None
        made = Remission(
            gesture.new_id(),
            borrower.id,
            asked.percent,
            asked.fixed,
            begins.isoformat(),
            ends.isoformat(),
            today.isoformat(),
            note,
            checked,
        )
        remissions.require_sense(made)
        registers.add_note(transaction, note, asked.reason.value)
        names = ("borrower", "percent", "fixed", "first", "last", "granted", "reason", "checked")
        body = {name: value for name in names if (value := getattr(made, name)) is not None}
        journal.append(transaction, gesture, [Draft(FactKind.REMISSION_GRANTED, made.id, body)])
        return Done(_refolded(transaction, made.id), CHANGED)


def check(desk: Desk, identity: str) -> Done[Remission]:
    """Note that the evidence for a remission was seen today. Raises Refused NO_REMISSION, MAY_NOT_POST."""
    return _note(desk, identity, FactKind.REMISSION_CHECKED, {"checked": desk.today().isoformat()})


def end(desk: Desk, identity: str, on: date | None = None) -> Done[Remission]:
    """End a remission: hire that begins on that day or later is charged whole. Raises Refused as ``check`` does."""
    return _note(desk, identity, FactKind.REMISSION_ENDED, {"ended": (on or desk.today()).isoformat()})


def _note(desk: Desk, identity: str, kind: FactKind, body: dict[str, object]) -> Done[Remission]:
    with desk.gesturing() as (transaction, gesture):
        require_may_post(desk, transaction, gesture)
        if aggregates.find(transaction, "remission", identity) is None:
            raise Refused("NO_REMISSION", value=identity)
        journal.append(transaction, gesture, [Draft(kind, identity, body)])
        return Done(_refolded(transaction, identity), CHANGED)


def _refolded(transaction: Transaction, identity: str) -> Remission:
    made: Remission = aggregates.refold(transaction, aggregates.named("remission"), identity)
    return made


def remissions_of(desk: Desk, borrower_code: str) -> tuple[Borrower, tuple[Remission, ...]]:
    """Give a borrower's remissions, the latest first; without a word of why."""
    with desk.store.reading() as transaction:
        borrower = find_borrower(transaction, borrower_code)
        return borrower, without_reasons(transaction, borrower)


def without_reasons(transaction: Transaction, borrower: Borrower) -> tuple[Remission, ...]:
    """Give a borrower's remissions, the latest first, with nothing that leads to why."""
    return tuple(replace(one, reason="") for one in reversed(ledger_lists.remissions_of(transaction, borrower.id)))


def reason_of(desk: Desk, identity: str) -> str:
    """Give why hire is remitted, for somebody who asked for it on purpose; empty where it was erased."""
    with desk.store.reading() as transaction:
        found = aggregates.find(transaction, "remission", identity)
        if found is None:
            raise Refused("NO_REMISSION", value=identity)
        return registers.note(transaction, found.reason)
