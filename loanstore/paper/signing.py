"""Signatures put onto a frozen agreement: written behind its last byte, so that what was signed stands before it."""

from __future__ import annotations

from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING, Any, Final

from loanstore.domain.signatures import PAD_SHAPE
from loanstore.paper.agreement import NAME_DOWN, SIGN_DOWN
from loanstore.paper.fitting import fit
from loanstore.paper.ink import MUTED, POINTS_PER_MM, Ink, Style

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from loanstore.domain.frozen import SignPlace
    from loanstore.domain.signatures import Stroke

_A4: Final = (210.0, 297.0)
_NAME: Final = Style(9)
_WITNESSED: Final = Style(8, colour=MUTED)
_HIGH: Final = 13.0
"""Millimetres: the room for a signature above its line."""


@dataclass(frozen=True, slots=True)
class Inked:
    """What goes into one box: the strokes of a pen, or ``words`` in their place, the name and the day."""

    place: SignPlace
    strokes: tuple[Stroke, ...]
    name: str
    day: str
    words: str = ""


def sign_on(frozen: bytes, signatures: Sequence[Inked], fonts: Path) -> bytes:
    """Put signatures onto a frozen PDF; the result begins with it byte for byte.

    Raises Refused NO_GLYPH where a name can't be drawn.
    """
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter

    writer: Any = IncrementalPdfFileWriter(BytesIO(frozen))
    for page in sorted({one.place.page for one in signatures}):
        _lay_over(writer, page, _overlay([one for one in signatures if one.place.page == page], fonts))
    out = BytesIO()
    writer.write(out)
    return out.getvalue()


def _overlay(signatures: Sequence[Inked], fonts: Path) -> bytes:
    ink = Ink(fonts, _A4, title="")
    ink.new_page()
    for one in signatures:
        place = one.place
        base = place.y + SIGN_DOWN
        if one.strokes:
            width = _HIGH * PAD_SHAPE
            left, top = place.x + 4, base - _HIGH - 0.5
            ink.strokes([[(left + x * width, top + y * _HIGH) for x, y in stroke] for stroke in one.strokes])
        else:
            ink.text(place.x + 3, base - 1.5, *fit(ink, one.words, _WITNESSED, place.width - 6, 5))
        ink.text(place.x + 3, place.y + NAME_DOWN - 1, *fit(ink, one.name, _NAME, place.width - 36, 5))
        ink.text(place.x + place.width - 28, place.y + NAME_DOWN - 1, *fit(ink, one.day, _NAME, 25, 5))
    return ink.finish()


def _lay_over(writer: Any, page: int, overlay: bytes) -> None:  # noqa: ANN401 - pyHanko's writer, typed only in part
    """Add a page drawn by our own pen to a page of the document, as an object that is drawn last."""
    from pyhanko.pdf_utils import generic
    from pyhanko.pdf_utils.reader import PdfFileReader

    pdf: Any = generic
    drawn = PdfFileReader(BytesIO(overlay)).root["/Pages"]["/Kids"][0].get_object()
    said = {
        "/Type": pdf.pdf_name("/XObject"),
        "/Subtype": pdf.pdf_name("/Form"),
        "/BBox": pdf.ArrayObject([pdf.FloatObject(round(x * POINTS_PER_MM, 2)) for x in (0, 0, *_A4)]),
        "/Resources": writer.import_object(drawn["/Resources"]),
    }
    form = pdf.StreamObject({pdf.pdf_name(k): v for k, v in said.items()}, stream_data=drawn["/Contents"].data)
    objects = pdf.DictionaryObject({pdf.pdf_name("/LoanstoreSigned"): writer.add_object(form)})
    draw = writer.add_object(pdf.StreamObject(stream_data=b"q /LoanstoreSigned Do Q"))
    writer.add_stream_to_page(page, draw, resources=pdf.DictionaryObject({pdf.pdf_name("/XObject"): objects}))
