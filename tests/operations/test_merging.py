"""Two records of one school or family: all of the history on the one that stays, and all of it back with undo."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from loanstore.domain.answers import Answer
from loanstore.domain.errors import Refused
from loanstore.domain.facts import Draft, FactKind
from loanstore.domain.import_fields import ImportKind
from loanstore.domain.import_words import Meaning
from loanstore.operations import browsing, custody, head_counting, housekeeping, importing, lending
from loanstore.operations.editing import edit
from loanstore.operations.freezing import agreement_pdf
from loanstore.operations.merging import merge
from loanstore.operations.undoing import undo
from loanstore.storage import aggregates, journal, people
from tests.helpers.undone import folded, rebuilt_the_same, undo_brings_back

if TYPE_CHECKING:
    from pathlib import Path

    from tests.helpers.made_up import MadeUp

OLD, NEW, FAMILY, VIOLIN, CELLO = "Z1", "Z2", "Z3", "Z4", "Z5"


@pytest.fixture(autouse=True)
def _two_records(made_up: MadeUp) -> None:
    """Oakfield Primary School has had the cello and has the violin; the academy is another record."""
    made_up.borrower("Oakfield Primary School", "setting", code=OLD, urn="100001", contact="Office", notes="ring first")
    made_up.borrower("Oakfield Academy", "setting", code=NEW, urn="200002", notes="new head")
    made_up.borrower("Drama, Sam", code=FAMILY)
    made_up.instrument("Violin", code=VIOLIN)
    made_up.instrument("Cello", code=CELLO)
    lending.lend(made_up.desk, OLD, [VIOLIN, CELLO])
    made_up.clock.go_on(days=1)
    lending.bring_back(made_up.desk, [CELLO])
    made_up.clock.go_on(days=1)


def _card(made_up: MadeUp, code: str) -> browsing.BorrowerCard:
    card = browsing.show(made_up.desk, code)
    assert isinstance(card, browsing.BorrowerCard)
    return card


def _append(made_up: MadeUp, draft: Draft, kind: str) -> None:
    with made_up.desk.gesturing() as (transaction, gesture):
        journal.append(transaction, gesture, [draft])
        aggregates.refold(transaction, aggregates.named(kind), draft.subject or "")


def test_the_one_that_stays_has_all_that_both_had(made_up: MadeUp) -> None:
    before = folded(made_up)
    done = merge(made_up.desk, OLD, NEW).result
    assert (done.stays.code, done.went, done.loans) == (NEW, OLD, 2)
    for code in (OLD, NEW, "100001", "200002"):
        card = _card(made_up, code)
        assert card.borrower.name == "Oakfield Academy"
        assert [line.instrument for line in card.out.lines] == [VIOLIN]
        assert [line.instrument for line in card.past.lines] == [CELLO]
    rebuilt_the_same(made_up)
    undo_brings_back(made_up, before)
    assert _card(made_up, OLD).borrower.name == "Oakfield Primary School"


def test_the_record_that_went_is_in_no_list_count_or_search(made_up: MadeUp) -> None:
    merge(made_up.desk, OLD, NEW)
    assert [line.code for line in browsing.list_borrowers(made_up.desk).lines] == [NEW, FAMILY]
    assert browsing.list_borrowers(made_up.desk).total == 2
    assert browsing.list_borrowers(made_up.desk, "primary").total == 0
    assert [line.code for line in browsing.list_borrowers(made_up.desk, "100001").lines] == [NEW]
    assert housekeeping.info(made_up.desk).borrowers == 2
    made_up.clock.go_on(60)
    undo(made_up.desk)
    assert browsing.list_borrowers(made_up.desk, "primary").total == 1
    assert [line.code for line in browsing.list_borrowers(made_up.desk, "200002").lines] == [NEW]


def test_what_the_record_lacked_is_taken_over_and_its_name_is_its_own(made_up: MadeUp) -> None:
    merge(made_up.desk, OLD, NEW)
    record = _card(made_up, NEW).record
    assert (record["name"], record["urn"], record["contact"]) == ("Oakfield Academy", "200002", "Office")
    assert record["notes"] == "new head\nring first"


def test_an_agreement_is_found_with_the_one_that_stays_and_reads_as_it_was_signed(made_up: MadeUp) -> None:
    agreement = _card(made_up, OLD).out.lines[0].agreement
    paper = agreement_pdf(made_up.desk, agreement).result.pdf
    merge(made_up.desk, OLD, NEW)
    assert made_up.scan(agreement).borrower == _card(made_up, NEW).borrower
    assert agreement_pdf(made_up.desk, agreement).result.pdf == paper


def test_the_old_schools_card_goes_on_working_at_the_desk(made_up: MadeUp) -> None:
    merge(made_up.desk, OLD, NEW)
    assert made_up.answers(OLD, CELLO, VIOLIN) == [Answer.BORROWER_CHOSEN, Answer.LENT, Answer.ALREADY_THEIRS]
    assert {line.instrument for line in _card(made_up, NEW).out.lines} == {VIOLIN, CELLO}
    rebuilt_the_same(made_up)


def test_whoever_chose_it_before_lends_to_the_one_that_stays(made_up: MadeUp) -> None:
    made_up.scan(OLD)
    other = made_up.another_desk()
    merge(other.desk, OLD, NEW)
    other.close()
    assert made_up.answers(CELLO, "LSCMD-FINISH") == [Answer.LENT, Answer.FINISHED]
    lines = _card(made_up, NEW).out.lines
    assert {line.instrument for line in lines} == {VIOLIN, CELLO}
    assert all(line.agreement for line in lines)
    rebuilt_the_same(made_up)


def test_everything_else_that_names_it_comes_over(made_up: MadeUp) -> None:
    with made_up.desk.store.reading() as transaction:
        old, new = (lending.find_borrower(transaction, code).id for code in (OLD, NEW))
    head_counting.give(made_up.desk, OLD, {"pupils": 30})
    ids = [made_up.desk.new_id() for _each in range(3)]
    code = {"code": "R1", "codes": [["R1", "R1", "main"]]}
    asked = {**code, "kind": "order", "borrower": old, "type": "Violin", "number": 3}
    _append(made_up, Draft(FactKind.REQUESTED, ids[0], asked), "request")
    arrived = {"borrower": old, "arrived": "2026-09-15", "crates": 2}
    _append(made_up, Draft(FactKind.CRATES_ARRIVED, ids[1], arrived), "crates")
    run = {"code": "V1", "codes": [["V1", "V1", "main"]], "day": "2026-09-20", "stops": [old]}
    _append(made_up, Draft(FactKind.RUN_PLANNED, ids[2], run), "run")
    made_up.instrument("Flute", code="Z6")
    lending.lend(made_up.desk, FAMILY, ["Z6"])
    custody.pass_on(made_up.desk, "Z6", OLD)
    made_up.instrument("Oboe", code="Z7")
    with made_up.desk.gesturing() as (transaction, gesture):
        from loanstore.operations import moving

        oboe = lending.find_instrument(transaction, "Z7").instrument
        aside = Draft(FactKind.SET_ASIDE, oboe.id, {"borrower": old, "until": "2026-10-01"})
        moving.record(transaction, gesture, [(oboe, aside)])
    made_up.clock.go_on(60)
    before = folded(made_up)
    merge(made_up.desk, OLD, NEW)
    with made_up.desk.store.reading() as transaction:
        assert people.naming(transaction, old) == people.Naming((), (), (), (), (), ())
        named = people.naming(transaction, new)
        request, crates, van = (
            aggregates.find(transaction, kind, one) for kind, one in zip(("request", "crates", "run"), ids, strict=True)
        )
        assert request is not None
        assert crates is not None
        assert van is not None
        assert (request.borrower, crates.borrower) == (new, new)
        assert [stop.borrower for stop in van.stops] == [new]
        assert people.head_counts(transaction, new)[0].heads == {"pupils": 30}
    assert (len(named.instruments), len(named.agreements)) == (4, 1)
    flute, oboe_after = made_up.show("Z6"), made_up.show("Z7")
    assert flute.loan is not None
    assert flute.loan.custodian == new
    assert oboe_after.aside is not None
    assert oboe_after.aside.borrower == new
    rebuilt_the_same(made_up)
    undo_brings_back(made_up, before)


def test_a_custodian_that_turns_out_to_be_the_borrower_is_none(made_up: MadeUp) -> None:
    custody.pass_on(made_up.desk, VIOLIN, NEW)
    made_up.clock.go_on(60)
    merge(made_up.desk, OLD, NEW)
    loan = made_up.show(VIOLIN).loan
    assert loan is not None
    assert loan.custodian is None
    rebuilt_the_same(made_up)


def test_records_merged_one_after_the_other_all_name_the_last(made_up: MadeUp) -> None:
    made_up.borrower("Oakfield Trust School", "setting", code="Z8", urn="300003")
    before = folded(made_up)
    merge(made_up.desk, OLD, NEW)
    made_up.clock.go_on(60)
    between = folded(made_up)
    merge(made_up.desk, NEW, "Z8")
    for code in (OLD, NEW, "Z8", "100001"):
        assert _card(made_up, code).borrower.name == "Oakfield Trust School"
    rebuilt_the_same(made_up)
    undo_brings_back(made_up, between)
    undo_brings_back(made_up, before)
    merge(made_up.desk, OLD, NEW)
    rebuilt_the_same(made_up)


def test_the_one_that_stays_may_be_edited_and_keeps_the_codes_it_was_lent(made_up: MadeUp) -> None:
    merge(made_up.desk, OLD, NEW)
    made_up.clock.go_on(60)
    edit(made_up.desk, NEW, {"alias": "card 7", "urn": "300003"})
    for code in (OLD, "100001", "200002", "300003", "card7"):
        assert _card(made_up, code).borrower.code == NEW
    rebuilt_the_same(made_up)
    edit(made_up.desk, NEW, {"urn": "100001"})
    for given, drop in (({"code": OLD}, ()), ({}, (OLD,))):
        with pytest.raises(Refused, match=r"CODE_TAKEN|NOT_ITS_CODE"):
            edit(made_up.desk, NEW, given, drop)
    rebuilt_the_same(made_up)


def test_what_was_agreed_since_keeps_an_undo_away(made_up: MadeUp) -> None:
    made_up.instrument("Flute", code="Z6")
    made_up.answers(OLD, "Z6")
    made_up.session.state = made_up.session.state.finished(None)
    merge(made_up.desk, OLD, NEW)
    other = made_up.another_desk()
    other.clock.go_on(60)
    agreement_pdf(other.desk, made_up.show("Z6").loan.id)  # type: ignore[union-attr]  # it was lent above
    other.close()
    with pytest.raises(Refused, match="UNDO_BLOCKED"):
        undo(made_up.desk)


def test_a_borrower_that_another_was_merged_into_is_not_undone(made_up: MadeUp) -> None:
    made_up.borrower("Oakfield School", "setting", code="Z8")
    other = made_up.another_desk()
    merge(other.desk, OLD, "Z8")
    other.close()
    with pytest.raises(Refused, match="UNDO_BLOCKED"):
        undo(made_up.desk)


REFUSED = {"itself": ("SAME_RECORD", OLD, "100001"), "a family": ("TWO_KINDS", OLD, FAMILY)}


@pytest.mark.parametrize("story", [*REFUSED, "nobody"])
def test_a_record_is_not_merged_into(made_up: MadeUp, story: str) -> None:
    why, goes, stays = REFUSED.get(story, ("NO_BORROWER", OLD, "Z99"))
    before = made_up.dump()
    with pytest.raises(Refused, match=why):
        merge(made_up.desk, goes, stays)
    assert made_up.dump() == before


def test_next_months_list_of_schools_leaves_the_closed_one_where_it_is(made_up: MadeUp, tmp_path: Path) -> None:
    merge(made_up.desk, OLD, NEW)
    listed = tmp_path / "schools.csv"
    listed.write_text(
        "URN,EstablishmentName,EstablishmentStatus (name),CloseDate\n"
        "100001,Oakfield Primary School,Closed,31-08-2026\n200002,Oakfield Academy Trust,Open,\n"
    )
    made = importing.import_file(made_up.desk, importing.Plan(listed, ImportKind.SCHOOLS)).result
    assert (made.created, made.updated, made.unchanged) == (0, 1, 1)
    record = _card(made_up, OLD).record
    assert (record["name"], record["urn"], record.get("closed")) == ("Oakfield Academy Trust", "200002", None)
    rebuilt_the_same(made_up)


def test_a_list_of_loans_may_name_the_old_school(made_up: MadeUp, tmp_path: Path) -> None:
    merge(made_up.desk, OLD, NEW)
    listed = tmp_path / "loans.csv"
    listed.write_text(f"Asset no,Issued to,Date issued\n{CELLO},Oakfield Primary School,16/09/2026\n")
    importing.import_file(made_up.desk, importing.Plan(listed, ImportKind.LOANS))
    assert {line.instrument for line in _card(made_up, NEW).out.lines} == {VIOLIN, CELLO}


def test_a_list_that_brought_a_new_family_with_its_loan_is_undone(made_up: MadeUp, tmp_path: Path) -> None:
    before = folded(made_up)
    listed = tmp_path / "register.csv"
    listed.write_text(f'Asset no,Instrument,Issued to\n{CELLO},Cello,"Drama, Robin"\n')
    plan = importing.Plan(listed, ImportKind.INSTRUMENTS, words={"Drama, Robin": Meaning.PERSON})
    made = importing.import_file(made_up.desk, plan).result
    assert browsing.list_borrowers(made_up.desk, "robin").total == 1
    importing.undo_import(made_up.desk, made.import_id or "")
    assert {**folded(made_up), "import_words": []} == before
