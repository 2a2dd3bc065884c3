"""Writing a list as a file that a spreadsheet opens with a double click: CSV or .xlsx."""

from __future__ import annotations

import csv
import io
import re
from typing import TYPE_CHECKING, Final

from loanstore.domain.errors import FileUnusable

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from openpyxl.cell import WriteOnlyCell

# A spreadsheet runs a cell that begins so; an apostrophe before it makes it text.
_FORMULA_STARTS: Final = ("=", "+", "-", "@", "\t", "\r")
# What a workbook's XML can't hold, and what its cells can.
_NOT_IN_XML: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_LONGEST_CELL: Final = 32_767
_NARROWEST, _WIDEST = 8, 60
"""The widths a column may have, in letters."""


def write_csv(path: Path, headings: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """Write headings and rows, with the mark by which Excel knows UTF-8; an old file is replaced.

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


def _harmless(cell: str) -> str:
    return f"'{cell}" if cell.startswith(_FORMULA_STARTS) else cell


def write_xlsx(path: Path, headings: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """Write headings and rows as a workbook of one sheet; an old file is replaced.

    Every cell is text, so that no code loses its zeros and nothing is run as a formula, not even when the cell
    is edited and left again. Raises FileUnusable FILE_NOT_WRITTEN with the facts ``file`` and ``reason``.
    """
    from openpyxl import Workbook
    from openpyxl.utils import get_column_letter

    lines = [[_written(text) for text in row] for row in (headings, *rows)]
    book = Workbook(write_only=True)
    sheet = book.create_sheet()
    sheet.freeze_panes = "A2"
    for at in range(max(map(len, lines))):
        longest = max(len(line[at]) for line in lines if at < len(line))
        sheet.column_dimensions[get_column_letter(at + 1)].width = min(max(longest + 2, _NARROWEST), _WIDEST)
    for number, line in enumerate(lines):
        sheet.append([_text_cell(sheet, text, heading=number == 0) for text in line])
    made = io.BytesIO()
    book.save(made)
    try:
        path.write_bytes(made.getvalue())
    except OSError as error:
        raise FileUnusable("FILE_NOT_WRITTEN", file=path.name, reason=str(error)) from error


def _written(text: str) -> str:
    return _NOT_IN_XML.sub("", text)[:_LONGEST_CELL]


def _text_cell(sheet: object, text: str, *, heading: bool) -> WriteOnlyCell:
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Font

    cell = WriteOnlyCell(sheet, text)
    cell.data_type = "s"
    cell.number_format = "@"
    cell.quotePrefix = text.startswith(_FORMULA_STARTS)
    if heading:
        cell.font = Font(bold=True)
    return cell
