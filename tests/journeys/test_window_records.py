"""Records in the window, by the keyboard alone: looked at, corrected, added, merged, passed on and put right."""

from __future__ import annotations

from typing import TYPE_CHECKING

import openpyxl
import pytest
from pypdf import PdfReader
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QLabel, QLineEdit, QPlainTextEdit, QWidget

from loanstore.domain.answers import Answer
from loanstore.operations import browsing, custody, lending
from tests.helpers.bench import WAIT
from tests.helpers.undone import rebuilt_the_same

if TYPE_CHECKING:
    from pathlib import Path

    from tests.helpers.bench import Bench

CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture(autouse=True)
def _sound(bench: Bench) -> None:
    bench.made_up.borrower("Oakfield Primary School", "setting", code="OAK", urn="100001")
    bench.made_up.borrower("Drama, Sam", code="SAM", pupil="Alex")
    bench.made_up.instrument("Violin", code="V1", size="3/4", make="Stentor", alias="old 1")


def _open(bench: Bench, page: str, row: int = 0) -> None:
    """Go into a list and open the record of a line: Down, Enter for the card, Enter for the record."""
    bench.counter.changes.announce({"instruments", "borrowers", "loans"})
    bench.window.show_page(page)
    bench.settle()
    for _step in range(row + 1):
        bench.press(Qt.Key.Key_Down)
    bench.press(Qt.Key.Key_Return)
    bench.press(Qt.Key.Key_Return)
    bench.qtbot.waitUntil(lambda: bench.window.screens.currentWidget() is bench.window.pages.record, timeout=WAIT)
    bench.settle()


def _words(root: QWidget) -> str:
    return " ".join(one.text() for one in root.findChildren(QLabel) if one.isVisible())


def _field(bench: Bench, name: str) -> QWidget:
    return bench.window.pages.record.form.control(name)


def _write(bench: Bench, name: str, text: str) -> None:
    """Go to a field and write over what stands there."""
    field = _field(bench, name)
    field.setFocus()
    if isinstance(field, QComboBox):
        edit = field.lineEdit()
        assert edit is not None
        edit.selectAll()
    elif isinstance(field, QLineEdit | QPlainTextEdit):
        field.selectAll()
    QTest.keyClick(field, Qt.Key.Key_Delete)
    bench.type(text)


def test_enter_twice_opens_the_record_and_escape_goes_back_to_the_list(bench: Bench) -> None:
    lending.lend(bench.made_up.desk, "OAK", ["V1"])
    custody.pass_on(bench.made_up.desk, "V1", "SAM")
    _open(bench, "instruments")
    told = _words(bench.window.pages.record)
    for piece in ("Violin 3/4, Stentor", "V1", "Oakfield Primary School", "Drama, Sam (for Alex)", "old 1"):
        assert piece in told
    assert "lent to Oakfield Primary School, due 18 December 2026" in told
    bench.press(Qt.Key.Key_Escape)
    assert bench.window.screens.currentWidget() is bench.window.pages.lists["instruments"]


def test_a_size_there_is_not_is_refused_at_its_field_and_the_right_one_saved(bench: Bench) -> None:
    _open(bench, "instruments")
    bench.press(Qt.Key.Key_Space)
    size = _field(bench, "size")
    assert isinstance(size, QComboBox)
    assert [size.itemText(at) for at in range(3)] == ["4/4", "7/8", "3/4"]
    _write(bench, "size", "5/7")
    bench.press(Qt.Key.Key_Return, CTRL)
    assert "4/4, 7/8, 3/4" in bench.window.pages.record.form.error_words()
    focused = QApplication.focusWidget()
    assert focused in {size, size.lineEdit()}
    assert bench.made_up.show("V1").fields["size"] == "3/4"
    _write(bench, "size", "half")
    bench.press(Qt.Key.Key_Return, CTRL)
    assert bench.made_up.show("V1").fields["size"] == "1/2"
    assert bench.window.pages.record.said().startswith("Saved")
    assert "record corrected: size" in _words(bench.window.pages.record)
    bench.press(Qt.Key.Key_Z, CTRL)
    assert bench.answers == [Answer.UNDONE]
    assert bench.made_up.show("V1").fields["size"] == "3/4"


