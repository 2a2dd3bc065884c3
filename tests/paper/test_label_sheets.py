"""Label sheets: each label lies where the maker cut it, says what it should, and reads back."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO
from typing import TYPE_CHECKING

import pypdfium2
import pytest
from pypdf import PdfReader

from loanstore.domain.errors import Refused
from loanstore.paper.commands import command_labels
from loanstore.paper.label_sheets import Setup, make_label_sheet
from loanstore.paper.proof import prove, read_codes

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from loanstore.domain.label_stocks import LabelStock
    from loanstore.domain.labels import Label

MM = 25.4 / 72


def test_labels_run_on_to_a_second_sheet_and_say_where_the_next_begins(
    fonts: Path, stocks: dict[str, LabelStock], label: Callable[..., Label]
) -> None:
    seen: list[tuple[int, int]] = []
    labels = [label(n) for n in range(1, 11)]
    sheet = make_label_sheet(
        labels, stocks["avery-l7651"], Setup(start=60), fonts=fonts, progress=lambda *p: seen.append(p)
    )
    assert (sheet.labels, sheet.pages, sheet.next_start) == (10, 2, 5)
    assert [len(page) for page in read_codes(sheet.pdf)] == [6, 4]
    assert seen == [(6, 10), (10, 10)]


def test_the_figures_below_the_bars_are_the_shown_code(
    fonts: Path, stocks: dict[str, LabelStock], label: Callable[..., Label]
) -> None:
    sheet = make_label_sheet([label(4217, "Cello 1/2")], stocks["avery-l7160"], fonts=fonts)
    text = PdfReader(BytesIO(sheet.pdf)).pages[0].extract_text()
    for part in ("FM-004217-Z", "Cello 1/2", "Made-up Student", "Fenland Music Hub"):
        assert part in text


def test_a_long_name_is_shrunk_and_then_cut_never_printed_over_the_edge(
    fonts: Path, stocks: dict[str, LabelStock], label: Callable[..., Label]
) -> None:
    stock = stocks["avery-l7651"]
    sheet = make_label_sheet([label(1, "Contrabassoon " * 8)], stock, fonts=fonts)
    document = pypdfium2.PdfDocument(sheet.pdf)
    page = document[0]
    for thing in page.get_objects():
        left, _bottom, right, _top = thing.get_bounds()
        assert stock.left < left * MM < right * MM < stock.left + stock.width
    assert "…" in page.get_textpage().get_text_range()
    document.close()


def test_the_same_labels_give_the_same_bytes(
    fonts: Path, stocks: dict[str, LabelStock], label: Callable[..., Label]
) -> None:
    first, second = (make_label_sheet([label(1)], stocks["avery-l7160"], fonts=fonts) for _ in range(2))
    assert first.pdf == second.pdf


def test_a_code_too_long_for_the_stock_is_refused_with_the_stocks_that_would_do(
    fonts: Path, stocks: dict[str, LabelStock]
) -> None:
    missing = next(label for label in command_labels() if label.shown == "LSCMD-MISSING-1")
    with pytest.raises(Refused) as refusal:
        make_label_sheet([missing], stocks["avery-l7651"], Setup(others=tuple(stocks.values())), fonts=fonts)
    assert refusal.value.code == "LABEL_TOO_SMALL"
    fitting = str(refusal.value.facts["fitting"])
    assert "avery-l7160" in fitting
    assert "avery-l7651" not in fitting


def test_every_command_fits_a_large_label_and_reads_back(fonts: Path, stocks: dict[str, LabelStock]) -> None:
    sheet = make_label_sheet(command_labels(), stocks["avery-l7160"], fonts=fonts)
    assert prove(sheet).barcodes == 39


@pytest.mark.parametrize("start", [0, -3, 66])
def test_a_start_outside_the_sheet_is_refused(
    start: int, fonts: Path, stocks: dict[str, LabelStock], label: Callable[..., Label]
) -> None:
    with pytest.raises(Refused) as refusal:
        make_label_sheet([label(1)], stocks["avery-l7651"], Setup(start=start), fonts=fonts)
    assert refusal.value.code == "START_OUTSIDE_SHEET"
    assert refusal.value.facts["last"] == 65


def test_no_labels_make_no_sheet(fonts: Path, stocks: dict[str, LabelStock]) -> None:
    with pytest.raises(Refused) as refusal:
        make_label_sheet([], stocks["avery-l7651"], fonts=fonts)
    assert refusal.value.code == "NO_LABELS"


def test_a_label_that_does_not_read_back_is_named(
    fonts: Path, stocks: dict[str, LabelStock], label: Callable[..., Label]
) -> None:
    sheet = make_label_sheet([label(1), label(2)], stocks["avery-l7651"], fonts=fonts)
    with pytest.raises(Refused) as refusal:
        prove(replace(sheet, placed=((sheet.placed[0][0], replace(sheet.placed[0][1], code=label(3).code)),)))
    assert refusal.value.code == "LABEL_UNREADABLE"
    assert refusal.value.facts == {"label": "FM-000003-I", "page": 1}


def test_one_label_many_times_on_a_sheet_is_read_each_time(
    fonts: Path, stocks: dict[str, LabelStock], label: Callable[..., Label]
) -> None:
    sheet = make_label_sheet([label(1)] * 65, stocks["avery-l7651"], fonts=fonts)
    assert prove(sheet).barcodes == 65


def test_bars_too_narrow_for_the_printer_fail_the_proof(
    fonts: Path, stocks: dict[str, LabelStock], label: Callable[..., Label]
) -> None:
    sheet = make_label_sheet([label(1)], stocks["avery-l7651"], fonts=fonts)
    with pytest.raises(Refused) as refusal:
        prove(sheet, dpi=72)
    assert refusal.value.code == "LABEL_UNREADABLE"


@pytest.mark.parametrize("pages", [0, 2])
def test_a_page_too_few_or_too_many_fails_the_proof(
    pages: int, fonts: Path, stocks: dict[str, LabelStock], label: Callable[..., Label]
) -> None:
    sheet = make_label_sheet([label(1)], stocks["avery-l7651"], fonts=fonts)
    with pytest.raises(Refused) as refusal:
        prove(replace(sheet, pages=pages, placed=sheet.placed * pages))
    assert refusal.value.code == "PAGES_DIFFER"
