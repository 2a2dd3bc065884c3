"""Reading the ledger: prices, accounts, remissions, and the loans that charges rest on."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import bindparam, select

from loanstore.domain.hires import HiredLoan
from loanstore.domain.loans import Checked, Ending, Status
from loanstore.domain.tariffs import Prices
from loanstore.storage import aggregates
from loanstore.storage.columns import read_checked
from loanstore.storage.ledger_tables import EntryRow, PaymentRow, RemissionRow
from loanstore.storage.tables import LACKED
from loanstore.storage.transaction import Prepared

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from loanstore.domain.ledger import Entry, Payment
    from loanstore.domain.remissions import Remission
    from loanstore.storage.transaction import Transaction

_STANDING: Final = Prepared(
    select(EntryRow.hire).where(EntryRow.instrument == bindparam("instrument"), EntryRow.reversed.is_(None)).limit(1)
)
_LOANS: Final = """
SELECT l.id, l.borrower, l.instrument, i.code, coalesce(i.type, ''), coalesce(i.size, ''), l.kind, l.out, l.ended,
  l.ending, l.due, l.class_set, coalesce(s.name, ''), i.status, i.replacement_value, l.missing, l.damaged, l.issued
FROM loans l JOIN instruments i ON i.id = l.instrument LEFT JOIN class_sets s ON s.id = l.class_set
"""


@dataclass(frozen=True, slots=True)
class Reading:
    """How rows become loans: the day of an instant at this desk, and the band of a type."""

    day_of: Callable[[str], date | None]
    band_of: Callable[[str], str]


@dataclass(frozen=True, slots=True)
class Account:
    """Somebody with charges or payments: what they owe in pence, and since when."""

    borrower: str
    code: str
    name: str
    pupil: str
    kind: str
    owed: int
    since: str

    @property
    def label(self) -> str:
        """Give the name with the pupil's, as everywhere."""
        return f"{self.name} (for {self.pupil})" if self.pupil else self.name


def prices(transaction: Transaction) -> Prices:
    """Give all versions of all tariffs."""
    return Prices(tuple(aggregates.every(transaction, "tariff")))


def entries_of(transaction: Transaction, borrower: str) -> list[Entry]:
    """Give everything that was charged to a borrower, what was taken back too."""
    return aggregates.every(transaction, "entry", EntryRow.borrower == borrower)


def payments_of(transaction: Transaction, borrower: str) -> list[Payment]:
    """Give everything that a borrower has paid, what was taken back too."""
    return aggregates.every(transaction, "payment", PaymentRow.borrower == borrower)


def remissions_of(transaction: Transaction, borrower: str) -> list[Remission]:
    """Give every remission of a borrower's, in the order they were granted."""
    return aggregates.every(transaction, "remission", RemissionRow.borrower == borrower)


def entries_between(transaction: Transaction, first: date, last: date) -> list[Entry]:
    """Give the entries that were posted or taken back from a day to a day."""
    start, end = first.isoformat(), last.isoformat()
    when = EntryRow.day.between(start, end) | EntryRow.reversed.between(start, end)
    return aggregates.every(transaction, "entry", when)


def payments_between(transaction: Transaction, first: date, last: date) -> list[Payment]:
    """Give the payments that came in or were taken back from a day to a day."""
    start, end = first.isoformat(), last.isoformat()
    when = PaymentRow.day.between(start, end) | PaymentRow.reversed.between(start, end)
    return aggregates.every(transaction, "payment", when)


def standing_for_loan(transaction: Transaction, loan: str) -> list[str]:
    """Give the ids of the standing charges for a loan, or for the hire that began with it."""
    statement = select(EntryRow.id).where(EntryRow.hire == loan, EntryRow.reversed.is_(None))
    return [str(row[0]) for row in transaction.execute(statement)]


def has_standing(transaction: Transaction, instrument: str) -> bool:
    """Tell whether anything is charged for an instrument: the one question that a scan asks of the ledger."""
    return transaction.row(_STANDING, instrument=instrument) is not None


def to_charge(transaction: Transaction, contracts: Sequence[str]) -> list[str]:
    """Give the borrowers that a run must look at: with loans of these contracts, or with standing charges."""
    marks = ", ".join("?" for _one in contracts)
    # Along the index by borrower every loan would be looked up by itself, which takes fifteen times as long.
    asked = f"""
      SELECT borrower FROM loans NOT INDEXED WHERE kind IN ({marks or "NULL"})
      UNION SELECT borrower FROM entries WHERE reversed IS NULL ORDER BY borrower
    """  # noqa: S608 - nothing but question marks
    return [str(row[0]) for row in transaction.connection.exec_driver_sql(asked, tuple(contracts))]


