"""Who is who: records that turned out to be another's, and everything that names a borrower."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from sqlalchemy import bindparam, func, or_, select

from loanstore.domain import codes
from loanstore.domain.borrowers import BorrowerKind
from loanstore.storage import aggregates
from loanstore.storage.keeping_tables import CratesRow, HeadCountRow, RequestRow, RunRow
from loanstore.storage.ledger_tables import EntryRow, PaymentRow, RemissionRow
from loanstore.storage.tables import AgreementRow, BorrowerRow, InstrumentRow, LoanRow, StaffRow
from loanstore.storage.transaction import Prepared

if TYPE_CHECKING:
    from sqlalchemy import Select

    from loanstore.domain.arrivals import HeadCount
    from loanstore.storage.transaction import Transaction

_STAYING: Final = Prepared(
    select(func.coalesce(BorrowerRow.merged_into, BorrowerRow.id)).where(BorrowerRow.id == bindparam("borrower"))
)


@dataclass(frozen=True, slots=True)
class Naming:
    """The ids of all that names a borrower, as its own or as where something is: what a merge must carry over."""

    instruments: tuple[str, ...]
    agreements: tuple[str, ...]
    requests: tuple[str, ...]
    crates: tuple[str, ...]
    head_counts: tuple[str, ...]
    runs: tuple[str, ...]
    entries: tuple[str, ...] = ()
    payments: tuple[str, ...] = ()
    remissions: tuple[str, ...] = ()


def staying(transaction: Transaction, borrower: str) -> str:
    """Give the borrower that a record turned out to be: itself, unless it was merged."""
    row = transaction.row(_STAYING, borrower=borrower)
    return str(row[0]) if row is not None else borrower


def merged_into(transaction: Transaction, borrower: str) -> list[str]:
    """Give the records that turned out to be this borrower's, in the order they were made."""
    statement = select(BorrowerRow.id).where(BorrowerRow.merged_into == borrower).order_by(BorrowerRow.id)
    return [str(row[0]) for row in transaction.execute(statement)]


def former_forms(transaction: Transaction, borrower: str) -> frozenset[str]:
    """Give the normalised codes and URNs of the records that were merged into a borrower."""
    statement = select(BorrowerRow.code, BorrowerRow.urn).where(BorrowerRow.merged_into == borrower)
    return frozenset(codes.normalise(text) for row in transaction.execute(statement) for text in row if text)


def loans_on(transaction: Transaction, instrument: str, borrower: str) -> list[str]:
    """Give a borrower's loans of one instrument, open and ended."""
    statement = select(LoanRow.id).where(LoanRow.instrument == instrument, LoanRow.borrower == borrower)
    return [str(row[0]) for row in transaction.execute(statement.order_by(LoanRow.id))]


def naming(transaction: Transaction, borrower: str) -> Naming:
    """Find everything that names a borrower."""

    def ids(statement: Select[str]) -> tuple[str, ...]:
        return tuple(sorted({str(row[0]) for row in transaction.execute(statement)}))

    lent = select(LoanRow.instrument).where(or_(LoanRow.borrower == borrower, LoanRow.custodian == borrower))
    kept = select(InstrumentRow.id).where(
        or_(InstrumentRow.aside_borrower == borrower, InstrumentRow.van_stop == borrower)
    )
    return Naming(
        tuple(sorted({*ids(lent), *ids(kept)})),
        ids(select(AgreementRow.id).where(AgreementRow.borrower == borrower)),
        ids(select(RequestRow.id).where(RequestRow.borrower == borrower)),
        ids(select(CratesRow.id).where(CratesRow.borrower == borrower)),
        ids(select(HeadCountRow.id).where(HeadCountRow.borrower == borrower)),
        ids(select(RunRow.id).where(RunRow.stops.contains(f'"{borrower}"'))),
        ids(select(EntryRow.id).where(EntryRow.borrower == borrower)),
        ids(select(PaymentRow.id).where(PaymentRow.borrower == borrower)),
        ids(select(RemissionRow.id).where(RemissionRow.borrower == borrower)),
    )


def head_counts(transaction: Transaction, borrower: str) -> list[HeadCount]:
    """Give what a borrower has counted, by the day it was given."""
    found: list[HeadCount] = aggregates.every(transaction, "head_count", HeadCountRow.borrower == borrower)
    return sorted(found, key=lambda one: (one.given, one.id))


def without_head_count(transaction: Transaction) -> list[str]:
    """Give the settings with something on loan that have not given any head-count, by name."""
    lent = select(LoanRow.borrower).where(LoanRow.ended.is_(None))
    counted = select(HeadCountRow.borrower)
    statement = select(BorrowerRow.id).where(
        BorrowerRow.kind == BorrowerKind.SETTING.value, BorrowerRow.id.in_(lent), BorrowerRow.id.not_in(counted)
    )
    return [str(row[0]) for row in transaction.execute(statement.order_by(BorrowerRow.name, BorrowerRow.code))]


def staff_names(transaction: Transaction) -> dict[str, str]:
    """Give the name of everybody who has worked at a desk, by id."""
    return {str(row[0]): str(row[1]) for row in transaction.execute(select(StaffRow.id, StaffRow.name))}
