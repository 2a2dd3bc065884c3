"""The table of terms with its half-terms, the charging blocks and notice dates: edited by the store, never computed."""

from __future__ import annotations

import itertools
import json
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

from loanstore.domain.errors import Refused

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

LAST_RESORT: Final = (8, 31)
"""Past the end of the table a loan is due 31 August, the last day of the English academic year."""


MonthDay = tuple[int, int]
"""A day that comes every year: month and day."""


@dataclass(frozen=True, slots=True)
class Term:
    """A school term: first and last day, both in it. ``year`` is the academic year, as in ``2026/27``.

    ``half`` is its half-term, first and last day; None where it has none.
    """

    year: str
    name: str
    start: date
    end: date
    half: tuple[date, date] | None = None


@dataclass(frozen=True, slots=True)
class Block:
    """A part of every year that hire may be charged by: first and last day, both in it."""

    name: str
    start: MonthDay
    end: MonthDay


FIRST_BLOCKS: Final = (
    Block("Autumn block", (9, 1), (12, 31)),
    Block("Spring block", (1, 1), (4, 30)),
    Block("Summer block", (5, 1), (8, 31)),
)
"""The blocks of a store that has not said its own."""
FIRST_NOTICE: Final[tuple[MonthDay, ...]] = ((7, 1),)
"""The day by which notice is given, where a store has not said its own."""


@dataclass(frozen=True, slots=True)
class DueDate:
    """A day something is due and why: the term whose end it is, or None past the end of the table."""

    day: date
    term: Term | None = None
    beyond_table: bool = False


@dataclass(frozen=True, slots=True)
class TermTable:
    """The terms in order of their dates; the charging blocks, and the days of each year by which notice is given."""

    terms: tuple[Term, ...]
    blocks: tuple[Block, ...] = FIRST_BLOCKS
    notice: tuple[MonthDay, ...] = FIRST_NOTICE

    def end_of_term(self, day: date, least_days: int = 0) -> DueDate:
        """Find the first term's end at least ``least_days`` after ``day``."""
        earliest = day + timedelta(days=least_days)
        for term in self.terms:
            if term.end >= earliest:
                return DueDate(term.end, term)
        return DueDate(_last_resort(earliest), None, beyond_table=True)

    def reaches(self, day: date) -> bool:
        """Tell whether the table goes as far as a day."""
        return bool(self.terms) and day <= self.terms[-1].end

    def end_of_year(self, day: date, least_days: int = 0) -> DueDate:
        """Find the end of the last term of the academic year that the next term's end falls in."""
        first = self.end_of_term(day, least_days)
        if first.term is None:
            return first
        last = [term for term in self.terms if term.year == first.term.year][-1]
        return DueDate(last.end, last)


def _last_resort(day: date) -> date:
    month, last_day = LAST_RESORT
    this_year = date(day.year, month, last_day)
    return this_year if this_year >= day else date(day.year + 1, month, last_day)


def make_table(
    rows: Iterable[Sequence[str]], blocks: tuple[Block, ...] = FIRST_BLOCKS, notice: tuple[MonthDay, ...] = FIRST_NOTICE
) -> TermTable:
    """Make a table of terms from rows of year, name, first and last day (ISO), in any order.

    The first and last day of the half-term may follow. Raises Refused: TERM_DAY (``year``, ``name``, ``value``) where
    a day can't be read, TERM_BACKWARDS where a term ends before it starts, TERMS_OVERLAP (``year``, ``name``,
    ``before``) where one starts before the other has ended, HALF_OUTSIDE where a half-term is not within its term.
    """
    terms = sorted((_term(*row) for row in rows), key=lambda term: term.start)
    for term in terms:
        if term.end < term.start:
            raise Refused("TERM_BACKWARDS", year=term.year, name=term.name)
        if term.half is not None and not term.start <= term.half[0] <= term.half[1] <= term.end:
            raise Refused("HALF_OUTSIDE", year=term.year, name=term.name)
    for earlier, later in itertools.pairwise(terms):
        if later.start <= earlier.end:
            raise Refused("TERMS_OVERLAP", year=later.year, name=later.name, before=f"{earlier.name} {earlier.year}")
    return TermTable(tuple(terms), blocks, notice)


