"""The take-home register of a school: which child has which instrument at home, with room to sign."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from loanstore.domain.codes import shown
from loanstore.i18n import _, ngettext
from loanstore.paper.document import BODY, CODE, SMALL, STRONG, Column, Document, cell, show_date
from loanstore.paper.ink import Style

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from loanstore.paper.document import Cell

_FINE: Final = Style(8.5)
_SIGNING: Final = Style(16)
"""So high is an empty line that a parent can sign on."""


@dataclass(frozen=True, slots=True)
class TakeHomeLine:
    """One instrument at a child's home; ``code`` is normalised, ``since`` None where nobody knows."""

    code: str
    what: str
    serial: str
    player: str
    holder: str
    since: date | None
    due: date


@dataclass(frozen=True, slots=True)
class TakeHomePaper:
    """The register of one school on a day; ``code`` is the school's own, normalised."""

    owner: str
    school: str
    code: str
    made: date
    lines: tuple[TakeHomeLine, ...]


def draw_take_home(paper: TakeHomePaper, *, fonts: Path) -> bytes:
    """Draw the register on A4; its barcode chooses the school at the desk. Raises Refused NO_GLYPH."""
    title = _("Take-home register")
    foot = _("{school}, {day}").format(school=paper.school, day=show_date(paper.made))
    document = Document(fonts, title=title, owner=paper.owner, code=paper.code, foot=foot)
    document.paragraph(paper.school, Style(11, bold=True))
    count = len(paper.lines)
    said = ngettext("{n} instrument is at home on {day}.", "{n} instruments are at home on {day}.", count)
    document.paragraph(said.format(n=count, day=show_date(paper.made)), BODY)
    document.y += 3
    columns = (
        Column(_("Code"), 27),
        Column(_("Instrument"), 32),
        Column(_("Player"), 30),
        Column(_("With"), 32),
        Column(_("Since"), 24),
        Column(_("Signature"), 29),
    )
    document.table(columns, [_row(line) for line in paper.lines])
    return document.finish()


def _row(line: TakeHomeLine) -> list[Cell]:
    return [
        cell(shown(line.code), CODE),
        ((line.what, STRONG), (line.serial, SMALL)),
        cell(line.player, STRONG),
        ((line.holder, _FINE), (_("due {day}").format(day=_short(line.due)), SMALL)),
        cell(_short(line.since), _FINE),
        cell(" ", _SIGNING),
    ]


def _short(day: date | None) -> str:
    return f"{day:%d %b %Y}".lstrip("0") if day is not None else _("not known")
