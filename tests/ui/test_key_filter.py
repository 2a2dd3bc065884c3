"""The scanner is heard wherever the focus is, and leaves no trace where its keys landed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QLineEdit, QPlainTextEdit, QPushButton, QVBoxLayout

from loanstore.ui.key_filter import KeyFilter
from loanstore.ui.scanner import ScannerSettings, Suffix

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from pytestqt.qtbot import QtBot


class Room:
    """A dialog with a field and a default button, and a scanner with a clock of its own."""

    def __init__(self, qtbot: QtBot, settings: ScannerSettings) -> None:
        self.at = 0
        self.scans: list[str] = []
        self.pressed = 0
        self.window = QDialog()
        self.field, self.secret, self.box = QLineEdit(), QLineEdit(), QPlainTextEdit()
        self.secret.setEchoMode(QLineEdit.EchoMode.Password)
        button = QPushButton("Press")
        button.setDefault(True)
        button.clicked.connect(self._count)
        layout = QVBoxLayout(self.window)
        for one in (self.field, self.secret, self.box, button):
            layout.addWidget(one)
        self.button = button
        self.filter = KeyFilter(settings, lambda _event: self.at)
        self.filter.scanned.connect(self.scans.append)
        QApplication.instance().installEventFilter(self.filter)  # type: ignore[union-attr]  # pytest-qt made one
        qtbot.addWidget(self.window)
        with qtbot.waitActive(self.window):
            self.window.show()
            self.window.activateWindow()

    def keys(self, text: str, gap: int = 5, end: Qt.Key | None = Qt.Key.Key_Return) -> None:
        for character in text:
            QTest.keyClick(self.window.windowHandle(), character)  # type: ignore[call-overload]  # its stub knows no text
            self.at += gap
        if end is not None:
            QTest.keyClick(self.window.windowHandle(), end)
            self.at += gap

    def wait_a_moment(self) -> None:
        self.at += 1000

    def _count(self) -> None:
        self.pressed += 1


@pytest.fixture
def make_room(qtbot: QtBot) -> Iterator[Callable[[ScannerSettings], Room]]:
    made: list[Room] = []

    def make(settings: ScannerSettings) -> Room:
        made.append(Room(qtbot, settings))
        return made[-1]

    yield make
    for one in made:
        QApplication.instance().removeEventFilter(one.filter)  # type: ignore[union-attr]  # pytest-qt made one


@pytest.fixture
def room(make_room: Callable[[ScannerSettings], Room]) -> Room:
    return make_room(ScannerSettings())


def test_a_scan_into_a_field_leaves_the_field_as_it_was(room: Room) -> None:
    room.field.setFocus()
    room.field.setText("oak field")
    room.field.setSelection(0, 3)
    room.wait_a_moment()
    room.keys("CM000042K")
    assert room.scans == ["CM000042K"]
    assert (room.field.text(), room.field.selectedText()) == ("oak field", "oak")


def test_a_scan_into_a_box_of_several_lines_leaves_the_box_as_it_was(room: Room) -> None:
    room.box.setPlainText("Sam Drama\nAlex Drama")
    room.box.setFocus()
    cursor = room.box.textCursor()
    cursor.setPosition(4)
    cursor.setPosition(9, cursor.MoveMode.KeepAnchor)
    room.box.setTextCursor(cursor)
    room.wait_a_moment()
    room.keys("CM000042K")
    assert room.scans == ["CM000042K"]
    assert (room.box.toPlainText(), room.box.textCursor().selectedText()) == ("Sam Drama\nAlex Drama", "Drama")


def test_the_scanners_enter_presses_no_default_button(room: Room) -> None:
    room.field.setFocus()
    room.keys("CM000042K")
    assert room.pressed == 0
    room.wait_a_moment()
    room.keys("", end=Qt.Key.Key_Return)
    assert room.pressed == 1


def test_every_key_is_counted_once_however_many_parents_see_it(room: Room) -> None:
    room.button.setFocus()
    room.keys("CM000044G")
    room.wait_a_moment()
    room.keys("CM000044G")
    assert room.scans == ["CM000044G", "CM000044G"]


def test_a_persons_typing_stays_in_the_field(room: Room) -> None:
    room.field.setFocus()
    room.keys("oakfield", gap=140, end=None)
    assert room.scans == []
    assert room.field.text() == "oakfield"


def test_what_is_typed_into_a_passphrase_is_never_a_scan(room: Room) -> None:
    room.secret.setFocus()
    room.keys("madeupwords", gap=2, end=None)
    assert room.scans == []
    assert room.secret.text() == "madeupwords"


def test_a_scanners_keys_trigger_no_shortcut(room: Room) -> None:
    fired: list[int] = []
    QShortcut(QKeySequence("J"), room.window, lambda: fired.append(1))
    room.button.setFocus()
    room.keys("CMJJ42K")
    assert fired == []
    assert room.scans == ["CMJJ42K"]


def test_a_scanner_that_sends_tab_does_not_move_the_focus(make_room: Callable[[ScannerSettings], Room]) -> None:
    room = make_room(ScannerSettings(suffix=Suffix.TAB))
    room.field.setFocus()
    room.keys("CM000042K", end=Qt.Key.Key_Tab)
    assert room.scans == ["CM000042K"]
    assert room.field.hasFocus()


def test_a_scanner_that_sends_nothing_after_a_code_is_heard_by_its_pause(
    qtbot: QtBot, make_room: Callable[[ScannerSettings], Room]
) -> None:
    room = make_room(ScannerSettings(suffix=Suffix.NONE))
    room.field.setFocus()
    room.keys("CM000042K", end=None)
    qtbot.waitUntil(lambda: room.scans == ["CM000042K"])
    assert room.field.text() == ""


def test_a_hundred_scans_in_a_row_all_land(room: Room) -> None:
    room.field.setFocus()
    codes = [f"CM{n:06d}K" for n in range(100)]
    for code in codes:
        room.keys(code, gap=1)
        room.at += 60
    assert room.scans == codes
    assert room.field.text() == ""


def test_a_scan_lands_when_nothing_has_the_focus(room: Room) -> None:
    for one in (room.field, room.secret, room.box, room.button):
        one.setEnabled(False)
    assert QApplication.focusWidget() in {None, room.window}
    room.keys("CM000042K")
    assert room.scans == ["CM000042K"]
