"""The store: one encrypted file, made, opened, and read or written in transactions."""

from __future__ import annotations

import threading
from contextlib import closing, contextmanager
from itertools import chain, count
from typing import TYPE_CHECKING, Final

from sqlalchemy import delete, insert, select, text

from loanstore.domain.errors import Ours, Refused
from loanstore.storage import schema
from loanstore.storage.engine import in_our_words, make_engine
from loanstore.storage.tables import SettingRow
from loanstore.storage.transaction import Transaction
from loanstore.storage.whole_files import written_whole

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from sqlalchemy import Connection, Engine

SUFFIX: Final = ".loanstore"


class Store:
    """An open store. Transactions of one process take turns here; those of several, in the database."""

    def __init__(self, path: Path, engine: Engine) -> None:
        self.path = path
        self._engine = engine
        self._writer: Connection | None = None
        self._turn = threading.RLock()

    @contextmanager
    def writing(self) -> Iterator[Transaction]:
        """Open a transaction that may write: durable when the block ends, undone when it raises."""
        with self._turn, in_our_words(self.path):
            if self._writer is None:
                self._writer = self._engine.connect()
            with self._writer.begin(), closing(Transaction(self._writer)) as transaction:
                yield transaction

    @contextmanager
    def reading(self) -> Iterator[Transaction]:
        """Open a transaction that only reads, on a connection of its own; it waits for no writer."""
        with (
            in_our_words(self.path),
            self._engine.connect().execution_options(begin="BEGIN") as connection,
            connection.begin(),
            closing(Transaction(connection)) as transaction,
        ):
            yield transaction

    @contextmanager
    def connection(self) -> Iterator[Connection]:
        """Lend a connection outside any transaction, for backups and checks of the file itself."""
        with in_our_words(self.path), self._engine.connect() as connection:
            yield connection.execution_options(begin="BEGIN")

    def close(self) -> None:
        """Close every connection; what was answered is stored already."""
        if self._writer is not None:
            self._writer.close()
            self._writer = None
        self._engine.dispose()


def create(path: Path, key: bytes, salt: bytes, settings: Mapping[str, str]) -> Store:
    """Make a new store and open it: laid out beside its place and moved there whole.

    Raises Refused where the file exists, StoreUnusable where it can't be written.
    """
    if path.exists():
        raise Refused("STORE_EXISTS", path=str(path))
    with written_whole(path, "STORE_CANNOT_CREATE") as draft, in_our_words(path):
        engine = make_engine(draft, key, salt)
        try:
            _lay_out(engine, settings)
        finally:
            engine.dispose()
    return open_store(path, key, salt)


def _lay_out(engine: Engine, settings: Mapping[str, str]) -> None:
    raw = engine.raw_connection()
    raw.cursor().execute("PRAGMA journal_mode = WAL")
    raw.close()
    with engine.begin() as connection:
        schema.upgrade(connection)
        rows = [{"key": key, "value": value} for key, value in settings.items()]
        connection.execute(insert(SettingRow), rows)


def open_store(path: Path, key: bytes, salt: bytes) -> Store:
    """Open a store; one of an earlier version is brought up to this one, a copy of it put aside first.

    Raises StoreUnusable where the key is wrong, the file no store, or the store too new.
    """
    store = open_as_it_is(path, key, salt)
    try:
        with store.connection() as connection:
            _bring_up(path, connection)
    except BaseException:
        store.close()
        raise
    return store


def open_as_it_is(path: Path, key: bytes, salt: bytes) -> Store:
    """Open a store of this version or an earlier one and change nothing of it; raises as ``open_store`` does."""
    engine = make_engine(path, key, salt)
    try:
        with in_our_words(path), engine.connect().execution_options(begin="BEGIN") as connection, connection.begin():
            connection.execute(text("SELECT count(*) FROM sqlite_master"))
            schema.require_known(connection, path)
    except BaseException:
        engine.dispose()
        raise
    return Store(path, engine)


def _bring_up(path: Path, connection: Connection) -> None:
    """Run the migrations a store lacks and fold its journal afresh, in one transaction; a copy is put aside first.

    What hangs on a row must not fall with it while a table changes, so references are checked at the end.
    """
    with connection.begin():
        older = schema.is_older(connection)
    if not older:
        return
    from loanstore.storage.verifying import rebuild

    cursor = connection.connection.cursor()
    with written_whole(_free_name(path), "BACKUP_CANNOT_WRITE") as draft:
        cursor.execute("VACUUM INTO ?", (str(draft),))
    cursor.execute("PRAGMA foreign_keys = OFF").fetchall()
    with connection.execution_options(begin="BEGIN IMMEDIATE").begin():
        if schema.is_older(connection):  # another process may have been quicker
            schema.upgrade(connection)
            # What this version folds from the journal, the earlier one did not know of.
            rebuild(Transaction(connection))
            broken = connection.exec_driver_sql("PRAGMA foreign_key_check").all()
            if broken:
                raise Ours("MIGRATION_BROKE", table=str(broken[0][0]))
    cursor.execute("PRAGMA foreign_keys = ON").fetchall()
    cursor.close()


def _free_name(path: Path) -> Path:
    """Name the copy of a store as it was before it was brought up; an earlier copy is never replaced."""
    names = (f"{path.stem}-before-{schema.VERSION}{n}{path.suffix}" for n in chain([""], (f"-{n}" for n in count(2))))
    return next(kept for name in names if not (kept := path.with_name(name)).exists())


def read_settings(transaction: Transaction) -> dict[str, str]:
    """Read everything the store says of itself."""
    return {row[0]: row[1] for row in transaction.execute(select(SettingRow.key, SettingRow.value))}


def write_setting(transaction: Transaction, key: str, value: str) -> None:
    """Write one thing the store says of itself."""
    transaction.execute(delete(SettingRow).where(SettingRow.key == key))
    transaction.execute(insert(SettingRow).values(key=key, value=value))


def take_numbers(transaction: Transaction, how_many: int = 1) -> int:
    """Take the next numbers for codes made here and give the first; no number is ever handed out twice."""
    row = transaction.execute(select(SettingRow.value).where(SettingRow.key == "next_number"))
    first = int(row[0][0]) if row else 1
    write_setting(transaction, "next_number", str(first + how_many))
    return first
