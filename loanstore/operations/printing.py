"""Labels on their way to a printer: drawn for it, proved, and put into the words that it takes."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from loanstore.domain.errors import Refused
from loanstore.domain.printers import BROTHER_DPI, Parcel, PrinterKind, calibration
from loanstore.i18n import _
from loanstore.operations import calibrating, labelling
from loanstore.operations.desk import Done
from loanstore.operations.papers import fonts
from loanstore.spool import sending

if TYPE_CHECKING:
    from collections.abc import Mapping

    from loanstore.domain.label_stocks import LabelStock
    from loanstore.domain.printers import PrinterProfile
    from loanstore.domain.progress import Progress
    from loanstore.operations.desk import Desk
    from loanstore.operations.labelling import LabelSheet, Wanted


@dataclass(frozen=True, slots=True)
class LabelJob:
    """Labels made for one printer: their proved pages, and what is sent there."""

    printer: PrinterProfile
    sheet: LabelSheet
    parcel: Parcel


@dataclass(frozen=True, slots=True)
class Place:
    """Where labels go from this machine: the printer it chose, and what queues are called here, by printer."""

    printer: str
    queues: Mapping[str, str]

    def queue_of(self, profile: PrinterProfile) -> str:
        """Give the name of a printer's queue on this machine."""
        return self.queues.get(profile.key, profile.queue)


def make_job(
    desk: Desk, wanted: Wanted, place: Place, start: int | None = None, progress: Progress | None = None
) -> Done[LabelJob]:
    """Make labels for this machine's label printer, on the stock it holds, and note them as printed.

    Without a ``start`` they go on with the part-used sheet of that stock.

    Raises Refused NO_LABEL_PRINTER, PRINTER_WITHOUT_STOCK, NOT_ON_A_ROLL, NO_BROTHER_ROLL, and what
    ``labelling.make_labels`` raises.
    """
    profile = calibrating.label_printer(desk, place.printer)
    if not profile.stock:
        raise Refused("PRINTER_WITHOUT_STOCK", name=profile.name)
    parcels: list[Parcel] = []

    def pack(sheet: LabelSheet) -> None:
        parcels.append(replace(parcel_of(desk, profile, sheet), queue=place.queue_of(profile)))

    onto = labelling.Onto(profile.stock, start, calibration(profile))
    done = labelling.make_labels(desk, wanted, onto, progress=progress, keep=pack)
    return Done(LabelJob(profile, done.result, parcels[0]), done.changed)


def reprint(desk: Desk, code: str, place: Place) -> Done[LabelJob]:
    """Make the label of one code again, for this machine's label printer; as ``make_job`` refuses."""
    return make_job(desk, labelling.Wanted((code,)), place)


def parcel_of(desk: Desk, profile: PrinterProfile, sheet: LabelSheet) -> Parcel:
    """Put a proved sheet into the words that a printer takes; to which queue it goes is said later.

    Raises Refused NOT_ON_A_ROLL or NO_BROTHER_ROLL.
    """
    from loanstore.paper.raster import dots

    stock = sheet.stock
    if profile.kind is PrinterKind.PAGE:
        return Parcel(_("Labels"), sheet.pdf, "", paper=_paper_of(stock))
    if stock.per_page != 1:
        raise Refused("NOT_ON_A_ROLL", name=profile.name, stock=stock.name)
    if profile.kind is PrinterKind.BROTHER:
        from loanstore.paper import brother

        return Parcel(_("Labels"), brother.instructions(dots(sheet.pdf, BROTHER_DPI), stock.key), "", raw=True)
    from loanstore.paper.zpl import ZplLabels, is_plain

    writer = ZplLabels(stock, profile.dpi, fonts(desk))
    if sheet.bare and all(is_plain(label) for label in sheet.drawn):
        each = [writer.words(label) for label in sheet.drawn]
    else:
        each = [writer.picture(page) for page in dots(sheet.pdf, profile.dpi)]
    return Parcel(_("Labels"), b"".join(each), "", raw=True)


def _paper_of(stock: LabelStock) -> tuple[float, float]:
    """Give the paper as it lies in the printer: on a turned roll, a label's width runs along the feed."""
    return (stock.page_height, stock.page_width) if stock.turned else (stock.page_width, stock.page_height)


@dataclass(frozen=True, slots=True)
class PagePicture:
    """A page in dots, four bytes each (blue, green, red, unused), and its size in points."""

    width: int
    height: int
    pixels: bytes
    across: float
    down: float


def page_picture(pdf: bytes, number: int, dpi: int) -> PagePicture | None:
    """Draw a page of a PDF, the first being 0; None past the last."""
    from loanstore.paper import pdfium, raster

    sizes = pdfium.page_sizes(pdf)
    if number >= len(sizes):
        return None
    drawn = raster.picture(pdf, number, dpi)
    return PagePicture(drawn.width, drawn.height, drawn.pixels, *sizes[number])


def send(parcel: Parcel) -> None:
    """Send a paper to its printer and see it taken; raises PrinterUnusable, as ``spool.sending`` tells."""
    sending.send(parcel)


def takes_queues() -> bool:
    """Tell whether this machine prints through queues that take a finished page, as Linux and macOS do."""
    return sending.has_queues()


def queues() -> tuple[str, ...]:
    """Name the queues of this machine."""
    return sending.queues()
