"""The list of a class set: a line for each instrument with its number, its bars, its pupil and a box to tick."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from loanstore.domain.bars import QUIET_MODULES, module_width
from loanstore.domain.codes import shown
from loanstore.i18n import _, ngettext
from loanstore.paper.barcodes import symbol
from loanstore.paper.document import CODE, LEFT, SMALL, STRONG, WIDTH, Document, show_date
from loanstore.paper.fitting import fit
from loanstore.paper.ink import MUTED, Style

if TYPE_CHECKING:
    from pathlib import Path

    from loanstore.domain.letters import SetSheet, SheetRow

_ROW: Final = 7.6
_HEAD: Final = 5.0
_BOX: Final = 4.2
_NUMBER_END: Final = LEFT + 14
_BARS: Final = LEFT + 16
_BARS_WIDTH: Final = 50.0
_BARS_HEIGHT: Final = 5.4
_CODE: Final = LEFT + 67
_WHAT: Final = LEFT + 95
_PLAYER: Final = LEFT + 134
_NUMBER: Final = Style(11, bold=True)
_FINE: Final = Style(8.5)


def draw_set_list(sheet: SetSheet, *, fonts: Path) -> bytes:
    """Draw the list of a set as an A4 PDF, the set's own code in bars on every page; thirty stand on one page.

    Raises Refused NO_GLYPH or CODE_UNPRINTABLE.
    """
    foot = _("Made {made}").format(made=show_date(sheet.made))
    document = Document(fonts, title=sheet.name, owner=sheet.owner, code=sheet.code, foot=foot)
    document.paragraph(_summary(sheet), SMALL)
    _draw_head(document)
    for row in sheet.rows:
        if document.need(_ROW):
            _draw_head(document)
        _draw_row(document, row)
    return document.finish()


def _summary(sheet: SetSheet) -> str:
    n = len(sheet.rows)
    count = ngettext("{n} instrument", "{n} instruments", n).format(n=n)
    return _("{count}, with {holder}").format(count=count, holder=sheet.holder) if sheet.holder else count


def _draw_head(document: Document) -> None:
    titles = ((_CODE, _("Code")), (_WHAT, _("Instrument")), (_PLAYER, _("Pupil")))
    document.ink.text(_NUMBER_END, document.y + 3, _("No."), SMALL, align=1)
    for x, title in titles:
        document.ink.text(x, document.y + 3, title, SMALL)
    document.y += _HEAD
    document.ink.line(LEFT, document.y, WIDTH, MUTED, 0.6)


def _draw_row(document: Document, row: SheetRow) -> None:
    ink, top = document.ink, document.y
    base = top + _ROW / 2 + 1.1
    ink.box((LEFT, top + (_ROW - _BOX) / 2), (_BOX, _BOX), edge=MUTED)
    ink.text(_NUMBER_END, base, str(row.position), _NUMBER, align=1)
    drawn = symbol(row.code)
    module = module_width(drawn.modules, _BARS_WIDTH)
    # A number from elsewhere may be too long for bars in a column; it can still be read and typed.
    if module is not None:
        ink.bars(_BARS + QUIET_MODULES * module, top + (_ROW - _BARS_HEIGHT) / 2, drawn, module, _BARS_HEIGHT)
    code, style = fit(ink, shown(row.code), CODE, _WHAT - _CODE - 2, 5)
    ink.text(_CODE, base, code, style)
    what, style = fit(ink, row.what, STRONG, _PLAYER - _WHAT - 2, 6)
    detail = " · ".join(filter(None, (row.serial, row.status)))
    ink.text(_WHAT, base - (1.4 if detail else 0), what, style)
    detail, style = fit(ink, detail, SMALL, _PLAYER - _WHAT - 2, 5)
    ink.text(_WHAT, base + 1.6, detail, style)
    player, style = fit(ink, row.player, _FINE, LEFT + WIDTH - _PLAYER, 6)
    ink.text(_PLAYER, base, player, style)
    document.y += _ROW
    ink.line(LEFT, document.y, WIDTH)
