"""Rows of a text file whose cells don't stand under their headings, and which of them can be trusted all the same.

A row with more cells than there are headings has slipped: an unquoted comma in ``£1,450.00``, or two extracts of
the schools' register from different years pasted together, whose columns come and go. Read by position, a town
would become a postcode and a head teacher's name a telephone number.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

    from loanstore.domain.tables import Row

_STATUSES: Final = ("open", "closed", "open, but proposed to close", "proposed to open")
_PHASES: Final = (
    "not applicable",
    "nursery",
    "primary",
    "middle deemed primary",
    "secondary",
    "middle deemed secondary",
    "16 plus",
    "all-through",
)
# What a cell of the schools' register looks like where its look can be told at all.
_LOOKS: Final = {
    "urn": re.compile(r"\d{5,7}"),
    "la_code": re.compile(r"\d{3}"),
    "establishment_number": re.compile(r"\d{4}"),
    "status": re.compile("|".join(_STATUSES), re.IGNORECASE),
    "phase": re.compile("|".join(_PHASES), re.IGNORECASE),
    "closed_on": re.compile(r"\d{2}-\d{2}-\d{4}"),
    "low_age": re.compile(r"\d{1,2}"),
    "high_age": re.compile(r"\d{1,2}"),
    "postcode": re.compile(r"[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}", re.IGNORECASE),
    "telephone": re.compile(r"[\d +()]{9,}"),
    "website": re.compile(r"\S+\.\S+"),
}


def has_slipped(row: Row, width: int) -> bool:
    """Tell a row with a filled cell beyond the last heading; ``width`` is the number of headings."""
    return any(cell.strip() for cell in row.cells[width:])


def proven_fields(cells: Mapping[str, str]) -> frozenset[str]:
    """Give the fields of a slipped school's row that still stand under their headings.

    ``cells`` come in the order of their columns. Proven is all from the left up to the last cell that looks as
    it should before the first that does not: whatever slipped, slipped to the right of it.
    """
    names = list(cells)
    proven = 0
    for count, name in enumerate(names, start=1):
        look, text = _LOOKS.get(name), cells[name].strip()
        if look is None or not text:
            continue
        if look.fullmatch(text) is None:
            break
        proven = count
    return frozenset(names[:proven])
