"""Scans beside lending: cases and bodies, blank labels, accessories, what happened earlier, custody passed on."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from loanstore.domain import codes
from loanstore.domain.answers import Answer
from loanstore.domain.errors import Refused
from loanstore.domain.loans import Ending, Status
from loanstore.operations import browsing, labelling, scanning
from loanstore.wording import sentence
from tests.helpers.undone import rebuilt_the_same

if TYPE_CHECKING:
    from loanstore.domain.borrowers import Borrower
    from loanstore.domain.loans import Instrument
    from tests.helpers.made_up import MadeUp


@pytest.fixture
def violin(made_up: MadeUp) -> Instrument:
    return made_up.instrument("Violin", size="1/2", serial="SN4177")


@pytest.fixture
def other(made_up: MadeUp) -> Instrument:
    return made_up.instrument("Violin", size="3/4")


@pytest.fixture
def family(made_up: MadeUp) -> Borrower:
    return made_up.borrower("Drama, Sam")


def case_of(thing: Instrument) -> str:
    return codes.case_form(codes.normalise(thing.code))


def blank_label(made_up: MadeUp) -> str:
    """Print one blank label and give the code on it."""
    sheet = labelling.make_labels(made_up.desk, labelling.Wanted(blank=1), labelling.Onto("avery-l7160")).result
    assert sheet.verified == 1
    with made_up.desk.store.reading() as transaction:
        (number,) = transaction.connection.exec_driver_sql("SELECT max(first) FROM blanks").one()
    return codes.make("CM", number)


def sound(made_up: MadeUp) -> None:
    """Hold the store to what its journal says, and a rebuilt one to the same."""
    rebuilt_the_same(made_up)


def test_a_case_and_its_own_instrument_match(made_up: MadeUp, violin: Instrument) -> None:
    assert made_up.answers(case_of(violin), violin.code) == [Answer.SHOWN, Answer.MATCHED]


def test_a_case_with_another_instrument_says_so_and_goes_on(
    made_up: MadeUp, violin: Instrument, other: Instrument, family: Borrower
) -> None:
    made_up.answers(family.code, case_of(violin))
    before = len(made_up.facts())
    outcome = made_up.scan(other.code)
    assert outcome.answer is Answer.MISMATCH
    assert sentence(outcome).startswith(f"This case is that of {violin.code}, not of {other.code}: BYHAND puts each")
    assert len(made_up.facts()) == before + 1
    assert made_up.show(other.code).loan is None
    assert made_up.scan(other.code, after=1).answer is Answer.LENT


def test_while_matching_nothing_is_lent_or_brought_back(
    made_up: MadeUp, violin: Instrument, other: Instrument, family: Borrower
) -> None:
    made_up.answers(family.code, violin.code, "LSCMD-FINISH")
    given = made_up.answers("LSCMD-MATCH", case_of(violin), violin.code, case_of(other), violin.code, other.code)
    assert given == [Answer.NOTED, Answer.SHOWN, Answer.MATCHED, Answer.SHOWN, Answer.MISMATCH, Answer.SHOWN]
    assert made_up.show(violin.code).loan is not None
    made_up.clock.go_on(days=1)
    assert made_up.answers("LSCMD-FINISH", violin.code)[-1] is Answer.RETURNED


def test_a_blank_label_is_bound_by_the_next_old_number(made_up: MadeUp) -> None:
    made_up.instrument("Cello", code="004217")
    blank = blank_label(made_up)
    assert made_up.answers(blank, "004217") == [Answer.UNBOUND, Answer.BOUND]
    cello = made_up.show(blank)
    assert cello.code == blank
    assert made_up.show("004217").id == cello.id
    assert cello.labelled is not None
    sound(made_up)


def test_a_blank_label_is_bound_by_a_serial_and_the_borrower_stays(
    made_up: MadeUp, violin: Instrument, family: Borrower
) -> None:
    blank = blank_label(made_up)
    assert made_up.answers(family.code, blank, "SN4177") == [Answer.BORROWER_CHOSEN, Answer.UNBOUND, Answer.BOUND]
    assert made_up.show(blank).id == violin.id
    assert made_up.scan(blank).answer is Answer.LENT
    assert made_up.session.state.borrower == family


def test_binding_is_undone_whole(made_up: MadeUp, violin: Instrument) -> None:
    blank = blank_label(made_up)
    before = made_up.show(violin.code)
    assert made_up.answers(blank, violin.code, "LSCMD-UNDO") == [Answer.UNBOUND, Answer.BOUND, Answer.UNDONE]
    after = made_up.show(violin.code)
    assert (after.code, after.labelled) == (before.code, before.labelled)
    assert made_up.scan(blank).answer is Answer.UNBOUND


def test_a_number_that_was_never_printed_is_no_blank_label(made_up: MadeUp) -> None:
    assert made_up.scan(codes.make("CM", 990_001)).answer is Answer.UNKNOWN_CODE


def test_a_missing_bow_keeps_a_violin_in_until_it_is_handed_in(
    made_up: MadeUp, violin: Instrument, family: Borrower
) -> None:
    made_up.answers(family.code, violin.code, "LSCMD-FINISH", "LSCMD-RETURN")
    assert made_up.answers(violin.code, "LSCMD-MISSING-1") == [Answer.RETURNED, Answer.NOTED]
    lacking = made_up.show(violin.code)
    assert (lacking.status, lacking.lacking.missing) == (Status.NEEDS_ATTENTION, ("Bow",))
    card = browsing.show(made_up.desk, family.code)
    assert isinstance(card, browsing.BorrowerCard)
    assert card.past.total == 1
    sound(made_up)
    made_up.answers("LSCMD-FINISH", family.code)
    assert made_up.scan(violin.code).answer is Answer.NOT_AVAILABLE
    assert made_up.scan("LSCMD-PRESENT-1").answer is Answer.NOTED
    assert made_up.show(violin.code).status is Status.IN_STORE
    assert made_up.scan(violin.code).answer is Answer.LENT


def test_what_was_missing_at_issue_is_said_at_return(made_up: MadeUp, violin: Instrument, family: Borrower) -> None:
    made_up.answers(family.code, violin.code, "LSCMD-MISSING-4", "LSCMD-DAMAGED-3", "LSCMD-FINISH")
    issued = made_up.show(violin.code).loan
    assert issued is not None
    assert issued.issued is not None
    assert (issued.issued.missing, issued.issued.damaged) == (("Rosin",), ("Shoulder rest",))
    made_up.clock.go_on(days=3)
    back = made_up.scan(violin.code)
    assert back.answer is Answer.RETURNED
    assert back.issued == issued.issued
    sound(made_up)


def test_an_accessory_that_the_type_has_not_is_nothing_to_do(made_up: MadeUp, violin: Instrument) -> None:
    assert made_up.answers(violin.code, "LSCMD-MISSING-9") == [Answer.SHOWN, Answer.NOTHING_TO_DO]
    assert made_up.answers("LSCMD-FINISH", "LSCMD-MISSING-1")[-1] is Answer.NOTHING_TO_DO


def test_repair_is_noted_and_undone(made_up: MadeUp, violin: Instrument) -> None:
    assert made_up.answers(violin.code, "LSCMD-REPAIR") == [Answer.SHOWN, Answer.NOTED]
    assert made_up.show(violin.code).status is Status.NEEDS_ATTENTION
    assert made_up.scan("LSCMD-UNDO").answer is Answer.UNDONE
    assert made_up.show(violin.code).status is Status.IN_STORE


def test_crates_that_came_on_the_17th_and_are_scanned_on_the_24th_came_back_on_the_17th(
    made_up: MadeUp, violin: Instrument, family: Borrower
) -> None:
    made_up.answers(family.code, violin.code, "LSCMD-FINISH")
    made_up.clock.go_on(days=10)
    scanning.set_happened(made_up.desk, made_up.session, date(2026, 9, 17))
    outcome = made_up.scan(violin.code)
    assert outcome.answer is Answer.RETURNED
    with made_up.desk.store.reading() as transaction:
        ended, ending = transaction.connection.exec_driver_sql("SELECT ended, ending FROM loans").one()
    assert (ended[:10], ending) == ("2026-09-17", Ending.RETURNED)
    made_up.scan("LSCMD-FINISH")
    assert made_up.session.state.happened is None
    sound(made_up)


def test_a_day_that_is_still_to_come_is_refused(made_up: MadeUp) -> None:
    with pytest.raises(Refused) as refused:
        scanning.set_happened(made_up.desk, made_up.session, date(2026, 9, 15))
    assert refused.value.code == "IN_THE_FUTURE"


def test_a_school_passes_a_violin_on_and_its_loan_goes_on(made_up: MadeUp, violin: Instrument) -> None:
    school = made_up.borrower("Oakfield Primary School", kind="setting")
    family = made_up.borrower("Drama, Alex")
    made_up.answers(school.code, violin.code, "LSCMD-FINISH")
    made_up.clock.go_on(days=1)
    given = made_up.answers(family.code, violin.code, "LSCMD-ONLEND", violin.code)
    assert given == [Answer.BORROWER_CHOSEN, Answer.OUT_TO_OTHER, Answer.PASSED_ON, Answer.ALREADY_THEIRS]
    loan = made_up.show(violin.code).loan
    assert loan is not None
    assert (loan.borrower, loan.custodian) == (school.id, family.id)
    sound(made_up)
    made_up.answers("LSCMD-FINISH", violin.code)
    assert made_up.show(violin.code).loan is None


def test_the_day_chip_never_brings_anything_back_before_it_went_out(
    made_up: MadeUp, violin: Instrument, family: Borrower
) -> None:
    made_up.answers(family.code, violin.code, "LSCMD-FINISH")
    made_up.clock.go_on(days=2)
    scanning.set_happened(made_up.desk, made_up.session, date(2026, 9, 1))
    made_up.scan(violin.code)
    with made_up.desk.store.reading() as transaction:
        out, ended = transaction.connection.exec_driver_sql('SELECT "out", ended FROM loans').one()
    assert ended == out
