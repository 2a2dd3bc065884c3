"""Which column of a file is read as which field: as a person sees it, corrects it, and finds it again next time."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from loanstore.domain.import_fields import needed_fields
from loanstore.domain.import_headers import LEFT_OUT, ROWS_LOOKED_AT, fold_heading, guess_headings, source_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from loanstore.domain.import_fields import ImportKind
    from loanstore.domain.import_headers import Headings
    from loanstore.domain.tables import Table

SAMPLES: Final = 3


@dataclass(frozen=True, slots=True)
class MatchedColumn:
    """One column: its place (0 is the first), its heading, the field it is read as, and some of what it holds.

    ``again`` marks a column whose heading stands further left already: only the first of them is read.
    """

    column: int
    heading: str
    field: str | None
    samples: tuple[str, ...]
    again: bool = False


@dataclass(frozen=True, slots=True)
class Match:
    """How a file's columns are read; ``row`` is that of the headings as a spreadsheet shows it."""

    row: int
    columns: tuple[MatchedColumn, ...]
    missing: tuple[str, ...]


def match_columns(table: Table, kind: ImportKind, mapping: Mapping[str, str]) -> Match:
    """Match the columns of a table with the fields of a kind, as far as they can be told.

    Raises WrongUsage UNKNOWN_FIELD or MAPPED_TWICE where ``mapping`` does not fit the kind.
    """
    headings = guess_headings(table, kind, mapping)
    if headings is None:
        return Match(0, (), needed_fields(kind))
    seen: set[str] = set()
    columns = []
    for one in headings.columns:
        folded = fold_heading(one.text)
        samples = _samples(table, headings, one.column)
        if folded or samples:
            columns.append(MatchedColumn(one.column, one.text, one.field, samples, again=folded in seen))
        if folded:
            seen.add(folded)
    missing = tuple(name for name in needed_fields(kind) if name not in headings.places)
    return Match(headings.row, tuple(columns), missing)


def _samples(table: Table, headings: Headings, column: int) -> tuple[str, ...]:
    found: dict[str, None] = {}
    for row in table.rows[headings.index + 1 :]:
        text = " ".join(row.cells[column].split()) if column < len(row.cells) else ""
        if text:
            found[text] = None
        if len(found) == SAMPLES:
            break
    return tuple(found)


def remembered_for(
    table: Table, kind: ImportKind, remembered: Mapping[str, Mapping[str, str]]
) -> Mapping[str, str] | None:
    """Give what was said of the columns of such a file before; ``remembered`` is by source."""
    for row in table.rows[:ROWS_LOOKED_AT]:
        found = remembered.get(source_of(kind, row.cells))
        if found is not None:
            return found
    return None


def with_remembered(said: Mapping[str, str], before: Mapping[str, str] | None) -> dict[str, str]:
    """Lay what is said now over what was said before: a field that is given to a column is taken from another."""
    folded = {fold_heading(header) for header in said}
    given = set(said.values()) - {LEFT_OUT}
    kept = {
        header: LEFT_OUT if name in given else name
        for header, name in (before or {}).items()
        if fold_heading(header) not in folded
    }
    return {**kept, **said}


def as_pairs(columns: Sequence[MatchedColumn]) -> tuple[str, ...]:
    """Give a whole match as ``Their header=field`` texts, columns that are not read among them."""
    named = [one for one in columns if fold_heading(one.heading) and not one.again]
    return tuple(f"{one.heading}={one.field or LEFT_OUT}" for one in named)
