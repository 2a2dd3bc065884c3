"""The scan desk on a real store: what is answered is what is stored."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest

from loanstore.domain import codes
from loanstore.domain.answers import REFUSALS, Answer
from loanstore.domain.facts import FactKind
from loanstore.operations import browsing, carrying_out, cataloguing, lending, scanning, undoing
from loanstore.storage.lists import LoanFilter
from loanstore.wording import sentence
from tests.helpers.undone import rebuilt_the_same

if TYPE_CHECKING:
    from loanstore.domain.borrowers import Borrower
    from loanstore.domain.loans import Instrument
    from tests.helpers.made_up import MadeUp


@pytest.fixture
def sam(made_up: MadeUp) -> Borrower:
    return made_up.borrower("Drama, Sam", pupil="Alex")


@pytest.fixture
def violin(made_up: MadeUp) -> Instrument:
    return made_up.instrument("Violin", size="1/2")


@pytest.fixture
def cello(made_up: MadeUp) -> Instrument:
    return made_up.instrument("Cello")


@pytest.fixture(autouse=True)
def _sound(made_up: MadeUp) -> object:
    """Hold every story here to this: verify is clean at its end, and folding afresh changes nothing."""
    yield
    rebuilt_the_same(made_up)


def agreements(made_up: MadeUp) -> list[tuple[object, ...]]:
    return made_up.dump()["agreement_items"]


def test_out_and_back_with_one_agreement(made_up: MadeUp, sam: Borrower, violin: Instrument, cello: Instrument) -> None:
    assert made_up.answers(sam.code, violin.code, cello.code) == [Answer.BORROWER_CHOSEN, Answer.LENT, Answer.LENT]
    finished = made_up.scan("LSCMD-FINISH")
    assert (finished.answer, finished.items, finished.borrower) == (Answer.FINISHED, 2, sam)
    assert finished.agreement is not None
    card = browsing.show(made_up.desk, finished.agreement)
    assert isinstance(card, browsing.BorrowerCard)
    assert {line.agreement for line in card.out.lines} == {finished.agreement}
    back = made_up.scan(violin.code, after=300)
    assert (back.answer, back.borrower) == (Answer.RETURNED, sam)
    assert made_up.show(violin.code).loan is None


@pytest.mark.parametrize("form", ["{}", "{}\r\n", " {}", "]C1{}"])
def test_a_code_is_read_however_the_scanner_sends_it(made_up: MadeUp, violin: Instrument, form: str) -> None:
    for text in (violin.code, violin.code.replace("-", ""), violin.code.lower()):
        assert made_up.scan(form.format(text)).answer is Answer.SHOWN


def test_a_case_label_is_its_instruments(made_up: MadeUp, violin: Instrument) -> None:
    case = codes.case_form(codes.normalise(violin.code))
    found = made_up.scan(case)
    assert found.instrument is not None
    assert found.instrument.id == violin.id
    assert made_up.scan(violin.code, after=1).answer is Answer.MATCHED
    assert made_up.scan(case, after=1).answer is Answer.REPEATED


def test_an_old_number_is_as_good_as_the_label(made_up: MadeUp, sam: Borrower) -> None:
    made_up.instrument("Flute", code="MS/0471", alias="old 12")
    assert made_up.answers(sam.code, "ms0471", "OLD-12") == [Answer.BORROWER_CHOSEN, Answer.LENT, Answer.ALREADY_THEIRS]


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("", Answer.UNKNOWN_CODE),
        ("9780571245642", Answer.UNKNOWN_CODE),
        ("CM-0000", Answer.UNKNOWN_CODE),
        ("CM000002BCM0000039", Answer.UNKNOWN_CODE),
        ("x" * 10_000, Answer.UNKNOWN_CODE),
        ("7" * 10_000, Answer.UNKNOWN_CODE),
        ("\x00\x01\x1b[31m", Answer.UNKNOWN_CODE),
        ("CM-000001-X", Answer.BAD_CHECK),
        ("🎻 ŵ 李 \ud800".encode("utf-16", "surrogatepass").decode("utf-16", "replace"), Answer.UNKNOWN_CODE),
        ("'; DROP TABLE facts; --", Answer.UNKNOWN_CODE),
        ("LSCMD-DANCE", Answer.UNKNOWN_CODE),
    ],
)
def test_what_makes_no_sense_is_refused_kept_and_changes_nothing(
    made_up: MadeUp, sam: Borrower, text: str, answer: Answer
) -> None:
    made_up.scan(sam.code)
    before = made_up.dump()
    outcome = made_up.scan(text)
    assert outcome.answer is answer
    assert len(outcome.scanned) <= carrying_out.LONGEST_SHOWN
    after = made_up.dump()
    assert len(after["facts"]) == len(before["facts"]) + 1
    kept_apart = {"facts", "unknown_scans"}
    assert {k: v for k, v in after.items() if k not in kept_apart} == {
        k: v for k, v in before.items() if k not in kept_apart
    }
    assert made_up.session.state.borrower == sam


def test_every_refusal_is_a_fact_and_nothing_else(made_up: MadeUp, sam: Borrower, violin: Instrument) -> None:
    alex = made_up.borrower("Drama, Alex")
    made_up.answers(sam.code, violin.code, "LSCMD-FINISH", alex.code)
    outcome = made_up.scan(violin.code)
    assert outcome.answer in REFUSALS
    last = made_up.facts()[-1]
    assert (last.kind, last.id, last.body) == (
        FactKind.REFUSED,
        outcome.fact,
        {"answer": "OUT_TO_OTHER", "instrument": violin.id},
    )


def test_take_lends_it_all_the_same_and_undo_gives_it_back_whole(
    made_up: MadeUp, sam: Borrower, violin: Instrument
) -> None:
    alex = made_up.borrower("Drama, Alex")
    made_up.answers(sam.code, violin.code, alex.code)
    assert made_up.answers(violin.code, "LSCMD-TAKE") == [Answer.OUT_TO_OTHER, Answer.LENT]
    assert made_up.show(violin.code).loan is not None
    assert made_up.show(violin.code).loan.borrower == alex.id  # type: ignore[union-attr]  # the line before says it is one
    assert made_up.scan("LSCMD-UNDO").answer is Answer.UNDONE
    assert made_up.show(violin.code).loan.borrower == sam.id  # type: ignore[union-attr]  # undone, it is Sam's again
    assert made_up.scan("LSCMD-FINISH").agreement is None


def test_back_and_undo_leave_the_loan_on_the_hand_over(made_up: MadeUp, sam: Borrower, violin: Instrument) -> None:
    made_up.answers(sam.code, violin.code, violin.code)
    assert made_up.answers("LSCMD-BACK", "LSCMD-UNDO") == [Answer.RETURNED, Answer.UNDONE]
    assert made_up.scan("LSCMD-FINISH").items == 1


def test_a_limit_is_said_and_can_be_overruled(made_up: MadeUp, sam: Borrower) -> None:
    three = [made_up.instrument().code for _ in range(3)]
    assert made_up.answers(sam.code, *three)[1:] == [Answer.LENT, Answer.LENT, Answer.AT_LIMIT]
    assert made_up.scan("LSCMD-TAKE").answer is Answer.LENT
    assert made_up.scan("LSCMD-FINISH").items == 3


def test_an_agreement_scanned_brings_everything_back_as_counted(
    made_up: MadeUp, sam: Borrower, violin: Instrument, cello: Instrument
) -> None:
    made_up.answers(sam.code, violin.code, cello.code)
    paper = made_up.scan("LSCMD-FINISH").agreement or ""
    seen = made_up.show(violin.code).seen
    made_up.scan(paper)
    back = made_up.scan("LSCMD-ALL")
    assert (back.answer, back.items) == (Answer.RETURNED, 2)
    assert made_up.show(violin.code).loan is None
    assert made_up.show(violin.code).seen == seen
    endings = {row[7] for row in made_up.dump()["loans"]}
    assert endings == {"counted, not scanned"}


def test_a_session_left_quiet_finishes_by_itself(made_up: MadeUp, sam: Borrower, violin: Instrument) -> None:
    made_up.answers(sam.code, violin.code)
    made_up.clock.go_on(299)
    assert scanning.finish_if_quiet(made_up.desk, made_up.session) is None
    made_up.clock.go_on(1)
    done = scanning.finish_if_quiet(made_up.desk, made_up.session)
    assert done is not None
    assert (done.result.answer, done.result.items) == (Answer.FINISHED, 1)
    assert scanning.finish_if_quiet(made_up.desk, made_up.session) is None
    assert made_up.scan("LSCMD-PRINT").answer is Answer.NOTED


def test_a_scan_after_the_quiet_belongs_to_nobody_and_says_what_was_finished(
    made_up: MadeUp, sam: Borrower, violin: Instrument, cello: Instrument
) -> None:
    made_up.answers(sam.code, violin.code)
    late = made_up.scan(cello.code, after=400)
    assert late.answer is Answer.SHOWN
    assert late.finished is not None
    assert [row[1] for row in made_up.dump()["agreements"]] == [late.finished]


def test_undoing_a_scan_after_the_quiet_keeps_the_agreement_of_the_hand_over_before(
    made_up: MadeUp, sam: Borrower, violin: Instrument
) -> None:
    made_up.answers(sam.code, violin.code)
    assert made_up.scan(violin.code, after=400).answer is Answer.RETURNED
    assert made_up.scan("LSCMD-UNDO").answer is Answer.UNDONE
    assert made_up.show(violin.code).loan is not None
    assert len(agreements(made_up)) == 1


def test_the_next_borrower_finishes_the_one_before(made_up: MadeUp, sam: Borrower, violin: Instrument) -> None:
    alex = made_up.borrower("Drama, Alex")
    made_up.answers(sam.code, violin.code)
    chosen = made_up.scan(alex.code)
    assert chosen.answer is Answer.BORROWER_CHOSEN
    assert chosen.finished == made_up.dump()["agreements"][0][1]


def test_a_date_set_by_hand_holds_for_this_hand_over_alone(
    made_up: MadeUp, sam: Borrower, violin: Instrument, cello: Instrument
) -> None:
    made_up.answers(sam.code, violin.code)
    assert scanning.set_due(made_up.desk, made_up.session, date(2026, 10, 1)).result == 1
    assert made_up.scan(cello.code).due == date(2026, 10, 1)
    assert {row[4] for row in made_up.dump()["loans"]} == {"2026-10-01"}
    alex = made_up.borrower("Drama, Alex")
    made_up.scan(alex.code)
    assert made_up.scan(made_up.instrument().code).due == date(2026, 12, 18)


def test_nothing_carries_over_to_another_session(made_up: MadeUp, sam: Borrower, violin: Instrument) -> None:
    made_up.answers("LSCMD-LEND", sam.code)
    other = scanning.begin_session(made_up.desk)
    assert scanning.scan(made_up.desk, violin.code, other).result.answer is Answer.SHOWN


def test_a_chosen_borrower_whose_joining_was_undone_is_let_go(made_up: MadeUp, violin: Instrument) -> None:
    new = made_up.borrower("Drama, Noor")
    made_up.scan(new.code)
    assert made_up.scan("LSCMD-UNDO").answer is Answer.UNDONE
    assert made_up.scan(violin.code).answer is Answer.SHOWN
    assert made_up.scan("LSCMD-FINISH").agreement is None


def test_what_another_window_undid_is_on_no_agreement(made_up: MadeUp, sam: Borrower, violin: Instrument) -> None:
    made_up.answers(sam.code, violin.code)
    undoing.undo(made_up.desk)
    finished = made_up.scan("LSCMD-FINISH")
    assert (finished.agreement, finished.items) == (None, 0)


def test_loans_of_a_session_that_was_never_finished_are_listed_without_agreement(
    made_up: MadeUp, sam: Borrower, violin: Instrument
) -> None:
    made_up.answers(sam.code, violin.code)
    listed = browsing.list_loans(made_up.desk, LoanFilter(without_agreement=True))
    assert [line.instrument for line in listed.lines] == [violin.code]
    made_up.scan("LSCMD-FINISH")
    assert browsing.list_loans(made_up.desk, LoanFilter(without_agreement=True)).total == 0


def test_a_clock_set_back_an_hour_changes_neither_order_nor_truth(
    made_up: MadeUp, sam: Borrower, violin: Instrument
) -> None:
    made_up.answers(sam.code, violin.code, "LSCMD-FINISH")
    made_up.clock.go_on(-3600)
    assert made_up.answers(violin.code, violin.code, sam.code, violin.code) == [
        Answer.RETURNED,
        Answer.SHOWN,
        Answer.BORROWER_CHOSEN,
        Answer.LENT,
    ]
    made_up.clock.go_on(-3600)
    assert made_up.answers("LSCMD-RETURN", violin.code) == [Answer.RETURN_MODE, Answer.RETURNED]
    assert made_up.show(violin.code).loan is None
    assert [fact.counter for fact in made_up.facts()] == list(range(1, len(made_up.facts()) + 1))
    assert made_up.complaints() == []
    assert made_up.answers("LSCMD-UNDO") == [Answer.UNDONE]
    assert made_up.show(violin.code).loan is not None


@pytest.mark.parametrize("lag", [-3600, 3600])
def test_two_desks_whose_clocks_differ_answer_truly(
    made_up: MadeUp, sam: Borrower, violin: Instrument, lag: int
) -> None:
    from tests.helpers.made_up import SetClock

    other = made_up.another_desk(clock=SetClock(made_up.clock.moment + timedelta(seconds=lag)))
    for _ in range(3):
        assert made_up.answers(sam.code, violin.code, "LSCMD-FINISH")[1] is Answer.LENT
        assert made_up.show(violin.code).loan is not None
        assert other.scan(violin.code).answer is Answer.RETURNED
        assert made_up.show(violin.code).loan is None
        assert other.answers(sam.code, violin.code, "LSCMD-FINISH")[1] is Answer.LENT
        assert made_up.scan(violin.code, after=200).answer is Answer.RETURNED
        assert made_up.show(violin.code).loan is None
    other.close()


def test_staff_are_named_by_id_and_only_there(made_up: MadeUp, violin: Instrument) -> None:
    made_up.desk.staff = "Noor Drama"
    made_up.scan(violin.code)
    made_up.scan(violin.code)
    (staff,) = made_up.dump()["staff"]
    assert staff[1] == "Noor Drama"
    assert [fact.staff for fact in made_up.facts()[-2:]] == [staff[0], staff[0]]


def test_lending_by_hand_and_at_the_scanner_are_the_same_loan(
    made_up: MadeUp, sam: Borrower, violin: Instrument
) -> None:
    made = lending.lend(made_up.desk, sam.code, [violin.code]).result
    found = made_up.scan(violin.code)
    assert (found.answer, found.loan) == (Answer.RETURNED, made.loans[0])


def test_an_instrument_is_never_seen_until_it_is_scanned(made_up: MadeUp) -> None:
    added = cataloguing.add_instrument(made_up.desk, {"type": "Horn"}).result
    assert added.seen is None
    assert made_up.scan(added.code).instrument is not None
    assert made_up.show(added.code).seen is not None


def test_what_was_brought_back_by_command_is_lent_by_its_next_scan(
    made_up: MadeUp, sam: Borrower, violin: Instrument
) -> None:
    other = made_up.borrower("Drama, Noor")
    lending.lend(made_up.desk, other.code, [violin.code])
    made_up.answers(sam.code, violin.code)
    assert made_up.scan("LSCMD-BACK", after=1).answer is Answer.RETURNED
    assert made_up.scan(violin.code, after=1).answer is Answer.LENT


def test_another_bringer_finishes_the_hand_over_before_and_says_what_came_back(
    made_up: MadeUp, sam: Borrower, violin: Instrument
) -> None:
    other = made_up.borrower("Drama, Noor")
    handed = lending.lend(made_up.desk, sam.code, [violin.code]).result
    made_up.answers("LSCMD-RETURN", sam.code, violin.code)
    changed = made_up.scan(other.code)
    assert (changed.answer, changed.returned) == (Answer.BORROWER_CHOSEN, handed.loans)
    assert "1 thing came back." in sentence(changed)


def test_what_comes_back_by_all_names_who_had_it(made_up: MadeUp, sam: Borrower, violin: Instrument) -> None:
    made = lending.lend(made_up.desk, sam.code, [violin.code]).result
    made_up.answers("LSCMD-SHOW", made.agreement)
    back = made_up.scan("LSCMD-ALL")
    assert (back.answer, back.borrower) == (Answer.RETURNED, sam)
