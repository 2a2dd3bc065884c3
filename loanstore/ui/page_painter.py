"""Painting finished pages onto a printer of the system: dot by dot at its own resolution, nothing fitted or shifted."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QMarginsF, QObject, QRectF, QSizeF, Signal
from PySide6.QtGui import QImage, QPageLayout, QPageSize, QPainter

from loanstore.domain.errors import PrinterUnusable

if TYPE_CHECKING:
    from PySide6.QtPrintSupport import QPrinter

    from loanstore.operations.printing import PagePicture
    from loanstore.ui.background import Lane

FINEST: Final = 600
"""Dots per inch beyond which nothing is gained: a page's picture grows by the square."""


class PagePainter(QObject):
    """Paints one PDF, page by page; between two pages others have their turn.

    ``finished`` tells that the printer has it all, ``failed`` why it has not.
    """

    finished = Signal()
    failed = Signal(object)

    def __init__(self, pdf: bytes, printer: QPrinter, lane: Lane) -> None:
        super().__init__()
        self._pdf = pdf
        self._printer = printer
        self._lane = lane
        self._painter = QPainter()
        self._dpi = min(printer.resolution(), FINEST)

    def start(self) -> None:
        """Begin with the first page."""
        self._printer.setFullPage(True)
        self._next(0)

    def _next(self, number: int) -> None:
        def work() -> PagePicture | None:
            from loanstore.operations import printing

            return printing.page_picture(self._pdf, number, self._dpi)

        self._lane.ask(work, lambda page: self._paint(page, number), self._broke)

    def _paint(self, page: PagePicture | None, number: int) -> None:
        if page is None:
            self._painter.end()
            self.finished.emit()
            return
        if not self._begin_page(page):
            self._broke(PrinterUnusable("PRINT_FAILED", queue=self._printer.printerName(), reason="the driver"))
            return
        image = QImage(page.pixels, page.width, page.height, 4 * page.width, QImage.Format.Format_RGB32)
        # At the printer's own resolution a dot of the picture is one of the printer's.
        larger = self._printer.resolution() / self._dpi
        self._painter.drawImage(QRectF(0, 0, page.width * larger, page.height * larger), image)
        self._next(number + 1)

    def _begin_page(self, page: PagePicture) -> bool:
        """Set the paper to the page's own size before it is begun; the same paper needs no word."""
        size = QPageSize(QSizeF(page.across, page.down), QPageSize.Unit.Point, "", QPageSize.SizeMatchPolicy.ExactMatch)
        layout = QPageLayout(size, QPageLayout.Orientation.Portrait, QMarginsF())
        layout.setMode(QPageLayout.Mode.FullPageMode)
        self._printer.setPageLayout(layout)
        return self._printer.newPage() if self._painter.isActive() else self._painter.begin(self._printer)

    def _broke(self, error: Exception) -> None:
        if self._painter.isActive():
            self._printer.abort()
            self._painter.end()
        self.failed.emit(error)
