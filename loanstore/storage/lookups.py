"""Looking up what was scanned: the one question of the scan path, and the few that follow from it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import bindparam, func, select

from loanstore.domain import codes
from loanstore.domain.borrowers import Borrower, BorrowerKind
from loanstore.domain.places import Place, PlaceKind
from loanstore.domain.scan_findings import (
    AgreementFound,
    BorrowerFound,
    InstrumentFound,
    PlaceFound,
    RequestFound,
    RunFound,
    SetFound,
)
from loanstore.domain.sessions import Role
from loanstore.storage import aggregates, set_lookups
from loanstore.storage.columns import INSTRUMENT_COLUMNS, LOAN_COLUMNS, read_instrument
from loanstore.storage.keeping_tables import BlanksRow, PlaceCodeRow, StocktakeRow
from loanstore.storage.tables import (
    AgreementItemRow,
    AgreementRow,
    BorrowerRow,
    CodeRow,
    InstrumentRow,
    LoanRow,
    PlaceRow,
)
from loanstore.storage.transaction import Prepared

if TYPE_CHECKING:
    from collections.abc import Sequence

    from loanstore.domain.loans import Instrument
    from loanstore.domain.scan_findings import ThingFound
    from loanstore.domain.stocktakes import Stocktake
    from loanstore.storage.transaction import Transaction

_CARD: Final = ("id", "code", "kind", "name", "pupil", "school")
_INSTRUMENT: Final = tuple(getattr(InstrumentRow, name) for name in INSTRUMENT_COLUMNS)
_LOAN: Final = tuple(getattr(LoanRow, name) for name in LOAN_COLUMNS)
_BORROWER: Final = tuple(getattr(BorrowerRow, name) for name in _CARD)
_HELD = (LoanRow.instrument == InstrumentRow.id) & LoanRow.ended.is_(None)

_BY_CODE: Final = Prepared(
    select(CodeRow.kind, CodeRow.role, CodeRow.owner, *_INSTRUMENT, *_LOAN, *_BORROWER)
    .outerjoin(InstrumentRow, (InstrumentRow.id == CodeRow.owner) & (CodeRow.kind == "instrument"))
    .outerjoin(LoanRow, _HELD)
    .outerjoin(BorrowerRow, BorrowerRow.id == func.coalesce(LoanRow.borrower, CodeRow.owner))
    .where(CodeRow.form == bindparam("form"))
)
_BY_ID: Final = Prepared(
    select(*_INSTRUMENT, *_LOAN, *_BORROWER)
    .outerjoin(LoanRow, _HELD)
    .outerjoin(BorrowerRow, BorrowerRow.id == LoanRow.borrower)
    .where(InstrumentRow.id == bindparam("instrument"))
)
_BORROWER_BY_ID: Final = Prepared(select(*_BORROWER).where(BorrowerRow.id == bindparam("borrower")))
_HOW_MANY: Final = Prepared(
    select(func.count()).select_from(LoanRow).where(LoanRow.borrower == bindparam("borrower"), LoanRow.ended.is_(None))
)
_PLACE: Final = Prepared(
    select(PlaceRow.id, PlaceCodeRow.code, PlaceRow.name, func.coalesce(PlaceCodeRow.kind, PlaceRow.kind))
    .outerjoin(PlaceCodeRow, PlaceCodeRow.id == PlaceRow.id)
    .where(PlaceRow.id == bindparam("place"))
)
_BLANK: Final = Prepared(
    select(BlanksRow.id).where(
        BlanksRow.first <= bindparam("number"), BlanksRow.first + BlanksRow.count > bindparam("number")
    )
)
_BY_SERIAL: Final = Prepared(select(InstrumentRow.id).where(InstrumentRow.serial == bindparam("serial")).limit(2))
_SERVED: Final = Prepared(
    select(InstrumentRow.id, InstrumentRow.apparatus)
    .where(InstrumentRow.apparatus.is_not(None), InstrumentRow.apparatus != "")
    .order_by(InstrumentRow.code)
)
_AGREEMENT: Final = Prepared(
    select(AgreementRow.id, AgreementRow.code, AgreementRow.borrower, AgreementRow.made).where(
        AgreementRow.id == bindparam("agreement")
    )
)
_STILL_OUT: Final = Prepared(
    select(*_INSTRUMENT, *_LOAN)
    .join(LoanRow, _HELD)
    .join(AgreementItemRow, AgreementItemRow.loan == LoanRow.id)
    .where(AgreementItemRow.agreement == bindparam("agreement"))
    .order_by(InstrumentRow.code)
)


def by_form(transaction: Transaction, form: str) -> ThingFound | None:
    """Find what carries a normalised code; None where nothing does."""
    row = transaction.row(_BY_CODE, form=form)
    if row is None:
        return None
    kind, role, owner = row[0], Role(row[1]), row[2]
    if kind == "instrument":
        return _instrument_found(row[3:], role)
    if kind == "borrower":
        card = _borrower(row[3 + len(_INSTRUMENT) + len(_LOAN) :])
        return BorrowerFound(card) if card is not None else None
    if kind in _BESIDE:
        return _BESIDE[kind](transaction, owner)
    return agreement(transaction, owner)


def by_label(transaction: Transaction, form: str) -> ThingFound | None:
    """Find what a label names; what has the shape of a case label of ours names its instrument."""
    found = by_form(transaction, form)
    body = codes.body_form(form) if found is None else None
    of_case = by_form(transaction, body) if body is not None else None
    return replace(of_case, role=Role.CASE) if isinstance(of_case, InstrumentFound) else found


def instrument(transaction: Transaction, identity: str) -> InstrumentFound | None:
    """Find an instrument by its id, with whoever has it."""
    row = transaction.row(_BY_ID, instrument=identity)
    return _instrument_found(row, Role.MAIN) if row is not None else None


def borrower(transaction: Transaction, identity: str) -> Borrower | None:
    """Find a borrower's card by id."""
    row = transaction.row(_BORROWER_BY_ID, borrower=identity)
    return _borrower(row) if row is not None else None


