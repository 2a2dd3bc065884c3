"""Pages in dots at exactly their size: a dot of the picture is a dot of the printer, to the last one."""

from __future__ import annotations

from typing import Any, Final

import pypdfium2
from pypdfium2 import raw

_POINTS_PER_INCH: Final = 72
_WHITE: Final = (255, 255, 255, 255)


def grey_dots(page: Any, dpi: int) -> Any:  # noqa: ANN401  # pypdfium2 and numpy meet here untyped
    """Draw a page as an array of grey dots, rows from the top; the part of a dot at its far edges is left out.

    The library's own ``render`` stretches a page to a whole number of dots, so that bars laid on dots would drift off
    them by up to one across a sheet.
    """
    dots = _drawn(page, dpi, raw.FPDFBitmap_Gray, raw.FPDF_GRAYSCALE)
    return dots.reshape(dots.shape[0], dots.shape[1])


def colour_dots(page: Any, dpi: int) -> Any:  # noqa: ANN401  # as above
    """Draw a page the same way in colour: four bytes a dot, blue, green, red and one unused."""
    return _drawn(page, dpi, raw.FPDFBitmap_BGRx, 0)


def _drawn(page: Any, dpi: int, kind: int, how: int) -> Any:  # noqa: ANN401  # as above
    scale = dpi / _POINTS_PER_INCH
    width, height = (max(round(side * scale), 1) for side in page.get_size())
    bitmap = pypdfium2.PdfBitmap.new_native(width, height, kind)
    bitmap.fill_rect(_WHITE, 0, 0, width, height)
    raw.FPDF_RenderPageBitmapWithMatrix(
        bitmap, page, raw.FS_MATRIX(scale, 0, 0, scale, 0, 0), raw.FS_RECTF(0, 0, width, height), raw.FPDF_ANNOT | how
    )
    dots = bitmap.to_numpy().copy()
    bitmap.close()
    return dots
