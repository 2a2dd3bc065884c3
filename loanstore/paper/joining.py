"""Joining finished papers into one file to print."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import pypdfium2

from loanstore.paper.pdfium import TURN

if TYPE_CHECKING:
    from collections.abc import Sequence


def join(papers: Sequence[bytes]) -> bytes:
    """Put the pages of several PDFs into one, in their order; one paper alone stays as it is."""
    if len(papers) == 1:
        return papers[0]
    with TURN:
        joined = pypdfium2.PdfDocument.new()
        try:
            for paper in papers:
                part = pypdfium2.PdfDocument(paper)
                joined.import_pages(part)
                part.close()
            written = io.BytesIO()
            joined.save(written)
        finally:
            joined.close()
    return written.getvalue()
