"""Labels in a Zebra printer's words: the bars are the proved ones, in whole dots, and no name is ever a command."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
import zxingcpp
from hypothesis import given
from hypothesis import strategies as st

from loanstore.domain.errors import Refused
from loanstore.domain.label_sheets import calibrated
from loanstore.domain.printers import PrinterKind, PrinterProfile, calibration
from loanstore.paper.barcodes import symbol, symbol_values
from loanstore.paper.label_sheets import make_label_sheet
from loanstore.paper.raster import dots
from loanstore.paper.zpl import ZplLabels, bar_data, escaped, is_plain
from tests.helpers import zpl

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from loanstore.domain.label_stocks import LabelStock
    from loanstore.domain.labels import Label

ZEBRA = PrinterProfile("zebra", "Zebra", kind=PrinterKind.ZPL, dpi=203)
codes = st.text("0123456789ABCMSXZ", min_size=1, max_size=14)
words = st.text(st.characters(codec="utf-8", exclude_categories=["Cs"]), max_size=30)


@pytest.fixture
def roll(stocks: dict[str, LabelStock]) -> LabelStock:
    """Labels of 57 x 32 mm, one after another."""
    return stocks["zebra-57x32"]


def read(image: object) -> list[str]:
    return [found.text for found in zxingcpp.read_barcodes(image, formats=zxingcpp.BarcodeFormat.Code128)]


@given(codes)
def test_the_printer_draws_the_very_symbol_of_the_page(code: str) -> None:
    assert tuple(zpl.values(bar_data(code).decode())) == symbol_values(code)
    # The symbol's own characters, the check character and the stop of thirteen modules.
    assert symbol(code).modules == 11 * (len(symbol_values(code)) + 1) + 13


@given(words)
def test_whatever_a_name_holds_the_printer_takes_none_of_it_for_a_command(text: str) -> None:
    sent = escaped(text)
    assert set(sent) <= set(range(32, 127)) - set(b"^~\\")
    back = re.sub(rb"_([0-9A-F]{2})", lambda two: bytes.fromhex(two[1].decode()), sent)
    assert back.decode() == text


@pytest.mark.parametrize("dpi", [203, 300, 600])
def test_a_label_reads_back_and_its_bars_are_whole_dots(
    dpi: int, roll: LabelStock, label: Callable[..., Label], fonts: Path
) -> None:
    made = label(4217, "Violin 1/2 ^XZ ~JR_\\")
    sent = ZplLabels(roll, dpi, fonts).words(made)
    (one,) = zpl.labels(sent)
    fields = zpl.fields(one)
    (barred,) = [field for field in fields if "^BC" in field.commands]
    drawn = zpl.bars(barred)
    assert read(drawn) == [made.code]
    wide, high = round(57 * dpi / 25.4), round(32 * dpi / 25.4)
    assert f"^PW{wide}^LL{high}" in one
    # Ten modules of white are part of the drawing; the whole of it lies on the label.
    module = int(re.search(r"\^BY(\d+)", barred.commands)[1])  # type: ignore[index]  # a field without it fails the test
    assert module * 25.4 / dpi >= 0.25
    assert barred.x >= 10 * module
    assert barred.x - 10 * module + drawn.shape[1] <= wide
    assert [field.data for field in fields if "^A0" in field.commands] == [
        "Violin 1/2 ^XZ ~JR_\\\\",
        made.detail,
        made.shown,
        made.owner,
    ]
    assert all(0 <= field.y < high for field in fields)


def test_the_printers_correction_moves_everything_by_whole_dots(
    roll: LabelStock, label: Callable[..., Label], fonts: Path
) -> None:
    plain = ZplLabels(roll, 203, fonts).words(label(1))
    askew = calibrated(roll, calibration(replace(ZEBRA, offset_x=1.0, offset_y=-0.5)))
    moved = ZplLabels(askew, 203, fonts).words(label(1))
    steps = {
        (there.x - here.x, there.y - here.y)
        for here, there in zip(zpl.fields(zpl.labels(plain)[0]), zpl.fields(zpl.labels(moved)[0]), strict=True)
    }
    assert steps == {(8, -4)}


@pytest.mark.parametrize(("name", "plain"), [("Siân", True), ("Ŵyn", False), ("李", False), ("أحمد", False)])
def test_what_the_printers_font_may_lack_is_sent_as_a_picture_that_reads_back(
    name: str, *, plain: bool, roll: LabelStock, label: Callable[..., Label], fonts: Path
) -> None:
    made = label(4217, name)
    assert is_plain(made) is plain
    page = make_label_sheet([made], roll, fonts=fonts).pdf
    (drawn,) = dots(page, 203)
    (one,) = zpl.labels(ZplLabels(roll, 203, fonts).picture(drawn))
    seen = zpl.picture(one)
    assert seen.shape[0] == round(32 * 203 / 25.4)
    assert seen.shape[1] // 8 == -(-round(57 * 203 / 25.4) // 8)
    assert read((1 - seen) * 255) == [made.code]


def test_a_label_too_small_for_its_code_is_refused(roll: LabelStock, label: Callable[..., Label], fonts: Path) -> None:
    narrow = replace(roll, width=25.0, page_width=25.0)
    with pytest.raises(Refused, match="LABEL_TOO_SMALL"):
        ZplLabels(narrow, 203, fonts).words(label(1))
