"""Misspelt words: which ones are taken for which, and which line comes nearest."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loanstore.domain.likeness import alike, begins_like, distance, slips, slips_allowed

KNOWN = (
    "stentor",
    "primavera",
    "oakfield",
    "oakwood",
    "school",
    "smith",
    "smyth",
    "violin",
    "viola",
    "clarinet",
    "bach",
)
LETTERS = st.text("abcdefgh", min_size=1, max_size=9)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("stentro", ("stentor",)),
        ("oakfeild", ("oakfield",)),
        ("clarnet", ("clarinet",)),
        ("primavrea", ("primavera",)),
        ("voilin", ("violin",)),
        ("smoth", ("smith", "smyth")),
    ],
)
def test_a_misspelt_word_stands_for_those_nearest_to_it(typed: str, meant: tuple[str, ...]) -> None:
    assert alike(typed, KNOWN) == meant


def test_a_misspelling_is_known_before_it_is_typed_to_its_end() -> None:
    assert alike("oakfei", KNOWN) == ("oakfield",)


@pytest.mark.parametrize("typed", ["bch", "xyzzy", "trumpet"])
def test_what_is_short_or_far_from_everything_stands_for_nothing(typed: str) -> None:
    assert alike(typed, KNOWN) == ()


@given(LETTERS, LETTERS)
def test_slips_are_the_same_both_ways_and_none_only_between_equals(one: str, other: str) -> None:
    assert slips(one, other, 9) == slips(other, one, 9)
    assert (slips(one, other, 9) == 0) == (one == other)


@given(LETTERS, LETTERS, st.integers(0, 3))
def test_counting_stops_one_past_the_most_that_matters(one: str, other: str, most: int) -> None:
    assert slips(one, other, most) == min(slips(one, other, 9), most + 1)


def test_two_letters_swapped_are_one_slip() -> None:
    assert slips("ei", "ie", 2) == 1


def test_a_long_word_may_be_misspelt_twice_and_a_short_one_not_at_all() -> None:
    assert [slips_allowed(word) for word in ("bow", "cello", "clarinet")] == [0, 1, 2]
    assert begins_like("bow", "bow") is None


def test_the_nearest_line_bears_the_words_themselves_then_holds_them_then_is_like_them() -> None:
    lines = (["violin", "4177"], ["violin", "0417733"], ["viola", "9"], ["violni", "4177"])
    order = sorted(lines, key=lambda line: distance(["violin", "4177"], line))
    assert order == [["violin", "4177"], ["violin", "0417733"], ["violni", "4177"], ["viola", "9"]]
