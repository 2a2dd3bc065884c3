"""The lists: finding as one types, opening a card, printing barcodes, and what is late."""

from __future__ import annotations

import shutil
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton

from loanstore import assets
from loanstore.domain.import_fields import ImportKind
from loanstore.operations.lending import lend
from tests.helpers.bench import WAIT

if TYPE_CHECKING:
    from pathlib import Path

    from tests.helpers.bench import Bench


def test_finding_narrows_the_list_and_says_how_many(bench: Bench) -> None:
    for kind in ("Violin", "Violin", "Cello"):
        bench.made_up.instrument(kind)
    bench.window.show_page("instruments")
    bench.settle()
    screen = bench.window.lists["instruments"]
    assert screen.count_words() == "3 lines"
    bench.type("vio")
    bench.qtbot.waitUntil(lambda: screen.count_words() == "2 lines", timeout=WAIT)


def test_an_empty_list_says_what_would_fill_it_and_offers_one_button(bench: Bench) -> None:
    bench.window.show_page("instruments")
    bench.settle()
    assert bench.button("fillInstruments").isVisible()


def test_a_spreadsheet_fills_the_empty_list(bench: Bench, tmp_path: Path) -> None:
    shutil.copy(assets.resources() / "demo" / "instruments.csv", tmp_path / "instruments.csv")
    bench.window.list_actions.choose_by(lambda _parent: tmp_path / "instruments.csv")
    screen = bench.window.lists["instruments"]
    bench.window.show_page("instruments")
    bench.settle()
    bench.window.list_actions.import_list(screen, ImportKind.INSTRUMENTS)
    bench.qtbot.waitUntil(lambda: screen.model.rowCount() > 0, timeout=WAIT)
    assert "new" in bench.window.box.text()


def test_enter_opens_the_card_and_it_can_be_used_at_the_desk(bench: Bench) -> None:
    violin = bench.made_up.instrument("Violin", serial="04177")
    bench.window.show_page("instruments")
    bench.settle()
    bench.press(Qt.Key.Key_Down)
    bench.press(Qt.Key.Key_Return)
    screen = bench.window.lists["instruments"]
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
    model = bench.window.lists["loans"].model
    row = [str(model.index(0, column).data()) for column in range(model.columnCount())]
    assert any(cell.endswith("late") for cell in row)
    assert bench.button("go-loans").accessibleName() == "Loans, 1 late"


def test_the_barcodes_of_the_chosen_borrowers_are_printed(bench: Bench) -> None:
    for name in ("Drama, Sam", "Drama, Alex", "Drama, Robin"):
        bench.made_up.borrower(name)
    bench.window.show_page("borrowers")
    bench.settle()
    screen = bench.window.lists["borrowers"]
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
    screen = bench.window.lists["borrowers"]
    bench.qtbot.waitUntil(lambda: screen.model.rowCount() == 1, timeout=WAIT)


def test_the_header_sorts_and_numbers_sort_as_numbers(bench: Bench) -> None:
    for n in (2, 11, 1):
        family = bench.made_up.borrower(f"Drama {n}", "setting")
        lend(bench.made_up.desk, family.code, [bench.made_up.instrument().code for _each in range(n)])
    bench.window.show_page("borrowers")
    bench.settle()
    screen = bench.window.lists["borrowers"]
    column = next(at for at, one in enumerate(screen.kind.columns) if one.heading == "Out")
    screen.table.sortByColumn(column, Qt.SortOrder.DescendingOrder)
    bench.settle()
    assert [line.out for line in screen.model.lines()] == [11, 2, 1]
