"""Lists of what was done with TAKE, in words: what, to whom, from whom, and the reason where there is one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sqlalchemy import select

from loanstore.domain.takes import TakeLine
from loanstore.storage.keeping_tables import TakeRow
from loanstore.storage.tables import FactRow

if TYPE_CHECKING:
    from loanstore.storage.transaction import Transaction


_LINES: Final = """
SELECT t.id, t.at, t.answer, i.code, trim(coalesce(i.type, '') || ' ' || coalesce(i.size, '')), t.things,
  coalesce(l.id, ''), coalesce(b.name, b.code, p.name, ''), coalesce(w.name, w.code, ''), coalesce(s.name, ''),
  coalesce(n.text, ''), coalesce(t.given, ''), coalesce(g.name, '')
FROM takes t JOIN instruments i ON i.id = t.instrument
LEFT JOIN loans l ON l.id = t.did LEFT JOIN borrowers b ON b.id = l.borrower
LEFT JOIN repairs r ON r.id = t.did LEFT JOIN places p ON p.id = r.repairer
LEFT JOIN loans e ON e.id = t.before LEFT JOIN borrowers w ON w.id = e.borrower
LEFT JOIN staff s ON s.id = t.staff LEFT JOIN staff g ON g.id = t.given_by LEFT JOIN notes n ON n.id = t.reason
"""


def takes(transaction: Transaction, *, past: bool = False) -> tuple[TakeLine, ...]:
    """List what was done with TAKE and has no reason yet, the oldest first; with ``past`` all of it."""
    where = "" if past else "WHERE t.reason IS NULL"
    rows = transaction.connection.exec_driver_sql(f"{_LINES} {where} ORDER BY t.at, t.id")
    return tuple(TakeLine(*row) for row in rows)


def named(transaction: Transaction, said: str) -> str | None:
    """Give the id of the TAKE that is named by itself, or by a loan it made; None where there is none."""
    gesture = select(FactRow.gesture).where(FactRow.id == said)
    rows = transaction.execute(select(TakeRow.id).where((TakeRow.id == said) | TakeRow.id.in_(gesture)))
    return str(rows[0][0]) if rows else None
