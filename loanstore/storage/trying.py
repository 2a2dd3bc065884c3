"""A trial: the store as it is now, over which whatever is written stays with the one who writes it, and goes after.

Every table is covered, on a connection of its own, by a view of the same name in SQLite's own schema for what is
temporary: it shows the table's rows but for those that went, and those that came. A name without a schema means
the temporary thing first, so whoever is handed the transaction reads and writes as always. The store itself is
only read: nobody waits for a trial, and a trial waits for nobody.
"""

from __future__ import annotations

from contextlib import closing, contextmanager
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import UniqueConstraint

from loanstore.storage import keeping_tables, search, tables
from loanstore.storage.engine import in_our_words
from loanstore.storage.transaction import Transaction

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from sqlalchemy import Column, Table

    from loanstore.storage.store import Store

_CAME: Final = "came_"
_WENT: Final = "went_"
_COVERED: Final = tables.Base.metadata
_KEPT_WHOLE: Final = frozenset({keeping_tables.PhotoRow.__tablename__})
"""Tables that nothing tried ever writes."""


@contextmanager
def trial(store: Store) -> Iterator[Transaction]:
    """Open a transaction that may write as it likes and leaves no trace; it holds no lock."""
    with in_our_words(store.path), store.connection() as connection:
        cursor = connection.connection.cursor()
        try:
            for statement in _cover():
                cursor.execute(statement)
            with connection.begin(), closing(Transaction(connection)) as transaction:
                yield transaction
        finally:
            cursor.close()
            # The covers go with the connection, and what was tried with the covers.
            connection.invalidate()


def _cover() -> Iterator[str]:
    for table in _COVERED.sorted_tables:
        if table.name not in _KEPT_WHOLE:
            yield from _cover_of(table)
    for index in search.INDEXES:
        yield f"CREATE TEMP TABLE {index} (words, numbers)"


def _cover_of(table: Table) -> Iterator[str]:
    """Give the statements that cover one table: what came, what went, the view of both, and how it is written."""
    name, key, columns = table.name, _names(table.primary_key), _names(table.columns)
    came, went = f"{_CAME}{name}", f"{_WENT}{name}"
    listed, keyed = ", ".join(columns), ", ".join(key)
    yield f"CREATE TEMP TABLE {came} ({_typed(table.columns)}, PRIMARY KEY ({keyed}))"
    yield f"CREATE TEMP TABLE {went} ({_typed(table.primary_key)}, PRIMARY KEY ({keyed})) WITHOUT ROWID"
    for n, looked_up in enumerate(_looked_up(table)):
        yield f"CREATE INDEX temp.{came}_{n} ON {came} ({', '.join(looked_up)})"
    there = f"there_{name}"
    same = " AND ".join(f"{went}.{one} = {there}.{one}" for one in key)
    stays = f"SELECT {listed} FROM main.{name} AS {there} WHERE NOT EXISTS (SELECT 1 FROM temp.{went} WHERE {same})"  # noqa: S608 - names of our own tables
    yield f"CREATE TEMP VIEW {name} AS {stays} UNION ALL SELECT {listed} FROM temp.{came}"  # noqa: S608 - the same
    yield from _written(table, came, went)


def _written(table: Table, came: str, went: str) -> Iterator[str]:
    """Give the statements by which what is written to a view comes and goes."""
    key = _names(table.primary_key)
    old = ", ".join(f"OLD.{one}" for one in key)
    new = ", ".join(_new(table, column.name) for column in table.columns)
    is_old = " AND ".join(f"{one} = OLD.{one}" for one in key)
    puts = f"INSERT INTO {came} ({', '.join(_names(table.columns))}) VALUES ({new});"  # noqa: S608 - names of our own tables
    takes = f"INSERT OR IGNORE INTO {went} VALUES ({old}); DELETE FROM {came} WHERE {is_old};"  # noqa: S608 - the same
    for verb, does in (("INSERT", puts), ("DELETE", takes), ("UPDATE", f"{takes} {puts}")):
        yield f"CREATE TEMP TRIGGER {verb.lower()}_{table.name} INSTEAD OF {verb} ON {table.name} BEGIN {does} END"


def _new(table: Table, column: str) -> str:
    """Give a column of a row that comes; one that SQLite would number itself is numbered on."""
    if column != "row":
        return f'NEW."{column}"'
    seen = (f"main.{table.name}", f"{_CAME}{table.name}")
    last = ", ".join(f'(SELECT coalesce(max("row"), 0) FROM {one})' for one in seen)  # noqa: S608 - names of our own tables
    return f'coalesce(NEW."row", max({last}) + 1)'


def _looked_up(table: Table) -> Iterator[list[str]]:
    """Give the columns by which the table's own indexes find a row."""
    for index in table.indexes:
        yield _names(index.columns)
    for column in table.columns:
        if column.unique:
            yield _names([column])
    for constraint in table.constraints:
        if isinstance(constraint, UniqueConstraint):
            yield _names(constraint.columns)


def _names(columns: Iterable[Column[Any]]) -> list[str]:
    return [f'"{column.name}"' for column in columns]


def _typed(columns: Iterable[Column[Any]]) -> str:
    return ", ".join(f'"{column.name}" {column.type.compile()}' for column in columns)
