"""Barcodes: every code comes back from the rendered page as it went in."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from loanstore.assets import resources
from loanstore.domain.codes import ALPHABET
from loanstore.domain.errors import Refused
from loanstore.domain.label_stocks import load_stocks
from loanstore.domain.labels import Label
from loanstore.paper.barcodes import Symbols, symbol
from loanstore.paper.label_sheets import make_label_sheet
from loanstore.paper.proof import prove

if TYPE_CHECKING:
    from loanstore.domain.label_stocks import LabelStock

any_code = st.text(ALPHABET, min_size=1, max_size=13)
code_with_leading_99 = st.text("0123456789", max_size=10).map(lambda rest: "99" + rest)

made_here = st.from_regex(r"[A-Z]{2}[0-9]{6}[0-9A-Z]C?", fullmatch=True)


def large_labels() -> LabelStock:
    return load_stocks((resources() / "label_stocks.json").read_text("utf-8"))["avery-l7160"]


@settings(max_examples=12, deadline=None, database=None)
@given(st.lists(any_code | code_with_leading_99, min_size=1, max_size=21))
@example(["99195749", "99", "9", "990", "9999999999", "A99", "99A"])
def test_any_code_reads_back_at_203_and_300_dots_per_inch(drawn: list[str]) -> None:
    labels = [Label(code, code, "") for code in drawn]
    sheet = make_label_sheet(labels, large_labels(), fonts=resources() / "fonts")
    for dpi in (203, 300):
        assert prove(sheet, dpi=dpi).barcodes == len(drawn)


def test_a_symbol_is_the_same_each_time_it_is_made() -> None:
    assert symbol("FM004217Z") == symbol("FM004217Z")


@settings(max_examples=400, deadline=None, database=None)
@given(
    st.lists(any_code | code_with_leading_99 | st.from_regex(r"[A-Z]{2}[0-9]{6}[0-9A-Z]C?", fullmatch=True), max_size=8)
)
@example(["99195749", "99", "9", "990", "9999999999", "A99", "99A", "1A", "12A345B6789"])
def test_a_symbol_looked_up_is_the_one_that_the_library_makes(drawn: list[str]) -> None:
    table = Symbols()
    for code in [*drawn, *drawn]:
        assert table.symbol(code) == symbol(code)


def test_bars_lose_what_they_are_to_lose_half_on_either_side() -> None:
    whole, thin = (_bars(made.symbol("FM004217Z").operators) for made in (Symbols(), Symbols(0.4)))
    assert [x + 0.2 for x, _width in whole] == pytest.approx([x for x, _width in thin])
    assert [width - 0.4 for _x, width in whole] == pytest.approx([width for _x, width in thin])


def _bars(operators: str) -> list[tuple[float, float]]:
    figures = operators.replace(" re", "").split()
    return [(float(figures[at]), float(figures[at + 2])) for at in range(0, len(figures), 4)]


def test_a_store_code_is_short_enough_for_two_dots_a_module_on_a_38_mm_label() -> None:
    assert symbol("FM004217Z").modules == 123


@pytest.mark.parametrize("text", ["", "FM-004217-Z", "fm004217z", "Ł1", "A B", "1\n2", "٣٤"])
def test_only_capital_letters_and_digits_are_printed(text: str) -> None:
    with pytest.raises(Refused) as refusal:
        symbol(text)
    assert refusal.value.code == "CODE_UNPRINTABLE"
    assert refusal.value.facts == {"text": text}
