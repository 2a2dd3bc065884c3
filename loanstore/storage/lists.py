"""Lists and find-as-you-type: what screens and ``list`` show, by code, with how many there are in all."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import text

from loanstore.domain.search import words
from loanstore.storage.search import match

if TYPE_CHECKING:
    from collections.abc import Iterable

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
    borrower_name: str


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
  coalesce(i.serial, ''), i.status, coalesce(p.name, ''), coalesce(b.code, ''), l.due, i.seen,
  coalesce(b.name, '')
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
  l.out, l.due, l.ended, coalesce((SELECT a.code FROM agreement_items ai JOIN agreements a ON a.id = ai.agreement
  WHERE ai.loan = l.id ORDER BY a.made DESC LIMIT 1), '')
"""
_LOANS_BY_CODE: Final = """
FROM instruments i CROSS JOIN loans l ON l.instrument = i.id CROSS JOIN borrowers b ON b.id = l.borrower
"""
_LOANS_FOUND: Final = "FROM loans l JOIN instruments i ON i.id = l.instrument JOIN borrowers b ON b.id = l.borrower"
_BESIDE_LOANS: Final = {
    "instruments": "JOIN instruments i ON i.id = l.instrument",
    "borrowers": "JOIN borrowers b ON b.id = l.borrower",
}
_NO_AGREEMENT: Final = "NOT EXISTS (SELECT 1 FROM agreement_items ai WHERE ai.loan = l.id)"
_NO_LIMIT: Final = -1
_STANDING: Final = {"instruments": "1", "borrowers": "merged_into IS NULL"}
"""Which rows of a table count: a record that turned out to be another's is none any more."""


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
        standing = _STANDING[table]
        total = run(f"SELECT count(*) FROM {table} WHERE {standing}").scalar_one()  # noqa: S608 - names written above
        return list(run(f"{select} WHERE {standing} ORDER BY {alias}.code LIMIT ?", (cut,))), total
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
    met = _met_by(transaction, find, "" if wanted.past else "AND l.ended IS NULL")
    if met is None:
        return Listing(0, ())
    conditions = [*_loan_conditions(wanted), *met]
    where = " AND ".join(["1", *(condition.leads for condition in conditions)])
    values = tuple(value for condition in conditions for value in condition.values)
    run = transaction.connection.exec_driver_sql
    total = run(f"SELECT count(*) {_counted_from(conditions)} WHERE {where}", values).scalar_one()
    if limit == 0 or not total:
        return Listing(total, ())
    source = _LOANS_FOUND
    if total >= BROAD:
        source = _LOANS_BY_CODE
        where = " AND ".join(["1", *(condition.follows for condition in conditions)])
    cut = _NO_LIMIT if limit is None else limit
    rows = run(f"{_LOAN_SELECT} {source} WHERE {where} ORDER BY i.code, l.out LIMIT ?", (*values, cut))
    return Listing(total, tuple(LoanLine(*row) for row in rows))


@dataclass(frozen=True, slots=True)
class _Condition:
    """One condition on loans: the tables beside ``loans`` that it asks, and the values in it.

    ``leads`` is its SQL where few loans meet it and it should name them; ``follows`` where many do and it is
    asked of one after another, by code: a plus before the column keeps the planner from leading by it.
    """

    asks: tuple[str, ...]
    leads: str
    follows: str
    values: tuple[object, ...] = ()


def _loan_conditions(wanted: LoanFilter) -> list[_Condition]:
    said = [
        (not wanted.past, "l.ended IS NULL", ()),
        (wanted.borrower is not None, "l.borrower = ?", (wanted.borrower,)),
        (wanted.instrument is not None, "l.instrument = ?", (wanted.instrument,)),
        (wanted.due_before is not None, "l.due < ?", (wanted.due_before,)),
        (wanted.without_agreement, _NO_AGREEMENT, ()),
    ]
    return [_Condition((), sql, sql, values) for holds, sql, values in said if holds]


def _counted_from(conditions: Iterable[_Condition]) -> str:
    """Give what to count: no table is joined that nothing is asked of."""
    asked = dict.fromkeys(table for condition in conditions for table in condition.asks)
    return " ".join(["FROM loans l", *(_BESIDE_LOANS[table] for table in asked)])


def _met_by(transaction: Transaction, find: str, standing: str) -> list[_Condition] | None:
    """Ask each typed word of the side that bears it: mostly that is one side, and all its words are one question.

    What everything on one side bears, such as the first letters of the store's codes, asks nothing. None
    where a word is borne by nothing at all. ``standing`` says again which loans count.
    """
    sides: dict[str, list[str]] = {"instruments": [], "borrowers": []}
    either: list[str] = []
    for word in words(find):
        borne = {table: _borne(transaction, table, word) for table in sides}
        if not any(borne.values()):
            return None
        if any(borne[table] == count(transaction, table) for table in sides):
            continue
        if all(borne.values()):
            either.append(word)
        else:
            sides["instruments" if borne["instruments"] else "borrowers"].append(word)
    met = [_found(table, typed) for table, typed in sides.items() if typed]
    if not met and len(either) == 1:
        return [_leading_either(either[0], standing)]
    return [*met, *map(_either, either)]


def _borne(transaction: Transaction, table: str, word: str) -> int:
    counted = f"SELECT count(*) FROM {table}_index WHERE {table}_index MATCH ?"  # noqa: S608 - one of two names
    return int(transaction.connection.exec_driver_sql(counted, (match(word),)).scalar_one())


def _found(table: str, typed: list[str]) -> _Condition:
    sql = f"{table[0]}.row IN (SELECT rowid FROM {table}_index WHERE {table}_index MATCH ?)"  # noqa: S608 - the same
    return _Condition((table,), sql, f"+{sql}", (match(" ".join(typed)),))


def _either(word: str) -> _Condition:
    sides = [_found(table, [word]) for table in _BESIDE_LOANS]
    asked = " OR ".join(side.follows for side in sides)
    return _Condition(tuple(_BESIDE_LOANS), f"({asked})", f"({asked})", sides[0].values * 2)


def _leading_either(word: str, standing: str) -> _Condition:
    """Name the loans that meet a word on either side; it leads alone, for beside another it would be asked for each."""
    named = [
        f"SELECT l.rowid FROM loans l {join} WHERE {_found(table, [word]).leads} {standing}"  # noqa: S608 - the same
        for table, join in _BESIDE_LOANS.items()
    ]
    follows = _either(word)
    return _Condition((), f"l.rowid IN ({' UNION ALL '.join(named)})", follows.follows, follows.values)


def count(transaction: Transaction, table: str) -> int:
    """Count the lines of ``instruments`` or ``borrowers``, or the open loans of ``loans``."""
    condition = " WHERE ended IS NULL" if table == "loans" else ""
    return int(transaction.execute(text(f"SELECT count(*) FROM {table}{condition}"))[0][0])  # noqa: S608 - names are written in code