def test_sizes_follow_the_type(bench: Bench) -> None:
    _open(bench, "instruments")
    bench.click("editRecord")
    _write(bench, "type", "Viola")
    size = _field(bench, "size")
    assert isinstance(size, QComboBox)
    assert '14"' in [size.itemText(at) for at in range(size.count())]
    assert size.currentText() == "3/4"


def test_escape_leaves_a_form_as_it_was(bench: Bench) -> None:
    _open(bench, "instruments")
    bench.click("editRecord")
    _write(bench, "make", "Someone else")
    assert bench.window.pages.record.form.changed
    bench.press(Qt.Key.Key_Escape)
    assert bench.window.screens.currentWidget() is bench.window.pages.record
    assert bench.made_up.show("V1").fields["make"] == "Stentor"


def test_a_new_instrument_is_added_by_the_keyboard(bench: Bench) -> None:
    bench.window.show_page("instruments")
    bench.settle()
    bench.click("newInstrument")
    bench.type("Cello")
    bench.press(Qt.Key.Key_Return)
    bench.type("three quarter")
    bench.press(Qt.Key.Key_Return, CTRL)
    (line,) = (line for line in browsing.list_instruments(bench.made_up.desk).lines if line.type == "Cello")
    assert (line.size, bench.window.pages.record.said()) == ("3/4", "Added.")
    bench.press(Qt.Key.Key_Escape)
    assert bench.window.screens.currentWidget() is bench.window.pages.lists["instruments"]


def test_a_new_borrower_needs_a_name_and_says_so_at_the_field(bench: Bench) -> None:
    bench.window.show_page("borrowers")
    bench.settle()
    bench.click("newBorrower")
    bench.press(Qt.Key.Key_Return, CTRL)
    assert "name" in bench.window.pages.record.form.error_words()
    _write(bench, "name", "Fenmarsh Primary School")
    kind = _field(bench, "kind")
    assert isinstance(kind, QComboBox)
    kind.setFocus()
    QTest.keyClick(kind, Qt.Key.Key_S)
    _write(bench, "email", "office at fenmarsh")
    bench.press(Qt.Key.Key_Return, CTRL)
    assert "office at fenmarsh" in bench.window.pages.record.form.error_words()
    _write(bench, "email", "office@example.org")
    _write(bench, "address", "1 Made-up Lane")
    bench.press(Qt.Key.Key_Return)
    bench.type("Fenmarsh")
    bench.press(Qt.Key.Key_Return, CTRL)
    (line,) = browsing.list_borrowers(bench.made_up.desk, "fenmarsh").lines
    card = browsing.show(bench.made_up.desk, line.code)
    assert isinstance(card, browsing.BorrowerCard)
    assert (line.kind, card.record["address"]) == ("setting", "1 Made-up Lane\nFenmarsh")


def test_a_borrowers_page_says_what_it_owes_has_and_had(bench: Bench) -> None:
    for code in ("V2", "V3"):
        bench.made_up.instrument("Violin", code=code)
    lending.lend(bench.made_up.desk, "OAK", ["V1", "V2", "V3"])
    bench.made_up.clock.go_on(days=1)
    lending.bring_back(bench.made_up.desk, ["V1"], missing=["Bow"])
    lending.bring_back(bench.made_up.desk, ["V2"])
    bench.made_up.clock.go_on(days=200)
    bench.window.show_record("OAK", "borrowers")
    bench.settle()
    told = _words(bench.window.pages.record)
    assert "came back without Bow" in told
    assert "Has 1 instrument" in told
    assert "V2 Violin · back 15 Sep 2026" in told


