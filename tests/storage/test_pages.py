"""Pages of long lists: sorted over the whole list, narrowed down, counted, and found where it is written otherwise."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from loanstore.domain.listings import Question
from loanstore.operations import browsing
from loanstore.operations.lending import lend
from loanstore.storage import search
from loanstore.storage.list_sources import BORROWERS, INSTRUMENTS, LOANS

if TYPE_CHECKING:
    from loanstore.domain.loans import Instrument
    from tests.helpers.made_up import MadeUp

MAKES = ("Yamaha", "bach", "Admira", "Stentor", "Buffet")


@pytest.fixture
def stock(made_up: MadeUp) -> list[Instrument]:
    """Register ten instruments, the codes in another order than the makes and serials."""
    return [
        made_up.instrument(
            "Violin" if n % 2 else "Cello", make=MAKES[n % 5], serial=f"{9 - n}0417733", replacement_value=f"{n}.50"
        )
        for n in range(10)
    ]


def codes(made_up: MadeUp, question: Question) -> list[str]:
    return [line.code for line in browsing.instrument_page(made_up.desk, question).lines]


def test_pages_put_together_are_the_whole_list(made_up: MadeUp, stock: list[Instrument]) -> None:
    pages = [codes(made_up, Question(offset=offset, limit=4)) for offset in (0, 4, 8, 12)]
    assert [len(page) for page in pages] == [4, 4, 2, 0]
    assert [code for page in pages for code in page] == sorted(thing.code for thing in stock)


@pytest.mark.usefixtures("stock")
def test_a_list_is_sorted_whole_and_capitals_do_not_come_first(made_up: MadeUp) -> None:
    first = browsing.instrument_page(made_up.desk, Question(sort="made", limit=4)).lines
    assert [line.make for line in first] == ["Admira", "Admira", "bach", "bach"]
    last = browsing.instrument_page(made_up.desk, Question(sort="serial", descending=True, limit=1)).lines
    assert [line.serial for line in last] == ["90417733"]


@pytest.mark.parametrize("descending", [False, True])
def test_every_list_sorts_by_everything_it_says_it_sorts_by(
    made_up: MadeUp, stock: list[Instrument], *, descending: bool
) -> None:
    lend(made_up.desk, made_up.borrower("Oakfield", "setting").code, [thing.code for thing in stock[:3]])
    pages = (
        (INSTRUMENTS, browsing.instrument_page, 10),
        (BORROWERS, browsing.borrower_page, 1),
        (LOANS, browsing.loan_page, 3),
    )
    for source, page, total in pages:
        for name in source.sorts:
            assert len(page(made_up.desk, Question("", name, descending)).lines) == total


def test_filters_meet_together_and_the_total_is_theirs(made_up: MadeUp, stock: list[Instrument]) -> None:
    lend(made_up.desk, made_up.borrower().code, [stock[1].code, stock[2].code])
    asked = Question(filters=(("status", "on loan"), ("type", "Violin")))
    page = browsing.instrument_page(made_up.desk, asked)
    assert ([line.code for line in page.lines], page.total) == ([stock[1].code], 1)
    assert codes(made_up, Question("cello", filters=asked.filters)) == []


def test_loans_are_narrowed_down_to_what_is_late_or_without_paper_or_past(
    made_up: MadeUp, stock: list[Instrument]
) -> None:
    school = made_up.borrower("Oakfield Primary School", "setting")
    lend(made_up.desk, school.code, [stock[0].code], due=date(2026, 9, 20))
    made_up.answers(school.code, stock[1].code)
    made_up.answers("LSCMD-RETURN", stock[0].code)
    made_up.answers("LSCMD-LEND", school.code, stock[2].code, "LSCMD-FINISH")
    made_up.clock.go_on(days=400)

    def found(standing: str) -> list[str]:
        page = browsing.loan_page(made_up.desk, Question(filters=(("standing", standing),)))
        assert page.total == len(page.lines)
        return [line.instrument for line in page.lines]

    assert found("past") == [stock[0].code, stock[1].code, stock[2].code]
    assert found("late") == found("") == [stock[1].code, stock[2].code]
    assert found("unsigned") == []


@pytest.mark.usefixtures("stock")
def test_counting_stops_where_it_was_asked_to_and_says_so(made_up: MadeUp) -> None:
    bound = browsing.instrument_page(made_up.desk, Question("v", limit=2, count_to=3))
    assert (bound.total, bound.more, len(bound.lines)) == (3, True, 2)
    whole = browsing.instrument_page(made_up.desk, Question("v", limit=2, count_to=3).whole_count())
    assert (whole.total, whole.more, whole.lines) == (5, False, ())


def test_a_page_that_is_only_asked_its_worth_is_added_up(made_up: MadeUp, stock: list[Instrument]) -> None:
    assert browsing.instruments_worth(made_up.desk, Question()) == sum(100 * n + 50 for n in range(len(stock)))
    assert browsing.instruments_worth(made_up.desk, Question("violin", offset=1, limit=2)) == 350 + 550


@pytest.mark.usefixtures("stock")
def test_a_misspelt_word_finds_what_it_stands_for_and_says_which(made_up: MadeUp) -> None:
    page = browsing.instrument_page(made_up.desk, Question("stentro", near=True))
    assert {line.make for line in page.lines} == {"Stentor"}
    assert (page.total, page.near, page.meant) == (2, 2, ("stentor",))
    assert browsing.instrument_page(made_up.desk, Question("stentro")).total == 0


def test_a_piece_out_of_a_serial_finds_it_beside_a_word_that_is_right(made_up: MadeUp, stock: list[Instrument]) -> None:
    assert codes(made_up, Question("041773", near=True)) == [thing.code for thing in stock]
    assert codes(made_up, Question("30417 cello", near=True)) == [stock[6].code]
    assert codes(made_up, Question("9041 cello", near=True)) == [stock[0].code]
    assert codes(made_up, Question("41799", near=True)) == []


def test_a_serial_with_strokes_and_dots_is_found_by_its_figures_alone(made_up: MadeUp) -> None:
    thing = made_up.instrument("Violin", serial="04-17/7.33")
    assert codes(made_up, Question("0417733")) == codes(made_up, Question("1773", near=True)) == [thing.code]


def test_what_bears_the_word_comes_before_what_is_only_like_it(made_up: MadeUp) -> None:
    smyth, smith = made_up.borrower("Smyth, Alex"), made_up.borrower("Smith, Robin")
    page = browsing.borrower_page(made_up.desk, Question("smith", near=True))
    assert [line.code for line in page.lines] == [smith.code, smyth.code]
    assert (page.total, page.near, page.meant) == (2, 1, ("smyth",))


def test_a_loan_is_found_by_a_misspelt_borrower(made_up: MadeUp, stock: list[Instrument]) -> None:
    lend(made_up.desk, made_up.borrower("Oakfield Primary School", "setting").code, [stock[0].code])
    page = browsing.loan_page(made_up.desk, Question("oakfeild", near=True))
    assert [line.instrument for line in page.lines] == [stock[0].code]


def test_an_instrument_whose_serial_was_put_right_is_no_longer_found_by_the_old_one(made_up: MadeUp) -> None:
    thing = made_up.instrument("Viola", serial="0988770")
    assert codes(made_up, Question("8877", near=True)) == [thing.code]
    with made_up.desk.store.writing() as transaction:
        transaction.connection.exec_driver_sql("UPDATE instruments SET serial = '0123456'")
        search.index_instrument(transaction, thing.id)
    assert codes(made_up, Question("8877", near=True)) == []
    assert codes(made_up, Question("2345", near=True)) == [thing.code]


def test_a_name_that_nobody_bears_any_more_is_never_offered(made_up: MadeUp) -> None:
    person = made_up.borrower("Featherstone, Alex")
    made_up.borrower("Feathers, Robin")
    with made_up.desk.store.writing() as transaction:
        transaction.connection.exec_driver_sql("UPDATE borrowers SET name = 'Drama, Sam' WHERE id = ?", (person.id,))
        search.index_borrower(transaction, person.id)
    page = browsing.borrower_page(made_up.desk, Question("fetherstone", near=True))
    assert (page.total, page.meant) == (0, ())
