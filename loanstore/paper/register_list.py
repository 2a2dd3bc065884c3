"""The asset register on paper: for auditors, with what was never seen first and the totals at the foot."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from loanstore.domain.progress import Reached
from loanstore.i18n import _, ngettext
from loanstore.paper.document import CODE, LEFT, SMALL, STRONG, WIDTH, Column, Document, cell, show_date
from loanstore.paper.ink import MIST, Style

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date
    from pathlib import Path

    from loanstore.domain.progress import Progress
    from loanstore.paper.document import Cell

_FINE: Final = Style(8)
_NAME: Final = Style(10, bold=True)


@dataclass(frozen=True, slots=True)
class RegisterRow:
    """One instrument in words; each tuple holds the lines of one cell, the first of them the one that counts."""

    code: str
    status: str
    thing: tuple[str, ...]
    bought: tuple[str, ...]
    cost: str
    value: tuple[str, ...]
    where: tuple[str, ...]
    seen: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RegisterPaper:
    """The register as at a day, of one funding source or of all (empty); ``totals`` are what and how much, in words."""

    owner: str
    day: date
    funding: str
    made: date
    rows: tuple[RegisterRow, ...]
    totals: tuple[tuple[str, str], ...]


def draw_register(paper: RegisterPaper, *, fonts: Path, progress: Progress | None = None) -> bytes:
    """Draw the register as an A4 PDF; ``progress`` may raise. Raises Refused NO_GLYPH."""
    foot = _("As at {day}, made {made}").format(day=show_date(paper.day), made=show_date(paper.made))
    document = Document(fonts, title=_("Asset register"), owner=paper.owner, foot=foot)
    document.reached = Reached(len(paper.rows), progress)
    count = ngettext("{n} instrument", "{n} instruments", len(paper.rows)).format(n=f"{len(paper.rows):,}")
    document.paragraph(_("As at {day}").format(day=show_date(paper.day)), _NAME)
    source = _("Paid for by: {funding}").format(funding=paper.funding) if paper.funding else _("All funding sources")
    document.paragraph(f"{source} · {count}", SMALL)
    document.y += 3
    columns = (
        Column(_("Code"), 28),
        Column(_("Instrument"), 38),
        Column(_("Funding"), 32),
        Column(_("Cost"), 17, right=True),
        Column(_("Value"), 19, right=True),
        Column("", 3),
        Column(_("Where it is"), 37),
    )
    document.table(columns, [_row(row) for row in paper.rows])
    _totals(document, paper.totals)
    return document.finish()


def _row(row: RegisterRow) -> list[Cell]:
    return [
        ((row.code, CODE), (row.status, SMALL)),
        _lines(row.thing, STRONG),
        _lines(row.bought, _FINE),
        cell(row.cost, _FINE),
        _lines(row.value, _FINE),
        (),
        (*_lines(row.where, _FINE), *((line, SMALL) for line in row.seen if line)),
    ]


def _lines(texts: Sequence[str], first: Style) -> Cell:
    said = [text for text in texts if text]
    return tuple((text, SMALL if at else first) for at, text in enumerate(said))


def _totals(document: Document, totals: Sequence[tuple[str, str]]) -> None:
    step = 5.5
    height = step * len(totals) + 5
    document.need(height + 6)
    document.y += 6
    document.ink.box((LEFT, document.y), (WIDTH, height), fill=MIST)
    for at, (what, amount) in enumerate(totals):
        base = document.y + 6 + at * step
        document.ink.text(LEFT + 4, base, what, STRONG)
        document.ink.text(LEFT + WIDTH - 4, base, amount, STRONG, align=1)
    document.y += height
