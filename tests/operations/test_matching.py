"""A case and what lies in it do not belong together: three ways to put it right."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from loanstore.domain.answers import Answer
from loanstore.domain.errors import Refused
from loanstore.domain.facts import Draft, FactKind
from loanstore.domain.loans import Ending
from loanstore.operations import browsing, custody, editing, labelling, lending, matching, moving, undoing
from loanstore.paper.proof import read_codes
from loanstore.storage import folding, registers
from tests.helpers.undone import folded, rebuilt_the_same, undo_brings_back

if TYPE_CHECKING:
    from loanstore.domain.loans import Loan
    from tests.helpers.made_up import MadeUp

SCHOOL, SAM, ROBIN = "Z1", "Z2", "Z3"


@pytest.fixture
def violins(made_up: MadeUp) -> tuple[str, str]:
    made_up.borrower("Oakfield Primary School", "setting", code=SCHOOL)
    made_up.borrower("Drama, Sam", code=SAM, pupil="Alex")
    made_up.borrower("Drama, Robin", code=ROBIN, pupil="Billie")
    first, second = made_up.instrument().code, made_up.instrument().code
    return first, second


def _loan(made_up: MadeUp, code: str) -> Loan:
    loan = made_up.show(code).loan
    assert loan is not None
    return loan


def _has(made_up: MadeUp, code: str) -> list[str]:
    card = browsing.show(made_up.desk, code)
    assert isinstance(card, browsing.BorrowerCard)
    return [line.instrument for line in card.out.lines]


def test_put_right_by_hand_notes_that_both_were_seen(made_up: MadeUp, violins: tuple[str, str]) -> None:
    lending.lend(made_up.desk, SAM, [violins[0]])
    made_up.clock.go_on(60)
    made = matching.put_right_by_hand(made_up.desk, violins[0] + "C", violins[1]).result
    assert (made.first.code, made.second.code, made.print) == (*violins, ())
    assert [made_up.show(code).seen_as for code in violins] == ["sighted", "sighted"]
    assert _has(made_up, SAM) == [violins[0]]
    rebuilt_the_same(made_up)


def test_cases_that_stay_swapped_are_labelled_again(made_up: MadeUp, violins: tuple[str, str]) -> None:
    made = matching.cases_stay_swapped(made_up.desk, violins[0] + "C", violins[1]).result
    assert made.print == (violins[0] + "C", violins[1] + "C")
    old = made_up.instrument(code="COUNCIL 7").code
    assert matching.cases_stay_swapped(made_up.desk, violins[0] + "C", old).result.print == (violins[0] + "C",)


def test_swapped_children_have_what_they_really_hold(made_up: MadeUp, violins: tuple[str, str]) -> None:
    first, second = violins
    one = lending.lend(made_up.desk, SAM, [first]).result
    lending.lend(made_up.desk, ROBIN, [second], due=made_up.today().replace(month=12))
    made_up.clock.go_on(days=5)
    due = {code: _loan(made_up, code).due for code in violins}
    before = folded(made_up)
    made = matching.children_swapped(made_up.desk, first + "C", second).result
    assert (_has(made_up, SAM), _has(made_up, ROBIN)) == ([second], [first])
    assert (_loan(made_up, second).due, _loan(made_up, first).due) == (due[first], due[second])
    assert len(made.agreements) == 2
    with made_up.desk.store.reading() as transaction:
        signed = folding.loan(transaction, one.loans[0])
        assert signed is not None
        assert (signed.instrument, signed.ending) == (made.first.id, Ending.TAKEN)
        assert registers.loans_of_agreement(transaction, registers.agreement_of(transaction, signed.id) or "") == [
            signed.id
        ]
    rebuilt_the_same(made_up)
    undo_brings_back(made_up, before)


def test_one_in_store_and_one_with_a_child_change_places(made_up: MadeUp, violins: tuple[str, str]) -> None:
    first, second = violins
    lending.lend(made_up.desk, SAM, [first])
    made_up.clock.go_on(60)
    before = folded(made_up)
    made = matching.children_swapped(made_up.desk, first + "C", second).result
    assert _has(made_up, SAM) == [second]
    assert (made.first.status, made.second.status) == ("in store", "on loan")
    undo_brings_back(made_up, before)


def test_within_one_school_the_players_and_custodians_change_places(made_up: MadeUp, violins: tuple[str, str]) -> None:
    first, second = violins
    loans = lending.lend(made_up.desk, SCHOOL, [first, second]).result.loans
    custody.pass_on(made_up.desk, first, SAM)
    with made_up.desk.gesturing() as (transaction, gesture):
        note = gesture.new_id()
        registers.add_note(transaction, note, "Billie")
        state = lending.find_instrument(transaction, second).instrument
        body = {"loan": loans[1], "player": note}
        moving.record(transaction, gesture, [(state, Draft(FactKind.ALLOCATED, state.id, body))])
    made_up.clock.go_on(60)
    before = folded(made_up)
    matching.children_swapped(made_up.desk, first + "C", second)
    with made_up.desk.store.reading() as transaction:
        sam = lending.find_borrower(transaction, SAM).id
    after = [(_loan(made_up, code).id, _loan(made_up, code).custodian, _loan(made_up, code).player) for code in violins]
    assert after == [(loans[0], None, note), (loans[1], sam, None)]
    rebuilt_the_same(made_up)
    undo_brings_back(made_up, before)


def test_what_can_not_be_put_right_so_is_refused(made_up: MadeUp, violins: tuple[str, str]) -> None:
    first, second = violins
    with pytest.raises(Refused, match="NOTHING_TO_SWAP"):
        matching.children_swapped(made_up.desk, first + "C", second)
    with pytest.raises(Refused, match="THEY_MATCH"):
        matching.put_right_by_hand(made_up.desk, first + "C", first)
    lending.lend(made_up.desk, SCHOOL, [first, second])
    with pytest.raises(Refused, match="SAME_HANDS"):
        matching.children_swapped(made_up.desk, first + "C", second)


TAG, OTHER_TAG = "CASE 17", "CASE 18"


def _cases(made_up: MadeUp, code: str) -> tuple[str, ...]:
    card = browsing.show(made_up.desk, code)
    assert isinstance(card, browsing.InstrumentCard)
    return card.cases


def test_an_old_tag_scans_as_the_case_it_is_on(made_up: MadeUp, violins: tuple[str, str]) -> None:
    first, second = violins
    before = folded(made_up)
    assert editing.edit(made_up.desk, first, {"case": TAG}).result.changed == ("case",)
    assert _cases(made_up, first) == (TAG, first + "C")
    assert made_up.answers("LSCMD-SHOW", TAG, first) == [Answer.SHOW_NEXT, Answer.SHOWN, Answer.MATCHED]
    assert made_up.answers("LSCMD-SHOW", TAG, second)[-1] is Answer.MISMATCH
    undoing.undo(made_up.desk)
    assert folded(made_up)["codes"] == before["codes"]
    rebuilt_the_same(made_up)


def test_a_new_instrument_brings_the_tag_of_its_case(made_up: MadeUp) -> None:
    made_up.instrument(code="COUNCIL 7", case=f"{TAG}, {OTHER_TAG}", alias="old 7")
    assert _cases(made_up, "COUNCIL 7") == (TAG, OTHER_TAG)
    assert made_up.answers(OTHER_TAG, "old 7") == [Answer.SHOWN, Answer.MATCHED]
    with pytest.raises(Refused, match="CODE_TAKEN"):
        made_up.instrument(case=TAG)
    rebuilt_the_same(made_up)


def test_an_old_number_may_turn_out_to_be_that_of_the_case_but_not_the_one_it_is_shown_by(made_up: MadeUp) -> None:
    made_up.instrument(code="COUNCIL 7", alias=TAG)
    before = folded(made_up)
    editing.edit(made_up.desk, "COUNCIL 7", {"case": TAG})
    assert _cases(made_up, "COUNCIL 7") == (TAG,)
    undo_brings_back(made_up, before)
    with pytest.raises(Refused, match="CODE_TAKEN"):
        editing.edit(made_up.desk, "COUNCIL 7", {"case": "council 7"})
    editing.edit(made_up.desk, "COUNCIL 7", {}, [TAG])
    assert _cases(made_up, "COUNCIL 7") == ()
    rebuilt_the_same(made_up)


@pytest.mark.parametrize("tags", [(TAG, OTHER_TAG), (TAG, ""), ("", OTHER_TAG)])
def test_tags_go_with_the_cases_that_stay_swapped(
    made_up: MadeUp, violins: tuple[str, str], tags: tuple[str, str]
) -> None:
    for code, tag in zip(violins, tags, strict=True):
        editing.edit(made_up.desk, code, {"case": tag})
    before = folded(made_up)
    matching.cases_stay_swapped(made_up.desk, *violins)
    assert [_cases(made_up, code)[:-1] for code in violins] == [(tag,) if tag else () for tag in tags[::-1]]
    rebuilt_the_same(made_up)
    undo_brings_back(made_up, before)


def test_the_tag_of_a_case_is_printed_as_a_label(made_up: MadeUp) -> None:
    made_up.instrument(code="COUNCIL 7", case=TAG)
    sheet = labelling.make_labels(made_up.desk, labelling.Wanted([TAG]), labelling.Onto("avery-l7651")).result
    assert read_codes(sheet.pdf) == [["CASE17"]]
    assert made_up.show("COUNCIL 7").labelled is None


def test_apparatus_and_what_it_enables_know_each_other(made_up: MadeUp) -> None:
    stand = made_up.instrument("Instrument stand", code="S1").code
    trombone = made_up.instrument("Trombone", code="T1", apparatus="s-1").code
    for code, apparatus, serves in ((trombone, stand, []), (stand, None, [trombone])):
        card = browsing.show(made_up.desk, code)
        assert isinstance(card, browsing.InstrumentCard)
        assert (card.apparatus.code if card.apparatus else None) == apparatus
        assert [one.code for one in card.serves] == serves
    editing.edit(made_up.desk, stand, {"code": "new"})
    card = browsing.show(made_up.desk, trombone)
    assert isinstance(card, browsing.InstrumentCard)
    assert card.apparatus is not None
    assert card.apparatus.code.startswith("CM-")
    card = browsing.show(made_up.desk, stand)
    assert isinstance(card, browsing.InstrumentCard)
    assert [one.code for one in card.serves] == [trombone]
