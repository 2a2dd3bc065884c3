"""What a school has ordered counts down however it goes out: by hand, as a class set, by scan; undo gives it back."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from loanstore.domain.answers import Answer
from loanstore.domain.requests import RequestKind
from loanstore.operations import grouping, lending, request_tables, requesting, set_lending, setting_aside, undoing
from loanstore.operations.desk import Changed
from loanstore.operations.requesting import Wanted
from loanstore.wording import hint, sentence

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.helpers.made_up import MadeUp

HALVES = ("H1", "H2", "H3")
QUARTER = "Q1"


@pytest.fixture(autouse=True)
def school(made_up: MadeUp) -> str:
    for code in HALVES:
        made_up.instrument("Violin", size="1/2", code=code)
    made_up.instrument("Violin", size="1/4", code=QUARTER)
    return made_up.borrower("Oakfield Primary School", "setting", code="OAK").code


@pytest.fixture
def class_set(made_up: MadeUp) -> str:
    return grouping.make(made_up.desk, "Oak strings", [*HALVES, QUARTER]).result.made.code


def order(made_up: MadeUp, *lines: tuple[str, int], kind: RequestKind = RequestKind.ORDER) -> list[str]:
    wanted = [Wanted(what, number=number, kind=kind) for what, number in lines]
    return [line.code for line in requesting.ask_for(made_up.desk, "OAK", wanted).result.lines]


def standing(made_up: MadeUp) -> dict[str, tuple[int, int]]:
    """Give what is still asked for, as handed out and number by type and size."""
    open_ = request_tables.list_requests(made_up.desk)
    return {" ".join(filter(None, (line.type, line.size))): (line.handed, line.number) for line in open_}


def by_scan(made_up: MadeUp, class_set: str) -> None:
    assert made_up.answers("OAK", class_set) == [Answer.BORROWER_CHOSEN, Answer.SET_LENT]


WAYS: dict[str, Callable[[MadeUp, str], object]] = {
    "lent by hand": lambda m, _set: lending.lend(m.desk, "OAK", [*HALVES, QUARTER]),
    "a set lent by hand": lambda m, one: set_lending.lend(m.desk, one, "OAK"),
    "a set lent by scan": by_scan,
}


@pytest.mark.parametrize("way", WAYS)
def test_every_way_out_counts_down_line_by_line_and_undo_gives_it_back(
    made_up: MadeUp, class_set: str, way: str
) -> None:
    order(made_up, ("Violin 1/2", 5), ("Violin 1/4", 1), ("Cello 1/2", 2))
    before = standing(made_up)
    WAYS[way](made_up, class_set)
    assert standing(made_up) == {"Violin 1/2": (3, 5), "Cello 1/2": (0, 2)}
    undoing.undo(made_up.desk)
    assert standing(made_up) == before
    assert made_up.complaints() == []


@pytest.mark.parametrize("way", WAYS)
def test_no_more_counts_for_an_order_than_was_ordered(made_up: MadeUp, class_set: str, way: str) -> None:
    order(made_up, ("Violin 1/2", 2))
    WAYS[way](made_up, class_set)
    assert standing(made_up) == {}
    named = [made_up.show(code).loan for code in HALVES]
    assert sum(loan is not None and loan.request is not None for loan in named) == 2


def test_another_borrowers_order_is_left_alone(made_up: MadeUp, class_set: str) -> None:
    made_up.borrower("Hilltop Academy", "setting", code="HILL")
    order(made_up, ("Violin 1/2", 2))
    set_lending.lend(made_up.desk, class_set, "HILL")
    assert standing(made_up) == {"Violin 1/2": (0, 2)}


def test_what_was_set_aside_for_one_line_counts_for_that_line(made_up: MadeUp) -> None:
    any_size, half = order(made_up, ("Violin", 1), ("Violin 1/2", 1))
    setting_aside.set_aside(made_up.desk, "H1", "OAK", request=any_size)
    lending.lend(made_up.desk, "OAK", ["H1"])
    assert [line.code for line in request_tables.list_requests(made_up.desk)] == [half]


def test_only_a_hand_over_that_was_asked_for_redraws_the_requests(made_up: MadeUp) -> None:
    order(made_up, ("Violin 1/2", 1))
    assert Changed.REQUESTS in lending.lend(made_up.desk, "OAK", ["H1"]).changed
    assert Changed.REQUESTS not in lending.lend(made_up.desk, "OAK", ["H2"]).changed


def test_the_desk_says_how_far_a_set_brings_the_order(made_up: MadeUp, class_set: str) -> None:
    order(made_up, ("Violin 1/2", 5))
    made_up.scan("OAK")
    outcome = made_up.scan(class_set)
    assert "Violin 1/2: 3 of 5" in sentence(outcome)
    assert hint(outcome) == "Violin 1/2: 3 of 5"
