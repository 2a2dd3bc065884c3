"""Proving the store: the journal's chain, the folded state against a fresh fold, and the file itself."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import delete, insert, select, update

from loanstore.domain import folding as fold
from loanstore.domain.facts import FactKind
from loanstore.domain.signatures import OF_AGREEMENTS
from loanstore.storage import aggregates, columns, folding, journal, search
from loanstore.storage.aggregates import AGGREGATES
from loanstore.storage.engine import WAIT_MILLISECONDS
from loanstore.storage.keeping_tables import RepairRow, StocktakeMarkRow
from loanstore.storage.tables import (
    AgreementItemRow,
    AgreementRow,
    Base,
    BorrowerRow,
    CodeRow,
    InstrumentRow,
    LoanRow,
    ReversalRow,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from sqlalchemy import Connection

    from loanstore.domain.facts import Fact
    from loanstore.domain.loans import CodeUse
    from loanstore.domain.progress import Progress
    from loanstore.storage.transaction import Transaction

_LOG_WAIT_MILLISECONDS: Final = 2_000
_BORROWERS = select(BorrowerRow.id, BorrowerRow.code, BorrowerRow.kind, BorrowerRow.merged_into)
_FOLDED_OF_BORROWER: Final = ("code", "kind", "merged_into")
_CHECKS = ("PRAGMA integrity_check", "PRAGMA foreign_key_check")


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that is not as the journal says: which table and row, what stands there, what should."""

    table: str
    row: str
    found: str
    expected: str


@dataclass(slots=True)
class _Folded:
    """Everything a fresh fold of the whole journal gives, keyed as the tables are."""

    instruments: dict[str, dict[str, object]]
    borrowers: dict[str, dict[str, object]]
    loans: dict[str, dict[str, object]]
    agreements: dict[str, dict[str, object]]
    items: dict[str, dict[str, object]]
    codes: dict[str, dict[str, object]]
    reversals: dict[str, dict[str, object]]
    repairs: dict[str, dict[str, object]]
    marks: dict[str, dict[str, object]]
    beside: dict[str, dict[str, dict[str, object]]]

    def name(self, kind: str, uses: tuple[CodeUse, ...]) -> None:
        for use in uses:
            self.codes[use.form] = {"shown": use.shown, "kind": kind, "role": use.role, "owner": use.owner}


def check_journal(transaction: Transaction) -> Iterator[Difference]:
    """Walk every desk's chain of digests and name each fact that was altered, removed or put in."""
    for desk, counter, fact in journal.broken_links(transaction):
        yield Difference("facts", fact, f"fact {counter} of desk {desk}", "a fact that follows the one before it")


def check_state(transaction: Transaction, progress: Progress | None = None) -> Iterator[Difference]:
    """Fold the journal afresh and name each row of the folded tables that differs."""
    fresh = _fold_all(transaction, progress)
    instruments = {
        k: {c: v for c, v in row.items() if c != "row"} for k, row in _rows(transaction, InstrumentRow, "id")
    }
    yield from _compare("instruments", instruments, fresh.instruments)
    borrowers = {k: {c: row[c] for c in _FOLDED_OF_BORROWER} for k, row in _rows(transaction, BorrowerRow, "id")}
    yield from _compare("borrowers", borrowers, fresh.borrowers)
    yield from _compare("loans", dict(_rows(transaction, LoanRow, "id")), fresh.loans)
    yield from _compare("agreements", dict(_rows(transaction, AgreementRow, "id")), fresh.agreements)
    items = {f"{row['agreement']} {row['loan']}": row for _key, row in _rows(transaction, AgreementItemRow, "loan")}
    yield from _compare("agreement_items", items, fresh.items)
    yield from _compare("codes", _without("form", _rows(transaction, CodeRow, "form")), fresh.codes)
    yield from _compare("repairs", dict(_rows(transaction, RepairRow, "id")), fresh.repairs)
    marks = {_mark_key(row): row for _key, row in _rows(transaction, StocktakeMarkRow, "instrument")}
    yield from _compare("stocktake_marks", marks, fresh.marks)
    for one in AGGREGATES:
        there = dict(_rows(transaction, one.table, "id"))
        yield from _compare(one.table.__tablename__, there, fresh.beside.get(one.name, {}))
    yield from _compare("reversals", _without("gesture", _rows(transaction, ReversalRow, "gesture")), fresh.reversals)


