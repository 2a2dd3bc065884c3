"""Label stocks: what ships is sound and says its source, and a store's own words are laid over it."""

from __future__ import annotations

import json
from dataclasses import replace
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loanstore.assets import resources
from loanstore.domain.errors import FileUnusable, Refused
from loanstore.domain.label_sheets import calibrated, corner
from loanstore.domain.label_stocks import Feed, LabelStock, load_stocks, read_stock, require_sound
from loanstore.domain.labels import Calibration

SHIPPED = (resources() / "label_stocks.json").read_text("utf-8")
STOCKS = load_stocks(SHIPPED)
ROLL: dict[str, Any] = {
    "key": "own",
    "name": "Our roll",
    "maker": "",
    "source": "",
    "feed": "roll",
    "width": 40.0,
    "height": 20.0,
    "margin_x": 1.0,
    "margin_y": 1.0,
}
PER_SHEET = {
    "avery-l7651": 65,
    "avery-l7636": 48,
    "avery-l7160": 21,
    "avery-l7161": 18,
    "avery-l7163": 14,
    "avery-l7159": 24,
    "avery-l7173": 10,
    "avery-l6009": 48,
    "avery-l4773": 24,
    "avery-l4737": 27,
}
ROLLS = {
    "dymo-99010": (89, 28),
    "dymo-99012": (89, 36),
    "dymo-11354": (57, 32),
    "brother-dk-11201": (90, 29),
    "brother-dk-11204": (54, 17),
    "brother-dk-11209": (62, 29),
    "brother-dk-22205": (62, 0),
    "zebra-51x25": (51, 25),
    "zebra-57x32": (57, 32),
}


def test_the_stocks_that_ship_are_these() -> None:
    assert {key: stock.per_page for key, stock in STOCKS.items() if stock.feed is Feed.SHEET} == PER_SHEET
    rolls = {key: (stock.width, stock.height) for key, stock in STOCKS.items() if stock.feed is Feed.ROLL}
    assert rolls == ROLLS
    assert [key for key, stock in STOCKS.items() if stock.continuous] == ["brother-dk-22205"]


@pytest.mark.parametrize("stock", STOCKS.values(), ids=STOCKS.keys())
def test_every_stock_says_its_source_and_lies_whole_on_its_page_without_overlap(stock: LabelStock) -> None:
    assert len(stock.source) > 40
    assert stock.maker in stock.name
    cut = stock.cut(25)
    corners = [corner(cut, number) for number in range(1, cut.per_page + 1)]
    assert all(x >= 0 and x + cut.width <= cut.page_width + 1e-6 for x, _y in corners)
    assert all(y >= 0 and y + cut.height <= cut.page_height + 1e-6 for _x, y in corners)
    across, down = sorted({x for x, _y in corners}), sorted({y for _x, y in corners})
    assert all(b - a >= cut.width - 1e-6 for a, b in pairwise(across))
    assert all(b - a >= cut.height - 1e-6 for a, b in pairwise(down))
    assert stock.dpi if stock.feed is Feed.ROLL else not stock.dpi


def test_a_stores_own_words_are_laid_over_what_ships() -> None:
    own = {"avery-l7651": {"left": 5.0}, "own": {k: v for k, v in ROLL.items() if k != "key"}}
    known = load_stocks(SHIPPED, json.dumps(own))
    assert known["avery-l7651"] == replace(STOCKS["avery-l7651"], left=5.0)
    assert (known["own"].per_page, known["own"].page_width) == (1, 40.0)
    assert set(known) - set(STOCKS) == {"own"}


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"width": -1.0}, "STOCK_VALUE"),
        ({"width": "wide"}, "STOCK_VALUE"),
        ({"width": float("nan")}, "STOCK_VALUE"),
        ({"width": True}, "STOCK_VALUE"),
        ({"feed": "belt"}, "STOCK_VALUE"),
        ({"name": " "}, "STOCK_VALUE"),
        ({"columns": 2.5, "feed": "sheet", "page_width": 210.0}, "STOCK_VALUE"),
        ({"turned": "yes"}, "STOCK_VALUE"),
        ({"colour": "white"}, "STOCK_VALUE"),
        ({"margin_x": 17.0}, "STOCK_TOO_SMALL"),
        ({"height": 9.0}, "STOCK_TOO_SMALL"),
    ],
)
def test_a_stock_that_cant_be_is_refused_and_says_why(changes: dict[str, Any], code: str) -> None:
    with pytest.raises(Refused) as refusal:
        read_stock({**ROLL, **changes})
    assert refusal.value.code == code


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"pitch_x": 38.0}, "STOCK_OVERLAPS"),
        ({"pitch_y": 21.0}, "STOCK_OVERLAPS"),
        ({"left": 10.0}, "STOCK_OFF_PAGE"),
        ({"rows": 14}, "STOCK_OFF_PAGE"),
        ({"columns": 0}, "STOCK_TOO_SMALL"),
    ],
)
def test_labels_that_overlap_or_leave_the_page_are_refused(changes: dict[str, Any], code: str) -> None:
    with pytest.raises(Refused) as refusal:
        require_sound(replace(STOCKS["avery-l7651"], **changes))
    assert refusal.value.code == code


def test_a_figure_that_is_missing_is_named() -> None:
    with pytest.raises(Refused) as refusal:
        read_stock({**ROLL, "feed": "sheet"})
    assert refusal.value.facts["field"] == "page width"


@pytest.mark.parametrize("text", ["", "{}", "[]", '{"stocks": [{"key": "x"}]}', '{"stocks": [3]}'])
def test_a_damaged_list_of_stocks_is_refused(text: str) -> None:
    with pytest.raises(FileUnusable) as fault:
        load_stocks(text)
    assert fault.value.code == "STOCKS_UNUSABLE"


@given(st.floats(-1.5, 1.5), st.floats(-1.5, 1.5), st.floats(0.99, 1.005), st.floats(0.99, 1.005))
def test_a_correction_undoes_what_the_printer_does(x: float, y: float, across: float, down: float) -> None:
    stock = STOCKS["avery-l7160"]
    drawn = calibrated(stock, Calibration(x, y, across, down))
    for number in (1, 8, 21):
        at, cut = corner(drawn, number), corner(stock, number)
        assert (at[0] - x) / across == pytest.approx(cut[0])
        assert (at[1] - y) / down == pytest.approx(cut[1])
    assert drawn.safe_width == pytest.approx(stock.safe_width * across)
