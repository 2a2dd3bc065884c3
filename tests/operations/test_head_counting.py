"""Head-counts: numbers without names, corrected on the same day, asked of schools that have something out."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from loanstore.domain.errors import Refused
from loanstore.operations import head_counting, lending
from loanstore.operations.undoing import undo
from tests.helpers.undone import folded, rebuilt_the_same, undo_brings_back

if TYPE_CHECKING:
    from tests.helpers.made_up import MadeUp

SCHOOL, OTHER, FAMILY = "Z1", "Z2", "Z3"


@pytest.fixture(autouse=True)
def _schools(made_up: MadeUp) -> None:
    made_up.borrower("Oakfield Primary School", "setting", code=SCHOOL)
    made_up.borrower("Fenmarsh Primary School", "setting", code=OTHER)
    made_up.borrower("Drama, Sam", code=FAMILY)
    for code in (SCHOOL, OTHER):
        lending.lend(made_up.desk, code, [made_up.instrument().code])
    made_up.clock.go_on(days=1)


def test_a_count_is_given_corrected_and_taken_back(made_up: MadeUp) -> None:
    before = folded(made_up)
    head_counting.give(made_up.desk, SCHOOL, {"pupils": 30, "fsm_or_pp": 8}, estimated=True)
    first = folded(made_up)
    made_up.clock.go_on(60)
    head_counting.give(made_up.desk, SCHOOL, {"pupils": 29, "fsm_or_pp": 8})
    (count,) = head_counting.given(made_up.desk, SCHOOL).counts
    assert (count.heads, count.estimated, count.given) == ({"pupils": 29, "fsm_or_pp": 8}, False, "2026-09-15")
    rebuilt_the_same(made_up)
    undo_brings_back(made_up, first)
    undo_brings_back(made_up, before)


def test_another_day_is_another_count_and_the_latest_comes_first(made_up: MadeUp) -> None:
    head_counting.give(made_up.desk, SCHOOL, {"pupils": 30})
    head_counting.give(made_up.desk, SCHOOL, {"pupils": 28}, on=date(2026, 9, 1))
    assert [one.heads["pupils"] for one in head_counting.given(made_up.desk, SCHOOL).counts] == [30, 28]


def test_who_has_not_given_any_is_listed(made_up: MadeUp) -> None:
    assert [who.code for who in head_counting.none_given(made_up.desk)] == [OTHER, SCHOOL]
    head_counting.give(made_up.desk, OTHER, {"pupils": 0})
    assert [who.code for who in head_counting.none_given(made_up.desk)] == [SCHOOL]
    undo(made_up.desk)
    assert len(head_counting.none_given(made_up.desk)) == 2


@pytest.mark.parametrize(
    ("why", "code", "heads", "on"),
    [
        ("NO_HEADS", SCHOOL, {}, None),
        ("BAD_HEADS", SCHOOL, {"pupils": -1}, None),
        ("BAD_HEADS", SCHOOL, {"wizards": 1}, None),
        ("MORE_THAN_ALL", SCHOOL, {"pupils": 3, "send": 4}, None),
        ("ONE_PERSON", FAMILY, {"pupils": 3}, None),
        ("NO_BORROWER", "Z99", {"pupils": 3}, None),
        ("IN_THE_FUTURE", SCHOOL, {"pupils": 3}, date(2026, 9, 16)),
    ],
)
def test_a_count_that_makes_no_sense_is_refused(
    made_up: MadeUp, why: str, code: str, heads: dict[str, int], on: date | None
) -> None:
    before = made_up.dump()
    with pytest.raises(Refused, match=why):
        head_counting.give(made_up.desk, code, heads, on=on)
    assert made_up.dump() == before
