"""Tables of the workshop for the command line: repairs, and what is due."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from loanstore.domain import search
from loanstore.operations import servicing, workshop
from loanstore.operations.papers import day_of
from loanstore.operations.tabling import Asked, Table

if TYPE_CHECKING:
    from collections.abc import Sequence

    from loanstore.operations.desk import Desk

Cell = str | int | None

REPAIR_COLUMNS: Final = (
    "code",
    "type",
    "size",
    "make",
    "model",
    "serial",
    "repairer",
    "sent",
    "fault",
    "quote",
    "decision",
    "back",
    "outcome",
    "cost",
    "repair",
)

SERVICE_COLUMNS: Final = ("code", "type", "size", "work", "last", "due", "overdue", "status", "place", "borrower")


def repairs(desk: Desk, asked: Asked) -> Table:
    """Give what is at the repairers', and with ``past`` what came back; days in the desk's own time, money in pence."""
    rows: list[tuple[Cell, ...]] = [
        (
            *(line.code, line.type, line.size, line.make, line.model, line.serial, line.repairer_name or None),
            _day(desk, line.sent),
            line.fault,
            line.quote,
            line.decision or None,
            _day(desk, line.back),
            line.outcome or None,
            line.cost,
            line.id or None,
        )
        for line in workshop.repairs(desk, past=asked.past)
    ]
    return _cut(asked, REPAIR_COLUMNS, rows)


def services(desk: Desk, asked: Asked) -> Table:
    """Give what is due to be serviced, tested or cleaned by a day."""
    rows: list[tuple[Cell, ...]] = [
        (
            *(line.code, line.type, line.size, line.work.value),
            line.last.isoformat() if line.last is not None else None,
            line.due.isoformat() if line.due is not None else None,
            line.late,
            *(line.status, line.place or None, line.borrower or None),
        )
        for line in servicing.due_services(desk, asked.by)
    ]
    return _cut(asked, SERVICE_COLUMNS, rows)


def _day(desk: Desk, at: str) -> str | None:
    day = day_of(desk, at)
    return day.isoformat() if day is not None else None


def _cut(asked: Asked, columns: tuple[str, ...], rows: Sequence[tuple[Cell, ...]]) -> Table:
    """Keep the rows in which every typed word begins some word, and as many of them as were asked for."""
    typed = search.words(asked.find)
    met = [row for row in rows if _meets(row, typed)] if typed else list(rows)
    return Table(len(met), columns, tuple(met[: asked.limit]))


def _meets(row: tuple[Cell, ...], typed: list[str]) -> bool:
    said = search.words(" ".join(str(cell) for cell in row if cell is not None))
    return all(any(word.startswith(one) for word in said) for one in typed)
