"""At the desk, by real keys: condition, note and photo of what changes hands; nothing ever holds up the next scan."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QPushButton

from loanstore.domain import codes
from loanstore.domain.answers import Answer
from loanstore.operations import browsing, lending, photographing, placing, receiving, workshop
from loanstore.ui.camera import Cameras, Frames
from loanstore.ui.screens.camera_view import CameraView
from loanstore.wording.story import story_words
from tests.helpers.bench import WAIT
from tests.helpers.pictures import a_picture

if TYPE_CHECKING:
    from pathlib import Path

    from loanstore.domain.borrowers import Borrower
    from loanstore.domain.loans import Instrument
    from tests.helpers.bench import Bench

ALT = Qt.KeyboardModifier.AltModifier
SCRATCH = "a scratch below the bridge"


@pytest.fixture
def school(bench: Bench) -> Borrower:
    return bench.made_up.borrower("Oakfield Primary School", "setting")


@pytest.fixture
def violin(bench: Bench) -> Instrument:
    return bench.made_up.instrument("Violin", size="1/2", condition="good")


class FakeFrames(Frames):
    """A camera of one colour."""

    def __init__(self) -> None:
        super().__init__()
        self._on = False

    def start(self) -> None:
        self._on = True

    def stop(self) -> None:
        self._on = False

    def runs(self) -> bool:
        return self._on

    def show(self, colour: Qt.GlobalColor = Qt.GlobalColor.darkGreen) -> None:
        picture = QImage(80, 60, QImage.Format.Format_RGB32)
        picture.fill(colour)
        self.frame.emit(picture)


class FakeCameras(Cameras):
    """Gives the fake camera, or says that there is none."""

    def __init__(self, why_not: str = "") -> None:
        self.frames = FakeFrames()
        self._why_not = why_not

    def missing(self) -> str:
        return self._why_not

    def open(self) -> Frames:
        return self.frames


def story(bench: Bench, code: str) -> list[str]:
    card = browsing.show(bench.made_up.desk, code)
    assert isinstance(card, browsing.InstrumentCard)
    return [story_words(line) for line in card.story]


def photos(bench: Bench, code: str) -> int:
    return len(photographing.photos_of(bench.made_up.desk, code))


def focused() -> str:
    found = QApplication.focusWidget()
    return found.objectName() if found is not None else ""


def told(bench: Bench) -> str:
    return " ".join(one.text() for one in bench.window.desk.card.look.findChildren(QLabel) if one.isVisible())


def view(bench: Bench) -> CameraView | None:
    return next((one for one in bench.window.findChildren(CameraView) if one.isVisible()), None)


def test_a_grade_by_keyboard_alone_at_issue_and_at_return(bench: Bench, school: Borrower, violin: Instrument) -> None:
    bench.scan(school.code, violin.code)
    bench.press(Qt.Key.Key_C, ALT)
    assert focused() == "grade2"
    bench.press(Qt.Key.Key_Right)
    bench.press(Qt.Key.Key_Return)
    card = bench.window.desk.card
    assert card.word() == "Noted"
    assert bench.made_up.show(violin.code).fields["condition"] == "fair"
    assert focused() == "scanField"
    bench.press(Qt.Key.Key_F3)
    bench.scan(violin.code)
    assert card.word() == "Returned"
    assert "issued Fair" in card.detail()
    bench.press(Qt.Key.Key_C, ALT)
    bench.press(Qt.Key.Key_Right)
    bench.press(Qt.Key.Key_Space)
    assert "issued Fair, now Poor" in card.detail()


def test_a_grade_by_mouse(bench: Bench, school: Borrower, violin: Instrument) -> None:
    bench.scan(school.code, violin.code)
    bench.click("grade4")
    assert bench.made_up.show(violin.code).fields["condition"] == "poor"
    assert bench.button("grade4").property("chip") == "chosen"
    assert bench.button("grade2").property("chip") == "present"


def test_a_note_is_kept_by_enter_and_the_desk_has_the_keyboard_again(
    bench: Bench, school: Borrower, violin: Instrument
) -> None:
    bench.scan(school.code, violin.code)
    bench.press(Qt.Key.Key_N, ALT)
    bench.type(SCRATCH)
    bench.press(Qt.Key.Key_Return)
    assert focused() == "scanField"
    assert "Noted" in told(bench)
    assert SCRATCH in story(bench, violin.code)[-1]
    bench.press(Qt.Key.Key_F3)
    bench.scan(violin.code)
    assert f"issued Good ({SCRATCH})" in bench.window.desk.card.detail()


def test_a_note_half_typed_is_kept_of_its_own_thing_as_the_next_scan_comes(
    bench: Bench, school: Borrower, violin: Instrument
) -> None:
    other = bench.made_up.instrument("Cello")
    bench.scan(school.code, violin.code)
    bench.press(Qt.Key.Key_N, ALT)
    bench.type("loose bridge")
    bench.scan(other.code)
    assert bench.answers[-1:] == [Answer.LENT]
    assert bench.window.desk.card.look.note.text() == ""
    assert any("loose bridge" in line for line in story(bench, violin.code))
    assert not any("loose bridge" in line for line in story(bench, other.code))


def test_an_accessory_noted_while_a_note_is_typed_leaves_the_typing_alone(
    bench: Bench, school: Borrower, violin: Instrument
) -> None:
    bench.scan(school.code, violin.code)
    bench.press(Qt.Key.Key_N, ALT)
    bench.type("loose")
    bench.press(Qt.Key.Key_1, ALT)
    assert bench.window.desk.card.look.note.text() == "loose"
    bench.press(Qt.Key.Key_Return)
    assert sum("loose" in line for line in story(bench, violin.code)) == 1


def test_what_somebody_else_lent_offers_no_look_and_neither_does_a_refusal(
    bench: Bench, school: Borrower, violin: Instrument
) -> None:
    lending.lend(bench.made_up.desk, school.code, [violin.code])
    bench.scan(bench.made_up.borrower("Drama, Sam").code, violin.code)
    assert bench.answers[-1:] == [Answer.OUT_TO_OTHER]
    assert not bench.window.desk.card.look.isVisible()
    bench.press(Qt.Key.Key_N, ALT)
    assert focused() == "scanField"
    bench.click("take")
    assert bench.window.desk.card.look.isVisible()
    bench.press(Qt.Key.Key_1, ALT)
    assert bench.answers[-1:] == [Answer.NOTED]


def test_a_photo_by_the_webcam_by_keyboard_alone_and_undo_deletes_it(
    bench: Bench, school: Borrower, violin: Instrument
) -> None:
    cameras = FakeCameras()
    bench.window.desk.looks.take_pictures_by(cameras)
    bench.scan(school.code, violin.code)
    bench.press(Qt.Key.Key_P, ALT)
    assert cameras.frames.runs()
    bench.press(Qt.Key.Key_Return)
    assert photos(bench, violin.code) == 0
    cameras.frames.show()
    bench.press(Qt.Key.Key_Return)
    bench.qtbot.waitUntil(lambda: "Photo kept: as issued" in told(bench), timeout=WAIT)
    assert photos(bench, violin.code) == 1
    assert not cameras.frames.runs()
    assert view(bench) is None
    assert focused() == "scanField"
    bench.press(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert "photo of this hand-over is deleted" in bench.window.desk.card.detail()
    assert photos(bench, violin.code) == 0
    assert bench.made_up.show(violin.code).loan is not None


def test_the_next_scan_closes_the_camera_and_is_answered(bench: Bench, school: Borrower, violin: Instrument) -> None:
    cameras = FakeCameras()
    bench.window.desk.looks.take_pictures_by(cameras)
    other = bench.made_up.instrument("Cello")
    bench.scan(school.code, violin.code)
    bench.click("lookCamera")
    assert view(bench) is not None
    assert QApplication.activeModalWidget() is None
    bench.scan(other.code)
    assert bench.answers[-1:] == [Answer.LENT]
    assert view(bench) is None
    assert not cameras.frames.runs()


def test_escape_leaves_the_camera_and_nothing_is_kept(bench: Bench, school: Borrower, violin: Instrument) -> None:
    cameras = FakeCameras()
    bench.window.desk.looks.take_pictures_by(cameras)
    bench.scan(school.code, violin.code)
    bench.press(Qt.Key.Key_P, ALT)
    cameras.frames.show()
    bench.press(Qt.Key.Key_Escape)
    assert (view(bench), cameras.frames.runs(), photos(bench, violin.code)) == (None, False, 0)


def test_a_camera_that_fails_says_so_in_its_place(bench: Bench, school: Borrower, violin: Instrument) -> None:
    cameras = FakeCameras()
    bench.window.desk.looks.take_pictures_by(cameras)
    bench.scan(school.code, violin.code)
    bench.press(Qt.Key.Key_P, ALT)
    cameras.frames.failed.emit("in use by another program.")
    shown = view(bench)
    assert shown is not None
    words = shown.findChild(QLabel, "cameraPicture")
    assert words is not None
    assert words.text().startswith("The camera gives no picture: in use by another program.")


def test_without_a_webcam_a_sentence_says_what_to_install_and_a_file_works(
    bench: Bench, school: Borrower, violin: Instrument, tmp_path: Path
) -> None:
    file = tmp_path / "violin.jpg"
    file.write_bytes(a_picture())
    bench.window.desk.looks.take_pictures_by(FakeCameras("install this"), lambda _parent: file)
    bench.scan(school.code, violin.code)
    bench.press(Qt.Key.Key_P, ALT)
    assert "install this" in told(bench)
    assert view(bench) is None
    bench.press(Qt.Key.Key_F, ALT)
    bench.qtbot.waitUntil(lambda: "Photo kept" in told(bench), timeout=WAIT)
    assert photos(bench, violin.code) == 1


def test_a_file_that_is_no_picture_is_said_in_the_strip_and_scanning_goes_on(
    bench: Bench, school: Borrower, violin: Instrument, tmp_path: Path
) -> None:
    file = tmp_path / "letter.jpg"
    file.write_bytes(b"Dear all")
    bench.window.desk.looks.take_pictures_by(FakeCameras(), lambda _parent: file)
    bench.scan(school.code, violin.code)
    bench.click("lookFile")
    bench.qtbot.waitUntil(bench.window.box.isVisible, timeout=WAIT)
    assert "letter.jpg" in bench.window.box.text()
    bench.scan(bench.made_up.instrument("Cello").code)
    assert bench.answers[-1:] == [Answer.LENT]
    assert photos(bench, violin.code) == 0


def test_a_fault_typed_after_the_scan_stands_on_the_docket(bench: Bench, violin: Instrument) -> None:
    repairer = placing.add_place(bench.made_up.desk, "Strings and Bows", "repairer").result
    bench.scan(repairer.code, violin.code)
    assert bench.answers[-1:] == [Answer.SENT_TO_REPAIR]
    assert not any(one.isVisible() for one in bench.window.findChildren(QPushButton, "grade1"))
    bench.press(Qt.Key.Key_N, ALT)
    bench.type("peg slips")
    bench.press(Qt.Key.Key_F4)
    bench.qtbot.waitUntil(lambda: len(bench.opened) == 1, timeout=WAIT)
    (line,) = workshop.repairs(bench.made_up.desk)
    assert line.fault == "peg slips"


WAYS = {1: "each into its own case", 2: "new case labels", 3: "changed places"}


@pytest.mark.parametrize("number", WAYS)
def test_a_mismatch_is_put_right_by_alt_and_its_number(
    bench: Bench, school: Borrower, violin: Instrument, number: int
) -> None:
    other = bench.made_up.instrument("Violin", size="1/2")
    lending.lend(bench.made_up.desk, school.code, [violin.code])
    bench.scan("LSCMD-MATCH", codes.case_form(codes.normalise(violin.code)), other.code)
    assert bench.window.desk.card.word() == "They do not match"
    assert all(bench.button(f"pair{at}").isVisible() for at in WAYS)
    assert violin.code in bench.window.desk.card.detail()
    bench.press(Qt.Key(Qt.Key.Key_0.value + number), ALT)
    assert bench.answers[-1:] == [Answer.NOTED]
    assert WAYS[number] in bench.window.desk.card.detail()
    assert not bench.button("pair1").isVisible()
    printed = {1: 0, 2: 1, 3: 1}[number]
    bench.qtbot.waitUntil(lambda: len(bench.opened) == printed, timeout=WAIT)
    if number == 2:
        assert bench.opened[0].name.startswith("case-labels-")


def test_loans_that_could_not_change_are_not_offered(bench: Bench, violin: Instrument) -> None:
    other = bench.made_up.instrument("Violin", size="1/2")
    bench.scan("LSCMD-MATCH", codes.case_form(codes.normalise(violin.code)), other.code)
    assert not bench.button("pair3").isEnabled()
    bench.press(Qt.Key.Key_3, ALT)
    assert bench.answers[-1:] == [Answer.MISMATCH]
    bench.click("pair2")
    assert bench.answers[-1:] == [Answer.NOTED]


def test_noting_an_accessory_prints_nothing_again(bench: Bench, school: Borrower, violin: Instrument) -> None:
    bench.scan(school.code, violin.code)
    bench.press(Qt.Key.Key_F4)
    bench.qtbot.waitUntil(lambda: len(bench.opened) == 1, timeout=WAIT)
    bench.scan(school.code, bench.made_up.instrument("Violin").code)
    bench.press(Qt.Key.Key_1, ALT)
    bench.click("grade2")
    assert bench.answers[-2:] == [Answer.NOTED, Answer.NOTED]
    assert len(bench.opened) == 1
    bench.scan("LSCMD-PRINT")
    bench.qtbot.waitUntil(lambda: len(bench.opened) == 2, timeout=WAIT)


def test_the_earlier_day_begins_at_the_schools_oldest_crates(
    bench: Bench, school: Borrower, violin: Instrument
) -> None:
    lending.lend(bench.made_up.desk, school.code, [violin.code])
    bench.made_up.clock.go_on(days=7)
    receiving.crates_arrived(bench.made_up.desk, school.code, 2, date(2026, 9, 18))
    bench.press(Qt.Key.Key_F3)
    bench.scan(school.code)
    chip = bench.button("earlier")
    assert "18 Sep" in chip.text()
    assert chip.property("earlier") == "true"
    bench.press(Qt.Key.Key_F2)
    assert chip.text() == "Earlier day"


def test_every_control_of_the_card_can_be_reached_at_twice_the_size(
    bench: Bench, school: Borrower, violin: Instrument
) -> None:
    bench.window.resize(683, 384)
    bench.scan(school.code, violin.code)
    scroll = bench.window.desk._scroll
    for key, name in ((Qt.Key.Key_N, "lookNote"), (Qt.Key.Key_C, "grade2")):
        bench.press(key, ALT)
        control = QApplication.focusWidget()
        assert control is not None
        assert control.objectName() == name
        place = control.mapTo(scroll.viewport(), control.rect().center())
        assert scroll.viewport().rect().contains(place)
    bench.scan(violin.code)
    assert scroll.verticalScrollBar().value() == 0


def test_the_strip_of_the_swap_is_whole_at_twice_the_size(bench: Bench) -> None:
    bench.window.resize(683, 384)
    bench.settle()
    bench.press(Qt.Key.Key_F6)
    strip = bench.window.ask
    for field in strip.findChildren(QLineEdit):
        field.setFocus()
        bench.settle()
        area = bench.window.rect()
        corner = field.mapTo(bench.window, field.rect().bottomRight())
        assert area.contains(corner)
        assert field.height() >= bench.window.look.theme.size("control")
    visible = bench.button("askDo").visibleRegion().boundingRect()
    assert visible.height() >= bench.button("askDo").height() // 2
    assert bench.window.desk.field.height() >= bench.window.desk.field.sizeHint().height()
