"""The class sets screen, sat down at: keys and scans alone make, lend, count back, allocate, swap and move a set."""

from __future__ import annotations

from datetime import date
from functools import partial
from io import BytesIO
from typing import TYPE_CHECKING

import pytest
from pypdf import PdfReader
from PySide6.QtCore import QDate, Qt
from PySide6.QtWidgets import QApplication

from loanstore.domain.class_sets import Standing
from loanstore.operations import allocating, grouping, set_views
from tests.helpers.bench import WAIT
from tests.helpers.class_sets import Classroom, classroom, pupils

if TYPE_CHECKING:
    from pathlib import Path

    from loanstore.ui.screens.set_forms import SetForm
    from loanstore.ui.screens.sets_page import SetsPage
    from tests.helpers.bench import Bench

SIZE = 5


@pytest.fixture
def room(bench: Bench) -> Classroom:
    """A set of five, open on the screen."""
    made = classroom(bench.made_up, SIZE)
    open_set(bench)
    return made


def open_set(bench: Bench) -> None:
    """Open the first set with the keyboard."""
    bench.press(Qt.Key.Key_6, Qt.KeyboardModifier.ControlModifier)
    bench.press(Qt.Key.Key_Down)
    bench.press(Qt.Key.Key_Return)
    bench.qtbot.waitUntil(lambda: bool(page(bench).one.code), timeout=WAIT)


def page(bench: Bench) -> SetsPage:
    return bench.window.pages.sets


def form(bench: Bench) -> SetForm:
    shown = page(bench).one.form
    assert shown is not None
    return shown


def text_of(file: Path) -> str:
    return "\n".join(one.extract_text() for one in PdfReader(BytesIO(file.read_bytes())).pages)


def printed(bench: Bench) -> str:
    """Press F5 and read what came out."""
    before = len(bench.opened)
    bench.press(Qt.Key.Key_F5)
    bench.qtbot.waitUntil(lambda: len(bench.opened) == before + 1, timeout=WAIT)
    return text_of(bench.opened[-1])


def test_the_first_set_is_named_and_scanned_full_without_a_mouse(bench: Bench) -> None:
    codes = [bench.made_up.instrument("Violin").code for _ in range(3)]
    bench.press(Qt.Key.Key_6, Qt.KeyboardModifier.ControlModifier)
    empty = bench.button("firstSet")
    assert empty.isVisible()
    empty.setFocus()
    bench.press(Qt.Key.Key_Space)
    bench.type("Year 4 violins")
    bench.press(Qt.Key.Key_Return)
    bench.qtbot.waitUntil(lambda: page(bench).one.form is not None, timeout=WAIT)
    bench.scan(*codes)
    assert form(bench).said() == f"{codes[-1]} is number 3"
    assert page(bench).one.words() == "3 in store"
    chosen = page(bench).one.table.chosen()
    assert chosen is not None
    assert chosen.code == codes[-1]
    bench.press(Qt.Key.Key_Escape)
    assert page(bench).one.form is None
    (line,) = set_views.list_sets(bench.made_up.desk).lines
    assert (line.name, line.members) == ("Year 4 violins", 3)


def test_what_is_in_another_set_is_refused_in_words_and_the_form_stays(bench: Bench, room: Classroom) -> None:
    grouping.make(bench.made_up.desk, "Year 5 violins", [bench.made_up.instrument("Violin", code="V9").code])
    bench.click("set-join")
    bench.scan("V9")
    assert "V9 is in the set Year 5 violins" in bench.window.box.text()
    assert form(bench).isVisible()
    assert room.card().tally.total == SIZE


def test_a_school_is_found_by_name_and_the_set_lent_with_enter(bench: Bench, room: Classroom) -> None:
    bench.click("set-lend")
    bench.type("oakf")
    bench.qtbot.waitUntil(lambda: page(bench).one.lending.finds.count() == 1, timeout=WAIT)
    bench.press(Qt.Key.Key_Return)
    assert "5 of Year 4 violins lent to Oakfield Primary School" in form(bench).said()
    assert page(bench).one.words() == "5 out  ·  with Oakfield Primary School"
    assert "Oakfield Primary School" in printed(bench)
    assert room.card().count(Standing.OUT) == SIZE


