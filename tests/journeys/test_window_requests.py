"""Requests at the window, by keyboard and scanner: noting, keeping, changing, letters, shortages, and the swap."""

from __future__ import annotations

from datetime import date
from io import BytesIO
from typing import TYPE_CHECKING

import pytest
from pypdf import PdfReader
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QApplication

from loanstore.domain.loans import Status
from loanstore.domain.requests import RequestKind
from loanstore.operations import lending, request_tables, requesting, setting_aside
from loanstore.operations.requesting import Wanted
from loanstore.paper.proof import read_codes
from tests.helpers.bench import WAIT, focusable

if TYPE_CHECKING:
    from loanstore.domain.borrowers import Borrower
    from loanstore.ui.pick_field import PickField
    from tests.helpers.bench import Bench

CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def school(bench: Bench) -> Borrower:
    return bench.made_up.borrower("Oakfield Primary School", "setting")


@pytest.fixture
def family(bench: Bench) -> Borrower:
    return bench.made_up.borrower("Drama, Sam", pupil="Alex", address="12 Made-up Lane", postcode="CB0 0ZY")


def wait_for(bench: Bench, borrower: Borrower, what: str) -> str:
    wanted = Wanted(what, kind=RequestKind.WAIT)
    return requesting.ask_for(bench.made_up.desk, borrower.code, [wanted]).result.lines[0].code


def go(bench: Bench, section: str = "orders") -> None:
    bench.counter.changes.announce({"requests", "instruments"})
    bench.window.show_page("requests")
    bench.settle()
    if section != "orders":
        bench.click(f"section-{section}")
        bench.window.pages.requests.current().take_focus()
        bench.settle()


def said(bench: Bench, section: str) -> list[list[str]]:
    model = bench.window.pages.requests.sections[section].model
    return [[str(model.index(row, c).data()) for c in range(model.columnCount())] for row in range(model.rowCount())]


def picked(bench: Bench, field: PickField, text: str) -> None:
    bench.type(text)
    bench.qtbot.waitUntil(lambda: bool(field.finds()), timeout=WAIT)
    bench.press(Qt.Key.Key_Return)


def test_an_order_of_two_lines_is_noted_by_keyboard_alone(bench: Bench, school: Borrower) -> None:
    go(bench)
    form = bench.window.pages.requests.form
    bench.press(Qt.Key.Key_N, CTRL)
    picked(bench, form.borrower, "oak")
    assert form.borrower.text() == school.name
    bench.type("12 violin 1/2, ")
    picked(bench, form.what, "4 cel 3/4")
    bench.type("18/12/2026")
    bench.press(Qt.Key.Key_Return)
    bench.press(Qt.Key.Key_Return)
    assert [row[2:4] for row in said(bench, "orders")] == [["Violin 1/2", "0 of 12"], ["Cello 3/4", "0 of 4"]]
    assert {row[-1] for row in said(bench, "orders")} == {"18 Dec 2026"}
    assert "Noted for Oakfield Primary School 12 × Violin 1/2, 4 × Cello 3/4" in bench.window.box.text()
    assert len({fact.gesture for fact in bench.made_up.facts()[-2:]}) == 1
    assert form.what.hasFocus()
    assert form.borrower.value == school.code


def test_a_scanned_borrower_stands_in_the_form_and_anything_else_goes_to_the_desk(
    bench: Bench, family: Borrower
) -> None:
    violin = bench.made_up.instrument("Violin", location="Library, Ely")
    go(bench, "waits")
    bench.press(Qt.Key.Key_N, CTRL)
    bench.scan(family.code)
    form = bench.window.pages.requests.form
    assert (form.borrower.text(), form.waits.isChecked()) == ("Drama, Sam (for Alex)", True)
    picked(bench, form.what, "violin 1/2")
    bench.press(Qt.Key.Key_Return)
    picked(bench, form.place, "lib")
    bench.press(Qt.Key.Key_Return)
    assert [row[1:4] for row in said(bench, "waits")] == [["Drama, Sam", "Violin 1/2", "Library, Ely"]]
    bench.scan(violin.code)
    assert bench.window.screens.currentWidget() is bench.window.desk
    assert violin.code in bench.window.desk.card.accessibleName()


def test_what_can_not_be_read_is_said_and_nothing_typed_is_lost(bench: Bench, school: Borrower) -> None:
    go(bench)
    form = bench.window.pages.requests.form
    bench.press(Qt.Key.Key_N, CTRL)
    picked(bench, form.borrower, "oak")
    form.what.setFocus()
    bench.type("3 violin 5/7")
    for _field in range(3):
        bench.press(Qt.Key.Key_Return)
    assert "violin 5/7" in bench.window.box.text()
    form.day.setFocus()
    bench.type("soon")
    bench.press(Qt.Key.Key_Return)
    bench.press(Qt.Key.Key_Return)
    assert "soon" in bench.window.box.text()
    assert (form.borrower.value, form.what.text()) == (school.code, "3 violin 5/7")
    bench.press(Qt.Key.Key_Escape)
    assert not form.isVisible()
    assert bench.window.screens.currentWidget() is bench.window.pages.requests


