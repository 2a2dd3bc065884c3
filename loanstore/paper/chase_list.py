"""The chase list: agreements that nobody signed, the oldest first, with whom to ring."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from loanstore.i18n import _, ngettext
from loanstore.paper.document import BODY, CODE, STRONG, Column, Document, cell, show_date

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date
    from pathlib import Path

    from loanstore.domain.agreements import Party
    from loanstore.paper.document import Cell


@dataclass(frozen=True, slots=True)
class ChaseLine:
    """One unsigned agreement: whose, how to reach them, since when, how much is out, how far it is."""

    code: str
    name: str
    reach: str
    made: date
    out: int
    stage: str


def draw_chase_list(owner: Party, lines: Sequence[ChaseLine], today: date, *, fonts: Path) -> bytes:
    """Draw the list as an A4 PDF; raises Refused NO_GLYPH."""
    foot = _("As at {day}").format(day=show_date(today))
    document = Document(fonts, title=_("Agreements to be signed"), owner=owner.name, foot=foot)
    many = ngettext("{n} agreement", "{n} agreements", len(lines)).format(n=len(lines))
    document.paragraph(many if lines else _("Every agreement is signed."), BODY)
    document.y += 3
    if lines:
        columns = (
            Column(_("Agreement"), 28),
            Column(_("Lent to"), 52),
            Column(_("Telephone, e-mail"), 46),
            Column(_("Made"), 22),
            Column(_("Out"), 10),
            Column(_("So far"), 16),
        )
        document.table(columns, [_row(line) for line in lines])
    return document.finish()


def _row(line: ChaseLine) -> list[Cell]:
    day = f"{line.made:%d %b %Y}".lstrip("0")
    return [
        cell(line.code, CODE),
        cell(line.name, STRONG),
        cell(line.reach),
        cell(day),
        cell(str(line.out)),
        cell(line.stage),
    ]
