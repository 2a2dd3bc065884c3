"""The typefaces shipped with the program: loaded when first needed, chosen by character."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from reportlab.pdfbase.ttfonts import TTFError, TTFont

from loanstore.domain.errors import FileUnusable

if TYPE_CHECKING:
    from pathlib import Path

LATIN: Final = "NotoSans"
MONO: Final = "NotoSansMono"
#: Chinese, Japanese and Korean, and much else; one weight only.
LAST_RESORT: Final = "DroidSansFallbackFull"
#: First and last code point of the blocks drawn by a family of their own (Unicode's Blocks.txt).
_BLOCKS: Final = (
    (0x0590, 0x05FF, "NotoSansHebrew"),
    (0xFB1D, 0xFB4F, "NotoSansHebrew"),
    (0x0600, 0x06FF, "NotoSansArabic"),
    (0x0750, 0x077F, "NotoSansArabic"),
    (0x08A0, 0x08FF, "NotoSansArabic"),
    (0xFB50, 0xFDFF, "NotoSansArabic"),
    (0xFE70, 0xFEFC, "NotoSansArabic"),
    (0x0900, 0x097F, "NotoSansDevanagari"),
    (0xA8E0, 0xA8FF, "NotoSansDevanagari"),
    (0x0980, 0x09FF, "NotoSansBengali"),
    (0x0A00, 0x0A7F, "NotoSansGurmukhi"),
    (0x0A80, 0x0AFF, "NotoSansGujarati"),
    (0x0B80, 0x0BFF, "NotoSansTamil"),
)


class Typefaces:
    """The shipped fonts of one document; a font file is read when a character first asks for it."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._faces: dict[str, Any] = {}
        self._chosen: dict[tuple[str, bool, bool], Any] = {}

    def choose(self, character: str, *, bold: bool, mono: bool) -> Any:  # noqa: ANN401  # reportlab has no types
        """Give the face that draws ``character``; None where no shipped font has it."""
        key = (character, bold, mono)
        if key not in self._chosen:
            self._chosen[key] = self._search(ord(character), bold=bold, mono=mono)
        return self._chosen[key]

    def _search(self, point: int, *, bold: bool, mono: bool) -> Any:  # noqa: ANN401  # reportlab has no types
        families = [family for first, last, family in _BLOCKS if first <= point <= last]
        families += [MONO, LATIN] if mono else [LATIN]
        for family in families:
            face = self._face(f"{family}-{'Bold' if bold else 'Regular'}")
            if has(face, point):
                return face
        last = self._face(LAST_RESORT)
        return last if has(last, point) else None

    def _face(self, name: str) -> Any:  # noqa: ANN401  # reportlab has no types
        if name not in self._faces:
            path = self._folder / f"{name}.ttf"
            try:
                self._faces[name] = TTFont(name, str(path))
            except (TTFError, OSError) as fault:
                raise FileUnusable("FONT_UNUSABLE", file=path.name, why=str(fault)) from fault
        return self._faces[name]


def has(face: Any, point: int) -> bool:  # noqa: ANN401  # reportlab has no types
    """Tell whether a face draws the code point ``point``."""
    return point in face.face.charToGlyph
