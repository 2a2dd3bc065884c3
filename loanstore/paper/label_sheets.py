"""Sheets of labels: bars as vectors, what people read around them, nothing over the edge."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from loanstore.domain import labels as geometry
from loanstore.domain.errors import Refused
from loanstore.domain.labels import Placed
from loanstore.i18n import _
from loanstore.paper.barcodes import symbol
from loanstore.paper.fitting import fit
from loanstore.paper.ink import BLACK, POINTS_PER_MM, Ink, Style

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from pathlib import Path

    from loanstore.domain.labels import Label, LabelStock

#: The safe height, in millimetres, for which the type sizes below are meant; taller labels get larger type.
_BASE_HEIGHT: Final = 19.2
_LARGEST_SCALE: Final = 1.5
#: Only labels this tall have room for a line of detail.
_DETAIL_HEIGHT: Final = 30.0
_HEADLINE: Final = Style(7, bold=True, colour=BLACK)
_DETAIL: Final = Style(6, colour=BLACK)
_SHOWN: Final = Style(8.5, bold=True, mono=True, colour=BLACK)
_OWNER: Final = Style(5, colour=BLACK)
#: Below this a line is cut instead of shrunk further, in points.
_SMALLEST: Final = 5.0
_LEADING: Final = 1.25
#: White between bars and words, in millimetres; the tails of Arabic letters hang into it.
_GAP: Final = 0.8


@dataclass(frozen=True, slots=True)
class SheetResult:
    """A PDF of labels: what lies where on each page, and the first free label of the last sheet."""

    pdf: bytes
    labels: int
    pages: int
    next_start: int
    placed: tuple[tuple[Placed, ...], ...]


def make_label_sheet(
    labels: Sequence[Label],
    stock: LabelStock,
    *,
    start: int = 1,
    fonts: Path,
    others: Iterable[LabelStock] = (),
    progress: Callable[[int, int], None] | None = None,
) -> SheetResult:
    """Draw ``labels`` onto sheets of ``stock``, the first at label ``start`` (1-based).

    ``others`` are the stocks to suggest where a code is too long for this one. Raises Refused NO_LABELS,
    START_OUTSIDE_SHEET, LABEL_TOO_SMALL, CODE_UNPRINTABLE or NO_GLYPH.
    """
    if not labels:
        raise Refused("NO_LABELS")
    sheets = geometry.split(labels, stock, start)
    placed: list[tuple[Placed, ...]] = []
    drawing = _Drawing(stock, fonts, tuple(others))
    done = 0
    for sheet in sheets:
        drawing.ink.new_page()
        first = start if done == 0 else 1
        corners = [geometry.corner(stock, number) for number in range(first, first + len(sheet))]
        for label, (left, top) in zip(sheet, corners, strict=True):
            drawing.label(label, left, top)
        size = (stock.width, stock.height)
        placed.append(tuple(Placed(label.code, *at, *size) for label, at in zip(sheet, corners, strict=True)))
        done += len(sheet)
        if progress is not None:
            progress(done, len(labels))
    return SheetResult(
        pdf=drawing.ink.finish(),
        labels=len(labels),
        pages=len(sheets),
        next_start=geometry.next_start(stock, len(labels), start),
        placed=tuple(placed),
    )


class _Drawing:
    """One run of labels on one stock."""

    def __init__(self, stock: LabelStock, fonts: Path, others: tuple[LabelStock, ...]) -> None:
        self.ink = Ink(fonts, (stock.page_width, stock.page_height), title=_("Labels"), subject=stock.name)
        self._stock = stock
        self._others = others
        self._scale = min(stock.safe_height / _BASE_HEIGHT, _LARGEST_SCALE)
        self._fitted: dict[tuple[str, Style], tuple[str, Style]] = {}

    def label(self, label: Label, left: float, top: float) -> None:
        """Draw one label whose corner is given: words above, bars, the figures and the owner below."""
        middle = left + self._stock.width / 2
        upper = top + self._stock.safe_margin
        lower = upper + self._stock.safe_height
        upper = self._line(middle, upper, label.headline, _HEADLINE)
        if self._stock.safe_height >= _DETAIL_HEIGHT:
            upper = self._line(middle, upper, label.detail, _DETAIL)
        below = [(text, style) for text, style in ((label.shown, _SHOWN), (label.owner, _OWNER)) if text]
        lower -= sum(self._height(style) for _text, style in below)
        self._bars(label, middle, upper + _GAP, lower - _GAP)
        for text, style in below:
            lower = self._line(middle, lower, text, style)

    def _bars(self, label: Label, middle: float, top: float, bottom: float) -> None:
        drawn = symbol(label.code)
        module = geometry.require_module_width(label, drawn.modules, self._stock, None, self._others)
        self.ink.bars(middle - drawn.modules * module / 2, top, drawn, module, bottom - top)

    def _height(self, style: Style) -> float:
        return style.size * self._scale * _LEADING / POINTS_PER_MM

    def _line(self, middle: float, top: float, text: str, style: Style) -> float:
        """Draw a centred line below ``top`` and give where the next begins."""
        if not text:
            return top
        height = self._height(style)
        key = (text, style)
        if key not in self._fitted:
            scaled = replace(style, size=style.size * self._scale)
            self._fitted[key] = fit(self.ink, text, scaled, self._stock.safe_width, _SMALLEST)
        shown, fitted = self._fitted[key]
        self.ink.text(middle, top + height * 0.78, shown, fitted, align=0.5)
        return top + height
