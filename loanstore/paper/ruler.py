"""The ruler page: marks near each edge of a paper, to be measured after it came out of a printer."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from loanstore.i18n import _
from loanstore.paper.fitting import fit, wrap
from loanstore.paper.ink import BLACK, Ink, Style

if TYPE_CHECKING:
    from pathlib import Path

    from loanstore.domain.printers import Ruler

_HAIR: Final = 0.3
_WORDS: Final = Style(10, colour=BLACK)
_SMALL: Final = Style(6, colour=BLACK)
_SMALLEST: Final = 4.0
_LEADING: Final = 5.0
_TICK: Final = 1.5
_LONG_TICK: Final = 3.0
_EVERY: Final = 10
#: From this width on a page has room for words; a label has marks and a rule only.
_ROOMY: Final = 100.0


def draw_ruler(page: Ruler, name: str, *, fonts: Path) -> bytes:
    """Draw the ruler page for a printer called ``name``, without any correction.

    A level and an upright line at each mark, drawn over half the page, and a rule in millimetres along the middle.
    Raises Refused NO_GLYPH.
    """
    ink = Ink(fonts, (page.width, page.height), title=_("Ruler page"), subject=name)
    ink.new_page()
    right, bottom = page.width - page.inset_x, page.height - page.inset_y
    for x in (page.inset_x, right):
        ink.box((x - _HAIR / 2, page.height / 4), (_HAIR, page.height / 2), fill=BLACK)
    for y in (page.inset_y, bottom):
        ink.box((page.width / 4, y - _HAIR / 2), (page.width / 2, _HAIR), fill=BLACK)
    _rule(ink, page)
    if page.width >= _ROOMY:
        _tell(ink, page, name)
    return ink.finish()


def _rule(ink: Ink, page: Ruler) -> None:
    """Draw a rule from mark to mark, a tick every millimetre: what it shows on paper is how far it is stretched."""
    middle = page.height / 2
    length = int(page.width - 2 * page.inset_x)
    ink.box((page.inset_x, middle - _HAIR / 2), (length, _HAIR), fill=BLACK)
    for millimetre in range(length + 1):
        high = _LONG_TICK if millimetre % _EVERY == 0 else _TICK
        ink.box((page.inset_x + millimetre - _HAIR / 4, middle - high), (_HAIR / 2, high), fill=BLACK)
        if millimetre % _EVERY == 0 and page.width >= _ROOMY:
            ink.text(page.inset_x + millimetre, middle + _LEADING, str(millimetre), _SMALL, align=0.5)


def _tell(ink: Ink, page: Ruler, name: str) -> None:
    width = page.width / 2
    said = (
        _("Measure with a ruler, to a quarter of a millimetre, and type the figures into loanstore:"),
        _("from the left edge of the paper to the upright line near it;"),
        _("from the top edge to the level line near it;"),
        _("from the right edge to the upright line near it;"),
        _("from the bottom edge to the level line near it."),
        _("Each should be {x} mm at the sides, {y} mm at the top and the bottom.").format(
            x=f"{page.inset_x:g}", y=f"{page.inset_y:g}"
        ),
    )
    y = page.height * 0.6
    shown, style = fit(ink, name, Style(14, bold=True, colour=BLACK), width, _SMALLEST)
    ink.text(page.width / 2, y, shown, style, align=0.5)
    for text in said:
        for line in wrap(ink, text, _WORDS, width):
            y += _LEADING
            ink.text(page.width / 2, y + _LEADING, line, _WORDS, align=0.5)