def check_file(connection: Connection) -> Iterator[Difference]:
    """Ask the database for its own checks: each page's seal, the trees, the references."""
    for broken in _broken_seals(connection):
        yield Difference("file", "cipher_integrity_check", broken, "ok")
    for index in search.INDEXES:
        # A connection keeps the index's layout in mind and reads it anew only for a query, not for a check.
        connection.exec_driver_sql(f"SELECT rowid FROM {index} LIMIT 1").all()  # noqa: S608 - one of our own two names
    for check in _CHECKS:
        for row in connection.exec_driver_sql(check):
            if row[0] != "ok":
                yield Difference("file", check.removeprefix("PRAGMA "), " ".join(str(part) for part in row), "ok")


def _broken_seals(connection: Connection) -> list[str]:
    """Check each page's seal in the file itself, outside any transaction.

    A page whose newest form still lies in the log may be a hole in the file; so what seems broken is looked
    at again once the log was brought in. Where somebody reads on and it can't be, the checks that read
    through the log are enough.
    """
    cursor = connection.connection.cursor()
    try:
        broken = _seals(cursor)
        if broken:
            cursor.execute(f"PRAGMA busy_timeout = {_LOG_WAIT_MILLISECONDS}").fetchall()
            busy = cursor.execute("PRAGMA wal_checkpoint(FULL)").fetchone()[0]
            cursor.execute(f"PRAGMA busy_timeout = {WAIT_MILLISECONDS}").fetchall()
            broken = set() if busy else broken & _seals(cursor)
        return sorted(broken)
    finally:
        cursor.close()


def _seals(cursor: Any) -> set[str]:  # noqa: ANN401 - the driver has no types
    return {str(row[0]) for row in cursor.execute("PRAGMA cipher_integrity_check").fetchall()}


def rebuild(transaction: Transaction, progress: Progress | None = None) -> None:
    """Empty the folded tables and write them afresh from the journal; borrowers' records stay."""
    fresh = _fold_all(transaction, progress)
    folding.clear(transaction)
    _rebuild_borrowers(transaction, fresh.borrowers)
    _fill(transaction, ReversalRow, [{"gesture": k, **row} for k, row in fresh.reversals.items()])
    _fill(transaction, InstrumentRow, list(fresh.instruments.values()))
    _fill(transaction, LoanRow, list(fresh.loans.values()))
    _fill(transaction, RepairRow, list(fresh.repairs.values()))
    _fill(transaction, StocktakeMarkRow, list(fresh.marks.values()))
    for one in AGGREGATES:
        _fill(transaction, one.table, list(fresh.beside.get(one.name, {}).values()))
    _fill(transaction, AgreementRow, list(fresh.agreements.values()))
    _fill(transaction, AgreementItemRow, list(fresh.items.values()))
    _fill(transaction, CodeRow, [{"form": k, **row} for k, row in fresh.codes.items()])
    search.rebuild(transaction)


def _rebuild_borrowers(transaction: Transaction, fresh: dict[str, dict[str, object]]) -> None:
    """Put right which borrowers there are, their codes and kinds; what is recorded of them is not folded."""
    there = {row[0]: {"code": row[1], "kind": row[2], "merged_into": row[3]} for row in transaction.execute(_BORROWERS)}
    for key in there.keys() - fresh.keys():
        transaction.execute(delete(BorrowerRow).where(BorrowerRow.id == key))
    for key in there.keys() & fresh.keys():
        if there[key] != fresh[key]:
            transaction.execute(update(BorrowerRow).where(BorrowerRow.id == key).values(fresh[key]))
    _fill(transaction, BorrowerRow, [{"id": key, **row} for key, row in fresh.items() if key not in there])


