"""Lists of the workshop: visits to repairers, and what needs attention before it can go out again."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from loanstore.domain.loans import Checked
from loanstore.storage.columns import read_checked

if TYPE_CHECKING:
    from collections.abc import Iterable

    from loanstore.storage.transaction import Transaction

NEEDS_ATTENTION: Final = "needs attention"


@dataclass(frozen=True, slots=True)
class RepairLine:
    """A visit to a repairer. ``sent`` and ``back`` are UTC instants, money is pence, ``fault`` the note's text.

    What was in repair already when its list was imported has neither id nor repairer.
    """

    id: str
    instrument: str
    code: str
    type: str
    size: str
    make: str
    model: str
    serial: str
    repairer: str
    repairer_name: str
    sent: str
    fault: str
    quote: int | None
    decision: str
    back: str
    outcome: str
    cost: int | None


@dataclass(frozen=True, slots=True)
class AttentionLine:
    """Something that can't be lent until it was seen to: what is missing or damaged, and where it stands."""

    instrument: str
    code: str
    type: str
    size: str
    condition: str
    missing: tuple[str, ...]
    damaged: tuple[str, ...]
    place: str
    seen: str | None


@dataclass(frozen=True, slots=True)
class Repairer:
    """Somebody who mends: a place of that kind; ``code`` is empty where it has no label, ``there`` what it has."""

    id: str
    name: str
    code: str
    there: int


_THING: Final = """i.id, i.code, coalesce(i.type, ''), coalesce(i.size, ''), coalesce(i.make, ''),
  coalesce(i.model, ''), coalesce(i.serial, '')"""
_VISITS: Final = f"""
SELECT r.id, {_THING}, r.repairer, coalesce(p.name, ''), r.sent, coalesce(n.text, ''), r.quote,
  coalesce(r.decision, ''), coalesce(r.back, ''), coalesce(r.outcome, ''), r.cost
FROM repairs r JOIN instruments i ON i.id = r.instrument
LEFT JOIN places p ON p.id = r.repairer LEFT JOIN notes n ON n.id = r.fault
"""  # noqa: S608 - columns written above
_UNWRITTEN: Final = f"""
SELECT '', {_THING}, '', coalesce(p.name, ''), '', '', NULL, '', '', '', NULL
FROM instruments i LEFT JOIN places p ON p.id = i.location
WHERE i.status = 'in repair' AND i.repair IS NULL ORDER BY i.code
"""  # noqa: S608 - the same
_NAMED: Final = f"{_VISITS} WHERE r.id IN (SELECT value FROM json_each(?)) ORDER BY i.code, r.id"  # noqa: S608 - the same
_ATTENTION: Final = """
SELECT i.id, i.code, coalesce(i.type, ''), coalesce(i.size, ''), coalesce(i.condition, ''), i.lacking,
  coalesce(p.name, ''), i.seen
FROM instruments i LEFT JOIN places p ON p.id = i.location WHERE i.status = ? ORDER BY i.code
"""
_REPAIRERS: Final = """
SELECT p.id, p.name, coalesce(c.code, ''),
  (SELECT count(*) FROM repairs r WHERE r.repairer = p.id AND r.back IS NULL)
FROM places p LEFT JOIN place_codes c ON c.id = p.id WHERE p.kind = 'repairer' ORDER BY lower(p.name)
"""


def repairs(transaction: Transaction, *, past: bool = False) -> tuple[RepairLine, ...]:
    """List what is at the repairers' by code, and with ``past`` what came back too, the latest visit first."""
    run = transaction.connection.exec_driver_sql
    where = "" if past else " WHERE r.back IS NULL"
    visits = [RepairLine(*row) for row in run(f"{_VISITS}{where} ORDER BY i.code, r.sent DESC, r.id DESC")]
    lines = [*visits, *(RepairLine(*row) for row in run(_UNWRITTEN))]
    return tuple(sorted(lines, key=lambda line: line.code))


def repairs_named(transaction: Transaction, identities: Iterable[str]) -> tuple[RepairLine, ...]:
    """Give visits by their ids, by code; ids of no visit are passed over."""
    wanted = json.dumps(list(identities))
    return tuple(RepairLine(*row) for row in transaction.connection.exec_driver_sql(_NAMED, (wanted,)))


def needing_attention(transaction: Transaction) -> tuple[AttentionLine, ...]:
    """List what needs attention, by code."""
    rows = transaction.connection.exec_driver_sql(_ATTENTION, (NEEDS_ATTENTION,))
    return tuple(_attention(*row) for row in rows)


def repairers(transaction: Transaction) -> tuple[Repairer, ...]:
    """Give every repairer by name, with how many instruments each has."""
    return tuple(Repairer(*row) for row in transaction.connection.exec_driver_sql(_REPAIRERS))


def _attention(*row: str) -> AttentionLine:
    identity, code, kind, size, condition, lacking, place, seen = row
    look = read_checked(lacking) or Checked()
    return AttentionLine(identity, code, kind, size, condition, look.missing, look.damaged, place, seen)


@dataclass(frozen=True, slots=True)
class KeptThing:
    """An instrument that may need service: its record's days, how it stands, and where or with whom it is."""

    id: str
    code: str
    type: str
    size: str
    purchased: str
    serviced: str
    tested: str
    cleaned: str
    status: str
    place: str
    borrower: str


_KEPT: Final = """
SELECT i.id, i.code, coalesce(i.type, ''), coalesce(i.size, ''), coalesce(i.purchased, ''),
  coalesce(i.serviced, ''), coalesce(i.tested, ''), coalesce(i.cleaned, ''), i.status, coalesce(p.name, ''),
  coalesce(b.name, b.code, '')
FROM instruments i LEFT JOIN loans l ON l.instrument = i.id AND l.ended IS NULL
LEFT JOIN borrowers b ON b.id = l.borrower LEFT JOIN places p ON p.id = i.location
WHERE i.status NOT IN ('missing', 'lost', 'retired', 'disposed') ORDER BY i.code
"""


_SIZED: Final = """
SELECT code, coalesce(size, '') FROM instruments WHERE type = ? AND status <> 'disposed' ORDER BY code
"""


def sizes_in_use(transaction: Transaction, kind: str) -> list[tuple[str, str]]:
    """Give the codes of the instruments of a type that have not left for good, each with its size."""
    return [(row[0], row[1]) for row in transaction.connection.exec_driver_sql(_SIZED, (kind,))]


def kept(transaction: Transaction) -> tuple[KeptThing, ...]:
    """Give everything that is still the store's to keep in order, by code."""
    return tuple(KeptThing(*row) for row in transaction.connection.exec_driver_sql(_KEPT))
