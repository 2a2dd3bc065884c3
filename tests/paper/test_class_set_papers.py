"""The papers of a class set, parsed back: the list to tick off, and the letter to a school in July."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from io import BytesIO
from typing import TYPE_CHECKING

import pytest
from pypdf import PdfReader

from loanstore.domain import codes
from loanstore.domain.agreements import Party
from loanstore.domain.letters import FlawedItem, MissingItem, ReturnsLetter, SetReturn, SetSheet, SheetRow
from loanstore.paper.letter import draw_returns_letter, set_words
from loanstore.paper.proof import read_codes
from loanstore.paper.set_list import draw_set_list

if TYPE_CHECKING:
    from pathlib import Path

OWNER = "Fenland Music Hub"
SET_CODE = codes.normalise(codes.make("FM", 900))


def code(number: int) -> str:
    return codes.normalise(codes.make("FM", number))


def text_of(pdf: bytes) -> str:
    return "\n".join(page.extract_text() for page in PdfReader(BytesIO(pdf)).pages)


def sheet(count: int, **changes: object) -> SetSheet:
    rows = tuple(SheetRow(n, code(n), "Violin 1/2", f"S{n:03d}", f"Zoë Example {n}", "") for n in range(1, count + 1))
    made = SetSheet(SET_CODE, "Year 4 violins", OWNER, "Oakfield Primary School", rows, date(2027, 7, 17))
    return replace(made, **changes)  # type: ignore[arg-type]  # the fields are named by the tests themselves


def item(position: int, *, lost: bool = False) -> MissingItem:
    return MissingItem(position, code(position), "Violin 1/2", f"S{position:03d}", date(2027, 7, 16), lost=lost)


@pytest.fixture
def letter() -> ReturnsLetter:
    missing = tuple(item(n) for n in (4, 11, 19))
    flawed = (
        FlawedItem(7, code(7), "Violin 1/2", "S007", ("bow", "rosin"), (), ""),
        FlawedItem(9, code(9), "Violin 1/2", "S009", (), ("bridge",), "worn"),
        FlawedItem(12, code(12), "Violin 1/2", "S012"),
    )
    return ReturnsLetter(
        Party(OWNER),
        Party("Oakfield Primary School", ("1 Example Road", "CB0 0ZZ")),
        (SetReturn("Year 4 violins", SET_CODE, 30, 27, missing),),
        flawed,
        2,
        date(2027, 7, 17),
    )


@pytest.mark.parametrize("dpi", [203, 300])
def test_thirty_stand_on_one_page_and_every_bar_is_read_back(fonts: Path, dpi: int) -> None:
    pdf = draw_set_list(sheet(30), fonts=fonts)
    (page,) = read_codes(pdf, dpi)
    assert sorted(page) == sorted([SET_CODE, *(code(n) for n in range(1, 31))])


def test_a_line_says_the_number_the_code_the_kind_and_the_pupil(fonts: Path) -> None:
    text = text_of(draw_set_list(sheet(30), fonts=fonts))
    for part in ("Year 4 violins", "30 instruments, with Oakfield Primary School", "Violin 1/2", "Zoë Example 30"):
        assert part in text
    assert codes.shown(code(17)) in text
    assert "S017" in text


def test_a_set_of_seventy_flows_over_pages_each_with_the_code_of_the_set(fonts: Path) -> None:
    pages = read_codes(draw_set_list(sheet(70), fonts=fonts), 203)
    assert all(SET_CODE in page for page in pages)
    assert sum(len(page) - 1 for page in pages) == 70


def test_a_number_too_long_for_bars_is_still_written(fonts: Path) -> None:
    rows = (SheetRow(1, "A" * 40, "Violin", "", "", "in repair"),)
    text = text_of(draw_set_list(sheet(0, rows=rows, holder=""), fonts=fonts))
    assert "in repair" in text
    assert "1 instrument" in text


def test_the_letter_says_how_many_are_back_and_which_are_missing(letter: ReturnsLetter, fonts: Path) -> None:
    pdf = draw_returns_letter(letter, fonts=fonts)
    text = text_of(pdf)
    assert "Year 4 violins: 27 of 30 back; missing: 4, 11, 19." in text
    for n in (4, 11, 19):
        assert codes.shown(code(n)) in text
        assert f"S{n:03d}" in text
    for part in ("Oakfield Primary School", "1 Example Road", "16 Jul 2027", "2 other instruments are still on loan"):
        assert part in text
    assert "Page 1 of 1" in text
    assert read_codes(pdf, 203) == [[SET_CODE]]


def test_the_letter_says_what_was_damaged_or_lacking_and_what_to_do(letter: ReturnsLetter, fonts: Path) -> None:
    text = text_of(draw_returns_letter(letter, fonts=fonts))
    for part in ("bow, rosin", "bridge, worn", "needs attention", "Please look for the parts", "Bring what you find"):
        assert part in text


def test_a_school_that_brought_everything_is_thanked_and_asked_nothing(letter: ReturnsLetter, fonts: Path) -> None:
    whole = replace(letter, sets=(SetReturn("Year 4 violins", SET_CODE, 30, 30, ()),), flawed=(), others_out=0)
    text = text_of(draw_returns_letter(whole, fonts=fonts))
    assert "30 of 30 back." in text
    assert "Everything is back and complete. Thank you." in text
    assert "What we ask of you" not in text


def test_what_was_declared_lost_says_so_and_what_has_no_number_is_counted() -> None:
    lost = SetReturn("", "", 3, 2, (replace(item(4, lost=True), position=0),))
    assert set_words(lost) == "Single instruments: 2 of 3 back; 1 is missing."


def test_the_same_letter_gives_the_same_bytes(letter: ReturnsLetter, fonts: Path) -> None:
    assert draw_returns_letter(letter, fonts=fonts) == draw_returns_letter(letter, fonts=fonts)


def test_a_letter_for_a_hundred_missing_flows_over_pages(letter: ReturnsLetter, fonts: Path) -> None:
    many = SetReturn("Year 4 violins", SET_CODE, 120, 20, tuple(item(n) for n in range(1, 101)))
    pages = PdfReader(BytesIO(draw_returns_letter(replace(letter, sets=(many,)), fonts=fonts))).pages
    assert len(pages) > 1
    assert codes.shown(code(100)) in "".join(page.extract_text() for page in pages)