def agreement(transaction: Transaction, identity: str) -> AgreementFound | None:
    """Find an agreement by id, with its borrower and what of it is still out."""
    row = transaction.row(_AGREEMENT, agreement=identity)
    card = borrower(transaction, row[2]) if row is not None else None
    if row is None or card is None:
        return None
    out: tuple[Instrument, ...] = tuple(read_instrument(r) for r in transaction.rows(_STILL_OUT, agreement=identity))
    return AgreementFound(row[0], row[1], card, row[3], out)


def class_set(transaction: Transaction, identity: str) -> SetFound | None:
    """Find a class set by id, with its members by their numbers."""
    state = set_lookups.by_id(transaction, identity)
    return SetFound(state, set_lookups.members(transaction, identity)) if state is not None else None


def place(transaction: Transaction, identity: str) -> PlaceFound | None:
    """Find a place by id, with the stocktake that is being taken there or everywhere."""
    row = transaction.row(_PLACE, place=identity)
    if row is None:
        return None
    found = Place(row[0], row[1] or "", row[2], PlaceKind(row[3]))
    return PlaceFound(found, _stocktake_at(transaction, identity) if found.kind is not PlaceKind.REPAIRER else None)


def _stocktake_at(transaction: Transaction, place_id: str) -> Stocktake | None:
    """Give the open stocktake of a place, else that of all places; the newest where there are several."""
    table = StocktakeRow.__table__.c
    open_ones = aggregates.every(transaction, "stocktake", table.closed.is_(None))
    here = [one for one in open_ones if one.place in {place_id, None}]
    return max(here, key=lambda one: (one.place is not None, one.id), default=None)


def counts_still(transaction: Transaction, stocktake: str) -> bool:
    """Tell whether a stocktake is still being taken."""
    state = aggregates.find(transaction, "stocktake", stocktake)
    return state is not None and state.closed is None


def _request(transaction: Transaction, identity: str) -> RequestFound | None:
    state = aggregates.find(transaction, "request", identity)
    if state is None:
        return None
    card = borrower(transaction, state.borrower)
    return RequestFound(state, card) if card is not None else None


def _run(transaction: Transaction, identity: str) -> RunFound | None:
    state = aggregates.find(transaction, "run", identity)
    return RunFound(state) if state is not None else None


_BESIDE: Final = {"set": class_set, "place": place, "request": _request, "run": _run}


def blank(transaction: Transaction, number: int) -> bool:
    """Tell whether a number was printed as a blank label."""
    return transaction.row(_BLANK, number=number) is not None


def by_serial(transaction: Transaction, serial: str) -> InstrumentFound | None:
    """Find the one instrument with this serial number; None where there is none, or more than one."""
    rows = transaction.rows(_BY_SERIAL, serial=serial)
    return instrument(transaction, str(rows[0][0])) if len(rows) == 1 else None


def served_by(transaction: Transaction, forms: Sequence[str]) -> list[str]:
    """Give the instruments that name one of these codes as their enabling apparatus, by their own codes."""
    rows = transaction.rows(_SERVED)
    wanted = set(forms)
    return [str(row[0]) for row in rows if codes.normalise(row[1]) in wanted]


def held_by(transaction: Transaction, borrower_id: str) -> int:
    """Count what a borrower has."""
    row = transaction.row(_HOW_MANY, borrower=borrower_id)
    return int(row[0]) if row is not None else 0


def _instrument_found(row: Sequence[Any], role: Role) -> InstrumentFound:
    return InstrumentFound(read_instrument(row), role, _borrower(row[len(_INSTRUMENT) + len(_LOAN) :]))


def _borrower(columns: Sequence[Any]) -> Borrower | None:
    identity, code, kind, name, pupil, school = columns
    if identity is None:
        return None
    return Borrower(identity, code, BorrowerKind(kind), name or code, pupil or "", school or "")
