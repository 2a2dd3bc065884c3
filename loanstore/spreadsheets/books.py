"""Writing a list as an .xlsx workbook: headings that stay in sight, and every text a text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from loanstore.domain.errors import FileUnusable

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

_WIDEST = 40


def write_xlsx(path: Path, sheet: str, headings: Sequence[str], rows: Iterable[Sequence[str | int]]) -> None:
    """Write headings and rows on one sheet of that name; an old file is replaced.

    A text that begins as a formula does stays a text. Raises FileUnusable FILE_NOT_WRITTEN with the facts
    ``file`` and ``reason``.
    """
    from openpyxl import Workbook
    from openpyxl.styles import Font
    from openpyxl.utils import get_column_letter

    book = Workbook()
    page = book.active
    page.title = sheet
    widths = [len(heading) for heading in headings]
    for at, row in enumerate([headings, *rows], 1):
        for column, value in enumerate(row):
            cell = page.cell(at, column + 1, value)
            if isinstance(value, str):
                cell.data_type = "s"
            widths[column] = min(_WIDEST, max(widths[column], len(str(value))))
    for column, width in enumerate(widths, 1):
        page.cell(1, column).font = Font(bold=True)
        page.column_dimensions[get_column_letter(column)].width = width + 2
    page.freeze_panes = "A2"
    try:
        book.save(path)
    except OSError as error:
        raise FileUnusable("FILE_NOT_WRITTEN", file=path.name, reason=str(error)) from error
