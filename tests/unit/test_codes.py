"""What a barcode says: compared, checked, made, and told from what a person types."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loanstore.domain import codes
from loanstore.domain.codes import ALPHABET, Command

PREFIXES = st.text("ABCDEFGHIJKLMNOPQRSTUVWXYZ", min_size=2, max_size=2)
NUMBERS = st.integers(1, codes.LARGEST_NUMBER)


def test_the_code_in_the_contract_is_the_one_that_is_made() -> None:
    assert codes.make("CM", 4217) == "CM-004217-S"


@given(PREFIXES, NUMBERS)
def test_a_code_made_here_is_read_back_as_it_was_made(prefix: str, number: int) -> None:
    shown = codes.make(prefix, number)
    form = codes.normalise(shown)
    assert codes.is_sound(form)
    assert codes.is_ours(form, prefix)
    assert codes.own_number(form, prefix) == number
    assert codes.shown(form) == shown
    assert codes.body_form(codes.case_form(form)) == form
    assert codes.body_form(form) is None


@given(PREFIXES, NUMBERS, st.data())
def test_every_single_wrong_character_is_found(prefix: str, number: int, data: st.DataObject) -> None:
    form = codes.normalise(codes.make(prefix, number))
    place = data.draw(st.integers(0, len(form) - 1))
    wrong = data.draw(st.sampled_from([c for c in ALPHABET if c != form[place]]))
    assert not codes.is_sound(form[:place] + wrong + form[place + 1 :])


@given(PREFIXES, NUMBERS)
def test_swapped_digits_are_found_unless_they_follow_each_other_in_the_alphabet(prefix: str, number: int) -> None:
    """ISO 7064's hybrid systems miss one swap in about six hundred: that of two neighbours such as 8 and 9."""
    form = codes.normalise(codes.make(prefix, number))
    for place in range(len(form) - 1):
        one, two = form[place], form[place + 1]
        if one != two and codes.is_sound(form[:place] + two + one + form[place + 2 :]):
            assert abs(ALPHABET.index(one) - ALPHABET.index(two)) == 1


def test_hardly_any_swap_of_neighbouring_digits_goes_unfound() -> None:
    swaps = missed = 0
    for number in range(1, codes.LARGEST_NUMBER, 97):
        form = codes.normalise(codes.make("CM", number))
        for place in range(2, 7):
            if form[place] != form[place + 1]:
                swaps += 1
                missed += codes.is_sound(form[:place] + form[place + 1] + form[place] + form[place + 2 :])
    assert missed * 100 < swaps


@given(st.text())
def test_no_text_whatever_upsets_the_reading(text: str) -> None:
    read = codes.clean(text)
    form = codes.normalise(read)
    assert set(form) <= set(ALPHABET)
    assert codes.normalise(form) == form
    codes.looks_like_code(read)
    codes.read_command(read)
    codes.shown(form)
    codes.run_together(form, "CM")
    assert codes.own_number(form, "CM") is None or codes.is_ours(form, "CM")


@given(st.text("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcxyz -\r\n\t]", max_size=30))
def test_blanks_case_and_hyphens_never_make_a_difference(text: str) -> None:
    spread = "".join(f" {c.lower()}-" for c in codes.normalise(text))
    assert codes.normalise(spread) == codes.normalise(text)


@pytest.mark.parametrize("added", ["{}\r\n", "  {}\t", "]C1{}", "\x02{}\x03", "{}\r", "\ufeff{}"])
def test_what_a_scanner_adds_is_shrugged_off(added: str) -> None:
    assert codes.clean(added.format("CM004217S")) == "CM004217S"


def test_a_prefix_and_suffix_that_were_set_are_taken_off() -> None:
    assert codes.clean("~~CM004217S##", prefix="~~", suffix="##") == "CM004217S"


@pytest.mark.parametrize("prefix", ["C", "CMX", "cm", "C1", "", "ÄÖ"])
def test_a_prefix_is_two_capital_letters(prefix: str) -> None:
    with pytest.raises(ValueError, match=re.escape(repr((prefix, 1)))):
        codes.make(prefix, 1)


@pytest.mark.parametrize("number", [0, -1, 1_000_000])
def test_numbers_run_from_1_to_999999(number: int) -> None:
    with pytest.raises(ValueError, match=str(number)):
        codes.make("CM", number)


@pytest.mark.parametrize("text", ["CM004217S", "12", "A-0042/7", "VLN_17", "3.2"])
def test_a_text_without_blanks_and_with_a_digit_may_be_a_code(text: str) -> None:
    assert codes.looks_like_code(text)


@pytest.mark.parametrize(
    "text", ["Drama", "Sam Drama", "12 Example Row", "O'Drama", "sam@example.org", "Łódź1", "", "7" * 41]
)
def test_a_name_an_address_and_a_novel_are_no_codes(text: str) -> None:
    assert not codes.looks_like_code(text)


def test_two_codes_run_together_are_told_from_one() -> None:
    one, two = (codes.normalise(codes.make("CM", n)) for n in (1, 2))
    assert codes.run_together(one + two, "CM")
    assert codes.run_together(one + "C" + two, "CM")
    assert not codes.run_together(one, "CM")
    assert not codes.run_together(one + two[:4], "CM")


@pytest.mark.parametrize("command", [c for c in Command if c not in codes.NUMBERED])
def test_a_command_is_read_with_or_without_its_hyphen(command: Command) -> None:
    for text in (f"LSCMD-{command}", f"lscmd{command.lower()}"):
        read = codes.read_command(text)
        assert read is not None
        assert (read.command, read.number) == (command, None)


@pytest.mark.parametrize("number", range(1, 10))
def test_an_accessory_is_named_by_its_number(number: int) -> None:
    read = codes.read_command(f"LSCMD-MISSING-{number}")
    assert read is not None
    assert (read.command, read.number) == (Command.MISSING, number)


@pytest.mark.parametrize(
    "text", ["LSCMD", "LSCMD-", "LSCMD-LEND-1", "LSCMD-MISSING", "LSCMD-MISSING-0", "LSCMD-DANCE", "LEND", ""]
)
def test_anything_else_is_no_command(text: str) -> None:
    assert codes.read_command(text) is None
