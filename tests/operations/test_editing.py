"""Records put right: values read as they are everywhere, no personal text in a fact, and undo brings all of it back."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from loanstore.domain.answers import Answer
from loanstore.domain.errors import Refused, Theirs, WrongUsage
from loanstore.operations import browsing, cataloguing
from loanstore.operations.editing import edit
from loanstore.operations.undoing import undo
from tests.helpers.undone import folded, rebuilt_the_same, undo_brings_back

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tests.helpers.made_up import MadeUp

VIOLIN, VIOLA, SCHOOL, FAMILY = "Z1", "Z2", "Z3", "Z4"


@pytest.fixture(autouse=True)
def _stocked(made_up: MadeUp) -> None:
    made_up.instrument("Violin", code=VIOLIN, size="3/4", make="Stentor", location="Bay 1", notes="scratched")
    made_up.instrument("Viola", code=VIOLA, alias="old-2")
    made_up.borrower("Oakfield Primary School", "setting", code=SCHOOL, urn="100001", telephone="01632 960123")
    made_up.borrower("Drama, Sam", code=FAMILY, pupil="Alex")
    made_up.clock.go_on(days=1)


def test_fields_change_and_the_rest_stays(made_up: MadeUp) -> None:
    before = folded(made_up)
    done = edit(made_up.desk, VIOLIN, {"size": "half", "make": "", "replacement_value": "£180", "purchased": "2019"})
    fields = made_up.show(VIOLIN).fields
    assert (fields["size"], fields["replacement_value"], fields["purchased"]) == ("1/2", "18000", "2019")
    assert "make" not in fields
    assert fields["valued"] == made_up.today().isoformat()
    assert set(done.result.changed) == {"size", "make", "replacement_value", "valued", "purchased"}
    undo_brings_back(made_up, before)


def test_the_day_a_value_is_of_may_be_given_and_goes_with_the_value(made_up: MadeUp) -> None:
    edit(made_up.desk, VIOLIN, {"replacement_value": "180", "valued": "1 September 2026"})
    assert made_up.show(VIOLIN).fields["valued"] == "2026-09-01"
    edit(made_up.desk, VIOLIN, {"replacement_value": "180", "make": "Primavera"})
    assert made_up.show(VIOLIN).fields["valued"] == "2026-09-01"
    edit(made_up.desk, VIOLIN, {"replacement_value": ""})
    assert "valued" not in made_up.show(VIOLIN).fields


def test_a_place_and_a_note_are_named_by_id_in_the_journal(made_up: MadeUp) -> None:
    edit(made_up.desk, VIOLIN, {"location": "Bay 7", "notes": "belongs to Sam's sister"})
    card = browsing.show(made_up.desk, VIOLIN)
    assert isinstance(card, browsing.InstrumentCard)
    assert (card.place, card.note) == ("Bay 7", "belongs to Sam's sister")
    assert not any(word in repr(made_up.dump()["facts"]) for word in ("sister", "Bay 7"))
    undo(made_up.desk)
    card = browsing.show(made_up.desk, VIOLIN)
    assert isinstance(card, browsing.InstrumentCard)
    assert (card.place, card.note) == ("Bay 1", "scratched")


REFUSED: dict[str, tuple[str, str, Mapping[str, str], tuple[str, ...]]] = {
    "a violin in 5/7": ("SIZE_NOT_MADE", VIOLIN, {"size": "5/7"}, ()),
    "a viola in quarters": ("SIZE_NOT_MADE", VIOLA, {"size": "3/4"}, ()),
    "a violin turned viola of no such size": ("SIZE_NOT_MADE", VIOLIN, {"type": "Viola"}, ()),
    "money nobody can read": ("NOT_MONEY", VIOLIN, {"replacement_value": "a lot"}, ()),
    "a day nobody can read": ("NOT_A_DAY", VIOLIN, {"serviced": "last week"}, ()),
    "a life of no years": ("NOT_YEARS", VIOLIN, {"useful_life": "long"}, ()),
    "apparatus that is not there": ("NO_INSTRUMENT", VIOLIN, {"apparatus": "Z99"}, ()),
    "a code that is taken": ("CODE_TAKEN", VIOLIN, {"code": "z-2"}, ()),
    "an old number that is taken": ("CODE_TAKEN", VIOLIN, {"alias": "OLD 2"}, ()),
    "a number it does not carry": ("NOT_ITS_CODE", VIOLIN, {}, ("old-2",)),
    "the code it is shown by": ("SHOWN_BY_IT", VIOLIN, {}, ("Z-1",)),
    "a URN another school has": ("URN_TAKEN", FAMILY, {"urn": "100001"}, ()),
    "an address that is no e-mail": ("BAD_VALUE", FAMILY, {"email": "sam"}, ()),
    "a thing that is not there": ("NO_INSTRUMENT", "Z99", {"make": "X"}, ()),
}
MISUSED: dict[str, tuple[str, str, Mapping[str, str], tuple[str, ...]]] = {
    "a record without a type": ("NEED_FIELD", VIOLIN, {"type": ""}, ()),
    "a borrower without a name": ("NEED_FIELD", FAMILY, {"name": " "}, ()),
    "a borrower's field of an instrument": ("UNKNOWN_FIELD", VIOLIN, {"pupil": "Alex"}, ()),
    "an instrument's field of a borrower": ("UNKNOWN_FIELD", FAMILY, {"make": "Stentor"}, ()),
    "a kind there is not": ("BAD_KIND", FAMILY, {"kind": "wizard"}, ()),
}


@pytest.mark.parametrize("story", REFUSED | MISUSED)
def test_a_refusal_says_why_and_changes_nothing(made_up: MadeUp, story: str) -> None:
    code, thing, given, drop = (REFUSED | MISUSED)[story]
    before = made_up.dump()
    with pytest.raises(Theirs) as refused:
        edit(made_up.desk, thing, given, drop)
    assert refused.value.code == code
    assert isinstance(refused.value, WrongUsage if story in MISUSED else Refused)
    assert made_up.dump() == before


def test_the_sizes_it_comes_in_are_named(made_up: MadeUp) -> None:
    with pytest.raises(Refused) as refused:
        cataloguing.add_instrument(made_up.desk, {"type": "Viola", "size": "5/7"})
    assert '14"' in str(refused.value.facts["sizes"])


def test_a_type_that_names_its_size_takes_the_place_of_the_old_one(made_up: MadeUp) -> None:
    edit(made_up.desk, VIOLIN, {"type": '14" viola'})
    assert (made_up.show(VIOLIN).fields["type"], made_up.show(VIOLIN).fields["size"]) == ("Viola", '14"')


def test_a_borrowers_text_is_in_no_fact_and_comes_back_with_undo(made_up: MadeUp) -> None:
    before = folded(made_up)
    edit(made_up.desk, FAMILY, {"name": "Secret, Robin", "pupil": "", "email": "robin@example.org", "kind": "teacher"})
    card = browsing.show(made_up.desk, FAMILY)
    assert isinstance(card, browsing.BorrowerCard)
    assert (card.borrower.label, card.borrower.kind) == ("Secret, Robin", "teacher")
    facts = repr(made_up.dump()["facts"])
    assert [word for word in ("Secret", "robin", "Drama", "Alex") if word in facts] == []
    assert browsing.list_borrowers(made_up.desk, "secret").total == 1
    undo_brings_back(made_up, before)
    assert browsing.list_borrowers(made_up.desk, "drama").total == 1
    assert "Secret" not in repr(made_up.dump())


def test_two_edits_are_undone_one_after_the_other(made_up: MadeUp) -> None:
    before = folded(made_up)
    edit(made_up.desk, FAMILY, {"telephone": "01632 960001"})
    made_up.clock.go_on(60)
    between = folded(made_up)
    edit(made_up.desk, FAMILY, {"telephone": "01632 960002"})
    undo_brings_back(made_up, between)
    undo_brings_back(made_up, before)


def test_old_numbers_scan_until_they_are_taken_away(made_up: MadeUp) -> None:
    before = folded(made_up)
    edit(made_up.desk, VIOLIN, {"alias": "CC 0815, CC 0816"})
    assert made_up.scan("cc-0815").answer is Answer.SHOWN
    between = folded(made_up)
    made_up.clock.go_on(60)
    edit(made_up.desk, VIOLIN, {}, ["CC 0816"])
    assert made_up.scan("CC0816").answer is Answer.UNKNOWN_CODE
    assert made_up.scan("CC0815").answer is Answer.SHOWN
    rebuilt_the_same(made_up)
    undo(made_up.desk)
    assert set(folded(made_up)["codes"]) == set(between["codes"])
    assert before["codes"] != between["codes"]


def test_a_new_main_code_is_shown_and_the_old_one_scans_on(made_up: MadeUp) -> None:
    before = folded(made_up)
    done = edit(made_up.desk, VIOLIN, {"code": "new"})
    assert done.result.code.startswith("CM-")
    assert made_up.show(VIOLIN).code == done.result.code
    assert made_up.show(done.result.code).code == done.result.code
    undo_brings_back(made_up, before)


def test_an_old_number_can_become_the_code_and_the_code_be_dropped(made_up: MadeUp) -> None:
    before = folded(made_up)
    edit(made_up.desk, VIOLA, {"code": "old-2"}, [VIOLA])
    assert made_up.show("OLD2").code == "old-2"
    assert made_up.scan(VIOLA).answer is Answer.UNKNOWN_CODE
    rebuilt_the_same(made_up)
    made_up.clock.go_on(60)
    undo(made_up.desk)
    assert folded(made_up)["codes"] == before["codes"]


def test_a_number_that_another_carries_by_now_keeps_an_undo_away(made_up: MadeUp) -> None:
    edit(made_up.desk, VIOLA, {}, ["old-2"])
    made_up.clock.go_on(60)
    made_up.instrument("Cello", code="OLD2")
    other = made_up.another_desk()
    with pytest.raises(Refused, match="NOTHING_TO_UNDO"):
        undo(other.desk)
    other.close()
    undo(made_up.desk)
    undo(made_up.desk)
    assert made_up.show("OLD2").code == VIOLA
    edit(made_up.desk, VIOLA, {}, ["old-2"])
    another = made_up.another_desk()
    another.instrument("Cello", code="OLD2")
    another.close()
    with pytest.raises(Refused, match="UNDO_BLOCKED"):
        undo(made_up.desk)


def test_a_borrower_gets_another_code_too(made_up: MadeUp) -> None:
    before = folded(made_up)
    done = edit(made_up.desk, FAMILY, {"code": "new", "alias": "card 7"})
    assert made_up.scan("CARD7").borrower is not None
    assert made_up.scan(FAMILY).borrower is not None
    assert browsing.list_borrowers(made_up.desk, "drama").lines[0].code == done.result.code
    rebuilt_the_same(made_up)
    made_up.session.state = made_up.session.state.finished(None)
    undo_brings_back(made_up, before)


def test_a_school_keeps_its_old_urn_beside_the_new_one(made_up: MadeUp) -> None:
    before = folded(made_up)
    edit(made_up.desk, SCHOOL, {"urn": "200002", "name": "Oakfield Academy"})
    for urn in ("100001", "200002"):
        card = browsing.show(made_up.desk, urn)
        assert isinstance(card, browsing.BorrowerCard)
        assert (card.borrower.name, card.record["urn"]) == ("Oakfield Academy", "200002")
    undo_brings_back(made_up, before)


def test_an_edit_that_changes_nothing_writes_nothing(made_up: MadeUp) -> None:
    before = made_up.dump()
    assert edit(made_up.desk, VIOLIN, {"size": "3/4", "notes": "scratched", "code": VIOLIN}).result.changed == ()
    assert edit(made_up.desk, FAMILY, {"name": "Drama,  Sam", "kind": "hirer"}).result.changed == ()
    assert made_up.dump() == before
