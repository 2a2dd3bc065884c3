"""Periods that hire is charged by: terms, blocks, years, months, or once; and the end that a notice reaches."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from loanstore.domain.terms import day_in_year

if TYPE_CHECKING:
    from collections.abc import Iterator

    from loanstore.domain.terms import MonthDay, TermTable

YEAR_BEGINS: Final = (9, 1)
"""The English academic year runs from 1 September to 31 August."""
_LAST_MONTH: Final = 12
_DAY: Final = timedelta(days=1)


class Every(StrEnum):
    """How often hire is charged."""

    TERM = "term"
    BLOCK = "block"
    YEAR = "year"
    MONTH = "month"
    ONCE = "once"
    FREE = "free"


@dataclass(frozen=True, slots=True)
class Span:
    """One period: ``key`` tells it from every other, ``name`` is what papers call it; both days are in it."""

    key: str
    name: str
    first: date
    last: date

    def overlaps(self, first: date, last: date) -> bool:
        """Tell whether it has a day in common with another."""
        return self.first <= last and first <= self.last


def academic_year(day: date) -> str:
    """Name the academic year that a day lies in, as in ``2026/27``."""
    first = day.year if (day.month, day.day) >= YEAR_BEGINS else day.year - 1
    return f"{first}/{(first + 1) % 100:02d}"


def span_from(every: Every, day: date, table: TermTable) -> Span | None:
    """Give the period that a day lies in, else the first one after it; None past the table's end, or for free."""
    return next((span for span in _spans(every, day, table) if span.last >= day), None)


def _spans(every: Every, day: date, table: TermTable) -> Iterator[Span]:
    if every is Every.TERM:
        for term in table.terms:
            yield Span(_key(every, term.start), f"{term.name} {term.year}", term.start, term.end)
    elif every is Every.BLOCK:
        for name, first, last in sorted(_blocks(day, table), key=lambda block: block[1]):
            yield Span(_key(every, first), f"{name} {academic_year(first)}", first, last)
    elif every is Every.YEAR:
        for year in (day.year - 1, day.year):
            first = date(year, *YEAR_BEGINS)
            yield Span(_key(every, first), academic_year(first), first, date(year + 1, *YEAR_BEGINS) - _DAY)
    elif every is Every.MONTH:
        first = day.replace(day=1)
        yield Span(_key(every, first), f"{first:%B} {first.year}", first, _next_month(first) - _DAY)
    elif every is Every.ONCE:
        yield Span(every.value, "", day, day)


def _blocks(day: date, table: TermTable) -> Iterator[tuple[str, date, date]]:
    for block in table.blocks:
        for year in (day.year - 1, day.year, day.year + 1):
            over = block.end < block.start
            yield block.name, day_in_year(year, block.start), day_in_year(year + over, block.end)


def _key(every: Every, first: date) -> str:
    return f"{every.value} {first.isoformat()}"


def _next_month(first: date) -> date:
    return date(first.year + 1, 1, 1) if first.month == _LAST_MONTH else first.replace(month=first.month + 1)


def notice_reaches(every: Every, given: date, table: TermTable) -> Span | None:
    """Give the period at whose end hire stops when notice is given on a day; None past the table's end.

    Where a day for giving notice (1 July) lies in the period, notice after it reaches the next one.
    """
    if every in {Every.FREE, Every.ONCE}:
        every = Every.TERM
    span = span_from(every, given, table)
    if span is None:
        return None
    latest = max(_within(span, table.notice), default=span.last)
    return span if given <= latest else span_from(every, span.last + _DAY, table)


def _within(span: Span, days: tuple[MonthDay, ...]) -> list[date]:
    years = range(span.first.year, span.last.year + 1)
    found = [day_in_year(year, day) for year in years for day in days]
    return [day for day in found if span.first <= day <= span.last]
