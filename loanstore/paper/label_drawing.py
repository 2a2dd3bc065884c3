"""The pen for labels: bars, words, QR code and logo written as operators, whatever repeats written only once."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from io import BytesIO
from typing import TYPE_CHECKING, Final

from loanstore.domain import bars
from loanstore.domain.codes import ALPHABET
from loanstore.domain.label_layout import SMALLEST_TYPE, Contents, Part, require_layout, words_of
from loanstore.paper.barcodes import Symbols
from loanstore.paper.fitting import fit
from loanstore.paper.ink import BLACK, POINTS_PER_MM, Ink, Letters, Style
from loanstore.paper.qr import qr_code

if TYPE_CHECKING:
    from loanstore.domain.label_layout import Element
    from loanstore.domain.label_stocks import LabelStock
    from loanstore.domain.labels import Label
    from loanstore.paper.qr import QrCode

#: Where in its line's height the foot of the letters stands.
_BASELINE: Final = 0.78
_FIGURES: Final = f"{ALPHABET}-"
_STYLES: Final = {
    Part.HEADLINE: Style(0, bold=True, colour=BLACK),
    Part.DETAIL: Style(0, colour=BLACK),
    Part.FIGURES: Style(0, bold=True, mono=True, colour=BLACK),
    Part.OWNER: Style(0, colour=BLACK),
}


@dataclass(frozen=True, slots=True)
class Extras:
    """What goes on every label beside its own words: the ``qr`` code's text, and a ``logo`` (PNG or JPEG)."""

    qr: str = ""
    logo: bytes = field(default=b"", repr=False)


NO_EXTRAS: Final = Extras()


@dataclass(frozen=True, slots=True)
class _Design:
    """How labels with symbols of one length and the same lines are drawn.

    ``begin`` is where the bars begin, in millimetres from the edge of what is printed on, ``size`` and ``foot`` what
    else of their matrix is the same on every label; ``squares`` is the QR code.
    """

    elements: dict[Part, Element]
    begin: float
    size: str
    foot: str
    symbols: Symbols
    squares: str
    logo: str


