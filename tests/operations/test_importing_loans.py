"""Importing what is out: words for places, repairers, schools and people, and lists of loans."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from loanstore.domain.errors import Refused, WrongUsage
from loanstore.domain.import_fields import ImportKind
from loanstore.domain.import_words import Meaning, read_words
from loanstore.operations import browsing, freezing, importing, lending, scanning, tabling
from loanstore.operations.browsing import InstrumentCard

if TYPE_CHECKING:
    from pathlib import Path

    from loanstore.operations.importing import Imported
    from tests.helpers.made_up import MadeUp

HEADINGS = "Asset No,Instrument,Location,Issued to,Date issued"


def bring(made_up: MadeUp, folder: Path, *rows: str, **words: Meaning) -> Imported:
    """Import a register of these rows, with words explained by hand (``_`` stands for a blank)."""
    file = folder / "register.csv"
    file.write_text("\n".join((HEADINGS, *rows)) + "\n", "utf-8")
    said = {name.replace("_", " "): meaning for name, meaning in words.items()}
    return importing.import_file(made_up.desk, importing.Plan(file, ImportKind.INSTRUMENTS, words=said)).result


def loans(made_up: MadeUp, folder: Path, *rows: str) -> Imported:
    file = folder / "loans.csv"
    file.write_text("\n".join(("Instrument code,Borrower,Date out,Due,Date returned", *rows)) + "\n", "utf-8")
    return importing.import_file(made_up.desk, importing.Plan(file, ImportKind.LOANS)).result


def instrument(made_up: MadeUp, code: str) -> InstrumentCard:
    card = browsing.show(made_up.desk, code)
    assert isinstance(card, InstrumentCard)
    return card


def holder(made_up: MadeUp, code: str) -> str:
    found = instrument(made_up, code).holder
    return found.name if found is not None else ""


def why(done: Imported) -> list[tuple[int, str | None, str]]:
    return [(r.row, r.field, r.why) for r in done.refused]


def rows_of_loans(made_up: MadeUp, *, past: bool = False) -> list[dict[str, object]]:
    table = tabling.table(made_up.desk, tabling.Asked("loans", past=past))
    return [dict(zip(table.columns, row, strict=True)) for row in table.rows]


def test_each_different_word_is_shown_once_with_what_it_means(made_up: MadeUp, tmp_path: Path) -> None:
    made_up.borrower(name="Oakfield Primary School", kind="setting", code="OAK")
    done = bring(
        made_up,
        tmp_path,
        "1,Violin,Store A,,",
        "2,Violin,Store A,,",
        "3,Viola,Repairer: Café Brass,,",
        "4,Cello,Oakfield primary  school,,",
        "5,Cello,,Sam Drama,",
    )
    assert [(w.word, w.rows, w.meaning.value, w.to) for w in done.words] == [
        ("Store A", 2, "place", None),
        ("Repairer: Café Brass", 1, "repairer", None),
        ("Oakfield primary school", 1, "school", "OAK"),
        ("Sam Drama", 1, "unknown", None),
    ]


def test_a_school_or_person_in_the_words_opens_a_loan_before_import(made_up: MadeUp, tmp_path: Path) -> None:
    words = {"Oakfield": Meaning.SCHOOL, "Sam_Drama": Meaning.PERSON}
    done = bring(made_up, tmp_path, "1,Violin,Oakfield,,", "2,Viola,,Sam Drama,", "3,Cello,,Sam Drama,", **words)
    assert (done.created, done.loans) == (3, 3)
    assert [holder(made_up, code) for code in "123"] == ["Oakfield", "Sam Drama", "Sam Drama"]
    kinds = {line.name: line.kind for line in browsing.list_borrowers(made_up.desk).lines}
    assert kinds == {"Oakfield": "setting", "Sam Drama": "hirer"}
    assert {row["out"] for row in rows_of_loans(made_up)} == {"before import"}
    assert made_up.complaints() == []


def test_a_day_that_is_given_dates_the_loan(made_up: MadeUp, tmp_path: Path) -> None:
    bring(made_up, tmp_path, "1,Violin,,Sam Drama,03/09/2026", Sam_Drama=Meaning.PERSON)
    assert [row["out"] for row in rows_of_loans(made_up)] == ["2026-09-03"]


def test_a_day_to_come_is_refused_and_the_loan_stands_as_before_import(made_up: MadeUp, tmp_path: Path) -> None:
    done = bring(made_up, tmp_path, "1,Violin,,Sam Drama,03/09/2027", Sam_Drama=Meaning.PERSON)
    assert why(done) == [(2, "issued_on", "STILL_TO_COME")]
    assert [row["out"] for row in rows_of_loans(made_up)] == ["before import"]


def test_nothing_that_came_in_on_loan_was_ever_seen(made_up: MadeUp, tmp_path: Path) -> None:
    bring(made_up, tmp_path, "1,Violin,,Sam Drama,03/09/2026", Sam_Drama=Meaning.PERSON)
    assert instrument(made_up, "1").instrument.seen is None
    assert made_up.scan("1").answer == "RETURNED"
    assert instrument(made_up, "1").instrument.seen is not None


def test_a_word_that_nobody_understands_stays_in_the_notes(made_up: MadeUp, tmp_path: Path) -> None:
    done = bring(made_up, tmp_path, "1,Violin,the cage,ask Kim,", the_cage=Meaning.UNKNOWN)
    assert done.loans == 0
    assert instrument(made_up, "1").note == "location: the cage\nissued to: ask Kim"
    assert instrument(made_up, "1").place == ""


def test_what_a_word_means_is_remembered_next_time(made_up: MadeUp, tmp_path: Path) -> None:
    bring(made_up, tmp_path, "1,Violin,,Sam Drama,", Sam_Drama=Meaning.PERSON)
    done = bring(made_up, tmp_path, "1,Violin,,Sam Drama,", "2,Viola,,Sam Drama,")
    assert (done.created, done.unchanged, done.loans) == (1, 1, 1)
    assert holder(made_up, "2") == "Sam Drama"


def test_a_word_explained_later_is_followed_then(made_up: MadeUp, tmp_path: Path) -> None:
    bring(made_up, tmp_path, "1,Violin,Oakfield,Kim Drama,")
    assert instrument(made_up, "1").place == "Oakfield"
    done = bring(made_up, tmp_path, "1,Violin,Oakfield,Kim Drama,", Oakfield=Meaning.SCHOOL)
    assert (done.updated, done.loans) == (1, 1)
    assert (holder(made_up, "1"), instrument(made_up, "1").place) == ("Oakfield", "")
    before = made_up.dump()
    assert bring(made_up, tmp_path, "1,Violin,Oakfield,Kim Drama,").unchanged == 1
    assert made_up.dump() == before


def test_no_place_is_made_of_a_person(made_up: MadeUp, tmp_path: Path) -> None:
    bring(made_up, tmp_path, "1,Violin,Store A,,", "2,Viola,Sam Drama,,", Sam_Drama=Meaning.PERSON)
    bring(made_up, tmp_path, "1,Violin,Sam Drama,,", "2,Viola,Sam Drama,,")
    assert [row[1] for row in made_up.dump()["places"]] == ["Store A"]
    assert holder(made_up, "1") == "Sam Drama"


def test_a_name_that_two_have_opens_no_loan_and_makes_no_third(made_up: MadeUp, tmp_path: Path) -> None:
    made_up.borrower(name="Sam Drama")
    made_up.borrower(name="sam drama")
    done = bring(made_up, tmp_path, "1,Violin,,Sam Drama,", Sam_Drama=Meaning.PERSON)
    assert why(done) == [(2, "issued_to", "MANY_BORROWERS")]
    assert (done.created, done.loans) == (1, 0)
    assert browsing.list_borrowers(made_up.desk).total == 2


def test_an_import_never_takes_anything_from_who_has_it(made_up: MadeUp, tmp_path: Path) -> None:
    words = {"Sam_Drama": Meaning.PERSON, "Kim_Drama": Meaning.PERSON}
    bring(made_up, tmp_path, "1,Violin,,Sam Drama,", "2,Viola,,Sam Drama,", **words)
    before = made_up.dump()
    for _time in range(2):
        done = bring(made_up, tmp_path, "1,Violin,,Kim Drama,", "2,Viola,,,")
        assert why(done) == [(2, "issued_to", "ALREADY_ON_LOAN"), (3, "issued_to", "STILL_ON_LOAN")]
        assert (done.updated, done.unchanged) == (0, 2)
    assert made_up.dump() == before


def test_what_came_back_at_the_desk_stays_back(made_up: MadeUp, tmp_path: Path) -> None:
    bring(made_up, tmp_path, "1,Violin,,Sam Drama,", Sam_Drama=Meaning.PERSON)
    made_up.scan("1")
    assert bring(made_up, tmp_path, "1,Violin,,Sam Drama,").unchanged == 1
    assert holder(made_up, "1") == ""


def test_what_is_lost_here_is_not_lent_by_a_list(made_up: MadeUp, tmp_path: Path) -> None:
    bring(made_up, tmp_path, "1,Violin,,,")
    lending.declare_lost(made_up.desk, "1", "not on the shelf")
    done = bring(made_up, tmp_path, "1,Violin,,Sam Drama,", Sam_Drama=Meaning.PERSON)
    assert why(done) == [(2, "issued_to", "NOT_IN_STORE")]
    assert instrument(made_up, "1").instrument.status == "lost"


def test_an_import_with_its_loans_and_people_is_taken_back_whole(made_up: MadeUp, tmp_path: Path) -> None:
    rows = ("1,Violin,Oakfield,,", "2,Viola,,Sam Drama,")
    done = bring(made_up, tmp_path, *rows, Oakfield=Meaning.SCHOOL, Sam_Drama=Meaning.PERSON)
    importing.undo_import(made_up.desk, done.import_id or "")
    left = made_up.dump()
    assert [left[table] for table in ("instruments", "borrowers", "loans", "codes", "imported_rows")] == [[]] * 5
    assert made_up.complaints() == []
    assert bring(made_up, tmp_path, *rows).loans == 2


def test_an_opening_loan_with_an_agreement_keeps_its_import(made_up: MadeUp, tmp_path: Path) -> None:
    done = bring(made_up, tmp_path, "1,Violin,,Sam Drama,", Sam_Drama=Meaning.PERSON)
    freezing.agreement_pdf(made_up.desk, str(rows_of_loans(made_up)[0]["loan"]))
    with pytest.raises(Refused) as said:
        importing.undo_import(made_up.desk, done.import_id or "")
    assert (said.value.code, said.value.facts["first"]) == ("IMPORT_MOVED_ON", "agreed")
    assert said.value.facts["named"] == ("1", rows_of_loans(made_up)[0]["borrower"])


def test_words_are_said_with_one_of_five_meanings() -> None:
    assert read_words(["Store A = place", "a=b=person"]) == {"Store A": Meaning.PLACE, "a=b": Meaning.PERSON}
    for wrong in ("Store A", "Store A=", "Store A=shelf"):
        with pytest.raises(WrongUsage, match="BAD_MEANING"):
            read_words([wrong])


@pytest.fixture
def stocked(made_up: MadeUp) -> MadeUp:
    """A store with three violins and two borrowers."""
    for code in ("V1", "V2", "V3"):
        made_up.instrument(code=code)
    made_up.borrower(name="Sam Drama", code="SAM")
    made_up.borrower(name="Oakfield Primary School", kind="setting", urn="990001", code="OAK")
    return made_up


def test_loans_that_stand_come_in_by_code_name_and_urn(stocked: MadeUp, tmp_path: Path) -> None:
    done = loans(
        stocked, tmp_path, "V1,SAM,03/09/2026,18/12/2026,", "V2,sam drama,,,", "v3,990001,2026-09-01,,still out"
    )
    assert (done.rows, done.created, done.loans, done.refused) == (3, 3, 3, ())
    found = [(row["instrument"], row["borrower"], row["out"], row["ended"]) for row in rows_of_loans(stocked)]
    assert found == [
        ("V1", "SAM", "2026-09-03", None),
        ("V2", "SAM", "before import", None),
        ("V3", "OAK", "2026-09-01", None),
    ]
    assert rows_of_loans(stocked)[0]["due"] == "2026-12-18"
    assert {instrument(stocked, code).instrument.seen for code in ("V1", "V2", "V3")} == {None}
    assert stocked.complaints() == []


def test_loans_that_ended_come_in_as_past_whatever_their_order(stocked: MadeUp, tmp_path: Path) -> None:
    done = loans(
        stocked, tmp_path, "V1,SAM,03/09/2026,,", "V1,OAK,01/10/2025,,17/07/2026", "V1,SAM,01/10/2024,,18/07/2025"
    )
    assert (done.created, done.refused) == (3, ())
    found = [(row["out"], row["ended"]) for row in rows_of_loans(stocked, past=True)]
    assert sorted(found, key=str) == [("2024-10-01", "2025-07-18"), ("2025-10-01", "2026-07-17"), ("2026-09-03", None)]
    assert holder(stocked, "V1") == "Sam Drama"
    assert instrument(stocked, "V1").instrument.seen is None
    assert stocked.complaints() == []


def test_the_same_list_of_loans_again_changes_nothing(stocked: MadeUp, tmp_path: Path) -> None:
    rows = ("V1,SAM,03/09/2026,,", "V2,SAM,,,", "V3,OAK,01/10/2025,,17/07/2026")
    loans(stocked, tmp_path, *rows)
    before = stocked.dump()
    done = loans(stocked, tmp_path, *rows)
    assert (done.import_id, done.created, done.unchanged) == (None, 0, 3)
    assert stocked.dump() == before


def test_a_later_list_that_says_when_a_loan_came_back_ends_it(stocked: MadeUp, tmp_path: Path) -> None:
    loans(stocked, tmp_path, "V1,SAM,03/09/2026,,", "V2,SAM,,,")
    done = loans(stocked, tmp_path, "V1,SAM,03/09/2026,,10/09/2026", "V2,SAM,,,11/09/2026")
    assert (done.created, done.updated, done.refused) == (0, 2, ())
    assert [row["ended"] for row in rows_of_loans(stocked, past=True)] == ["2026-09-10", "2026-09-11"]
    assert stocked.complaints() == []


def test_a_list_that_is_older_than_the_desk_changes_nothing_there(stocked: MadeUp, tmp_path: Path) -> None:
    lending.lend(stocked.desk, "SAM", ["V1"])
    done = loans(stocked, tmp_path, "V1,OAK,01/09/2026,,", "V1,SAM,01/10/2025,,17/07/2026")
    assert {reason for _row, _field, reason in why(done)} == {"ALREADY_ON_LOAN"}
    assert holder(stocked, "V1") == "Sam Drama"


def test_a_loan_that_stands_already_is_the_one_in_the_list(stocked: MadeUp, tmp_path: Path) -> None:
    lending.lend(stocked.desk, "SAM", ["V1"])
    done = loans(stocked, tmp_path, "V1,SAM,14/09/2026,,")
    assert (done.created, done.unchanged, done.refused) == (0, 1, ())


def test_each_row_that_can_not_be_a_loan_is_refused_by_itself(stocked: MadeUp, tmp_path: Path) -> None:
    for code in ("V4", "V5", "V6"):
        stocked.instrument(code=code)
    stocked.borrower(name="Kim Drama")
    stocked.borrower(name="Kim Drama")
    lending.retire(stocked.desk, "V5", "beyond repair")
    done = loans(
        stocked,
        tmp_path,
        "X9,SAM,03/09/2026,,",
        "V1,Nobody Known,,,",
        "V2,Kim Drama,,,",
        "V3,SAM,03/09/2027,,",
        "V4,SAM,03/09/2026,,soon",
        "V5,SAM,03/09/2026,,",
        "SAM,SAM,,,",
        "V6,OAK,03/09/2026,,",
        "V6,SAM,03/09/2026,,",
    )
    assert why(done) == [
        (2, None, "UNKNOWN_INSTRUMENT"),
        (3, None, "UNKNOWN_BORROWER"),
        (4, None, "MANY_BORROWERS"),
        (5, None, "STILL_TO_COME"),
        (6, None, "BAD_RETURN_DATE"),
        (7, None, "NOT_IN_STORE"),
        (8, None, "UNKNOWN_INSTRUMENT"),
        (10, None, "LOAN_TWICE"),
    ]
    assert (done.rows, done.created) == (9, 1)
    assert holder(stocked, "V6") == "Oakfield Primary School"


def test_a_list_of_loans_is_taken_back_whole(stocked: MadeUp, tmp_path: Path) -> None:
    done = loans(stocked, tmp_path, "V1,SAM,03/09/2026,,", "V3,OAK,01/10/2025,,17/07/2026")
    importing.undo_import(stocked.desk, done.import_id or "")
    assert rows_of_loans(stocked, past=True) == []
    assert {instrument(stocked, code).instrument.status for code in ("V1", "V3")} == {"in store"}
    assert stocked.complaints() == []
    assert loans(stocked, tmp_path, "V1,SAM,03/09/2026,,").created == 1


def test_an_ended_loan_keeps_the_import_that_brought_it(stocked: MadeUp, tmp_path: Path) -> None:
    done = loans(stocked, tmp_path, "V1,SAM,03/09/2026,,")
    lending.bring_back(stocked.desk, ["V1"], date(2026, 9, 14))
    with pytest.raises(Refused, match="IMPORT_MOVED_ON"):
        importing.undo_import(stocked.desk, done.import_id or "")


def test_no_name_is_in_the_journal_after_any_of_it(stocked: MadeUp, tmp_path: Path) -> None:
    words = {"Zoë_Secret": Meaning.PERSON, "Secret_Academy": Meaning.SCHOOL}
    done = bring(stocked, tmp_path, "1,Violin,,Zoë Secret,", "2,Viola,Secret Academy,ask Secretson,", **words)
    loans(stocked, tmp_path, "V1,Sam Drama,,,", "V2,Mrs Secret,,,")
    importing.undo_import(stocked.desk, done.import_id or "")
    scanning.scan(stocked.desk, "secret words typed", stocked.session)
    facts = repr(stocked.dump()["facts"])
    assert [word for word in ("Secret", "secret", "Zoë", "Sam", "Drama", "Oakfield") if word in facts] == []
