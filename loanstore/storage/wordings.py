"""Agreement texts that the store has saved or used: what each says by its hash, and its versions in their order."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import insert, select

from loanstore.domain.wordings import hash_of
from loanstore.storage import aggregates
from loanstore.storage.agreement_tables import WordingRow, WordingTextRow

if TYPE_CHECKING:
    from collections.abc import Iterator

    from loanstore.domain.wordings import Wording
    from loanstore.storage.transaction import Transaction


def keep_text(transaction: Transaction, written: str) -> str:
    """Keep what a text says, unless it is there, and give its hash."""
    identity = hash_of(written)
    if text_of(transaction, identity) is None:
        transaction.execute(insert(WordingTextRow).values(hash=identity, text=written))
    return identity


def text_of(transaction: Transaction, identity: str) -> str | None:
    """Give what the text of that hash says."""
    rows = transaction.execute(select(WordingTextRow.text).where(WordingTextRow.hash == identity))
    return str(rows[0][0]) if rows else None


def versions(transaction: Transaction, key: str) -> tuple[Wording, ...]:
    """Give the saved versions of a text, the newest last."""
    found: list[Wording] = aggregates.every(transaction, "wording", WordingRow.key == key)
    return tuple(sorted(found, key=lambda one: (one.number, one.saved, one.id)))


def newest(transaction: Transaction, key: str) -> Wording | None:
    """Give the newest saved version of a text; None where the shipped one stands."""
    found = versions(transaction, key)
    return found[-1] if found else None


def texts(transaction: Transaction) -> Iterator[tuple[str, str]]:
    """Give each kept text as (the hash it is kept under, the hash of what it says)."""
    for identity, written in transaction.execute(select(WordingTextRow.hash, WordingTextRow.text)):
        yield identity, hash_of(written)
