"""Condition at hand-over: grade, note and picture at issue and at return, what differs, and each undone by itself."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from loanstore.domain.answers import Answer
from loanstore.domain.errors import FileUnusable, Refused
from loanstore.domain.facts import canonical
from loanstore.domain.loans import Status
from loanstore.operations import browsing, inspecting, lending, photographing, placing, workshop
from loanstore.storage import folding, registers
from loanstore.wording import hint, looks, sentence
from loanstore.wording.story import story_words
from tests.helpers.pictures import a_picture
from tests.helpers.undone import rebuilt_the_same

if TYPE_CHECKING:
    from collections.abc import Iterator

    from loanstore.domain.loans import Instrument, Loan
    from loanstore.domain.looks import Look
    from loanstore.operations.outcomes import Outcome
    from tests.helpers.made_up import MadeUp

GOOD, FAIR, POOR = "LSCMD-GRADE-2", "LSCMD-GRADE-3", "LSCMD-GRADE-4"
SAM = "SAM"
SCRATCH = "a scratch below the bridge"


@pytest.fixture(autouse=True)
def _sound(made_up: MadeUp) -> Iterator[None]:
    yield
    rebuilt_the_same(made_up)


@pytest.fixture(autouse=True)
def violin(made_up: MadeUp) -> Instrument:
    made_up.borrower("Drama, Sam", code=SAM)
    return made_up.instrument("Violin", size="1/2", condition="good", code="V1")


def lent(made_up: MadeUp) -> Outcome:
    made_up.scan(SAM)
    return made_up.scan("V1")


def back(made_up: MadeUp) -> Outcome:
    made_up.scan("LSCMD-RETURN")
    return made_up.scan("V1")


def look(outcome: Outcome) -> Look:
    assert outcome.look is not None
    return outcome.look


def loan_of(made_up: MadeUp, identity: str | None) -> Loan:
    with made_up.desk.store.reading() as transaction:
        found = folding.loan(transaction, identity or "")
    assert found is not None
    return found


def note_of(made_up: MadeUp, identity: str | None) -> str:
    with made_up.desk.store.reading() as transaction:
        return registers.note(transaction, identity or "")


def taken() -> photographing.Picture:
    return photographing.picture_of(a_picture(), "the camera's photo")


def story(made_up: MadeUp) -> list[str]:
    card: Any = browsing.show(made_up.desk, "V1")
    return [story_words(line) for line in card.story]


def test_a_loan_remembers_the_condition_it_went_out_in(made_up: MadeUp) -> None:
    loan = loan_of(made_up, lent(made_up).loan)
    assert loan.issued is not None
    assert loan.issued.condition == "good"


def test_a_grade_at_issue_is_the_loans_and_the_instruments(made_up: MadeUp) -> None:
    loan = lent(made_up).loan
    outcome = made_up.scan(FAIR)
    assert outcome.answer is Answer.NOTED
    assert "condition Fair" in sentence(outcome)
    issued = loan_of(made_up, loan).issued
    assert issued is not None
    assert issued.condition == "fair"
    assert made_up.show("V1").fields["condition"] == "fair"


def test_at_return_the_card_says_how_it_was_issued_and_after_a_grade_what_has_changed(made_up: MadeUp) -> None:
    inspecting.say(made_up.desk, look(lent(made_up)), SCRATCH)
    came = back(made_up)
    assert came.answer is Answer.RETURNED
    assert looks.condition(came) == f"issued Good ({SCRATCH})"
    outcome = made_up.scan(FAIR)
    assert looks.condition(outcome) == f"issued Good ({SCRATCH}), now Fair"
    assert hint(outcome) == "issued Good, now Fair"
    again = made_up.scan(POOR)
    assert hint(again) == "issued Good, now Poor"
    assert hint(made_up.scan(GOOD)) == "Good, as it was issued"
    ended = loan_of(made_up, came.loan)
    assert (ended.condition, ended.issued and ended.issued.condition) == ("good", "good")


def test_the_grades_of_a_store_that_uses_letters_are_letters(made_up: MadeUp) -> None:
    made_up.instrument("Cello", condition="B", code="C1")
    made_up.scan(SAM)
    assert made_up.scan("C1").grades == ("A", "B", "C", "D")
    assert made_up.scan("LSCMD-GRADE-4").answer is Answer.NOTED
    assert made_up.show("C1").fields["condition"] == "D"
    assert made_up.scan("LSCMD-GRADE-5").answer is Answer.NOTHING_TO_DO


def test_the_next_scan_ends_what_can_be_said_by_command(made_up: MadeUp) -> None:
    lent(made_up)
    made_up.scan("978014103614X")
    assert made_up.scan(FAIR).answer is Answer.NOTHING_TO_DO
    assert made_up.show("V1").fields["condition"] == "good"


def test_a_loan_that_another_made_is_not_regraded_by_whoever_sees_it(made_up: MadeUp) -> None:
    lending.lend(made_up.desk, SAM, ["V1"])
    made_up.scan("LSCMD-SHOW")
    outcome = made_up.scan("V1")
    assert (outcome.answer, outcome.look) == (Answer.SHOWN, None)
    assert made_up.scan(FAIR).answer is Answer.NOTHING_TO_DO


@pytest.mark.parametrize("command", ["LSCMD-TAKE", "LSCMD-BACK", "LSCMD-ONLEND"])
def test_what_a_command_handed_over_is_the_last_card_still(made_up: MadeUp, command: str) -> None:
    made_up.borrower("Hilltop Academy", "setting", code="HILL")
    lending.lend(made_up.desk, "HILL", ["V1"])
    made_up.answers(SAM, "V1", command)
    assert made_up.scan("LSCMD-MISSING-1").answer is Answer.NOTED
    assert made_up.scan(FAIR).answer is (Answer.NOTHING_TO_DO if command == "LSCMD-ONLEND" else Answer.NOTED)


def test_accessories_noted_after_a_grade_leave_grade_and_note_alone(made_up: MadeUp) -> None:
    outcome = lent(made_up)
    made_up.scan(FAIR)
    inspecting.say(made_up.desk, look(outcome), SCRATCH)
    made_up.scan("LSCMD-MISSING-1")
    issued = loan_of(made_up, outcome.loan).issued
    assert issued is not None
    assert (issued.condition, note_of(made_up, issued.note)) == ("fair", SCRATCH)
    assert len(issued.missing) == 1


def test_a_grade_leaves_what_is_missing_and_its_need_of_attention_alone(made_up: MadeUp) -> None:
    lent(made_up)
    came = back(made_up)
    made_up.scan("LSCMD-MISSING-1")
    inspecting.say(made_up.desk, look(came), SCRATCH)
    made_up.scan(FAIR)
    after = made_up.show("V1")
    assert after.status is Status.NEEDS_ATTENTION
    assert after.lacking.missing
    assert loan_of(made_up, came.loan).missing == after.lacking.missing


def test_a_note_is_an_erasable_record_and_no_fact_holds_a_word_of_it(made_up: MadeUp) -> None:
    inspecting.say(made_up.desk, look(lent(made_up)), f"  {SCRATCH} \n")
    assert SCRATCH in story(made_up)[-1]
    assert not any("scratch" in canonical(fact.body) for fact in made_up.facts())


def test_undo_takes_note_grade_and_loan_back_one_by_one(made_up: MadeUp) -> None:
    outcome = lent(made_up)
    made_up.scan(FAIR)
    inspecting.say(made_up.desk, look(outcome), SCRATCH)
    issued = loan_of(made_up, outcome.loan).issued
    assert issued is not None
    undone = made_up.scan("LSCMD-UNDO")
    assert "what was noted" in sentence(undone)
    assert note_of(made_up, issued.note) == ""
    assert made_up.show("V1").fields["condition"] == "fair"
    made_up.scan("LSCMD-UNDO")
    assert made_up.show("V1").fields["condition"] == "good"
    assert made_up.show("V1").loan is not None
    made_up.scan("LSCMD-UNDO")
    assert made_up.show("V1").loan is None


def test_a_picture_says_at_which_moment_it_was_taken(made_up: MadeUp) -> None:
    inspecting.photograph(made_up.desk, look(lent(made_up)), taken())
    inspecting.photograph(made_up.desk, look(back(made_up)), taken())
    assert len(photographing.photos_of(made_up.desk, "V1")) == 2
    told = story(made_up)
    assert "photographed as it was issued" in told
    assert told[-1] == "photographed as it came back"


def test_undo_deletes_the_picture_of_a_hand_over_and_only_that(made_up: MadeUp) -> None:
    outcome = lent(made_up)
    photo = inspecting.photograph(made_up.desk, look(outcome), taken()).result
    undone = made_up.scan("LSCMD-UNDO")
    assert sentence(undone) == "Undone: the photo of this hand-over is deleted."
    assert photographing.photos_of(made_up.desk, "V1") == ()
    with pytest.raises(Refused):
        photographing.original(made_up.desk, photo.id)
    assert made_up.show("V1").loan is not None
    made_up.scan("LSCMD-UNDO")
    assert made_up.show("V1").loan is None


def test_what_is_no_picture_is_refused_and_nothing_is_kept(made_up: MadeUp) -> None:
    about = look(lent(made_up))
    before = len(made_up.facts())
    for spoilt in (b"not a picture", a_picture()[:200]):
        with pytest.raises(FileUnusable):
            inspecting.photograph(made_up.desk, about, photographing.picture_of(spoilt, "notes.txt"))
    assert len(made_up.facts()) == before


def test_nothing_is_noted_of_what_has_moved_on(made_up: MadeUp) -> None:
    about = look(lent(made_up))
    lending.bring_back(made_up.desk, ["V1"])
    for act in (
        lambda: inspecting.say(made_up.desk, about, SCRATCH),
        lambda: inspecting.photograph(made_up.desk, about, taken()),
    ):
        with pytest.raises(Refused) as refused:
            act()
        assert refused.value.code == "HAND_OVER_PAST"
    with pytest.raises(Refused) as refused:
        inspecting.say(made_up.desk, about, "  ")
    assert refused.value.code == "EMPTY_NOTE"


def test_a_fault_typed_after_the_scan_stands_on_the_docket_and_undo_erases_it(made_up: MadeUp) -> None:
    place = placing.add_place(made_up.desk, "Strings and Bows", "repairer").result
    made_up.scan(place.code)
    outcome = made_up.scan("V1")
    assert outcome.answer is Answer.SENT_TO_REPAIR
    inspecting.say(made_up.desk, look(outcome), "peg slips")
    (line,) = workshop.repairs(made_up.desk)
    assert line.fault == "peg slips"
    assert not any("peg" in canonical(fact.body) for fact in made_up.facts())
    assert "to be repaired: peg slips" in story(made_up)
    sent = made_up.scan("LSCMD-FINISH").sent
    assert sent == (line.id,)
    assert workshop.docket_pdf(made_up.desk, sent).startswith(b"%PDF")
    made_up.scan("LSCMD-UNDO")
    (line,) = workshop.repairs(made_up.desk)
    assert line.fault == ""
    assert made_up.show("V1").status is Status.IN_REPAIR
