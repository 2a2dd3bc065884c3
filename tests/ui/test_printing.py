"""Papers and labels go to their printer without keeping the window waiting; a page is painted at its true size."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from PySide6.QtGui import QPageSize
from PySide6.QtPrintSupport import QPrinter

from loanstore.assets import resources
from loanstore.domain.errors import PrinterUnusable
from loanstore.domain.label_stocks import load_stocks
from loanstore.domain.printers import Parcel, ruler
from loanstore.paper.commands import command_labels
from loanstore.paper.label_sheets import make_label_sheet
from loanstore.paper.pdfium import page_sizes
from loanstore.paper.proof import read_codes
from loanstore.paper.raster import dots
from loanstore.paper.ruler import draw_ruler
from loanstore.ui.printing import Papers, named_printer
from tests.helpers.bench import WAIT

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

LABEL = Parcel("labels", b"^XA^XZ", "zebra", raw=True)
MM = 72 / 25.4


class Printer:
    """Stands in for the way to the printer: notes what was sent, or refuses it."""

    def __init__(self) -> None:
        self.sent: list[Parcel] = []
        self.trouble = False

    def __call__(self, parcel: Parcel) -> None:
        self.sent.append(parcel)
        if self.trouble:
            raise PrinterUnusable("QUEUE_STOPPED", queue=parcel.queue, reason="Out of labels")


@pytest.fixture
def printer() -> Printer:
    return Printer()


@pytest.fixture
def papers(tmp_path: Path, printer: Printer, monkeypatch: pytest.MonkeyPatch) -> Iterator[Papers]:
    monkeypatch.setattr("loanstore.ui.printing.takes_queues", lambda: True)
    made = Papers(tmp_path / "papers", "office", show=lambda _path: None, send=printer, choose=lambda _title: None)
    yield made
    made.close()


def test_with_a_printer_the_paper_is_sent_there(qtbot: QtBot, papers: Papers, printer: Printer) -> None:
    with qtbot.waitSignal(papers.printed, timeout=WAIT) as heard:
        path = papers.give_out("agreement", b"%PDF")
    assert printer.sent == [Parcel("agreement", b"%PDF", "office")]
    assert heard.args == ["agreement"]
    assert path.read_bytes() == b"%PDF"


def test_a_printer_that_refuses_is_said_and_not_passed_over(qtbot: QtBot, papers: Papers, printer: Printer) -> None:
    printer.trouble = True
    with qtbot.waitSignal(papers.failed, timeout=WAIT) as heard:
        papers.hand_over(LABEL)
    assert heard.args is not None
    assert heard.args[0].code == "QUEUE_STOPPED"


def test_what_was_asked_for_is_sent_before_the_window_is_gone(papers: Papers, printer: Printer) -> None:
    for _n in range(20):
        papers.hand_over(LABEL)
    papers.close()
    assert len(printer.sent) == 20


def test_without_a_queue_a_person_is_asked_and_may_leave_it(tmp_path: Path, printer: Printer) -> None:
    asked: list[str] = []

    def leave(title: str) -> None:
        asked.append(title)

    made = Papers(tmp_path, send=printer, choose=leave)
    made.hand_over(Parcel("labels", b"%PDF", ""))
    assert (asked, printer.sent) == (["labels"], [])


def test_where_nothing_takes_queues_an_unknown_printer_is_asked_for(
    tmp_path: Path, printer: Printer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("loanstore.ui.printing.takes_queues", lambda: False)
    asked: list[str] = []

    def leave(title: str) -> None:
        asked.append(title)

    assert named_printer("no such printer", "labels") is None
    made = Papers(tmp_path, send=printer, choose=leave)
    made.hand_over(Parcel("labels", b"%PDF", "no such printer"))
    assert (asked, printer.sent) == (["labels"], [])


@pytest.mark.parametrize("size", [(210, 297), (57, 32), (62, 29), (28, 89)])
def test_a_page_is_painted_at_its_true_size_and_nothing_is_shifted(
    size: tuple[int, int], qtbot: QtBot, papers: Papers, tmp_path: Path
) -> None:
    page = ruler(*size)
    pdf = draw_ruler(page, "", fonts=resources() / "fonts")
    target = QPrinter(QPrinter.PrinterMode.HighResolution)
    target.setOutputFileName(str(tmp_path / "out.pdf"))
    target.setResolution(300)
    target.setPageSize(QPageSize(QPageSize.PageSizeId.Letter))
    with qtbot.waitSignal(papers.printed, timeout=WAIT):
        papers.paint(Parcel("ruler", pdf, ""), target)
    painted = (tmp_path / "out.pdf").read_bytes()
    ((width, height),) = page_sizes(painted)
    assert (width / MM, height / MM) == pytest.approx(size, abs=0.2)
    (drawn,) = dots(painted, 600)
    rows = np.frombuffer(b"".join(drawn.rows), dtype=np.uint8).reshape(drawn.height, -1)
    black = np.unpackbits(rows, axis=1)
    across = np.flatnonzero(black[round(drawn.height * 0.3)]) * 25.4 / 600
    down = np.flatnonzero(black[:, round(drawn.width * 0.26)]) * 25.4 / 600
    assert (across[0], across[-1]) == pytest.approx((page.inset_x, page.width - page.inset_x), abs=0.35)
    assert (down[0], down[-1]) == pytest.approx((page.inset_y, page.height - page.inset_y), abs=0.35)


def test_every_page_is_painted(qtbot: QtBot, papers: Papers, tmp_path: Path) -> None:
    stocks_text = (resources() / "label_stocks.json").read_text("utf-8")
    roll = load_stocks(stocks_text)["dymo-99012"]
    labels = command_labels()[:4]
    sheet = make_label_sheet(labels, roll, fonts=resources() / "fonts")
    target = QPrinter(QPrinter.PrinterMode.HighResolution)
    target.setOutputFileName(str(tmp_path / "out.pdf"))
    target.setResolution(300)
    with qtbot.waitSignal(papers.printed, timeout=WAIT):
        papers.paint(Parcel("labels", sheet.pdf, ""), target)
    assert read_codes((tmp_path / "out.pdf").read_bytes(), 300) == [[label.code] for label in labels]


@pytest.mark.qt_log_ignore("QPainter::begin")
def test_a_page_that_can_not_be_drawn_is_said(qtbot: QtBot, papers: Papers, tmp_path: Path) -> None:
    target = QPrinter()
    target.setOutputFileName(str(tmp_path / "no such folder" / "out.pdf"))
    with qtbot.waitSignal(papers.failed, timeout=WAIT) as heard:
        papers.paint(Parcel("ruler", draw_ruler(ruler(57, 32), "", fonts=resources() / "fonts"), ""), target)
    assert heard.args is not None
    assert heard.args[0].code == "PRINT_FAILED"
