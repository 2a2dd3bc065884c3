"""Writing a list as a file that a spreadsheet opens with a double click: CSV or .xlsx."""

from __future__ import annotations

import csv
import io
from itertools import chain
from typing import TYPE_CHECKING, Final

from loanstore.domain.errors import FileUnusable

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

# A spreadsheet runs a cell that begins so; an apostrophe before it makes it text.
_FORMULA_STARTS: Final = ("=", "+", "-", "@", "\t", "\r")


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


def write_xlsx(path: Path, headings: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """Write headings and rows as a workbook of one sheet, every cell as text; an old file is replaced.

    Raises FileUnusable FILE_NOT_WRITTEN with the facts ``file`` and ``reason``.
    """
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    sheet = book.create_sheet()
    sheet.freeze_panes = "A2"
    for row in chain([headings], rows):
        sheet.append([_as_text(sheet, cell) for cell in row])
    made = io.BytesIO()
    book.save(made)
    try:
        path.write_bytes(made.getvalue())
    except OSError as error:
        raise FileUnusable("FILE_NOT_WRITTEN", file=path.name, reason=str(error)) from error


def _as_text(sheet: object, cell: str) -> object:
    """Keep a cell from being taken for a formula; what no workbook can hold is left out."""
    from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE, WriteOnlyCell

    plain = ILLEGAL_CHARACTERS_RE.sub("", cell)
    if not plain.startswith(_FORMULA_STARTS):
        return plain
    made = WriteOnlyCell(sheet, plain)
    made.data_type = "s"
    return made


def _harmless(cell: str) -> str:
    return f"'{cell}" if cell.startswith(_FORMULA_STARTS) else cell
