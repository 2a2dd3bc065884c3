"""What one borrower's page lists beside its loans: custody, sets, requests, crates, and what came back incomplete."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from loanstore.storage.transaction import Transaction

_TITLE: Final = "trim(coalesce(i.type, '') || ' ' || coalesce(i.size, ''))"


@dataclass(frozen=True, slots=True)
class CustodyLine:
    """A loan whose instrument is not with whoever answers for it; ``who`` is the other one's name or the place's."""

    code: str
    title: str
    who: str
    due: str


@dataclass(frozen=True, slots=True)
class LackingLine:
    """A loan that ended without some accessories; ``ended`` is UTC."""

    code: str
    title: str
    missing: tuple[str, ...]
    damaged: tuple[str, ...]
    ended: str


@dataclass(frozen=True, slots=True)
class SetLine:
    """A class set of which a borrower has some: how many of it are out on these loans."""

    code: str
    name: str
    out: int


@dataclass(frozen=True, slots=True)
class RequestLine:
    """An open request; ``wanted_by`` is an ISO day or None."""

    code: str
    type: str
    size: str
    number: int
    wanted_by: str | None


@dataclass(frozen=True, slots=True)
class CratesLine:
    """Crates that came on a day (ISO) and are not counted yet."""

    arrived: str
    crates: int


def passed_on(transaction: Transaction, borrower: str) -> tuple[CustodyLine, ...]:
    """List what a borrower answers for and somebody else has, or a place."""
    rows = transaction.connection.exec_driver_sql(
        f"SELECT i.code, {_TITLE}, coalesce(b.name, p.name, ''), l.due FROM loans l"  # noqa: S608 - our own words
        " JOIN instruments i ON i.id = l.instrument LEFT JOIN borrowers b ON b.id = l.custodian"
        " LEFT JOIN places p ON p.id = l.custodian"
        " WHERE l.borrower = ? AND l.custodian IS NOT NULL AND l.ended IS NULL ORDER BY i.code",
        (borrower,),
    )
    return tuple(CustodyLine(*row) for row in rows)


def kept_for_others(transaction: Transaction, borrower: str) -> tuple[CustodyLine, ...]:
    """List what a borrower has and another answers for."""
    rows = transaction.connection.exec_driver_sql(
        f"SELECT i.code, {_TITLE}, coalesce(b.name, b.code), l.due FROM loans l"  # noqa: S608 - our own words
        " JOIN instruments i ON i.id = l.instrument JOIN borrowers b ON b.id = l.borrower"
        " WHERE l.custodian = ? AND l.ended IS NULL ORDER BY i.code",
        (borrower,),
    )
    return tuple(CustodyLine(*row) for row in rows)


def came_back_lacking(transaction: Transaction, borrower: str) -> tuple[LackingLine, ...]:
    """List what came back from a borrower with something missing or damaged, and was not lent since, latest first."""
    rows = transaction.connection.exec_driver_sql(
        f"SELECT i.code, {_TITLE}, l.missing, l.damaged, l.ended FROM loans l"  # noqa: S608 - our own words
        " JOIN instruments i ON i.id = l.instrument"
        " WHERE l.borrower = ? AND l.ended IS NOT NULL AND (l.missing IS NOT NULL OR l.damaged IS NOT NULL)"
        " AND i.lacking IS NOT NULL"
        " AND l.id = (SELECT last.id FROM loans last WHERE last.instrument = i.id ORDER BY last.out DESC LIMIT 1)"
        " ORDER BY l.ended DESC",
        (borrower,),
    )
    return tuple(
        LackingLine(row[0], row[1], tuple(json.loads(row[2] or "[]")), tuple(json.loads(row[3] or "[]")), row[4])
        for row in rows
    )


def sets_out(transaction: Transaction, borrower: str) -> tuple[SetLine, ...]:
    """List the class sets of which a borrower has something."""
    rows = transaction.connection.exec_driver_sql(
        "SELECT s.code, s.name, count(*) FROM loans l JOIN class_sets s ON s.id = l.class_set"
        " WHERE l.borrower = ? AND l.ended IS NULL GROUP BY s.id ORDER BY s.code",
        (borrower,),
    )
    return tuple(SetLine(*row) for row in rows)


def open_requests(transaction: Transaction, borrower: str) -> tuple[RequestLine, ...]:
    """List what a borrower has asked for and not got yet, the first wanted first."""
    rows = transaction.connection.exec_driver_sql(
        "SELECT code, type, size, number, wanted_by FROM requests WHERE borrower = ? AND closed IS NULL"
        " ORDER BY coalesce(wanted_by, '9999'), code",
        (borrower,),
    )
    return tuple(RequestLine(*row) for row in rows)


def uncounted_crates(transaction: Transaction, borrower: str) -> tuple[CratesLine, ...]:
    """List the crates of a borrower's that arrived and are not counted yet."""
    rows = transaction.connection.exec_driver_sql(
        "SELECT arrived, crates FROM crates WHERE borrower = ? AND counted IS NULL ORDER BY arrived", (borrower,)
    )
    return tuple(CratesLine(*row) for row in rows)


def former_names(transaction: Transaction, borrower: str) -> tuple[tuple[str, str], ...]:
    """List the records that were merged into a borrower as (code, name)."""
    rows = transaction.connection.exec_driver_sql(
        "SELECT code, coalesce(name, '') FROM borrowers WHERE merged_into = ? ORDER BY code", (borrower,)
    )
    return tuple((row[0], row[1]) for row in rows)
