"""The engine: one encrypted SQLite file, its pragmas, and its errors in our own words."""

from __future__ import annotations

import shutil
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import URL, Engine, create_engine, event
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import QueuePool
from sqlcipher3.dbapi2 import Error as DriverError

from loanstore.domain.errors import StoreUnusable

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from sqlalchemy import Connection

SALT_BYTES: Final = 16
"""SQLCipher keeps its salt in the clear, as the first bytes of the file."""

WAIT_MILLISECONDS: Final = 60_000
"""How long a process waits for its turn before it calls the store busy; a turn takes about a millisecond."""

_PRAGMAS: Final = (
    "PRAGMA foreign_keys = ON",
    # So that the guard of the journal also meets INSERT OR REPLACE, which deletes first.
    "PRAGMA recursive_triggers = ON",
    "PRAGMA synchronous = FULL",
    f"PRAGMA busy_timeout = {WAIT_MILLISECONDS}",
    "PRAGMA temp_store = MEMORY",
    "PRAGMA cache_size = -65536",
)

_ROOM_FOR_INDEX: Final = 65_536
"""Bytes; the index of the write-ahead log begins with half of that."""

_SAID_BY_SQLITE: Final = (
    ("file is not a database", "STORE_WRONG_KEY"),
    ("disk is full", "STORE_DISK_FULL"),
    ("readonly database", "STORE_READ_ONLY"),
    ("unable to open database", "STORE_CANNOT_OPEN"),
    ("malformed", "STORE_DAMAGED"),
    # What a search index says whose own description can't be read.
    ("vtable constructor failed", "STORE_DAMAGED"),
    ("disk i/o error", "STORE_DISK_ERROR"),
    ("database is locked", "STORE_BUSY"),
)


def read_salt(path: Path) -> bytes:
    """Read the salt at the head of an encrypted store; raises StoreUnusable where there is no such file."""
    try:
        with path.open("rb") as file:
            salt = file.read(SALT_BYTES)
    except FileNotFoundError:
        raise StoreUnusable("STORE_MISSING", path=str(path)) from None
    except OSError as error:
        raise StoreUnusable("STORE_CANNOT_OPEN", path=str(path), said=error.strerror) from None
    if len(salt) < SALT_BYTES or salt.isascii():
        raise StoreUnusable("STORE_NOT_ONE", path=str(path))
    return salt


def make_engine(path: Path, key: bytes, salt: bytes) -> Engine:
    """Make the engine for one file, opened by its raw 32-byte key; nothing is read yet.

    Each connection waits for its turn to write (BEGIN IMMEDIATE): a deferred transaction that reads first
    and writes later is refused by SQLite at once where another process wrote in between.
    """
    secret = f"x'{key.hex()}{salt.hex()}'"
    url = URL.create("sqlite+pysqlcipher", password=secret, database=str(path))
    engine = create_engine(url, poolclass=QueuePool, hide_parameters=True, connect_args={"check_same_thread": False})

    @event.listens_for(engine, "connect")
    def _prepare(connection: Any, _record: object) -> None:  # noqa: ANN401 - the driver has no types
        connection.isolation_level = None
        cursor = connection.cursor()
        cursor.execute("PRAGMA cipher_log_level = NONE").fetchall()
        for pragma in _PRAGMAS:
            cursor.execute(pragma).fetchall()
        cursor.close()

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        # By the driver's own cursor: a third of what a scan costs beside the disk would go into wrapping this.
        connection.connection.cursor().execute(connection.get_execution_options().get("begin", "BEGIN IMMEDIATE"))

    return engine


@contextmanager
def in_our_words(path: Path) -> Iterator[None]:
    """Turn the database's errors into ours; a broken constraint passes, for it is a bug or a rule's business."""
    try:
        yield
    except (DBAPIError, DriverError) as error:
        said = str(error.orig if isinstance(error, DBAPIError) else error)
        code = _code_for(said.lower())
        if code == "STORE_DISK_ERROR" and _is_full(path):
            code = "STORE_DISK_FULL"
        if code is None:
            raise
        raise StoreUnusable(code, path=str(path), said=said) from error


def _is_full(path: Path) -> bool:
    """Tell whether there is no room for what SQLite keeps beside a store: it calls that an error of the disk."""
    try:
        return shutil.disk_usage(path.parent).free < _ROOM_FOR_INDEX
    except OSError:
        return False


def _code_for(said: str) -> str | None:
    return next((code for words, code in _SAID_BY_SQLITE if words in said), None)
