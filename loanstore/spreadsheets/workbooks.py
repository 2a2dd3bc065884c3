"""Reading the first filled sheet of an .xlsx workbook as rows of text."""

from __future__ import annotations

import io
import re
import warnings
import zipfile
from datetime import date, datetime, time
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Any, Final

from loanstore.domain.errors import FileUnusable
from loanstore.domain.tables import Row, Table

if TYPE_CHECKING:
    from collections.abc import Iterable

# A workbook is packed about ten times; one that unpacks to more is a bomb or no register.
LARGEST_UNPACKED: Final = 1_000_000_000

_WORKBOOK_PART: Final = "xl/workbook.xml"
_ZEROS_FORMAT: Final = re.compile(r"0{2,}")
_FRACTION_FORMAT: Final = re.compile(r"\?+/\?+")
_FINEST_FRACTION: Final = 32
_VISIBLE: Final = "visible"


def read_workbook(data: bytes, name: str) -> Table:
    """Read the first visible sheet that holds anything; the other filled ones are named in the table.

    Raises FileUnusable: NOT_A_TABLE, FILE_TOO_LARGE, WORKBOOK_DAMAGED; each with the fact ``file``.
    """
    _look_inside(data, name)
    with warnings.catch_warnings():
        # openpyxl warns of decorations it leaves out (validation, conditional formats); only values matter.
        warnings.simplefilter("ignore")
        try:
            return _first_filled(data)
        except Exception as error:
            # A damaged part surfaces as whatever its XML reader stumbles over, from KeyError to ParseError.
            raise FileUnusable("WORKBOOK_DAMAGED", file=name, reason=type(error).__name__) from error


def _look_inside(data: bytes, name: str) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as parts:
            unpacked = sum(part.file_size for part in parts.infolist())
            names = parts.namelist()
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError) as error:
        raise FileUnusable("WORKBOOK_DAMAGED", file=name, reason=type(error).__name__) from error
    if _WORKBOOK_PART not in names:
        raise FileUnusable("NOT_A_TABLE", file=name)
    if unpacked > LARGEST_UNPACKED:
        raise FileUnusable("FILE_TOO_LARGE", file=name, most=LARGEST_UNPACKED)


def _first_filled(data: bytes) -> Table:
    from openpyxl import load_workbook

    book = load_workbook(io.BytesIO(data), read_only=True, data_only=True, keep_links=False)
    chosen: tuple[Row, ...] = ()
    others: list[str] = []
    for sheet in book.worksheets:
        # The size a sheet claims to have is wrong in files of some exporters; without it all is read.
        sheet.reset_dimensions()
        if chosen:
            if _holds_anything(sheet.iter_rows(values_only=True)):
                others.append(sheet.title)
        elif sheet.sheet_state == _VISIBLE:
            chosen = _rows(sheet.iter_rows())
    book.close()
    return Table(chosen, "workbook", "", tuple(others))


def _holds_anything(rows: Iterable[tuple[Any, ...]]) -> bool:
    return any(value is not None for row in rows for value in row)


def _rows(lines: Iterable[tuple[Any, ...]]) -> tuple[Row, ...]:
    rows: list[Row] = []
    filled = 0
    for number, line in enumerate(lines, start=1):
        row = _row(number, line)
        rows.append(row)
        if row.filled:
            filled = number
    return tuple(rows[:filled])


def _row(number: int, line: tuple[Any, ...]) -> Row:
    texts = [_text(cell.value, cell.number_format) if cell.value is not None else "" for cell in line]
    dates = frozenset(place for place, cell in enumerate(line) if isinstance(cell.value, date))
    while texts and not texts[-1]:
        texts.pop()
    return Row(number, tuple(texts), dates)


def _text(value: object, number_format: str) -> str:
    """Write a value as its cell shows it where that carries a fact: leading zeros, fractions, whole numbers."""
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, int | float):
        return _number(value, number_format)
    if isinstance(value, datetime):
        whole_day = value.time() == time()
        return value.date().isoformat() if whole_day else value.isoformat(" ", "seconds")
    if isinstance(value, date | time):
        return value.isoformat()
    return str(value)


def _number(value: float, number_format: str) -> str:
    if _FRACTION_FORMAT.search(number_format) and 0 < value < 1:
        return str(Fraction(value).limit_denominator(_FINEST_FRACTION))
    # Fifteen digits are what a spreadsheet keeps; more would show the machine's own rounding (0.30000000000000004).
    text = format(Decimal(format(value, ".15g")), "f")
    if _ZEROS_FORMAT.fullmatch(number_format) and text.isdigit():
        return text.zfill(len(number_format))
    return text
