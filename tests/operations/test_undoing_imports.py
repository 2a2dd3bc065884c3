"""An import taken back leaves the store as it stood before, compared whole; and what was said of it is remembered."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from loanstore.domain.errors import Refused, WrongUsage
from loanstore.domain.import_fields import ImportKind
from loanstore.domain.import_words import Meaning
from loanstore.operations import browsing, importing, lending
from loanstore.operations.matching_columns import look_into
from loanstore.operations.undoing_imports import past_imports

if TYPE_CHECKING:
    from loanstore.operations.importing import Imported
    from tests.helpers.made_up import MadeUp

DATA = Path(__file__).resolve().parents[1] / "data"
REGISTER = DATA / "instrument_register_messy.csv"
SCHOOLS = DATA / "gias_establishments_19.csv"
LATER_SCHOOLS = DATA / "gias_establishments_2024.csv"
NUMBERED = "next_number"


def bring(
    made_up: MadeUp, file: Path, kind: ImportKind = ImportKind.INSTRUMENTS, *mapping: str, dry_run: bool = False
) -> Imported:
    return importing.import_file(made_up.desk, importing.Plan(file, kind, mapping, dry_run=dry_run)).result


def standing(made_up: MadeUp) -> dict[str, list[tuple[object, ...]]]:
    """Give everything but the journal, which only grows, and the numbers for codes, none of which comes twice."""
    rows = made_up.dump()
    del rows["facts"], rows["reversals"]
    rows["settings"] = [row for row in rows["settings"] if row[0] != NUMBERED]
    return rows


def written(folder: Path, *rows: str, name: str = "list.csv") -> Path:
    file = folder / name
    file.write_text("\n".join(rows) + "\n", "utf-8")
    return file


@pytest.mark.parametrize(
    ("file", "kind"), [(REGISTER, ImportKind.INSTRUMENTS), (SCHOOLS, ImportKind.SCHOOLS)], ids=["register", "schools"]
)
def test_undo_brings_back_an_empty_store_whole(made_up: MadeUp, file: Path, kind: ImportKind) -> None:
    before = standing(made_up)
    done = bring(made_up, file, kind)
    assert standing(made_up) != before
    importing.undo_import(made_up.desk, done.import_id or "")
    assert standing(made_up) == before
    assert made_up.complaints() == []


def test_undo_brings_back_what_an_earlier_import_and_the_desk_left(made_up: MadeUp, tmp_path: Path) -> None:
    bring(made_up, REGISTER)
    lending.lend(made_up.desk, made_up.borrower().code, ["004200"])
    before = standing(made_up)
    text = REGISTER.read_text("cp1252").replace("Stentor", "Stentor II").replace("Store A,", "Barn,")
    later = written(tmp_path, text.replace("old label", "older label"))
    done = bring(made_up, later)
    assert done.updated > 20
    importing.undo_import(made_up.desk, done.import_id or "")
    assert standing(made_up) == before
    assert made_up.complaints() == []


def test_undo_of_later_schools_brings_the_earlier_records_back_whole(made_up: MadeUp) -> None:
    bring(made_up, SCHOOLS, ImportKind.SCHOOLS)
    before = standing(made_up)
    done = bring(made_up, LATER_SCHOOLS, ImportKind.SCHOOLS)
    importing.undo_import(made_up.desk, done.import_id or "")
    assert standing(made_up) == before


def test_undo_of_two_changes_to_one_borrower_goes_back_before_the_first(made_up: MadeUp, tmp_path: Path) -> None:
    sam = made_up.borrower("Drama, Sam", code="SAM", telephone="01632 960001")
    before = standing(made_up)
    rows = ("Code,URN,Name,Telephone", "SAM,,Sam Drama,01632 960002", "SAM,123456,Sam Drama,01632 960003")
    done = bring(made_up, written(tmp_path, *rows), ImportKind.BORROWERS)
    importing.undo_import(made_up.desk, done.import_id or "")
    assert standing(made_up) == before
    card = browsing.show(made_up.desk, sam.code)
    assert isinstance(card, browsing.BorrowerCard)
    assert card.record["telephone"] == "01632 960001"


def test_a_place_that_somebody_uses_since_stays(made_up: MadeUp, tmp_path: Path) -> None:
    first = bring(made_up, written(tmp_path, "Number,Instrument,Location", "1,Violin,Barn", "2,Viola,Loft"))
    bring(made_up, written(tmp_path, "No,Instrument,Place,Make", "3,Cello,Barn,Stentor", name="more.csv"))
    importing.undo_import(made_up.desk, first.import_id or "")
    assert [row[1] for row in made_up.dump()["places"]] == ["Barn"]
    card = browsing.show(made_up.desk, "3")
    assert isinstance(card, browsing.InstrumentCard)
    assert card.place == "Barn"


def test_the_imports_that_stand_are_listed_the_latest_first(made_up: MadeUp) -> None:
    bring(made_up, SCHOOLS, ImportKind.SCHOOLS)
    made_up.clock.go_on(60)
    register = bring(made_up, REGISTER)
    listed = past_imports(made_up.desk)
    assert [(one.kind, one.created, one.things) for one in listed] == [("instruments", 62, 62), ("schools", 19, 19)]
    importing.undo_import(made_up.desk, register.import_id or "")
    assert [one.kind for one in past_imports(made_up.desk)] == ["schools"]


def test_what_a_row_makes_or_changes_can_be_seen_before(made_up: MadeUp, tmp_path: Path) -> None:
    bring(made_up, written(tmp_path, "Number,Instrument,Make", "1,Violin,Stentor"))
    rows = ("Number,Instrument,Make", "1,Violin,Eastman", "2,Viola,Stentor")
    tried = bring(made_up, written(tmp_path, *rows), dry_run=True)
    assert [(one.row, one.new, one.title) for one in tried.taken] == [
        (2, False, "1 Violin Eastman"),
        (3, True, "2 Viola Stentor"),
    ]
    assert [(c.field, c.before, c.after) for c in tried.taken[0].changes] == [("make", "Stentor", "Eastman")]


def test_columns_are_shown_with_what_they_hold(made_up: MadeUp) -> None:
    match = look_into(made_up.desk, REGISTER, ImportKind.INSTRUMENTS).match
    assert match.row == 3
    by_heading = {one.heading: one for one in match.columns}
    assert by_heading["Asset No"].field == "code"
    assert by_heading["Asset No"].samples == ("004200", "004201", "004202")
    assert by_heading["Comments"].field == "notes"
    assert match.missing == ()


def test_headings_that_say_nothing_are_shown_all_the_same(made_up: MadeUp, tmp_path: Path) -> None:
    file = written(tmp_path, "Our stock", "", "Label,Gizmo,Colour", "1,Violin,brown")
    match = look_into(made_up.desk, file, ImportKind.INSTRUMENTS).match
    assert [one.heading for one in match.columns] == ["Label", "Gizmo", "Colour"]
    assert match.missing == ("type",)


def test_what_was_said_of_a_column_counts_for_the_next_file_of_its_source(made_up: MadeUp, tmp_path: Path) -> None:
    first = written(tmp_path, "Label,Gizmo,Comments", "1,Violin,scratched")
    bring(made_up, first, ImportKind.INSTRUMENTS, "Gizmo=type", "Comments=-")
    looked = look_into(made_up.desk, first, ImportKind.INSTRUMENTS)
    assert looked.remembered
    assert {one.heading: one.field for one in looked.match.columns} == {
        "Label": "code",
        "Gizmo": "type",
        "Comments": None,
    }
    second = written(tmp_path, "Gizmo,Label,Comments", "Viola,2,dented", name="next.csv")
    assert bring(made_up, second).created == 1
    card = browsing.show(made_up.desk, "2")
    assert isinstance(card, browsing.InstrumentCard)
    assert (card.instrument.fields["type"], card.note) == ("Viola", "")


def test_what_is_said_now_outranks_what_was_said_before(made_up: MadeUp, tmp_path: Path) -> None:
    file = written(tmp_path, "Label,Gizmo,Thing", "1,Violin,Viola")
    bring(made_up, file, ImportKind.INSTRUMENTS, "Gizmo=type")
    tried = bring(made_up, file, ImportKind.INSTRUMENTS, "Thing=type", dry_run=True)
    assert {one.text: one.field for one in tried.columns} == {"Label": "code", "Gizmo": None, "Thing": "type"}


def test_a_dry_run_remembers_nothing(made_up: MadeUp, tmp_path: Path) -> None:
    file = written(tmp_path, "Label,Gizmo", "1,Violin")
    before = made_up.dump()
    bring(made_up, file, ImportKind.INSTRUMENTS, "Gizmo=type", dry_run=True)
    assert made_up.dump() == before


def test_what_was_said_of_instruments_is_not_said_of_loans(made_up: MadeUp, tmp_path: Path) -> None:
    file = written(tmp_path, "Label,Gizmo", "1,Violin")
    bring(made_up, file, ImportKind.INSTRUMENTS, "Gizmo=type")
    assert not look_into(made_up.desk, file, ImportKind.LOANS).remembered


def test_a_field_that_does_not_exist_is_no_match(made_up: MadeUp) -> None:
    with pytest.raises(WrongUsage, match="UNKNOWN_FIELD"):
        look_into(made_up.desk, REGISTER, ImportKind.INSTRUMENTS, ["Comments=colour"])


def test_words_said_once_outlast_the_import(made_up: MadeUp, tmp_path: Path) -> None:
    file = written(tmp_path, "Number,Instrument,Location", "1,Violin,Café Brass")
    plan = importing.Plan(file, ImportKind.INSTRUMENTS, words={"Café Brass": Meaning.REPAIRER})
    done = importing.import_file(made_up.desk, plan).result
    importing.undo_import(made_up.desk, done.import_id or "")
    assert [(one.word, one.meaning) for one in bring(made_up, file, dry_run=True).words] == [
        ("Café Brass", Meaning.REPAIRER)
    ]


def test_undoing_can_be_cancelled_at_any_point_and_then_nothing_has_changed(made_up: MadeUp, tmp_path: Path) -> None:
    done = bring(made_up, written(tmp_path, "Code,Type,Notes", *(f"A{n},Violin,made up" for n in range(4))))
    before = made_up.dump()
    told: list[tuple[int, int]] = []
    for stop_at in range(1, 9):

        def progress(reached: int, total: int, stop_at: int = stop_at) -> None:
            told.append((reached, total))
            if reached == stop_at:
                raise Refused("WORK_CANCELLED")

        with pytest.raises(Refused, match="WORK_CANCELLED"):
            importing.undo_import(made_up.desk, done.import_id or "", progress)
        assert made_up.dump() == before
    assert told[-8:] == [(reached, 8) for reached in range(1, 9)]
    assert importing.undo_import(made_up.desk, done.import_id or "").result == 4
    assert made_up.complaints() == []
