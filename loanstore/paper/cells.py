"""One framed barcode with its words on an A4 sheet: the building block of lists and desk cards."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from loanstore.domain.bars import QUIET_MODULES, module_width
from loanstore.domain.errors import Refused
from loanstore.paper.barcodes import symbol
from loanstore.paper.fitting import fit
from loanstore.paper.ink import HAIRLINE, MUTED, Style

if TYPE_CHECKING:
    from loanstore.domain.labels import Label
    from loanstore.paper.ink import Ink

_PADDING: Final = 2.5
_WIDEST: Final = 0.38
_HEADLINE: Final = Style(9.5, bold=True)
_DETAIL: Final = Style(7, colour=MUTED)
_SHOWN: Final = Style(7.5, mono=True)


def draw_cell(
    ink: Ink, label: Label, corner: tuple[float, float], size: tuple[float, float], widest: float = _WIDEST
) -> None:
    """Draw a label in a frame; corner, size and the ``widest`` bar module in millimetres.

    Raises Refused LABEL_TOO_SMALL where the code's bars do not fit the frame.
    """
    (x, y), (width, height) = corner, size
    drawn = symbol(label.code)
    module = module_width(drawn.modules, min(width, (drawn.modules + 2 * QUIET_MODULES) * widest))
    if module is None:
        raise Refused("LABEL_TOO_SMALL", label=label.shown, stock="A4", fitting=())
    # Words and bars begin at the quiet zone's end, so that both stand in one column whatever their length.
    left = QUIET_MODULES * module
    room = width - left - _PADDING
    ink.box(corner, size, edge=HAIRLINE)
    headline, style = fit(ink, label.headline, _HEADLINE, room, 7)
    ink.text(x + left, y + 4.6, headline, style)
    top = y + 6
    if label.detail:
        detail, style = fit(ink, label.detail, _DETAIL, room, 6)
        ink.text(x + left, y + 7.9, detail, style)
        top = y + 9.4
    ink.bars(x + left, top, drawn, module, y + height - 4.2 - top)
    shown, style = fit(ink, label.shown, _SHOWN, room, 6)
    ink.text(x + left, y + height - 1.5, shown, style)
