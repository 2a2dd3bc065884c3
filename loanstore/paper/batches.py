"""Batches of scanned papers: pages read for their barcodes whichever way they lie, made small, and split again."""

from __future__ import annotations

import io
import warnings
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

import pypdfium2
import zxingcpp

from loanstore.domain.errors import FileUnusable
from loanstore.domain.filing import ScannedPage
from loanstore.paper.pdfium import TURN, each_page, page_sizes

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from loanstore.domain.progress import Progress

_DPI: Final = (200, 300)
"""What pages are looked at with: the coarser first, the finer where nothing was read."""
_TURNS: Final = (-12, 12)
"""Degrees a page is turned by where it lies so askew that no line crosses all bars."""
_THUMBNAIL: Final = 320
"""The longer side of a thumbnail, in pixels."""
_QUALITY: Final = 70
_RIGHT_ANGLE: Final = 90
_SCANNER_DPI: Final = 150
"""What a picture that says nothing of its size is taken to have."""
_MOST_PIXELS: Final = 200_000_000


def to_pdf(content: bytes, name: str) -> bytes:
    """Give a scan as a PDF: as it is, or made of the pictures in it (PNG, JPEG, or a TIFF of several pages).

    Raises FileUnusable NOT_A_SCAN where it is neither, or can't be opened.
    """
    if content[:1024].lstrip().startswith(b"%PDF"):
        try:
            pages = len(page_sizes(content))
        except pypdfium2.PdfiumError:
            raise FileUnusable("NOT_A_SCAN", file=name) from None
        if not pages:
            raise FileUnusable("NOT_A_SCAN", file=name)
        return content
    return _from_pictures(content, name)


def _from_pictures(content: bytes, name: str) -> bytes:
    from PIL import Image, ImageOps, ImageSequence, UnidentifiedImageError

    try:
        with warnings.catch_warnings():
            # Pillow warns of pictures that unpack to hundreds of megabytes; they are refused below.
            warnings.simplefilter("ignore")
            opened = Image.open(io.BytesIO(content), formats=("PNG", "JPEG", "TIFF"))
            if opened.width * opened.height > _MOST_PIXELS:
                raise FileUnusable("NOT_A_SCAN", file=name)
            pages = [ImageOps.exif_transpose(frame.convert("RGB")) for frame in ImageSequence.Iterator(opened)]
    except (UnidentifiedImageError, Image.DecompressionBombError, OSError, SyntaxError, ValueError):
        # A torn file surfaces as whatever its decoder stumbles over.
        raise FileUnusable("NOT_A_SCAN", file=name) from None
    dpi = float(opened.info.get("dpi", (_SCANNER_DPI,))[0]) or _SCANNER_DPI
    made = io.BytesIO()
    pages[0].save(made, "PDF", save_all=True, append_images=pages[1:], resolution=dpi)
    return made.getvalue()


def read_pages(pdf: bytes, progress: Progress | None = None) -> tuple[ScannedPage, ...]:
    """Read every page for its barcodes (Code 128), upside down, askew or faint as it may be, and make it small."""
    total = len(page_sizes(pdf))
    found = []
    for number, read in enumerate(each_page(pdf, _read), 1):
        found.append(replace(read, number=number))
        if progress is not None:
            progress(number, total)
    return tuple(found)


def split(pdf: bytes, pages: Sequence[ScannedPage]) -> bytes:
    """Give some pages of a batch as a PDF of their own, each turned the right way up."""
    with TURN:
        source = pypdfium2.PdfDocument(pdf)
        made = pypdfium2.PdfDocument.new()
        try:
            made.import_pages(source, [page.number - 1 for page in pages])
            for at, page in enumerate(pages):
                if page.turned:
                    made[at].set_rotation((made[at].get_rotation() + page.turned) % 360)
            written = io.BytesIO()
            made.save(written)
        finally:
            made.close()
            source.close()
    return written.getvalue()


def _read(page: Any) -> ScannedPage:  # noqa: ANN401 - pypdfium2 ships no types
    thumbnail = _small(page)
    for image in _looks(page):
        symbols = [
            symbol for symbol in zxingcpp.read_barcodes(image, formats=zxingcpp.BarcodeFormat.Code128) if symbol.valid
        ]
        if symbols:
            codes = tuple(dict.fromkeys(symbol.text for symbol in symbols))
            return ScannedPage(0, codes, _turned(symbols[0].orientation), thumbnail)
    return ScannedPage(0, (), 0, thumbnail)


def _looks(page: Any) -> Iterator[Any]:  # noqa: ANN401 - arrays and pages, which ship no types
    """Look at a page ever harder: as it is, finer, with the contrast drawn out, and turned."""
    from PIL import ImageFilter, ImageOps

    for dpi in _DPI:
        picture = page.render(scale=dpi / 72, grayscale=True).to_pil()
        yield picture
        yield ImageOps.autocontrast(picture.filter(ImageFilter.MedianFilter(3)), cutoff=2)
    for degrees in _TURNS:
        yield picture.rotate(degrees, expand=True, fillcolor=255)


def _turned(orientation: float) -> int:
    """Give by how much a page must be turned, in right angles, from how its barcode lies."""
    return round(-orientation / _RIGHT_ANGLE) * _RIGHT_ANGLE % 360


def _small(page: Any) -> bytes:  # noqa: ANN401 - the same
    longest = max(page.get_width(), page.get_height(), 1)
    picture = page.render(scale=_THUMBNAIL / longest).to_pil().convert("RGB")
    made = io.BytesIO()
    picture.save(made, "JPEG", quality=_QUALITY)
    return made.getvalue()
