"""The records: borrowers, places, staff, notes, and what is kept beside the journal."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import bindparam, delete, insert, select, update

from loanstore.domain.borrowers import RECORD_FIELDS, SETTING_FIELDS
from loanstore.storage import search
from loanstore.storage.tables import (
    AgreementItemRow,
    AgreementRow,
    BorrowerRow,
    CodeRow,
    InstrumentRow,
    LoanRow,
    NoteRow,
    PlaceRow,
    StaffRow,
    UnknownScanRow,
)
from loanstore.storage.transaction import Prepared

if TYPE_CHECKING:
    from collections.abc import Mapping

    from loanstore.storage.transaction import Transaction

ALL_FIELDS = (*RECORD_FIELDS, *SETTING_FIELDS)

_PAPERS = select(AgreementItemRow.agreement)
_CARRIER: Final = Prepared(select(CodeRow.kind, CodeRow.owner).where(CodeRow.form == bindparam("form")))
_CARRIED: Final = Prepared(
    select(CodeRow.form, CodeRow.shown, CodeRow.role).where(CodeRow.owner == bindparam("owner")).order_by(CodeRow.form)
)
_NOTE: Final = Prepared(select(NoteRow.text).where(NoteRow.id == bindparam("note")))
_ADD_NOTE: Final = Prepared(insert(NoteRow))
_PLACE: Final = Prepared(select(PlaceRow.id).where(PlaceRow.name == bindparam("name")))
_PLACES: Final = Prepared(select(PlaceRow.id, PlaceRow.name))


def write_borrower_record(transaction: Transaction, identity: str, fields: Mapping[str, str]) -> None:
    """Write erasable fields of a borrower's record; an empty text clears a field."""
    values = {name: value or None for name, value in fields.items() if name in ALL_FIELDS}
    if values:
        transaction.execute(update(BorrowerRow).where(BorrowerRow.id == identity).values(values))
    search.index_borrower(transaction, identity)


def borrower_record(transaction: Transaction, identity: str) -> dict[str, str]:
    """Give a borrower's record: its code and kind, and every field that has a text."""
    columns = [getattr(BorrowerRow, name) for name in ("code", "kind", *ALL_FIELDS)]
    rows = transaction.execute(select(*columns).where(BorrowerRow.id == identity))
    return {name: value for name, value in rows[0]._mapping.items() if value} if rows else {}  # noqa: SLF001 - public API, so named


def place_named(transaction: Transaction, name: str, kind: str, new_id: str) -> str:
    """Give the id of the place or repairer of that name, making it where there is none."""
    row = transaction.row(_PLACE, name=name)
    if row is not None:
        return str(row[0])
    transaction.execute(insert(PlaceRow).values(id=new_id, name=name, kind=kind))
    return new_id


def place_names(transaction: Transaction) -> dict[str, str]:
    """Give every place's name by its id."""
    return {row[0]: row[1] for row in transaction.rows(_PLACES)}


def staff_named(transaction: Transaction, name: str, new_id: str) -> str:
    """Give the id of the member of staff of that name, noting a new one."""
    rows = transaction.execute(select(StaffRow.id).where(StaffRow.name == name))
    if rows:
        return str(rows[0][0])
    transaction.execute(insert(StaffRow).values(id=new_id, name=name))
    return new_id


def add_note(transaction: Transaction, identity: str, text: str) -> None:
    """Keep an erasable text under an id that a fact may name."""
    transaction.run(_ADD_NOTE, id=identity, text=text)


def note(transaction: Transaction, identity: str) -> str:
    """Give the text of a note; empty where it was erased."""
    row = transaction.row(_NOTE, note=identity)
    return str(row[0]) if row is not None else ""


def erase_note(transaction: Transaction, identity: str) -> None:
    """Erase a note; what names it finds nothing any more."""
    transaction.execute(delete(NoteRow).where(NoteRow.id == identity))


def keep_unknown_scan(transaction: Transaction, fact: str, scanned: str, at: str) -> None:
    """Keep what an unknown code read, beside the journal."""
    transaction.execute(insert(UnknownScanRow).values(fact=fact, text=scanned, at=at))


def has_unknown_scans(transaction: Transaction, before: str) -> bool:
    """Tell whether texts of unknown scans older than an instant are still there."""
    statement = select(UnknownScanRow.fact).where(UnknownScanRow.at < before).limit(1)
    return bool(transaction.execute(statement))


def forget_unknown_scans(transaction: Transaction, before: str) -> None:
    """Drop the texts of unknown scans older than an instant."""
    transaction.execute(delete(UnknownScanRow).where(UnknownScanRow.at < before))


def owner_of(transaction: Transaction, form: str) -> tuple[str, str] | None:
    """Give what kind of thing carries a normalised code and its id."""
    row = transaction.row(_CARRIER, form=form)
    return (row[0], row[1]) if row is not None else None


def codes_of(transaction: Transaction, owner: str) -> list[tuple[str, str, str]]:
    """Give a thing's codes as (form, shown, role)."""
    return [(row[0], row[1], row[2]) for row in transaction.rows(_CARRIED, owner=owner)]


def open_loans_of(transaction: Transaction, borrower: str) -> list[tuple[str, str]]:
    """Give a borrower's open loans as (loan, instrument), by the instruments' codes."""
    statement = (
        select(LoanRow.id, LoanRow.instrument)
        .join(InstrumentRow, InstrumentRow.id == LoanRow.instrument)
        .where(LoanRow.borrower == borrower, LoanRow.ended.is_(None))
        .order_by(InstrumentRow.code)
    )
    return [(row[0], row[1]) for row in transaction.execute(statement)]


def papers_and_loans_of(transaction: Transaction, borrower: str) -> list[str]:
    """Give the ids of every loan, open or ended, and every agreement of a borrower."""
    loans = transaction.execute(select(LoanRow.id).where(LoanRow.borrower == borrower))
    papers = transaction.execute(select(AgreementRow.id).where(AgreementRow.borrower == borrower))
    return [str(row[0]) for row in (*loans, *papers)]


def agreements_for(transaction: Transaction, loan: str) -> list[str]:
    """Give the ids of the agreements that a loan stands on."""
    return [str(row[0]) for row in transaction.execute(_PAPERS.where(AgreementItemRow.loan == loan))]


def loan_row(transaction: Transaction, loan: str) -> dict[str, Any] | None:
    """Give a loan's columns by its id; None where there is no such loan."""
    columns = [LoanRow.id, LoanRow.instrument, LoanRow.borrower, LoanRow.out, LoanRow.due, LoanRow.kind, LoanRow.ended]
    rows = transaction.execute(select(*columns, LoanRow.condition, LoanRow.missing).where(LoanRow.id == loan))
    return dict(rows[0]._mapping) if rows else None  # noqa: SLF001 - public API, so named


def agreement_of(transaction: Transaction, loan: str) -> str | None:
    """Give the agreement that a loan stands on; None for a loan without one."""
    rows = transaction.execute(select(AgreementItemRow.agreement).where(AgreementItemRow.loan == loan))
    return str(rows[0][0]) if rows else None


def loans_of_agreement(transaction: Transaction, agreement: str) -> list[str]:
    """Give the loans on an agreement."""
    statement = select(AgreementItemRow.loan).where(AgreementItemRow.agreement == agreement)
    return [row[0] for row in transaction.execute(statement.order_by(AgreementItemRow.loan))]


def staff_name(transaction: Transaction, identity: str) -> str:
    """Give the name of a member of staff; empty where it was erased."""
    rows = transaction.execute(select(StaffRow.name).where(StaffRow.id == identity))
    return str(rows[0][0]) if rows else ""
