"""Bars that scan: a module in whole dots of its printer, the white beside them, and how high they must be."""

from __future__ import annotations

from math import floor
from typing import Final

from loanstore.domain.errors import Refused

MM_PER_INCH: Final = 25.4
#: The coarsest printer bars are made for where none is named: 203 dots per inch, eight to the millimetre.
COARSEST_DPI: Final = 203
#: The narrowest bar read reliably at 203 dpi; two of its dots.
NARROWEST_MODULE: Final = 0.25
#: ISO/IEC 15417 asks for ten modules of white on either side of a Code 128 symbol.
QUIET_MODULES: Final = 10
#: Wider bars than this gain nothing on a label: hand scanners read them from half a metre.
WIDEST_MODULE: Final = 0.51
#: Scanned by hand, a Code 128 symbol should be 5 mm high, or 15 % of its length where that is more (the
#: recommendation of USS Code 128 and GS1-128, which ISO/IEC 15417 leaves to the application).
LOWEST_BARS: Final = 5.0
LOWEST_SHARE: Final = 0.15
#: More taken off a bar than this share of a module leaves too little of a narrow one.
MOST_REDUCTION: Final = 0.6
_ROUNDING: Final = 1e-9


def dot(dpi: int | None) -> float:
    """Give a printer's dot, in millimetres; without ``dpi`` that of the coarsest printer."""
    return MM_PER_INCH / (dpi or COARSEST_DPI)


def module_width(modules: int, width: float, dpi: int | None = None) -> float | None:
    """Give the widest bar module, in millimetres, with which a symbol and its quiet zones fit ``width``.

    A module is a whole number of the printer's dots, and at least 0.25 mm. Without ``dpi`` bars suit printers of
    203 dpi and finer. None where even the narrowest module is too wide.
    """
    widest = min(width / (modules + 2 * QUIET_MODULES), WIDEST_MODULE)
    module = floor(widest / dot(dpi) + _ROUNDING) * dot(dpi)
    return module if module >= NARROWEST_MODULE else None


def lowest_bars(modules: int, module: float) -> float:
    """Give the least height of a symbol's bars, in millimetres."""
    return max(LOWEST_BARS, LOWEST_SHARE * modules * module)


def require_reduction(reduction: float, module: float) -> float:
    """Give what is taken off each bar, in modules; raises Refused BARS_VANISH where too little would be left."""
    if not 0 <= reduction <= MOST_REDUCTION * module:
        raise Refused("BARS_VANISH", reduction=reduction, most=round(MOST_REDUCTION * module, 2))
    return reduction / module
