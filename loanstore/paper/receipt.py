"""The receipt on return: what came back and how, what is still out; and the list for whoever brought it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from loanstore.domain.codes import shown
from loanstore.i18n import _, ngettext
from loanstore.paper.document import BODY, CODE, LEFT, SMALL, STRONG, WIDTH, Column, Document, cell, show_date
from loanstore.paper.ink import MIST, Style

if TYPE_CHECKING:
    from pathlib import Path

    from loanstore.domain.agreements import OutItem, Party, ReceiptItem, ReceiptPaper, ReturnList
    from loanstore.paper.document import Cell

_NAME: Final = Style(11, bold=True)
_FINE: Final = Style(8.5)
_HALF: Final = (WIDTH - 6) / 2
_MOST_NAMED: Final = 6
"""How many things that are still out the first lines name; the table below names them all."""


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
        document.heading(_("Came back"))
        _returned(document, paper.returned)
    if paper.still_out:
        _still_out(document, paper.still_out)
    return document.finish()


def draw_return_list(paper: ReturnList, *, fonts: Path) -> bytes:
    """Draw the list for whoever brought things back for several parties, each of which has a receipt of its own.

    Raises Refused NO_GLYPH.
    """
    foot = _("Made {made}").format(made=show_date(paper.made))
    document = Document(fonts, title=_("Instruments brought back"), owner=paper.owner.name, foot=foot)
    n = sum(len(items) for _name, items in paper.parties)
    brought = ngettext("{n} instrument", "{n} instruments", n).format(n=n)
    people = len(paper.parties)
    whose = ngettext("of {n} borrower", "of {n} borrowers", people).format(n=people)
    words = f"{brought} {whose}"
    if paper.bringer:
        words = _("Brought by {name}: {words}").format(name=paper.bringer, words=words)
    _band(document, words)
    for name, items in paper.parties:
        document.heading(name)
        _returned(document, items)
    document.y += 4
    document.paragraph(_("Each of them has a receipt of their own."), BODY)
    return document.finish()


def _party(role: str, party: Party) -> Cell:
    return ((role, SMALL), (party.name, _NAME), *((line, BODY) for line in party.lines))


def _verdict(document: Document, paper: ReceiptPaper) -> None:
    """Say in one band what a family wants to know: is everything back?"""
    back, out = len(paper.returned), len(paper.still_out)
    lacking = sum(len(item.missing) for item in paper.returned)
    damaged = sum(len(item.damaged) for item in paper.returned)
    parts = [ngettext("{n} instrument came back.", "{n} instruments came back.", back).format(n=back)]
    if lacking:
        text = ngettext("{n} part is missing.", "{n} parts are missing.", lacking)
        parts.append(text.format(n=lacking))
    if damaged:
        parts.append(ngettext("{n} part is damaged.", "{n} parts are damaged.", damaged).format(n=damaged))
    if out:
        with_you = ", ".join(f"{item.what} {shown(item.code)}" for item in paper.still_out[:_MOST_NAMED])
        more = _(" and {n} more").format(n=out - _MOST_NAMED) if out > _MOST_NAMED else ""
        parts.append(_("Still with you: {items}{more}.").format(items=with_you, more=more))
    else:
        parts.append(_("No instrument is with you any more.") if lacking else _("Nothing more is with you."))
    _band(document, " ".join(parts))


def _band(document: Document, words: str) -> None:
    content = cell(words, _NAME)
    height = document.height(content, WIDTH - 8) + 6
    document.ink.box((LEFT, document.y), (WIDTH, height), fill=MIST)
    document.block(content, LEFT + 4, document.y + 3, WIDTH - 8)
    document.y += height + 1


def _returned(document: Document, items: tuple[ReceiptItem, ...]) -> None:
    columns = (
        Column(_("Code"), 28),
        Column(_("Instrument"), 42),
        Column(_("Lent"), 24),
        Column(_("Returned"), 24),
        Column(_("Condition"), 28),
        Column(_("Missing"), 28),
    )
    document.table(columns, [_returned_row(item) for item in items])


def _returned_row(item: ReceiptItem) -> list[Cell]:
    named = ((item.what, STRONG), *((line, SMALL) for line in (item.serial, item.player) if line))
    return [
        cell(shown(item.code), CODE),
        named,
        cell(_short_date(item.out), _FINE),
        cell(_short_date(item.returned_on), _FINE),
        _condition(item),
        _lacking(item),
    ]


def _condition(item: ReceiptItem) -> Cell:
    """Set how it came back beside how it went out."""
    now = item.condition or _("not noted")
    if not item.issued:
        return cell(now, _FINE)
    if item.issued == item.condition:
        return ((now, _FINE), (_("as it went out"), SMALL))
    return ((now, Style(8.5, bold=True)), (_("went out: {condition}").format(condition=item.issued), SMALL))


def _lacking(item: ReceiptItem) -> Cell:
    bold = Style(8.5, bold=True)
    new = tuple(part for part in item.missing if part not in item.lacked)
    before = tuple(part for part in item.missing if part in item.lacked)
    lines = []
    if new:
        lines.append((", ".join(new), bold))
    if before:
        lines.append((_("{parts}, as it went out").format(parts=", ".join(before)), SMALL))
    if item.damaged:
        lines.append((_("damaged: {parts}").format(parts=", ".join(item.damaged)), bold))
    return tuple(lines) or cell(_("nothing"), SMALL)


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
