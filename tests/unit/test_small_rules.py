"""Money, terms, policy, search and the recovery words."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loanstore import assets
from loanstore.domain import recovery, search
from loanstore.domain.borrowers import BorrowerKind
from loanstore.domain.errors import Refused
from loanstore.domain.money import read_pence, show_pounds
from loanstore.domain.policy import LendingRule, Period, Policy, read_policy, write_policy
from loanstore.domain.terms import TermTable, make_table, read_terms, write_terms

DAYS = st.dates(date(2020, 1, 1), date(2040, 1, 1))
KINDS = st.sampled_from(list(BorrowerKind))


def shipped() -> TermTable:
    return read_terms((assets.resources() / "terms.json").read_text("utf-8"))


@given(st.integers(0, 10**9))
def test_pounds_are_read_as_they_are_written(pence: int) -> None:
    assert read_pence(show_pounds(pence)) == pence


@pytest.mark.parametrize(
    ("text", "pence"),
    [("£1,450.00", 145_000), ("165.5", 16_550), ("2,750", 275_000), ("£ 12", 1_200), ("12.05 GBP", 1_205), ("0", 0)],
)
def test_amounts_people_type_are_read(text: str, pence: int) -> None:
    assert read_pence(text) == pence


@pytest.mark.parametrize("text", ["", "£", "12.345", "1,45", "-5", "free", "12 34", "£1.450,00", "1e3"])
def test_what_is_no_amount_is_said_to_be_none(text: str) -> None:
    assert read_pence(text) is None


@given(st.text())
def test_no_text_upsets_the_reading_of_money(text: str) -> None:
    assert (read_pence(text) or 0) >= 0


def test_what_is_owed_back_is_written_with_its_sign() -> None:
    assert show_pounds(-5) == "-£0.05"


@given(KINDS, DAYS)
def test_nothing_is_due_before_the_day_it_is_lent(kind: BorrowerKind, day: date) -> None:
    assert Policy().due(kind, day, shipped()).day >= day + timedelta(days=14)


def test_a_renewal_by_days_gives_just_as_many_days_more() -> None:
    fortnight = Policy({kind: LendingRule(Period.DAYS, 14) for kind in BorrowerKind})
    due, today = date(2026, 10, 1), date(2026, 9, 20)
    assert fortnight.renewed(BorrowerKind.HIRER, due, today, shipped()).day == date(2026, 10, 15)


@given(KINDS, DAYS, DAYS)
def test_a_renewal_always_gives_more_time(kind: BorrowerKind, due: date, today: date) -> None:
    assert Policy().renewed(kind, due, today, shipped()).day > max(due, today)


@given(DAYS)
def test_past_the_table_everything_is_due_on_31_august(day: date) -> None:
    end = shipped().end_of_term(day)
    assert end.term is not None or ((end.day.month, end.day.day) == (8, 31) and end.beyond_table)


def test_a_loan_in_the_last_days_of_a_term_runs_to_the_end_of_the_next() -> None:
    assert Policy().due(BorrowerKind.HIRER, date(2026, 12, 10), shipped()).day == date(2027, 3, 25)
    assert Policy().due(BorrowerKind.HIRER, date(2026, 12, 4), shipped()).day == date(2026, 12, 18)


def test_a_teacher_has_until_the_end_of_the_year() -> None:
    assert Policy().due(BorrowerKind.TEACHER, date(2026, 9, 14), shipped()).day == date(2027, 7, 21)


def test_an_ensemble_may_be_given_a_number_of_days() -> None:
    policy = Policy({**Policy().rules, BorrowerKind.ENSEMBLE: LendingRule(Period.DAYS, 28)})
    assert policy.due(BorrowerKind.ENSEMBLE, date(2026, 9, 14), shipped()).day == date(2026, 10, 12)


def test_a_new_store_limits_only_hirers() -> None:
    assert {kind: Policy().limit(kind) for kind in BorrowerKind} == {
        BorrowerKind.SETTING: None,
        BorrowerKind.TEACHER: None,
        BorrowerKind.ENSEMBLE: None,
        BorrowerKind.HIRER: 2,
    }


def test_policy_and_terms_are_read_as_they_are_written() -> None:
    policy = Policy({**Policy().rules, BorrowerKind.HIRER: LendingRule(Period.DAYS, 7, 3)}, quiet=60.0)
    assert read_policy(write_policy(policy)) == policy
    assert read_policy("{}") == Policy()
    assert read_terms(write_terms(shipped())) == shipped()


@pytest.mark.parametrize(
    ("rows", "code"),
    [
        ([("2026/27", "Autumn", "2026-12-18", "2026-09-02")], "TERM_BACKWARDS"),
        (
            [("2026/27", "Autumn", "2026-09-02", "2026-12-18"), ("2026/27", "Spring", "2026-12-18", "2027-03-25")],
            "TERMS_OVERLAP",
        ),
        ([("2026/27", "Autumn", "2 September", "2026-12-18")], "TERM_DAY"),
    ],
    ids=["ends before it starts", "overlaps the next", "no day"],
)
def test_a_table_of_terms_that_cannot_be_is_refused_by_name(rows: list[tuple[str, str, str, str]], code: str) -> None:
    with pytest.raises(Refused) as refused:
        make_table(rows)
    assert refused.value.code == code
    assert refused.value.facts["year"] == "2026/27"


def test_a_table_of_terms_is_read_back_as_it_was_written() -> None:
    table = make_table(
        [("2026/27", "Spring", "2027-01-04", "2027-03-25"), ("2026/27", "Autumn", "2026-09-02", "2026-12-18")]
    )
    assert [term.name for term in table.terms] == ["Autumn", "Spring"]
    assert read_terms(write_terms(table)) == table


@given(st.binary(min_size=32, max_size=32))
def test_a_key_is_read_back_from_its_words_however_they_are_typed(key: bytes) -> None:
    words = recovery.to_words(key)
    assert len(words) == recovery.WORD_COUNT
    assert recovery.from_words(" ".join(words)) == key
    assert recovery.from_words("  " + "-".join(words).upper() + "\n") == key


@given(st.binary(min_size=32, max_size=32), st.integers(0, 15), st.text("bdfghjklmnprstvzaiou", min_size=5, max_size=5))
def test_one_wrong_word_hardly_ever_passes_for_a_key(key: bytes, place: int, other: str) -> None:
    words = list(recovery.to_words(key))
    words[place] = other
    assert recovery.from_words(" ".join(words)) in {None, key}


@given(st.text())
def test_no_passphrase_upsets_the_reading_of_words(text: str) -> None:
    assert recovery.from_words(text) is None


def test_a_key_is_32_bytes() -> None:
    with pytest.raises(ValueError, match="31"):
        recovery.to_words(bytes(31))


@pytest.mark.parametrize(
    ("written", "typed"),
    [
        ("Łukasz", "luk"),
        ("Siân", "SIAN"),
        ("Ŵyn", "wyn"),
        ("Zoë", "zoe"),
        ("Nguyễn", "nguyen"),
        ("Straße", "strasse"),
        ("Ørsted", "orsted"),
        ("Æthel", "aethel"),
        ("İpek", "ipek"),
        ("李小龙", "李"),
        ("ＡＢＣ", "abc"),
        ("𝕬𝖓𝖓", "ann"),
        ("ﬁfe", "fife"),
    ],
)
def test_what_is_typed_plainly_finds_what_is_written_with_accents(written: str, typed: str) -> None:
    (word,) = search.words(written)
    (sought,) = search.words(typed)
    assert word.startswith(sought)


def test_a_size_stays_one_word_and_is_neither_a_one_nor_a_two() -> None:
    assert search.words("Violin 1/2") == ["violin", search.words("1/2")[0]]
    assert len(search.words("1/2")) == 1
    assert search.words("1/2") not in (search.words("12"), ["1", "2"])
    assert search.words("1/2") != search.words("1/4")


def test_punctuation_parts_words() -> None:
    assert search.words("O'Drama-Smith, (CB1)") == ["o", "drama", "smith", "cb1"]


@given(st.text())
def test_folding_twice_is_folding_once(text: str) -> None:
    assert search.fold(search.fold(text)) == search.fold(text)
    assert all(word and not word.isspace() for word in search.words(text))
