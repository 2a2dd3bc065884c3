"""The rules of requests: what an instrument counts for, working days, what has lapsed, and sizes in their order."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loanstore.assets import resources
from loanstore.domain.catalogue import Catalogue
from loanstore.domain.loans import Aside, Instrument, Status
from loanstore.domain.order_text import last_piece, read_order
from loanstore.domain.policy import Policy, read_policy, write_policy
from loanstore.domain.requests import RequestLine, after_working_days, countdown, lapsed, ready_for
from loanstore.domain.sizes import Step, step
from loanstore.wording.requests import counted, swap_warning

if TYPE_CHECKING:
    from loanstore.domain.catalogue import InstrumentType

DAYS = st.dates(date(2020, 1, 1), date(2040, 1, 1))
LINE = RequestLine("R1", "CM-000001-X", "order", "B1", "Violin", "1/2", 12, 10, "2026-09-14T09:00:00.000000Z")
SIZES = ("1/4", "1/2", "3/4", "4/4")
lines = st.lists(
    st.builds(
        lambda number, size, handed, by, kind: replace(
            LINE, id=f"R{number}", type=kind, size=size, number=5, handed=handed, wanted_by=by
        ),
        st.integers(0, 99),
        st.sampled_from(["", *SIZES]),
        st.integers(0, 6),
        st.sampled_from([None, "2026-10-01", "2026-11-01"]),
        st.sampled_from(["Violin", "Cello"]),
    ),
    max_size=6,
)


def kind(name: str) -> InstrumentType:
    found = Catalogue.load((resources() / "catalogue.json").read_text("utf-8")).find_type(name)
    assert found is not None
    return found


@given(DAYS, st.integers(1, 30))
def test_working_days_are_counted_from_monday_to_friday(day: date, days: int) -> None:
    last = after_working_days(day, days)
    between = [day + timedelta(days=n) for n in range(1, (last - day).days + 1)]
    assert last.weekday() < 5
    assert sum(one.weekday() < 5 for one in between) == days


def test_five_working_days_after_a_monday_are_the_next_monday() -> None:
    assert after_working_days(date(2026, 9, 14), 5) == date(2026, 9, 21)
    assert after_working_days(date(2026, 9, 18), 1) == date(2026, 9, 21)


@given(DAYS, DAYS)
def test_something_is_kept_through_its_last_day_and_lapsed_after_it(until: date, today: date) -> None:
    assert lapsed(Aside("B1", None, until.isoformat()), today) == (today > until)


@pytest.mark.parametrize(
    ("status", "aside_for", "until", "ready"),
    [
        (Status.IN_STORE, None, "", True),
        (Status.SET_ASIDE, "B1", "2026-09-21", True),
        (Status.SET_ASIDE, "B2", "2026-09-21", False),
        (Status.SET_ASIDE, "B2", "2026-09-13", True),
        (Status.NEEDS_ATTENTION, "B1", "2026-09-21", False),
        (Status.ON_LOAN, None, "", False),
    ],
)
def test_what_is_kept_goes_only_to_whom_it_is_kept_for(
    status: Status, aside_for: str | None, until: str, *, ready: bool
) -> None:
    aside = Aside(aside_for, None, until) if aside_for else None
    thing = Instrument("I1", "CM-000002-V", status=status, aside=aside)
    assert ready_for(thing, "B1", date(2026, 9, 14)) == ready


def test_the_eleventh_of_twelve_is_told_so() -> None:
    found = countdown([LINE], "Violin", "1/2")
    assert (found.line, found.reached, found.number, found.wrong_size) == (LINE, 11, 12, False)
    assert counted(found) == "Violin 1/2: 11 of 12"


def test_another_size_than_was_ordered_is_a_wrong_size_and_another_type_is_none_of_it() -> None:
    assert counted(countdown([LINE], "Violin", "3/4")) == "Asked for: 1/2"
    assert not countdown([LINE], "Cello", "3/4").wrong_size
    assert not countdown([LINE], "Violin", "").wrong_size
    assert not countdown([replace(LINE, handed=12)], "Violin", "3/4").wrong_size


def test_the_very_size_goes_before_any_size_and_the_sooner_before_the_later() -> None:
    any_size = replace(LINE, id="R2", size="", wanted_by="2026-09-20")
    later, sooner = replace(LINE, id="R3", wanted_by="2026-12-01"), replace(LINE, id="R4", wanted_by="2026-10-01")
    assert countdown([any_size, LINE, later, sooner], "violin", "1/2").line == sooner
    assert countdown([any_size, later], "Violin", "4/4").line == any_size


@given(lines, st.sampled_from(SIZES))
def test_an_instrument_counts_for_an_open_line_that_asks_for_it_or_for_none(
    asked: list[RequestLine], size: str
) -> None:
    found = countdown(asked, "Violin", size)
    fitting = [
        line for line in asked if line.type == "Violin" and line.size in {"", size} and line.handed < line.number
    ]
    others = [line for line in asked if line.type == "Violin" and line.handed < line.number]
    assert (found.line is not None) == bool(fitting)
    assert found.line is None or (found.line in fitting and found.reached == found.line.handed + 1 <= found.number)
    assert found.wrong_size == (not fitting and bool(others))


@pytest.mark.parametrize(
    ("name", "old", "new", "expected"),
    [
        ("Violin", "1/2", "3/4", Step.UP),
        ("Violin", "3/4", "4/4", Step.UP),
        ("Violin", "3/4", "7/8", Step.UP),
        ("Violin", "1/16", "1/8", Step.UP),
        ("Violin", "1/4", "3/4", Step.FAR),
        ("Violin", "3/4", "1/2", Step.SMALLER),
        ("Violin", "1/2", "1/2", Step.SAME),
        ("Viola", '14"', '15"', Step.UP),
        ("Viola", '13"', '15"', Step.FAR),
        ("Viola", '15"', '14"', Step.SMALLER),
        ("Violin", "1/2", "", Step.UNKNOWN),
        ("Ukulele", "soprano", "concert", Step.UNKNOWN),
    ],
)
def test_the_next_size_up_is_known_for_what_is_measured(name: str, old: str, new: str, expected: Step) -> None:
    assert step(kind(name), old, new) is expected


def test_a_type_nobody_knows_has_no_order_of_sizes() -> None:
    assert step(None, "1", "2") is Step.UNKNOWN


@pytest.mark.parametrize("one", [*Step, None])
def test_a_swap_warns_of_everything_but_the_next_size_up(one: Step | None) -> None:
    said = swap_warning(one, "Violin 1/2", "Violin {x}")
    assert bool(said) == (one not in {Step.UP, Step.UNKNOWN})
    assert not said or (said.endswith(".") and "Violin {x}" in said)


def test_how_long_something_is_kept_is_the_stores_own_setting() -> None:
    assert Policy().aside_days == 5
    assert read_policy(write_policy(Policy(aside_days=10))).aside_days == 10
    assert read_policy("{}").aside_days == 5


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("12 violin 1/2, 4 x cello 3/4", ((12, "violin 1/2"), (4, "cello 3/4"))),
        ("1/2 violin; 14 inch viola", ((1, "1/2 violin"), (14, "inch viola"))),
        ('14" viola', ((1, '14" viola'),)),
        ("3× flute\n", ((3, "flute"),)),
        (" ,, ", ()),
        ("2 12 bass accordion", ((2, "12 bass accordion"),)),
    ],
)
def test_an_order_is_read_as_it_is_typed(typed: str, read: tuple[tuple[int, str], ...]) -> None:
    assert read_order(typed) == read


@pytest.mark.parametrize(
    ("typed", "parts"),
    [
        ("12 vio", ("12 ", "vio")),
        ("3 cello, 4 x fl", ("3 cello, 4 x ", "fl")),
        ("vio", ("", "vio")),
        ("12", ("", "12")),
    ],
)
def test_only_what_is_being_typed_is_looked_for(typed: str, parts: tuple[str, str]) -> None:
    assert last_piece(typed) == parts


@given(st.text(alphabet="1234x× ,;/abc", max_size=20))
def test_whatever_is_typed_its_parts_make_it_up_again(typed: str) -> None:
    assert "".join(last_piece(typed)) == typed
    assert all(number >= 0 and what for number, what in read_order(typed))
