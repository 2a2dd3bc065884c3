"""The real window over a made-up store, for tests to sit down at."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton, QWidget

from loanstore.bootstrap import OpenDesk
from loanstore.settings import MachineSettings
from loanstore.ui import app
from loanstore.ui.printing import Papers
from loanstore.ui.sounds import Sounds
from tests.helpers.made_up import SECRET

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from loanstore.domain.answers import Answer
    from loanstore.ui.counter import Counter
    from loanstore.ui.main_window import MainWindow
    from tests.helpers.made_up import MadeUp

WAIT = 20_000
"""Milliseconds that a busy machine may take."""
PERSON = 60
"""Milliseconds a person takes between two keys at least: what comes faster is a scanner's."""


class NotedSounds(Sounds):
    """Notes which sounds were asked for and plays none."""

    def __init__(self) -> None:
        super().__init__(on=False)
        self.played: list[str] = []

    def play(self, name: str) -> None:
        self.played.append(name)


class Bench:
    """A window with its store; every step waits until what it asked for is answered."""

    def __init__(self, qtbot: QtBot, made_up: MadeUp, papers: Path) -> None:
        self.qtbot = qtbot
        self.made_up = made_up
        self.opened: list[Path] = []
        self.sounds = NotedSounds()
        self.answers: list[Answer] = []
        application = QApplication.instance()
        assert isinstance(application, QApplication)
        self.shop = app.build(application, papers=Papers(papers, show=self.opened.append), sounds=self.sounds)
        self.counter.answered.connect(lambda made: self.answers.append(made.outcome.answer))

    @property
    def window(self) -> MainWindow:
        """Give the window."""
        return self.shop.window

    @property
    def counter(self) -> Counter:
        """Give what stands behind it."""
        return self.shop.counter

    def show(self) -> None:
        """Show the window at the size of a cheap laptop's screen."""
        self.window.resize(1366, 768)
        with self.qtbot.waitActive(self.window):
            self.window.show()
            self.window.activateWindow()

    def sit_down(self) -> None:
        """Ask for the made-up store."""
        self.counter.sit_down(lambda: OpenDesk(self.made_up.desk, SECRET, MachineSettings()))

    def settle(self) -> None:
        """Wait until nothing is asked for any more."""
        self.qtbot.waitUntil(lambda: self.counter.is_open and not self._busy(), timeout=WAIT)
        QApplication.processEvents()
        self.qtbot.waitUntil(lambda: not self._busy(), timeout=WAIT)

    def scan(self, *texts: str, after: float = 10) -> None:
        """Scan one after another, some seconds apart."""
        for text in texts:
            self.made_up.clock.go_on(after)
            self.window.take_scan(text)
            self.settle()

    def press(self, key: Qt.Key, how: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        """Press one key, through the window as the system does, at a person's pace."""
        self.made_up.clock.go_on(10)
        QTest.keyClick(self.window.windowHandle(), key, how)
        if key is Qt.Key.Key_Space:
            # Two of them at once would be the beginning of a scan, in which no key is a shortcut.
            self.qtbot.wait(PERSON)
        self.settle()

    def type(self, text: str) -> None:
        """Type at a person's pace into whatever has the focus."""
        focused = QApplication.focusWidget()
        assert focused is not None
        QTest.keyClicks(focused, text)

    def find(self, text: str) -> None:
        """Type in the scan field and wait for what it finds."""
        self.window.desk.field.setFocus()
        self.type(text)
        self.qtbot.waitUntil(lambda: bool(self.window.desk.field.finds()), timeout=WAIT)

    def click(self, name: str) -> None:
        """Click a button that can be seen."""
        button = self.button(name)
        assert button.isVisible()
        assert button.isEnabled()
        button.click()
        self.settle()

    def button(self, name: str) -> QPushButton:
        """Give a button by its object name, the one that can be seen first."""
        found = self.window.findChildren(QPushButton, name)
        assert found
        return next((one for one in found if one.isVisible()), found[0])

    def rows(self) -> list[str]:
        """Give the words of the scans in the list, newest first."""
        return [line.word for line in self.window.desk.hand_over.model.lines()]

    def close(self) -> None:
        """Close the window and what stands behind it."""
        self.shop.close()
        self.window.deleteLater()
        QApplication.processEvents()

    def _busy(self) -> bool:
        return any(lane.busy for lane in (self.counter.writer, self.counter.reader, self.counter.worker))


def focusable(root: QWidget) -> list[QWidget]:
    """Give every control that the keyboard can reach."""
    found = [one for one in root.findChildren(QWidget) if one.focusPolicy() is not Qt.FocusPolicy.NoFocus]
    return [one for one in found if not one.objectName().startswith("qt_")]
