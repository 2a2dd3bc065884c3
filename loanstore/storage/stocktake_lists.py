"""What stocktakes have found and what they still miss: one question each, however many instruments there are."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

from loanstore.domain.stocktake_report import SeenLine, StocktakeLine, UnknownLine, UnseenLine
from loanstore.domain.stocktakes import Finding
from loanstore.storage.places import MADE, STANDS, WHAT

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from loanstore.domain.stocktakes import Stocktake
    from loanstore.storage.transaction import Transaction

_THING: Final = f"i.id, i.code, {WHAT}, {MADE}, coalesce(i.serial, ''), i.status, coalesce(p.name, '')"
_MARKED: Final = f"""
SELECT {_THING}, m.finding, m.at, coalesce(s.name, ''), coalesce(o.name, ''), coalesce(b.name, b.code, ''),
  l.id IS NOT NULL AND l.ended IS NULL
FROM stocktake_marks m
JOIN instruments i ON i.id = m.instrument
LEFT JOIN places p ON p.id = i.location
LEFT JOIN staff s ON s.id = m.staff
LEFT JOIN facts f ON m.finding = '{Finding.MISPLACED.value}' AND f.subject = m.instrument AND f.kind = 'moved'
  AND f.happened = m.at AND f.desk = m.desk AND json_extract(f.body, '$.stocktake') = m.stocktake
LEFT JOIN places o ON o.id = json_extract(f.body, '$.from')
LEFT JOIN loans l ON m.finding = '{Finding.ON_LOAN.value}' AND l.id = (
  SELECT x.id FROM loans x WHERE x.instrument = m.instrument AND x.out <= m.at AND (x.ended IS NULL OR x.ended >= m.at)
  ORDER BY x.out DESC LIMIT 1)
LEFT JOIN borrowers b ON b.id = l.borrower
WHERE m.stocktake = ?
ORDER BY i.code
"""  # noqa: S608 - words of our own
_AWAITED: Final = f"""
FROM instruments i
LEFT JOIN stocktake_marks m ON m.instrument = i.id AND m.stocktake = :stocktake
LEFT JOIN places p ON p.id = i.location
LEFT JOIN staff s ON s.id = i.seen_by
WHERE m.instrument IS NULL AND {STANDS} AND coalesce(i.seen, '') < :begun AND i.id < :stocktake
  AND (:place IS NULL OR i.location = :place)
"""
_UNSEEN: Final = f"SELECT {_THING}, i.seen, coalesce(s.name, '') {_AWAITED} ORDER BY i.code"
_COUNT_UNSEEN: Final = f"SELECT count(*) {_AWAITED}"
_NAMED: Final = f"""
SELECT {_THING}, i.seen, coalesce(s.name, '')
FROM instruments i LEFT JOIN places p ON p.id = i.location LEFT JOIN staff s ON s.id = i.seen_by
WHERE i.id IN (SELECT value FROM json_each(?)) ORDER BY i.code
"""  # noqa: S608 - the same
_UNKNOWN: Final = """
SELECT u.text, min(f.happened), coalesce(s.name, ''), count(*)
FROM unknown_scans u JOIN facts f ON f.id = u.fact LEFT JOIN staff s ON s.id = f.staff
WHERE json_extract(f.body, '$.stocktake') = ?
GROUP BY u.text ORDER BY 2
"""
_STOCKTAKES: Final = """
SELECT t.id, t.begun, t.closed, coalesce(p.name, ''), coalesce(c.code, ''),
  (SELECT count(*) FROM stocktake_marks m WHERE m.stocktake = t.id)
FROM stocktakes t LEFT JOIN places p ON p.id = t.place LEFT JOIN place_codes c ON c.id = t.place
ORDER BY t.closed IS NOT NULL, t.id DESC
"""
_COUNTS: Final = "SELECT finding, count(*) FROM stocktake_marks WHERE stocktake = ? GROUP BY finding"


def every(transaction: Transaction) -> tuple[StocktakeLine, ...]:
    """List all stocktakes: the open ones first, and of each the newest first."""
    return tuple(StocktakeLine(*row) for row in transaction.connection.exec_driver_sql(_STOCKTAKES))


def marked(transaction: Transaction, stocktake: str) -> list[SeenLine]:
    """List everything that was scanned in a stocktake, by code."""
    rows = transaction.connection.exec_driver_sql(_MARKED, (stocktake,))
    return [SeenLine(*_with_truth(row)) for row in rows]


def counts(transaction: Transaction, stocktake: str) -> dict[str, int]:
    """Count what was scanned, by what it was found as."""
    return {row[0]: row[1] for row in transaction.connection.exec_driver_sql(_COUNTS, (stocktake,))}


def unseen(transaction: Transaction, stocktake: Stocktake) -> list[UnseenLine]:
    """List what should be seen and was not since the stocktake began, by code; what joined later is not awaited."""
    rows = transaction.connection.exec_driver_sql(_UNSEEN, _asked(stocktake))
    return [UnseenLine(*row) for row in rows]


def count_unseen(transaction: Transaction, stocktake: Stocktake) -> int:
    """Count what should be seen and was not yet."""
    return int(transaction.connection.exec_driver_sql(_COUNT_UNSEEN, _asked(stocktake)).scalar_one())


def named(transaction: Transaction, instruments: Collection[str], missed: Collection[str]) -> list[UnseenLine]:
    """List instruments by their ids as not seen, saying of each whether it was set missing."""
    rows = transaction.connection.exec_driver_sql(_NAMED, (json.dumps(sorted(instruments)),))
    gone = frozenset(missed)
    return [UnseenLine(*_with_truth((*row, row[0] in gone))) for row in rows]


def unknown(transaction: Transaction, stocktake: str) -> list[UnknownLine]:
    """List the unknown codes scanned in a stocktake, while their texts are kept."""
    return [UnknownLine(*row) for row in transaction.connection.exec_driver_sql(_UNKNOWN, (stocktake,))]


def _with_truth(row: Sequence[Any]) -> list[Any]:
    """Give a row whose last column the database says as a number, and means as true or false."""
    return [*row[:-1], bool(row[-1])]


def _asked(stocktake: Stocktake) -> dict[str, object]:
    return {"stocktake": stocktake.id, "begun": stocktake.begun, "place": stocktake.place}
