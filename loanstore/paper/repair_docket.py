"""The docket that goes with instruments to a repairer: what each is, what is wrong with it, and who signed for it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from loanstore.domain.bars import QUIET_MODULES, module_width
from loanstore.domain.errors import Refused
from loanstore.i18n import _, ngettext
from loanstore.paper.barcodes import Symbol, symbol
from loanstore.paper.document import BODY, CODE, LEFT, MODULE, SMALL, STRONG, WIDTH, Column, Document, cell, show_date
from loanstore.paper.fitting import fit
from loanstore.paper.ink import MIST, MUTED, Style

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from loanstore.paper.document import Cell

_BARS: Final = 58.0
_BAR_HEIGHT: Final = 8.0
_LEAST: Final = 17.0
_NAME: Final = Style(11, bold=True)
_HALF: Final = (WIDTH - 10) / 2
_SIGNING: Final = 34.0


@dataclass(frozen=True, slots=True)
class DocketItem:
    """One instrument on a docket; ``code`` is normalised, ``shown`` as its label has it."""

    code: str
    shown: str
    what: str
    made: str
    serial: str
    fault: str


@dataclass(frozen=True, slots=True)
class RepairDocket:
    """What goes to one repairer. ``code`` is the repairer's own, normalised; empty where it has no label."""

    code: str
    owner: str
    repairer: str
    day: date
    items: tuple[DocketItem, ...]


def draw_repair_docket(docket: RepairDocket, *, fonts: Path) -> bytes:
    """Draw a docket as an A4 PDF; every code stands in bars, so that what comes back is scanned from the paper.

    A code that no bars can hold stands in letters alone. Raises Refused NO_GLYPH.
    """
    foot = _("Made {made}").format(made=show_date(docket.day))
    own = docket.code if _bars(docket.code) is not None else ""
    document = Document(fonts, title=_("Repair docket"), owner=docket.owner, code=own, foot=foot)
    _head(document, docket)
    widths = (_BARS, 50.0, WIDTH - _BARS - 50.0)
    _titles(document, widths)
    for item in docket.items:
        _item(document, item, widths)
    _signatures(document, docket)
    return document.finish()


def _head(document: Document, docket: RepairDocket) -> None:
    count = ngettext("{n} instrument", "{n} instruments", len(docket.items)).format(n=len(docket.items))
    parties: tuple[tuple[str, str, str], ...] = (
        (_("For"), docket.repairer, count),
        (_("From"), docket.owner, show_date(docket.day)),
    )
    top = document.y
    ends = []
    for place, (role, name, detail) in enumerate(parties):
        content: Cell = ((role, SMALL), (name, _NAME), (detail, BODY))
        ends.append(document.block(content, LEFT + place * (_HALF + 10), top, _HALF))
    document.y = max(ends) + 5


def _titles(document: Document, widths: tuple[float, ...]) -> None:
    titles = (_("Code"), _("Instrument"), _("What is wrong"))
    document.table([Column(title, width) for title, width in zip(titles, widths, strict=True)], [])


def _item(document: Document, item: DocketItem, widths: tuple[float, ...]) -> None:
    serial = _("Serial {serial}").format(serial=item.serial) if item.serial else ""
    lines = ((item.what, STRONG), (item.made, BODY), (serial, SMALL))
    thing: Cell = tuple((text, style) for text, style in lines if text)
    fault = cell(item.fault or _("not said"), BODY if item.fault else SMALL)
    contents = zip((thing, fault), widths[1:], strict=True)
    height = max(_LEAST, 4 + max(document.height(content, width - 3) for content, width in contents))
    if document.need(height):
        _titles(document, widths)
    drawn = _bars(item.code)
    base = document.y + 6
    if drawn is not None:
        bars, module = drawn
        document.ink.bars(LEFT + QUIET_MODULES * module, document.y + 2, bars, module, _BAR_HEIGHT)
        base = document.y + 2 + _BAR_HEIGHT + 4
    shown, style = fit(document.ink, item.shown, CODE, _BARS - 3, 5)
    document.ink.text(LEFT + (QUIET_MODULES * drawn[1] if drawn else 0), base, shown, style)
    document.block(thing, LEFT + widths[0], document.y + 2, widths[1] - 3)
    document.block(fault, LEFT + widths[0] + widths[1], document.y + 2, widths[2] - 3)
    document.y += height
    document.ink.line(LEFT, document.y, WIDTH)


def _bars(code: str) -> tuple[Symbol, float] | None:
    """Give a code's bars and the width of the narrowest; None where scanners could not read them."""
    try:
        drawn = symbol(code)
    except Refused:
        return None
    module = module_width(drawn.modules, min(_BARS, (drawn.modules + 2 * QUIET_MODULES) * MODULE))
    return (drawn, module) if module is not None else None


def _signatures(document: Document, docket: RepairDocket) -> None:
    document.need(_SIGNING)
    document.y += 8
    sides = ((_("Handed over for {name}"), docket.owner), (_("Received for {name}"), docket.repairer))
    top = document.y
    for place, (words, name) in enumerate(sides):
        x = LEFT + place * (_HALF + 10)
        document.ink.box((x, top), (_HALF, _SIGNING - 10), fill=MIST)
        document.block(cell(words.format(name=name), SMALL), x + 3, top + 2, _HALF - 6)
        document.ink.line(x + 3, top + 17, _HALF - 6, MUTED)
        document.ink.text(x + 3, top + 21.5, _("Name, signature and date"), SMALL)
    document.y = top + _SIGNING - 10
