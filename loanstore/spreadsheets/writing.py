"""Writing a list as a file that a spreadsheet opens with a double click: CSV, or an .xlsx workbook."""

from __future__ import annotations

import csv
import io
import re
from typing import TYPE_CHECKING, Final

from loanstore.domain.errors import FileUnusable

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date
    from decimal import Decimal
    from pathlib import Path

    from openpyxl.cell import WriteOnlyCell

    Cell = str | int | float | date | None

# A spreadsheet runs a cell that begins so; an apostrophe before it makes it text.
_FORMULA_STARTS: Final = ("=", "+", "-", "@", "\t", "\r")
# What a workbook's XML can't hold, and what its cells can.
_NOT_IN_XML: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_LONGEST_CELL: Final = 32_767
_WIDEST: Final = 60
_SPARE: Final = 2
_DATE_WIDTH: Final = 10
_MONEY: Final = "#,##0.00"


def write_csv(path: Path, headings: Sequence[str], rows: Iterable[Sequence[str | Decimal]]) -> None:
    """Write headings and rows, with the mark by which Excel knows UTF-8; an old file is replaced.

    A text that would run as a formula is written as text; a number stays one, below nothing too.

    Raises FileUnusable FILE_NOT_WRITTEN with the facts ``file`` and ``reason``.
    """
    made = io.StringIO(newline="")
    writer = csv.writer(made)
    writer.writerow(headings)
    writer.writerows([_harmless(cell) for cell in row] for row in rows)
    try:
        path.write_bytes(made.getvalue().encode("utf-8-sig"))
    except OSError as error:
        raise FileUnusable("FILE_NOT_WRITTEN", file=path.name, reason=str(error)) from error


def _harmless(cell: str | Decimal) -> str:
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(_FORMULA_STARTS) else str(cell)


def write_xlsx(file: Path, columns: Sequence[str], rows: Iterable[Sequence[Cell]]) -> None:
    """Write headings and rows as a workbook; its first row stays in view, and an old file is replaced.

    Texts stay texts, whatever they begin with; numbers and days are cells that a spreadsheet can reckon with, a
    fraction being money. Raises FileUnusable FILE_NOT_WRITTEN with the facts ``file`` and ``reason``.
    """
    from openpyxl import Workbook

    lines = [list(row) for row in rows]
    book = Workbook(write_only=True)
    sheet = book.create_sheet()
    sheet.freeze_panes = "A2"
    for letter, width in _widths(columns, lines):
        sheet.column_dimensions[letter].width = width
    sheet.append([_cell(sheet, heading, bold=True) for heading in columns])
    for line in lines:
        sheet.append([_cell(sheet, value) for value in line])
    made = io.BytesIO()
    book.save(made)
    try:
        file.write_bytes(made.getvalue())
    except OSError as error:
        raise FileUnusable("FILE_NOT_WRITTEN", file=file.name, reason=str(error)) from error


def _widths(columns: Sequence[str], lines: Sequence[Sequence[Cell]]) -> Iterable[tuple[str, int]]:
    from openpyxl.utils import get_column_letter

    for at, heading in enumerate(columns):
        longest = max((_length(line[at]) for line in lines if at < len(line)), default=0)
        yield get_column_letter(at + 1), min(_WIDEST, max(len(heading), longest) + _SPARE)


def _length(value: Cell) -> int:
    return len(str(value)) if value is None or isinstance(value, (str, int, float)) else _DATE_WIDTH


def _cell(sheet: object, value: Cell, *, bold: bool = False) -> WriteOnlyCell:
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Font

    plain = _NOT_IN_XML.sub("", value)[:_LONGEST_CELL] if isinstance(value, str) else value
    made = WriteOnlyCell(sheet, plain)
    if isinstance(plain, str):
        # Text it is and stays, even when the cell is edited and left again.
        made.data_type = "s"
        made.number_format = "@"
        made.quotePrefix = plain.startswith(_FORMULA_STARTS)
    elif isinstance(plain, float):
        made.number_format = _MONEY
    if bold:
        made.font = Font(bold=True)
    return made
