"""Pages as dots: in one bit for label printers that are sent the very dots, in colour for what paints them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from loanstore.paper.exact import colour_dots, grey_dots
from loanstore.paper.pdfium import each_page, one_page, page_sizes

if TYPE_CHECKING:
    from collections.abc import Iterator

    from loanstore.domain.progress import Progress

_MIDDLE_GREY: Final = 128


@dataclass(frozen=True, slots=True)
class Dots:
    """A page in black and white: each row from the left, eight dots a byte, the first the highest; 1 is black."""

    width: int
    height: int
    rows: tuple[bytes, ...]


@dataclass(frozen=True, slots=True)
class Picture:
    """A page in colour, four bytes a dot: blue, green, red and one unused."""

    width: int
    height: int
    pixels: bytes


def dots(pdf: bytes, dpi: int, progress: Progress | None = None) -> Iterator[Dots]:
    """Draw each page at its exact size, in whole dots of the printer."""
    pages = len(page_sizes(pdf))
    for number, grey in enumerate(each_page(pdf, lambda page: grey_dots(page, dpi)), 1):
        yield _in_one_bit(grey)
        if progress is not None:
            progress(number, pages)


def _in_one_bit(grey: Any) -> Dots:  # noqa: ANN401  # pypdfium2 and numpy meet here untyped
    black = grey < _MIDDLE_GREY
    packed = np.packbits(black, axis=1)
    return Dots(black.shape[1], black.shape[0], tuple(row.tobytes() for row in packed))


def picture(pdf: bytes, number: int, dpi: int) -> Picture:
    """Draw one page, the first being 0, in colour."""
    drawn = one_page(pdf, number, lambda page: colour_dots(page, dpi))
    return Picture(drawn.shape[1], drawn.shape[0], drawn.tobytes())
