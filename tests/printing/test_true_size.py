"""A real print queue: what goes out by the program's own way comes out at true size; a queue that fails says so."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

from loanstore.assets import resources
from loanstore.domain.errors import PrinterUnusable
from loanstore.domain.printers import Parcel, ruler
from loanstore.operations import calibrating, labelling, printing
from loanstore.operations.printing import Place
from loanstore.paper.pdfium import page_sizes
from loanstore.paper.proof import read_codes
from loanstore.paper.raster import dots
from loanstore.paper.ruler import draw_ruler
from tests.helpers import cups
from tests.helpers.network_printer import listening

if TYPE_CHECKING:
    from typing import Any

    from tests.helpers.cups import PrintSystem
    from tests.helpers.made_up import MadeUp

DPI = 600
MM = DPI / 25.4
TRUE = 0.2
"""Millimetres by which a print may differ from what was drawn."""
HERE = Place("", {})


def page(pdf: bytes) -> Any:
    """Draw a one-page PDF in dots, black being 1."""
    (drawn,) = dots(pdf, DPI)
    rows = np.frombuffer(b"".join(drawn.rows), dtype=np.uint8).reshape(drawn.height, -1)
    return np.unpackbits(rows, axis=1)[:, : drawn.width]


def edges(line: Any) -> tuple[float, float]:
    """Give where the first black begins and the last one ends along a line of dots, in millimetres."""
    at = np.flatnonzero(line)
    return at[0] / MM, (at[-1] + 1) / MM


def test_the_ruler_page_comes_out_of_a_page_printer_with_every_mark_in_its_place(system: PrintSystem) -> None:
    target = system.printer("office", cups.PDF)
    sheet = ruler(210, 297)
    printing.send(Parcel("Ruler", draw_ruler(sheet, "Office", fonts=resources() / "fonts"), "office", paper=(210, 297)))
    system.wait_until_printed()
    ((width, height),) = page_sizes(target.read_bytes())
    assert (width * 25.4 / 72, height * 25.4 / 72) == pytest.approx((210, 297), abs=TRUE)
    seen = page(target.read_bytes())
    half = 0.15
    left, right = edges(seen[round(297 * 0.3 * MM)])
    top, bottom = edges(seen[:, round(210 * 0.26 * MM)])
    assert (left + half, 210 - right + half) == pytest.approx((20, 20), abs=TRUE)
    assert (top + half, 297 - bottom + half) == pytest.approx((20, 20), abs=TRUE)


def test_a_sheet_of_labels_comes_out_where_it_was_drawn_and_reads(system: PrintSystem, made_up: MadeUp) -> None:
    target = system.printer("office", cups.PDF)
    calibrating.add(made_up.desk, "Office", {"queue": "office", "stock": "avery-l7651"})
    for _n in range(65):
        made_up.instrument("Violin", size="1/2", make="Made-up")
    job = printing.make_job(made_up.desk, labelling.Wanted(new=True), HERE).result
    printing.send(job.parcel)
    system.wait_until_printed()
    drawn, seen = page(job.sheet.pdf), page(target.read_bytes())
    assert seen.shape == pytest.approx(drawn.shape, abs=TRUE * MM)
    for axis in (0, 1):
        assert edges(seen.any(axis=axis)) == pytest.approx(edges(drawn.any(axis=axis)), abs=TRUE)
    # Sheet against sheet, dot by dot within the tolerance: no label has moved on its own.
    assert _farthest(drawn, seen) <= TRUE
    assert sorted(read_codes(target.read_bytes(), 300)[0]) == sorted(label.code for label in job.sheet.drawn)


def _farthest(drawn: Any, seen: Any) -> float:
    """Give how far, in millimetres, the outer bars of the labels of one row lie from where they were drawn."""
    down = round(21 * MM)
    found = []
    for row in (round(20 * MM), round(20 * MM) + 11 * down):
        mine, printed = (np.flatnonzero(np.diff(image[row].astype(int))) / MM for image in (drawn, seen))
        assert len(mine) == len(printed)
        found.append(np.abs(mine - printed).max())
    return float(max(found))


def test_a_queue_that_is_not_there_or_does_not_go_is_said_in_words(system: PrintSystem) -> None:
    system.printer("office", cups.PDF)
    label = Parcel("Labels", draw_ruler(ruler(69, 95), "", fonts=resources() / "fonts"), "office", paper=(69, 95))
    assert "office" in printing.queues()
    with pytest.raises(PrinterUnusable) as unknown:
        printing.send(Parcel("Labels", b"%PDF", "attic"))
    assert unknown.value.code == "QUEUE_UNKNOWN"
    assert "office" in unknown.value.facts["known"]  # type: ignore[operator]  # the names of the queues
    system.admin("cupsdisable", "-r", "Out of labels", "office")
    with pytest.raises(PrinterUnusable) as stopped:
        printing.send(label)
    assert (stopped.value.code, stopped.value.facts["reason"]) == ("QUEUE_STOPPED", "Out of labels")
    system.admin("cupsenable", "office")
    system.admin("cupsreject", "office")
    with pytest.raises(PrinterUnusable) as refused:
        printing.send(label)
    assert refused.value.code == "PRINT_FAILED"
    assert "not accepting" in str(refused.value.facts["reason"])
    system.admin("cupsaccept", "office")
    printing.send(label)
    system.wait_until_printed()


def test_a_paper_that_the_driver_can_not_print_is_said(system: PrintSystem) -> None:
    system.printer("broken", cups.ZEBRA)
    with pytest.raises(PrinterUnusable) as failed:
        printing.send(Parcel("Labels", b"%PDF-1.4 and nothing more", "broken"))
    assert (failed.value.code, failed.value.facts["reason"]) == ("PRINT_FAILED", "No pages were found")
    system.admin("cancel", "-a", "broken")


def test_raw_words_reach_the_printer_untouched(system: PrintSystem) -> None:
    words = b"^XA^CI28^FO8,8^A0N,20,20^FH_^FDSi_C3_A2n^FS^XZ\n" * 500
    with listening() as (printer, got):
        system.printer_at("raw", cups.ZEBRA, f"socket://127.0.0.1:{printer}")
        printing.send(Parcel("Labels", words, "raw", raw=True))
        system.wait_until_printed()
    assert b"".join(got) == words
