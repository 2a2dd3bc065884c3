"""What people type into cells: dates, conditions, money, and sizes that Excel took for dates."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loanstore.assets import resources
from loanstore.domain.catalogue import Catalogue
from loanstore.domain.money import read_pence, show_pounds
from loanstore.domain.values import (
    became_date,
    is_unknown,
    looks_like_date,
    lost_digits,
    read_condition,
    read_date,
    read_day,
    read_postcode,
    repair_size,
)


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return Catalogue.load((resources() / "catalogue.json").read_text("utf-8"))


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("14/09/2011", "2011-09-14"),
        ("1/9/24", "2024-09-01"),
        ("1.9.98", "1998-09-01"),
        ("31-08-1992", "1992-08-31"),
        ("2025-02-03", "2025-02-03"),
        ("2025-02-03 00:00:00", "2025-02-03"),
        ("2025-02-03T10:11:12Z", "2025-02-03"),
        ("03/02/2025 09:30", "2025-02-03"),
        ("Sept 2010", "2010-09"),
        ("September 2010", "2010-09"),
        ("Sep-10", "2010-09"),
        ("09/2010", "2010-09"),
        ("2010-09", "2010-09"),
        ("2010", "2010"),
        ("3 September 2026", "2026-09-03"),
        ("3rd of September 2026", "2026-09-03"),
        ("Thu 3 Sept. 2026", "2026-09-03"),
        ("September 3, 2026", "2026-09-03"),
        ("14-Sep-11", "2011-09-14"),
        ("29/02/2024", "2024-02-29"),
    ],
)
def test_a_date_is_read_as_precisely_as_it_was_written(text: str, iso: str) -> None:
    assert read_date(text) == iso


@pytest.mark.parametrize(
    "text",
    ["31/02/2020", "29/02/2023", "09/14/2011", "14/13/2011", "0/1/2020", "Smarch 2010", "12", "soon", "", "1/9/3024"],
)
def test_an_impossible_date_is_no_date(text: str) -> None:
    assert read_date(text) is None


def test_a_loan_s_date_must_name_its_day() -> None:
    assert read_day("Sept 2010") is None
    assert read_day("1 Sept 2010") == "2010-09-01"


@given(
    st.dates(date(1700, 1, 1), date(2199, 12, 31)),
    st.sampled_from(["%d/%m/%Y", "%Y-%m-%d", "%d-%b-%Y", "%d %B %Y", "%d.%m.%Y"]),
)
def test_every_day_of_the_last_centuries_is_read_in_every_style(day: date, style: str) -> None:
    assert read_date(day.strftime(style)) == day.isoformat()


@pytest.mark.parametrize("text", ["n/a", "N/A", "unknown", "TBC", "-", " ", "", "#N/A", "none", "?"])
def test_words_for_nobody_knows_say_nothing(text: str) -> None:
    assert is_unknown(text)


@pytest.mark.parametrize("text", ["0", "SN1", "no number yet", "A", "n/a (see notes)"])
def test_anything_else_says_something(text: str) -> None:
    assert not is_unknown(text)


@pytest.mark.parametrize(
    ("text", "grade"),
    [
        ("good ", "good"),
        ("FAIR", "fair"),
        ("New", "new"),
        ("Needs  work", "needs work"),
        ("B", "B"),
        ("d", "D"),
        ("Good, slight scratch", "Good, slight scratch"),
    ],
)
def test_a_condition_is_a_grade_a_letter_or_the_register_s_own_words(text: str, grade: str) -> None:
    assert read_condition(text) == grade


@pytest.mark.parametrize(("text", "shown"), [("ec3a5de", "EC3A 5DE"), ("PE28  2XX", "PE28 2XX"), ("Eire", "Eire")])
def test_a_postcode_is_tidied_and_nothing_else_is_touched(text: str, shown: str) -> None:
    assert read_postcode(text) == shown


@pytest.mark.parametrize(
    ("text", "size"),
    [
        ("01-Feb", "1/2"),
        ("1-Feb", "1/2"),
        ("1 February", "1/2"),
        ("03-Apr", "3/4"),
        ("04-Apr", "4/4"),
        ("Apr-04", "4/4"),
        ("01-Apr", "1/4"),
        ("01-Aug", "1/8"),
        ("07-Aug", "7/8"),
        ("01-Oct", "1/10"),
        ("Jan-16", "1/16"),
        ("Jan-32", "1/32"),
        ("01-Feb-26", "1/2"),
        ("01/02/2026", "1/2"),
        ("2026-02-01", "1/2"),
        ("2026-04-03", "3/4"),
        ("2016-01-01", "1/16"),
        ("1932-01-01", "1/32"),
        # Typed on a machine set to American dates.
        ("02-Jan", "1/2"),
        ("04-Mar", "3/4"),
        ("16-Jan", "1/16"),
        ("2026-01-02", "1/2"),
    ],
)
def test_excel_s_dates_become_the_violin_s_sizes_again(catalogue: Catalogue, text: str, size: str) -> None:
    assert looks_like_date(text)
    assert repair_size(text, catalogue.find_type("violin")) == size


@pytest.mark.parametrize("text", ["05-Jul", "29-Mar", "2004-01-01", "Jan-17", "1/2", "half", '14"', ""])
def test_what_can_t_have_been_a_size_isn_t_made_one(catalogue: Catalogue, text: str) -> None:
    assert repair_size(text, catalogue.find_type("violin")) is None


@pytest.mark.parametrize("word", ["viola", "trumpet", "recorder", "theremin"])
def test_a_type_without_such_a_size_gets_none(catalogue: Catalogue, word: str) -> None:
    assert repair_size("01-Feb", catalogue.find_type(word)) is None


def test_a_cello_has_no_thirty_second(catalogue: Catalogue) -> None:
    assert repair_size("Jan-32", catalogue.find_type("cello")) is None


def test_no_date_can_mean_two_sizes(catalogue: Catalogue) -> None:
    for kind in catalogue.types:
        fractions = {size for size in kind.sizes or () if "/" in size}
        for size in fractions:
            numerator, denominator = size.split("/")
            assert numerator == denominator or f"{denominator}/{numerator}" not in fractions


def test_numbers_that_excel_spoilt_are_known() -> None:
    assert became_date("03-Apr")
    assert became_date("Jan-16")
    assert not became_date("004207")
    assert not became_date("JAN-16A")
    assert lost_digits("1.23457E+11")
    assert not lost_digits("12E4")


@given(st.integers(min_value=0, max_value=10**9))
def test_pounds_that_were_shown_are_read_again(pence: int) -> None:
    assert read_pence(show_pounds(pence)) == pence


@pytest.mark.parametrize(
    ("text", "pence"),
    [("£1,450.00", 145000), ("165.5", 16550), ("2,750", 275000), ("99", 9900), ("£12O", None), ("1.450,00", None)],
)
def test_pounds_are_read_to_the_penny_or_not_at_all(text: str, pence: int | None) -> None:
    assert read_pence(text) == pence