def _term(year: str, name: str, start: str, end: str, half_start: str = "", half_end: str = "") -> Term:
    said = (half_start.strip(), half_end.strip())
    try:
        half = (date.fromisoformat(said[0]), date.fromisoformat(said[1])) if any(said) else None
        first, last = date.fromisoformat(start.strip()), date.fromisoformat(end.strip())
    except ValueError:
        value = ", ".join(filter(None, (start, end, *said)))
        raise Refused("TERM_DAY", year=year, name=name, value=value) from None
    return Term(year.strip(), name.strip(), first, last, half)


def make_blocks(rows: Iterable[Sequence[str]]) -> tuple[Block, ...]:
    """Make charging blocks from rows of name, first and last day of the year (``09-01``), in the order given.

    Raises Refused: BLOCK_DAY (``name``, ``value``) where a day can't be read, BLOCKS_OVERLAP (``name``) where a day
    of the year lies in two of them. A block may run over the new year.
    """
    blocks = tuple(Block(name.strip(), _month_day(name, first), _month_day(name, last)) for name, first, last in rows)
    taken: set[MonthDay] = set()
    for block in blocks:
        days = _days_of(block)
        if days & taken:
            raise Refused("BLOCKS_OVERLAP", name=block.name)
        taken |= days
    return blocks


def make_notice(text: str) -> tuple[MonthDay, ...]:
    """Read the days by which notice is given, as in ``07-01, 11-30``; raises Refused BLOCK_DAY."""
    return tuple(sorted({_month_day("", part) for part in text.replace(",", " ").split()}))


def show_month_day(day: MonthDay) -> str:
    """Write a day of every year as ``make_blocks`` reads it."""
    return f"{day[0]:02d}-{day[1]:02d}"


def day_in_year(year: int, day: MonthDay) -> date:
    """Give a day of every year in one year; 29 February is the 28th where there is none."""
    try:
        return date(year, *day)
    except ValueError:
        return date(year, 2, 28)


def _month_day(name: str, text: str) -> MonthDay:
    try:
        # Any leap year will do: 29 February is a day a block may end on.
        found = date.fromisoformat(f"2024-{text.strip()}")
    except ValueError:
        raise Refused("BLOCK_DAY", name=name.strip(), value=text) from None
    return found.month, found.day


def _days_of(block: Block) -> set[MonthDay]:
    first, last = date(2024, *block.start), date(2024, *block.end)
    last = last if last >= first else day_in_year(2025, block.end)
    days = (first + timedelta(days=n) for n in range((last - first).days + 1))
    return {(day.month, day.day) for day in days}


def read_terms(text: str) -> TermTable:
    """Read a table of terms from JSON as ``write_terms`` writes it; raises Refused as ``make_table`` does."""
    said = json.loads(text)
    rows = [(r["year"], r["name"], r["start"], r["end"], *r.get("half", ())) for r in said["terms"]]
    blocks = make_blocks(said["blocks"]) if "blocks" in said else FIRST_BLOCKS
    notice = make_notice(" ".join(said["notice"])) if "notice" in said else FIRST_NOTICE
    return make_table(rows, blocks, notice)


def write_terms(table: TermTable) -> str:
    """Write a table of terms as JSON that ``read_terms`` reads."""
    rows = []
    for t in table.terms:
        half = {"half": [t.half[0].isoformat(), t.half[1].isoformat()]} if t.half is not None else {}
        rows.append({"year": t.year, "name": t.name, "start": t.start.isoformat(), "end": t.end.isoformat(), **half})
    blocks = [[block.name, show_month_day(block.start), show_month_day(block.end)] for block in table.blocks]
    notice = [show_month_day(day) for day in table.notice]
    return json.dumps({"terms": rows, "blocks": blocks, "notice": notice}, ensure_ascii=False, indent=1)
