"""Writing the report of an import into a file of its own, to be worked through beside the list."""

from __future__ import annotations

from typing import TYPE_CHECKING

from loanstore.spreadsheets.writing import write_csv, write_xlsx

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

WORKBOOK = ".xlsx"


def write_report(file: Path, headings: Sequence[str], rows: Sequence[Sequence[str]]) -> Path:
    """Write the report as a workbook where the file's name says so, else as CSV; give the file.

    Raises FileUnusable FILE_NOT_WRITTEN.
    """
    if file.suffix.casefold() == WORKBOOK:
        write_xlsx(file, headings, rows)
        return file
    named = file if file.suffix else file.with_name(f"{file.name}.csv")
    write_csv(named, headings, rows)
    return named
