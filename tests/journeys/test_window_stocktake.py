"""Taking stock at the window: begun, scanned by two desks, brought back, printed, saved, closed; and the places."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING

import pytest
from pypdf import PdfReader
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QScrollBar

from loanstore.domain.answers import Answer
from loanstore.domain.loans import Status
from loanstore.operations import lending, placing, stocktake_reports, stocktaking
from loanstore.paper.proof import read_codes
from loanstore.spreadsheets.reading import read_table
from loanstore.ui.screens.stocktake_lines import Section, nothing
from tests.helpers.bench import WAIT, focusable

if TYPE_CHECKING:
    from pathlib import Path

    from loanstore.ui.screens.places_page import PlacesPage
    from loanstore.ui.screens.stocktake_page import StocktakePage
    from tests.helpers.bench import Bench

PERSON = 300
"""Milliseconds after which a key is a person's, not a scanner's."""
HERE, ALSO, THERE, LENT, LOST, GONE, NEVER = (f"V{n}" for n in range(1, 8))


@pytest.fixture
def stock(bench: Bench) -> Bench:
    """Give a window: V1, V2 and V7 stand in Store A, V3 in Store B, Sam has V4, and V5 and V6 are lost."""
    made_up = bench.made_up
    for name in ("Store A", "Store B"):
        placing.add_place(made_up.desk, name)
    for code in (HERE, ALSO, LENT, LOST, GONE, NEVER):
        made_up.instrument("Violin", code=code, size="1/2", location="Store A")
    made_up.instrument("Cello", code=THERE, location="Store B")
    lending.lend(made_up.desk, made_up.borrower("Drama, Sam").code, [LENT])
    for code in (LOST, GONE):
        lending.declare_lost(made_up.desk, code, "not in the cupboard")
    made_up.clock.go_on(days=3)
    return bench


def page(bench: Bench) -> StocktakePage:
    return bench.window.pages.stocktake


def places(bench: Bench) -> PlacesPage:
    return bench.window.pages.places


def open_page(bench: Bench, name: str = "stocktake") -> None:
    bench.window.show_page(name)
    bench.settle()


def press(bench: Bench, name: str) -> None:
    """Press a button as the keyboard does: it is focused, then Space."""
    button = bench.button(name)
    assert button.isVisible()
    button.setFocus()
    bench.press(Qt.Key.Key_Space)


def begin(bench: Bench, what: str) -> None:
    """Begin a stocktake by keys alone."""
    press(bench, "askBegin")
    strip = page(bench).begin
    assert strip.places.hasFocus()
    bench.press(Qt.Key.Key_Home)
    while strip.places.currentText() != what:
        before = strip.places.currentIndex()
        bench.press(Qt.Key.Key_Down)
        assert strip.places.currentIndex() > before
    press(bench, "beginStocktake")


def tallies(bench: Bench) -> dict[str, int]:
    return {section.value: page(bench).tally(section) for section in Section if page(bench).tally(section)}


def listed(bench: Bench) -> list[str]:
    return [line.code for line in page(bench).table.lines()]


def test_a_stocktake_of_store_a(stock: Bench) -> None:
    open_page(stock)
    begin(stock, "Store A")
    assert tallies(stock) == {"not-seen": 3}
    assert page(stock).headline() == "Store A: 0 of 3 found where they belong"
    press(stock, "scanHere")
    assert stock.window.screens.currentWidget() is stock.window.desk
    stock.scan(HERE, ALSO, LOST, GONE, THERE, LENT, "Z-9")
    assert stock.answers == [
        Answer.PLACE_CHOSEN, Answer.CHECKED, Answer.CHECKED, Answer.FOUND, Answer.FOUND, Answer.MOVED, Answer.SHOWN,
        Answer.UNKNOWN_CODE,
    ]  # fmt: skip
    open_page(stock)
    assert tallies(stock) == {
        "not-seen": 1, "on-loan": 1, "misplaced": 1, "turned-up": 2, "unknown": 1, "expected": 2,
    }  # fmt: skip
    press(stock, "tile-turned-up")
    assert listed(stock) == [LOST, GONE]
    press(stock, "tile-misplaced")
    assert [(line.code, line.more) for line in page(stock).table.lines()] == [(THERE, "Store B")]
    press(stock, "tile-on-loan")
    assert [(line.code, line.more) for line in page(stock).table.lines()] == [(LENT, "Drama, Sam")]
    press(stock, "endStocktake")
    assert page(stock).closing.words() == "1 instrument was not seen. Is it missing? V7 Violin 1/2"
    assert listed(stock) == [NEVER]
    press(stock, "closeSetMissing")
    assert stock.window.box.text() == "The stocktake is closed. 1 instrument is set missing."
    made_up = stock.made_up
    states = {code: made_up.show(code).status for code in (HERE, THERE, LENT, LOST, GONE, NEVER)}
    assert states == {
        HERE: Status.IN_STORE, THERE: Status.IN_STORE, LENT: Status.ON_LOAN, LOST: Status.IN_STORE,
        GONE: Status.IN_STORE, NEVER: Status.MISSING,
    }  # fmt: skip
    assert not stock.button("endStocktake").isVisible()
    assert made_up.complaints() == []


def test_closing_is_undone_at_the_desk_that_closed_it(stock: Bench) -> None:
    open_page(stock)
    begin(stock, "Store A")
    press(stock, "endStocktake")
    # A click: a key so shortly before Ctrl+Z would look like a scanner's.
    stock.click("closeSetMissing")
    assert stock.made_up.show(NEVER).status is Status.MISSING
    stock.qtbot.wait(PERSON)
    stock.press(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    stock.qtbot.waitUntil(lambda: stock.answers == [Answer.UNDONE], timeout=WAIT)
    assert stock.made_up.show(NEVER).status is Status.IN_STORE
    open_page(stock)
    assert stock.button("endStocktake").isVisible()


def test_closing_sets_nothing_missing_unless_it_is_said(stock: Bench) -> None:
    open_page(stock)
    begin(stock, "Store A")
    press(stock, "endStocktake")
    assert stock.button("closeOnly").hasFocus()
    stock.press(Qt.Key.Key_Space)
    assert "3 instruments were not seen and are left as they are." in stock.window.box.text()
    assert stock.made_up.show(NEVER).status is Status.IN_STORE


def test_one_may_go_on_counting_after_all(stock: Bench) -> None:
    open_page(stock)
    begin(stock, "Store A")
    press(stock, "endStocktake")
    press(stock, "goOnCounting")
    assert not page(stock).closing.isVisible()
    assert stock.button("endStocktake").isVisible()


def test_what_is_here_though_on_loan_is_brought_back_singly_or_all(stock: Bench) -> None:
    lending.lend(stock.made_up.desk, stock.made_up.borrower("Drama, Alex", "teacher").code, [HERE, ALSO])
    stock.made_up.clock.go_on(days=1)
    open_page(stock)
    begin(stock, "Store A")
    stocktake = stocktaking.list_stocktakes(stock.made_up.desk)[0].id
    for code in (HERE, ALSO, LENT):
        stocktaking.sight(stock.made_up.desk, stocktake, code)
    stock.counter.changes.announce({"stocktakes"})
    stock.settle()
    press(stock, "tile-on-loan")
    assert not stock.button("bringBack").isEnabled()
    page(stock).table.setFocus()
    stock.press(Qt.Key.Key_Home)
    assert [line.code for line in page(stock).table.chosen()] == [HERE]
    press(stock, "bringBack")
    assert stock.window.box.text() == f"1 instrument is back {HERE}"
    assert [line.out for line in page(stock).table.lines()] == [False, True, True]
    assert stock.button("bringAllBack").text() == "Bring all 2 back"
    press(stock, "bringAllBack")
    assert stock.made_up.show(LENT).status is Status.IN_STORE
    assert not stock.button("bringAllBack").isEnabled()


def test_what_another_desk_scans_is_seen_without_a_word(stock: Bench) -> None:
    open_page(stock)
    begin(stock, "Store A")
    other = stock.made_up.another_desk()
    stocktaking.sight(other.desk, stocktaking.list_stocktakes(other.desk)[0].id, HERE)
    other.close()
    stock.qtbot.waitUntil(lambda: tallies(stock) == {"not-seen": 2, "expected": 1}, timeout=WAIT)
    assert page(stock).headline() == "Store A: 1 of 3 found where they belong"


def test_the_report_is_printed_and_saved(stock: Bench, tmp_path: Path) -> None:
    open_page(stock)
    begin(stock, "Everything, at all places")
    press(stock, "printStocktake")
    stock.qtbot.waitUntil(lambda: len(stock.opened) == 1, timeout=WAIT)
    text = PdfReader(BytesIO(stock.opened[0].read_bytes())).pages[0].extract_text()
    assert "All places" in text
    assert NEVER in text
    for name in ("report.csv", "report.xlsx", "report"):
        page(stock).work.choose_by(lambda _parent, name=name: tmp_path / name)  # type: ignore[misc]  # a name of its own
        press(stock, "saveStocktake")
    for name in ("report.csv", "report.xlsx"):
        assert len(read_table(tmp_path / name).rows) == 5
    page(stock).work.choose_by(lambda _parent: None)
    press(stock, "saveStocktake")


def test_before_the_first_stocktake_the_screen_says_what_to_do(bench: Bench) -> None:
    open_page(bench)
    assert bench.button("firstBegin").isVisible()
    press(bench, "firstBegin")
    assert page(bench).begin.places.count() == 1
    press(bench, "leaveBegin")
    assert not page(bench).begin.isVisible()


def test_each_list_says_what_its_emptiness_means(stock: Bench) -> None:
    open_page(stock)
    begin(stock, "Store B")
    for section in Section:
        page(stock).show_section(section)
        if not page(stock).tally(section):
            assert nothing(section).endswith(".")
            assert not page(stock).table.isVisible()


def test_an_earlier_stocktake_can_be_looked_at_again(stock: Bench) -> None:
    open_page(stock)
    begin(stock, "Store A")
    press(stock, "endStocktake")
    press(stock, "closeOnly")
    begin(stock, "Store B")
    assert page(stock).headline().startswith("Store B")
    page(stock).which.setFocus()
    stock.press(Qt.Key.Key_Down)
    assert page(stock).headline().startswith("Store A")
    assert [line.code for line in page(stock).table.lines()] == [HERE, ALSO, NEVER]


def test_a_second_stocktake_of_a_place_is_not_even_offered(stock: Bench) -> None:
    open_page(stock)
    begin(stock, "Store A")
    press(stock, "askBegin")
    offered = [page(stock).begin.places.itemText(at) for at in range(page(stock).begin.places.count())]
    assert offered == ["Store B", "Everything, at all places"]


def test_places_are_named_by_keys_alone_and_their_barcodes_printed(bench: Bench) -> None:
    bench.made_up.instrument(location="Van store")
    open_page(bench)
    press(bench, "goPlaces")
    assert places(bench).field.hasFocus()
    bench.type("Store A")
    bench.press(Qt.Key.Key_Return)
    assert [line.name for line in places(bench).table.lines()] == ["Store A", "Van store"]
    assert places(bench).field.text() == ""
    press(bench, "givePlaceCodes")
    assert not bench.button("givePlaceCodes").isVisible()
    press(bench, "printPlaces")
    bench.qtbot.waitUntil(lambda: len(bench.opened) == 1, timeout=WAIT)
    wanted = {line.code.replace("-", "") for line in placing.list_places(bench.made_up.desk)}
    assert set(read_codes(bench.opened[0].read_bytes(), 203)[0]) == wanted


def test_a_place_is_renamed(stock: Bench) -> None:
    open_page(stock, "places")
    assert not stock.button("renamePlace").isEnabled()
    places(stock).table.selectRow(0)
    stock.type("Cupboard")
    press(stock, "renamePlace")
    assert [line.name for line in places(stock).table.lines()] == ["Cupboard", "Store B"]
    stock.press(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert stock.window.desk.card.thing() == "Undone: renaming a place."
    open_page(stock, "places")
    assert [line.name for line in places(stock).table.lines()] == ["Store A", "Store B"]


def test_what_stands_at_a_place_is_listed_beside_it(stock: Bench) -> None:
    open_page(stock, "places")
    places(stock).table.setFocus()
    stock.press(Qt.Key.Key_Home)
    assert [line.code for line in places(stock).standing.lines()] == [HERE, ALSO, NEVER]
    stock.press(Qt.Key.Key_Down)
    assert [line.code for line in places(stock).standing.lines()] == [THERE]
    places(stock).table.clearSelection()
    assert not places(stock).standing.isVisible()


def test_a_name_that_is_taken_is_told_in_the_strip(stock: Bench) -> None:
    open_page(stock, "places")
    stock.type("store b")
    stock.press(Qt.Key.Key_Return)
    assert "There is such a place" in stock.window.box.text()
    assert places(stock).field.text() == "store b"


def test_enter_on_a_place_chooses_it_at_the_desk(stock: Bench) -> None:
    open_page(stock, "places")
    places(stock).table.setFocus()
    stock.press(Qt.Key.Key_Home)
    stock.press(Qt.Key.Key_Return)
    assert stock.answers == [Answer.PLACE_CHOSEN]
    assert stock.window.screens.currentWidget() is stock.window.desk


def test_a_place_without_a_code_says_so_instead(bench: Bench) -> None:
    bench.made_up.instrument(location="Van store")
    open_page(bench, "places")
    places(bench).table.setFocus()
    bench.press(Qt.Key.Key_Home)
    bench.press(Qt.Key.Key_Return)
    assert "It has no code yet" in bench.window.box.text()
    press(bench, "goStocktake")
    assert bench.window.screens.currentWidget() is page(bench)


@pytest.mark.parametrize("name", ["stocktake", "places"])
def test_f1_helps_on_these_screens(bench: Bench, name: str) -> None:
    open_page(bench, name)
    bench.press(Qt.Key.Key_F1)
    assert bench.window.pages.help.text.toPlainText().startswith("Stocktake" if name == "stocktake" else "Places")


@pytest.mark.parametrize("name", ["stocktake", "places"])
def test_at_twice_the_size_nothing_is_scrolled_sideways(stock: Bench, name: str) -> None:
    stocktaking.begin(stock.made_up.desk, "Store A")
    stock.window.resize(683, 384)
    open_page(stock, name)
    QApplication.processEvents()
    shown = stock.window.screens.currentWidget()
    assert shown is not None
    bars = [bar for bar in shown.findChildren(QScrollBar) if bar.orientation() is Qt.Orientation.Horizontal]
    assert [bar for bar in bars if bar.isVisible() and bar.maximum() > 0] == []
    buttons = [one for one in focusable(shown) if one.isVisible()]
    assert buttons
    assert all(one.width() >= one.minimumSizeHint().width() for one in buttons), [
        one.objectName() for one in buttons if one.width() < one.minimumSizeHint().width()
    ]


def test_a_report_in_the_window_says_what_the_one_on_paper_says(stock: Bench) -> None:
    made = stocktaking.begin(stock.made_up.desk, "Store A").result
    open_page(stock)
    report = stocktake_reports.report(stock.made_up.desk, made.id)
    assert listed(stock) == [line.code for line in report.not_seen]
