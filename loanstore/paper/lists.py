"""Sheets of names with barcodes: borrowers, places, anything chosen by a scan."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from loanstore.i18n import ngettext
from loanstore.paper.cells import draw_cell
from loanstore.paper.document import BOTTOM, LEFT, SMALL, WIDTH, Document

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from loanstore.domain.labels import Label

_GAP: Final = 4.0
_CELL: Final = ((WIDTH - _GAP) / 2, 24.0)
_STEP: Final = _CELL[1] + 2.0


def draw_code_list(title: str, entries: Sequence[Label], *, fonts: Path) -> bytes:
    """Draw names with scannable barcodes on A4, in the order given: down the left column, then the right.

    The first entry's owner stands at the head. Raises Refused NO_GLYPH, CODE_UNPRINTABLE or LABEL_TOO_SMALL.
    """
    owner = next((entry.owner for entry in entries if entry.owner), "")
    document = Document(fonts, title=title, owner=owner)
    count = ngettext("{n} name", "{n} names", len(entries)).format(n=len(entries))
    document.paragraph(count, SMALL)
    document.y += 2
    place = 0
    while place < len(entries):
        if place:
            document.new_page()
        rows = int((BOTTOM - document.y) // _STEP)
        for offset, entry in enumerate(entries[place : place + 2 * rows]):
            column, row = divmod(offset, rows)
            corner = (LEFT + column * (_CELL[0] + _GAP), document.y + row * _STEP)
            draw_cell(document.ink, entry, corner, _CELL)
        place += 2 * rows
    return document.finish()
