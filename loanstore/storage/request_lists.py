"""Lists of requests, of what is set aside, and of the sizes that are short."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final

from loanstore.domain.requests import RequestKind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from loanstore.storage.transaction import Transaction


@dataclass(frozen=True, slots=True)
class RequestListLine:
    """A request in a list; ``aside`` is how many are set aside for it, ``in_store`` how many could be.

    ``borrower`` is a code, ``place`` a name; ``wanted_by`` is an ISO day, ``made`` and ``closed`` UTC instants.
    """

    id: str
    code: str
    kind: str
    borrower: str
    borrower_name: str
    type: str
    size: str
    number: int
    handed: int
    wanted_by: str | None
    made: str
    place: str
    closed: str | None
    closing: str | None
    aside: int
    in_store: int = 0

    @property
    def ready(self) -> bool:
        """Tell whether somebody could be served from what stands in the store."""
        return self.closed is None and self.in_store > 0 and self.handed + self.aside < self.number


@dataclass(frozen=True, slots=True)
class AsideLine:
    """An instrument that is set aside; ``until`` is the last day it is kept, ``place`` where it is collected.

    ``code`` and ``borrower`` are codes, ``request`` the code of what it is for, empty for none; the ids are those
    of the instrument, the borrower and the request.
    """

    instrument_id: str
    code: str
    type: str
    size: str
    status: str
    borrower_id: str
    borrower: str
    borrower_name: str
    request_id: str
    request: str
    until: str
    location: str
    place: str


@dataclass(frozen=True, slots=True)
class ShortageLine:
    """What is asked for of one type and size, and what there is; an empty ``size`` is a request for any.

    ``waiting`` and ``ordered`` are not yet handed out; ``aside`` are set aside for them; ``in_store`` can be lent
    now; ``coming`` are due back by the day that was asked about.
    """

    type: str
    size: str
    waiting: int
    ordered: int
    aside: int
    in_store: int
    coming: int

    @property
    def short(self) -> int:
        """Count what is lacking now."""
        return max(0, self.waiting + self.ordered - self.aside - self.in_store)

    @property
    def short_then(self) -> int:
        """Count what will be lacking on that day still, if all that is due comes back."""
        return max(0, self.short - self.coming)


MOST_COUNTED: Final = 10_000
"""So many are more than anybody asks for."""

_HANDED: Final = "(SELECT count(*) FROM loans l WHERE l.request = r.id)"
_ASIDE: Final = "(SELECT count(*) FROM instruments i WHERE i.aside_until IS NOT NULL AND i.aside_request = r.id)"
_OF_SIZE: Final = "i.type = ? AND i.size = ?"
_OF_ANY_SIZE: Final = "i.type = ?"
_REQUESTS: Final = f"""
SELECT r.id, r.code, r.kind, coalesce(b.code, ''), coalesce(b.name, ''), r.type, r.size, r.number, {_HANDED},
  r.wanted_by, r.made, coalesce(p.name, ''), r.closed, r.closing,
  CASE WHEN r.closed IS NULL THEN {_ASIDE} ELSE 0 END
FROM requests r LEFT JOIN borrowers b ON b.id = r.borrower LEFT JOIN places p ON p.id = r.place
"""  # noqa: S608 - put together from texts above
_IN_ORDER: Final = f"""
ORDER BY r.kind <> '{RequestKind.ORDER}', CASE r.kind WHEN '{RequestKind.ORDER}' THEN coalesce(r.wanted_by, '9999')
  ELSE r.type || ' ' || r.size || ' ' || coalesce(p.name, '') END, r.made, r.id
"""
_ASIDES: Final = """
SELECT i.id, i.code, coalesce(i.type, ''), coalesce(i.size, ''), i.status, coalesce(b.id, ''), coalesce(b.code, ''),
  coalesce(b.name, ''), coalesce(r.id, ''), coalesce(r.code, ''), i.aside_until, coalesce(s.name, ''),
  coalesce(p.name, '')
FROM instruments i LEFT JOIN borrowers b ON b.id = i.aside_borrower LEFT JOIN requests r ON r.id = i.aside_request
LEFT JOIN places s ON s.id = i.location LEFT JOIN places p ON p.id = r.place
WHERE i.aside_until IS NOT NULL ORDER BY i.aside_until, coalesce(b.name, ''), i.code
"""
_ASKED: Final = f"""
WITH asked AS (
  SELECT r.type, r.size, r.kind, r.number - {_HANDED} AS lacking, (SELECT count(*) FROM instruments i
    WHERE i.aside_until IS NOT NULL AND i.aside_until >= ? AND i.aside_request = r.id) AS kept
  FROM requests r WHERE r.closed IS NULL
)
SELECT type, size, sum(CASE kind WHEN '{RequestKind.WAIT}' THEN lacking ELSE 0 END),
  sum(CASE kind WHEN '{RequestKind.ORDER}' THEN lacking ELSE 0 END), sum(kept)
