"""Writing the folded state: what follows from new facts, in the same transaction that keeps them."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import bindparam, delete, insert, select, update

from loanstore.domain import codes
from loanstore.domain import loans as fold
from loanstore.domain.instruments import FIELDS
from loanstore.domain.loans import AgreementState, BorrowerState, CodeUse, Ending, Instrument, Loan, Status
from loanstore.storage import journal, search
from loanstore.storage.tables import (
    AgreementItemRow,
    AgreementRow,
    BorrowerRow,
    CodeRow,
    InstrumentRow,
    LoanRow,
    ReversalRow,
)
from loanstore.storage.transaction import Prepared

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from loanstore.domain.facts import Fact
    from loanstore.storage.transaction import Transaction

INSTRUMENT_COLUMNS: Final = ("id", "code", *FIELDS, "status", "seen", "labelled", "folded_to")
LOAN_COLUMNS: Final = ("id", "instrument", "borrower", "out", "due", "kind", "ended", "ending", "condition", "missing")

_LEND: Final = Prepared(insert(LoanRow))
_CHANGE_LOAN: Final = Prepared(
    update(LoanRow)
    .where(LoanRow.id == bindparam("loan"))
    .values({name: bindparam(name) for name in ("due", "ended", "ending", "condition", "missing")})
)
_MOVE: Final = Prepared(
    update(InstrumentRow)
    .where(InstrumentRow.id == bindparam("instrument"))
    .values({name: bindparam(name) for name in ("status", "seen", "labelled", "folded_to")})
)
_ADD: Final = Prepared(insert(InstrumentRow).values({name: bindparam(name) for name in INSTRUMENT_COLUMNS}))
_EDIT: Final = Prepared(
    update(InstrumentRow)
    .where(InstrumentRow.id == bindparam("instrument"))
    .values({name: bindparam(name) for name in INSTRUMENT_COLUMNS if name != "id"})
)
_NAME: Final = Prepared(insert(CodeRow))
_UNNAME: Final = Prepared(delete(CodeRow).where(CodeRow.owner == bindparam("owner")))
_LOAN_KEYS: Final = Prepared(select(LoanRow.id).where(LoanRow.instrument == bindparam("instrument")))
_COLUMNS: Final = [getattr(LoanRow, name) for name in LOAN_COLUMNS]
_LOAN: Final = Prepared(select(*_COLUMNS).where(LoanRow.id == bindparam("loan")))
_OF_BORROWER: Final = (
    select(*_COLUMNS).where(LoanRow.borrower == bindparam("borrower")).order_by(LoanRow.out, LoanRow.id)
)
_OPEN: Final = Prepared(_OF_BORROWER.where(LoanRow.ended.is_(None)))
_ENDED: Final = Prepared(_OF_BORROWER.where(LoanRow.ended.is_not(None)))
_STATE: Final = Prepared(
    select(*(getattr(InstrumentRow, name) for name in INSTRUMENT_COLUMNS), LoanRow)
    .outerjoin(LoanRow, (LoanRow.instrument == InstrumentRow.id) & LoanRow.ended.is_(None))
    .where(InstrumentRow.id == bindparam("instrument"))
)


def read_instrument(row: Sequence[Any]) -> Instrument:
    """Read an instrument and its open loan from a row of instrument columns, then loan columns."""
    split = len(INSTRUMENT_COLUMNS)
    columns = dict(zip(INSTRUMENT_COLUMNS, row[:split], strict=True))
    return Instrument(
        columns["id"],
        columns["code"],
        {name: columns[name] for name in FIELDS if columns[name] is not None},
        Status(columns["status"]),
        read_loan(row[split : split + len(LOAN_COLUMNS)]),
        columns["seen"],
        columns["labelled"],
        columns["folded_to"],
    )


def read_loan(columns: Sequence[Any]) -> Loan | None:
    """Read a loan from its columns; None where an outer join found none."""
    if columns[0] is None:
        return None
    identity, instrument, borrower, out, due, kind, ended, ending, condition, missing = columns
    how = Ending(ending) if ending else None
    lacking = tuple(json.loads(missing or "[]"))
    return Loan(identity, instrument, borrower, out, due, kind, ended, how, condition, lacking)


def loan_columns(loan: Loan) -> dict[str, object]:
    """Write a loan as the columns of its row."""
    return {
        "id": loan.id,
        "instrument": loan.instrument,
        "borrower": loan.borrower,
        "out": loan.out,
        "due": loan.due,
        "kind": loan.kind,
        "ended": loan.ended,
        "ending": loan.ending.value if loan.ending else None,
        "condition": loan.condition,
        "missing": json.dumps(loan.missing) if loan.missing else None,
    }


def instrument_columns(state: Instrument) -> dict[str, object]:
    """Write an instrument's state as the columns of its row, its local row number apart."""
    return {
        "id": state.id,
        "code": state.code,
        **{name: state.fields.get(name) for name in FIELDS},
        "status": state.status.value,
        "seen": state.seen,
        "labelled": state.labelled,
        "folded_to": state.folded_to,
    }


def instrument_state(transaction: Transaction, identity: str) -> Instrument | None:
    """Give an instrument as it is folded now, with its open loan; None where there is none."""
    row = transaction.row(_STATE, instrument=identity)
    return read_instrument(row) if row is not None else None


def loan(transaction: Transaction, identity: str) -> Loan | None:
    """Give a loan by its id, open or ended; None where there is none."""
    row = transaction.row(_LOAN, loan=identity)
    return read_loan(row) if row is not None else None


def open_loans(transaction: Transaction, borrower: str) -> list[Loan]:
    """Give what a borrower has, in the order it went out."""
    return [found for row in transaction.rows(_OPEN, borrower=borrower) if (found := read_loan(row)) is not None]


