"""Lists and find-as-you-type: what screens and ``list`` show, by code, with how many there are in all."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import text

from loanstore.domain.search import words
from loanstore.storage.search import match

if TYPE_CHECKING:
    from loanstore.storage.transaction import Transaction

BROAD: Final = 3000
"""From so many finds on, it is quicker to walk the codes in order and look which were found."""


@dataclass(frozen=True, slots=True)
class InstrumentLine:
    """An instrument in a list; ``due`` is an ISO day, ``seen`` an ISO instant or None for never."""

    id: str
    code: str
    type: str
    size: str
    make: str
    model: str
    serial: str
    status: str
    location: str
    borrower: str
    due: str | None
    seen: str | None


@dataclass(frozen=True, slots=True)
class BorrowerLine:
    """A borrower in a list; ``out`` is how many things it has."""

    id: str
    code: str
    name: str
    kind: str
    pupil: str
    school: str
    postcode: str
    closed: str
    out: int


@dataclass(frozen=True, slots=True)
class LoanLine:
    """A loan in a list; ``agreement`` is the code of the paper it stands on, empty for a loan without one."""

    id: str
    instrument: str
    title: str
    borrower: str
    borrower_name: str
    out: str
    due: str
    ended: str | None
    agreement: str


@dataclass(frozen=True, slots=True)
class Listing:
    """A page of a list and how many lines the whole has."""

    total: int
    lines: tuple[Any, ...]


_INSTRUMENT_SELECT: Final = """
SELECT i.id, i.code, coalesce(i.type, ''), coalesce(i.size, ''), coalesce(i.make, ''), coalesce(i.model, ''),
  coalesce(i.serial, ''), i.status, coalesce(p.name, ''), coalesce(b.code, ''), l.due, i.seen
FROM instruments i
LEFT JOIN loans l ON l.instrument = i.id AND l.ended IS NULL
LEFT JOIN borrowers b ON b.id = l.borrower
LEFT JOIN places p ON p.id = i.location
"""
_BORROWER_SELECT: Final = """
SELECT b.id, b.code, coalesce(b.name, ''), b.kind, coalesce(b.pupil, ''), coalesce(b.school, ''),
  coalesce(b.postcode, ''), coalesce(b.closed, ''),
  (SELECT count(*) FROM loans l WHERE l.borrower = b.id AND l.ended IS NULL)
FROM borrowers b
"""
_LOAN_SELECT: Final = """
SELECT l.id, i.code, trim(coalesce(i.type, '') || ' ' || coalesce(i.size, '')), b.code, coalesce(b.name, ''),
  l.out, l.due, l.ended, coalesce(a.code, '')
FROM loans l
JOIN instruments i ON i.id = l.instrument
JOIN borrowers b ON b.id = l.borrower
LEFT JOIN agreement_items ai ON ai.loan = l.id
LEFT JOIN agreements a ON a.id = ai.agreement
"""
_NO_LIMIT: Final = -1


def instruments(transaction: Transaction, find: str = "", limit: int | None = None) -> Listing:
    """List instruments by code; ``find`` holds beginnings of words, all of which must be met."""
    rows, total = _page(transaction, "instruments", _INSTRUMENT_SELECT, "i", find, limit)
    return Listing(total, tuple(InstrumentLine(*row) for row in rows))


def borrowers(transaction: Transaction, find: str = "", limit: int | None = None) -> Listing:
    """List borrowers by code."""
    rows, total = _page(transaction, "borrowers", _BORROWER_SELECT, "b", find, limit)
    return Listing(total, tuple(BorrowerLine(*row) for row in rows))


def _page(
    transaction: Transaction, table: str, select: str, alias: str, find: str, limit: int | None
) -> tuple[list[Any], int]:
    run = transaction.connection.exec_driver_sql
    cut = _NO_LIMIT if limit is None else limit
    query = match(find)
    if query is None:
        total = run(f"SELECT count(*) FROM {table}").scalar_one()  # noqa: S608 - one of two names written above
        return list(run(f"{select} ORDER BY {alias}.code LIMIT ?", (cut,))), total
    counted = f"SELECT count(*) FROM {table}_index WHERE {table}_index MATCH ?"  # noqa: S608 - the same
    total = run(counted, (query,)).scalar_one()
    # A plus before the column keeps the planner from walking the finds where walking the codes is quicker.
    column = f"+{alias}.row" if total >= BROAD else f"{alias}.row"
    found = f"{column} IN (SELECT rowid FROM {table}_index WHERE {table}_index MATCH ?)"  # noqa: S608 - the same
    return list(run(f"{select} WHERE {found} ORDER BY {alias}.code LIMIT ?", (query, cut))), total


@dataclass(frozen=True, slots=True)
class LoanFilter:
    """Which loans are meant: past ones too, those due before a day, or those of one borrower or instrument."""

    past: bool = False
    due_before: str | None = None
    borrower: str | None = None
    instrument: str | None = None
    without_agreement: bool = False


def loans(
    transaction: Transaction, which: LoanFilter | None = None, find: str = "", limit: int | None = None
) -> Listing:
    """List loans by the instrument's code; ``find`` meets the instrument's words or the borrower's."""
    wanted = which or LoanFilter()
    where, values = _loan_conditions(wanted)
    for word in words(find):
        where.append(
            "(i.row IN (SELECT rowid FROM instruments_index WHERE instruments_index MATCH ?)"
            " OR b.row IN (SELECT rowid FROM borrowers_index WHERE borrowers_index MATCH ?))"
        )
        values += [f'"{word}"*', f'"{word}"*']
    condition = f"WHERE {' AND '.join(where)}" if where else ""
    run = transaction.connection.exec_driver_sql
    if find or wanted != LoanFilter():
        total = run(f"SELECT count(*) {_LOAN_SELECT[_LOAN_SELECT.index('FROM') :]} {condition}", tuple(values))
    else:
        total = run("SELECT count(*) FROM loans WHERE ended IS NULL")
    cut = _NO_LIMIT if limit is None else limit
    rows = run(f"{_LOAN_SELECT} {condition} ORDER BY i.code, l.out LIMIT ?", (*values, cut))
    return Listing(total.scalar_one(), tuple(LoanLine(*row) for row in rows))


def _loan_conditions(wanted: LoanFilter) -> tuple[list[str], list[object]]:
    where: list[str] = []
    values: list[object] = []
    if not wanted.past:
        where.append("l.ended IS NULL")
    for column, value in (("b.id", wanted.borrower), ("i.id", wanted.instrument)):
        if value is not None:
            where.append(f"{column} = ?")
            values.append(value)
    if wanted.due_before is not None:
        where.append("l.due < ?")
        values.append(wanted.due_before)
    if wanted.without_agreement:
        where.append("ai.agreement IS NULL")
    return where, values


def count(transaction: Transaction, table: str) -> int:
    """Count the lines of ``instruments`` or ``borrowers``, or the open loans of ``loans``."""
    condition = " WHERE ended IS NULL" if table == "loans" else ""
    return int(transaction.execute(text(f"SELECT count(*) FROM {table}{condition}"))[0][0])  # noqa: S608 - names are written in code
