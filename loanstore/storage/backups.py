"""Backups: an encrypted copy of the whole file, made while the store is in use, opened and counted."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, cast

from loanstore.domain.errors import Refused, StoreUnusable
from loanstore.storage import journal, lists
from loanstore.storage.engine import in_our_words, make_engine
from loanstore.storage.store import open_as_it_is
from loanstore.storage.whole_files import written_whole

if TYPE_CHECKING:
    from pathlib import Path

    from loanstore.storage.store import Store
    from loanstore.storage.transaction import Transaction


@dataclass(frozen=True, slots=True)
class Counts:
    """What a store holds, as a backup is counted by."""

    facts: int
    instruments: int
    borrowers: int
    loans_open: int


def count(transaction: Transaction) -> Counts:
    """Count what a store holds."""
    return Counts(
        journal.count(transaction),
        lists.count(transaction, "instruments"),
        lists.count(transaction, "borrowers"),
        lists.count(transaction, "loans"),
    )


def back_up(store: Store, key: bytes, salt: bytes, target: Path) -> Counts:
    """Copy a store page by page to a new file under the same key, open the copy and count it.

    Raises StoreUnusable where the target can't be written, or the copy does not hold what the store does;
    a copy that fails is taken away again.
    """
    with written_whole(target, "BACKUP_CANNOT_WRITE") as draft:
        engine = make_engine(draft, key, salt)
        try:
            with in_our_words(target), store.connection() as source:
                copy = engine.raw_connection()
                cast("Any", source.connection.dbapi_connection).backup(copy.dbapi_connection)
                copy.close()
        finally:
            engine.dispose()
        return _opened_and_counted(store, draft, key, salt)


def _opened_and_counted(store: Store, copy: Path, key: bytes, salt: bytes) -> Counts:
    opened = open_as_it_is(copy, key, salt)
    try:
        with opened.reading() as transaction:
            counted = count(transaction)
    finally:
        opened.close()
    with store.reading() as transaction:
        now = count(transaction)
    if counted.facts > now.facts or counted.facts == 0 < now.facts:
        raise StoreUnusable("BACKUP_DIFFERS", path=str(copy), found=counted.facts, expected=now.facts)
    return counted


def restore(backup: Path, target: Path, key: bytes, salt: bytes) -> Counts:
    """Put a backup in the place of a store that is not there; the backup itself stays as it is.

    Raises Refused where the target exists: a store is never overwritten.
    """
    if target.exists():
        raise Refused("STORE_EXISTS", path=str(target))
    opened = open_as_it_is(backup, key, salt)
    try:
        return back_up(opened, key, salt, target)
    finally:
        opened.close()