def test_custody_is_passed_on_and_the_register_is_printed_and_saved(bench: Bench, tmp_path: Path) -> None:
    lending.lend(bench.made_up.desk, "OAK", ["V1"])
    bench.window.show_record("V1", "instruments")
    bench.settle()
    bench.click("passOn")
    bench.type("nobody")
    bench.press(Qt.Key.Key_Return, CTRL)
    assert "nobody" in bench.window.pages.record.form.error_words()
    _write(bench, "to", "sam")
    bench.press(Qt.Key.Key_Return)
    bench.press(Qt.Key.Key_Return)
    assert "goes on answering" in bench.window.pages.record.said()
    bench.window.show_record("OAK", "borrowers")
    bench.settle()
    bench.click("takeHome")
    bench.qtbot.waitUntil(lambda: len(bench.opened) == 1, timeout=WAIT)
    assert "Alex" in PdfReader(bench.opened[0]).pages[0].extract_text()
    bench.window.pages.record.save_by(lambda _parent, _name: tmp_path / "home.xlsx")
    bench.click("saveTakeHome")
    assert bench.window.pages.record.said() == "The register is saved as home.xlsx."
    assert next(openpyxl.load_workbook(tmp_path / "home.xlsx").worksheets[0].iter_rows(min_row=2))[3].value == "Alex"
    bench.window.pages.record.save_by(lambda _parent, _name: tmp_path / "home.csv")
    bench.click("saveTakeHome")
    assert "Alex" in (tmp_path / "home.csv").read_text("utf-8")


def test_two_records_of_one_school_become_one(bench: Bench) -> None:
    bench.made_up.borrower("Oakfield Academy", "setting", code="ACA", urn="200002")
    lending.lend(bench.made_up.desk, "OAK", ["V1"])
    bench.window.show_record("OAK", "borrowers")
    bench.settle()
    bench.click("mergeRecord")
    bench.type("200002")
    bench.press(Qt.Key.Key_Return)
    told = _words(bench.window.pages.record)
    assert "Oakfield Academy" in told
    assert "Oakfield Primary School (OAK)" in told
    assert "1 loan came over" in bench.window.pages.record.said()
    rebuilt_the_same(bench.made_up)
    bench.press(Qt.Key.Key_Z, CTRL)
    assert browsing.list_borrowers(bench.made_up.desk, "primary").total == 1


def test_a_school_gives_a_head_count(bench: Bench) -> None:
    bench.window.show_record("OAK", "borrowers")
    bench.settle()
    bench.click("giveHeads")
    bench.type("30")
    bench.press(Qt.Key.Key_Return)
    bench.type("many")
    bench.press(Qt.Key.Key_Return, CTRL)
    assert "many" in bench.window.pages.record.form.error_words()
    _write(bench, "fsm_or_pp", "8")
    bench.press(Qt.Key.Key_Return, CTRL)
    assert "30 pupils, 8 free school meals or pupil premium" in _words(bench.window.pages.record)


def test_a_case_and_violin_swapped_in_class(bench: Bench) -> None:
    """Two children took each other's violins home: the scan says they do not match, and their loans change."""
    first, second = (bench.made_up.instrument("Violin").code for _each in range(2))
    bench.made_up.borrower("Drama, Robin", code="ROB", pupil="Billie")
    lending.lend(bench.made_up.desk, "SAM", [first])
    lending.lend(bench.made_up.desk, "ROB", [second])
    bench.scan("LSCMD-SHOW", f"{first}C", second, after=1)
    assert bench.answers[-1] is Answer.MISMATCH
    bench.window.show_record(first, "instruments")
    bench.settle()
    bench.click("mismatch")
    bench.type(second)
    bench.press(Qt.Key.Key_Return)
    bench.press(Qt.Key.Key_Down)
    bench.press(Qt.Key.Key_Down)
    bench.press(Qt.Key.Key_Return)
    assert "have changed places" in bench.window.pages.record.said()
    for who, code in (("SAM", second), ("ROB", first)):
        card = browsing.show(bench.made_up.desk, who)
        assert isinstance(card, browsing.BorrowerCard)
        assert [line.instrument for line in card.out.lines] == [code]
    rebuilt_the_same(bench.made_up)


