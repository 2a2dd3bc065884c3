"""Pages as pictures: what a paper looks like before it is printed."""

from __future__ import annotations

import io
from typing import Final

import pypdfium2

PREVIEW_DPI: Final = 110


def draw_pages(pdf: bytes, dpi: int = PREVIEW_DPI) -> tuple[bytes, ...]:
    """Draw every page of a PDF as a PNG."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        return tuple(_png(page, dpi) for page in document)
    finally:
        document.close()


def _png(page: pypdfium2.PdfPage, dpi: int) -> bytes:
    made = io.BytesIO()
    page.render(scale=dpi / 72).to_pil().save(made, "PNG")
    return made.getvalue()
