"""The receipt on return: what came back, what did not come with it, and what is still out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from loanstore.domain.codes import shown
from loanstore.i18n import _, ngettext
from loanstore.paper.document import BODY, CODE, LEFT, SMALL, STRONG, WIDTH, Column, Document, cell, show_date
from loanstore.paper.ink import MIST, Style

if TYPE_CHECKING:
    from pathlib import Path

    from loanstore.domain.agreements import OutItem, Party, ReceiptItem, ReceiptPaper
    from loanstore.paper.document import Cell

_NAME: Final = Style(11, bold=True)
_FINE: Final = Style(8.5)
_HALF: Final = (WIDTH - 6) / 2


def draw_receipt(paper: ReceiptPaper, *, fonts: Path) -> bytes:
    """Draw a receipt as an A4 PDF; the same paper gives the same bytes.

    Raises Refused NO_GLYPH or CODE_UNPRINTABLE.
    """
    title = _("Receipt for instruments returned")
    foot = _("Made {made}").format(made=show_date(paper.made))
    document = Document(fonts, title=title, owner=paper.owner.name, code=paper.code, foot=foot)
    top = document.y
    left = document.block(_party(_("Received by"), paper.owner), LEFT, top, _HALF)
    right = document.block(_party(_("Received from"), paper.party), LEFT + _HALF + 6, top, _HALF)
    document.y = max(left, right) + 4
    _verdict(document, paper)
    if paper.returned:
        _returned(document, paper.returned)
    if paper.still_out:
        _still_out(document, paper.still_out)
    return document.finish()


def _party(role: str, party: Party) -> Cell:
    return ((role, SMALL), (party.name, _NAME), *((line, BODY) for line in party.lines))


def _verdict(document: Document, paper: ReceiptPaper) -> None:
    """Say in one band what a family wants to know: is everything back?"""
    back, out = len(paper.returned), len(paper.still_out)
    lacking = sum(len(item.missing) for item in paper.returned)
    parts = [ngettext("{n} instrument came back.", "{n} instruments came back.", back).format(n=back)]
    if lacking:
        text = ngettext("{n} part is missing.", "{n} parts are missing.", lacking)
        parts.append(text.format(n=lacking))
    if out:
        parts.append(ngettext("{n} is still on loan.", "{n} are still on loan.", out).format(n=out))
    if not out and not lacking:
        parts.append(_("Nothing is missing and nothing is still on loan."))
    content = cell(" ".join(parts), _NAME)
    height = document.height(content, WIDTH - 8) + 6
    document.ink.box((LEFT, document.y), (WIDTH, height), fill=MIST)
    document.block(content, LEFT + 4, document.y + 3, WIDTH - 8)
    document.y += height + 1


def _returned(document: Document, items: tuple[ReceiptItem, ...]) -> None:
    document.heading(_("Came back"))
    columns = (
        Column(_("Code"), 28),
        Column(_("Instrument"), 44),
        Column(_("Lent"), 26),
        Column(_("Returned"), 26),
        Column(_("Condition"), 22),
        Column(_("Missing"), 28),
    )
    document.table(columns, [_returned_row(item) for item in items])


def _returned_row(item: ReceiptItem) -> list[Cell]:
    return [
        cell(shown(item.code), CODE),
        ((item.what, STRONG), (item.serial, SMALL)),
        cell(_short_date(item.out), _FINE),
        cell(_short_date(item.returned_on), _FINE),
        cell(item.condition, _FINE),
        cell(", ".join(item.missing), Style(8.5, bold=True)) if item.missing else cell(_("nothing"), SMALL),
    ]


def _still_out(document: Document, items: tuple[OutItem, ...]) -> None:
    document.heading(_("Still on loan"))
    columns = (
        Column(_("Code"), 28),
        Column(_("Instrument"), 56),
        Column(_("Serial number"), 34),
        Column(_("Lent"), 28),
        Column(_("To be returned by"), 28),
    )
    rows = [
        [
            cell(shown(item.code), CODE),
            cell(item.what, STRONG),
            cell(item.serial, _FINE),
            cell(_short_date(item.out), _FINE),
            cell(_short_date(item.due), _FINE),
        ]
        for item in items
    ]
    document.table(columns, rows)


def _short_date(day: object) -> str:
    """Write a day short enough for a column: ``25 Nov 2026``."""
    return f"{day:%d %b %Y}".lstrip("0") if day is not None else _("not known")
