"""The table of terms: edited by the store, never computed."""

from __future__ import annotations

import itertools
import json
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

from loanstore.domain.errors import Refused

if TYPE_CHECKING:
    from collections.abc import Iterable

LAST_RESORT: Final = (8, 31)
"""Past the end of the table a loan is due 31 August, the last day of the English academic year."""


@dataclass(frozen=True, slots=True)
class Term:
    """A school term: first and last day, both in it. ``year`` is the academic year, as in ``2026/27``."""

    year: str
    name: str
    start: date
    end: date


@dataclass(frozen=True, slots=True)
class DueDate:
    """A day something is due and why: the term whose end it is, or None past the end of the table."""

    day: date
    term: Term | None = None
    beyond_table: bool = False


@dataclass(frozen=True, slots=True)
class TermTable:
    """The terms in order of their dates."""

    terms: tuple[Term, ...]

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


def make_table(rows: Iterable[tuple[str, str, str, str]]) -> TermTable:
    """Make a table of terms from rows of year, name, first and last day (ISO), in any order.

    Raises Refused: TERM_DAY (``year``, ``name``, ``value``) where a day can't be read, TERM_BACKWARDS where a term
    ends before it starts, TERMS_OVERLAP (``year``, ``name``, ``before``) where one starts before the other has ended.
    """
    terms = sorted((_term(*row) for row in rows), key=lambda term: term.start)
    for term in terms:
        if term.end < term.start:
            raise Refused("TERM_BACKWARDS", year=term.year, name=term.name)
    for earlier, later in itertools.pairwise(terms):
        if later.start <= earlier.end:
            raise Refused("TERMS_OVERLAP", year=later.year, name=later.name, before=f"{earlier.name} {earlier.year}")
    return TermTable(tuple(terms))


def _term(year: str, name: str, start: str, end: str) -> Term:
    try:
        return Term(year.strip(), name.strip(), date.fromisoformat(start.strip()), date.fromisoformat(end.strip()))
    except ValueError:
        raise Refused("TERM_DAY", year=year, name=name, value=f"{start}, {end}") from None


def read_terms(text: str) -> TermTable:
    """Read a table of terms from JSON as ``write_terms`` writes it; raises Refused as ``make_table`` does."""
    return make_table((r["year"], r["name"], r["start"], r["end"]) for r in json.loads(text)["terms"])


def write_terms(table: TermTable) -> str:
    """Write a table of terms as JSON that ``read_terms`` reads."""
    rows = [
        {"year": t.year, "name": t.name, "start": t.start.isoformat(), "end": t.end.isoformat()} for t in table.terms
    ]
    return json.dumps({"terms": rows}, ensure_ascii=False, indent=1)
