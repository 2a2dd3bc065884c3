"""The lists: finding as one types, opening a card, printing barcodes, and what is late."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QMenu, QPushButton

from loanstore.operations.lending import lend
from loanstore.spreadsheets.reading import read_table
from loanstore.ui.screens.list_kind import Filter, ListKind, whole
from loanstore.ui.screens.list_screen import ListScreen
from loanstore.ui.table_model import Column
from tests.helpers.bench import WAIT

if TYPE_CHECKING:
    from pathlib import Path

    from tests.helpers.bench import Bench


def test_finding_narrows_the_list_and_says_how_many(bench: Bench) -> None:
    for kind in ("Violin", "Violin", "Cello"):
        bench.made_up.instrument(kind)
    bench.window.show_page("instruments")
    bench.settle()
    screen = bench.window.pages.lists["instruments"]
    assert screen.count_words() == "3 lines"
    bench.type("vio")
    bench.qtbot.waitUntil(lambda: screen.count_words() == "2 lines", timeout=WAIT)


def test_an_empty_list_says_what_would_fill_it_and_offers_one_button(bench: Bench) -> None:
    bench.window.show_page("instruments")
    bench.settle()
    assert bench.button("fillInstruments").isVisible()


def test_the_buttons_of_the_lists_lead_to_the_import(bench: Bench) -> None:
    asked = {"instruments": "fillInstruments", "borrowers": "importBorrowers", "loans": "importLoans"}
    for page, name in asked.items():
        bench.window.show_page(page)
        bench.settle()
        bench.click(name)
        assert bench.window.pages.imports.isVisible()
        assert bench.window.pages.imports.file.kind.value == page
    bench.window.show_page("borrowers")
    bench.settle()
    bench.click("fillBorrowers")
    assert bench.window.pages.imports.file.kind.value == "schools"


def test_enter_opens_the_card_and_it_can_be_used_at_the_desk(bench: Bench) -> None:
    violin = bench.made_up.instrument("Violin", serial="04177")
    bench.window.show_page("instruments")
    bench.settle()
    bench.press(Qt.Key.Key_Down)
    bench.press(Qt.Key.Key_Return)
    screen = bench.window.pages.lists["instruments"]
    bench.qtbot.waitUntil(screen.panel.isVisible, timeout=WAIT)
    use = screen.findChild(QPushButton, "useAtDesk")
    assert isinstance(use, QPushButton)
    use.click()
    bench.settle()
    assert bench.window.screens.currentWidget() is bench.window.desk
    assert bench.window.desk.card.accessibleName().find(violin.code) >= 0


def test_what_is_late_says_so_in_words_and_is_counted_in_the_sidebar(bench: Bench) -> None:
    family = bench.made_up.borrower("Drama, Sam")
    violin = bench.made_up.instrument("Violin")
    lend(bench.made_up.desk, family.code, [violin.code], due=date(2026, 9, 20))
    bench.made_up.clock.go_on(days=30)
    bench.counter.changes.announce({"loans"})
    bench.window.show_page("loans")
    bench.settle()
    model = bench.window.pages.lists["loans"].model
    row = [str(model.index(0, column).data()) for column in range(model.columnCount())]
    assert any(cell.endswith("late") for cell in row)
    assert bench.button("go-loans").accessibleName() == "Loans, 1 late"


def test_the_barcodes_of_the_chosen_borrowers_are_printed(bench: Bench) -> None:
    for name in ("Drama, Sam", "Drama, Alex", "Drama, Robin"):
        bench.made_up.borrower(name)
    bench.window.show_page("borrowers")
    bench.settle()
    screen = bench.window.pages.lists["borrowers"]
    screen.table.selectAll()
    assert len(screen.chosen_lines()) == 3
    bench.click("printBarcodes")
    bench.qtbot.waitUntil(lambda: len(bench.opened) == 1, timeout=WAIT)
    assert bench.opened[0].read_bytes().startswith(b"%PDF")


def test_a_list_that_is_shown_redraws_when_a_gesture_changes_it(bench: Bench) -> None:
    bench.window.show_page("borrowers")
    bench.settle()
    bench.made_up.borrower("Drama, Sam")
    bench.counter.changes.announce({"borrowers"})
    screen = bench.window.pages.lists["borrowers"]
    bench.qtbot.waitUntil(lambda: screen.model.rowCount() == 1, timeout=WAIT)


def test_the_header_sorts_and_numbers_sort_as_numbers(bench: Bench) -> None:
    for n in (2, 11, 1):
        family = bench.made_up.borrower(f"Drama {n}", "setting")
        lend(bench.made_up.desk, family.code, [bench.made_up.instrument().code for _each in range(n)])
    bench.window.show_page("borrowers")
    bench.settle()
    screen = bench.window.pages.lists["borrowers"]
    column = next(at for at, one in enumerate(screen.kind.columns) if one.heading == "Out")
    screen.table.sortByColumn(column, Qt.SortOrder.DescendingOrder)
    bench.settle()
    assert [line.out for line in screen.model.lines()] == [11, 2, 1]


def _many(bench: Bench, n: int) -> list[str]:
    """Register many instruments at once, every tenth a cello, worth a pound each."""
    made = [
        bench.made_up.instrument("Violin" if at % 10 else "Cello", serial=f"{at:05d}", replacement_value="1.00").code
        for at in range(n)
    ]
    bench.window.show_page("instruments")
    bench.settle()
    return made


def test_a_list_longer_than_a_page_is_read_as_it_is_gone_through(bench: Bench) -> None:
    made = _many(bench, 210)
    screen = bench.window.pages.lists["instruments"]
    assert screen.model.rowCount() == 210
    assert not screen.model.has(209)
    bench.press(Qt.Key.Key_Down)
    bench.press(Qt.Key.Key_End)
    bench.qtbot.waitUntil(lambda: screen.model.has(209), timeout=WAIT)
    assert screen.table.currentIndex().row() == 209
    assert screen.model.index(209, 0).data() == made[-1]


def test_everything_is_selected_by_key_and_added_up_though_it_was_never_looked_at(bench: Bench) -> None:
    _many(bench, 210)
    screen = bench.window.pages.lists["instruments"]
    bench.press(Qt.Key.Key_Down)
    assert screen.selected_words() == "1 selected · £1.00"
    bench.press(Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    bench.qtbot.waitUntil(lambda: screen.selected_words() == "210 selected · £210.00", timeout=WAIT)


def test_a_filter_narrows_a_list_down_and_show_all_undoes_it(bench: Bench) -> None:
    _many(bench, 20)
    screen = bench.window.pages.lists["instruments"]
    screen.tools.choose("type", "Cello")
    bench.settle()
    assert screen.count_words() == "2 lines"
    bench.type("violin")
    bench.qtbot.waitUntil(lambda: screen.count_words() == "Nothing found", timeout=WAIT)
    bench.click("showAll-instruments")
    bench.settle()
    assert screen.count_words() == "20 lines"


def test_a_misspelt_word_finds_and_the_list_says_so(bench: Bench) -> None:
    bench.made_up.instrument("Violin", make="Stentor")
    bench.window.show_page("instruments")
    bench.settle()
    screen = bench.window.pages.lists["instruments"]
    bench.type("stentro")
    bench.qtbot.waitUntil(lambda: "Did you mean “stentor”?" in screen.tools.note(), timeout=WAIT)
    assert screen.count_words() == "1 line"


def test_a_piece_of_a_serial_finds_and_the_list_says_where_it_is(bench: Bench) -> None:
    bench.made_up.instrument("Violin", serial="0417733")
    bench.window.show_page("instruments")
    bench.settle()
    screen = bench.window.pages.lists["instruments"]
    bench.type("4177")
    bench.qtbot.waitUntil(lambda: "within a number" in screen.tools.note(), timeout=WAIT)


def test_chosen_columns_and_their_widths_are_remembered(bench: Bench) -> None:
    bench.made_up.instrument("Violin")
    bench.window.show_page("instruments")
    bench.settle()
    screen = bench.window.pages.lists["instruments"]
    value = next(one for one in screen.tools.columns_menu.actions() if one.text() == "Value")
    value.trigger()
    screen.table.setColumnWidth(1, 222)
    file = bench.counter.settings.folder / "machine.json"
    bench.qtbot.waitUntil(lambda: file.exists() and "222" in file.read_text("utf-8"), timeout=WAIT)
    again = ListScreen(screen.kind, bench.shop.look, bench.counter)
    bench.qtbot.addWidget(again)
    assert "Value" in [column.heading for column in again.columns.shown()]
    assert again.table.columnWidth(1) == 222


@pytest.mark.qt_log_ignore("This plugin does not support")
def test_the_menu_key_offers_what_can_be_done_and_one_thing_alone_may_go_to_the_desk(bench: Bench) -> None:
    _many(bench, 3)
    screen = bench.window.pages.lists["instruments"]
    bench.press(Qt.Key.Key_Down)
    bench.press(Qt.Key.Key_F10, Qt.KeyboardModifier.ShiftModifier)
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    words = [one.text() for one in menu.actions()]
    assert "Use at the desk" in words
    menu.close()
    screen.table.selectAll()
    several = screen.make_menu()
    assert "Use at the desk" not in [one.text() for one in several.actions()]
    several.deleteLater()


def test_the_labels_of_the_selected_instruments_are_printed(bench: Bench) -> None:
    _many(bench, 3)
    screen = bench.window.pages.lists["instruments"]
    screen.table.selectAll()
    bench.window.list_menus.print_labels(screen, "avery-l7160")
    bench.qtbot.waitUntil(lambda: len(bench.opened) == 1, timeout=WAIT)
    bench.settle()
    assert bench.opened[0].name == "labels.pdf"


def test_the_selected_loans_are_renewed_together(bench: Bench) -> None:
    school = bench.made_up.borrower("Oakfield Primary School", "setting")
    things = [bench.made_up.instrument().code for _n in range(2)]
    lend(bench.made_up.desk, school.code, things, due=date(2026, 9, 20))
    bench.window.show_page("loans")
    bench.settle()
    screen = bench.window.pages.lists["loans"]
    before = [line.due for line in screen.model.lines()]
    screen.table.selectAll()
    bench.window.list_menus.renew(screen)
    bench.qtbot.waitUntil(lambda: "2 loans renewed" in bench.window.box.text(), timeout=WAIT)
    bench.settle()
    assert all(line.due > was for line, was in zip(screen.model.lines(), before, strict=True))
    assert screen.selected_words() == "2 selected"


def test_a_whole_list_is_exported_as_it_is_sorted_and_shown(bench: Bench, tmp_path: Path) -> None:
    made = _many(bench, 210)
    screen = bench.window.pages.lists["instruments"]
    screen.table.sortByColumn(0, Qt.SortOrder.DescendingOrder)
    bench.settle()
    file = tmp_path / "list.xlsx"
    bench.window.list_menus.export_by(lambda _parent, _name: file)
    bench.click("export-instruments")
    bench.qtbot.waitUntil(lambda: "210 lines written" in bench.window.box.text(), timeout=WAIT)
    rows = [row.cells for row in read_table(file).rows]
    assert rows[0][:4] == ("Code", "Instrument", "Make and model", "Serial")
    assert [row[0] for row in rows[1:]] == made[::-1]
    assert rows[1][3] == "00209"


def test_only_what_is_selected_is_exported(bench: Bench, tmp_path: Path) -> None:
    made = _many(bench, 5)
    bench.press(Qt.Key.Key_Down)
    bench.press(Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    file = tmp_path / "list.csv"
    bench.window.list_menus.export_by(lambda _parent, _name: file)
    bench.click("export-instruments")
    bench.qtbot.waitUntil(file.exists, timeout=WAIT)
    bench.settle()
    assert [row.cells[0] for row in read_table(file).rows[1:]] == made[:2]


def test_a_list_that_is_read_whole_finds_sorts_and_narrows_down_likewise(bench: Bench) -> None:
    columns: tuple[Column[str], ...] = (
        Column("Name", lambda place: place, key="name"),
        Column("Letters", lambda place: str(len(place)), 90, sorts=len, key="letters"),
    )
    shelves = ("Rack A", "Rack B", "Hall cupboard")
    size = Filter("size", "Size", "Every size", lambda _desk: [("small", "Small")], lambda p: "small" * (len(p) < 9))
    kind = ListKind(
        "places",
        "Places",
        "Find a place",
        columns,
        whole(lambda _desk: shelves, columns),
        str,
        "No places yet.",
        frozenset(),
        filters=(size,),
    )
    screen = ListScreen(kind, bench.shop.look, bench.counter)
    bench.qtbot.addWidget(screen)
    screen.shown()
    bench.settle()
    screen.table.sortByColumn(1, Qt.SortOrder.DescendingOrder)
    bench.settle()
    assert screen.model.lines() == ("Hall cupboard", "Rack A", "Rack B")
    screen.tools.choose("size", "small")
    bench.settle()
    assert screen.model.lines() == ("Rack A", "Rack B")
    screen.field.setText("b")
    bench.qtbot.waitUntil(lambda: screen.model.lines() == ("Rack B",), timeout=WAIT)
