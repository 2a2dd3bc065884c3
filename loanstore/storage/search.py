"""The search index: folded words of instruments and borrowers, and pieces of numbers, kept beside their rows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sqlalchemy import bindparam, select, text

from loanstore.domain.search import fold, words
from loanstore.storage.tables import BorrowerRow, CodeRow, InstrumentRow
from loanstore.storage.transaction import Prepared

if TYPE_CHECKING:
    from collections.abc import Iterable

    from loanstore.storage.transaction import Transaction

INSTRUMENT_TEXT: Final = ("type", "size", "make", "model", "serial")
INDEXES: Final = ("instruments_index", "borrowers_index", "instruments_pieces")
BORROWER_TEXT: Final = ("name", "contact", "pupil", "school", "postcode")

_INSTRUMENT: Final = Prepared(
    select(InstrumentRow.row, *(getattr(InstrumentRow, name) for name in INSTRUMENT_TEXT)).where(
        InstrumentRow.id == bindparam("owner")
    )
)
_BORROWER: Final = Prepared(
    select(BorrowerRow.row, BorrowerRow.merged_into, *(getattr(BorrowerRow, name) for name in BORROWER_TEXT)).where(
        BorrowerRow.id == bindparam("owner")
    )
)
_CODES: Final = Prepared(select(CodeRow.form, CodeRow.shown).where(CodeRow.owner == bindparam("owner")))
_PUT_INSTRUMENT: Final = "INSERT OR REPLACE INTO instruments_index (rowid, words) VALUES (?, ?)"
_PUT_PIECES: Final = "INSERT OR REPLACE INTO instruments_pieces (rowid, numbers) VALUES (?, ?)"
_PUT_BORROWER: Final = "INSERT OR REPLACE INTO borrowers_index (rowid, words) VALUES (?, ?)"


def index_instrument(transaction: Transaction, identity: str) -> None:
    """Write an instrument's words: its codes with and without hyphens, type, size, make, model and serial."""
    row = transaction.row(_INSTRUMENT, owner=identity)
    if row is not None:
        borne = _codes(transaction, identity)
        run = transaction.connection.exec_driver_sql
        serial = plain(row[1 + INSTRUMENT_TEXT.index("serial")] or "")
        run(_PUT_INSTRUMENT, (row[0], _folded([*row[1:], serial, *borne])))
        run(_PUT_PIECES, (row[0], " ".join(dict.fromkeys((serial, *map(plain, borne))))))


def index_borrower(transaction: Transaction, identity: str) -> None:
    """Write a borrower's words: codes, names, school and postcode; a record that was another's is found no more."""
    row = transaction.row(_BORROWER, owner=identity)
    if row is not None and row[1] is not None:
        forget_borrower(transaction, identity)
    elif row is not None:
        found = _folded([*row[2:], *_codes(transaction, identity)])
        transaction.connection.exec_driver_sql(_PUT_BORROWER, (row[0], found))


def forget_instrument(transaction: Transaction, identity: str) -> None:
    """Take an instrument out of the index, before its row goes."""
    for index in ("instruments_index", "instruments_pieces"):
        where = f"DELETE FROM {index} WHERE rowid = (SELECT row FROM instruments WHERE id = :owner)"  # noqa: S608 - one of two names
        transaction.execute(text(where), {"owner": identity})


def forget_borrower(transaction: Transaction, identity: str) -> None:
    """Take a borrower out of the index, before its row goes."""
    statement = text("DELETE FROM borrowers_index WHERE rowid = (SELECT row FROM borrowers WHERE id = :owner)")
    transaction.execute(statement, {"owner": identity})


def rebuild(transaction: Transaction) -> None:
    """Write the whole index again."""
    for index in INDEXES:
        transaction.execute(text(f"DELETE FROM {index}"))  # noqa: S608 - one of the names above
    for row in transaction.execute(select(InstrumentRow.id)):
        index_instrument(transaction, row[0])
    for row in transaction.execute(select(BorrowerRow.id)):
        index_borrower(transaction, row[0])


def match(typed: str) -> str | None:
    """Turn what was typed into a query in which every word begins a word; None where nothing is typed."""
    return together(map(beginning, words(typed)))


def beginning(word: str) -> str:
    """Write the query for what begins with a word."""
    return f'"{word}"*'


def together(queries: Iterable[str]) -> str | None:
    """Write the query for what meets all of several; None where there are none."""
    return " AND ".join(queries) or None


def pieces(fragment: str) -> str:
    """Write the query for numbers that may hold a fragment of three letters or more: they hold its every three."""
    return together(f'"{fragment[at : at + 3]}"' for at in range(len(fragment) - 2)) or '""'


def _codes(transaction: Transaction, identity: str) -> list[str]:
    return [piece for row in transaction.rows(_CODES, owner=identity) for piece in (row[0], row[1])]


def plain(number: str) -> str:
    """Write a number as it is searched in pieces: folded letters and digits in one run."""
    return "".join(letter for letter in fold(number) if letter.isalnum())


def _folded(texts: Iterable[str | None]) -> str:
    found = [word for piece in texts if piece for word in words(piece)]
    return " ".join(dict.fromkeys(found))
