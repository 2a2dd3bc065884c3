"""Places: their records beside the journal, what stands there, and what names one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sqlalchemy import delete, insert, update

from loanstore.domain.places import Place, PlaceKind, PlaceLine, StandingLine
from loanstore.domain.stocktakes import STANDING
from loanstore.storage.tables import PlaceRow

if TYPE_CHECKING:
    from loanstore.storage.transaction import Transaction

STANDS: Final = "i.status IN ({})".format(", ".join(f"'{status.value}'" for status in sorted(STANDING)))
"""The SQL of what is at its place, over the instruments as ``i``."""

WHAT: Final = "trim(coalesce(i.type, '') || ' ' || coalesce(i.size, ''))"
MADE: Final = "trim(coalesce(i.make, '') || ' ' || coalesce(i.model, ''))"

_PLACE: Final = """
SELECT p.id, coalesce(c.code, ''), p.name, coalesce(c.kind, p.kind)
FROM places p LEFT JOIN place_codes c ON c.id = p.id
"""
_LINES: Final = f"""
SELECT p.id, coalesce(c.code, ''), p.name, coalesce(c.kind, p.kind), coalesce(n.standing, 0)
FROM places p LEFT JOIN place_codes c ON c.id = p.id
LEFT JOIN (SELECT i.location AS place, count(*) AS standing FROM instruments i WHERE {STANDS} GROUP BY i.location) n
  ON n.place = p.id
ORDER BY lower(p.name)
"""  # noqa: S608 - words of our own
_STANDING: Final = f"""
SELECT i.id, i.code, {WHAT}, {MADE}, coalesce(i.serial, ''), i.status
FROM instruments i WHERE i.location = ? AND {STANDS} ORDER BY i.code
"""  # noqa: S608 - the same
_NAMING: Final = """
SELECT id FROM instruments WHERE location = :place
UNION SELECT instrument FROM repairs WHERE repairer = :place
UNION SELECT instrument FROM loans WHERE custodian = :place
UNION SELECT id FROM requests WHERE place = :place
UNION SELECT id FROM stocktakes WHERE place = :place
"""


def every(transaction: Transaction) -> list[Place]:
    """Give all places, drop-off points and repairers, those without a code too."""
    rows = transaction.connection.exec_driver_sql(_PLACE)
    return [Place(row[0], row[1], row[2], PlaceKind(row[3])) for row in rows]


def by_id(transaction: Transaction, identity: str) -> Place | None:
    """Give one place; None where there is none."""
    rows = transaction.connection.exec_driver_sql(f"{_PLACE} WHERE p.id = ?", (identity,)).all()
    return Place(rows[0][0], rows[0][1], rows[0][2], PlaceKind(rows[0][3])) if rows else None


def lines(transaction: Transaction) -> tuple[PlaceLine, ...]:
    """List all places by name, each with how many instruments stand there."""
    rows = transaction.connection.exec_driver_sql(_LINES)
    return tuple(PlaceLine(row[0], row[1], row[2], PlaceKind(row[3]), row[4]) for row in rows)


def standing_at(transaction: Transaction, identity: str) -> tuple[StandingLine, ...]:
    """List what stands at a place, by code."""
    return tuple(StandingLine(*row) for row in transaction.connection.exec_driver_sql(_STANDING, (identity,)))


def add(transaction: Transaction, place: Place) -> None:
    """Write the record of a new place."""
    transaction.execute(insert(PlaceRow).values(id=place.id, name=place.name, kind=place.kind.value))


def rename(transaction: Transaction, identity: str, name: str) -> None:
    """Write another name over the one a place had."""
    transaction.execute(update(PlaceRow).where(PlaceRow.id == identity).values(name=name))


def naming(transaction: Transaction, identity: str) -> list[str]:
    """Give the ids of the instruments, requests and stocktakes that name a place, for whatever reason."""
    return [str(row[0]) for row in transaction.connection.exec_driver_sql(_NAMING, {"place": identity})]


def forget_unless(transaction: Transaction, identity: str, *, known: bool) -> None:
    """Take away the record of a place whose adding was undone, unless it is older than that or anything names it."""
    if not known and not naming(transaction, identity):
        transaction.execute(delete(PlaceRow).where(PlaceRow.id == identity))