def test_a_suggested_instrument_is_set_aside_with_two_keys_and_counted_no_more(bench: Bench, family: Borrower) -> None:
    violin = bench.made_up.instrument("Violin", size="1/2")
    wait_for(bench, family, "Violin 1/2")
    go(bench, "waits")
    bench.window._badges._count_needs()
    bench.settle()
    assert bench.button("go-requests").accessibleName() == "Requests, 1"
    bench.press(Qt.Key.Key_Return)
    bench.press(Qt.Key.Key_Return)
    assert bench.made_up.show(violin.code).status is Status.SET_ASIDE
    assert said(bench, "aside")[0][:4] == [violin.code, "Violin 1/2", "Drama, Sam", "21 Sep 2026"]
    bench.window._badges._count_needs()
    bench.settle()
    assert bench.button("go-requests").accessibleName() == "Requests"


def test_another_instrument_is_set_aside_by_scanning_it(bench: Bench, family: Borrower) -> None:
    bench.made_up.instrument("Violin", size="1/2")
    other = bench.made_up.instrument("Violin", size="1/2")
    wait_for(bench, family, "Violin 1/2")
    go(bench, "waits")
    bench.click("waitsAside")
    bench.scan(other.code)
    assert bench.made_up.show(other.code).status is Status.SET_ASIDE
    assert not bench.window.ask.isVisible()
    assert bench.window.screens.currentWidget() is bench.window.pages.requests


def test_a_request_is_changed_and_withdrawn(bench: Bench, school: Borrower) -> None:
    requesting.ask_for(bench.made_up.desk, school.code, [Wanted("Violin 1/2", number=3, by=date(2026, 10, 1))])
    go(bench)
    bench.click("ordersChange")
    bench.type("5")
    bench.press(Qt.Key.Key_Return)
    focused = QApplication.focusWidget()
    assert focused is not None
    assert focused.objectName() == "changeDay"
    bench.type("1/11/2026")
    bench.press(Qt.Key.Key_Return)
    assert [row[3] for row in said(bench, "orders")] == ["0 of 5"]
    assert said(bench, "orders")[0][-1] == "1 Nov 2026"
    bench.click("ordersWithdraw")
    assert said(bench, "orders") == []
    assert "Withdrawn" in bench.window.box.text()


def test_what_has_lapsed_says_so_and_is_released_by_hand(bench: Bench, family: Borrower) -> None:
    violin = bench.made_up.instrument("Violin", size="1/2")
    setting_aside.set_aside(bench.made_up.desk, violin.code, family.code)
    bench.made_up.clock.go_on(days=8)
    go(bench, "aside")
    assert said(bench, "aside")[0][3] == "lapsed 21 Sep 2026"
    bench.click("releaseLapsed")
    assert said(bench, "aside") == []
    assert bench.made_up.show(violin.code).status is Status.IN_STORE
    bench.click("releaseLapsed")
    assert "Nothing has lapsed" in bench.window.box.text()


def test_letters_are_printed_for_all_and_for_one(bench: Bench, family: Borrower, school: Borrower) -> None:
    for borrower in (family, school):
        violin = bench.made_up.instrument("Violin", size="1/2")
        setting_aside.set_aside(bench.made_up.desk, violin.code, borrower.code)
    go(bench, "aside")
    bench.click("printLetters")
    bench.click("printLetter")
    bench.qtbot.waitUntil(lambda: len(bench.opened) == 2, timeout=WAIT)
    assert bench.opened[0].name == "collection-letters.pdf"
    assert len(PdfReader(BytesIO(bench.opened[1].read_bytes())).pages) == 1


def test_what_is_short_is_shown_against_what_there_is(bench: Bench, school: Borrower) -> None:
    bench.made_up.instrument("Violin", size="1/2")
    requesting.ask_for(bench.made_up.desk, school.code, [Wanted("Violin 1/2", number=3)])
    go(bench, "short")
    assert said(bench, "short") == [["Violin 1/2", "", "3", "", "1", "", "2", "2"]]
    assert bench.button("section-short").text() == "Short  1"


def test_finding_narrows_the_section_that_is_shown(bench: Bench, school: Borrower, family: Borrower) -> None:
    for borrower in (school, family):
        requesting.ask_for(bench.made_up.desk, borrower.code, [Wanted("Violin 1/2"), Wanted("Cello")])
    go(bench)
    bench.press(Qt.Key.Key_F, CTRL)
    bench.type("oak cel")
    assert [row[1:3] for row in said(bench, "orders")] == [["Oakfield Primary School", "Cello, any size"]]
    assert bench.button("section-orders").text() == "Orders  4"
    bench.type("x")
    assert said(bench, "orders") == []


