"""Measured in the PDF itself: bars, white and words of every label lie on its sticker, whatever start and printer."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import pypdfium2
import pytest

from loanstore.assets import resources
from loanstore.domain import codes
from loanstore.domain.errors import Refused
from loanstore.domain.label_stocks import load_stocks
from loanstore.domain.labels import NEUTRAL, Calibration, Label
from loanstore.paper.barcodes import symbol
from loanstore.paper.label_sheets import Setup, make_label_sheet

if TYPE_CHECKING:
    from pathlib import Path

    from loanstore.domain.label_stocks import LabelStock
    from loanstore.paper.label_sheets import SheetResult

MM: Final = 25.4 / 72
EXACT: Final = 0.1
STOCKS: Final = load_stocks((resources() / "label_stocks.json").read_text("utf-8"))
PRINTERS: Final = {
    "any": NEUTRAL,
    "moved": Calibration(offset_x=1.4, offset_y=-1.1, dpi=300),
    "stretched": Calibration(offset_x=-0.6, offset_y=0.9, scale_x=1.006, scale_y=0.994, dpi=600),
}
# The maker's figures once more, apart from the shipped file: columns, left, step across, width, top, step, height.
LAYOUTS: Final = {
    "avery-l7651": (5, 4.75, 40.6, 38.1, 10.7, 21.2, 21.2),
    "avery-l7636": (4, 9.7, 48.3, 45.7, 21.3, 21.2, 21.2),
    "avery-l6009": (4, 9.7, 48.3, 45.7, 21.3, 21.2, 21.2),
    "avery-l7159": (3, 7.21, 66.04, 63.5, 12.9, 33.9, 33.9),
    "avery-l4773": (3, 7.21, 66.04, 63.5, 12.9, 33.9, 33.9),
    "avery-l7160": (3, 7.21, 66.04, 63.5, 15.15, 38.1, 38.1),
    "avery-l7161": (3, 7.21, 66.04, 63.5, 8.7, 46.6, 46.6),
    "avery-l7163": (2, 4.65, 101.6, 99.1, 15.15, 38.1, 38.1),
    "avery-l7173": (2, 4.65, 101.6, 99.1, 6.0, 57.0, 57.0),
    "avery-l4737": (3, 7.21, 66.04, 63.5, 15.3, 29.6, 29.6),
}


@dataclass(frozen=True)
class Seen:
    """Something on a page, in millimetres from its top left corner."""

    bars: bool
    left: float
    top: float
    right: float
    bottom: float

    def as_cut(self, printer: Calibration) -> Seen:
        """Give where it comes to lie on the sheet, for the printer that this was drawn for."""
        x, y = printer.scale_x, printer.scale_y
        across = [(side - printer.offset_x) / x for side in (self.left, self.right)]
        down = [(side - printer.offset_y) / y for side in (self.top, self.bottom)]
        return Seen(self.bars, across[0], down[0], across[1], down[1])


def seen(sheet: SheetResult, page: int = 0) -> list[Seen]:
    document = pypdfium2.PdfDocument(sheet.pdf)
    drawn = document[page]
    height = drawn.get_height()
    kinds = {pypdfium2.raw.FPDF_PAGEOBJ_PATH: True, pypdfium2.raw.FPDF_PAGEOBJ_TEXT: False}
    found = []
    for thing in drawn.get_objects():
        left, bottom, right, top = thing.get_bounds()
        found.append(Seen(kinds[thing.type], left * MM, (height - top) * MM, right * MM, (height - bottom) * MM))
    drawn.close()
    document.close()
    return found


def sticker(key: str, number: int) -> tuple[float, float, float, float]:
    """Give the left, top, right and bottom edge of a sticker as its maker cuts it."""
    stock = STOCKS[key]
    if key not in LAYOUTS:
        return 0.0, 0.0, stock.width, stock.height
    columns, left, step_x, width, top, step_y, height = LAYOUTS[key]
    row, column = divmod(number - 1, columns)
    return left + column * step_x, top + row * step_y, left + column * step_x + width, top + row * step_y + height


def holds(edges: tuple[float, float, float, float], one: Seen, margins: tuple[float, float]) -> bool:
    left, top, right, bottom = edges
    across, down = margins[0] - EXACT, margins[1] - EXACT
    return (
        left + across <= one.left
        and one.right <= right - across
        and top + down <= one.top
        and one.bottom <= bottom - down
    )


def labels(count: int) -> list[Label]:
    made = [codes.make("FM", 999_000 + number) for number in range(count)]
    owner = "Property of the Fenland Music Hub and Friends"
    return [Label(codes.normalise(code), code, "Double bass 3/4 ÅÇjgy", "Made-up Student", owner) for code in made]


@pytest.mark.parametrize("printer", PRINTERS)
@pytest.mark.parametrize("key", sorted(STOCKS))
def test_bars_white_and_words_of_every_label_lie_on_its_sticker(key: str, printer: str, fonts: Path) -> None:
    stock, calibration = STOCKS[key], PRINTERS[printer]
    count = stock.per_page
    if not count > 1 and calibration.offset_y < -1:
        calibration = Calibration(0.3, -0.2, dpi=calibration.dpi)
    sheet = make_label_sheet(labels(count), stock, Setup(printer=calibration), fonts=fonts)
    things = [one.as_cut(calibration) for one in seen(sheet)]
    modules = {symbol(one.code).modules for one in sheet.placed[0]}
    assert sum(one.bars for one in things) == count
    taken = 0
    for number in range(1, count + 1):
        edges = _cut(key, number, sheet.stock, calibration)
        here = [one for one in things if holds(edges, one, (0, 0))]
        taken += len(here)
        (bars,) = [one for one in here if one.bars]
        module = (bars.right - bars.left) / max(modules)
        assert abs((bars.left + bars.right) / 2 - (edges[0] + edges[2]) / 2) <= EXACT
        assert bars.left - 10 * module >= edges[0] + stock.margin_x - EXACT
        assert bars.right + 10 * module <= edges[2] - stock.margin_x + EXACT
        assert all(holds(edges, one, (stock.margin_x, stock.margin_y)) for one in here)
        assert bars.bottom - bars.top >= max(5, 0.15 * (bars.right - bars.left)) - EXACT
    assert taken == len(things)


def _cut(key: str, number: int, drawn: LabelStock, printer: Calibration) -> tuple[float, float, float, float]:
    left, top, right, bottom = sticker(key, number)
    return (left, top, right, bottom or drawn.height / printer.scale_y)


@pytest.mark.parametrize("start", [1, 13, 33, 65])
def test_a_label_begins_where_it_was_told_to(start: int, fonts: Path) -> None:
    sheet = make_label_sheet(labels(1), STOCKS["avery-l7651"], Setup(start), fonts=fonts)
    edges = sticker("avery-l7651", start)
    assert all(holds(edges, one, (0, 0)) for one in seen(sheet))
    assert sheet.placed[0][0].left == pytest.approx(edges[0])
    assert sheet.placed[0][0].top == pytest.approx(edges[1])


@pytest.mark.parametrize("dpi", [203, 300, 600])
def test_bars_begin_and_end_on_whole_dots_of_the_printer(dpi: int, fonts: Path) -> None:
    for key in ("avery-l7651", "avery-l7160", "dymo-99010"):
        sheet = make_label_sheet(labels(9), STOCKS[key], Setup(printer=Calibration(dpi=dpi)), fonts=fonts)
        for one in seen(sheet):
            if one.bars:
                dots = [side * dpi / 25.4 for side in (one.left, one.right)]
                assert dots == pytest.approx([round(dot) for dot in dots], abs=0.02)


def test_a_correction_that_leaves_the_page_is_refused(fonts: Path) -> None:
    with pytest.raises(Refused) as refusal:
        make_label_sheet(labels(1), STOCKS["avery-l7173"], Setup(printer=Calibration(offset_x=-8)), fonts=fonts)
    assert refusal.value.code == "LABEL_OFF_PAGE"
