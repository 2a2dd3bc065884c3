"""The table of terms: edited by the store, never computed."""

from __future__ import annotations

import itertools
import json
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

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


def read_terms(text: str) -> TermTable:
    """Read a table of terms from JSON; raises ValueError where a term ends before it starts or two overlap."""
    rows = json.loads(text)["terms"]
    terms = sorted(
        (Term(r["year"], r["name"], date.fromisoformat(r["start"]), date.fromisoformat(r["end"])) for r in rows),
        key=lambda term: term.start,
    )
    for term in terms:
        if term.end < term.start:
            raise ValueError(term.year, term.name)
    for earlier, later in itertools.pairwise(terms):
        if later.start <= earlier.end:
            raise ValueError(later.year, later.name)
    return TermTable(tuple(terms))


def write_terms(table: TermTable) -> str:
    """Write a table of terms as JSON that ``read_terms`` reads."""
    rows = [
        {"year": t.year, "name": t.name, "start": t.start.isoformat(), "end": t.end.isoformat()} for t in table.terms
    ]
    return json.dumps({"terms": rows}, ensure_ascii=False, indent=1)
