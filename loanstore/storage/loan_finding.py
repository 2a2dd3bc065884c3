"""Which loans meet typed words: each word may be borne by the instrument or by whoever has it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from loanstore.storage.search import together

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from loanstore.storage.transaction import Transaction

BROAD: Final = 3000
"""From so many finds on, it is quicker to walk the codes in order and look which were found."""
BROAD_SHARE: Final = 0.03
"""From this share of all borrowers, or of all instruments, on, so many loans are theirs that the same holds."""

_BESIDE_LOANS: Final = {
    "instruments": "JOIN instruments i ON i.id = l.instrument",
    "borrowers": "JOIN borrowers b ON b.id = l.borrower",
}


@dataclass(frozen=True, slots=True)
class Condition:
    """One condition on loans: the tables beside ``loans`` that it asks, and the values in it.

    ``leads`` is its SQL where few loans meet it and it should name them; ``follows`` where many do and it is
    asked of one after another, by code: a plus before the column keeps the planner from leading by it.
    """

    asks: tuple[str, ...]
    leads: str
    follows: str
    values: tuple[object, ...] = ()


def counted_from(conditions: Iterable[Condition]) -> str:
    """Give what to count: no table is joined that nothing is asked of."""
    asked = dict.fromkeys(table for condition in conditions for table in condition.asks)
    return " ".join(["FROM loans l", *(_BESIDE_LOANS[table] for table in asked)])


def met_by(transaction: Transaction, queries: Sequence[str], standing: str) -> list[Condition] | None:
    """Ask each typed word of the side that bears it: mostly that is one side, and all its words are one question.

    ``queries`` are the words as the search index is asked for them. What everything on one side bears, such as
    the first letters of the store's codes, asks nothing. None where a word is borne by nothing at all.
    ``standing`` says again which loans count.
    """
    sides: dict[str, list[str]] = {"instruments": [], "borrowers": []}
    either: list[str] = []
    broad = False
    counted = {table: _count(transaction, table) for table in sides}
    for query in queries:
        borne = {table: _borne(transaction, table, query) for table in sides}
        if not any(borne.values()):
            return None
        if any(borne[table] == counted[table] for table in sides):
            continue
        if all(borne.values()):
            either.append(query)
            broad = any(borne[table] >= BROAD_SHARE * counted[table] for table in sides)
        else:
            sides["instruments" if borne["instruments"] else "borrowers"].append(query)
    met = [_found(table, asked) for table, asked in sides.items() if asked]
    if not met and len(either) == 1 and not broad:
        return [_leading_either(either[0], standing)]
    return [*met, *map(_either, either)]


def _borne(transaction: Transaction, table: str, query: str) -> int:
    counted = f"SELECT count(*) FROM {table}_index WHERE {table}_index MATCH ?"  # noqa: S608 - one of two names
    return int(transaction.connection.exec_driver_sql(counted, (query,)).scalar_one())


def _count(transaction: Transaction, table: str) -> int:
    return int(transaction.connection.exec_driver_sql(f"SELECT count(*) FROM {table}").scalar_one())  # noqa: S608 - the same


def _found(table: str, queries: list[str]) -> Condition:
    sql = f"{table[0]}.row IN (SELECT rowid FROM {table}_index WHERE {table}_index MATCH ?)"  # noqa: S608 - the same
    return Condition((table,), sql, f"+{sql}", (together(queries),))


def _either(query: str) -> Condition:
    sides = [_found(table, [query]) for table in _BESIDE_LOANS]
    asked = " OR ".join(side.follows for side in sides)
    return Condition(tuple(_BESIDE_LOANS), f"({asked})", f"({asked})", sides[0].values * 2)


def _leading_either(query: str, standing: str) -> Condition:
    """Name the loans that meet a word on either side; it leads alone, for beside another it would be asked for each."""
    named = [
        f"SELECT l.rowid FROM loans l {join} WHERE {_found(table, [query]).leads} {standing}"  # noqa: S608 - the same
        for table, join in _BESIDE_LOANS.items()
    ]
    follows = _either(query)
    return Condition((), f"l.rowid IN ({' UNION ALL '.join(named)})", follows.follows, follows.values)
