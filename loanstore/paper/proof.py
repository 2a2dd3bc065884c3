"""The proof: pages drawn as a printer would draw them, and every barcode on them read back."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import zxingcpp

from loanstore.domain.bars import COARSEST_DPI, MM_PER_INCH
from loanstore.domain.codes import shown
from loanstore.domain.errors import Refused
from loanstore.paper.exact import grey_dots
from loanstore.paper.pdfium import each_page, page_sizes

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from concurrent.futures import Executor, Future

    from loanstore.domain.labels import Placed
    from loanstore.domain.progress import Progress
    from loanstore.paper.label_sheets import SheetResult

#: Pages drawn and not yet read: each takes four megabytes and more.
_AHEAD: Final = 3
#: What is lighter than this was not touched by any bar.
_WHITE: Final = 250


@dataclass(frozen=True, slots=True)
class Proof:
    """What was read back: how many barcodes on how many pages, at how many dots per inch."""

    pages: int
    barcodes: int
    dpi: int


def prove(
    sheet: SheetResult, *, dpi: int = 0, progress: Progress | None = None, executor: Executor | None = None
) -> Proof:
    """Read every label of a sheet back from its own place, at ``dpi`` or else the resolution that it was drawn for.

    Label by label, since a reader takes one code standing several times in a column for one. Pages are drawn here, for
    PDFium works for one thread at a time, and read by the threads of ``executor`` meanwhile. Only what passed may be
    called verified. Raises Refused LABEL_UNREADABLE, naming the first label that is not there as it should be, and
    PAGES_DIFFER where the number of pages is another.
    """
    dpi = dpi or sheet.stock.dpi or COARSEST_DPI
    found = len(page_sizes(sheet.pdf))
    if found != sheet.pages:
        raise Refused("PAGES_DIFFER", found=found, expected=sheet.pages)
    drawn = each_page(sheet.pdf, lambda page: _as_printed(grey_dots(page, dpi), sheet))
    pages = (_Page(image, n, dpi, sheet) for n, image in enumerate(drawn))
    for number in _each(pages, executor):
        if progress is not None:
            progress(number, sheet.pages)
    return Proof(sheet.pages, sheet.labels, dpi)


@dataclass(frozen=True, slots=True)
class _Page:
    """A page as it was drawn, and the sheets that it is one of."""

    image: Any
    place: int
    dpi: int
    sheet: SheetResult

    def prove(self) -> int:
        """Read its labels and give its number."""
        scale = self.dpi / MM_PER_INCH
        for label in self.sheet.placed[self.place]:
            image = _cut(self.image, label, scale)
            if _read(image, straight=True) != [label.code] or (label.qr and _read_qr(image) != [self.sheet.qr]):
                raise Refused("LABEL_UNREADABLE", label=shown(label.code), page=self.place + 1)
        return self.place + 1


def _each(pages: Iterable[_Page], executor: Executor | None) -> Iterator[int]:
    """Prove pages in their order and give each one's number; only so many are drawn ahead as there are readers."""
    if executor is None:
        yield from (page.prove() for page in pages)
        return
    waiting: deque[Future[int]] = deque()
    try:
        for page in pages:
            waiting.append(executor.submit(page.prove))
            if len(waiting) > _AHEAD:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()
    finally:
        for one in waiting:
            one.cancel()


def _as_printed(image: Any, sheet: SheetResult) -> Any:  # noqa: ANN401  # see grey_dots
    """Give a page as it comes out of a head that blackens every dot it touches, where bars were drawn for one."""
    if sheet.reduction:
        image[image < _WHITE] = 0
    return image


def _cut(image: Any, label: Placed, scale: float) -> Any:  # noqa: ANN401  # see grey_dots
    """Cut one label out of its page; ``scale`` is dots a millimetre."""
    top, left = round(label.top * scale), round(label.left * scale)
    bottom, right = round((label.top + label.height) * scale), round((label.left + label.width) * scale)
    return image[max(top, 0) : bottom, max(left, 0) : right].copy()


def read_codes(pdf: bytes, dpi: int = COARSEST_DPI) -> list[list[str]]:
    """Give the text of every Code 128 symbol on each page, rendered at ``dpi``."""
    return list(_decoded(pdf, dpi))


def _decoded(pdf: bytes, dpi: int) -> Iterator[list[str]]:
    yield from map(_read, each_page(pdf, lambda page: grey_dots(page, dpi)))


def _read(image: Any, *, straight: bool = False) -> list[str]:  # noqa: ANN401  # an array, see above
    """Read the Code 128 symbols of an image; ``straight`` ones lie along it and need not be looked for otherwise."""
    found = zxingcpp.read_barcodes(
        image,
        formats=zxingcpp.BarcodeFormat.Code128,
        try_rotate=not straight,
        try_downscale=not straight,
        try_invert=False,
    )
    return [symbol.text for symbol in found if symbol.valid]


def _read_qr(image: Any) -> list[str]:  # noqa: ANN401  # an array, see above
    return [found.text for found in zxingcpp.read_barcodes(image, formats=zxingcpp.BarcodeFormat.QRCode) if found.valid]
