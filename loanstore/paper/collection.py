"""The letter that says what is ready to collect, where and until when, with bars that bring it up at the desk."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from loanstore.domain.codes import shown
from loanstore.i18n import _, ngettext
from loanstore.paper.cells import draw_cell
from loanstore.paper.document import BODY, CODE, LEFT, SMALL, STRONG, WIDTH, Cell, Column, Document, cell, show_date
from loanstore.paper.ink import MIST, Style

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from loanstore.domain.collection import CollectionPaper, ReadyItem
    from loanstore.domain.labels import Label

_NAME: Final = Style(11, bold=True)
_LEAD: Final = Style(12, bold=True)
_GAP: Final = 4.0
_CELL: Final = ((WIDTH - _GAP) / 2, 26.0)
_STEP: Final = _CELL[1] + 3.0


def draw_collection(paper: CollectionPaper, *, fonts: Path) -> bytes:
    """Draw a letter as an A4 PDF; the same paper gives the same bytes.

    Raises Refused NO_GLYPH or CODE_UNPRINTABLE.
    """
    foot = _("Written {made}").format(made=show_date(paper.made))
    document = Document(fonts, title=_("Ready to collect"), owner=paper.owner.name, foot=foot)
    address = ((paper.party.name, _NAME), *((line, BODY) for line in paper.party.lines))
    document.y = document.block(address, LEFT, document.y + 2, WIDTH / 2) + 8
    _lead(document, paper)
    _table(document, paper.items)
    _bars(document, paper.bars)
    return document.finish()


def _lead(document: Document, paper: CollectionPaper) -> None:
    """Say in one band what is ready and until when."""
    n = len(paper.items)
    ready = ngettext("{n} instrument is ready for you.", "{n} instruments are ready for you.", n).format(n=n)
    first = min(item.until for item in paper.items)
    keep = _("Please collect by {day}.").format(day=show_date(first))
    content: Cell = ((f"{ready} {keep}", _LEAD),)
    if paper.player:
        content += ((_("For {player}").format(player=paper.player), BODY),)
    height = document.height(content, WIDTH - 8) + 6
    document.ink.box((LEFT, document.y), (WIDTH, height), fill=MIST)
    document.block(content, LEFT + 4, document.y + 3, WIDTH - 8)
    document.y += height + 1


def _table(document: Document, items: Sequence[ReadyItem]) -> None:
    document.heading(_("What is kept for you"))
    columns = (Column(_("Instrument"), 62), Column(_("Code"), 30), Column(_("Where"), 46), Column(_("Kept until"), 36))
    rows = [
        [
            ((item.what, STRONG), (item.detail, SMALL)),
            cell(shown(item.code), CODE),
            cell(item.where),
            cell(show_date(item.until), STRONG),
        ]
        for item in items
    ]
    document.table(columns, rows)


def _bars(document: Document, bars: Sequence[Label]) -> None:
    document.heading(_("Bring this letter"), keep=_STEP + 8)
    said = _("The bars bring up at the desk what you asked for. After the last day it goes to the next in the queue.")
    document.paragraph(said)
    document.y += 3
    for place, label in enumerate(bars):
        column = place % 2
        if column == 0:
            document.need(_CELL[1])
        draw_cell(document.ink, label, (LEFT + column * (_CELL[0] + _GAP), document.y), _CELL)
        if column or place == len(bars) - 1:
            document.y += _STEP
