"""Writing a list as a file that a spreadsheet opens with a double click: CSV, or an .xlsx workbook."""

from __future__ import annotations

import csv
import io
import re
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from loanstore.domain.errors import FileUnusable

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date
    from pathlib import Path

    from openpyxl.cell import WriteOnlyCell

    from loanstore.domain.progress import Reached

    Cell = str | int | float | date | None

# A spreadsheet runs a cell that begins so.
_FORMULA_STARTS: Final = ("=", "+", "-", "@", "\t", "\r")
# A dash that stands for a name and a number below nought run nothing, and an apostrophe would spoil them.
_RUNS_NOTHING: Final = re.compile(r"-|-\d+(?:\.\d+)?")
# How a workbook writes a character that XML can't hold; a text that only looks so has its first dash written out.
_LOOKS_ESCAPED: Final = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
# What a workbook's XML can't hold, and what its cells can.
_NOT_IN_XML: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_LONGEST_CELL: Final = 32_767
_WIDEST: Final = 60
_SPARE: Final = 2
_DATE_WIDTH: Final = 10
_MONEY: Final = "#,##0.00"


def write_csv(path: Path, headings: Sequence[str], rows: Iterable[Sequence[str | Decimal]]) -> None:
    """Write headings and rows, with the mark by which Excel knows UTF-8; an old file is replaced.

    What a spreadsheet would run as a formula has an apostrophe before it, which ``read_table`` takes off again; a
    number stays one, below nothing too.

    Raises FileUnusable FILE_NOT_WRITTEN with the facts ``file`` and ``reason``.
    """
    made = io.StringIO(newline="")
    writer = csv.writer(made)
    writer.writerows([_harmless(cell) for cell in row] for row in (headings, *rows))
    try:
        path.write_bytes(made.getvalue().encode("utf-8-sig"))
    except OSError as error:
        raise FileUnusable("FILE_NOT_WRITTEN", file=path.name, reason=str(error)) from error


def _harmless(cell: str | Decimal) -> str:
    if isinstance(cell, Decimal):
        return str(cell)
    # An apostrophe of the text's own is doubled, so that none is lost when the file is read again.
    runs = cell.lstrip("'").startswith(_FORMULA_STARTS) and not _RUNS_NOTHING.fullmatch(cell)
    return f"'{cell}" if runs else cell


def write_xlsx(
    file: Path, columns: Sequence[str], rows: Iterable[Sequence[Cell]], reached: Reached | None = None
) -> None:
    """Write headings and rows as a workbook; its first row stays in view, and an old file is replaced.

    The rows are gone through twice, for the columns' widths come first; ``reached`` tells how far the second is.

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
    made = io.BytesIO()
    try:
        for line in reached.through(lines) if reached is not None else lines:
            sheet.append([_cell(sheet, value) for value in line])
    finally:
        # Where it was cancelled, too: what openpyxl has begun on the disk is taken away only here.
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

    plain = _plain(value) if isinstance(value, str) else value
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


def _plain(text: str) -> str:
    return _LOOKS_ESCAPED.sub("_x005F_", _NOT_IN_XML.sub("", text)[:_LONGEST_CELL])
