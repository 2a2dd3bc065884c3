"""What a store and a computer do their own way is set in the window, and counts at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QTableWidgetItem

from loanstore.operations import browsing, housekeeping
from loanstore.settings import MachineSettings

if TYPE_CHECKING:
    from tests.helpers.bench import Bench


def test_a_term_that_is_moved_moves_the_due_date_of_the_next_loan(bench: Bench) -> None:
    school, thing = bench.made_up.borrower("Oakfield Primary School", "setting"), bench.made_up.instrument()
    bench.window.show_page("settings")
    bench.settle()
    card = bench.window.pages.settings.terms
    row = next(at for at in range(card.table.rowCount()) if _text(bench, at, 3) == "2026-12-18")
    card.table.setItem(row, 3, QTableWidgetItem("2026-12-17"))
    card.save()
    bench.settle()
    bench.scan(school.code, thing.code)
    (line,) = browsing.list_loans(bench.made_up.desk).lines
    assert line.due == "2026-12-17"


def test_a_table_of_terms_that_cannot_be_is_said_in_place_and_not_saved(bench: Bench) -> None:
    bench.window.show_page("settings")
    bench.settle()
    card = bench.window.pages.settings.terms
    before = housekeeping.terms(bench.made_up.desk)
    card.table.setItem(0, 2, QTableWidgetItem("next Tuesday"))
    card.save()
    bench.settle()
    assert "can't be read" in card.said()
    assert housekeeping.terms(bench.made_up.desk) == before


def test_what_this_computer_does_its_own_way_is_kept_and_counts_at_once(bench: Bench) -> None:
    bench.window.show_page("settings")
    bench.settle()
    card = bench.window.pages.settings.machine
    card.theme.setCurrentIndex(card.theme.findData("dark"))
    card.suffix.setCurrentIndex(card.suffix.findData("tab"))
    card.gap.setValue(80)
    card.save()
    kept = MachineSettings().read()
    assert (kept.theme, kept.scanner_suffix, kept.scanner_gap) == ("dark", "tab", 80)
    assert bench.shop.look.theme.name == "dark"


def _text(bench: Bench, row: int, column: int) -> str:
    item = bench.window.pages.settings.terms.table.item(row, column)
    return item.text() if item is not None else ""
