"""The proof: pages drawn as a printer would draw them, and every barcode on them read back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import pypdfium2
import zxingcpp

from loanstore.domain.codes import shown
from loanstore.domain.errors import Refused
from loanstore.domain.labels import COARSEST_DPI

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from loanstore.domain.labels import Placed

_MM_PER_INCH: Final = 25.4


@dataclass(frozen=True, slots=True)
class Proof:
    """What was read back: how many barcodes on how many pages, at how many dots per inch."""

    pages: int
    barcodes: int
    dpi: int


def prove(
    pdf: bytes,
    expected: Sequence[Sequence[Placed]],
    *,
    dpi: int = COARSEST_DPI,
    progress: Callable[[int, int], None] | None = None,
) -> Proof:
    """Read every label of ``pdf`` back from its own place; ``expected`` says what lies where on each page.

    Label by label, since a reader takes one code standing several times in a column for one. Only a PDF that
    passed may be called verified. Raises Refused LABEL_UNREADABLE, naming the first label that is not there as
    it should be, and PAGES_DIFFER where the number of pages is another.
    """
    document = pypdfium2.PdfDocument(pdf)
    try:
        if len(document) != len(expected):
            raise Refused("PAGES_DIFFER", found=len(document), expected=len(expected))
        for number, (page, labels) in enumerate(zip(document, expected, strict=True), 1):
            _prove_page(_image(page, dpi), labels, number, dpi)
            if progress is not None:
                progress(number, len(expected))
    finally:
        document.close()
    return Proof(len(expected), sum(map(len, expected)), dpi)


def _prove_page(image: Any, labels: Sequence[Placed], number: int, dpi: int) -> None:  # noqa: ANN401  # see _image
    for label in labels:
        found = _read(_cut(image, label, dpi / _MM_PER_INCH))
        if found != [label.code]:
            raise Refused("LABEL_UNREADABLE", label=shown(label.code), page=number)


def _cut(image: Any, label: Placed, scale: float) -> Any:  # noqa: ANN401  # see _image
    """Cut one label out of its page; ``scale`` is dots a millimetre."""
    top, left = round(label.top * scale), round(label.left * scale)
    bottom, right = round((label.top + label.height) * scale), round((label.left + label.width) * scale)
    return image[max(top, 0) : bottom, max(left, 0) : right].copy()


def read_codes(pdf: bytes, dpi: int = COARSEST_DPI) -> list[list[str]]:
    """Give the text of every Code 128 symbol on each page, rendered at ``dpi``."""
    return list(_decoded(pdf, dpi))


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
