"""Importing schools and a register: what becomes of each row, again, changed, tried only, and taken back."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import openpyxl
import pytest

from loanstore.domain.errors import FileUnusable, Refused
from loanstore.domain.facts import FactKind
from loanstore.domain.import_fields import ImportKind
from loanstore.operations import browsing, importing, labelling, lending, undoing
from loanstore.operations.browsing import BorrowerCard, InstrumentCard
from loanstore.spreadsheets.reading import read_table
from loanstore.wording import told

if TYPE_CHECKING:
    from loanstore.domain.import_words import Meaning
    from loanstore.operations.importing import Imported
    from tests.helpers.made_up import MadeUp, StoreMaker

DATA = Path(__file__).resolve().parents[1] / "data"
SCHOOLS = DATA / "gias_establishments_19.csv"
LATER_SCHOOLS = DATA / "gias_establishments_2024.csv"
REGISTER = DATA / "instrument_register_messy.csv"
INSTRUMENTS = ImportKind.INSTRUMENTS
BORROWERS = ImportKind.BORROWERS
HEADINGS = "Asset No,Instrument,Size,Make,Serial No.,Replacement cost,Condition,Location,Comments"


def bring(made_up: MadeUp, file: Path, kind: ImportKind = INSTRUMENTS, **words: Meaning) -> Imported:
    plan = importing.Plan(file, kind, words=words)
    return importing.import_file(made_up.desk, plan).result


def counts(done: Imported) -> tuple[int, int, int, int]:
    return done.rows, done.created, done.updated, done.unchanged


def instrument(made_up: MadeUp, code: str) -> InstrumentCard:
    card = browsing.show(made_up.desk, code)
    assert isinstance(card, InstrumentCard)
    return card


def borrower(made_up: MadeUp, code: str) -> BorrowerCard:
    card = browsing.show(made_up.desk, code)
    assert isinstance(card, BorrowerCard)
    return card


def register(folder: Path, *rows: str, name: str = "register.csv") -> Path:
    """Write a small register under the usual headings."""
    file = folder / name
    file.write_text("\n".join((HEADINGS, *rows)) + "\n", "utf-8")
    return file


def test_the_first_extract_of_schools_comes_in_whole(made_up: MadeUp) -> None:
    done = bring(made_up, SCHOOLS, ImportKind.SCHOOLS)
    assert counts(done) == (19, 19, 0, 0)
    assert made_up.complaints() == []


def test_a_later_extract_updates_the_schools_that_are_known(made_up: MadeUp) -> None:
    bring(made_up, SCHOOLS, ImportKind.SCHOOLS)
    assert borrower(made_up, "100000").record["name"] == "Sir John Cass's Foundation Primary School"
    done = bring(made_up, LATER_SCHOOLS, ImportKind.SCHOOLS)
    assert counts(done) == (8, 6, 1, 1)
    assert borrower(made_up, "100000").record["name"] == "The Aldgate School"


def test_the_later_extract_alone_holds_eight_schools(made_up: MadeUp) -> None:
    assert counts(bring(made_up, LATER_SCHOOLS, ImportKind.SCHOOLS)) == (8, 8, 0, 0)


def test_schools_keep_their_address_and_say_when_they_closed(made_up: MadeUp) -> None:
    bring(made_up, SCHOOLS, ImportKind.SCHOOLS)
    record = borrower(made_up, "100000").record
    assert (record["kind"], record["postcode"]) == ("setting", "EC3A 5DE")
    assert record["address"] == "St James's Passage\nDuke's Place\nLondon"
    assert "closed" not in record
    assert borrower(made_up, "100004").record["closed"] == "1992-08-31"


def test_no_head_teacher_is_kept(made_up: MadeUp) -> None:
    bring(made_up, SCHOOLS, ImportKind.SCHOOLS)
    bring(made_up, LATER_SCHOOLS, ImportKind.SCHOOLS)
    assert "Alex" not in repr(made_up.dump())


def test_every_row_of_the_messy_register_is_accounted_for(made_up: MadeUp) -> None:
    done = bring(made_up, REGISTER)
    assert counts(done) == (64, 62, 0, 0)
    assert [(r.row, r.field, r.from_, r.to) for r in done.repaired] == [
        (13, "size", "01-Feb", "1/2"),
        (21, "size", "03-Apr", "3/4"),
        (22, "size", "01-Feb", "1/2"),
        (40, "size", "01-Apr", "1/4"),
        (47, "size", "01-Feb", "1/2"),
        (51, "size", "01-Feb", "1/2"),
    ]
    assert [(r.row, r.field, r.value, r.why) for r in done.refused] == [
        (65, None, "004209", "NUMBER_TWICE"),
        (67, "size", "5/7", "BAD_SIZE"),
        (67, "replacement_value", "£12O", "BAD_MONEY"),
        (67, "purchased", "31/02/2020", "BAD_DATE"),
    ]
    assert [(p.row, p.why) for p in done.passed] == [(1, "TITLE"), (2, "BLANK"), (64, "DUPLICATE"), (68, "TOTAL")]
    assert made_up.complaints() == []


def test_a_clash_of_numbers_names_both_rows(made_up: MadeUp) -> None:
    facts = bring(made_up, REGISTER).refused[0].facts
    assert (facts["first_row"], facts["row"], facts["first"], facts["this"]) == (13, 65, "Cello", "Tuba")


def test_numbers_stay_text_and_pounds_become_pence(made_up: MadeUp) -> None:
    bring(made_up, REGISTER)
    viola = instrument(made_up, "004200")
    assert viola.instrument.code == "004200"
    assert viola.instrument.fields["replacement_value"] == "19900"
    assert viola.instrument.fields["purchased"] == "2010-09"
    assert "serial" not in viola.instrument.fields
    assert viola.place == "Ely – loft"
    assert viola.note == "Bought via “Wider Opps”"


def test_what_is_at_a_repairer_is_in_repair(made_up: MadeUp) -> None:
    bring(made_up, REGISTER)
    djembe = instrument(made_up, "004201")
    assert (djembe.instrument.status.value, djembe.place) == ("in repair", "Café Brass")


def test_nothing_imported_was_ever_seen(made_up: MadeUp) -> None:
    bring(made_up, REGISTER)
    lines = browsing.list_instruments(made_up.desk).lines
    assert len(lines) == 62
    assert {line.seen for line in lines} == {None}
    made_up.scan("004200")
    assert instrument(made_up, "004200").instrument.seen is not None


@pytest.mark.parametrize(
    ("file", "kind"),
    [(REGISTER, INSTRUMENTS), (SCHOOLS, ImportKind.SCHOOLS), (LATER_SCHOOLS, ImportKind.SCHOOLS)],
    ids=["register", "schools", "later schools"],
)
def test_the_same_file_again_changes_nothing_at_all(made_up: MadeUp, file: Path, kind: ImportKind) -> None:
    first = bring(made_up, file, kind)
    before = made_up.dump()
    again = bring(made_up, file, kind)
    assert (again.import_id, again.created, again.updated, again.unchanged) == (None, 0, 0, first.created)
    assert made_up.dump() == before


def test_the_oboe_without_a_number_is_known_again(made_up: MadeUp) -> None:
    bring(made_up, REGISTER)
    bring(made_up, REGISTER)
    (oboe,) = browsing.list_instruments(made_up.desk, "oboe").lines
    assert oboe.code.startswith("CM-")


def as_workbook(file: Path, source: Path) -> Path:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in read_table(source).rows:
        sheet.append(list(row.cells))
    book.save(file)
    return file


def test_a_workbook_says_the_same_as_the_text_file(made_up: MadeUp, tmp_path: Path) -> None:
    done = bring(made_up, as_workbook(tmp_path / "register.xlsx", REGISTER))
    assert counts(done) == (64, 62, 0, 0)
    assert counts(bring(made_up, REGISTER)) == (64, 0, 0, 62)


def test_a_changed_copy_updates_exactly_what_changed(made_up: MadeUp, tmp_path: Path) -> None:
    bring(made_up, REGISTER)
    before = {line.code: line for line in browsing.list_instruments(made_up.desk).lines}
    text = REGISTER.read_text("cp1252").replace("Holton,H378,,,2025-02-03,New,", "Holton,H378,,,2025-02-03,Poor,")
    copy = tmp_path / "next month.csv"
    copy.write_text(text.replace(",,,,,TOTAL", "004301,Tuba,,Besson,BE187,,,,,,\n,,,,,TOTAL"), "cp1252")
    assert counts(bring(made_up, copy)) == (65, 1, 1, 62 - 1)
    assert instrument(made_up, "004214").instrument.fields["condition"] == "poor"
    after = {line.code: line for line in browsing.list_instruments(made_up.desk).lines}
    assert after.keys() - before.keys() == {"004301"}


def test_a_value_put_right_by_hand_survives_the_next_import(made_up: MadeUp, tmp_path: Path) -> None:
    file = register(tmp_path, "9001,Violin,1/2,Stentor,S1,£100,Good,Store A,")
    bring(made_up, file)
    hirer = made_up.borrower()
    lending.lend(made_up.desk, hirer.code, ["9001"])
    lending.bring_back(made_up.desk, ["9001"], condition="Fair")
    bring(made_up, register(tmp_path, "9001,Violin,1/2,Stentor,S1,£120,Good,Store A,"))
    fields = instrument(made_up, "9001").instrument.fields
    assert (fields["condition"], fields["replacement_value"]) == ("Fair", "12000")


def test_a_blanked_cell_clears_and_a_refused_one_blanks_nothing(made_up: MadeUp, tmp_path: Path) -> None:
    bring(made_up, register(tmp_path, "9001,Violin,1/2,Stentor,S1,£100,Good,Store A,bow warped"))
    done = bring(made_up, register(tmp_path, "9001,Violin,1/2,Stentor,S1,about 100,,,"))
    card = instrument(made_up, "9001")
    assert [(r.field, r.why) for r in done.refused] == [("replacement_value", "BAD_MONEY")]
    assert card.instrument.fields["replacement_value"] == "10000"
    assert "condition" not in card.instrument.fields
    assert (card.place, card.note) == ("", "")


def test_a_refused_value_is_not_forgotten_by_the_import_after_it(made_up: MadeUp, tmp_path: Path) -> None:
    good = register(tmp_path, "9001,Violin,1/2,Stentor,S1,£100,Good,,", name="good.csv")
    bring(made_up, good)
    bring(made_up, register(tmp_path, "9001,Violin,1/2,Stentor,S1,about 100,Fair,,", name="bad.csv"))
    bring(made_up, good)
    assert instrument(made_up, "9001").instrument.fields["replacement_value"] == "10000"


def test_an_old_number_that_a_later_list_brings_is_known_too(made_up: MadeUp, tmp_path: Path) -> None:
    first, later = tmp_path / "first.csv", tmp_path / "later.csv"
    first.write_text("Asset No,Instrument\n9001,Violin\n9002,Viola\n", "utf-8")
    later.write_text("Asset No,Instrument,Old number\n9001,Violin,X7; X8\n9002,Viola,X7\n", "utf-8")
    bring(made_up, first)
    done = bring(made_up, later)
    assert instrument(made_up, "X7").instrument.code == instrument(made_up, "x-8").instrument.code == "9001"
    assert [(r.row, r.field, r.value, r.why) for r in done.refused] == [(3, "alias", "X7", "CODE_TAKEN")]
    assert made_up.complaints() == []


def test_a_number_of_somebody_is_refused_by_row(made_up: MadeUp, tmp_path: Path) -> None:
    made_up.borrower(code="9001")
    done = bring(made_up, register(tmp_path, "9001,Violin,,,,,,,", "9002,Viola,,,,,,,"))
    assert [(r.row, r.field, r.why) for r in done.refused] == [(2, None, "CODE_TAKEN")]
    assert counts(done) == (2, 1, 0, 0)


def test_going_to_the_repairer_and_coming_back_is_followed(made_up: MadeUp, tmp_path: Path) -> None:
    bring(made_up, register(tmp_path, "9001,Violin,,,,,,Store A,"))
    bring(made_up, register(tmp_path, "9001,Violin,,,,,,Repairer: Café Brass,"))
    assert instrument(made_up, "9001").instrument.status.value == "in repair"
    bring(made_up, register(tmp_path, "9001,Violin,,,,,,Store A,"))
    card = instrument(made_up, "9001")
    assert (card.instrument.status.value, card.place) == ("in store", "Store A")
    assert made_up.complaints() == []


def families(folder: Path, *rows: str) -> Path:
    file = folder / "families.csv"
    file.write_text("\n".join(("Code,Parent,Pupil,Telephone,Type", *rows)) + "\n", "utf-8")
    return file


def test_a_family_is_a_hirer_unless_the_list_says_another_kind(made_up: MadeUp, tmp_path: Path) -> None:
    file = families(tmp_path, "F1,Sam Drama,Alex,01632 960123,", "F2,Kim Drama,,01632 960124,teacher")
    bring(made_up, file, BORROWERS)
    assert borrower(made_up, "F1").borrower.kind == "hirer"
    assert borrower(made_up, "F2").borrower.kind == "teacher"


def test_a_kind_that_changed_in_the_list_is_told_and_not_followed(made_up: MadeUp, tmp_path: Path) -> None:
    bring(made_up, families(tmp_path, "F1,Sam Drama,Alex,01632 960123,hirer"), BORROWERS)
    done = bring(made_up, families(tmp_path, "F1,Sam Drama,Alex,01632 960999,teacher"), BORROWERS)
    assert [(r.field, r.why, dict(r.facts)) for r in done.refused] == [("kind", "KIND_STAYS", {"kind": "hirer"})]
    assert borrower(made_up, "F1").borrower.kind == "hirer"
    assert borrower(made_up, "F1").record["telephone"] == "01632 960999"


def test_a_code_that_a_later_list_brings_names_the_school_too(made_up: MadeUp, tmp_path: Path) -> None:
    bring(made_up, SCHOOLS, ImportKind.SCHOOLS)
    file = tmp_path / "ours.csv"
    file.write_text("Code,Name,URN\nSCH7,Sir John Cass's Foundation Primary School,100000\n", "utf-8")
    bring(made_up, file, BORROWERS)
    assert borrower(made_up, "SCH7").borrower.id == borrower(made_up, "100000").borrower.id
    assert made_up.complaints() == []


def test_a_row_that_names_two_borrowers_refuses_the_second_number(made_up: MadeUp, tmp_path: Path) -> None:
    bring(made_up, SCHOOLS, ImportKind.SCHOOLS)
    made_up.borrower(name="Sam Drama", code="F1")
    file = tmp_path / "ours.csv"
    file.write_text("Code,Name,URN\nF1,Sam Drama,100000\n", "utf-8")
    done = bring(made_up, file, BORROWERS)
    assert [(r.field, r.value, r.why) for r in done.refused] == [("urn", "100000", "CODE_TAKEN")]
    assert "urn" not in borrower(made_up, "F1").record


@pytest.mark.parametrize(
    ("file", "kind"), [(REGISTER, INSTRUMENTS), (SCHOOLS, ImportKind.SCHOOLS)], ids=["register", "schools"]
)
def test_a_dry_run_tells_the_same_and_writes_nothing(made_up: MadeUp, file: Path, kind: ImportKind) -> None:
    made_up.desk.staff = "Robin"
    before = made_up.dump()
    tried = importing.import_file(made_up.desk, importing.Plan(file, kind, dry_run=True)).result
    assert (tried.dry_run, tried.import_id) == (True, None)
    assert made_up.dump() == before
    done = bring(made_up, file, kind)
    assert counts(tried) == counts(done)
    assert (tried.refused, tried.passed, tried.repaired) == (done.refused, done.passed, done.repaired)
    assert ("Robin",) in [row[1:] for row in made_up.dump()["staff"]]


def test_an_import_that_is_cancelled_half_way_writes_nothing(made_up: MadeUp) -> None:
    before = made_up.dump()

    def stop(done: int, _total: int) -> None:
        if done == 30:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        importing.import_file(made_up.desk, importing.Plan(REGISTER, INSTRUMENTS), stop)
    assert made_up.dump() == before


def test_an_import_is_taken_back_whole_and_comes_in_again(made_up: MadeUp) -> None:
    bring(made_up, SCHOOLS, ImportKind.SCHOOLS)
    done = bring(made_up, REGISTER)
    importing.undo_import(made_up.desk, done.import_id or "")
    assert browsing.list_instruments(made_up.desk).total == 0
    assert browsing.list_borrowers(made_up.desk).total == 19
    assert made_up.complaints() == []
    assert counts(bring(made_up, REGISTER)) == (64, 62, 0, 0)
    assert made_up.complaints() == []


def test_taking_schools_back_takes_their_records_too(made_up: MadeUp) -> None:
    done = bring(made_up, SCHOOLS, ImportKind.SCHOOLS)
    importing.undo_import(made_up.desk, done.import_id or "")
    assert made_up.dump()["borrowers"] == []
    assert made_up.dump()["imported_rows"] == []
    assert counts(bring(made_up, SCHOOLS, ImportKind.SCHOOLS)) == (19, 19, 0, 0)


def test_undoing_an_update_writes_back_what_stood_there(made_up: MadeUp) -> None:
    bring(made_up, SCHOOLS, ImportKind.SCHOOLS)
    later = bring(made_up, LATER_SCHOOLS, ImportKind.SCHOOLS)
    importing.undo_import(made_up.desk, later.import_id or "")
    assert browsing.list_borrowers(made_up.desk).total == 19
    assert borrower(made_up, "100000").record["name"] == "Sir John Cass's Foundation Primary School"
    assert counts(bring(made_up, LATER_SCHOOLS, ImportKind.SCHOOLS)) == (8, 6, 1, 1)


def refused(made_up: MadeUp, import_id: str | None) -> Refused:
    before = made_up.dump()
    with pytest.raises(Refused) as said:
        importing.undo_import(made_up.desk, import_id or "")
    assert made_up.dump() == before
    return said.value


def test_an_import_is_undone_once_only(made_up: MadeUp) -> None:
    done = bring(made_up, REGISTER)
    importing.undo_import(made_up.desk, done.import_id or "")
    assert refused(made_up, done.import_id).code == "NO_IMPORT"


def test_what_is_no_import_is_not_undone_as_one(made_up: MadeUp) -> None:
    made_up.instrument()
    gesture = made_up.facts()[-1].gesture
    assert refused(made_up, gesture).code == "NO_IMPORT"
    assert refused(made_up, "no such import").code == "NO_IMPORT"


def test_instruments_that_were_lent_since_keep_their_import(made_up: MadeUp) -> None:
    done = bring(made_up, REGISTER)
    hirer = made_up.borrower()
    lending.lend(made_up.desk, hirer.code, ["004200"])
    said = refused(made_up, done.import_id)
    assert (said.code, said.facts["named"], said.facts["first"]) == ("IMPORT_MOVED_ON", ("004200",), "lent")


def test_borrowers_who_were_lent_to_since_keep_their_import(made_up: MadeUp) -> None:
    done = bring(made_up, SCHOOLS, ImportKind.SCHOOLS)
    thing = made_up.instrument()
    lending.lend(made_up.desk, "100000", [thing.code])
    assert refused(made_up, done.import_id).facts["named"] == (borrower(made_up, "100000").borrower.code,)
    lending.bring_back(made_up.desk, [thing.code])
    assert refused(made_up, done.import_id).code == "IMPORT_MOVED_ON"


def test_everything_that_moved_since_is_named_when_an_import_is_not_undone(made_up: MadeUp) -> None:
    done = bring(made_up, REGISTER)
    school = made_up.borrower("Oakfield Primary School", "setting")
    lending.lend(made_up.desk, school.code, ["004217", "004200", "004207"])
    lending.bring_back(made_up.desk, ["004207"])
    said = refused(made_up, done.import_id)
    assert said.facts["named"] == ("004200", "004207", "004217")
    words = told(said)
    assert "3 of what it brought" in words.message
    assert "004200, 004207, 004217" in words.message


def test_many_that_moved_are_named_as_far_as_a_sentence_goes_and_counted(made_up: MadeUp) -> None:
    done = bring(made_up, REGISTER)
    lendable = [line.code for line in browsing.list_instruments(made_up.desk).lines if line.status == "in store"][:20]
    lending.lend(made_up.desk, made_up.borrower("Oakfield Primary School", "setting").code, lendable)
    said = refused(made_up, done.import_id)
    assert said.facts["count"] == 20
    assert said.facts["named"] == (*lendable[:12], "…")
    moved = said.facts["moved"]
    assert isinstance(moved, tuple)
    assert [one.code for one in moved] == lendable


def test_undoing_the_loan_frees_the_import_again(made_up: MadeUp) -> None:
    done = bring(made_up, SCHOOLS, ImportKind.SCHOOLS)
    thing = made_up.instrument()
    lending.lend(made_up.desk, "100000", [thing.code])
    undoing.undo(made_up.desk)
    importing.undo_import(made_up.desk, done.import_id or "")
    assert browsing.list_borrowers(made_up.desk).total == 0
    assert made_up.complaints() == []


def test_a_later_import_rests_on_an_earlier_one(made_up: MadeUp) -> None:
    first = bring(made_up, SCHOOLS, ImportKind.SCHOOLS)
    later = bring(made_up, LATER_SCHOOLS, ImportKind.SCHOOLS)
    assert refused(made_up, first.import_id).facts["first"] is FactKind.BORROWER_EDITED
    importing.undo_import(made_up.desk, later.import_id or "")
    importing.undo_import(made_up.desk, first.import_id or "")
    assert browsing.list_borrowers(made_up.desk).total == 0


def test_labels_and_scans_that_only_showed_do_not_hold_an_import(made_up: MadeUp, tmp_path: Path) -> None:
    done = bring(made_up, register(tmp_path, "9001,Violin,,,,,,,"))
    labelling.make_labels(made_up.desk, labelling.Wanted(every=True), labelling.Onto("avery-l7651"))
    made_up.scan("9001")
    importing.undo_import(made_up.desk, done.import_id or "")
    assert browsing.list_instruments(made_up.desk).total == 0
    assert made_up.complaints() == []
    assert counts(bring(made_up, tmp_path / "register.csv")) == (1, 1, 0, 0)
    assert instrument(made_up, "9001").instrument.seen is None


def test_undo_at_the_desk_passes_an_import_over(made_up: MadeUp) -> None:
    bring(made_up, REGISTER)
    with pytest.raises(Refused, match="NOTHING_TO_UNDO"):
        undoing.undo(made_up.desk)


def test_another_desk_may_take_an_import_back(make_made_up: StoreMaker, tmp_path: Path) -> None:
    here = make_made_up(tmp_path / "hub.loanstore")
    done = bring(here, REGISTER)
    there = here.another_desk()
    importing.undo_import(there.desk, done.import_id or "")
    assert browsing.list_instruments(there.desk).total == 0
    there.close()
    assert here.complaints() == []


def test_a_file_that_is_no_table_changes_nothing(made_up: MadeUp, tmp_path: Path) -> None:
    before = made_up.dump()
    photo = tmp_path / "photo.csv"
    photo.write_bytes(bytes(range(256)) * 40)
    with pytest.raises(FileUnusable, match="NOT_A_TABLE"):
        bring(made_up, photo)
    assert made_up.dump() == before
