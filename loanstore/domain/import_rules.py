"""Planning an import: which rows are records, which are passed over and which are refused, before any is applied.

Codes of what was dropped (``Rejected.why``): BAD_SIZE, SIZE_BECAME_DATE, SIZE_DISAGREES (``type``); BAD_MONEY,
BAD_YEARS, BAD_DATE, BAD_CODE, BECAME_DATE, DIGITS_LOST, CELL_FAILED, BAD_URN, BAD_AGE, BAD_EMAIL, BAD_KIND;
DUE_BEFORE_OUT (``out``); OUT_OF_LINE (``cells``, ``headings``; its value is left empty, since it may be a head
teacher's name).
Of whole rows: NO_TYPE, NO_NAME, NO_INSTRUMENT, NO_BORROWER, BAD_RETURN_DATE, RETURNED_BEFORE_OUT (``out``),
OUT_OF_LINE, and NUMBER_TWICE, URN_TWICE, CODE_TWICE, LOAN_TWICE (``first_row``, ``row``, ``first``, ``this``).
Of rows passed over: TITLE, BLANK, HEADINGS_AGAIN, TOTAL; DUPLICATE (``first_row``) and SAME_AGAIN
(``first_row``, ``fields``: what the later row says differently).
"""

from __future__ import annotations

import hashlib
import json
import re
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from loanstore.domain import codes
from loanstore.domain.import_alignment import has_slipped, proven_fields
from loanstore.domain.import_fields import ImportKind, naming_fields
from loanstore.domain.import_headers import Heading, Headings, find_headings
from loanstore.domain.import_rows import Rejected, Repaired, RowReader, read_row
from loanstore.domain.import_twice import Twice

if TYPE_CHECKING:
    from collections.abc import Mapping

    from loanstore.domain.catalogue import Catalogue
    from loanstore.domain.tables import Row, Table

_TOTAL: Final = re.compile(r"(?:grand |sub[- ]?)?totals?\b.*|sum:?", re.IGNORECASE | re.DOTALL)
_PRINT_FIGURES: Final = 32


@dataclass(frozen=True, slots=True)
class Record:
    """One row that was understood: canonical text per field (money as pence, dates as ISO text).

    ``print`` is a digest of what the row says with a count behind it (``#2`` for the second row that is just
    the same), by which a row that names nothing else is known again.
    """

    kind: ImportKind
    row: int
    values: Mapping[str, str] = field(hash=False)
    print: str


@dataclass(frozen=True, slots=True)
class Passed:
    """A row that is no record, or no new one; ``why`` is a code, filled by ``facts``."""

    row: int
    why: str
    facts: Mapping[str, str | int] = field(default_factory=dict, hash=False)


@dataclass(frozen=True, slots=True)
class RowPlan:
    """What a file says. ``headers`` tells of each column which field it is read as, or None."""

    headers: tuple[Heading, ...]
    records: tuple[Record, ...]
    repaired: tuple[Repaired, ...]
    refused: tuple[Rejected, ...]
    passed: tuple[Passed, ...]


def plan_rows(
    table: Table, kind: ImportKind, catalogue: Catalogue, mapping: Mapping[str, str] | None = None
) -> RowPlan:
    """Read every row of a table as a record of ``kind``; nothing is left out without being named.

    Raises what ``find_headings`` raises.
    """
    headings = find_headings(table, kind, mapping or {})
    may_slip = bool(table.delimiter)
    planner = _Planner(kind, catalogue, headings, may_slip=may_slip)
    for index, row in enumerate(table.rows):
        planner.read(row, before_headings=index < headings.index, is_headings=index == headings.index)
    return planner.plan()


def match_keys(record: Record) -> tuple[str, ...]:
    """Give what a record is known by, the surest first; the first that finds something decides.

    Instruments: number, then type, make and serial, then print. A match by serial counts only where what is
    found has no number, or the record has none: two numbers are two things. Schools: URN, else name and
    postcode. Borrowers: code, then URN, then print. Loans: print. Keys of different sorts never compare equal.
    """
    found = record.values
    keys: list[str] = []
    if record.kind is not ImportKind.LOANS and "code" in found:
        keys.append(f"number:{codes.normalise(found['code'])}")
    if "urn" in found:
        keys.append(f"urn:{found['urn']}")
    elif record.kind is ImportKind.SCHOOLS:
        keys.append(_joined("school", found["name"], found.get("postcode", "")))
    if record.kind is ImportKind.INSTRUMENTS and "serial" in found:
        keys.append(_joined("thing", found["type"], found.get("make", ""), found["serial"]))
    return (*keys, f"print:{record.print}")


def _joined(sort: str, *parts: str) -> str:
    # As JSON, so that no writing of one part can be mistaken for two.
    return f"{sort}:{json.dumps([part.casefold() for part in parts], ensure_ascii=False)}"


