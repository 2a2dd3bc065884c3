"""The pen: text, lines and bars put onto pages, and the pages bound into a PDF by reportlab.

Places are millimetres from the top left corner; type sizes are points. Pages are kept as drawing operators until
the end, so that each can say how many there are. This is the only file that knows reportlab's canvas.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from io import BytesIO
from itertools import groupby
from typing import TYPE_CHECKING, Any, Final

from reportlab.pdfbase.pdfdoc import PDFZCompress
from reportlab.pdfgen.canvas import Canvas

from loanstore.domain.errors import Refused
from loanstore.paper.fonts import Typefaces
from loanstore.paper.shaping import Shaper

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from loanstore.domain.progress import Progress
    from loanstore.paper.barcodes import Symbol
    from loanstore.paper.shaping import Run, Shaped

Colour = tuple[float, float, float]
POINTS_PER_MM: Final = 72 / 25.4
BLACK: Final[Colour] = (0.0, 0.0, 0.0)
INK: Final[Colour] = (0.114, 0.137, 0.161)
MUTED: Final[Colour] = (0.361, 0.400, 0.439)
HAIRLINE: Final[Colour] = (0.835, 0.843, 0.839)
TEAL: Final[Colour] = (0.082, 0.369, 0.388)
MIST: Final[Colour] = (0.933, 0.957, 0.957)
_ESCAPES: Final = {n: f"\\{n:03o}" for n in (*range(32), *range(127, 256), *b"\\()")}


@dataclass(frozen=True, slots=True)
class Style:
    """How a line is set; ``size`` in points."""

    size: float
    bold: bool = False
    mono: bool = False
    colour: Colour = INK


@dataclass(slots=True)
class _Page:
    operators: list[str] = field(default_factory=list)
    marks: list[tuple[str, float]] = field(default_factory=list)
    images: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Letters:
    """Letters of one width, ready to be written one after another: the font, each one's glyph, and their step.

    ``step`` is in thousandths of the type size.
    """

    font: str
    glyphs: Mapping[str, str]
    step: float


class Ink:
    """Draws one PDF. Call ``new_page`` before anything else and ``finish`` last."""

    def __init__(self, fonts: Path, size: tuple[float, float] = (210, 297), *, title: str, subject: str = "") -> None:
        self._height = size[1]
        self._out = BytesIO()
        self._canvas = Canvas(
            self._out,
            pagesize=(size[0] * POINTS_PER_MM, size[1] * POINTS_PER_MM),
            pageCompression=0,
            invariant=1,
            lang="en-GB",
        )
        # Pages left uncompressed fall to the document's own filters: zlib without ASCII85, which costs a quarter
        # more bytes and time and is otherwise a setting for the whole process.
        self._document.defaultStreamFilters = [PDFZCompress]
        self._canvas.setTitle(title)
        self._canvas.setSubject(subject)
        self._canvas.setCreator("loanstore")
        self._canvas.setAuthor("loanstore")
        # A viewer that fits pages to its printer would move labels off their stickers.
        self._canvas.setViewerPreference("PrintScaling", "None")
        self._shaper = Shaper(Typefaces(fonts))
        self._pages: list[_Page] = []
        self._language = ""
        self._written: dict[tuple[str, Style], str] = {}
        self._images: dict[str, str] = {}

    @property
    def _document(self) -> Any:  # noqa: ANN401  # reportlab has no types
        return self._canvas._doc  # noqa: SLF001  # subset fonts are bound to the document; no public way

    @property
    def pages(self) -> int:
        """Count the pages begun so far."""
        return len(self._pages)

    def new_page(self) -> None:
        """Begin a page."""
        self._pages.append(_Page())

    def shape(self, text: str, style: Style) -> Shaped:
        """Shape a line.

        Raises Refused NO_GLYPH, naming the characters, where no shipped font can draw it.
        """
        shaped = self._shaper.shape(text, bold=style.bold, mono=style.mono)
        if shaped.missing:
            raise Refused("NO_GLYPH", text=text, characters=shaped.missing)
        return shaped

    def width(self, text: str, style: Style) -> float:
        """Measure a line, in millimetres."""
        return self.shape(text, style).width * style.size / 1000 / POINTS_PER_MM

    def text(self, x: float, y: float, text: str, style: Style, align: float = 0) -> None:
        """Draw a line with its baseline at ``y``; ``align`` 0 begins at ``x``, 0.5 centres on it, 1 ends there."""
        if not text:
            return
        left = x * POINTS_PER_MM - align * self.shape(text, style).width * style.size / 1000
        red, green, blue = style.colour
        begin = f"BT {red:.3g} {green:.3g} {blue:.3g} rg {left:.2f} {self._up(y):.2f} Td"
        drawn = f"{begin} {self.inked(text, style)} ET"
        self.draw(f"/Span <</Lang ({self._language})>> BDC {drawn} EMC" if self._language else drawn)

    def speak(self, language: str = "") -> None:
        """Mark what is drawn from now on as another language than English, for whoever has it read aloud."""
        self._language = language

    def strokes(self, strokes: Sequence[Sequence[tuple[float, float]]], weight: float = 1.0) -> None:
        """Draw what a pen drew: lines with round ends through places in millimetres; ``weight`` in points."""
        red, green, blue = INK
        parts = [f"q {red:.3g} {green:.3g} {blue:.3g} RG {weight:g} w 1 J 1 j"]
        for stroke in strokes:
            places = [f"{x * POINTS_PER_MM:.2f} {self._up(y):.2f}" for x, y in stroke]
            # A dot is a line of no length, which round ends make visible.
            drawn = [f"{places[0]} m", *(f"{place} l" for place in places[1:] or places)]
            parts.append(" ".join([*drawn, "S"]))
        self.draw(" ".join([*parts, "Q"]))

    def bars(self, x: float, y: float, symbol: Symbol, module: float, height: float) -> None:
        """Draw a barcode; ``x`` is its first bar, ``y`` its upper edge, ``module`` its narrowest bar."""
        across, up = module * POINTS_PER_MM, height * POINTS_PER_MM
        place = f"{across:.5f} 0 0 {up:.3f} {x * POINTS_PER_MM:.3f} {self._up(y + height):.3f} cm"
        self.draw(f"q 0 g {place} {symbol.operators} f Q")

    def line(self, x: float, y: float, length: float, colour: Colour = HAIRLINE, weight: float = 0.5) -> None:
        """Draw a level line; ``weight`` in points."""
        red, green, blue = colour
        left, up = x * POINTS_PER_MM, self._up(y)
        right = left + length * POINTS_PER_MM
        self.draw(f"{red:.3g} {green:.3g} {blue:.3g} RG {weight} w {left:.2f} {up:.2f} m {right:.2f} {up:.2f} l S")

    def box(
        self,
        corner: tuple[float, float],
        size: tuple[float, float],
        *,
        fill: Colour | None = None,
        edge: Colour | None = None,
    ) -> None:
        """Draw a rectangle from its upper left corner, filled, edged with a hairline, or both."""
        (x, y), (width, height) = corner, size
        parts = []
        if fill is not None:
            parts.append(f"{fill[0]:.3g} {fill[1]:.3g} {fill[2]:.3g} rg")
        if edge is not None:
            parts.append(f"{edge[0]:.3g} {edge[1]:.3g} {edge[2]:.3g} RG 0.6 w")
        paint = {(True, True): "B", (True, False): "f", (False, True): "S"}[(fill is not None, edge is not None)]
        lengths = (x * POINTS_PER_MM, self._up(y + height), width * POINTS_PER_MM, height * POINTS_PER_MM)
        self.draw(" ".join([*parts, *(f"{length:.2f}" for length in lengths), "re", paint]))

    def bookmark(self, title: str, y: float) -> None:
        """Name a place of this page in the PDF's outline."""
        self._pages[-1].marks.append((title, self._up(y)))

    def finish(self, foot: Progress | None = None) -> bytes:
        """Bind the pages; ``foot(page, pages)`` is called for each to draw what stands at its foot."""
        pages = self._pages
        for number, page in enumerate(pages, 1):
            if foot is not None:
                self._pages = [page]
                foot(number, len(pages))
            for place, (title, up) in enumerate(page.marks):
                key = f"p{number}m{place}"
                self._canvas.bookmarkHorizontalAbsolute(key, up)
                self._canvas.addOutlineEntry(title, key)
            self._canvas._code.extend(page.operators)  # noqa: SLF001  # as PDFTextObject itself does
            self._canvas._formsinuse.extend(dict.fromkeys(page.images))  # noqa: SLF001  # as drawImage itself does
            self._canvas.showPage()
        self._pages = pages
        self._canvas.save()
        return self._out.getvalue()

    def draw(self, operators: str) -> None:
        """Put operators onto this page as they are: points from the bottom left corner, black until told otherwise."""
        self._pages[-1].operators.append(operators)

    def letters(self, letters: str, style: Style) -> Letters:
        """Give the glyphs of letters in a style whose letters are all of one width; raises Refused NO_GLYPH."""
        ((run),) = self.shape(letters, style).runs
        ((subset, codes),) = run.face.splitString(letters, self._document)
        name = run.face.getSubsetInternalName(subset, self._document)
        glyphs = {letter: chr(code).translate(_ESCAPES) for letter, code in zip(letters, codes, strict=True)}
        return Letters(f"{name} {style.size:g} Tf", glyphs, run.glyphs[0].advance)

    def image(self, picture: bytes) -> str:
        """Keep a picture (PNG or JPEG) with the document and give the operator that draws it into a unit square."""
        from reportlab.lib.utils import ImageReader

        drawn = len(self._canvas._code)  # noqa: SLF001  # the canvas only ever draws where it stands
        self._canvas.drawImage(ImageReader(BytesIO(picture)), 0, 0, 1, 1, mask="auto")
        name = next(part for part in self._canvas._code[drawn:] if part.endswith(" Do"))  # noqa: SLF001  # the same
        del self._canvas._code[drawn:]  # noqa: SLF001  # the same
        self._images[str(name)] = self._canvas._formsinuse.pop()  # noqa: SLF001  # the same
        return str(name)

    def draw_image(self, picture: str, place: str) -> None:
        """Draw a picture kept before; ``place`` is the matrix of its box."""
        self._pages[-1].images.append(self._images[picture])
        self.draw(f"q {place} cm {picture} Q")

    def _up(self, y: float) -> float:
        return (self._height - y) * POINTS_PER_MM

    def inked(self, text: str, style: Style) -> str:
        """Write a line's glyphs as operators within BT and ET; remembered, because labels repeat their words."""
        key = (text, style)
        if key not in self._written:
            runs = self.shape(text, style).runs
            self._written[key] = " ".join(self._run_operators(run, style.size) for run in runs)
        return self._written[key]

    def _run_operators(self, run: Run, size: float) -> str:
        """Write one run: fonts chosen by subset, steps corrected where shaping moved a glyph.

        What does not read back as its text carries that text beside it, so that it can be found and copied.
        """
        plain = run.plain
        parts: list[str] = []
        if not plain:
            parts.append(f"/Span <</ActualText <FEFF{run.source.encode('utf-16-be').hex().upper()}>>> BDC")
        place = 0
        for subset, codes in run.face.splitString("".join(g.character for g in run.glyphs), self._document):
            parts.append(f"{run.face.getSubsetInternalName(subset, self._document)} {size:g} Tf")
            glyphs = run.glyphs[place : place + len(codes)]
            place += len(codes)
            for rise, group in groupby(zip(glyphs, codes, strict=True), key=lambda pair: pair[0].shift_y):
                strokes = _strokes([(glyph, chr(code)) for glyph, code in group])
                parts.append(f"{rise * size / 1000:.2f} Ts {strokes} 0 Ts" if rise else strokes)
        return " ".join([*parts, "EMC"] if not plain else parts)


def _strokes(glyphs: list[tuple[Any, str]]) -> str:
    """Write glyphs as one TJ; its numbers, in thousandths, take away from a step."""
    parts: list[str] = []
    letters: list[str] = []
    for glyph, code in glyphs:
        after = glyph.width - glyph.advance + glyph.shift_x
        if glyph.shift_x:
            parts += [_literal(letters), f"{-glyph.shift_x:g}"]
            letters = []
        letters.append(code)
        if after:
            parts += [_literal(letters), f"{after:g}"]
            letters = []
    parts.append(_literal(letters))
    return f"[{' '.join(part for part in parts if part)}] TJ"


def _literal(letters: list[str]) -> str:
    return f"({''.join(letters).translate(_ESCAPES)})" if letters else ""
