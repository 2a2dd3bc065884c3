"""Reading the first filled sheet of an .xlsx workbook as rows of text."""

from __future__ import annotations

import io
import warnings
import zipfile
from datetime import date
from typing import TYPE_CHECKING, Any, Final

from loanstore.domain.errors import FileUnusable
from loanstore.domain.tables import Row, Table
from loanstore.spreadsheets.cells import as_shown

if TYPE_CHECKING:
    from collections.abc import Iterable

# A workbook is packed about ten times; one that unpacks to more is a bomb or no register.
LARGEST_UNPACKED: Final = 1_000_000_000

_WORKBOOK_PART: Final = "xl/workbook.xml"
_VISIBLE: Final = "visible"


def read_workbook(data: bytes, name: str) -> Table:
    """Read the first visible sheet that holds anything; the other filled ones that can be seen are named in the table.

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
        if sheet.sheet_state != _VISIBLE:
            continue
        if not chosen:
            chosen = _rows(sheet.iter_rows())
        elif _holds_anything(sheet.iter_rows(values_only=True)):
            others.append(sheet.title)
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
    texts = [as_shown(cell.value, cell.number_format) if cell.value is not None else "" for cell in line]
    dates = frozenset(place for place, cell in enumerate(line) if isinstance(cell.value, date))
    while texts and not texts[-1]:
        texts.pop()
    return Row(number, tuple(texts), dates)
