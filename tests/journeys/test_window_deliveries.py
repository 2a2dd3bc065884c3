"""The deliveries screen, by keys alone: a run planned, the van loaded by scans, a docket signed, crates noted."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from loanstore.domain.loans import Status
from loanstore.operations import delivering, lending, planning, receiving, touring
from loanstore.paper.proof import read_codes
from tests.helpers.bench import WAIT

if TYPE_CHECKING:
    from loanstore.ui.screens.deliveries_page import DeliveriesPage
    from tests.helpers.bench import Bench

DAY = date(2026, 9, 15)


@pytest.fixture
def page(bench: Bench) -> DeliveriesPage:
    """Give the screen of a store with two schools, before any run."""
    bench.made_up.borrower("Oakfield Primary School", "setting", code="OAK1")
    bench.made_up.borrower("Fenmarsh Primary School", "setting", code="FEN1")
    return bench.window.pages.deliveries


def planned(bench: Bench, *schools: str) -> str:
    return planning.plan(bench.made_up.desk, DAY, schools or ("OAK1", "FEN1")).result.code


def go(bench: Bench) -> None:
    bench.click("go-deliveries")
    assert bench.window.screens.currentWidget() is bench.window.pages.deliveries


def tab_to(bench: Bench, name: str) -> None:
    """Press Tab until a control has the focus."""
    for _each in range(40):
        focused = QApplication.focusWidget()
        if focused is not None and focused.objectName() == name:
            return
        bench.press(Qt.Key.Key_Tab)
    raise AssertionError(name)


def enter(bench: Bench) -> None:
    bench.press(Qt.Key.Key_Return)


def cells(page: DeliveriesPage) -> list[list[str]]:
    model = page.panel.model
    return [
        [str(model.index(row, column).data()) for column in range(model.columnCount())]
        for row in range(model.rowCount())
    ]


def test_an_empty_screen_offers_the_first_run_and_it_is_planned_by_keys(bench: Bench, page: DeliveriesPage) -> None:
    go(bench)
    assert bench.button("planFirstRun").hasFocus()
    bench.press(Qt.Key.Key_Space)
    tab_to(bench, "stopField")
    for typed in ("fen", "oak"):
        bench.type(typed)
        enter(bench)
        bench.settle()
    tab_to(bench, "stopList")
    tab_to(bench, "stopUp")
    bench.press(Qt.Key.Key_Space)
    tab_to(bench, "saveRun")
    bench.press(Qt.Key.Key_Space)
    bench.qtbot.waitUntil(lambda: page.panel.card is not None, timeout=WAIT)
    (line,) = touring.runs(bench.made_up.desk)
    assert (line.day, line.stops) == ("2026-09-14", ("Oakfield Primary School", "Fenmarsh Primary School"))
    assert [row[0] for row in cells(page)] == ["1.  Oakfield Primary School", "2.  Fenmarsh Primary School"]
    assert page.panel.field.hasFocus()


def test_a_scan_loads_for_the_chosen_stop_and_a_schools_code_changes_the_stop(
    bench: Bench, page: DeliveriesPage
) -> None:
    planned(bench)
    violins = [bench.made_up.instrument("Violin", size="1/2").code for _n in range(3)]
    go(bench)
    bench.scan(violins[0], violins[1], "FEN1", violins[2])
    assert [row[1] for row in cells(page)] == ["2", "1"]
    assert bench.made_up.show(violins[2]).status is Status.ON_VAN
    assert page.panel.answer.text().startswith(f"Loaded: Violin 1/2 ({violins[2]})")
    assert bench.sounds.played == ["out"] * 3
    assert bench.answers == []


def test_a_scan_that_comes_before_the_page_is_read_waits_for_it(bench: Bench, page: DeliveriesPage) -> None:
    planned(bench)
    violin = bench.made_up.instrument().code
    bench.window.show_page("deliveries")
    bench.window.take_scan(violin)
    bench.settle()
    assert bench.made_up.show(violin).van is not None
    assert page.isVisible()


def test_with_no_run_open_a_scan_is_answered_at_the_desk(bench: Bench, page: DeliveriesPage) -> None:
    violin = bench.made_up.instrument().code
    bench.window.show_page("deliveries")
    bench.window.take_scan(violin)
    bench.settle()
    assert not page.isVisible()
    assert [answer.value for answer in bench.answers] == ["SHOWN"]


def test_the_wrong_stop_says_whose_it_is_and_ctrl_enter_loads_it_all_the_same(
    bench: Bench, page: DeliveriesPage
) -> None:
    planned(bench)
    cello = bench.made_up.instrument("Cello").code
    lending.lend(bench.made_up.desk, "FEN1", [cello])
    go(bench)
    bench.scan(cello)
    assert f"{cello} is lent to Fenmarsh Primary School, not to Oakfield Primary School." in page.panel.answer.text()
    assert bench.sounds.played == ["decide"]
    assert bench.made_up.show(cello).van is None
    bench.press(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert bench.made_up.show(cello).van is not None
    assert not page.panel.answer.overrulable


def test_a_code_typed_in_the_field_loads_and_an_unknown_one_says_so(bench: Bench, page: DeliveriesPage) -> None:
    planned(bench)
    bench.made_up.instrument(code="V77")
    go(bench)
    enter(bench)
    enter(bench)
    assert page.panel.field.hasFocus()
    bench.type("V77")
    enter(bench)
    assert bench.made_up.show("V77").status is Status.ON_VAN
    bench.type("V78")
    enter(bench)
    assert "No such instrument" in page.panel.answer.text()
    assert bench.sounds.played == ["out", "wrong"]


def test_the_docket_is_printed_and_its_signature_hands_over(bench: Bench, page: DeliveriesPage) -> None:
    run = planned(bench, "OAK1")
    violin = bench.made_up.instrument(code="V77").code
    delivering.load(bench.made_up.desk, run, "OAK1", violin)
    go(bench)
    tab_to(bench, "printDocket")
    bench.press(Qt.Key.Key_Space)
    bench.qtbot.waitUntil(lambda: len(bench.opened) == 1, timeout=WAIT)
    assert "V77" in read_codes(bench.opened[0].read_bytes())[0]
    page.table.setFocus()
    tab_to(bench, "signer")
    bench.type("Morgan Example")
    enter(bench)
    loan = bench.made_up.show(violin).loan
    assert loan is not None
    assert cells(page)[0][2:] == ["1", "", "14 Sep 2026, Morgan Example"]
    assert not page.panel.signer.isEnabled()
    assert "Delivered: Oakfield Primary School" in page.panel.answer.text()
    bench.press(Qt.Key.Key_F5)
    bench.qtbot.waitUntil(lambda: len(bench.opened) == 2, timeout=WAIT)
    assert bench.opened[1].name.startswith("agreement-")


def test_what_came_back_is_taken_off_and_what_is_picked_up_put_on(bench: Bench, page: DeliveriesPage) -> None:
    run = planned(bench)
    violin, cello = bench.made_up.instrument(code="V77").code, bench.made_up.instrument("Cello", code="C77").code
    delivering.load(bench.made_up.desk, run, "OAK1", violin)
    lending.lend(bench.made_up.desk, "OAK1", [cello])
    go(bench)
    tab_to(bench, "doing")
    bench.press(Qt.Key.Key_Down)
    bench.scan(cello)
    bench.press(Qt.Key.Key_Down)
    bench.scan(violin)
    assert cells(page)[0][1:4] == ["", "", "1"]
    assert bench.made_up.show(violin).status is Status.IN_STORE


def test_a_run_is_changed_and_called_off(bench: Bench, page: DeliveriesPage) -> None:
    run = planned(bench)
    go(bench)
    bench.click("changeRun")
    tab_to(bench, "stopList")
    bench.click("stopRemove")
    bench.click("saveRun")
    bench.qtbot.waitUntil(lambda: len(cells(page)) == 1, timeout=WAIT)
    bench.click("cancelRun")
    bench.qtbot.waitUntil(lambda: page.model.rowCount() == 0, timeout=WAIT)
    assert touring.run_card(bench.made_up.desk, run).run.cancelled is not None
    page.past.setChecked(True)
    bench.settle()
    assert page.model.rowCount() == 1


def test_crates_are_noted_with_their_day_and_counted(bench: Bench, page: DeliveriesPage) -> None:
    go(bench)
    tab_to(bench, "cratesArrived")
    bench.press(Qt.Key.Key_Space)
    bench.type("oak")
    enter(bench)
    bench.settle()
    bench.type("3")
    tab_to(bench, "saveCrates")
    bench.press(Qt.Key.Key_Space)
    (line,) = receiving.crates(bench.made_up.desk)
    assert (line.name, line.crates, line.arrived) == ("Oakfield Primary School", 3, "2026-09-14")
    assert page.crates.model.rowCount() == 1
    tab_to(bench, "cratesCounted")
    bench.press(Qt.Key.Key_Space)
    assert receiving.crates(bench.made_up.desk) == ()
    assert page.crates.model.rowCount() == 0


def test_help_on_this_screen_is_about_deliveries(bench: Bench, page: DeliveriesPage) -> None:
    go(bench)
    bench.press(Qt.Key.Key_F1)
    assert "Loading is not delivering" in bench.window.pages.help.text.toPlainText()
    assert not page.isVisible()


def test_in_a_narrow_window_the_run_goes_below_the_list(bench: Bench, page: DeliveriesPage) -> None:
    planned(bench)
    bench.window.resize(683, 540)
    go(bench)
    inside = page.widget()
    assert inside is not None
    assert inside.width() <= page.viewport().width()
    assert page.panel.mapTo(page, page.panel.rect().topLeft()).x() < page.width() // 2
