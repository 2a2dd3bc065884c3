"""Writing the folded state: what follows from new facts, in the same transaction that keeps them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from sqlalchemy import bindparam, delete, insert, select, update

from loanstore.domain import codes
from loanstore.domain import folding as fold
from loanstore.domain.facts import FactKind
from loanstore.domain.keeping import code_rows
from loanstore.domain.loans import AgreementState, BorrowerState, CodeUse, Instrument, Loan, Mark, Repair, position
from loanstore.domain.signatures import OF_AGREEMENTS
from loanstore.domain.stocktakes import lasting
from loanstore.storage import journal, kept_papers, people, places, search
from loanstore.storage.aggregates import AGGREGATES, founded_by
from loanstore.storage.aggregates import refold as refold_aggregate
from loanstore.storage.columns import (
    INSTRUMENT_COLUMNS,
    LOAN_COLUMNS,
    STANDING,
    agreement_columns,
    instrument_columns,
    loan_columns,
    mark_columns,
    read_instrument,
    read_loan,
    repair_columns,
)
from loanstore.storage.keeping_tables import RepairRow, StocktakeMarkRow
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
    from collections.abc import Collection, Iterable

    from loanstore.domain.facts import Fact
    from loanstore.storage.tables import Base
    from loanstore.storage.transaction import Transaction

LOOKING_BACK: Final = frozenset({FactKind.CHECKED, FactKind.REASSIGNED, FactKind.RECODED, FactKind.DISPOSED})
"""Facts that may speak of loans or codes which the instrument's row does not hold."""

