"""What the desk shows beside a hand-over: how a borrower stands, what would be due when, and the last backup."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from loanstore.operations import lending
from loanstore.operations.housekeeping import backup_name
from loanstore.storage import ledger_lists, lists, registers, request_lookups
from loanstore.storage.lists import LoanFilter

if TYPE_CHECKING:
    from pathlib import Path

    from loanstore.domain.borrowers import Borrower
    from loanstore.domain.requests import RequestLine
    from loanstore.domain.terms import DueDate
    from loanstore.operations.desk import Desk


@dataclass(frozen=True, slots=True)
class Glance:
    """How a borrower stands: things out, how many of them late and since when, whom to ring, and what is due when.

    ``due`` is what a loan made now would be due on; ``asked_for`` what they have ordered or wait for still.
    ``owed`` is what they have to pay, in pence; ``contract`` the kind of contract that a hand-over makes, and
    ``may_be_regulated`` warns of a paid hire that the law may have a say in.
    """

    out: int
    late: int
    late_since: date | None
    contact: str
    due: DueDate
    asked_for: tuple[RequestLine, ...] = ()
    owed: int = 0
    contract: str = ""
    may_be_regulated: bool = False


def glance(desk: Desk, borrower: Borrower) -> Glance:
    """Look at how a borrower stands today."""
    today = desk.today()
    with desk.store.reading() as transaction:
        rules = desk.known_rules(transaction)
        out = lists.loans(transaction, LoanFilter(borrower=borrower.id), limit=0).total
        late = lists.loans(transaction, LoanFilter(borrower=borrower.id, due_before=today.isoformat()))
        record = registers.borrower_record(transaction, borrower.id)
        asked_for = request_lookups.open_of(transaction, borrower.id)
        owed = ledger_lists.owed_by(transaction, borrower.id)
        due = rules.policy.due(borrower.kind, today, rules.terms)
        contract = rules.policy.contract(borrower.kind)
        warned = lending.regulated(desk, transaction, borrower, contract, due.day)
    since = min((date.fromisoformat(line.due) for line in late.lines), default=None)
    contact = record.get("contact") or record.get("telephone") or record.get("email") or ""
    return Glance(out, late.total, since, contact, due, asked_for, owed, contract, warned)


def late_loans(desk: Desk) -> int:
    """Count the open loans whose day has passed."""
    with desk.store.reading() as transaction:
        return lists.loans(transaction, LoanFilter(due_before=desk.today().isoformat()), limit=0).total


def last_backup(desk: Desk, folder: Path) -> date | None:
    """Give the day of this store's newest daily backup in a folder; None where there is none."""
    before, after = backup_name(desk, desk.today()).rsplit(desk.today().isoformat(), 1)
    ours = re.compile(rf"{re.escape(before)}(\d{{4}}-\d\d-\d\d){re.escape(after)}")
    names = [path.name for path in folder.iterdir()] if folder.is_dir() else []
    days = [found[1] for name in names if (found := ours.fullmatch(name))]
    return date.fromisoformat(max(days)) if days else None