def test_every_section_says_what_would_fill_it_and_every_control_has_its_names(bench: Bench) -> None:
    go(bench)
    page = bench.window.pages.requests
    for name in page.sections:
        bench.click(f"section-{name}")
        assert not page.sections[name].table.isVisible()
    bench.press(Qt.Key.Key_N, CTRL)
    bench.window.request_actions.swap()
    controls = [one for root in (page, bench.window.ask) for one in focusable(root)]
    assert len(controls) > 20
    nameless = [type(one).__name__ for one in controls if not one.objectName()]
    silent = [o for o in controls if not QAccessible.queryAccessibleInterface(o).text(QAccessible.Text.Name)]
    assert (nameless, silent) == ([], [])


def test_help_for_requests_speaks_of_them(bench: Bench) -> None:
    go(bench)
    bench.press(Qt.Key.Key_F1)
    assert "waits longest" in bench.window.pages.help.text.toPlainText()


def test_a_family_swaps_up_a_size_at_the_desk_and_gets_one_agreement(bench: Bench, family: Borrower) -> None:
    half, bigger = (bench.made_up.instrument("Violin", size=size) for size in ("1/2", "3/4"))
    lending.lend(bench.made_up.desk, family.code, [half.code])
    papers = len(bench.made_up.dump()["agreements"])
    bench.press(Qt.Key.Key_F6)
    bench.scan(half.code, bigger.code)
    assert bench.made_up.show(half.code).status is Status.IN_STORE
    loan = bench.made_up.show(bigger.code).loan
    assert loan is not None
    assert loan.borrower == family.id
    assert len(bench.made_up.dump()["agreements"]) == papers + 1
    assert "Violin 1/2 is back, Violin 3/4 is lent" in bench.window.box.text()
    assert bench.sounds.played[-1] == "out"
    bench.press(Qt.Key.Key_F5)
    bench.qtbot.waitUntil(lambda: bool(bench.opened), timeout=WAIT)
    text = "".join(page.extract_text() for page in PdfReader(BytesIO(bench.opened[0].read_bytes())).pages)
    assert "Violin 3/4" in text
    assert "Violin 1/2" not in text
    bench.press(Qt.Key.Key_Z, CTRL)
    assert bench.made_up.show(half.code).loan is not None
    assert bench.made_up.complaints() == []


def test_a_swap_from_the_list_asks_only_for_the_new_one_and_warns_of_an_odd_size(
    bench: Bench, family: Borrower
) -> None:
    half, small = (bench.made_up.instrument("Violin", size=size) for size in ("1/2", "1/4"))
    lending.lend(bench.made_up.desk, family.code, [half.code])
    bench.window.show_page("loans")
    bench.settle()
    bench.window.pages.lists["loans"].open_line(0)
    bench.settle()
    bench.click("swapSize")
    bench.type(small.code)
    for _field in range(3):
        bench.press(Qt.Key.Key_Return)
    assert bench.made_up.show(small.code).loan is not None
    assert "Violin 1/4 is smaller than Violin 1/2." in bench.window.box.text()


def test_a_refused_swap_keeps_the_strip_and_esc_puts_it_away(bench: Bench, family: Borrower) -> None:
    half, other = (bench.made_up.instrument("Violin", size="1/2") for _n in range(2))
    lending.lend(bench.made_up.desk, family.code, [half.code])
    bench.press(Qt.Key.Key_F6)
    bench.scan(other.code, half.code)
    assert "It is not on loan" in bench.window.box.text()
    assert bench.window.ask.isVisible()
    bench.press(Qt.Key.Key_Escape)
    assert not bench.window.ask.isVisible()
    bench.scan(half.code)
    assert bench.made_up.show(half.code).loan is None


def test_what_somebody_waits_for_comes_back_is_kept_written_about_and_lapses(
    bench: Bench, family: Borrower, school: Borrower
) -> None:
    violin = bench.made_up.instrument("Violin", size="1/2")
    lending.lend(bench.made_up.desk, school.code, [violin.code])
    longest = wait_for(bench, family, "Violin 1/2")
    bench.made_up.clock.go_on(days=1)
    wait_for(bench, school, "Violin 1/2")
    bench.scan("LSCMD-RETURN", violin.code, "LSCMD-FINISH")
    go(bench, "waits")
    assert said(bench, "waits")[0][0] == longest
    bench.press(Qt.Key.Key_Return)
    bench.press(Qt.Key.Key_Return)
    bench.click("section-aside")
    bench.click("printLetters")
    bench.qtbot.waitUntil(lambda: bool(bench.opened), timeout=WAIT)
    letter = bench.opened[-1].read_bytes()
    assert read_codes(letter, 203) == [[longest.replace("-", "")]]
    text = PdfReader(BytesIO(letter)).pages[0].extract_text()
    for part in ("Drama, Sam", "12 Made-up Lane", "For Alex", "Please collect by 22 September 2026."):
        assert part in text
    bench.made_up.clock.go_on(days=7)
    assert request_tables.needs(bench.made_up.desk).lapsed == 0
    bench.made_up.clock.go_on(days=1)
    assert request_tables.needs(bench.made_up.desk).lapsed == 1
    setting_aside.set_aside(bench.made_up.desk, violin.code, school.code)
    assert request_tables.needs(bench.made_up.desk).lapsed == 0
    assert bench.made_up.complaints() == []