_LEND: Final = Prepared(insert(LoanRow))
_CHANGE_LOAN: Final = Prepared(
    update(LoanRow)
    .where(LoanRow.id == bindparam("loan"))
    .values({name: bindparam(name) for name in LOAN_COLUMNS if name not in {"id", "instrument", "out", "kind"}})
)
_MOVE: Final = Prepared(
    update(InstrumentRow)
    .where(InstrumentRow.id == bindparam("instrument"))
    .values({name: bindparam(name) for name in STANDING})
)
_ADD: Final = Prepared(insert(InstrumentRow).values({name: bindparam(name) for name in INSTRUMENT_COLUMNS}))
_EDIT: Final = Prepared(
    update(InstrumentRow)
    .where(InstrumentRow.id == bindparam("instrument"))
    .values({name: bindparam(name) for name in INSTRUMENT_COLUMNS if name != "id"})
)
_NAME: Final = Prepared(insert(CodeRow))
_UNNAME: Final = Prepared(delete(CodeRow).where(CodeRow.owner == bindparam("owner")))
_ADD_MARK: Final = Prepared(insert(StocktakeMarkRow))
_MARK: Final = Prepared(
    select(StocktakeMarkRow.finding, StocktakeMarkRow.at, StocktakeMarkRow.staff, StocktakeMarkRow.desk).where(
        StocktakeMarkRow.stocktake == bindparam("stocktake"), StocktakeMarkRow.instrument == bindparam("instrument")
    )
)
_CHANGE_MARK: Final = Prepared(
    update(StocktakeMarkRow)
    .where(StocktakeMarkRow.stocktake == bindparam("of"), StocktakeMarkRow.instrument == bindparam("on"))
    .values({name: bindparam(name) for name in ("finding", "at", "staff", "desk")})
)
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
    # By the id and not by the other table's column, so that the loans are not gone through in a trial.
    .outerjoin(LoanRow, (LoanRow.instrument == bindparam("instrument")) & LoanRow.ended.is_(None))
    .where(InstrumentRow.id == bindparam("instrument"))
)


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

    Where the fact does not come last in the order, as when a desk's clock lags another's, or where it speaks
    of what has ended already, the instrument is folded afresh from all its facts.
    """
    state = before or Instrument(fact.subject or "")
    place = position(fact, state.folded_to)
    if place < state.folded_to or fact.kind in LOOKING_BACK:
        refold_instrument(transaction, state.id)
        return instrument_state(transaction, state.id) or state
    after = fold.step(state, fact, place)
    _write_change(transaction, before, after)
    return replace(after, ended=(), codes=(), mended=(), marks=())


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
    _write_beside(transaction, before, after)
    if after.loan is not None and (before is None or after.loan != before.loan):
        renewed = before is not None and before.loan is not None and before.loan.id == after.loan.id
        prepared = _CHANGE_LOAN if renewed else _LEND
        transaction.run(prepared, loan=after.loan.id, **loan_columns(after.loan))


def _write_beside(transaction: Transaction, before: Instrument | None, after: Instrument) -> None:
    """Write the repairs and marks that the new fact has begun, changed or ended."""
    was = before.repair if before is not None else None
    if after.repair is not None and after.repair != was:
        _put_repairs(transaction, [repair_columns(after.repair)])
    _put_repairs(transaction, [repair_columns(one) for one in after.mended])
    for mark in after.marks:
        _put_mark(transaction, after.id, mark)


def _put_mark(transaction: Transaction, instrument: str, mark: Mark) -> None:
    """Write a mark, or leave an earlier one of the same stocktake that tells more."""
    before = transaction.row(_MARK, stocktake=mark.stocktake, instrument=instrument)
    if before is None:
        transaction.run(_ADD_MARK, **mark_columns(instrument, mark))
    elif lasting(Mark(mark.stocktake, *before), mark) is mark:
        columns = mark_columns(instrument, mark)
        transaction.run(_CHANGE_MARK, **columns, of=columns["stocktake"], on=columns["instrument"])


def _put_repairs(transaction: Transaction, rows: list[dict[str, object]]) -> None:
    for row in rows:
        transaction.execute(delete(RepairRow).where(RepairRow.id == row["id"]))
        transaction.execute(insert(RepairRow).values(row))


def _name(transaction: Transaction, kind: str, uses: Iterable[CodeUse]) -> None:
    transaction.run_many(
        _NAME, [{"form": c.form, "shown": c.shown, "kind": kind, "role": c.role, "owner": c.owner} for c in uses]
    )


def repairs_of(state: Instrument) -> tuple[Repair, ...]:
    """Give every visit to a repairer of an instrument that was folded whole."""
    return (*state.mended, state.repair) if state.repair is not None else state.mended


def unname(transaction: Transaction, identities: Iterable[str]) -> None:
    """Set free the codes of things that are about to be folded afresh: they may have changed hands among them."""
    for identity in identities:
        transaction.run(_UNNAME, owner=identity)


def refold_instrument(transaction: Transaction, identity: str) -> None:
    """Fold one instrument afresh from all its standing facts, as after an undo or a late fact."""
    state = fold.fold_instrument(identity, journal.standing_facts(transaction, identity))
    was = instrument_state(transaction, identity)
    stale = [row[0] for row in transaction.rows(_LOAN_KEYS, instrument=identity)]
    transaction.execute(delete(LoanRow).where(LoanRow.id.in_(stale)))
    transaction.execute(delete(RepairRow).where(RepairRow.instrument == identity))
    transaction.execute(delete(StocktakeMarkRow).where(StocktakeMarkRow.instrument == identity))
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
    _put_repairs(transaction, [repair_columns(one) for one in repairs_of(state)])
    transaction.run_many(_ADD_MARK, [mark_columns(identity, mark) for mark in state.marks])
    search.index_instrument(transaction, identity)


def refold(transaction: Transaction, identity: str) -> None:
    """Fold a thing afresh, whatever it is: its facts say so, undone ones too."""
    facts = [fact for fact in journal.facts_named(transaction, identity) if fact.subject == identity]
    kinds = [fact.kind for fact in facts]
    aggregate = founded_by(kinds)
    if aggregate is not None:
        standing = refold_aggregate(transaction, aggregate, identity)
        if standing is None and aggregate.founding is FactKind.PLACE_ADDED:
            places.forget_unless(transaction, identity, known=any(fact.body.get("known") for fact in facts))
    elif OF_AGREEMENTS.intersection(kinds):
        refold_agreement(transaction, identity)
    elif FactKind.BORROWER_ADDED in kinds:
        refold_borrower(transaction, identity)
    else:
        refold_instrument(transaction, identity)


def write_borrower(transaction: Transaction, state: BorrowerState) -> None:
    """Write a newly folded borrower: its kind and code; the record's text is another matter."""
    values = {"id": state.id, "code": state.code, "kind": state.kind, "merged_into": state.merged_into}
    transaction.execute(insert(BorrowerRow).values(values))
    _name(transaction, "borrower", state.codes)


