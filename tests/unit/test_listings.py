"""Short lists: found, narrowed down, sorted and cut as long ones are."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from loanstore.domain.listings import Question, Reading, answer


@dataclass(frozen=True, slots=True)
class Place:
    """A place with how much stands in it."""

    name: str
    kind: str
    things: int


PLACES = (
    Place("Rack A", "store", 11),
    Place("Rack B", "store", 2),
    Place("Łukasz Strings", "repairer", 1),
    Place("Hall cupboard", "store", 7),
)
READING = Reading(
    lambda place: f"{place.name} {place.kind}",
    {"name": lambda place: place.name.casefold(), "things": lambda place: place.things},
    {"kind": lambda place: place.kind},
)


def names(question: Question) -> list[str]:
    return [place.name for place in answer(PLACES, question, READING).lines]


def test_without_a_question_a_list_stands_as_it_is() -> None:
    assert names(Question()) == [place.name for place in PLACES]


@pytest.mark.parametrize(
    ("typed", "found"), [("rack", ["Rack A", "Rack B"]), ("luk", ["Łukasz Strings"]), ("b rack", ["Rack B"]), ("x", [])]
)
def test_every_typed_word_begins_a_word_of_the_line(typed: str, found: list[str]) -> None:
    assert names(Question(typed)) == found


def test_numbers_sort_as_numbers_over_the_whole_list_before_it_is_cut() -> None:
    page = answer(PLACES, Question(sort="things", descending=True, offset=1, limit=2), READING)
    assert ([place.things for place in page.lines], page.total) == ([7, 2], 4)


def test_a_filter_that_is_not_set_lets_everything_through() -> None:
    assert len(names(Question(filters=(("kind", ""),)))) == 4
    assert names(Question(filters=(("kind", "repairer"),))) == ["Łukasz Strings"]
