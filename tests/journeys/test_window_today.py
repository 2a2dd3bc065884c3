"""The home screen by the keyboard: what needs somebody is read, led to, and answered in place."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QScrollArea

from loanstore.operations import lending, receiving, taking
from tests.helpers.bench import WAIT

if TYPE_CHECKING:
    from tests.helpers.bench import Bench

CONTROL = Qt.KeyboardModifier.ControlModifier


def go_home(bench: Bench) -> None:
    bench.press(Qt.Key.Key_2, CONTROL)
    bench.settle()


def focused() -> str:
    widget = QApplication.focusWidget()
    return widget.objectName() if widget is not None else ""


def take_over(bench: Bench, times: int = 1) -> None:
    """Lend what a school has to a family, all the same."""
    made_up = bench.made_up
    school, family = made_up.borrower("Oakfield School", "setting"), made_up.borrower("Drama, Kim", "teacher")
    codes = [made_up.instrument("Flute").code for _n in range(times)]
    bench.scan(school.code, *codes, "LSCMD-FINISH", family.code)
    for code in codes:
        bench.scan(code, "LSCMD-TAKE")
    bench.scan("LSCMD-FINISH")


def test_a_store_in_order_says_that_nothing_waits(bench: Bench) -> None:
    go_home(bench)
    assert bench.window.pages.today.isVisible()
    assert bench.window.pages.today.sentences() == []
    said = [one.text() for one in bench.window.pages.today.findChildren(QLabel) if one.isVisible()]
    assert any(text.startswith("Nothing waits for anybody") for text in said)
    assert "Mon 14 September 2026" in said


def test_a_reason_is_typed_where_it_is_asked_and_the_question_goes(bench: Bench) -> None:
    take_over(bench, 2)
    go_home(bench)
    assert focused() == "matter-reasons"
    assert bench.window.pages.today.sentences()[0].startswith("2 times something went out with TAKE")
    bench.press(Qt.Key.Key_Return)
    first = focused()
    assert first.startswith("why-")
    bench.type("The school rang")
    bench.press(Qt.Key.Key_Return)
    assert focused().startswith("why-")
    assert focused() != first
    assert [one.reason for one in taking.takes(bench.made_up.desk, past=True)] == ["The school rang", ""]
    bench.type("Made up")
    bench.press(Qt.Key.Key_Return)
    assert taking.takes(bench.made_up.desk) == ()
    assert bench.window.pages.today.questions() == []
    assert not any("TAKE" in text for text in bench.window.pages.today.sentences())


def test_a_blank_reason_is_none_and_undo_asks_again(bench: Bench) -> None:
    take_over(bench)
    go_home(bench)
    bench.press(Qt.Key.Key_Return)
    bench.type("   ")
    bench.press(Qt.Key.Key_Return)
    assert len(taking.takes(bench.made_up.desk)) == 1
    bench.type("Made up")
    bench.press(Qt.Key.Key_Return)
    assert taking.takes(bench.made_up.desk) == ()
    bench.press(Qt.Key.Key_Z, CONTROL)
    assert len(taking.takes(bench.made_up.desk)) == 1
    go_home(bench)
    assert len(bench.window.pages.today.questions()) == 1


def test_what_is_being_typed_stays_while_another_desk_works(bench: Bench) -> None:
    take_over(bench)
    go_home(bench)
    bench.press(Qt.Key.Key_Return)
    bench.type("The school")
    other = bench.made_up.another_desk()
    receiving.crates_arrived(other.desk, other.borrower("Fenmarsh School", "setting").code, 2)
    other.close()
    bench.window.pages.today.refresh()
    bench.settle()
    assert any("Crates" in text for text in bench.window.pages.today.sentences())
    bench.type(" rang")
    bench.press(Qt.Key.Key_Return)
    assert taking.takes(bench.made_up.desk, past=True)[0].reason == "The school rang"


@pytest.mark.parametrize(
    ("days", "line", "standing"), [(-2, "matter-overdue", "late"), (0, "matter-due_today", "today")]
)
def test_a_line_leads_to_the_list_narrowed_down_to_it(bench: Bench, days: int, line: str, standing: str) -> None:
    made_up = bench.made_up
    kim, codes = made_up.borrower("Drama, Kim", "teacher"), [made_up.instrument().code for _n in range(2)]
    lending.lend(made_up.desk, kim.code, codes[:1], due=made_up.today() + timedelta(days=max(days, 0)))
    lending.lend(made_up.desk, kim.code, codes[1:], due=made_up.today() + timedelta(days=30))
    made_up.clock.go_on(days=-days)
    go_home(bench)
    assert focused() == line
    bench.press(Qt.Key.Key_Return)
    screen = bench.window.pages.lists["loans"]
    bench.qtbot.waitUntil(lambda: screen.count_words() == "1 line", timeout=WAIT)
    assert dict(screen.tools.chosen()) == {"standing": standing}
    bench.settle()
    screen.field.setText("nothing like it")
    bench.settle()
    go_home(bench)
    bench.press(Qt.Key.Key_Return)
    bench.qtbot.waitUntil(lambda: screen.count_words() == "1 line", timeout=WAIT)


def test_up_and_down_go_from_line_to_line(bench: Bench) -> None:
    take_over(bench)
    go_home(bench)
    lines = [
        one.objectName() for one in bench.window.pages.today.findChildren(QPushButton) if "matter" in one.objectName()
    ]
    assert len(lines) > 1
    for wanted in (*lines[1:], lines[-1]):
        bench.press(Qt.Key.Key_Down)
        assert focused() == wanted
    bench.press(Qt.Key.Key_Up)
    assert focused() == lines[-2]


def test_loans_without_paper_get_it_where_the_line_leads(bench: Bench) -> None:
    made_up = bench.made_up
    for name in ("Drama, Alex", "Drama, Kim"):
        other = made_up.another_desk()
        other.answers(made_up.borrower(name, "teacher").code, made_up.instrument().code, made_up.instrument().code)
        other.close()
    go_home(bench)
    assert "4 loans have no agreement" in bench.window.pages.today.sentences()
    bench.button("matter-unsigned").setFocus()
    bench.press(Qt.Key.Key_Return)
    screen = bench.window.pages.lists["loans"]
    bench.qtbot.waitUntil(lambda: dict(screen.tools.chosen()) == {"standing": "unsigned"}, timeout=WAIT)
    bench.settle()
    screen.table.setFocus()
    bench.press(Qt.Key.Key_A, CONTROL)
    assert screen.selection.count() == 4
    next(one for one in screen.make_menu().actions() if one.text() == "Make the agreement").trigger()
    bench.settle()
    assert "2 agreements made" in bench.window.box.text()
    assert bench.opened[-1].name.startswith("agreement-")
    bench.qtbot.waitUntil(lambda: screen.model.rowCount() == 0, timeout=WAIT)
    assert made_up.complaints() == []


def test_the_sidebar_counts_the_questions_and_help_explains_the_screen(bench: Bench) -> None:
    take_over(bench)
    button = bench.button("go-today")
    bench.qtbot.waitUntil(lambda: button.accessibleName() == "Today, 1", timeout=WAIT)
    go_home(bench)
    bench.press(Qt.Key.Key_F1)
    assert "What needs a person" in bench.window.pages.help.text.toPlainText()
    bench.press(Qt.Key.Key_Escape)
    assert bench.window.screens.currentWidget() is bench.window.desk


def test_the_keys_go_to_the_screens_in_the_order_of_the_sidebar(bench: Bench) -> None:
    names = [one.objectName().removeprefix("go-") for one in bench.window.sidebar.findChildren(QPushButton)]
    assert names[:3] == ["desk", "today", "instruments"]
    for at, name in enumerate(names[:9], 1):
        bench.press(Qt.Key(Qt.Key.Key_0 + at), CONTROL)
        assert bench.window.screens.currentWidget() is bench.window.pages[name]


def test_on_a_low_window_every_entry_of_the_sidebar_is_reached_and_read(bench: Bench) -> None:
    bench.window.resize(683, 384)
    bench.settle()
    scroll = bench.window.findChild(QScrollArea, "sideScroll")
    assert isinstance(scroll, QScrollArea)
    for button in bench.window.sidebar.findChildren(QPushButton):
        assert button.height() >= bench.shop.look.theme.size("side_row")
        button.click()
        bench.settle()
        top = button.mapTo(scroll.viewport(), button.rect().topLeft()).y()
        assert 0 <= top <= scroll.viewport().height() - button.height()
        assert button.width() <= scroll.viewport().width()


def test_on_a_low_window_the_line_one_stands_on_is_in_view(bench: Bench) -> None:
    take_over(bench)
    bench.window.resize(683, 384)
    go_home(bench)
    scroll = bench.window.findChild(QScrollArea, "todayScroll")
    assert isinstance(scroll, QScrollArea)
    bench.press(Qt.Key.Key_Return)
    field = QApplication.focusWidget()
    assert field is not None
    assert field.objectName().startswith("why-")
    assert scroll.viewport().rect().contains(field.mapTo(scroll.viewport(), field.rect().center()))
    inside = scroll.widget()
    assert inside is not None
    assert inside.width() <= scroll.viewport().width()
