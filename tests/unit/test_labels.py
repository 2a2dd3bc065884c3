"""Label sheets as arithmetic: positions, sheets, the next free label, and how wide bars may be."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loanstore.assets import resources
from loanstore.domain.bars import module_width
from loanstore.domain.errors import Refused
from loanstore.domain.label_layout import Contents, require_layout
from loanstore.domain.label_sheets import corner, next_start, split
from loanstore.domain.label_stocks import Feed, LabelStock, load_stocks
from loanstore.domain.labels import Label

STOCKS = load_stocks((resources() / "label_stocks.json").read_text("utf-8"))
SMALL, LARGE = STOCKS["avery-l7651"], STOCKS["avery-l7160"]
LABEL = Label("FM004217Z", "FM-004217-Z", "Violin")


@pytest.mark.parametrize("shape", [s for s in STOCKS.values() if s.feed is Feed.SHEET], ids=lambda s: s.key)
def test_every_sheet_lies_centred_and_whole_on_its_sheet(shape: LabelStock) -> None:
    right, bottom = corner(shape, shape.per_page)
    assert shape.page_width - right - shape.width == pytest.approx(shape.left, abs=0.05)
    assert shape.page_height - bottom - shape.height == pytest.approx(shape.top, abs=0.05)


def test_labels_are_counted_along_the_row() -> None:
    assert corner(SMALL, 1) == (4.75, 10.7)
    assert corner(SMALL, 5) == pytest.approx((167.15, 10.7))
    assert corner(SMALL, 6) == pytest.approx((4.75, 31.9))


@pytest.mark.parametrize(
    ("count", "start", "following"), [(1, 1, 2), (65, 1, 1), (64, 1, 65), (6, 60, 1), (7, 60, 2), (1, 65, 1)]
)
def test_the_next_start_is_the_first_free_label(count: int, start: int, following: int) -> None:
    assert next_start(SMALL, count, start) == following


@given(st.integers(1, 300), st.integers(1, 65))
def test_every_label_has_a_place_of_its_own_and_none_is_lost(count: int, start: int) -> None:
    labels = [Label(str(n), str(n), "") for n in range(count)]
    sheets = split(labels, SMALL, start)
    assert [label for sheet in sheets for label in sheet] == labels
    assert all(sheets)
    assert len(sheets[0]) <= 65 - start + 1
    assert all(len(sheet) == 65 for sheet in sheets[1:-1])
    used = (len(sheets[-1]) + (start - 1 if len(sheets) == 1 else 0)) % 65
    assert next_start(SMALL, count, start) == used + 1


def test_a_start_outside_the_sheet_is_refused() -> None:
    with pytest.raises(Refused) as refusal:
        split([LABEL], LARGE, 22)
    assert (refusal.value.code, refusal.value.facts["start"]) == ("START_OUTSIDE_SHEET", 22)


def test_bars_are_whole_dots_of_203_dpi_where_no_printer_is_named() -> None:
    assert module_width(123, SMALL.safe_width) == pytest.approx(2 * 25.4 / 203)
    assert module_width(123, LARGE.safe_width) == pytest.approx(3 * 25.4 / 203)


@pytest.mark.parametrize(("dpi", "dots"), [(203, 2), (300, 3), (600, 6)])
def test_bars_are_whole_dots_of_the_printer_that_is_named(dpi: int, dots: int) -> None:
    assert module_width(123, SMALL.safe_width, dpi) == pytest.approx(dots * 25.4 / dpi)


def test_the_label_of_a_case_is_too_long_for_the_small_stock() -> None:
    assert module_width(134, SMALL.safe_width) is None
    assert module_width(134, LARGE.safe_width) is not None


@given(st.integers(20, 250), st.floats(20, 100), st.sampled_from([None, 203, 300, 600]))
def test_a_symbol_with_its_quiet_zones_never_exceeds_the_width(modules: int, width: float, dpi: int | None) -> None:
    module = module_width(modules, width, dpi)
    if module is not None:
        assert module >= 0.25
        assert (modules + 20) * module <= width + 1e-6


def test_a_symbol_too_long_is_refused_with_the_stocks_that_would_do() -> None:
    with pytest.raises(Refused) as refusal:
        require_layout(LABEL, Contents(178), SMALL, [SMALL, LARGE])
    assert refusal.value.code == "LABEL_TOO_SMALL"
    assert refusal.value.facts == {"label": "FM-004217-Z", "stock": SMALL.name, "fitting": ("avery-l7160",)}
