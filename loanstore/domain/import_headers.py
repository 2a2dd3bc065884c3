"""Finding the row of headings in a table, and which column holds which field."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from loanstore.domain.errors import FileUnusable, WrongUsage
from loanstore.domain.import_fields import ImportKind, fields_of, headings_of, needed_fields

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from loanstore.domain.tables import Row, Table

ROWS_LOOKED_AT: Final = 30
LEFT_OUT: Final = "-"
"""What a heading is mapped to whose column is not to be read."""

_BRACKETED_UNIT: Final = re.compile(r"\(\s*(?:£|gbp|inc\.? vat|ex\.? vat|dd/mm/yy(?:yy)?)\s*\)")


@dataclass(frozen=True, slots=True)
class Heading:
    """One column: its place (0 is the first), its words, and the field it holds; None where it is not read."""

    column: int
    text: str
    field: str | None


@dataclass(frozen=True, slots=True)
class Headings:
    """The row of headings; ``index`` is its place among the table's rows."""

    index: int
    row: int
    columns: tuple[Heading, ...]

    @property
    def places(self) -> dict[str, int]:
        """The column of each field that is read."""
        return {one.field: one.column for one in self.columns if one.field is not None}

    @property
    def filled(self) -> int:
        """How many columns have a heading at all."""
        return sum(1 for one in self.columns if one.text)


def read_mapping(pairs: Iterable[str]) -> dict[str, str]:
    """Read ``Their header=field`` texts. Raises WrongUsage BAD_MAPPING (``text``) where no field is named."""
    mapping: dict[str, str] = {}
    for pair in pairs:
        header, _, name = pair.rpartition("=")
        if not header.strip() or not name.strip():
            raise WrongUsage("BAD_MAPPING", text=pair)
        mapping[header.strip()] = name.strip()
    return mapping


def find_headings(table: Table, kind: ImportKind, mapping: Mapping[str, str]) -> Headings:
    """Find the headings among the first rows: the row in which the most fields are known.

    ``mapping`` (their header -> our field, or LEFT_OUT) outranks what the words would say. Raises FileUnusable
    NO_HEADERS (``kind``, ``needed``, ``looked_at``); WrongUsage UNKNOWN_FIELD (``field``, ``fields``),
    MAPPED_TWICE (``field``) or UNKNOWN_HEADER (``header``, ``headers``).
    """
    best = guess_headings(table, kind, mapping)
    if best is None or not best.places:
        raise _none_found(kind)
    _demand_mapped(best, mapping)
    if not set(needed_fields(kind)) <= best.places.keys():
        raise _none_found(kind)
    return best


def guess_headings(table: Table, kind: ImportKind, mapping: Mapping[str, str]) -> Headings | None:
    """Give the row that looks most like headings, whether or not all that is needed is among them.

    Of rows with equally many known fields that with the most filled cells wins, then the first; None where no
    row holds anything. Raises WrongUsage UNKNOWN_FIELD or MAPPED_TWICE as ``find_headings`` does.
    """
    wanted = _checked(kind, mapping)
    rows = [(index, row) for index, row in enumerate(table.rows[:ROWS_LOOKED_AT]) if row.filled]
    read = (_read_row(index, row, kind, wanted) for index, row in rows)
    return max(read, key=lambda found: (len(found.places), found.filled if not found.places else 0), default=None)


def source_of(kind: ImportKind, texts: Iterable[str]) -> str:
    """Tell where a list comes from by its headings: next month's export of the same list has the same ones."""
    headings = sorted(filter(None, (fold_heading(text) for text in texts)))
    return hashlib.sha256("\x1f".join((kind.value, *headings)).encode()).hexdigest()


def fold_heading(text: str) -> str:
    """Give the form in which headings compare: ``Serial No.`` and ``SERIAL_NO`` are one."""
    bare = _BRACKETED_UNIT.sub(" ", text.casefold())
    return " ".join(re.findall(r"[^\W_]+", bare))


def _none_found(kind: ImportKind) -> FileUnusable:
    return FileUnusable("NO_HEADERS", kind=kind, needed=needed_fields(kind), looked_at=ROWS_LOOKED_AT)


def _checked(kind: ImportKind, mapping: Mapping[str, str]) -> dict[str, str]:
    fields = fields_of(kind)
    for name in mapping.values():
        if name == LEFT_OUT:
            continue
        if name not in fields:
            raise WrongUsage("UNKNOWN_FIELD", field=name, fields=fields)
        if list(mapping.values()).count(name) > 1:
            raise WrongUsage("MAPPED_TWICE", field=name)
    return {fold_heading(header): name for header, name in mapping.items()}


def _demand_mapped(headings: Headings, mapping: Mapping[str, str]) -> None:
    present = {fold_heading(one.text) for one in headings.columns}
    for header in mapping:
        if fold_heading(header) not in present:
            named = tuple(one.text for one in headings.columns if one.text)
            raise WrongUsage("UNKNOWN_HEADER", header=header, headers=named)


def _read_row(index: int, row: Row, kind: ImportKind, wanted: Mapping[str, str]) -> Headings:
    texts = [" ".join(cell.split()) for cell in row.cells]
    chosen: dict[str, tuple[int, int]] = {}
    for column, text in enumerate(texts):
        claim = _claim(fold_heading(text), kind, wanted)
        if claim is not None:
            name, rank = claim
            chosen[name] = min(chosen.get(name, (rank, column)), (rank, column))
    by_column = {column: name for name, (_, column) in chosen.items()}
    columns = tuple(Heading(column, text, by_column.get(column)) for column, text in enumerate(texts))
    return Headings(index, row.number, columns)


def _claim(folded: str, kind: ImportKind, wanted: Mapping[str, str]) -> tuple[str, int] | None:
    """Give the field a heading stands for and how surely: -1 said by hand, 0 our own name, then by the words."""
    if not folded:
        return None
    if folded in wanted:
        return (wanted[folded], -1) if wanted[folded] != LEFT_OUT else None
    for name in fields_of(kind):
        if folded == fold_heading(name):
            return name, 0
    for name, words in headings_of(kind).items():
        if folded in words:
            return name, 1 + words.index(folded)
    return None
