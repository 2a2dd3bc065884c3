"""How far labelling is: what has its label, by place, and what is out without one, by borrower."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from loanstore.storage.transaction import Transaction

_GONE: Final = "('missing', 'lost', 'retired', 'disposed')"
_WITHOUT: Final = "(i.labelled IS NULL AND i.code GLOB ?)"
_BY_PLACE: Final = f"""
SELECT coalesce(p.name, ''), count(*), sum(NOT {_WITHOUT})
FROM instruments i LEFT JOIN places p ON p.id = i.location
WHERE i.status NOT IN {_GONE} GROUP BY 1 ORDER BY 1
"""  # noqa: S608 - names and conditions of our own
_OUT: Final = f"""
SELECT i.id, i.code, trim(coalesce(i.type, '') || ' ' || coalesce(i.size, '')), coalesce(i.serial, ''), b.code,
  coalesce(b.name, '')
FROM loans l JOIN instruments i ON i.id = l.instrument JOIN borrowers b ON b.id = l.borrower
WHERE l.ended IS NULL AND {_WITHOUT} ORDER BY b.name, i.code
"""  # noqa: S608 - the same
_EVERY: Final = """
SELECT i.id, i.code, trim(coalesce(i.type, '') || ' ' || coalesce(i.size, '')),
  trim(coalesce(i.make, '') || ' ' || coalesce(i.model, '')) FROM instruments i
"""
_NEW: Final = f"{_EVERY} WHERE {_WITHOUT} AND i.status NOT IN {_GONE} ORDER BY i.code"


@dataclass(frozen=True, slots=True)
class Labelled:
    """What an instrument's label says of it."""

    id: str
    code: str
    title: str
    made: str


@dataclass(frozen=True, slots=True)
class LabelledAt:
    """A place, how many instruments are kept there, and how many of them have their label; no name is no place."""

    place: str
    instruments: int
    labelled: int


@dataclass(frozen=True, slots=True)
class UnlabelledOut:
    """An instrument that is out without a label, and who has it."""

    id: str
    instrument: str
    title: str
    serial: str
    borrower: str
    borrower_name: str


def by_place(transaction: Transaction, prefix: str) -> tuple[LabelledAt, ...]:
    """Count by place. A number that came with an instrument is on its sticker already; one made here is not."""
    rows = transaction.connection.exec_driver_sql(_BY_PLACE, (_made_here(prefix),))
    return tuple(LabelledAt(row[0], row[1], row[2]) for row in rows)


def unlabelled_out(transaction: Transaction, prefix: str) -> tuple[UnlabelledOut, ...]:
    """List what is on loan without a label, by the borrower's name."""
    rows = transaction.connection.exec_driver_sql(_OUT, (_made_here(prefix),))
    return tuple(UnlabelledOut(*row) for row in rows)


def every_instrument(transaction: Transaction) -> tuple[Labelled, ...]:
    """List every instrument by its code."""
    return tuple(Labelled(*row) for row in transaction.connection.exec_driver_sql(f"{_EVERY} ORDER BY i.code"))


def without_label(transaction: Transaction, prefix: str) -> tuple[Labelled, ...]:
    """List what is here or out with a code made here and has no label, by its code."""
    return tuple(Labelled(*row) for row in transaction.connection.exec_driver_sql(_NEW, (_made_here(prefix),)))


def _made_here(prefix: str) -> str:
    """Give the pattern of codes that the store makes: ``CM-004217-S``."""
    return f"{prefix}-{'[0-9]' * 6}-?"
