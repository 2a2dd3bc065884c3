"""The delivery docket of a stop, counted and with every code in bars, and the driver's load sheet."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from loanstore.domain.bars import QUIET_MODULES, module_width
from loanstore.domain.codes import shown
from loanstore.domain.dockets import counts
from loanstore.i18n import _, ngettext
from loanstore.paper.barcodes import symbol
from loanstore.paper.document import BODY, CODE, LEFT, SMALL, STRONG, WIDTH, Column, Document, cell, show_date
from loanstore.paper.fitting import fit
from loanstore.paper.ink import HAIRLINE, MIST, MUTED, Style

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from loanstore.domain.agreements import Party
    from loanstore.domain.dockets import DocketItem, DocketPaper, LoadSheet, LoadStop
    from loanstore.paper.document import Cell

_NAME: Final = Style(13, bold=True)
_TOTAL: Final = Style(11, bold=True)
_FINE: Final = Style(8.5)
_WRITTEN: Final = Style(6.5, colour=MUTED)
_HALF: Final = (WIDTH - 6) / 2
_BOX: Final = 4.0
_ROW: Final = 12.0
_BAR_HEIGHT: Final = 6.0
_WIDEST: Final = 0.38
_QUIET: Final = 2.0
"""What the white between the box to tick and the column lacks of ten modules."""
_SIGN_HEIGHT: Final = 24.0
_WIDTHS: Final = (8.0, 58.0, 52.0, 28.0, 28.0)
"""Of a box to tick, the code in bars, type and make, the serial number, and the class set."""


def draw_docket(paper: DocketPaper, *, fonts: Path) -> bytes:
    """Draw the docket of one stop as an A4 PDF; the same paper gives the same bytes.

    Raises Refused NO_GLYPH or CODE_UNPRINTABLE.
    """
    foot = _("Run {run}, stop {number} of {stops}: {school}").format(
        run=shown(paper.run), number=paper.number, stops=paper.stops, school=paper.school.name
    )
    document = Document(fonts, title=_("Delivery docket"), owner=paper.owner.name, code=paper.run, foot=foot)
    _head(document, paper)
    if paper.items:
        document.heading(_("Delivered"))
        _counted(document, paper.items)
        _listed(document, paper.items)
    if paper.collected:
        document.heading(_("Taken back to the store"))
        _counted(document, paper.collected)
        _listed(document, paper.collected)
    _signature(document, paper)
    return document.finish()


def draw_load_sheet(sheet: LoadSheet, *, fonts: Path) -> bytes:
    """Draw the driver's load sheet as an A4 PDF: the stops in the order they are driven, with what goes where."""
    foot = _("Run {run}, {day}").format(run=shown(sheet.run), day=show_date(sheet.day))
    document = Document(fonts, title=_("Load sheet"), owner=sheet.owner.name, code=sheet.run, foot=foot)
    stops = ngettext("{n} stop", "{n} stops", len(sheet.stops)).format(n=len(sheet.stops))
    document.paragraph(f"{show_date(sheet.day)}, {stops}", _NAME)
    document.y += 1
    document.paragraph(_("Load the last stop first: what is delivered last goes in deepest."), BODY)
    for stop in sheet.stops:
        _load_stop(document, stop)
    every = [item for stop in sheet.stops for item in stop.items]
    document.heading(_("On the van in all"))
    _counted(document, every)
    return document.finish()


def _head(document: Document, paper: DocketPaper) -> None:
    top = document.y
    left = document.block(_party(_("Delivered to"), paper.school), LEFT, top, _HALF)
    stop = _("Stop {number} of {stops}").format(number=paper.number, stops=paper.stops)
    said = ((_("Day"), SMALL), (show_date(paper.day), _TOTAL), (stop, BODY))
    document.y = max(left, document.block(said, LEFT + _HALF + 6, top, _HALF))


def _party(role: str, party: Party) -> Cell:
    return ((role, SMALL), (party.name, _NAME), *((line, BODY) for line in party.lines))


def _counted(document: Document, items: Sequence[DocketItem]) -> None:
    """Say in one band how many there are of each type and size, and in all."""
    parts = " · ".join(f"{n} × {what}" for what, n in counts(items))
    total = ngettext("{n} instrument in all", "{n} instruments in all", len(items)).format(n=len(items))
    content: Cell = ((total, _TOTAL), (parts, BODY)) if parts else ((_("Nothing yet"), BODY),)
    height = document.height(content, WIDTH - 8) + 5
    document.need(height)
    document.ink.box((LEFT, document.y), (WIDTH, height), fill=MIST)
    document.block(content, LEFT + 4, document.y + 2.2, WIDTH - 8)
    document.y += height + 2


