"""TAKE lends at once; the reason is asked for afterwards, can be taken back, and lies where it can be erased."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from loanstore.domain.answers import Answer
from loanstore.domain.errors import Refused
from loanstore.operations import grouping, placing, setting_aside, taking, undoing
from loanstore.storage import journal, registers
from tests.helpers.undone import rebuilt_the_same

if TYPE_CHECKING:
    from tests.helpers.made_up import MadeUp


@pytest.fixture
def taken(made_up: MadeUp) -> MadeUp:
    """Give a store in which a violin of a school's was lent to a family all the same."""
    made_up.desk.staff = "Sam Counter"
    school, family = made_up.borrower("Oakfield School", "setting"), made_up.borrower("Drama, Alex")
    violin = made_up.instrument("Violin", size="1/2")
    made_up.answers(school.code, violin.code, "LSCMD-FINISH")
    assert made_up.answers(family.code, violin.code, "LSCMD-TAKE") == [
        Answer.BORROWER_CHOSEN,
        Answer.OUT_TO_OTHER,
        Answer.LENT,
    ]
    return made_up


def test_what_was_taken_over_waits_for_its_reason(taken: MadeUp) -> None:
    (line,) = taking.takes(taken.desk)
    assert (line.answer, line.type, line.things) == ("OUT_TO_OTHER", "Violin 1/2", 1)
    assert (line.to, line.was_with, line.staff) == ("Drama, Alex", "Oakfield School", "Sam Counter")
    loan = taken.show(line.code).loan
    assert loan is not None
    assert line.loan == loan.id
    assert line.reason == ""


@pytest.mark.parametrize("by", ["gesture", "loan"])
def test_a_reason_is_given_by_whoever_knows_it_and_it_waits_no_more(taken: MadeUp, by: str) -> None:
    (line,) = taking.takes(taken.desk)
    taken.clock.go_on(3600)
    taken.desk.staff = "Alex Office"
    taking.give_reason(taken.desk, line.id if by == "gesture" else line.loan, "  The school rang: it is theirs now  ")
    assert taking.takes(taken.desk) == ()
    (told,) = taking.takes(taken.desk, past=True)
    assert told.reason == "The school rang: it is theirs now"
    assert (told.given_by, told.staff) == ("Alex Office", "Sam Counter")
    assert told.given > told.at
    assert "rang" not in repr(taken.dump()["facts"])
    assert taken.complaints() == []


def test_a_reason_is_put_right_by_giving_another(taken: MadeUp) -> None:
    (line,) = taking.takes(taken.desk)
    for why in ("Wrong one", "The right one"):
        taking.give_reason(taken.desk, line.id, why)
    assert [one.reason for one in taking.takes(taken.desk, past=True)] == ["The right one"]


def test_undo_brings_the_question_back_and_then_takes_the_take_back_whole(taken: MadeUp) -> None:
    (line,) = taking.takes(taken.desk)
    taken.clock.go_on(10)
    taking.give_reason(taken.desk, line.id, "Made up")
    taken.clock.go_on(10)
    assert undoing.undo(taken.desk).result == ("reason_given",)
    assert taking.takes(taken.desk) == (line,)
    taken.clock.go_on(10)
    assert "taken" in undoing.undo(taken.desk).result
    assert taking.takes(taken.desk, past=True) == ()
    assert taken.complaints() == []


def test_a_reason_does_not_stand_in_the_way_of_undoing_the_take_at_its_desk(taken: MadeUp) -> None:
    (line,) = taking.takes(taken.desk)
    office = taken.another_desk()
    taken.clock.go_on(60)
    taking.give_reason(office.desk, line.id, "Made up")
    taken.clock.go_on(60)
    assert "lent" in undoing.undo(taken.desk).result
    assert taking.takes(taken.desk, past=True) == ()
    assert taken.complaints() == []
    taken.clock.go_on(60)
    assert undoing.undo(office.desk).result == ("reason_given",)
    assert taken.complaints() == []
    office.close()


def test_an_erased_reason_is_still_a_reason(taken: MadeUp) -> None:
    (line,) = taking.takes(taken.desk)
    note = taking.give_reason(taken.desk, line.id, "Alex's aunt rang").result.reason
    with taken.desk.store.writing() as transaction:
        registers.erase_note(transaction, note or "")
    assert taking.takes(taken.desk) == ()
    assert taking.takes(taken.desk, past=True)[0].reason == ""
    assert taken.complaints() == []


@pytest.mark.parametrize(("named", "why", "code"), [("nothing", "Made up", "NO_TAKE"), ("", "  ", "NO_REASON")])
def test_what_is_no_take_or_no_reason_is_refused(taken: MadeUp, named: str, why: str, code: str) -> None:
    before = taken.dump()
    with pytest.raises(Refused, match=code):
        taking.give_reason(taken.desk, named or taking.takes(taken.desk)[0].id, why)
    assert taken.dump() == before


def test_an_ordinary_loan_has_no_reason_to_give(made_up: MadeUp) -> None:
    family, violin = made_up.borrower(), made_up.instrument()
    loan = [made_up.scan(code) for code in (family.code, violin.code)][-1].loan
    with pytest.raises(Refused, match="NO_TAKE"):
        taking.give_reason(made_up.desk, loan or "", "Made up")


def test_whatever_take_overrules_is_asked_about(made_up: MadeUp) -> None:
    """Something set aside, a set of which some is out, something on loan that goes to a repairer."""
    family, other = made_up.borrower("Drama, Alex"), made_up.borrower("Drama, Kim", "teacher")
    kept, sent = made_up.instrument("Flute"), made_up.instrument("Oboe")
    setting_aside.set_aside(made_up.desk, kept.code, other.code)
    made_up.answers(family.code, kept.code, "LSCMD-TAKE", "LSCMD-FINISH", other.code, sent.code, "LSCMD-FINISH")
    repairer = placing.add_place(made_up.desk, "Reed & Bow", "repairer").result
    made_up.answers(repairer.code, sent.code, "LSCMD-TAKE", "LSCMD-FINISH")
    told = [(line.answer, line.type, line.to, line.was_with) for line in taking.takes(made_up.desk)]
    assert told == [("RESERVED", "Flute", "Drama, Alex", ""), ("OUT_TO_OTHER", "Oboe", "Reed & Bow", "Drama, Kim")]
    assert made_up.complaints() == []


def test_a_set_that_is_taken_is_one_question(made_up: MadeUp) -> None:
    family = made_up.borrower("Drama, Alex")
    codes = [made_up.instrument().code for _n in range(3)]
    made = grouping.make(made_up.desk, "Whole class A", codes).result.made
    answers = made_up.answers(family.code, made.code, "LSCMD-TAKE")
    assert answers == [Answer.BORROWER_CHOSEN, Answer.AT_LIMIT, Answer.SET_LENT]
    (line,) = taking.takes(made_up.desk)
    assert (line.answer, line.things, line.to) == ("AT_LIMIT", 3, "Drama, Alex")
    taking.give_reason(made_up.desk, line.loan, "Made up")
    assert taking.takes(made_up.desk) == ()


def test_rebuilding_keeps_what_was_said(taken: MadeUp) -> None:
    taking.give_reason(taken.desk, taking.takes(taken.desk)[0].id, "Made up")
    rebuilt_the_same(taken)
    with taken.desk.store.reading() as transaction:
        assert journal.count(transaction) == len(taken.facts())
