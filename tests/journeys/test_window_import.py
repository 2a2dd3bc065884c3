"""Importing in the window as a person does it: by keys, from the file to the end, and back."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest

from loanstore.domain.import_fields import ImportKind
from loanstore.operations import browsing, importing, lending
from loanstore.spreadsheets.reading import read_table
from loanstore.ui.screens.import_steps import Step
from tests.helpers.alike import standing
from tests.helpers.bench import WAIT, focusable
from tests.helpers.registers import DATA, REGISTER
from tests.helpers.wizard import INSTRUMENTS, backward, begin, choose, onward, stands_at, tab_to, through

if TYPE_CHECKING:
    from pathlib import Path

    from tests.helpers.bench import Bench

SCHOOLS = DATA / "gias_establishments_19.csv"


def test_columns_are_seen_with_what_stands_in_them(bench: Bench) -> None:
    page = begin(bench, REGISTER)
    assert "row 3" in page.columns.text()
    assert page.columns.rows.questions()[0] == ("Asset No", "004200, 004201, 004202")
    assert page.columns.rows.boxes[0].currentText() == "Number"
    assert page.columns.rows.boxes[0].accessibleName() == "“Asset No” is read as"


def test_a_match_is_corrected_by_keys_and_remembered_for_window_and_command_line(bench: Bench, tmp_path: Path) -> None:
    file = tmp_path / "odd.csv"
    file.write_text("Sticker,Gizmo,Remarks\n7001,Violin,scratched\n", "utf-8")
    page = begin(bench, file)
    assert "Instrument" in page.columns.text()
    assert not page.foot.next.isEnabled()
    choose(bench, "match-1", "Instrument")
    assert page.foot.next.isEnabled()
    choose(bench, "match-0", "Number")
    choose(bench, "match-2", "not read")
    onward(bench)
    bench.press(Qt.Key.Key_Return)
    assert stands_at(page, Step.DONE)
    later = tmp_path / "later.csv"
    later.write_text("Gizmo,Sticker,Remarks\nViola,7002,dented\n", "utf-8")
    begin(bench, later)
    assert "last came" in page.columns.text()
    assert [box.currentText() for box in page.columns.rows.boxes] == ["Instrument", "Number", "not read"]
    done = importing.import_file(bench.made_up.desk, importing.Plan(later, INSTRUMENTS)).result
    assert done.created == 1
    card = browsing.show(bench.made_up.desk, "7002")
    assert isinstance(card, browsing.InstrumentCard)
    assert (card.instrument.fields["type"], card.note) == ("Viola", "")


def test_a_field_given_to_one_column_is_taken_from_the_other_until_it_goes_on(bench: Bench) -> None:
    page = begin(bench, REGISTER)
    choose(bench, "match-10", "Place")
    others = ["Number", "Instrument", "Size", "Make", "Model", "Serial number"]
    others += ["Replacement value", "Bought on", "Condition"]
    assert [box.currentText() for box in page.columns.rows.boxes] == [*others, "not read", "Place"]
    choose(bench, "match-10", "Notes")
    assert [box.currentText() for box in page.columns.rows.boxes] == [*others, "Place", "Notes"]


def test_words_are_given_their_meaning_and_keep_it(bench: Bench) -> None:
    page = begin(bench, REGISTER)
    onward(bench)
    assert stands_at(page, Step.WORDS)
    assert page.words.rows.questions()[1] == ("Repairer: Café Brass", "in 13 rows")
    choose(bench, "word-5", "a school that has it")
    onward(bench)
    assert "8 loans opened" in page.check.text()
    bench.press(Qt.Key.Key_Return)
    assert browsing.list_loans(bench.made_up.desk, None).total == 8
    bench.window.show_page("desk")
    begin(bench, REGISTER)
    onward(bench)
    assert page.words.rows.boxes[5].currentText() == "a school that has it"


def test_going_back_forgets_no_word(bench: Bench) -> None:
    page = begin(bench, REGISTER)
    onward(bench)
    choose(bench, "word-5", "a school that has it")
    onward(bench)
    backward(bench)
    backward(bench)
    assert stands_at(page, Step.COLUMNS)
    onward(bench)
    assert page.words.rows.boxes[5].currentText() == "a school that has it"


def test_what_would_happen_is_seen_row_by_row_and_nothing_is_written(bench: Bench) -> None:
    before = bench.made_up.dump()
    page = begin(bench, REGISTER)
    onward(bench)
    onward(bench)
    assert page.check.text() == "This is what would happen 64 rows · 62 new · 0 changed · 0 as they were"
    assert page.check.tables["refused"].isVisible()
    assert page.check.tables["refused"].words()[:2] == [
        ["65", "the whole row", "004209", "rows 13 and 65 give one number to two instruments: Cello and Tuba"],
        ["67", "Size", "5/7", "Violin comes in no such size"],
    ]
    assert page.check.tables["repaired"].words()[0] == ["13", "Size", "01-Feb", "1/2"]
    assert page.check.tables["taken"].words()[0] == ["4", "new", '004200 Viola 14" Stentor Student I', ""]
    assert [line[0] for line in page.check.tables["passed"].words()] == ["1", "2", "64", "68"]
    bench.click("check-repaired")
    assert page.check.tables["repaired"].isVisible()
    assert bench.made_up.dump() == before


def test_a_line_that_is_selected_is_said_whole(bench: Bench) -> None:
    bench.window.resize(683, 384)
    page = begin(bench, REGISTER)
    onward(bench)
    onward(bench)
    table = page.check.tables["refused"]
    tab_to(bench, "check-table-refused")
    table.table.selectRow(1)
    assert table.selected_words() == "67 · Size · 5/7 · Violin comes in no such size"


def test_what_changes_says_from_what_to_what(bench: Bench, tmp_path: Path) -> None:
    for cost in ("£100", "£1,120"):
        file = tmp_path / "short.csv"
        file.write_text(f'Number,Instrument,Replacement cost\n1,Violin,"{cost}"\n', "utf-8")
        page = through(bench, file)
    assert page.done.tables["taken"].words() == [["2", "changed", "1 Violin", "Replacement value: £100.00 → £1,120.00"]]
    assert page.done.tables["refused"].words() == [["Nothing is refused."]]
    assert page.done.tables["repaired"].words() == [["Nothing needed repair."]]


def test_the_same_list_again_says_that_nothing_would_happen(bench: Bench) -> None:
    page = through(bench, SCHOOLS, ImportKind.SCHOOLS)
    bench.window.show_page("desk")
    begin(bench, SCHOOLS, ImportKind.SCHOOLS)
    onward(bench)
    assert stands_at(page, Step.CHECK)
    assert "19 as they were" in page.check.text()
    assert not page.foot.next.isEnabled()
    assert page.check.tables["taken"].words()[0][0].startswith("Nothing is new")


@pytest.mark.parametrize("name", ["report.xlsx", "report.csv", "report"])
def test_the_report_can_be_kept(bench: Bench, tmp_path: Path, name: str) -> None:
    report = tmp_path / name
    begin(bench, REGISTER, report=report)
    onward(bench)
    onward(bench)
    bench.click("check-keep")
    written = report if report.exists() else tmp_path / f"{name}.csv"
    cells = [row.cells for row in read_table(written).rows]
    assert cells[0] == ("Row", "What became of it", "Field", "In the file", "Repaired to, or why")
    assert ("13", "repaired", "Size", "01-Feb", "1/2") in cells
    assert ("67", "refused", "Replacement value", "£12O", "this is no amount of pounds") in cells
    assert written.name in bench.window.box.text()


def test_cancel_rolls_back_and_one_may_begin_again(bench: Bench, tmp_path: Path) -> None:
    rows = "\n".join(f"{number:06d},Violin,1/2" for number in range(1, 2001))
    file = tmp_path / "register.csv"
    file.write_text(f"Asset No,Instrument,Size\n{rows}\n", "utf-8")
    page = begin(bench, file)
    bench.press(Qt.Key.Key_Return)
    before = bench.made_up.dump()
    seen: list[tuple[int, int]] = []

    def reached(_words: str, done: int, total: int) -> None:
        if total:
            seen.append((done, total))
            page.foot.cancel.click()

    bench.counter.progressed.connect(reached)
    bench.press(Qt.Key.Key_Return)
    bench.counter.progressed.disconnect(reached)
    assert seen[0][1] == 2000
    assert bench.made_up.dump() == before
    assert "Cancelled" in bench.window.box.text()
    assert stands_at(page, Step.CHECK)
    bench.press(Qt.Key.Key_Return)
    assert browsing.list_instruments(bench.made_up.desk).total == 2000


def test_an_import_that_moved_on_is_not_undone_and_everything_that_moved_is_named(bench: Bench) -> None:
    page = through(bench, REGISTER)
    school = bench.made_up.borrower("Oakfield Primary School", "setting")
    lending.lend(bench.made_up.desk, school.code, ["004217", "004200", "004207"])
    before = bench.made_up.dump()
    bench.click("undoDone")
    assert stands_at(page, Step.MOVED)
    moved = [line[:2] for line in page.moved.words()]
    assert moved == [["004200", "lending"], ["004207", "lending"], ["004217", "lending"]]
    assert "004200, 004207, 004217" in bench.window.box.text()
    assert bench.made_up.dump() == before
    backward(bench)
    assert stands_at(page, Step.DONE)


def test_an_earlier_import_is_undone_from_the_list_of_those_that_stand(bench: Bench) -> None:
    before = standing(bench.made_up)
    importing.import_file(bench.made_up.desk, importing.Plan(REGISTER, INSTRUMENTS))
    page = bench.window.pages.imports
    bench.window.show_import(ImportKind.SCHOOLS)
    bench.settle()
    assert [line[1:] for line in page.file.past.words()] == [["Instruments", "62", "0"]]
    tab_to(bench, "pastImports")
    bench.press(Qt.Key.Key_Down)
    page.file.past.table.selectRow(0)
    tab_to(bench, "undoImport")
    bench.press(Qt.Key.Key_Return)
    assert standing(bench.made_up) == before
    assert page.file.past.words()[0][0].startswith("Nothing was imported yet")


@pytest.mark.parametrize(
    ("kind", "text", "goes_to"),
    [
        (ImportKind.SCHOOLS, "URN,School name\n123456,Oakfield Primary School\n", "borrowers"),
        (ImportKind.BORROWERS, "Name,Type,Phone\nSam Drama,parent,01632 960001\n", "borrowers"),
        (ImportKind.LOANS, "Instrument,Borrower,Out,Due\nV1,SAM,01/09/2026,18/12/2026\n", "loans"),
    ],
    ids=["schools", "borrowers", "loans"],
)
def test_every_kind_of_list_comes_in_and_leads_to_its_list(
    bench: Bench, tmp_path: Path, kind: ImportKind, text: str, goes_to: str
) -> None:
    bench.made_up.instrument("Violin", code="V1")
    bench.made_up.borrower("Drama, Sam", code="SAM")
    file = tmp_path / "list.csv"
    file.write_text(text, "utf-8")
    page = through(bench, file, kind)
    assert page.done.tables["taken"].model.rowCount() == 1
    bench.press(Qt.Key.Key_Return)
    assert bench.window.pages.lists[goes_to].isVisible()


def test_the_kind_is_chosen_by_keys(bench: Bench) -> None:
    page = bench.window.pages.imports
    bench.window.show_import(INSTRUMENTS)
    bench.settle()
    choose(bench, "importKind", "Loans")
    assert page.file.kind is ImportKind.LOANS


def test_a_file_that_is_no_table_says_so_and_one_may_choose_another(bench: Bench, tmp_path: Path) -> None:
    photo = tmp_path / "photo.csv"
    photo.write_bytes(bytes(range(256)) * 40)
    page = begin(bench, photo)
    assert stands_at(page, Step.FILE)
    assert "photo.csv" in bench.window.box.text()
    page.choose_by(lambda _parent: REGISTER)
    bench.press(Qt.Key.Key_Return)
    assert stands_at(page, Step.COLUMNS)


def test_no_file_chosen_changes_nothing(bench: Bench) -> None:
    page = bench.window.pages.imports
    page.choose_by(lambda _parent: None)
    bench.window.show_import(INSTRUMENTS)
    bench.settle()
    bench.press(Qt.Key.Key_Return)
    assert stands_at(page, Step.FILE)
    assert not page.foot.next.isEnabled()


def test_esc_leaves_a_scan_lands_at_the_desk_and_the_import_waits(bench: Bench) -> None:
    violin = bench.made_up.instrument()
    page = begin(bench, REGISTER)
    choose(bench, "match-10", "not read")
    bench.press(Qt.Key.Key_Escape)
    assert bench.window.screens.currentWidget() is bench.window.desk
    bench.window.show_import(INSTRUMENTS)
    bench.settle()
    assert stands_at(page, Step.COLUMNS)
    assert page.columns.rows.boxes[10].currentText() == "not read"
    bench.scan(violin.code)
    assert bench.window.screens.currentWidget() is bench.window.desk
    assert bench.window.desk.card.accessibleName().find(violin.code) >= 0
    bench.window.show_import(INSTRUMENTS)
    bench.settle()
    assert page.columns.rows.boxes[10].currentText() == "not read"


def test_every_control_of_every_step_has_both_names(bench: Bench) -> None:
    page = begin(bench, REGISTER)
    for step in (Step.COLUMNS, Step.WORDS, Step.CHECK, Step.DONE):
        assert stands_at(page, step)
        controls = focusable(page)
        assert [type(one).__name__ for one in controls if not one.objectName()] == []
        spoken = {one.objectName(): QAccessible.queryAccessibleInterface(one) for one in controls}
        assert [name for name, one in spoken.items() if not one.text(QAccessible.Text.Name)] == []
        onward(bench)


def test_what_ends_while_one_is_at_the_desk_is_said_there(bench: Bench) -> None:
    page = begin(bench, REGISTER)
    onward(bench)
    onward(bench)
    QTest.keyClick(bench.window.windowHandle(), Qt.Key.Key_Return)
    QTest.keyClick(bench.window.windowHandle(), Qt.Key.Key_Escape)
    bench.qtbot.waitUntil(lambda: stands_at(page, Step.DONE), timeout=WAIT)
    assert bench.window.desk.isVisible()
    assert "Brought in: 62 records" in bench.window.box.text()


def test_help_explains_the_import(bench: Bench) -> None:
    bench.window.show_import(INSTRUMENTS)
    bench.settle()
    bench.press(Qt.Key.Key_F1)
    assert "Importing a list" in bench.window.pages.help.text.toPlainText()


@pytest.mark.parametrize(("width", "height"), [(1366, 768), (683, 384)], ids=["whole", "at twice the size"])
def test_no_step_scrolls_sideways(bench: Bench, width: int, height: int) -> None:
    bench.window.resize(width, height)
    page = begin(bench, REGISTER)
    for step in (Step.COLUMNS, Step.WORDS, Step.CHECK, Step.DONE):
        assert stands_at(page, step)
        assert page.steps.scrolled.horizontalScrollBar().maximum() == 0
        onward(bench)
