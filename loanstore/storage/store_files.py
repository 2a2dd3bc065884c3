"""Files of the store itself, by name: its logo. Erasable, and never in a fact."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import delete, insert, select

from loanstore.storage.keeping_tables import StoreFileRow

if TYPE_CHECKING:
    from loanstore.storage.transaction import Transaction


def read_file(transaction: Transaction, name: str) -> bytes | None:
    """Give a file; None where there is none."""
    rows = transaction.execute(select(StoreFileRow.content).where(StoreFileRow.name == name))
    return bytes(rows[0][0]) if rows else None


def keep_file(transaction: Transaction, name: str, content: bytes, at: str) -> None:
    """Keep a file in the place of the one before."""
    delete_file(transaction, name)
    transaction.execute(insert(StoreFileRow).values(name=name, content=content, added=at))


def delete_file(transaction: Transaction, name: str) -> None:
    """Delete a file."""
    transaction.execute(delete(StoreFileRow).where(StoreFileRow.name == name))