def refold_borrower(transaction: Transaction, identity: str) -> None:
    """Fold one borrower afresh; one that nothing adds any more goes, its record with it."""
    state = fold.fold_borrower(identity, journal.standing_facts(transaction, identity))
    was = transaction.execute(select(BorrowerRow.merged_into).where(BorrowerRow.id == identity))
    merged = str(was[0][0]) if was and was[0][0] is not None else None
    transaction.run(_UNNAME, owner=identity)
    owners = {merged, state.merged_into if state is not None else None} - {None}
    _unname_merged(transaction, identity, owners)
    if state is None:
        search.forget_borrower(transaction, identity)
        transaction.execute(delete(BorrowerRow).where(BorrowerRow.id == identity))
        return
    values = {"code": state.code, "kind": state.kind, "merged_into": state.merged_into}
    if transaction.execute(select(BorrowerRow.id).where(BorrowerRow.id == identity)):
        transaction.execute(update(BorrowerRow).where(BorrowerRow.id == identity).values(values))
        _name(transaction, "borrower", state.codes)
    else:
        write_borrower(transaction, state)
    for one in people.merged_into(transaction, identity):
        gone = fold.fold_borrower(one, journal.standing_facts(transaction, one))
        _name(transaction, "borrower", gone.codes if gone is not None else ())
    for one in dict.fromkeys(filter(None, (identity, merged, state.merged_into))):
        search.index_borrower(transaction, one)


def _unname_merged(transaction: Transaction, identity: str, owners: Collection[str | None]) -> None:
    """Take back the codes that a record lent to those it was, or is now, merged into."""
    if not owners:
        return
    facts = journal.facts_named(transaction, identity)
    forms = [form for fact in facts if "codes" in fact.body for form, _shown, _role in code_rows(fact.body)]
    transaction.execute(delete(CodeRow).where(CodeRow.owner.in_(owners), CodeRow.form.in_(forms)))


def write_agreement(transaction: Transaction, state: AgreementState) -> None:
    """Write a newly folded agreement and its items."""
    transaction.execute(insert(AgreementRow).values(agreement_columns(state)))
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
    else:
        kept_papers.erase_of(transaction, identity)


def change_agreement(transaction: Transaction, identity: str) -> AgreementState | None:
    """Fold one agreement afresh and write what became of its paper; its loans and its code stay as they are."""
    state = fold.fold_agreement(identity, journal.standing_facts(transaction, identity))
    if state is not None:
        transaction.execute(update(AgreementRow).where(AgreementRow.id == identity).values(agreement_columns(state)))
    return state


def clear(transaction: Transaction) -> None:
    """Empty all folded state but the borrowers' rows, whose records are not folded."""
    beside = [one.table for one in AGGREGATES]
    of_instruments: list[type[Base]] = [RepairRow, StocktakeMarkRow, LoanRow]
    rest: list[type[Base]] = [AgreementItemRow, AgreementRow, CodeRow, InstrumentRow, ReversalRow]
    for table in (*beside, *of_instruments, *rest):
        transaction.execute(delete(table))
