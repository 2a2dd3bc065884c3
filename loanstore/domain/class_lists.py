"""A class list as it is pasted or saved: who plays what, one name a line or a column of a spreadsheet."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Sequence

    from loanstore.domain.tables import Table

_WHOLE: Final = frozenset(
    {"name", "names", "fullname", "pupil", "pupils", "pupilname", "student", "studentname", "child"}
)
_FIRST: Final = frozenset({"forename", "forenames", "firstname", "givenname", "first", "preferredforename"})
_LAST: Final = frozenset({"surname", "lastname", "familyname", "last", "legalsurname"})
_NUMBERING: Final = re.compile(r"^\s*\d+\s*[.):]?\s+")
_HEADINGS_WITHIN: Final = 5
"""Headings stand in one of so many first rows: a school puts the class and the date above them."""

LONGEST_NAME: Final = 120
"""A longer line is no name."""


def names_in_text(text: str) -> tuple[str, ...]:
    """Read names from pasted text: one a line, with or without numbers before them; blank lines are passed over.

    A line that came out of a spreadsheet has tabs; its cells are put together. A heading is no name.
    """
    lines = [[_NUMBERING.sub("", line)] if "\t" not in line else line.split("\t") for line in text.splitlines()]
    return _names(lines)


def names_in_table(table: Table) -> tuple[str, ...]:
    """Read names from a spreadsheet: from the columns whose headings say so, else from all cells of each row."""
    return _names([list(row.cells) for row in table.rows])


def _names(rows: Sequence[Sequence[str]]) -> tuple[str, ...]:
    filled = [row for row in rows if any(cell.strip() for cell in row)]
    columns: tuple[int, ...] = ()
    for at, row in enumerate(filled[:_HEADINGS_WITHIN]):
        columns = _columns(row)
        if columns:
            filled = filled[at + 1 :]
            break
    chosen = [[row[at] for at in columns if at < len(row)] if columns else _without_numbers(row) for row in filled]
    joint = " " if columns else ", "
    names = [" ".join(joint.join(cell.strip() for cell in row if cell.strip()).split()) for row in chosen]
    return tuple(name[:LONGEST_NAME] for name in names if name)


def _columns(row: Sequence[str]) -> tuple[int, ...]:
    """Tell which columns a row of headings says hold the name, the forename before the surname; none for a name."""
    said = ["".join(filter(str.isalnum, cell.casefold())) for cell in row]
    parts = [next((at for at, word in enumerate(said) if word in words), None) for words in (_FIRST, _LAST)]
    if None not in parts:
        return tuple(at for at in parts if at is not None)
    whole = next((at for at, word in enumerate(said) if word in _WHOLE), None)
    return (whole,) if whole is not None else ()


def _without_numbers(row: Sequence[str]) -> list[str]:
    """Leave out the numbers that a list was counted with, in a column of their own or before the name."""
    return [_NUMBERING.sub("", cell) for cell in row if not cell.strip().isdigit()]