def test_a_tag_on_its_case_is_given_on_the_form_and_shown(bench: Bench) -> None:
    _open(bench, "instruments")
    bench.click("editRecord")
    _write(bench, "case", "case 17")
    bench.press(Qt.Key.Key_Return, CTRL)
    told = _words(bench.window.pages.record)
    assert "its case is labelled case 17" in told
    assert "Its case" in told
    bench.scan("LSCMD-SHOW", "CASE17", "V1", after=1)
    assert bench.answers[-1] is Answer.MATCHED
    bench.window.show_record("V1", "instruments")
    bench.settle()
    bench.click("editRecord")
    drop = _field(bench, "drop")
    assert isinstance(drop, QComboBox)
    assert [drop.itemText(at) for at in range(drop.count())] == ["none", "case 17, on its case", "old 1"]


def test_linked_apparatus_is_followed_both_ways_by_keyboard(bench: Bench) -> None:
    bench.made_up.instrument("Trombone", code="T1", apparatus="V1")
    bench.window.show_record("T1", "instruments")
    bench.settle()
    record = bench.window.pages.record
    while (focused := QApplication.focusWidget()) is not None and focused.objectName() != "link-1":
        bench.press(Qt.Key.Key_Tab)
    assert bench.button("link-1").accessibleName() == "Its apparatus: Violin 3/4, Stentor, V1"
    bench.press(Qt.Key.Key_Space)
    assert record.accessibleName() == "Violin 3/4, Stentor"
    assert "T1 Trombone" in _words(record)
    bench.click("link-1")
    assert record.accessibleName() == "Trombone"
    for name in ("Violin 3/4, Stentor", "Trombone"):
        bench.press(Qt.Key.Key_Escape)
        assert record.accessibleName() == name
    bench.press(Qt.Key.Key_Escape)
    assert bench.window.screens.currentWidget() is bench.window.pages.lists["instruments"]


def test_every_form_field_has_both_names(bench: Bench) -> None:
    from tests.helpers.bench import focusable

    for code, buttons in (("V1", ("editRecord", "mismatch")), ("OAK", ("editRecord", "mergeRecord", "giveHeads"))):
        for name in buttons:
            bench.window.show_record(code, "instruments")
            bench.settle()
            bench.click(name)
            nameless = [one for one in focusable(bench.window.pages.record) if not one.objectName()]
            silent = [
                one for one in focusable(bench.window.pages.record) if one.isVisible() and not one.accessibleName()
            ]
            assert nameless == []
            assert [one.objectName() for one in silent if not isinstance(one, QLabel)] == []


def test_a_scan_on_a_record_goes_to_the_desk(bench: Bench) -> None:
    _open(bench, "instruments")
    bench.scan("OAK")
    assert bench.window.screens.currentWidget() is bench.window.desk
    assert bench.answers == [Answer.BORROWER_CHOSEN]


def test_the_rules_of_lending_are_saved_or_said_to_be_wrong(bench: Bench) -> None:
    from loanstore.domain.borrowers import BorrowerKind
    from loanstore.operations import housekeeping

    bench.window.show_page("settings")
    bench.settle()
    card = bench.window.pages.settings.policy
    limit = card.limits[BorrowerKind.HIRER]
    limit.setFocus()
    limit.selectAll()
    bench.type("lots")
    bench.click("savePolicy")
    assert "lots" in card.said()
    limit.selectAll()
    bench.type("5")
    card.periods[BorrowerKind.HIRER].setFocus()
    bench.press(Qt.Key.Key_Down)
    bench.press(Qt.Key.Key_Down)
    days = card.days[BorrowerKind.HIRER]
    assert days.isEnabled()
    days.setFocus()
    bench.type("28")
    bench.click("savePolicy")
    assert card.said().startswith("Saved")
    card.aside.setFocus()
    card.aside.selectAll()
    bench.type("never")
    bench.click("savePolicy")
    assert "never" in card.said()
    card.aside.selectAll()
    bench.type("10")
    bench.click("savePolicy")
    assert housekeeping.policy(bench.made_up.desk).aside_days == 10
    rule = housekeeping.policy(bench.made_up.desk).rules[BorrowerKind.HIRER]
    assert (rule.limit, rule.days, rule.period) == (5, 28, "days")
