"""Done once and for all: on every stock a full sheet of the longest codes reads back, straight, turned and blurred."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from io import BytesIO
from typing import TYPE_CHECKING, Any

import numpy as np
import pypdfium2
import pytest
import zxingcpp
from PIL import Image, ImageFilter
from pypdf import PdfReader

from loanstore.assets import resources
from loanstore.domain import codes
from loanstore.domain.errors import Refused
from loanstore.domain.label_stocks import load_stocks
from loanstore.domain.labels import Calibration, Label
from loanstore.paper.barcodes import symbol
from loanstore.paper.exact import grey_dots
from loanstore.paper.label_drawing import Extras
from loanstore.paper.label_sheets import Setup, SheetResult, make_label_sheet
from loanstore.paper.proof import prove

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from loanstore.domain.label_stocks import LabelStock

STOCKS = load_stocks((resources() / "label_stocks.json").read_text("utf-8"))
PER_INCH = 25.4
QR = "https://fenland.example.org/found"


def longest_first() -> list[str]:
    """Give the numbers of codes made here whose symbols are the longest, and as different as can be."""
    made = [codes.normalise(codes.make("FM", 999_999 - 7 * number)) for number in range(400)]
    longest = max(symbol(code).modules for code in made)
    return [code for code in made if symbol(code).modules == longest]


def full_sheet(stock: LabelStock, fonts: Path, **setup: Any) -> SheetResult:
    labels = [
        Label(code, codes.shown(code), "Double bass 3/4", "Stentor Student II", "Property of Fenland Music Hub")
        for code in longest_first()[: stock.per_page]
    ]
    return make_label_sheet(labels, stock, Setup(**setup), fonts=fonts)


def scanned(sheet: SheetResult, dpi: int, hand: Callable[[Image.Image], Image.Image]) -> list[list[str]]:
    """Give what is read of each label of the first page after a hand held the scanner as it did."""
    document = pypdfium2.PdfDocument(sheet.pdf)
    page = Image.fromarray(grey_dots(document[0], dpi))
    document.close()
    found = []
    for one in sheet.placed[0]:
        sides = (one.left, one.top, one.left + one.width, one.top + one.height)
        left, top, right, bottom = (round(side * dpi / PER_INCH) for side in sides)
        seen = hand(page.crop((left, top, right, bottom)))
        read = zxingcpp.read_barcodes(np.asarray(seen), formats=zxingcpp.BarcodeFormat.Code128)
        found.append([symbol.text for symbol in read if symbol.valid])
    return found


def turned(label: Image.Image) -> Image.Image:
    return label.rotate(2, Image.Resampling.BILINEAR, expand=True, fillcolor=255)


def blurred(label: Image.Image) -> Image.Image:
    return label.filter(ImageFilter.GaussianBlur(0.7))


@pytest.mark.parametrize("dpi", [203, 300])
@pytest.mark.parametrize("key", sorted(STOCKS))
def test_a_full_sheet_of_the_longest_codes_reads_straight_turned_and_blurred(key: str, dpi: int, fonts: Path) -> None:
    sheet = full_sheet(STOCKS[key], fonts)
    wanted = [[one.code] for one in sheet.placed[0]]
    assert len(wanted) == STOCKS[key].per_page
    assert prove(sheet, dpi=dpi).barcodes == len(wanted)
    assert scanned(sheet, dpi, turned) == wanted
    assert scanned(sheet, dpi, blurred) == wanted


@pytest.mark.parametrize("dpi", [203, 300, 600])
def test_a_sheet_is_proved_at_the_resolution_of_its_printer(dpi: int, fonts: Path) -> None:
    sheet = full_sheet(STOCKS["avery-l7651"], fonts, printer=Calibration(dpi=dpi))
    assert (prove(sheet).dpi, prove(sheet).barcodes) == (dpi, 65)


def test_bars_made_thinner_for_a_thermal_head_read_as_that_head_prints_them(fonts: Path) -> None:
    for key in ("zebra-51x25", "dymo-99010", "avery-l7651"):
        sheet = full_sheet(STOCKS[key], fonts, printer=Calibration(dpi=203, bar_width_reduction=0.12))
        assert prove(sheet).barcodes == STOCKS[key].per_page


def test_a_head_that_takes_more_than_a_bar_has_is_refused(fonts: Path) -> None:
    with pytest.raises(Refused) as refusal:
        full_sheet(STOCKS["zebra-51x25"], fonts, printer=Calibration(bar_width_reduction=0.2))
    assert refusal.value.code == "BARS_VANISH"


def test_pages_read_by_several_threads_are_proved_in_their_order_and_a_fault_is_named(fonts: Path) -> None:
    labels = [Label(code, code, "Violin") for code in longest_first()[:65]] * 4
    sheet = make_label_sheet(labels, STOCKS["avery-l7651"], fonts=fonts)
    seen: list[tuple[int, int]] = []
    wrong = replace(sheet.placed[2][7], code="FM000001M")
    broken = replace(sheet, placed=(*sheet.placed[:2], (*sheet.placed[2][:7], wrong), sheet.placed[3]))
    with ThreadPoolExecutor(2) as executor:
        assert prove(sheet, executor=executor, progress=lambda *done: seen.append(done)).barcodes == 260
        with pytest.raises(Refused) as refusal:
            prove(broken, executor=executor)
    assert seen == [(1, 4), (2, 4), (3, 4), (4, 4)]
    assert refusal.value.facts == {"label": "FM-000001-M", "page": 3}


def test_a_qr_code_stands_beside_the_bars_where_there_is_room_and_reads_back(fonts: Path) -> None:
    beside = full_sheet(STOCKS["avery-l7160"], fonts, extras=Extras(QR))
    assert (beside.qr, beside.bare) == (QR, False)
    assert prove(beside, dpi=203).barcodes == prove(beside, dpi=300).barcodes == 21
    with pytest.raises(Refused) as refusal:
        prove(replace(beside, qr="https://elsewhere.example.org"))
    assert refusal.value.code == "LABEL_UNREADABLE"
    small = full_sheet(STOCKS["avery-l7651"], fonts, extras=Extras(QR))
    assert (small.qr, small.bare) == ("", True)


def test_a_logo_is_kept_once_and_drawn_on_every_label(fonts: Path) -> None:
    picture = BytesIO()
    Image.new("RGB", (90, 60), "teal").save(picture, "PNG")
    plain, marked = (
        full_sheet(STOCKS["avery-l7160"], fonts, extras=Extras(logo=logo)) for logo in (b"", picture.getvalue())
    )
    assert len(marked.pdf) < len(plain.pdf) + 3000
    document = pypdfium2.PdfDocument(marked.pdf)
    pictures = [one for one in document[0].get_objects() if one.type == pypdfium2.raw.FPDF_PAGEOBJ_IMAGE]
    assert len(pictures) == 21
    document.close()
    assert prove(marked).barcodes == 21


def test_a_text_too_long_for_a_qr_code_is_refused(fonts: Path) -> None:
    with pytest.raises(Refused) as refusal:
        full_sheet(STOCKS["avery-l7160"], fonts, extras=Extras("x" * 200))
    assert refusal.value.code == "QR_TOO_LONG"


def test_a_continuous_roll_is_cut_to_what_its_tallest_label_needs(fonts: Path) -> None:
    roll = STOCKS["brother-dk-22205"]
    short = make_label_sheet([Label("FM004217Z", "FM-004217-Z", "")], roll, fonts=fonts)
    tall = make_label_sheet([Label("FM004217Z", "FM-004217-Z", "Violin", "Stentor", "Hub")] * 2, roll, fonts=fonts)
    assert short.stock.height < tall.stock.height <= 40
    assert (tall.pages, tall.next_start) == (2, 1)
    page = PdfReader(BytesIO(tall.pdf)).pages[0].mediabox
    assert float(page.width) * PER_INCH / 72 == pytest.approx(62, abs=0.01)
    assert float(page.height) * PER_INCH / 72 == pytest.approx(tall.stock.height, abs=0.01)


def test_a_viewer_is_told_not_to_scale_what_it_prints(fonts: Path) -> None:
    sheet = full_sheet(STOCKS["avery-l7651"], fonts)
    preferences = PdfReader(BytesIO(sheet.pdf)).viewer_preferences
    assert preferences is not None
    assert str(preferences["/PrintScaling"]) == "/None"


def test_a_page_of_65_takes_less_than_three_kilobytes_beyond_fonts(fonts: Path) -> None:
    sizes = []
    for pages in (2, 12):
        made = [codes.make("FM", number) for number in range(1, 65 * pages + 1)]
        labels = [Label(codes.normalise(code), code, "Violin 1/2", "Stentor", "Property of Fenland") for code in made]
        sizes.append(len(make_label_sheet(labels, STOCKS["avery-l7651"], fonts=fonts).pdf))
    assert (sizes[1] - sizes[0]) / 10 < 3000
