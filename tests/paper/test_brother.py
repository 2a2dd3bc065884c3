"""Labels for Brother's QL printers, read back by a library that others keep: the roll, the dots and the bars."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import numpy as np
import pytest
import zxingcpp
from brother_ql.labels import ALL_LABELS, FormFactor
from brother_ql.reader import BrotherQLReader

from loanstore.domain.errors import Refused
from loanstore.domain.printers import BROTHER_DPI as DPI
from loanstore.domain.printers import PrinterKind, PrinterProfile, calibration
from loanstore.paper.brother import ROLLS, Roll, instructions, roll_for
from loanstore.paper.label_sheets import Setup, make_label_sheet
from loanstore.paper.raster import Dots, dots

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from loanstore.domain.label_stocks import LabelStock
    from loanstore.domain.labels import Label

HEAD = 720
QL = PrinterProfile("ql", "Brother QL", kind=PrinterKind.BROTHER, dpi=203)
KEYS = ["brother-dk-11201", "brother-dk-11204", "brother-dk-11209", "brother-dk-22205"]


def images(sent: bytes, folder: Path) -> list[np.ndarray[tuple[int, ...], np.dtype[np.uint8]]]:
    """Have the library read instructions, and give its pictures, black being 0, as they come out of the printer.

    Its reader keeps the rows of one page above those of the next.
    """
    from PIL import Image

    reader = BrotherQLReader(io.BytesIO(sent))
    reader.filename_fmt = str(folder / "label{counter:02d}.png")
    reader.analyse()
    return [np.asarray(Image.open(path).convert("L")) for path in sorted(folder.glob("label*.png"))]


@pytest.mark.parametrize("key", KEYS)
def test_every_label_of_a_roll_reads_back_at_its_exact_size(
    key: str, stocks: dict[str, LabelStock], label: Callable[..., Label], fonts: Path, tmp_path: Path
) -> None:
    made = [label(number) for number in (1, 4217, 999999)]
    sheet = make_label_sheet(made, stocks[key], Setup(printer=calibration(QL)), fonts=fonts)
    seen = images(instructions(dots(sheet.pdf, DPI), key), tmp_path)
    spec = ROLLS[key]
    long = spec.printable_length or round(sheet.stock.page_height * DPI / 25.4) - 2 * spec.feed
    assert [image.shape for image in seen] == [(long, HEAD), (2 * long, HEAD), (3 * long, HEAD)]
    found = [[one.text for one in zxingcpp.read_barcodes(image[-long:].copy())] for image in seen]
    assert found == [[one.code] for one in made]


def test_a_dot_lands_where_it_was_drawn_counted_from_the_labels_middle(tmp_path: Path) -> None:
    wide, high = round(62 * DPI / 25.4), round(29 * DPI / 25.4)
    black = np.zeros((high, wide), dtype=np.uint8)
    black[high // 2, wide // 2 + 100] = 1
    page = Dots(wide, high, tuple(np.packbits(row).tobytes() for row in black))
    (seen,) = images(instructions([page], "brother-dk-11209"), tmp_path)
    ((down, across),) = np.argwhere(seen == 0)
    spec = ROLLS["brother-dk-11209"]
    middle = HEAD - spec.right - spec.printable_width / 2
    assert across - middle == pytest.approx(100, abs=1)
    assert down - spec.printable_length / 2 == pytest.approx(0, abs=1)


@pytest.mark.parametrize("spec", ROLLS.values(), ids=ROLLS.keys())
def test_a_rolls_figures_are_those_that_others_print_with(spec: Roll) -> None:
    plain = [one for one in ALL_LABELS if one.form_factor in {FormFactor.DIE_CUT, FormFactor.ENDLESS}]
    theirs = [one for one in plain if one.tape_size == (spec.width, spec.length)]
    assert (spec.printable_width, spec.printable_length, spec.right, spec.feed) in {
        (*one.dots_printable, one.offset_r, one.feed_margin) for one in theirs
    }


def test_a_label_that_fits_no_roll_is_refused_and_a_roll_is_known_by_its_size() -> None:
    assert roll_for("", 62, 29) == (ROLLS["brother-dk-11209"], False)
    assert roll_for("", 90, 29) == (ROLLS["brother-dk-11201"], True)
    assert roll_for("brother-dk-22205", 62, 29) == (ROLLS["brother-dk-22205"], False)
    with pytest.raises(Refused, match="NO_BROTHER_ROLL"):
        roll_for("", 210, 297)
    with pytest.raises(Refused, match="NO_BROTHER_ROLL"):
        roll_for("brother-dk-11204", 62, 29)