def _fold_all(transaction: Transaction, progress: Progress | None) -> _Folded:
    undone = {str(fact.body["gesture"]): fact for fact in journal.facts_of_kind(transaction, FactKind.REVERSED)}
    reversals: dict[str, dict[str, object]] = {gesture: {"fact": fact.id} for gesture, fact in undone.items()}
    fresh = _Folded({}, {}, {}, {}, {}, {}, reversals, {}, {}, {})
    total = journal.count(transaction)
    done = 0
    for subject, group in groupby(journal.facts_by_subject(transaction), key=lambda fact: fact.subject):
        facts = list(group)
        _fold_subject(fresh, subject or "", facts, undone)
        done += len(facts)
        if progress is not None:
            progress(done, total)
    return fresh


def _fold_subject(fresh: _Folded, subject: str, every: list[Fact], undone: Mapping[str, Fact]) -> None:
    facts = [fact for fact in every if fact.gesture not in undone]
    kinds = {fact.kind for fact in facts}
    aggregate = aggregates.founded_by(fact.kind for fact in every)
    if OF_AGREEMENTS & kinds:
        _fold_agreement(fresh, subject, facts)
    elif FactKind.BORROWER_ADDED in kinds:
        borrower = fold.fold_borrower(subject, facts)
        if borrower is not None:
            fresh.borrowers[subject] = {name: getattr(borrower, name) for name in _FOLDED_OF_BORROWER}
            fresh.name("borrower", borrower.codes)
    elif aggregate is not None:
        state = aggregate.fold_from(subject, every, undone)
        if state is not None:
            fresh.beside.setdefault(aggregate.name, {})[subject] = aggregate.columns(state)
            fresh.name(aggregate.name, getattr(state, "codes", ()))
    else:
        _fold_instrument(fresh, subject, facts)


def _fold_instrument(fresh: _Folded, subject: str, facts: list[Fact]) -> None:
    state = fold.fold_instrument(subject, facts)
    if state is None:
        return
    fresh.instruments[subject] = columns.instrument_columns(state)
    fresh.name("instrument", state.codes)
    for loan in (*state.ended, state.loan):
        if loan is not None:
            fresh.loans[loan.id] = columns.loan_columns(loan)
    for repair in folding.repairs_of(state):
        fresh.repairs[repair.id] = columns.repair_columns(repair)
    for mark in state.marks:
        row = columns.mark_columns(subject, mark)
        fresh.marks[_mark_key(row)] = row


def _mark_key(row: Mapping[str, object]) -> str:
    return f"{row['stocktake']} {row['instrument']}"


def _fold_agreement(fresh: _Folded, subject: str, facts: list[Fact]) -> None:
    state = fold.fold_agreement(subject, facts)
    if state is None:
        return
    fresh.agreements[subject] = columns.agreement_columns(state)
    for loan in state.loans:
        fresh.items[f"{subject} {loan}"] = {"agreement": subject, "loan": loan}
    fresh.name("agreement", folding.agreement_codes(state))


def _rows(transaction: Transaction, table: type[Base], key: str) -> Iterator[tuple[str, dict[str, Any]]]:
    statement = select(table.__table__).execution_options(yield_per=2000)
    for row in transaction.connection.execute(statement):
        values = dict(row._mapping)  # noqa: SLF001 - public API, so named
        yield str(values[key]), values


def _without(key: str, rows: Iterator[tuple[str, dict[str, Any]]]) -> dict[str, dict[str, Any]]:
    return {identity: {c: v for c, v in row.items() if c != key} for identity, row in rows}


def _compare(
    table: str, found: Mapping[str, Mapping[str, object]], expected: Mapping[str, Mapping[str, object]]
) -> Iterator[Difference]:
    for key in sorted(found.keys() - expected.keys()):
        yield Difference(table, key, "a row", "no such row")
    for key in sorted(expected.keys() - found.keys()):
        yield Difference(table, key, "no such row", "a row")
    for key, row in expected.items():
        there = found.get(key, row)
        for column, value in row.items():
            if there[column] != value:
                yield Difference(table, key, f"{column} is {there[column]!r}", f"{column} is {value!r}")


def _fill(transaction: Transaction, table: type[Base], rows: list[dict[str, object]]) -> None:
    if rows:
        transaction.execute(insert(table), rows)