class LabelPen:
    """Draws labels onto the pages of one document; ``stock`` is calibrated already."""

    def __init__(
        self, ink: Ink, stock: LabelStock, reduction: float, extras: Extras, others: tuple[LabelStock, ...]
    ) -> None:
        self._ink = ink
        self._stock = stock
        self._dot = bars.dot(stock.dpi)
        self._reduction = reduction
        self._others = others
        self._qr: QrCode | None = qr_code(extras.qr) if extras.qr else None
        self._logo, self._logo_shape = _logo(ink, extras.logo) if extras.logo else ("", 0.0)
        self._plain = Symbols()
        self._symbols: dict[float, Symbols] = {}
        self._designs: dict[tuple[int, bool, bool, bool], _Design] = {}
        self._words: dict[tuple[_Key, str, str, str], str] = {}
        self._figures: dict[tuple[_Key, int], tuple[str, Letters] | None] = {}
        self.borne: set[Part] = set()

    def draw(self, label: Label, left: float, top: float) -> bool:
        """Draw one label whose corner is given, in millimetres from the page's, and tell whether it bears a QR code.

        Raises as ``make_label_sheet`` does.
        """
        drawn = self._plain.symbol(label.code)
        key = (drawn.modules, bool(label.headline), bool(label.detail), bool(label.owner))
        design = self._designs.get(key) or self._designed(key, label)
        if design.symbols is not self._plain:
            drawn = design.symbols.symbol(label.code)
        x = (left + self._stock.margin_x) * POINTS_PER_MM
        y = (self._stock.page_height - top - self._stock.margin_y) * POINTS_PER_MM
        words = self._said(key, design, label)
        figures = self._shown(key, design, label.shown)
        begin = self._whole_dots(left + self._stock.margin_x + design.begin) * POINTS_PER_MM - x
        barred = f"q {design.size} {begin:.3f} {design.foot} cm {drawn.operators} f Q"
        self._ink.draw(f"q 1 0 0 1 {x:.3f} {y:.3f} cm {barred}{design.squares}{words}{figures} Q")
        if design.logo:
            across, up, at, above = (float(part) for part in design.logo.split())
            self._ink.draw_image(self._logo, f"{across:.3f} 0 0 {up:.3f} {x + at:.3f} {y + above:.3f}")
        return Part.QR in design.elements

    def _designed(self, key: _Key, label: Label) -> _Design:
        qr = self._qr.modules if self._qr is not None else 0
        contents = Contents(key[0], words_of(label), qr, self._logo_shape)
        elements = {e.part: e for e in require_layout(label, contents, self._stock, self._others)}
        self.borne |= elements.keys()
        drawn = elements[Part.BARS]
        reduced = bars.require_reduction(self._reduction, drawn.module)
        design = _Design(
            elements,
            begin=drawn.x,
            size=f"{drawn.module * POINTS_PER_MM:.5f} 0 0 {drawn.height * POINTS_PER_MM:.3f}",
            foot=f"{-(drawn.y + drawn.height) * POINTS_PER_MM:.3f}",
            symbols=self._symbols.setdefault(reduced, Symbols(reduced)) if reduced else self._plain,
            squares=self._squares(elements.get(Part.QR)),
            logo=_box(elements.get(Part.LOGO)),
        )
        self._designs[key] = design
        return design

    def _whole_dots(self, place: float) -> float:
        """Move a place by half a dot at most, so that bars begin where a dot of the printer does."""
        return round(place / self._dot) * self._dot

    def _squares(self, element: Element | None) -> str:
        if element is None or self._qr is None:
            return ""
        side = f"{element.module * POINTS_PER_MM:.5f}"
        return f" q {side} 0 0 {side} {_corner(element)} cm {self._qr.operators} f Q"

    def _said(self, key: _Key, design: _Design, label: Label) -> str:
        """Write headline, detail and owner; most labels of a run say the same."""
        texts = (key, label.headline, label.detail, label.owner)
        written = self._words.get(texts)
        if written is None:
            said = {Part.HEADLINE: label.headline, Part.DETAIL: label.detail, Part.OWNER: label.owner}
            lines = [self._line(design.elements[part], text) for part, text in said.items() if part in design.elements]
            written = self._words[texts] = "".join(lines)
        return written

    def _shown(self, key: _Key, design: _Design, text: str) -> str:
        """Write the figures: their letters are all of one width, so a code is only looked up letter by letter."""
        element = design.elements[Part.FIGURES]
        kind = (key, len(text))
        if kind not in self._figures:
            self._figures[kind] = self._in_place(element, len(text))
        known = self._figures[kind]
        if known is None or not text.isascii():
            return self._line(element, text)
        begin, letters = known
        try:
            return f"{begin}{''.join([letters.glyphs[letter] for letter in text])}) Tj ET"
        except KeyError:
            return self._line(element, text)

    def _in_place(self, element: Element, length: int) -> tuple[str, Letters] | None:
        """Say where figures of a length begin; None where they must be made to fit one by one."""
        style = replace(_STYLES[Part.FIGURES], size=element.size)
        letters = self._ink.letters(_FIGURES, style)
        width = letters.step * length * element.size / 1000
        if width > element.width * POINTS_PER_MM:
            return None
        return f" BT {letters.font} {_foot(element, width)} Td (", letters

    def _line(self, element: Element, text: str) -> str:
        """Write a centred line, made to fit its box."""
        style = replace(_STYLES[element.part], size=element.size)
        said, fitted = fit(self._ink, text, style, element.width, SMALLEST_TYPE)
        width = self._ink.width(said, fitted) * POINTS_PER_MM
        return f" BT {_foot(element, width)} Td {self._ink.inked(said, fitted)} ET"


_Key = tuple[int, bool, bool, bool]


def _corner(element: Element) -> str:
    """Give an element's lower left corner in points from the upper left one of what is printed on."""
    return f"{element.x * POINTS_PER_MM:.3f} {-(element.y + element.height) * POINTS_PER_MM:.3f}"


def _foot(element: Element, width: float) -> str:
    """Give where a line begins that is ``width`` points long and stands centred in its box."""
    left = (element.x + element.width / 2) * POINTS_PER_MM - width / 2
    return f"{left:.2f} {-(element.y + element.height * _BASELINE) * POINTS_PER_MM:.2f}"


def _box(element: Element | None) -> str:
    if element is None:
        return ""
    return f"{element.width * POINTS_PER_MM:.3f} {element.height * POINTS_PER_MM:.3f} {_corner(element)}"


def _logo(ink: Ink, picture: bytes) -> tuple[str, float]:
    """Keep the logo with the document: the operator that draws it, and its width by its height."""
    from PIL import Image

    with Image.open(BytesIO(picture)) as opened:
        shape = opened.width / opened.height
    return ink.image(picture), shape
