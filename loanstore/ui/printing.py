"""Papers leave the desk: to the printer that the settings name, else opened to be printed from there."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtPrintSupport import QPrintDialog, QPrinter, QPrinterInfo

from loanstore.domain.errors import FileUnusable
from loanstore.domain.printers import Parcel
from loanstore.ui.background import Lane
from loanstore.ui.page_painter import PagePainter

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

KEPT_SECONDS: Final = 24 * 60 * 60
"""A paper names people: the copy that was opened is deleted after a day."""


def open_file(path: Path) -> None:
    """Open a file with whatever this machine opens such files with."""
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))


def send_parcel(parcel: Parcel) -> None:
    """Send a paper to its printer; raises PrinterUnusable."""
    from loanstore.operations import printing

    printing.send(parcel)


def takes_queues() -> bool:
    """Tell whether this machine prints through queues that take a finished page."""
    from loanstore.operations import printing

    return printing.takes_queues()


def ask_printer(title: str) -> QPrinter | None:
    """Let a person choose a printer in the system's own dialog; None where they leave it."""
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setDocName(title)
    dialog = QPrintDialog(printer)
    dialog.setObjectName("printDialog")
    dialog.setWindowTitle(title)
    return printer if dialog.exec() else None


def named_printer(name: str, title: str) -> QPrinter | None:
    """Give a printer of the system by its name; None where there is none such."""
    info = QPrinterInfo.printerInfo(name)
    if info.isNull():
        return None
    printer = QPrinter(info, QPrinter.PrinterMode.HighResolution)
    printer.setDocName(title)
    return printer


class Papers(QObject):
    """Gives out papers. ``printer`` is a queue of the machine's; an empty one opens the paper instead.

    ``printed`` carries the name of a paper that its printer took, ``failed`` why one was not taken. Neither keeps the
    window waiting.
    """

    printed = Signal(str)
    failed = Signal(object)

    def __init__(
        self,
        folder: Path,
        printer: str = "",
        *,
        show: Callable[[Path], None] = open_file,
        send: Callable[[Parcel], None] = send_parcel,
        choose: Callable[[str], QPrinter | None] = ask_printer,
    ) -> None:
        super().__init__()
        self._folder = folder
        self._printer = printer
        self._show = show
        self._send = send
        self._choose = choose
        self._takes_queues: Callable[[], bool] = takes_queues
        self._sending: Lane | None = None
        self._drawing: Lane | None = None
        self._painters: set[PagePainter] = set()

    def print_on(self, printer: str) -> None:
        """Print on another queue; an empty one opens papers instead."""
        self._printer = printer

    def draw_in(self, lane: Lane) -> None:
        """Draw pages in the lane where they are proved: what draws them can do one at a time."""
        self._drawing = lane

    def give_out(self, name: str, pdf: bytes) -> Path:
        """Print or open a paper and give its file; raises FileUnusable where it can't be written."""
        path = self._folder / f"{name}.pdf"
        try:
            self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            path.write_bytes(pdf)
        except OSError as error:
            raise FileUnusable("FILE_NOT_WRITTEN", file=str(path), reason=error.strerror or str(error)) from None
        if self._printer:
            self.hand_over(Parcel(name, pdf, self._printer))
        else:
            self._show(path)
        return path

    def hand_over(self, parcel: Parcel) -> None:
        """Send a paper, or labels, to their printer.

        A page goes to a queue as it is; where the system has none, it is painted onto the printer of that name. Without
        a queue a person is asked for a printer.
        """
        if parcel.raw or (parcel.queue and self._takes_queues()):
            self._send_off(parcel)
            return
        printer = named_printer(parcel.queue, parcel.title) if parcel.queue else None
        printer = printer or self._choose(parcel.title)
        if printer is not None:
            self.paint(parcel, printer)

    def paint(self, parcel: Parcel, printer: QPrinter) -> None:
        """Paint a PDF onto a printer of the system, at its true size."""
        painter = PagePainter(parcel.content, printer, self._drawing or self._lane())
        self._painters.add(painter)

        def over() -> None:
            self._painters.discard(painter)

        painter.finished.connect(over)
        painter.failed.connect(over)
        painter.finished.connect(lambda: self.printed.emit(parcel.title))
        painter.failed.connect(self.failed.emit)
        painter.start()

    def clear_old(self) -> None:
        """Delete the papers of days before."""
        limit = time.time() - KEPT_SECONDS
        for path in self._folder.glob("*.pdf") if self._folder.is_dir() else ():
            try:
                if path.stat().st_mtime < limit:
                    path.unlink()
            except OSError:
                continue

    def close(self) -> None:
        """Send what is still to be sent."""
        lane, self._sending = self._sending, None
        if lane is not None:
            lane.stop()

    def _send_off(self, parcel: Parcel) -> None:
        self._lane().ask(lambda: self._send(parcel), lambda _none: self.printed.emit(parcel.title), self.failed.emit)

    def _lane(self) -> Lane:
        if self._sending is None:
            self._sending = Lane("loanstore-printer")
        return self._sending
