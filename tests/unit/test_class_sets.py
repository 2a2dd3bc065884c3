"""The rules of class sets: numbers that stay, the tally, and the names in a class list."""

from __future__ import annotations

from dataclasses import replace

import pytest

from loanstore.domain.class_lists import names_in_table, names_in_text
from loanstore.domain.class_sets import Member, Standing, next_position, position_of, tally
from loanstore.domain.facts import Fact, FactKind
from loanstore.domain.loans import Instrument, Loan, Status
from loanstore.domain.tables import Row, Table

SET, OTHER = "a set", "another set"


def member(position: int, status: Status = Status.IN_STORE, lent_with: str | None = "") -> Member:
    """Make a member; ``lent_with`` is the set it went out with, None for by itself."""
    thing = Instrument(f"i{position}", f"V{position}", status=status, class_set=SET)
    if lent_with != "":
        loan = Loan(f"l{position}", thing.id, "school", "", "2027-07-21", "class set", class_set=lent_with)
        thing = replace(thing, status=Status.ON_LOAN, loan=loan)
    return Member(position, thing)


def fact(kind: FactKind, counter: int, **body: object) -> Fact:
    """Make a fact about one instrument."""
    at = f"2026-09-14T09:00:{counter:02d}.000000Z"
    return Fact(f"f{counter}", "g", kind, 1, "desk", counter, None, at, at, 0, "i1", body, "")


def test_the_tally_says_how_many_are_back_and_which_numbers_are_missing() -> None:
    out = {4, 11, 19}
    members = [member(n, lent_with=SET) if n in out else member(n) for n in range(1, 31)]
    counted = tally(members)
    assert (counted.back, counted.total, counted.positions) == (27, 30, (4, 11, 19))


@pytest.mark.parametrize(
    ("one", "standing"),
    [
        (member(1), Standing.HERE),
        (member(1, Status.NEEDS_ATTENTION), Standing.HERE),
        (member(1, Status.SET_ASIDE), Standing.HERE),
        (member(1, lent_with=SET), Standing.OUT),
        (member(1, lent_with=OTHER), Standing.ELSEWHERE),
        (member(1, lent_with=None), Standing.ELSEWHERE),
        (member(1, Status.IN_REPAIR), Standing.ELSEWHERE),
        (member(1, Status.LOST), Standing.ELSEWHERE),
    ],
)
def test_a_member_is_here_out_with_the_set_or_elsewhere(one: Member, standing: Standing) -> None:
    assert one.standing is standing


def test_what_did_not_go_out_with_the_set_is_not_counted() -> None:
    counted = tally([member(1), member(2, lent_with=SET), member(3, Status.IN_REPAIR), member(4, lent_with=None)])
    assert (counted.back, counted.total, counted.positions) == (1, 2, (2,))


def test_an_empty_set_is_none_of_none() -> None:
    assert (tally([]).back, tally([]).total, next_position([])) == (0, 0, 1)


def test_who_joins_next_comes_behind_the_last_even_where_a_number_is_free() -> None:
    assert next_position([member(1), member(3)]) == 4


def test_the_number_is_that_of_the_last_joining_of_this_set() -> None:
    facts = [
        fact(FactKind.JOINED_SET, 1, set=SET, position=3),
        fact(FactKind.LEFT_SET, 2, set=SET),
        fact(FactKind.JOINED_SET, 3, set=OTHER, position=8),
        fact(FactKind.LEFT_SET, 4, set=OTHER),
        fact(FactKind.JOINED_SET, 5, set=SET, position=5),
    ]
    assert position_of(SET, facts) == 5
    assert position_of(SET, facts[:4]) == 3
    assert position_of("a third", facts) == 0


@pytest.mark.parametrize(
    "pasted",
    [
        "Sam Drama\nAlex Drama\n",
        "\n  Sam   Drama \r\n\r\nAlex Drama",
        "1. Sam Drama\n2. Alex Drama",
        "1\tSam Drama\n2\tAlex Drama",
        "Name\nSam Drama\nAlex Drama",
        "Surname\tForename\tYear\nDrama\tSam\t4\nDrama\tAlex\t4",
    ],
)
def test_a_pasted_class_list_is_read_one_name_a_line(pasted: str) -> None:
    assert names_in_text(pasted) == ("Sam Drama", "Alex Drama")


def test_a_comma_in_a_line_stays_in_the_name() -> None:
    assert names_in_text("Drama, Sam\nDrama, Alex") == ("Drama, Sam", "Drama, Alex")


def test_a_name_like_a_heading_far_down_is_a_name() -> None:
    names = tuple(f"Child {n}" for n in range(8))
    assert names_in_text("\n".join([*names, "Pupil"])) == (*names, "Pupil")


def test_names_come_from_the_column_that_says_so() -> None:
    rows = [("Class 4B",), ("Year", "Pupil name", "Notes"), ("4", "Sam Drama", "left-handed"), ("4", " ", "absent")]
    table = Table(tuple(Row(n, cells) for n, cells in enumerate(rows, 1)), "utf-8", ",")
    assert names_in_table(table) == ("Sam Drama",)


def test_a_file_of_surname_comma_forename_is_put_together_again() -> None:
    table = Table((Row(1, ("Drama", " Sam")), Row(2, ("Drama", " Alex"))), "utf-8", ",")
    assert names_in_table(table) == ("Drama, Sam", "Drama, Alex")