def _listed(document: Document, items: Iterable[DocketItem]) -> None:
    _titles(document)
    for item in items:
        if document.need(_ROW):
            _titles(document)
        _item(document, item)
        document.y += _ROW
        document.ink.line(LEFT, document.y, WIDTH)


def _titles(document: Document) -> None:
    titles = (_("Tick"), _("Code"), _("Instrument"), _("Serial number"), _("Class set"))
    for x, title in zip(_lefts(), titles, strict=True):
        document.ink.text(x, document.y + 3, title, SMALL)
    document.y += 4.6
    document.ink.line(LEFT, document.y, WIDTH, MUTED, 0.6)


def _lefts() -> list[float]:
    return [LEFT + sum(_WIDTHS[:at]) for at in range(len(_WIDTHS))]


def _item(document: Document, item: DocketItem) -> None:
    ink, top = document.ink, document.y
    tick, code, what, serial, group = _lefts()
    ink.box((tick, top + (_ROW - _BOX) / 2), (_BOX, _BOX), edge=MUTED)
    _bars(document, item.code, code, top)
    text, style = fit(ink, item.what, STRONG, _WIDTHS[2] - 3, 6)
    ink.text(what, top + 5, text, style)
    for text, x, down, width, style in (
        (item.make, what, 8.8, _WIDTHS[2], SMALL),
        (item.serial, serial, 5, _WIDTHS[3], _FINE),
        (item.set_name, group, 5, _WIDTHS[4], _FINE),
    ):
        ink.text(x, top + down, *fit(ink, text, style, width - 3, 5))


def _bars(document: Document, code: str, x: float, top: float) -> None:
    """Draw a code in bars with its letters below; one too long for the column stands in letters alone."""
    drawn = symbol(code)
    module = module_width(drawn.modules, min(_WIDTHS[1], (drawn.modules + 2 * QUIET_MODULES) * _WIDEST))
    if module is None:
        document.ink.text(x, top + _ROW / 2 + 1, *fit(document.ink, shown(code), CODE, _WIDTHS[1] - 3, 5))
        return
    document.ink.bars(x + _QUIET, top + 1.6, drawn, module, _BAR_HEIGHT)
    document.ink.text(x + _QUIET, top + _ROW - 1.4, shown(code), Style(7.5, mono=True))


def _signature(document: Document, paper: DocketPaper) -> None:
    document.heading(_("Received in good order"), keep=_SIGN_HEIGHT + 4)
    document.y += 1
    ink, top = document.ink, document.y
    ink.box((LEFT, top), (WIDTH, _SIGN_HEIGHT), edge=MUTED)
    written = ("", paper.signer, show_date(paper.signed))
    labels = (_("Signature"), _("Name in capitals"), _("Date"))
    widths = (68.0, 58.0, 34.0)
    x = LEFT + 4
    for label, said, width in zip(labels, written, widths, strict=True):
        if said:
            ink.text(x, top + _SIGN_HEIGHT - 9.5, *fit(ink, said, STRONG, width, 6))
        ink.line(x, top + _SIGN_HEIGHT - 7, width, MUTED, 0.4)
        ink.text(x, top + _SIGN_HEIGHT - 3.6, label, _WRITTEN)
        x += width + 3
    document.y += _SIGN_HEIGHT + 4


def _load_stop(document: Document, stop: LoadStop) -> None:
    document.heading(_("{number}. {school}").format(number=stop.number, school=stop.school.name), keep=24)
    if stop.school.lines:
        document.paragraph(", ".join(stop.school.lines), BODY)
        document.y += 1
    if stop.signed is not None:
        document.paragraph(_("Delivered {day}").format(day=show_date(stop.signed)), STRONG)
        return
    columns = (Column(_("Instrument"), 110), Column(_("How many"), 30, right=True), Column(_("Loaded"), 34, right=True))
    rows = [[cell(what, STRONG), cell(f"{n}", BODY), cell("", BODY)] for what, n in counts(stop.items)]
    if not rows:
        document.paragraph(_("Nothing is loaded for this stop."), SMALL)
        return
    document.table(columns, rows)
    total = ngettext("{n} instrument", "{n} instruments", len(stop.items)).format(n=len(stop.items))
    document.need(6)
    document.ink.text(LEFT, document.y + 4.5, total, STRONG)
    document.ink.line(LEFT, document.y + 6, WIDTH, HAIRLINE)
    document.y += 6
