"""What fits on a label: words, bars, QR code and logo placed by rule where it may be printed on, never over it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from math import ceil, floor
from typing import TYPE_CHECKING, Final

from loanstore.domain.bars import NARROWEST_MODULE, QUIET_MODULES, dot, lowest_bars, module_width
from loanstore.domain.errors import Refused

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from loanstore.domain.label_stocks import LabelStock
    from loanstore.domain.labels import Label

POINTS_PER_MM: Final = 72 / 25.4
LEADING: Final = 1.25
"""The height of a line, in type sizes."""
GAP: Final = 0.8
"""White between bars and words, in millimetres; the tails of letters hang into it."""
QR_QUIET: Final = 4
"""ISO/IEC 18004 asks for four modules of white around a QR code."""
SMALLEST_TYPE: Final = 5.0
"""Smaller than this, in points, nothing is set; a line that is still too long is cut."""

_BASE_HEIGHT: Final = 19.2
_LARGEST_SCALE: Final = 1.8
_HIGHEST_BARS: Final = 22.0
_WANTED_BARS: Final = 10.0
#: Of a label's height the bars get at least this share before a line more is set.
_BARS_SHARE: Final = 0.35
_STEP: Final = 0.05
_NARROWEST_QR: Final = 0.33
_SMALLEST_LOGO: Final = 5.0
_LARGEST_LOGO: Final = 16.0
_ROUNDING: Final = 1e-9


class Part(StrEnum):
    """What a label is made of."""

    HEADLINE = "headline"
    DETAIL = "detail"
    BARS = "bars"
    FIGURES = "figures"
    OWNER = "owner"
    QR = "qr"
    LOGO = "logo"


_SIZES: Final = {Part.HEADLINE: 7.0, Part.DETAIL: 6.0, Part.FIGURES: 8.5, Part.OWNER: 5.0}
_SMALLEST: Final = {Part.HEADLINE: 6.0, Part.DETAIL: 5.0, Part.FIGURES: 6.0, Part.OWNER: 5.0}
_WANTED: Final = (Part.HEADLINE, Part.OWNER, Part.DETAIL)
"""What goes on beside bars and figures, the most wanted first."""
_ABOVE: Final = (Part.HEADLINE, Part.DETAIL)
_BELOW: Final = (Part.FIGURES, Part.OWNER)


@dataclass(frozen=True, slots=True)
class Contents:
    """What a label would hold: its symbol's length in modules, which words it has, its QR code and its logo.

    ``qr_modules`` is the side of the QR code, 0 for none; ``logo`` the logo's width by its height, 0 for none.
    """

    modules: int
    words: frozenset[Part] = frozenset()
    qr_modules: int = 0
    logo: float = 0.0


@dataclass(frozen=True, slots=True)
class Element:
    """One part and its box in millimetres from the top left corner of what may be printed on.

    Words are centred in their box and set in ``size`` points or smaller. ``module`` is the width of one module of bars
    or QR code; their boxes leave out the quiet zones, which stay free of everything else.
    """

    part: Part
    x: float
    y: float
    width: float
    height: float
    size: float = 0.0
    module: float = 0.0


def words_of(label: Label) -> frozenset[Part]:
    """Tell which words a label has."""
    said = {Part.HEADLINE: label.headline, Part.DETAIL: label.detail, Part.OWNER: label.owner}
    return frozenset(part for part, text in said.items() if text)


def lay_out(width: float, height: float, contents: Contents, dpi: int | None = None) -> tuple[Element, ...] | None:
    """Place what fits within ``width`` by ``height`` millimetres; None where not even bars and figures do.

    Bars come first: as wide as whole dots of the printer allow, never lower than what scans by hand. Then the figures,
    the headline, the owner and the detail, as long as there is room; all grow on larger labels. A QR code, then a logo,
    stands beside them where the bars can still be read.
    """
    sides = _beside(width, height, contents, dpi)
    column = width - sum(side.room for side in sides)
    module = module_width(contents.modules, column, dpi)
    if module is None:
        return None
    lines = _lines(height, contents.words, lowest_bars(contents.modules, module))
    if lines is None:
        return None
    left = next((side.room for side in sides if side.part is Part.LOGO), 0.0)
    stacked = _stack(lines, (left, column), height, (contents.modules * module, module))
    return (*stacked, *(side.element(width, height) for side in sides))


def _lines(height: float, words: frozenset[Part], lowest: float) -> dict[Part, float] | None:
    """Choose the lines and their type sizes; None where even the figures do not fit beside the lowest bars.

    A line is left out before another is set smaller than people read, and before the bars become a strip.
    """
    bars = max(lowest, _BARS_SHARE * height)
    chosen = [Part.FIGURES]
    if lowest + _room(chosen, _SMALLEST) > height:
        return None
    for part in (part for part in _WANTED if part in words):
        if bars + _room([*chosen, part], _SMALLEST) > height:
            break
        chosen.append(part)
    scale = min(height / _BASE_HEIGHT, _LARGEST_SCALE)
    sizes = _sized(chosen, scale)
    while sizes != _sized(chosen, 0) and bars + _room(chosen, sizes) > height:
        scale -= _STEP
        sizes = _sized(chosen, scale)
    return sizes


def _sized(lines: Iterable[Part], scale: float) -> dict[Part, float]:
    return {part: round(max(_SIZES[part] * scale, _SMALLEST[part]), 2) for part in lines}


def _room(lines: Iterable[Part], sizes: Mapping[Part, float]) -> float:
    """Give the height that lines take, with the white between them and the bars."""
    lines = tuple(lines)
    gaps = GAP * (any(part in _ABOVE for part in lines) + any(part in _BELOW for part in lines))
    return sum(line_height(sizes[part]) for part in lines) + gaps


def line_height(size: float) -> float:
    """Give the height of a line of type, in millimetres."""
    return size * LEADING / POINTS_PER_MM


def _stack(
    lines: Mapping[Part, float], column: tuple[float, float], height: float, symbol: tuple[float, float]
) -> Iterator[Element]:
    """Stack lines, bars and lines in a ``column`` of a left edge and a width; ``symbol`` is its length and module.

    What stays free on a tall label is shared above and below.
    """
    (left, width), (length, module) = column, symbol
    bars = min(height - _room(lines, lines), _HIGHEST_BARS)
    y = (height - _room(lines, lines) - bars) / 2
    above = [part for part in _ABOVE if part in lines]
    for part in above:
        yield Element(part, left, y, width, line_height(lines[part]), size=lines[part])
        y += line_height(lines[part])
    y += GAP if above else 0
    yield Element(Part.BARS, left + (width - length) / 2, y, length, bars, module=module)
    y += bars + GAP
    for part in (part for part in _BELOW if part in lines):
        yield Element(part, left, y, width, line_height(lines[part]), size=lines[part])
        y += line_height(lines[part])


@dataclass(frozen=True, slots=True)
class _Side:
    """What stands beside the bars, and the room it takes away from them."""

    part: Part
    room: float
    width: float
    height: float
    module: float = 0.0

    def element(self, width: float, height: float) -> Element:
        """Place it: a logo at the left edge, a QR code at the right one, both half way down."""
        quiet = QR_QUIET * self.module
        x = width - quiet - self.width if self.part is Part.QR else 0.0
        return Element(self.part, x, (height - self.height) / 2, self.width, self.height, module=self.module)


def _beside(width: float, height: float, contents: Contents, dpi: int | None) -> list[_Side]:
    """Choose what stands beside the bars: as much as leaves them the narrowest module that is read."""
    least = _whole_dots(NARROWEST_MODULE, dpi) * (contents.modules + 2 * QUIET_MODULES)
    sides = []
    if contents.qr_modules:
        module = _whole_dots(_NARROWEST_QR, dpi)
        across = (contents.qr_modules + 2 * QR_QUIET) * module
        if across <= min(width - least, height):
            side = contents.qr_modules * module
            sides.append(_Side(Part.QR, across, side, side, module))
            least += across
    if contents.logo > 0:
        across = min(width - least - GAP, _LARGEST_LOGO, height * contents.logo)
        if min(across, across / contents.logo) >= _SMALLEST_LOGO:
            sides.append(_Side(Part.LOGO, across + GAP, across, across / contents.logo))
    return sides


def _whole_dots(least: float, dpi: int | None) -> float:
    """Give the narrowest module of whole dots that is at least ``least`` millimetres."""
    return ceil(least / dot(dpi) - _ROUNDING) * dot(dpi)


def length_wanted(contents: Contents, width: float, dpi: int | None = None) -> float:
    """Give how high a label cut from a continuous roll must be to hold all its words, in whole millimetres.

    What may be printed on is meant; the roll's margins come on top. ``width`` as in ``lay_out``.
    """
    module = module_width(contents.modules, width, dpi) or NARROWEST_MODULE
    words = _room([Part.FIGURES, *contents.words], _SIZES)
    bars = max(_WANTED_BARS, lowest_bars(contents.modules, module))
    qr = (contents.qr_modules + 2 * QR_QUIET) * _whole_dots(_NARROWEST_QR, dpi) if contents.qr_modules else 0.0
    return float(ceil(max(words + bars, qr, floor(_BASE_HEIGHT))))


def require_layout(
    label: Label, contents: Contents, stock: LabelStock, others: Iterable[LabelStock] = ()
) -> tuple[Element, ...]:
    """Lay a label out on a stock, at the stock's resolution.

    Raises Refused LABEL_TOO_SMALL, naming those of ``others`` on which the label would fit.
    """
    placed = lay_out(stock.safe_width, stock.safe_height, contents, stock.dpi or None)
    if placed is None:
        fitting = (s for s in others if lay_out(s.safe_width, s.safe_height, contents, s.dpi or None) is not None)
        raise Refused("LABEL_TOO_SMALL", label=label.shown, stock=stock.name, fitting=tuple(s.key for s in fitting))
    return placed