def ended_loans(transaction: Transaction, borrower: str) -> list[Loan]:
    """Give what a borrower has brought back, in the order it went out."""
    return [found for row in transaction.rows(_ENDED, borrower=borrower) if (found := read_loan(row)) is not None]


def fold_in(transaction: Transaction, before: Instrument | None, fact: Fact) -> Instrument:
    """Fold a new fact about an instrument that stands as ``before`` (None when the fact adds it).

    Where the fact does not come last in the order, as when a desk's clock lags another's, the instrument is
    folded afresh from all its facts.
    """
    state = before or Instrument(fact.subject or "")
    place = fold.position(fact, state.folded_to)
    if place < state.folded_to:
        refold_instrument(transaction, state.id)
        return instrument_state(transaction, state.id) or state
    after = fold.step(state, fact, place)
    _write_change(transaction, before, after)
    return replace(after, ended=(), codes=()) if after.ended or after.codes else after


def _write_change(transaction: Transaction, before: Instrument | None, after: Instrument) -> None:
    columns = instrument_columns(after)
    if before is None:
        transaction.run(_ADD, **columns)
    elif before.fields != after.fields:
        transaction.run(_EDIT, instrument=after.id, **columns)
    else:
        transaction.run(_MOVE, instrument=after.id, **columns)
    if before is None or before.fields != after.fields or after.codes:
        _name(transaction, "instrument", after.codes)
        search.index_instrument(transaction, after.id)
    for ended in after.ended:
        transaction.run(_CHANGE_LOAN, loan=ended.id, **loan_columns(ended))
    if after.loan is not None and (before is None or after.loan != before.loan):
        renewed = before is not None and before.loan is not None and before.loan.id == after.loan.id
        prepared = _CHANGE_LOAN if renewed else _LEND
        transaction.run(prepared, loan=after.loan.id, **loan_columns(after.loan))


def _name(transaction: Transaction, kind: str, uses: Iterable[CodeUse]) -> None:
    transaction.run_many(
        _NAME, [{"form": c.form, "shown": c.shown, "kind": kind, "role": c.role, "owner": c.owner} for c in uses]
    )


def refold_instrument(transaction: Transaction, identity: str) -> None:
    """Fold one instrument afresh from all its standing facts, as after an undo or a late fact."""
    state = fold.fold_instrument(identity, journal.standing_facts(transaction, identity))
    was = instrument_state(transaction, identity)
    stale = [row[0] for row in transaction.rows(_LOAN_KEYS, instrument=identity)]
    transaction.execute(delete(LoanRow).where(LoanRow.id.in_(stale)))
    transaction.run(_UNNAME, owner=identity)
    if state is None:
        search.forget_instrument(transaction, identity)
        transaction.execute(delete(InstrumentRow).where(InstrumentRow.id == identity))
        return
    prepared = _EDIT if was is not None else _ADD
    transaction.run(prepared, instrument=identity, **instrument_columns(state))
    _name(transaction, "instrument", state.codes)
    standing = (*state.ended, state.loan) if state.loan else state.ended
    transaction.run_many(_LEND, [loan_columns(loan) for loan in standing])
    search.index_instrument(transaction, identity)


def write_borrower(transaction: Transaction, state: BorrowerState) -> None:
    """Write a newly folded borrower: its kind and code; the record's text is another matter."""
    values = {"id": state.id, "code": state.code, "kind": state.kind}
    transaction.execute(insert(BorrowerRow).values(values))
    _name(transaction, "borrower", state.codes)


def refold_borrower(transaction: Transaction, identity: str) -> None:
    """Fold one borrower afresh; one that nothing adds any more goes, its record with it."""
    state = fold.fold_borrower(identity, journal.standing_facts(transaction, identity))
    transaction.run(_UNNAME, owner=identity)
    if state is None:
        search.forget_borrower(transaction, identity)
        transaction.execute(delete(BorrowerRow).where(BorrowerRow.id == identity))
        return
    values = {"code": state.code, "kind": state.kind}
    if transaction.execute(select(BorrowerRow.id).where(BorrowerRow.id == identity)):
        transaction.execute(update(BorrowerRow).where(BorrowerRow.id == identity).values(values))
        _name(transaction, "borrower", state.codes)
    else:
        write_borrower(transaction, state)
    search.index_borrower(transaction, identity)


def write_agreement(transaction: Transaction, state: AgreementState) -> None:
    """Write a newly folded agreement and its items."""
    values = {"id": state.id, "code": state.code, "borrower": state.borrower, "made": state.made}
    transaction.execute(insert(AgreementRow).values(values))
    items = [{"agreement": state.id, "loan": loan} for loan in state.loans]
    transaction.execute(insert(AgreementItemRow), items)
    _name(transaction, "agreement", agreement_codes(state))


def agreement_codes(state: AgreementState) -> tuple[CodeUse, ...]:
    """Give the code an agreement is known by."""
    return (CodeUse(codes.normalise(state.code), state.code, "main", state.id),)


def refold_agreement(transaction: Transaction, identity: str) -> None:
    """Fold one agreement afresh; one that was undone goes."""
    state = fold.fold_agreement(identity, journal.standing_facts(transaction, identity))
    transaction.run(_UNNAME, owner=identity)
    transaction.execute(delete(AgreementItemRow).where(AgreementItemRow.agreement == identity))
    transaction.execute(delete(AgreementRow).where(AgreementRow.id == identity))
    if state is not None:
        write_agreement(transaction, state)


def clear(transaction: Transaction) -> None:
    """Empty all folded state but the borrowers' rows, whose records are not folded."""
    for table in (AgreementItemRow, AgreementRow, LoanRow, CodeRow, InstrumentRow, ReversalRow):
        transaction.execute(delete(table))
