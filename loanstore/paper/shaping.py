"""From text to glyphs: each stretch of writing gets its font and is shaped by HarfBuzz.

Lengths are in thousandths of the type size, so one shaping serves every size.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import uharfbuzz

from loanstore.paper.bidi import visual_runs
from loanstore.paper.fonts import has

if TYPE_CHECKING:
    from loanstore.paper.fonts import Typefaces

_EM: Final = 1000
#: Drawn by whatever font the stretch around them has: marks, joiners, blanks.
_FOLLOWERS: Final = frozenset({"Mn", "Mc", "Me", "Cf", "Zs"})
#: Ligatures of f and i make a text hard to search and gain nothing at these sizes.
_FEATURES: Final = {"kern": True, "liga": False}
_COMPLEX_FEATURES: Final = {"kern": True, "liga": True}


@dataclass(frozen=True, slots=True)
class Glyph:
    """One glyph: the character it goes by in the PDF's font, its own width, its step and its shift."""

    character: str
    width: float
    advance: float
    shift_x: float
    shift_y: float


@dataclass(frozen=True, slots=True)
class Run:
    """Glyphs of one face in the order drawn; ``source`` is what they say, in reading order."""

    face: Any
    glyphs: tuple[Glyph, ...]
    source: str

    @property
    def plain(self) -> bool:
        """Tell whether the glyphs read back as the text they stand for."""
        return "".join(glyph.character for glyph in self.glyphs) == self.source


@dataclass(frozen=True, slots=True)
class Shaped:
    """A line ready to draw; ``missing`` holds the characters no shipped font has."""

    runs: tuple[Run, ...]
    width: float
    missing: str


class Shaper:
    """Shapes the lines of one document and remembers them."""

    def __init__(self, typefaces: Typefaces) -> None:
        self._typefaces = typefaces
        self._fonts: dict[str, uharfbuzz.Font] = {}
        self._known: dict[tuple[str, bool, bool], Shaped] = {}

    def shape(self, text: str, *, bold: bool = False, mono: bool = False) -> Shaped:
        """Shape one line; control characters become blanks."""
        key = (text, bold, mono)
        if key not in self._known:
            self._known[key] = self._shape(tidy(text), bold=bold, mono=mono)
        return self._known[key]

    def _shape(self, text: str, *, bold: bool, mono: bool) -> Shaped:
        runs: list[Run] = []
        missing: list[str] = []
        for stretch, backwards in visual_runs(text):
            pieces = self._itemise(stretch, bold=bold, mono=mono)
            for face, piece in reversed(pieces) if backwards else pieces:
                if face is None:
                    missing += piece
                else:
                    runs.append(self._run(face, piece, backwards=backwards))
        width = sum(glyph.advance for run in runs for glyph in run.glyphs)
        return Shaped(tuple(runs), width, "".join(dict.fromkeys(missing)))

    def _itemise(self, text: str, *, bold: bool, mono: bool) -> list[tuple[Any, str]]:
        """Cut a stretch into pieces of one face each; face None gathers what nothing can draw."""
        if text.isascii():
            return [(self._typefaces.choose(text[0], bold=bold, mono=mono), text)]
        pieces: list[tuple[Any, str]] = []
        for character in text:
            before = pieces[-1][0] if pieces else None
            if before is not None and _follows(character, before):
                face = before
            else:
                face = self._typefaces.choose(character, bold=bold, mono=mono)
            if pieces and face is before:
                pieces[-1] = (face, pieces[-1][1] + character)
            else:
                pieces.append((face, character))
        return pieces

    def _run(self, face: Any, text: str, *, backwards: bool) -> Run:  # noqa: ANN401  # reportlab has no types
        font = self._font(face)
        buffer = uharfbuzz.Buffer()
        buffer.add_str(text)
        buffer.guess_segment_properties()
        buffer.direction = "rtl" if backwards else "ltr"
        uharfbuzz.shape(font, buffer, _FEATURES if text.isascii() else _COMPLEX_FEATURES)
        glyphs = tuple(
            _glyph(face, info.codepoint, text[info.cluster], position)
            for info, position in zip(buffer.glyph_infos, buffer.glyph_positions, strict=True)
        )
        return Run(face, glyphs, text)

    def _font(self, face: Any) -> uharfbuzz.Font:  # noqa: ANN401  # reportlab has no types
        if face.fontName not in self._fonts:
            font = face.hbFont()
            font.scale = (_EM, _EM)
            self._fonts[face.fontName] = font
        return self._fonts[face.fontName]


def tidy(text: str) -> str:
    """Compose accents and turn control characters, which no font draws, into blanks."""
    composed = text if text.isascii() else unicodedata.normalize("NFC", text)
    return "".join(" " if unicodedata.category(c) == "Cc" else c for c in composed)


def _follows(character: str, face: Any) -> bool:  # noqa: ANN401  # reportlab has no types
    kind = unicodedata.category(character)
    return kind in _FOLLOWERS and (kind == "Cf" or has(face, ord(character)))


def _glyph(face: Any, number: int, meant: str, position: Any) -> Glyph:  # noqa: ANN401  # neither library has types
    """Name a glyph by a character, because reportlab cuts its subsets by character.

    The character meant comes first, then any other that has this glyph; a glyph no character has (a conjunct, a
    joined letter) gets one from the private area.
    """
    known = face.face.charToGlyph
    if known.get(ord(meant)) == number:
        point = ord(meant)
    elif face.face.glyphToChar.get(number):
        point = face.face.glyphToChar[number][0]
    else:
        point = face.hbAddPrivate(str(number), number, position.x_advance)
    width = face.face.charWidths[point]
    return Glyph(chr(point), width, position.x_advance, position.x_offset, position.y_offset)