class _Planner:
    """Collects the plan row by row."""

    def __init__(self, kind: ImportKind, catalogue: Catalogue, headings: Headings, *, may_slip: bool) -> None:
        self._kind = kind
        self._catalogue = catalogue
        self._headings = headings
        self._places = headings.places
        self._heading_texts = tuple(one.text for one in headings.columns if one.text)
        # A workbook's cells can't slip: a note beside the list stays beside it.
        self._may_slip = may_slip
        self._prints: Counter[str] = Counter()
        self._twice = Twice(kind)
        self._records: list[Record] = []
        self._repaired: list[Repaired] = []
        self._refused: list[Rejected] = []
        self._passed: list[Passed] = []

    def plan(self) -> RowPlan:
        return RowPlan(
            self._headings.columns,
            tuple(self._records),
            tuple(self._repaired),
            tuple(self._refused),
            tuple(self._passed),
        )

    def read(self, row: Row, *, before_headings: bool, is_headings: bool) -> None:
        if is_headings:
            return
        why = self._no_record(row, before_headings=before_headings)
        if why is not None:
            self._passed.append(Passed(row.number, why))
            return
        self._read_record(row)

    def _no_record(self, row: Row, *, before_headings: bool) -> str | None:
        """Tell why a row is no record: a title, a blank, the headings again on a new page, or totals."""
        filled = row.filled
        if not filled:
            return "BLANK"
        if before_headings:
            return "TITLE"
        if tuple(" ".join(cell.split()) for cell in filled) == self._heading_texts:
            return "HEADINGS_AGAIN"
        cells = self._cells(row)
        named = [cells[name].strip() for name in naming_fields(self._kind) if cells.get(name, "").strip()]
        if all(map(_TOTAL.fullmatch, named)) and any(_TOTAL.fullmatch(cell.strip()) for cell in filled):
            return "TOTAL"
        return "TITLE" if len(filled) == 1 and self._is_heading_of_part(filled[0].strip(), cells) else None

    def _is_heading_of_part(self, text: str, cells: Mapping[str, str]) -> bool:
        """Tell a row such as ``Strings`` that heads a part of the list: one cell that names no thing."""
        if self._kind is ImportKind.INSTRUMENTS:
            if self._catalogue.is_family(text):
                return True
            return not cells.get("type", "").strip() and not codes.looks_like_code(text)
        return self._kind is ImportKind.LOANS and not codes.looks_like_code(text)

    def _cells(self, row: Row) -> dict[str, str]:
        """Give the cells by field, in the order of their columns."""
        return {name: row.cells[place] for name, place in self._places.items() if place < len(row.cells)}

    def _trusted(self, row: Row) -> dict[str, str] | None:
        """Give the cells that stand under their headings and refuse the others; None where all are refused."""
        cells = self._cells(row)
        width = len(self._headings.columns)
        if not self._may_slip or not has_slipped(row, width):
            return cells
        # Only the schools' register proves by its own look how far a row is still in line.
        proven = proven_fields(cells) if self._kind is ImportKind.SCHOOLS else frozenset()
        facts = {"cells": len(row.cells), "headings": width}
        lost = [name for name, text in cells.items() if name not in proven and text.strip()]
        for name in lost if proven else [None]:
            self._refused.append(Rejected(row.number, name, "", "OUT_OF_LINE", facts))
        return {name: text for name, text in cells.items() if name in proven} or None

    def _read_record(self, row: Row) -> None:
        cells = self._trusted(row)
        if cells is None:
            return
        dates = frozenset(name for name, place in self._places.items() if place in row.dates)
        reader = RowReader(row.number, cells, dates)
        read_row(reader, self._kind, self._catalogue)
        if reader.row_refused is not None:
            self._refused.append(reader.row_refused)
            return
        own = _digest(reader.said())
        self._prints[own] += 1
        record = Record(self._kind, row.number, reader.values, f"{own}#{self._prints[own]}")
        answer = self._twice.judge(record.row, record.values, own)
        if answer is None:
            self._records.append(record)
            self._repaired += reader.repaired
            self._refused += reader.refused
        elif answer.clash:
            value = cells.get(answer.field, "")
            self._refused.append(Rejected(row.number, None, value, answer.why, answer.facts))
        else:
            self._passed.append(Passed(row.number, answer.why, answer.facts))


def _digest(said: Mapping[str, str]) -> str:
    """Give the print of a row: what it says by field.

    Columns may be moved without a new print, and a workbook's date or price is what the same row says as CSV.
    """
    written = json.dumps(said, ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(written.encode("utf-8", "surrogatepass")).hexdigest()[:_PRINT_FIGURES]
