"""Requests, what is set aside and what is short: as screens list them, as tables, and what of it needs somebody."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from loanstore.domain.search import words
from loanstore.operations.papers import day_of
from loanstore.operations.tabling import Table
from loanstore.storage import registers, request_lists

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from loanstore.operations.desk import Desk
    from loanstore.operations.tabling import Asked
    from loanstore.storage.request_lists import AsideLine, RequestListLine, ShortageLine

LISTS: Final = ("requests", "aside", "shortages")
REQUEST_COLUMNS: Final = (
    "code",
    "kind",
    "borrower",
    "type",
    "size",
    "number",
    "handed",
    "wanted_by",
    "made",
    "closed",
    "closing",
    "place",
)
ASIDE_COLUMNS: Final = ("code", "type", "size", "borrower", "request", "until", "lapsed", "location", "place")
SHORTAGE_COLUMNS: Final = ("type", "size", "waiting", "ordered", "aside", "in_store", "coming", "by", "short")

Cells = tuple[str | int | None, ...]


@dataclass(frozen=True, slots=True)
class Shortages:
    """What is asked for by type and size, and the day up to which returns are reckoned with."""

    by: date
    lines: tuple[ShortageLine, ...]


@dataclass(frozen=True, slots=True)
class Needs:
    """What somebody must see to: requests that could be met from stock, and what is set aside past its day."""

    to_meet: int
    lapsed: int

    @property
    def total(self) -> int:
        """Count both."""
        return self.to_meet + self.lapsed


def list_requests(desk: Desk, *, closed: bool = False) -> tuple[RequestListLine, ...]:
    """List what was asked for: orders by day, then who waits."""
    with desk.store.reading() as transaction:
        return request_lists.requests(transaction, closed=closed)


def list_asides(desk: Desk) -> tuple[AsideLine, ...]:
    """List what is set aside, what lapses first at the head."""
    with desk.store.reading() as transaction:
        return request_lists.asides(transaction)


def list_shortages(desk: Desk, by: date | None = None) -> Shortages:
    """List what is asked for against what there is, and what comes back by a day: the end of this term unless said."""
    today = desk.today()
    with desk.store.reading() as transaction:
        last = by or desk.known_rules(transaction).terms.end_of_term(today, 0).day
        return Shortages(last, request_lists.shortages(transaction, today.isoformat(), last.isoformat()))


def needs(desk: Desk) -> Needs:
    """Count what needs somebody: who waits for what stands in the store, and what was kept for nobody to come."""
    today = desk.today().isoformat()
    with desk.store.reading() as transaction:
        lapsed = sum(line.until < today for line in request_lists.asides(transaction))
        return Needs(request_lists.to_meet(transaction), lapsed)


def place_names(desk: Desk) -> tuple[str, ...]:
    """Give what the places are called where something may be collected, in the order of their names."""
    with desk.store.reading() as transaction:
        return tuple(sorted(registers.place_names(transaction).values(), key=str.casefold))


def table(desk: Desk, asked: Asked) -> Table:
    """Give one of ``LISTS`` as a table; ``past`` adds closed requests, ``at`` is the day of the shortages."""
    columns: tuple[str, ...] = SHORTAGE_COLUMNS
    if asked.what == "requests":
        columns, rows = REQUEST_COLUMNS, _requests(desk, closed=asked.past)
    elif asked.what == "aside":
        columns, rows = ASIDE_COLUMNS, _asides(desk)
    else:
        rows = _shortages(desk, asked.at)
    found = list(finding(asked.find, rows))
    return Table(len(found), columns, tuple(found[: asked.limit]))


def finding(typed: str, rows: Iterable[Cells]) -> Iterable[Cells]:
    """Give the rows in which every typed word begins a word."""
    sought = words(typed)
    for row in rows:
        there = [word for cell in row if isinstance(cell, str) for word in words(cell)]
        if all(any(word.startswith(one) for word in there) for one in sought):
            yield row


def _requests(desk: Desk, *, closed: bool) -> Sequence[Cells]:
    return [
        (
            line.code,
            line.kind,
            line.borrower,
            line.type,
            line.size,
            line.number,
            line.handed,
            line.wanted_by,
            _day(desk, line.made),
            _day(desk, line.closed),
            line.closing,
            line.place or None,
        )
        for line in list_requests(desk, closed=closed)
    ]


def _asides(desk: Desk) -> Sequence[Cells]:
    today = desk.today().isoformat()
    return [
        (
            line.code,
            line.type,
            line.size,
            line.borrower,
            line.request or None,
            line.until,
            "lapsed" if line.until < today else None,
            line.location or None,
            line.place or None,
        )
        for line in list_asides(desk)
    ]


def _shortages(desk: Desk, by: date | None) -> Sequence[Cells]:
    found = list_shortages(desk, by)
    day = found.by.isoformat()
    return [
        (line.type, line.size, line.waiting, line.ordered, line.aside, line.in_store, line.coming, day, line.short)
        for line in found.lines
    ]


def _day(desk: Desk, text: str | None) -> str | None:
    day = day_of(desk, text or "")
    return day.isoformat() if day is not None else None
