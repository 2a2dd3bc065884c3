"""The proof: pages drawn as a printer would draw them, and every barcode on them read back."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pypdfium2
import zxingcpp

from loanstore.domain.codes import shown
from loanstore.domain.errors import Refused
from loanstore.domain.labels import COARSEST_DPI

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence


@dataclass(frozen=True, slots=True)
class Proof:
    """What was read back: how many barcodes on how many pages, at how many dots per inch."""

    pages: int
    barcodes: int
    dpi: int


def prove(
    pdf: bytes,
    expected: Sequence[Sequence[str]],
    *,
    dpi: int = COARSEST_DPI,
    progress: Callable[[int, int], None] | None = None,
) -> Proof:
    """Read every barcode of ``pdf`` back; ``expected`` holds the normalised codes of each page, in any order.

    Only a PDF that passed may be called verified. Raises Refused LABEL_UNREADABLE, naming the first label that is
    not there as it should be, and PAGES_DIFFER where the number of pages is another.
    """
    count = 0
    pages = 0
    for pages, found in enumerate(_decoded(pdf, dpi), 1):
        if pages > len(expected):
            break
        _compare(found, expected[pages - 1], pages)
        count += len(found)
        if progress is not None:
            progress(pages, len(expected))
    if pages != len(expected):
        raise Refused("PAGES_DIFFER", found=pages, expected=len(expected))
    return Proof(pages, count, dpi)


def read_codes(pdf: bytes, dpi: int = COARSEST_DPI) -> list[list[str]]:
    """Give the text of every Code 128 symbol on each page, rendered at ``dpi``."""
    return list(_decoded(pdf, dpi))


def _compare(found: list[str], expected: Sequence[str], page: int) -> None:
    wrong = Counter(expected) - Counter(found) or Counter(found) - Counter(expected)
    if wrong:
        raise Refused("LABEL_UNREADABLE", label=shown(next(iter(wrong))), page=page)


def _decoded(pdf: bytes, dpi: int) -> Iterator[list[str]]:
    document = pypdfium2.PdfDocument(pdf)
    try:
        for page in document:
            yield _read(_image(page, dpi))
    finally:
        document.close()


def _image(page: Any, dpi: int) -> Any:  # noqa: ANN401  # pypdfium2 and numpy meet here untyped
    return page.render(scale=dpi / 72, grayscale=True).to_numpy()


def _read(image: Any) -> list[str]:  # noqa: ANN401  # an array, see above
    found = zxingcpp.read_barcodes(image, formats=zxingcpp.BarcodeFormat.Code128)
    return [symbol.text for symbol in found if symbol.valid]