def test_a_set_is_lent_by_the_scan_of_a_card_until_a_day_of_its_own(bench: Bench, room: Classroom) -> None:
    bench.click("set-lend")
    lending = page(bench).one.lending
    lending.by_hand.setFocus()
    bench.press(Qt.Key.Key_Space)
    assert lending.due.isVisible()
    lending.due.setDate(QDate(2027, 7, 16))
    bench.scan(room.school.code)
    assert {line.due for line in room.card().members} == {date(2027, 7, 16).isoformat()}


def test_members_are_counted_back_as_they_are_scanned_and_the_letter_is_one_key_away(
    bench: Bench, room: Classroom
) -> None:
    room.lend()
    open_set(bench)
    bench.click("set-back")
    bench.scan(room.codes[1], room.codes[3], room.codes[5])
    assert "3 of 5 back; missing: 2, 4." in form(bench).said()
    assert page(bench).one.words().startswith("3 of 5 back; missing: 2, 4")
    assert "Year 4 violins: 3 of 5 back; missing: 2, 4." in printed(bench)


def test_the_rest_comes_back_as_counted(bench: Bench, room: Classroom) -> None:
    room.lend()
    open_set(bench)
    bench.click("set-all")
    assert "5 of 5 back" in bench.window.box.text()
    assert not bench.button("set-all").isEnabled()


def test_a_class_list_is_pasted_and_given_in_the_order_scanned(bench: Bench, room: Classroom) -> None:
    room.lend()
    open_set(bench)
    bench.click("set-classList")
    clipboard = QApplication.clipboard()
    clipboard.setText("Surname\tForename\nDrama\tSam\nDrama\tAlex\n")
    page(bench).one.class_list.names.paste()
    bench.scan(room.codes[4], room.codes[2])
    bench.click("allocateNow")
    assert "2 instruments have a pupil." in form(bench).said()
    assert "Nobody for: 1" in form(bench).said()
    assert [line.player for line in room.card().members] == ["", "Alex Drama", "", "Sam Drama", ""]
    bench.click("clearNames")
    assert not any(line.player for line in room.card().members)


def test_a_class_list_from_a_file_is_looked_at_before_it_is_given(
    bench: Bench, room: Classroom, tmp_path: Path
) -> None:
    room.lend()
    open_set(bench)
    (tmp_path / "class.csv").write_text("Pupil\nSam Drama\nAlex Drama\n", "utf-8")
    page(bench).choose_by(lambda _parent: tmp_path / "class.csv")
    bench.click("set-classList")
    bench.click("readNames")
    assert page(bench).one.class_list.names.toPlainText() == "Sam Drama\nAlex Drama"
    assert not any(line.player for line in room.card().members)


def test_a_broken_one_is_swapped_by_two_scans(bench: Bench, room: Classroom) -> None:
    new = bench.made_up.instrument("Violin").code
    room.lend()
    open_set(bench)
    page(bench).one.table.clearSelection()
    bench.click("set-swap")
    bench.scan(room.codes[2], new)
    assert f"{new} is number 2 of Year 4 violins now" in form(bench).said()
    assert room.card().members[1].code == new


def test_the_chosen_instrument_is_the_broken_one_and_enter_swaps(bench: Bench, room: Classroom) -> None:
    new = bench.made_up.instrument("Violin").code
    bench.press(Qt.Key.Key_Down)
    bench.click("set-swap")
    bench.type(new)
    bench.press(Qt.Key.Key_Return)
    assert [line.code for line in room.card().members][:3] == [room.codes[1], new, room.codes[3]]


def test_a_set_moves_on_to_the_next_school(bench: Bench, room: Classroom) -> None:
    fenmarsh = bench.made_up.borrower("Fenmarsh Primary School", "setting")
    room.lend()
    open_set(bench)
    bench.click("set-move")
    bench.scan(fenmarsh.code)
    assert "5 of Year 4 violins moved to Fenmarsh Primary School" in form(bench).said()
    assert room.card().borrowers == ("Fenmarsh Primary School",)


