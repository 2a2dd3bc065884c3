"""A transaction: prepared statements on one connection, all of it durable or none of it.

A scan's statements cost more to build and to wrap than to run; a ``Prepared`` is written as SQLAlchemy Core
once, compiled once, and then handed to the driver's own cursor within the same transaction.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeAlias, cast

from sqlalchemy import Row
from sqlalchemy.dialects.sqlite.pysqlcipher import dialect as sqlcipher_dialect

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from sqlalchemy import Connection, Executable
    from sqlalchemy.sql import ClauseElement
    from sqlalchemy.sql.compiler import SQLCompiler

AnyRow: TypeAlias = Row[*tuple[Any, ...]]
"""A row as SQLAlchemy gives it; it never leaves ``storage/``."""

Columns: TypeAlias = tuple[Any, ...]
"""A row as the driver gives it to a prepared statement."""


class Prepared:
    """A Core statement compiled for the driver on its first use; parameters go in by name."""

    __slots__ = ("_constants", "_names", "_statement", "sql")

    def __init__(self, statement: ClauseElement) -> None:
        self._statement = statement
        self.sql = ""
        self._names: tuple[str, ...] = ()
        self._constants: dict[str, Any] = {}

    def take(self, values: Mapping[str, object]) -> tuple[object, ...]:
        """Give the parameters in the driver's order; ``sql`` is the statement that they go with."""
        if not self.sql:
            self._compile()
        if self._constants:
            values = {**self._constants, **values}
        return tuple([values[name] for name in self._names])

    def _compile(self) -> None:
        dialect = sqlcipher_dialect(paramstyle="qmark")
        options = {"render_postcompile": True}
        compiled = cast("SQLCompiler", self._statement.compile(dialect=dialect, compile_kwargs=options))
        self._names = tuple(compiled.positiontup or ())
        self._constants = {name: value for name, value in compiled.params.items() if value is not None}
        self.sql = str(compiled)


class Transaction:
    """What operations are handed while they read or write; it ends with the block that opened it."""

    __slots__ = ("_cursor", "connection")

    def __init__(self, connection: Connection) -> None:
        self.connection = connection
        self._cursor = connection.connection.cursor()

    def close(self) -> None:
        """Let go of the cursor: one that an error keeps alive would reset its statement under the next transaction."""
        self._cursor.close()

    def run(self, prepared: Prepared, **values: object) -> None:
        """Run a prepared statement whose rows nobody needs."""
        taken = prepared.take(values)
        self._cursor.execute(prepared.sql, taken)

    def run_many(self, prepared: Prepared, rows: Iterable[Mapping[str, object]]) -> None:
        """Run a prepared statement once for each row of values."""
        taken = [prepared.take(row) for row in rows]
        if taken:
            self._cursor.executemany(prepared.sql, taken)

    def rows(self, prepared: Prepared, **values: object) -> list[Columns]:
        """Give all rows of a prepared statement."""
        taken = prepared.take(values)
        self._cursor.execute(prepared.sql, taken)
        return cast("list[Columns]", self._cursor.fetchall())

    def row(self, prepared: Prepared, **values: object) -> Columns | None:
        """Give the first row of a prepared statement, or None."""
        taken = prepared.take(values)
        self._cursor.execute(prepared.sql, taken)
        return cast("Columns | None", self._cursor.fetchone())

    def stream(self, prepared: Prepared, **values: object) -> Iterator[Columns]:
        """Give the rows of a prepared statement one by one, read as far as they are asked for."""
        taken = prepared.take(values)
        cursor = self.connection.connection.cursor()
        try:
            cursor.execute(prepared.sql, taken)
            while (row := cursor.fetchone()) is not None:
                yield row
        finally:
            cursor.close()

    def execute(self, statement: Executable, values: Any = None) -> Sequence[AnyRow]:  # noqa: ANN401 - as SQLAlchemy has it
        """Run any Core statement off the scan path and give its rows, if it has any."""
        result = self.connection.execute(statement, values)
        return result.all() if result.returns_rows else []
