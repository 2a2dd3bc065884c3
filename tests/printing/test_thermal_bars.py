"""Labels through the drivers of thermal printers: every bar keeps its width in dots, and the label its size."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

import numpy as np
import pytest
import zxingcpp
from barcode.charsets import code128

from loanstore.operations import calibrating, labelling, printing
from loanstore.operations.printing import Place
from loanstore.paper.barcodes import symbol_values
from loanstore.paper.raster import dots
from tests.helpers import cups, zpl

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path
    from typing import Any

    from loanstore.operations.printing import LabelJob
    from tests.helpers.cups import PrintSystem
    from tests.helpers.made_up import MadeUp

HERE = Place("", {})
TRUE = 0.2
"""Millimetres by which a print may differ from what was drawn."""
ONE_DOT = 25.4 / 203
"""What CUPS' way from a page to dots adds to each bar: it blackens every dot that a bar touches."""


def widths(code: str) -> list[int]:
    """Give the widths of a symbol's bars and spaces, in modules, from its first bar to its last."""
    values = symbol_values(code)
    check = (values[0] + sum(place * value for place, value in enumerate(values[1:], 1))) % 103
    pattern = "".join(code128.CODES[value] for value in (*values, check)) + code128.STOP + "11"
    return [len(list(run)) for _figure, run in groupby(pattern)]


def runs(image: Any) -> Iterator[list[int]]:
    """Give the runs of dots of each row, from its first black to its last, in black and white by turns."""
    for row in image:
        black = np.flatnonzero(row)
        if len(black):
            yield [len(list(run)) for _value, run in groupby(row[black[0] : black[-1] + 1])]


def bars_of(image: Any, code: str) -> list[list[int]]:
    """Give the runs of the rows that hold as many bars as a symbol: only those of the symbol do."""
    wanted = len(widths(code))
    return [row for row in runs(image) if len(row) == wanted]


def printed(system: PrintSystem, made_up: MadeUp, driver: str, said: dict[str, object]) -> tuple[LabelJob, Path]:
    """Print one label on a printer with a driver, and give what was made and what came out."""
    target = system.printer("thermal", driver)
    calibrating.add(made_up.desk, "Thermal", {"queue": "thermal", **said})
    made_up.instrument("Violin", size="1/2")
    job = printing.make_job(made_up.desk, labelling.Wanted(new=True), HERE).result
    printing.send(job.parcel)
    system.wait_until_printed()
    return job, target


@pytest.mark.parametrize("stock", ["zebra-57x32", "zebra-51x25"])
def test_every_bar_keeps_its_width_through_the_zebra_driver(system: PrintSystem, made_up: MadeUp, stock: str) -> None:
    said = {"dpi": 203, "stock": stock, "bar_width_reduction": ONE_DOT}
    job, target = printed(system, made_up, cups.ZEBRA, said)
    (label,) = job.sheet.drawn
    image = zpl.picture(target.read_text("ascii"))
    found = bars_of(image, label.code)
    assert len(found) > 5 / ONE_DOT
    module = found[0][0] // widths(label.code)[0]
    assert module * ONE_DOT >= 0.25
    assert {tuple(row) for row in found} == {tuple(module * width for width in widths(label.code))}
    assert [one.text for one in zxingcpp.read_barcodes((1 - image) * 255)] == [label.code]


def test_without_the_reduction_the_driver_makes_every_bar_a_dot_wider(system: PrintSystem, made_up: MadeUp) -> None:
    job, target = printed(system, made_up, cups.ZEBRA, {"dpi": 203, "stock": "zebra-57x32"})
    (label,) = job.sheet.drawn
    found = bars_of(zpl.picture(target.read_text("ascii")), label.code)
    exact = [2 * width for width in widths(label.code)]
    assert found
    assert all(row != exact for row in found)


def test_a_zebra_label_comes_out_at_its_true_size_and_in_its_place(system: PrintSystem, made_up: MadeUp) -> None:
    said = {"dpi": 203, "stock": "zebra-57x32", "bar_width_reduction": ONE_DOT}
    job, target = printed(system, made_up, cups.ZEBRA, said)
    sent = target.read_text("ascii")
    wide = int(sent.partition("^PW")[2].split()[0])
    # CUPS knows the size of a page in whole points, and a point is more than a third of a millimetre.
    assert wide * ONE_DOT == pytest.approx(57, abs=25.4 / 72)
    image = zpl.picture(sent)
    assert image.shape[0] * ONE_DOT == pytest.approx(32, abs=25.4 / 72)
    assert ink(image, 203) == pytest.approx(ink(page_of(job, 203), 203), abs=TRUE)


def test_a_dymo_label_lies_along_its_roll_reads_and_has_its_true_size(system: PrintSystem, made_up: MadeUp) -> None:
    said = {"dpi": 300, "stock": "dymo-99012", "bar_width_reduction": 25.4 / 300}
    job, target = printed(system, made_up, cups.DYMO, said)
    (label,) = job.sheet.drawn
    image = dymo_dots(target.read_bytes())
    assert [one.text for one in zxingcpp.read_barcodes((1 - image) * 255)] == [label.code]
    left, top, right, bottom = ink(np.rot90(image), 300)
    wanted = ink(page_of(job, 300), 300)
    assert (right - left, bottom - top) == pytest.approx((wanted[2] - wanted[0], wanted[3] - wanted[1]), abs=TRUE)


def page_of(job: LabelJob, dpi: int) -> Any:
    """Draw the proved page in dots, black being 1."""
    (drawn,) = dots(job.sheet.pdf, dpi)
    rows = np.frombuffer(b"".join(drawn.rows), dtype=np.uint8).reshape(drawn.height, -1)
    return np.unpackbits(rows, axis=1)[:, : drawn.width]


def ink(image: Any, dpi: int) -> tuple[float, float, float, float]:
    """Give left, top, right and bottom of what is black, in millimetres."""
    across, down = (np.flatnonzero(image.any(axis=axis)) * 25.4 / dpi for axis in (0, 1))
    return across[0], down[0], across[-1], down[-1]


def dymo_dots(sent: bytes) -> Any:
    """Read what a LabelWriter is sent: ESC D sets the bytes of a row, SYN begins one, ESC f skips some."""
    across, rows, at = 0, [], 0
    while at < len(sent):
        if sent[at] == 0x16:
            rows.append(sent[at + 1 : at + 1 + across])
            at += 1 + across
        elif sent[at : at + 2] == b"\x1bD":
            across = sent[at + 2]
            at += 3
        elif sent[at : at + 2] == b"\x1bf":
            rows += [bytes(across)] * sent[at + 3]
            at += 4
        else:
            at += {b"\x1bL": 4, b"\x1bB": 3, b"\x1bQ": 4}.get(sent[at : at + 2], 2) if sent[at] == 0x1B else 1
    return np.unpackbits(np.frombuffer(b"".join(rows), dtype=np.uint8).reshape(len(rows), -1), axis=1)
