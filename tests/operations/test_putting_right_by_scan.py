"""A case with another instrument in it, put right at the desk by a command straight after the scan."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from loanstore.domain import codes
from loanstore.domain.answers import Answer
from loanstore.domain.loans import Ending
from loanstore.operations import custody, lending
from loanstore.wording import sentence
from tests.helpers.undone import rebuilt_the_same

if TYPE_CHECKING:
    from loanstore.operations.outcomes import Outcome
    from tests.helpers.made_up import MadeUp

SAM, ROBIN, SCHOOL = "Z2", "Z3", "Z1"
BY_HAND, CASES, CHILDREN = "LSCMD-BYHAND", "LSCMD-CASES", "LSCMD-CHILDREN"


@pytest.fixture
def violins(made_up: MadeUp) -> tuple[str, str]:
    made_up.borrower("Oakfield Primary School", "setting", code=SCHOOL)
    made_up.borrower("Drama, Sam", code=SAM)
    made_up.borrower("Drama, Robin", code=ROBIN)
    return made_up.instrument().code, made_up.instrument().code


def mismatch(made_up: MadeUp, violins: tuple[str, str]) -> Outcome:
    made_up.scan("LSCMD-MATCH")
    made_up.scan(codes.case_form(codes.normalise(violins[0])))
    outcome = made_up.scan(violins[1])
    assert outcome.answer is Answer.MISMATCH
    assert outcome.case is not None
    assert outcome.case.code == violins[0]
    return outcome


def holder(made_up: MadeUp, code: str) -> str | None:
    loan = made_up.show(code).loan
    return loan.borrower if loan is not None else None


def test_by_hand_changes_nothing_but_that_both_were_seen(made_up: MadeUp, violins: tuple[str, str]) -> None:
    lending.lend(made_up.desk, SAM, [violins[0]])
    mismatch(made_up, violins)
    before = [made_up.show(code).loan for code in violins]
    outcome = made_up.scan(BY_HAND)
    assert (outcome.answer, outcome.labels, outcome.papers) == (Answer.NOTED, (), ())
    assert "each into its own case" in sentence(outcome)
    assert [made_up.show(code).loan for code in violins] == before
    assert [made_up.show(code).seen_as for code in violins] == ["sighted", "sighted"]


def test_cases_that_stay_swapped_name_the_labels_to_print(made_up: MadeUp, violins: tuple[str, str]) -> None:
    mismatch(made_up, violins)
    outcome = made_up.scan(CASES)
    assert outcome.labels == (violins[0] + "C", violins[1] + "C")
    assert outcome.labels[0] in sentence(outcome)


def test_children_that_swapped_get_each_others_loans_and_undo_gives_them_back(
    made_up: MadeUp, violins: tuple[str, str]
) -> None:
    lending.lend(made_up.desk, SAM, [violins[0]])
    lending.lend(made_up.desk, ROBIN, [violins[1]])
    sam, robin = (holder(made_up, code) for code in violins)
    mismatch(made_up, violins)
    outcome = made_up.scan(CHILDREN)
    assert (holder(made_up, violins[0]), holder(made_up, violins[1])) == (robin, sam)
    assert len(outcome.papers) == 2
    assert all(paper in sentence(outcome) for paper in outcome.papers)
    undone = made_up.scan("LSCMD-UNDO")
    assert "lending" in sentence(undone)
    assert (holder(made_up, violins[0]), holder(made_up, violins[1])) == (sam, robin)
    rebuilt_the_same(made_up)


def test_children_of_one_school_swap_within_its_loans(made_up: MadeUp, violins: tuple[str, str]) -> None:
    lending.lend(made_up.desk, SCHOOL, violins)
    custody.pass_on(made_up.desk, violins[0], SAM)
    mismatch(made_up, violins)
    outcome = made_up.scan(CHILDREN)
    loans = [made_up.show(code).loan for code in violins]
    assert outcome.papers == ()
    assert [loan is not None and loan.custodian is not None for loan in loans] == [False, True]


def test_children_do_not_swap_what_nobody_has_or_what_is_in_the_same_hands(
    made_up: MadeUp, violins: tuple[str, str]
) -> None:
    mismatch(made_up, violins)
    assert made_up.scan(CHILDREN).answer is Answer.NOTHING_TO_DO
    assert made_up.scan(CASES).answer is Answer.NOTED
    lending.lend(made_up.desk, SCHOOL, violins)
    mismatch(made_up, violins)
    assert made_up.scan(CHILDREN).answer is Answer.NOTHING_TO_DO


@pytest.mark.parametrize("way", [BY_HAND, CASES, CHILDREN])
def test_nothing_is_put_right_but_straight_after_a_mismatch(
    made_up: MadeUp, violins: tuple[str, str], way: str
) -> None:
    lending.lend(made_up.desk, SAM, [violins[0]])
    mismatch(made_up, violins)
    made_up.scan(violins[0])
    before = len(made_up.facts())
    assert made_up.scan(way).answer is Answer.NOTHING_TO_DO
    assert len(made_up.facts()) == before + 1


def test_what_was_signed_ends_as_taken_over(made_up: MadeUp, violins: tuple[str, str]) -> None:
    lending.lend(made_up.desk, SAM, [violins[0]])
    mismatch(made_up, violins)
    made_up.scan(CHILDREN)
    first, second = (made_up.show(code) for code in violins)
    assert first.loan is None
    assert second.loan is not None
    endings = [fact.body.get("ending") for fact in made_up.facts() if fact.kind.value == "returned"]
    assert endings == [Ending.TAKEN.value]