FROM asked WHERE lacking > 0 GROUP BY type, size ORDER BY type, size
"""  # noqa: S608 - put together from texts above
_WAITING: Final = f"""
SELECT r.type, r.size, count(*) FROM requests r
WHERE r.kind = '{RequestKind.WAIT}' AND r.closed IS NULL AND r.number > {_HANDED} + {_ASIDE} GROUP BY r.type, r.size
"""  # noqa: S608 - put together from texts above
_KEPT_FOR: Final = """
SELECT id FROM instruments WHERE aside_until IS NOT NULL AND (aside_borrower = ? OR aside_request = ?) ORDER BY id
"""


def requests(transaction: Transaction, *, closed: bool = False) -> tuple[RequestListLine, ...]:
    """List requests: orders by the day they are wanted, then waits by type, size and place; closed ones if asked."""
    which = "" if closed else f"WHERE r.closed IS NULL AND r.number > {_HANDED}"
    there: dict[tuple[str, str], int] = {}
    lines = []
    for row in _run(transaction, f"{_REQUESTS} {which} {_IN_ORDER}"):
        line = RequestListLine(*row)
        if line.closed is None:
            key = (line.type, line.size)
            if key not in there:
                there[key] = in_store(transaction, *key)
            line = replace(line, in_store=there[key])
        lines.append(line)
    return tuple(lines)


def in_store(transaction: Transaction, type_: str, size: str, most: int = MOST_COUNTED) -> int:
    """Count what of a type and size could be lent now, up to ``most``; an empty size is any."""
    which, values = _sized(type_, size)
    counted = f"SELECT count(*) FROM (SELECT 1 FROM instruments i WHERE {which} AND i.status = 'in store' LIMIT ?)"  # noqa: S608 - put together from texts above
    return int(_run(transaction, counted, (*values, most))[0][0])


def _coming(transaction: Transaction, type_: str, size: str, by: str) -> int:
    which, values = _sized(type_, size)
    counted = f"""SELECT count(*) FROM instruments i JOIN loans l ON l.instrument = i.id AND l.ended IS NULL
      WHERE {which} AND i.status = 'on loan' AND l.due <= ?"""  # noqa: S608 - the same
    return int(_run(transaction, counted, (*values, by))[0][0])


def _sized(type_: str, size: str) -> tuple[str, tuple[str, ...]]:
    """Give the condition on an instrument to be of a type and size, and its values; an empty size is any."""
    return (_OF_SIZE, (type_, size)) if size else (_OF_ANY_SIZE, (type_,))


def to_meet(transaction: Transaction) -> int:
    """Count those who wait for one that stands in the store, and have none set aside."""
    waiting = _run(transaction, _WAITING)
    return sum(in_store(transaction, type_, size, many) for type_, size, many in waiting)


def asides(transaction: Transaction) -> tuple[AsideLine, ...]:
    """List what is set aside, what lapses first at the head."""
    return tuple(AsideLine(*row) for row in _run(transaction, _ASIDES))


def shortages(transaction: Transaction, today: str, by: str) -> tuple[ShortageLine, ...]:
    """List what is asked for by type and size, with what is there today and due back by a day (both ISO)."""
    lines = []
    for type_, size, waiting, ordered, kept in _run(transaction, _ASKED, (today,)):
        there, coming = in_store(transaction, type_, size), _coming(transaction, type_, size, by)
        lines.append(ShortageLine(type_, size, waiting, ordered, kept, there, coming))
    return tuple(lines)


def suggested(transaction: Transaction, type_: str, size: str) -> str:
    """Give the code of an instrument in store that would do; empty where there is none."""
    which, values = _sized(type_, size)
    first = f"SELECT i.code FROM instruments i WHERE {which} AND i.status = 'in store' ORDER BY i.code LIMIT 1"  # noqa: S608 - put together from texts above
    rows = _run(transaction, first, values)
    return str(rows[0][0]) if rows else ""


def _run(transaction: Transaction, sql: str, values: tuple[object, ...] = ()) -> Sequence[Sequence[Any]]:
    return list(transaction.connection.exec_driver_sql(sql, values))


def loans_for(transaction: Transaction, request: str) -> list[str]:
    """Give the ids of the loans that count for a request, open and ended."""
    return [str(row[0]) for row in _run(transaction, "SELECT id FROM loans WHERE request = ?", (request,))]


def requests_of(transaction: Transaction, borrower: str) -> list[str]:
    """Give the ids of all requests of a borrower, open and closed."""
    return [str(row[0]) for row in _run(transaction, "SELECT id FROM requests WHERE borrower = ?", (borrower,))]


def kept_for(transaction: Transaction, named: str) -> list[str]:
    """Give the ids of the instruments that are set aside for a borrower or for a request."""
    return [str(row[0]) for row in _run(transaction, _KEPT_FOR, (named, named))]
