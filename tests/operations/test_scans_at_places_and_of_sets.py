"""Scans of places, repairers, class sets and collection letters, and what a scan says of orders and waiting lists."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from loanstore.domain.answers import Answer
from loanstore.domain.loans import Ending, Status
from loanstore.domain.requests import RequestKind
from loanstore.operations import grouping, placing, requesting, setting_aside, stocktaking, workshop
from loanstore.operations.requesting import Wanted
from loanstore.wording import hint, sentence
from tests.helpers.undone import rebuilt_the_same

if TYPE_CHECKING:
    from loanstore.domain.borrowers import Borrower
    from tests.helpers.made_up import MadeUp


@pytest.fixture
def school(made_up: MadeUp) -> Borrower:
    return made_up.borrower("Oakfield Primary School", kind="setting")


@pytest.fixture
def thirty(made_up: MadeUp) -> tuple[str, list[str]]:
    """Make a set of thirty violins; gives its code and theirs."""
    violins = [made_up.instrument("Violin", size="1/2", code=f"V{n:02}").code for n in range(1, 31)]
    return grouping.make(made_up.desk, "Whole class A", violins).result.made.code, violins


def sound(made_up: MadeUp) -> None:
    """Hold the store to what its journal says, and a rebuilt one to the same."""
    rebuilt_the_same(made_up)


def test_one_scan_lends_all_that_is_in_and_says_what_was_not(
    made_up: MadeUp, school: Borrower, thirty: tuple[str, list[str]]
) -> None:
    code, violins = thirty
    made_up.answers(violins[3], "LSCMD-MISSING-1", "LSCMD-FINISH", school.code)
    outcome = made_up.scan(code)
    assert outcome.answer is Answer.SET_LENT
    assert (outcome.items, outcome.left) == (29, (violins[3],))
    assert sentence(outcome).endswith(f"Not with it: {violins[3]}.")
    assert made_up.show(violins[0]).seen is None
    assert made_up.scan(violins[0]).answer is Answer.CHECKED
    checked = made_up.scan(violins[1])
    assert sentence(checked).endswith("2 of 29 checked.")
    assert made_up.scan("LSCMD-FINISH").items == 29
    sound(made_up)


def test_a_set_comes_back_one_by_one_and_the_rest_is_counted(
    made_up: MadeUp, school: Borrower, thirty: tuple[str, list[str]]
) -> None:
    code, violins = thirty
    made_up.answers(school.code, code, "LSCMD-FINISH")
    made_up.clock.go_on(days=30)
    made_up.answers("LSCMD-RETURN", school.code)
    shown = made_up.scan(code)
    assert shown.answer is Answer.SHOWN
    assert "30 of 30 are out" in sentence(shown)
    for violin in violins[:26]:
        assert made_up.scan(violin).answer is Answer.RETURNED
    last = made_up.scan(violins[26])
    assert sentence(last).endswith("Whole class A: 27 of 30 back; missing: 28, 29, 30.")
    made_up.scan(code)
    counted = made_up.scan("LSCMD-ALL")
    assert (counted.answer, counted.items) == (Answer.RETURNED, 3)
    with made_up.desk.store.reading() as transaction:
        endings = transaction.connection.exec_driver_sql("SELECT ending, count(*) FROM loans GROUP BY ending").all()
    assert sorted(map(tuple, endings)) == [(Ending.COUNTED, 3), (Ending.RETURNED, 27)]
    sound(made_up)


def test_lending_a_set_is_undone_whole(made_up: MadeUp, school: Borrower, thirty: tuple[str, list[str]]) -> None:
    code, violins = thirty
    made_up.answers(school.code, code, violins[0], "LSCMD-UNDO")
    assert made_up.show(violins[29]).status is Status.IN_STORE
    assert made_up.session.state.class_set is None
    assert made_up.session.state.lent == ()


def test_a_family_at_its_limit_gets_no_class_set_but_by_take(made_up: MadeUp, thirty: tuple[str, list[str]]) -> None:
    family = made_up.borrower()
    assert made_up.answers(family.code, thirty[0], "LSCMD-TAKE")[1:] == [Answer.AT_LIMIT, Answer.SET_LENT]


def test_what_is_scanned_at_a_place_is_kept_there_until_finish(made_up: MadeUp, school: Borrower) -> None:
    shelf = placing.add_place(made_up.desk, "Bay 3").result
    violin, flute = made_up.instrument("Violin"), made_up.instrument("Flute")
    made_up.answers(school.code, flute.code, "LSCMD-FINISH")
    made_up.clock.go_on(days=1)
    given = made_up.answers(shelf.code, violin.code, flute.code, "LSCMD-FINISH", violin.code)
    assert given == [Answer.PLACE_CHOSEN, Answer.MOVED, Answer.RETURNED, Answer.FINISHED, Answer.SHOWN]
    for thing in (violin, flute):
        assert made_up.show(thing.code).fields["location"] == shelf.id
    sound(made_up)


def test_choosing_a_place_finishes_the_hand_over_before(made_up: MadeUp, school: Borrower) -> None:
    shelf = placing.add_place(made_up.desk, "Bay 3").result
    violin = made_up.instrument("Violin")
    made_up.answers(school.code, violin.code)
    chosen = made_up.scan(shelf.code)
    assert chosen.answer is Answer.PLACE_CHOSEN
    assert chosen.finished is not None
    assert made_up.session.state.borrower is None


def test_at_a_library_the_loan_goes_on_until_the_store_has_it(made_up: MadeUp, school: Borrower) -> None:
    library = placing.add_place(made_up.desk, "Fenmarsh Library", "drop-off").result
    violin = made_up.instrument("Violin")
    made_up.answers(school.code, violin.code, "LSCMD-FINISH")
    made_up.clock.go_on(days=1)
    assert made_up.answers(library.code, violin.code) == [Answer.PLACE_CHOSEN, Answer.PASSED_ON]
    loan = made_up.show(violin.code).loan
    assert loan is not None
    assert (loan.borrower, loan.custodian, loan.ended) == (school.id, library.id, None)
    assert made_up.answers("LSCMD-FINISH", violin.code)[-1] is Answer.RETURNED
    sound(made_up)


def test_a_repairer_is_chosen_like_a_borrower_and_finish_gives_the_docket(made_up: MadeUp, school: Borrower) -> None:
    repairer = placing.add_place(made_up.desk, "Reed & Bow", "repairer").result
    violin, flute = made_up.instrument("Violin"), made_up.instrument("Flute")
    made_up.answers(school.code, flute.code, "LSCMD-FINISH")
    made_up.clock.go_on(days=1)
    given = made_up.answers(repairer.code, violin.code, flute.code, "LSCMD-TAKE")
    assert given == [Answer.BORROWER_CHOSEN, Answer.SENT_TO_REPAIR, Answer.OUT_TO_OTHER, Answer.SENT_TO_REPAIR]
    finished = made_up.scan("LSCMD-FINISH")
    assert len(finished.sent) == 2
    assert workshop.docket_pdf(made_up.desk, finished.sent).startswith(b"%PDF")
    assert made_up.show(violin.code).status is Status.IN_REPAIR
    assert made_up.answers("LSCMD-RETURN", violin.code)[-1] is Answer.RETURNED
    assert made_up.show(violin.code).status is Status.IN_STORE
    sound(made_up)


def test_where_stock_is_taken_every_scan_of_the_place_is_a_mark(made_up: MadeUp, school: Borrower) -> None:
    here, there = (placing.add_place(made_up.desk, name).result for name in ("Store A", "Store B"))
    right, wrong, lent = (made_up.instrument("Violin", location=name) for name in ("Store A", "Store B", "Store A"))
    made_up.answers(school.code, lent.code, "LSCMD-FINISH")
    made_up.clock.go_on(days=1)
    stocktaking.begin(made_up.desk, here.code)
    given = made_up.answers(here.code, right.code, wrong.code, lent.code)
    assert given == [Answer.PLACE_CHOSEN, Answer.CHECKED, Answer.MOVED, Answer.SHOWN]
    assert made_up.show(wrong.code).fields["location"] == here.id
    assert made_up.show(lent.code).loan is not None
    assert made_up.answers("LSCMD-FINISH", there.code, wrong.code) == [
        Answer.FINISHED,
        Answer.PLACE_CHOSEN,
        Answer.MOVED,
    ]
    sound(made_up)


def test_what_goes_out_counts_down_the_order_and_a_wrong_size_is_said(made_up: MadeUp, school: Borrower) -> None:
    halves = [made_up.instrument("Violin", size="1/2").code for _n in range(2)]
    other = made_up.instrument("Violin", size="3/4").code
    requesting.ask_for(made_up.desk, school.code, [Wanted("Violin", "1/2", 2)])
    made_up.scan(school.code)
    wrong = made_up.scan(other)
    assert (wrong.answer, hint(wrong)) == (Answer.LENT, "Asked for: 1/2")
    assert hint(made_up.scan(halves[0])) == "Violin 1/2: 1 of 2"
    assert hint(made_up.scan(halves[1])) == "Violin 1/2: 2 of 2"
    with made_up.desk.store.reading() as transaction:
        closed = transaction.connection.exec_driver_sql("SELECT closing FROM requests").scalar_one()
    assert closed == "met"
    sound(made_up)
    made_up.scan("LSCMD-UNDO")
    with made_up.desk.store.reading() as transaction:
        assert transaction.connection.exec_driver_sql("SELECT closing FROM requests").scalar_one() is None


def test_what_somebody_waits_for_says_so_when_it_comes_back(made_up: MadeUp, school: Borrower) -> None:
    waiting = made_up.borrower("Drama, Alex")
    violin = made_up.instrument("Violin", size="1/2")
    made_up.answers(school.code, violin.code, "LSCMD-FINISH")
    requesting.ask_for(made_up.desk, waiting.code, [Wanted("Violin", "1/2", kind=RequestKind.WAIT)])
    made_up.clock.go_on(days=1)
    back = made_up.scan(violin.code)
    assert hint(back) == "Drama, Alex waits for this"
    setting_aside.set_aside(made_up.desk, violin.code, waiting.code)
    assert made_up.answers(school.code, violin.code)[-1] is Answer.RESERVED
    assert made_up.answers("LSCMD-FINISH", waiting.code, violin.code)[-1] is Answer.LENT
    sound(made_up)
