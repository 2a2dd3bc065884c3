"""At the desk: lending, refusing, taking over, bringing back, finishing, undoing, all in the real window."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QDate, Qt
from PySide6.QtWidgets import QApplication, QDateEdit, QLineEdit

from loanstore.domain.answers import Answer
from loanstore.domain.sessions import Mode
from loanstore.operations import browsing
from loanstore.operations.lending import lend
from loanstore.settings import MachineSettings
from tests.helpers.bench import WAIT

if TYPE_CHECKING:
    from loanstore.domain.borrowers import Borrower
    from loanstore.domain.loans import Instrument
    from tests.helpers.bench import Bench

CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def school(bench: Bench) -> Borrower:
    return bench.made_up.borrower("Oakfield Primary School", "setting")


@pytest.fixture
def other(bench: Bench) -> Borrower:
    return bench.made_up.borrower("Hilltop Academy", "setting")


@pytest.fixture
def violin(bench: Bench) -> Instrument:
    return bench.made_up.instrument("Violin", size="1/2", make="Stentor", serial="04177")


def test_lending_shows_the_word_the_thing_the_name_and_the_day(
    bench: Bench, school: Borrower, violin: Instrument
) -> None:
    bench.scan(school.code, violin.code)
    desk = bench.window.desk
    assert desk.card.word() == "Lent"
    assert desk.card.thing() == "Violin 1/2, Stentor"
    assert "serial 04177" in desk.card.detail()
    assert desk.panel.name() == "Oakfield Primary School"
    assert bench.rows() == ["Lent", "Borrower"]
    assert bench.sounds.played == ["out", "out"]
    assert bench.made_up.show(violin.code).loan is not None


def test_what_another_has_is_refused_with_two_ways_out(
    bench: Bench, school: Borrower, other: Borrower, violin: Instrument
) -> None:
    lend(bench.made_up.desk, other.code, [violin.code])
    bench.scan(school.code, violin.code)
    assert bench.window.desk.card.word() == "Hilltop Academy has this"
    assert bench.sounds.played[-1] == "decide"
    assert all(bench.button(name).isVisible() for name in ("take", "back", "leave"))
    bench.click("take")
    loan = bench.made_up.show(violin.code).loan
    assert loan is not None
    assert loan.borrower == school.id
    assert not bench.button("take").isVisible()


def test_bringing_back_first_leaves_the_borrower_chosen(
    bench: Bench, school: Borrower, other: Borrower, violin: Instrument
) -> None:
    lend(bench.made_up.desk, other.code, [violin.code])
    bench.scan(school.code, violin.code)
    bench.click("back")
    assert bench.window.desk.card.word() == "Returned"
    assert bench.made_up.show(violin.code).loan is None
    assert bench.window.desk.panel.name() == "Oakfield Primary School"


def test_no_refusal_and_no_error_opens_a_box_in_front_of_the_desk(
    bench: Bench, school: Borrower, other: Borrower, violin: Instrument
) -> None:
    lend(bench.made_up.desk, other.code, [violin.code])
    retired = bench.made_up.instrument("Cello")
    for text in (school.code, violin.code, "978014103614X", "CM-000001-X", retired.code, "LSCMD-TAKE", "x" * 300):
        bench.scan(text)
        assert QApplication.activeModalWidget() is None
    assert bench.answers.count(Answer.UNKNOWN_CODE) >= 1


def test_finishing_makes_the_agreement_and_prints_it_without_a_question(
    bench: Bench, school: Borrower, violin: Instrument
) -> None:
    bench.scan(school.code, violin.code)
    bench.press(Qt.Key.Key_F4)
    assert bench.window.desk.card.word() == "Finished"
    bench.qtbot.waitUntil(lambda: len(bench.opened) == 1, timeout=WAIT)
    assert bench.opened[0].name.startswith("agreement-CM-")
    assert bench.opened[0].read_bytes().startswith(b"%PDF")
    assert bench.window.desk.panel.name() == "Nobody chosen"


def test_a_kind_of_borrower_that_is_not_printed_gets_an_offer_and_the_next_scan_dismisses_it(
    bench: Bench, school: Borrower, violin: Instrument
) -> None:
    MachineSettings().change(print_agreements=("hirer",))
    bench.scan(school.code, violin.code)
    bench.press(Qt.Key.Key_F4)
    assert bench.opened == []
    assert bench.button("offer").isVisible()
    bench.scan("978014103614X")
    assert not bench.button("offer").isVisible()
    bench.press(Qt.Key.Key_F5)
    bench.qtbot.waitUntil(lambda: len(bench.opened) == 1, timeout=WAIT)


def test_choosing_the_next_borrower_finishes_and_prints_the_hand_over_before(
    bench: Bench, school: Borrower, other: Borrower, violin: Instrument
) -> None:
    bench.scan(school.code, violin.code, other.code)
    bench.qtbot.waitUntil(lambda: len(bench.opened) == 1, timeout=WAIT)
    assert bench.window.desk.panel.name() == "Hilltop Academy"
    assert "finished with agreement" in bench.window.desk.card.detail()


def test_returns_offer_their_receipt(bench: Bench, school: Borrower, violin: Instrument) -> None:
    lend(bench.made_up.desk, school.code, [violin.code])
    bench.press(Qt.Key.Key_F3)
    assert bench.window.desk.modes.mode() is Mode.RETURN
    bench.scan(violin.code)
    bench.press(Qt.Key.Key_F4)
    assert bench.window.desk.modes.mode() is Mode.AUTO
    bench.click("offer")
    bench.qtbot.waitUntil(lambda: len(bench.opened) == 1, timeout=WAIT)
    assert bench.opened[0].name.startswith("receipt-")


def test_control_z_takes_the_last_step_back(bench: Bench, school: Borrower, violin: Instrument) -> None:
    bench.scan(school.code, violin.code)
    bench.press(Qt.Key.Key_Z, CONTROL)
    assert bench.window.desk.card.word() == "Undone"
    assert bench.made_up.show(violin.code).loan is None
    assert bench.rows()[0] == "Undone"


def test_the_mode_colours_the_whole_desk_and_escape_ends_it(bench: Bench) -> None:
    desk = bench.window.desk
    plain = desk.grab().toImage().pixelColor(3, 3)
    bench.press(Qt.Key.Key_F2)
    lending = desk.grab().toImage().pixelColor(3, 3)
    bench.press(Qt.Key.Key_F3)
    returning = desk.grab().toImage().pixelColor(3, 3)
    bench.press(Qt.Key.Key_Escape)
    assert len({colour.name() for colour in (plain, lending, returning)}) == 3
    assert desk.grab().toImage().pixelColor(3, 3) == plain
    assert desk.modes.mode() is Mode.AUTO


def test_lending_without_a_borrower_asks_who_takes_it(bench: Bench, violin: Instrument) -> None:
    bench.press(Qt.Key.Key_F2)
    bench.scan(violin.code)
    assert bench.window.desk.card.word() == "Who takes it?"


def test_a_family_is_found_by_the_pupils_name_and_enter_chooses(bench: Bench) -> None:
    bench.made_up.borrower("Drama, Sam", pupil="Zoë Drama")
    bench.find("zoe")
    assert "Drama, Sam, for Zoë Drama" in bench.window.desk.field.finds()[0]
    bench.press(Qt.Key.Key_Return)
    assert bench.window.desk.panel.name() == "Drama, Sam"
    assert bench.window.desk.field.text() == ""


def test_enter_right_after_the_words_waits_for_what_they_find(bench: Bench) -> None:
    bench.made_up.borrower("Drama, Sam")
    bench.window.desk.field.setFocus()
    bench.type("drama")
    bench.press(Qt.Key.Key_Return)
    bench.qtbot.waitUntil(lambda: bench.window.desk.panel.name() == "Drama, Sam", timeout=WAIT)


def test_an_old_number_is_found_as_it_is_typed(bench: Bench, violin: Instrument) -> None:
    bench.find("04177")
    assert violin.code in bench.window.desk.field.finds()[0]
    bench.press(Qt.Key.Key_Down)
    bench.press(Qt.Key.Key_Return)
    assert bench.window.desk.card.word() == "In store"


def test_a_typed_code_and_enter_is_a_scan(bench: Bench, violin: Instrument) -> None:
    bench.window.desk.field.setFocus()
    bench.type(violin.code.lower())
    bench.press(Qt.Key.Key_Return)
    assert bench.window.desk.card.thing() == "Violin 1/2, Stentor"


def test_a_new_family_is_registered_by_keyboard_and_chosen(bench: Bench, violin: Instrument) -> None:
    bench.find("Drama, Sam")
    assert bench.window.desk.field.finds() == ("New family: Drama, Sam",)
    bench.press(Qt.Key.Key_Return)
    assert bench.answers == [], "a record is never made by Enter alone"
    bench.press(Qt.Key.Key_Down)
    bench.press(Qt.Key.Key_Return)
    for words in ("Alex Drama", "Oakfield Primary School", "01632 960123"):
        bench.type(words)
        bench.press(Qt.Key.Key_Return)
    bench.qtbot.waitUntil(lambda: bench.window.desk.panel.name() == "Drama, Sam", timeout=WAIT)
    bench.scan(violin.code)
    assert bench.answers == [Answer.BORROWER_CHOSEN, Answer.LENT]
    line = browsing.list_borrowers(bench.made_up.desk, "alex").lines[0]
    assert (line.name, line.pupil, line.school) == ("Drama, Sam", "Alex Drama", "Oakfield Primary School")


def test_a_scan_while_a_family_is_being_registered_keeps_what_was_typed(bench: Bench, violin: Instrument) -> None:
    bench.find("Drama, Sam")
    bench.press(Qt.Key.Key_Down)
    bench.press(Qt.Key.Key_Return)
    bench.scan(violin.code)
    name = bench.window.findChild(QLineEdit, "newName")
    assert isinstance(name, QLineEdit)
    assert (name.text(), name.isVisible()) == ("Drama, Sam", True)
    bench.press(Qt.Key.Key_Escape)
    assert bench.window.desk.card.isVisible()


def test_the_due_date_is_changed_for_this_hand_over_without_a_box(
    bench: Bench, school: Borrower, violin: Instrument
) -> None:
    bench.scan(school.code, violin.code)
    bench.click("changeDue")
    assert QApplication.activeModalWidget() is None
    field = bench.window.findChild(QDateEdit, "dueDateField")
    assert isinstance(field, QDateEdit)
    wanted = QDate.currentDate().addDays(40)
    field.setDate(wanted)
    bench.press(Qt.Key.Key_Return)
    loan = bench.made_up.show(violin.code).loan
    assert loan is not None
    assert loan.due == wanted.toString(Qt.DateFormat.ISODate)
    assert not field.isVisible()


def test_a_quiet_session_finishes_by_itself_and_says_so(bench: Bench, school: Borrower, violin: Instrument) -> None:
    bench.scan(school.code, violin.code)
    bench.made_up.clock.moment += timedelta(minutes=6)
    bench.counter.look_whether_quiet()
    bench.qtbot.waitUntil(lambda: Answer.FINISHED in bench.answers, timeout=WAIT)
    assert bench.window.desk.card.word() == "Finished"
    assert "by itself" in bench.window.desk.card.detail()
    assert bench.sounds.played[-1] == "out"
    bench.qtbot.waitUntil(lambda: len(bench.opened) == 1, timeout=WAIT)


def test_a_scan_from_another_screen_is_answered_at_the_desk(bench: Bench, violin: Instrument) -> None:
    bench.press(Qt.Key.Key_3, CONTROL)
    assert bench.window.screens.currentWidget() is bench.window.pages.lists["instruments"]
    bench.scan(violin.code)
    assert bench.window.screens.currentWidget() is bench.window.desk
    assert bench.window.desk.card.thing() == "Violin 1/2, Stentor"


def test_the_title_names_the_owner_and_the_foot_says_stored(bench: Bench, violin: Instrument) -> None:
    bench.scan(violin.code)
    assert bench.window.windowTitle() == "Made-up Music Hub – loanstore"
    assert bench.window.foot.stored_words() == "Stored"


def test_a_disk_that_fills_up_is_said_on_the_card_and_the_desk_goes_on(
    bench: Bench, violin: Instrument, monkeypatch: pytest.MonkeyPatch
) -> None:
    from loanstore.domain.errors import StoreUnusable
    from loanstore.operations import carrying_out

    def full(*_anything: object) -> None:
        raise StoreUnusable("STORE_DISK_FULL", path="hub.loanstore")

    with monkeypatch.context() as broken:
        broken.setattr(carrying_out, "carry_out", full)
        bench.scan(violin.code)
    assert bench.window.desk.card.thing() == "This scan was not stored"
    assert bench.sounds.played == ["wrong"]
    bench.scan(violin.code)
    assert bench.window.desk.card.thing() == "Violin 1/2, Stentor"