def test_one_is_taken_out_and_the_set_called_something_else(bench: Bench, room: Classroom) -> None:
    bench.click("set-leave")
    bench.press(Qt.Key.Key_Return)
    assert form(bench).said() == "4 instruments are left in the set"
    bench.click("set-rename")
    bench.type("Year 5 violins")
    bench.press(Qt.Key.Key_Return)
    assert "Year 5 violins" in bench.window.box.text()
    assert room.card().made.name == "Year 5 violins"


def test_the_list_and_the_label_of_a_set_are_printed(bench: Bench, room: Classroom) -> None:
    room.lend()
    allocating.allocate(bench.made_up.desk, room.code, pupils(SIZE))
    for number, (button, said) in enumerate((("set-list", pupils(SIZE)[-1]), ("set-label", "5 instruments")), 1):
        bench.click(button)
        bench.qtbot.waitUntil(partial(_have_opened, bench, number), timeout=WAIT)
        assert said in text_of(bench.opened[-1])


def _have_opened(bench: Bench, number: int) -> bool:
    return len(bench.opened) == number


def test_a_dissolved_set_is_left_for_the_list(bench: Bench, room: Classroom) -> None:
    bench.click("set-dissolve")
    bench.qtbot.waitUntil(lambda: page(bench).currentIndex() == 0, timeout=WAIT)
    assert set_views.list_sets(bench.made_up.desk).total == 0
    assert room.made.name in bench.window.box.text()


def test_without_a_form_a_scan_goes_to_the_desk(bench: Bench, room: Classroom) -> None:
    bench.scan(room.codes[1])
    assert bench.window.screens.currentWidget() is bench.window.desk
    assert room.codes[1] in bench.window.desk.card.accessibleName()


def test_a_command_is_the_desks_even_while_a_form_is_open(bench: Bench, room: Classroom) -> None:
    bench.click("set-lend")
    bench.scan(room.school.code)
    bench.scan("LSCMD-UNDO")
    assert bench.window.screens.currentWidget() is bench.window.desk
    assert room.card().count(Standing.HERE) == SIZE


def test_escape_closes_the_form_and_then_goes_to_the_desk(bench: Bench, room: Classroom) -> None:
    bench.click("set-join")
    bench.press(Qt.Key.Key_Escape)
    assert page(bench).one.code == room.code
    assert page(bench).isVisible()
    bench.press(Qt.Key.Key_Escape)
    assert bench.window.screens.currentWidget() is bench.window.desk


def test_sets_are_found_as_one_types(bench: Bench, room: Classroom) -> None:
    grouping.make(bench.made_up.desk, "Samba kit")
    bench.press(Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    bench.qtbot.waitUntil(lambda: page(bench).count_words() == "2 sets", timeout=WAIT)
    bench.type("samb")
    bench.qtbot.waitUntil(lambda: page(bench).count_words() == "1 set", timeout=WAIT)
    assert room.code not in [line.code for line in page(bench).table.lines.lines()]


def test_the_help_of_this_screen_is_shown(bench: Bench) -> None:
    bench.window.show_page("sets")
    bench.settle()
    bench.press(Qt.Key.Key_F1)
    assert "Class sets" in bench.window.pages.help.text.toPlainText()


@pytest.mark.parametrize("width", [683, 1366])
def test_nothing_scrolls_sideways(bench: Bench, room: Classroom, width: int) -> None:
    bench.window.resize(width, 768)
    bench.settle()
    assert page(bench).one.code == room.code
    for form in ("", "lend", "classList"):
        if form:
            page(bench).one.open_form(form)
            bench.settle()
        table = page(bench).one.table
        assert not table.isVisible() or table.horizontalScrollBar().maximum() == 0
        assert page(bench).one.horizontalScrollBar().maximum() == 0
    bench.window.show_page("sets")
    bench.settle()
    assert page(bench).table.horizontalScrollBar().maximum() == 0
