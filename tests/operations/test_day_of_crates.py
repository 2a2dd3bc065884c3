"""In RETURN mode a school's things count as back on the day its oldest uncounted crate came."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from loanstore.domain.sessions import Mode
from loanstore.operations import lending, receiving, scanning, switching
from loanstore.storage import folding
from loanstore.wording import sentence

if TYPE_CHECKING:
    from tests.helpers.made_up import MadeUp

SCHOOL, OTHER, VIOLIN = "OAK", "HILL", "V1"
FRIDAY = date(2026, 9, 18)
RETURN, LEND, FINISH = "LSCMD-RETURN", "LSCMD-LEND", "LSCMD-FINISH"


@pytest.fixture(autouse=True)
def _crates(made_up: MadeUp) -> None:
    """Crates came on Friday, more on Saturday; it is Monday now."""
    made_up.borrower("Oakfield Primary School", "setting", code=SCHOOL)
    made_up.borrower("Hilltop Academy", "setting", code=OTHER)
    made_up.instrument(code=VIOLIN)
    lending.lend(made_up.desk, SCHOOL, [VIOLIN])
    made_up.clock.go_on(days=7)
    receiving.crates_arrived(made_up.desk, SCHOOL, 2, date(2026, 9, 19))
    receiving.crates_arrived(made_up.desk, SCHOOL, 3, FRIDAY)


def day(made_up: MadeUp) -> date | None:
    return made_up.session.state.happened


@pytest.mark.parametrize("order", [(RETURN, SCHOOL), (SCHOOL, RETURN)])
def test_the_day_begins_at_the_oldest_crates_whichever_is_scanned_first(
    made_up: MadeUp, order: tuple[str, str]
) -> None:
    made_up.scan(order[0])
    outcome = made_up.scan(order[1])
    assert day(made_up) == outcome.happened == FRIDAY
    assert "Their crates came on" in sentence(outcome)
    loan = made_up.scan(VIOLIN).loan
    with made_up.desk.store.reading() as transaction:
        ended = folding.loan(transaction, loan or "")
    assert ended is not None
    assert (ended.ended or "")[:10] == "2026-09-18"


@pytest.mark.parametrize("texts", [(SCHOOL,), (LEND, SCHOOL), (RETURN, OTHER)])
def test_no_day_is_suggested_to_who_takes_or_has_no_crates(made_up: MadeUp, texts: tuple[str, ...]) -> None:
    assert [made_up.scan(text).happened for text in texts][-1] is None
    assert day(made_up) is None


def test_counted_crates_suggest_no_day(made_up: MadeUp) -> None:
    receiving.crates_counted(made_up.desk, SCHOOL)
    made_up.scan(RETURN)
    assert made_up.scan(SCHOOL).happened is None


def test_crates_that_came_today_suggest_no_earlier_day(made_up: MadeUp) -> None:
    receiving.crates_counted(made_up.desk, SCHOOL)
    receiving.crates_arrived(made_up.desk, SCHOOL, 1)
    made_up.scan(RETURN)
    made_up.scan(SCHOOL)
    assert day(made_up) is None


def test_a_day_set_by_hand_stands_and_today_stays_today(made_up: MadeUp) -> None:
    by_hand = date(2026, 9, 15)
    scanning.set_happened(made_up.desk, made_up.session, by_hand)
    made_up.scan(RETURN)
    made_up.scan(SCHOOL)
    assert day(made_up) == by_hand
    scanning.set_happened(made_up.desk, made_up.session, made_up.today())
    made_up.scan(SCHOOL)
    assert day(made_up) is None


@pytest.mark.parametrize("how", ["another mode", "another borrower", "finish", "auto by hand"])
def test_the_suggested_day_goes_with_what_suggested_it(made_up: MadeUp, how: str) -> None:
    made_up.scan(RETURN)
    made_up.scan(SCHOOL)
    ways = {"another mode": LEND, "another borrower": OTHER, "finish": FINISH}
    if how in ways:
        made_up.scan(ways[how])
    else:
        switching.to_auto(made_up.session)
    assert day(made_up) is None
    assert not made_up.session.state.by_crates


def test_a_day_set_by_hand_outlasts_a_change_of_mode(made_up: MadeUp) -> None:
    scanning.set_happened(made_up.desk, made_up.session, FRIDAY)
    made_up.scan(RETURN)
    made_up.scan(LEND)
    assert made_up.session.state.mode is Mode.LEND
    assert day(made_up) == FRIDAY
