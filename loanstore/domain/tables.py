"""A table as it was read from a file: rows of text, numbered as a spreadsheet shows them."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Row:
    """One row; ``number`` starts at 1 and counts blank rows, and a line break in a cell starts no row.

    ``dates`` holds the places of cells that were real dates in a workbook; their text is the ISO date, as
    precise as the cell shows it.
    """

    number: int
    cells: tuple[str, ...]
    dates: frozenset[int] = frozenset()

    @property
    def filled(self) -> tuple[str, ...]:
        """The texts of the cells that hold more than blanks."""
        return tuple(cell for cell in self.cells if cell.strip())


@dataclass(frozen=True, slots=True)
class Table:
    """All rows of one file up to the last that holds anything.

    ``encoding`` is Python's name of the encoding, or ``workbook``, which has no ``delimiter``. ``other_sheets``
    names the filled sheets of a workbook that were left unread: one import reads one sheet.
    """

    rows: tuple[Row, ...]
    encoding: str
    delimiter: str
    other_sheets: tuple[str, ...] = ()