def with_proposals(transaction: Transaction) -> list[str]:
    """Give the borrowers whose loans ended in a loss, or with something missing or damaged."""
    asked = f"SELECT DISTINCT borrower FROM loans WHERE {LACKED} ORDER BY borrower"  # noqa: S608 - our own words
    return [str(row[0]) for row in transaction.connection.exec_driver_sql(asked)]


def loans_of(transaction: Transaction, borrower: str, reading: Reading) -> list[HiredLoan]:
    """Give a borrower's loans, open and ended, as charging sees them."""
    rows = transaction.connection.exec_driver_sql(f"{_LOANS} WHERE l.borrower = ? ORDER BY l.id", (borrower,))
    return [_loan(row, reading) for row in rows]


def loan(transaction: Transaction, identity: str, reading: Reading) -> HiredLoan | None:
    """Give one loan as charging sees it; None where there is none."""
    rows = transaction.connection.exec_driver_sql(f"{_LOANS} WHERE l.id = ?", (identity,))
    return next((_loan(row, reading) for row in rows), None)


def _loan(row: Sequence[Any], reading: Reading) -> HiredLoan:
    identity, borrower, instrument, code, kind, size, contract, out, ended, ending, due = row[:11]
    class_set, set_name, status, value, missing, damaged, issued = row[11:]
    was = read_checked(issued) or Checked()
    return HiredLoan(
        identity,
        borrower,
        instrument,
        code,
        kind,
        size,
        reading.band_of(kind),
        contract,
        reading.day_of(out),
        reading.day_of(ended or ""),
        Ending(ending) if ending else None,
        date.fromisoformat(due),
        class_set,
        set_name,
        status == Status.LOST.value,
        int(value) if value else None,
        _new(missing, was.missing),
        _new(damaged, was.damaged),
    )


def _new(found: str | None, before: Iterable[str]) -> tuple[str, ...]:
    there = set(before)
    return tuple(part for part in json.loads(found or "[]") if part not in there)


_OWED: Final = """
WITH sums AS (
  SELECT borrower, amount, day FROM entries WHERE reversed IS NULL
  UNION ALL SELECT borrower, -amount, day FROM payments WHERE reversed IS NULL
)
SELECT b.id, b.code, coalesce(b.name, ''), coalesce(b.pupil, ''), b.kind, sum(s.amount), min(s.day)
FROM sums s JOIN borrowers b ON b.id = s.borrower
"""


def accounts(transaction: Transaction) -> list[Account]:
    """Give everybody with a standing charge or payment, by name."""
    asked = f"{_OWED} GROUP BY b.id ORDER BY b.name COLLATE NOCASE, b.code"
    return [Account(*row) for row in transaction.connection.exec_driver_sql(asked)]


def owed_by(transaction: Transaction, borrower: str) -> int:
    """Give what a borrower owes, in pence; less than nothing is money in hand."""
    asked = f"{_OWED} WHERE b.id = ? GROUP BY b.id"
    row = transaction.connection.exec_driver_sql(asked, (borrower,)).first()
    return int(row[5]) if row is not None else 0


def names_of(transaction: Transaction, borrowers: Iterable[str]) -> dict[str, tuple[str, str]]:
    """Give the code and the name with the pupil of borrowers, by id."""
    found = {}
    for one in borrowers:
        asked = "SELECT code, coalesce(name, ''), coalesce(pupil, '') FROM borrowers WHERE id = ?"
        row = transaction.connection.exec_driver_sql(asked, (one,)).first()
        if row is not None:
            found[one] = (str(row[0]), f"{row[1]} (for {row[2]})" if row[2] else str(row[1]))
    return found


def charged_for(transaction: Transaction, instrument: str) -> list[str]:
    """Give the borrowers with standing charges for an instrument."""
    statement = select(EntryRow.borrower).where(EntryRow.instrument == instrument, EntryRow.reversed.is_(None))
    return [str(row[0]) for row in transaction.execute(statement.distinct().order_by(EntryRow.borrower))]


def rolling(transaction: Transaction, kinds: Sequence[str], before: date) -> list[tuple[str, str, str]]:
    """Give open loans of these kinds of borrowers that are due by a day, unless notice was given.

    Each is (instrument, due day, kind of borrower).
    """
    marks = ", ".join("?" for _one in kinds)
    asked = f"""
      SELECT l.instrument, l.due, b.kind FROM loans l JOIN borrowers b ON b.id = l.borrower
      WHERE l.ended IS NULL AND l.notice IS NULL AND l.due <= ? AND b.kind IN ({marks or "NULL"}) ORDER BY l.id
    """  # noqa: S608 - nothing but question marks
    rows = transaction.connection.exec_driver_sql(asked, (before.isoformat(), *kinds))
    return [(str(row[0]), str(row[1]), str(row[2])) for row in rows]
