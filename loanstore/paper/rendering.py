"""Pages as pictures: what a paper looks like before it is printed."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Final

from loanstore.paper.pdfium import each_page

if TYPE_CHECKING:
    import pypdfium2

PREVIEW_DPI: Final = 110


def draw_pages(pdf: bytes, dpi: int = PREVIEW_DPI) -> tuple[bytes, ...]:
    """Draw every page of a PDF as a PNG."""
    return tuple(each_page(pdf, lambda page: _png(page, dpi)))


def _png(page: pypdfium2.PdfPage, dpi: int) -> bytes:
    made = io.BytesIO()
    page.render(scale=dpi / 72).to_pil().save(made, "PNG")
    return made.getvalue()
