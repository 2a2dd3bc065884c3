"""A window in a process of its own, for real keys: it keeps the focus where it is told, and tells what it answers."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from loanstore.bootstrap import OpenDesk
from loanstore.settings import MachineSettings
from loanstore.storage.engine import make_engine
from loanstore.storage.store import Store
from loanstore.ui import app
from loanstore.ui.printing import Papers
from tests.helpers.made_up import KEY, SALT, SECRET, make_desk, new_id

if TYPE_CHECKING:
    from loanstore.ui.counter import Answered


class Watched:
    """A window that keeps its focus, prints what it answers and gives out, and ends when that is enough."""

    def __init__(self, application: QApplication, folder: Path, focus: str, wanted: int, papers: int) -> None:
        self._application, self._focus = application, focus
        self._awaited = wanted + papers
        self.shop = app.build(application, papers=Papers(folder, show=self._given))
        self.shop.counter.answered.connect(self._answered)
        self.shop.counter.opened.connect(lambda: QTimer.singleShot(200, self._ready))

    def _ready(self) -> None:
        self._hold_focus()
        print("ready", flush=True)

    def _hold_focus(self) -> None:
        window = self.shop.window
        window.show_page("desk" if self._focus == "desk" else "borrowers")
        if self._focus == "table":
            window.pages.lists["borrowers"].table.setFocus()
        elif self._focus == "nothing":
            held = QApplication.focusWidget()
            if held is not None:
                held.clearFocus()

    def _answered(self, made: Answered) -> None:
        outcome = made.outcome
        about = outcome.instrument.code if outcome.instrument else outcome.scanned
        self._say(f"{outcome.answer.value} {about}")
        self._hold_focus()

    def _given(self, paper: Path) -> None:
        self._say(f"paper {paper}")

    def _say(self, words: str) -> None:
        print(words, flush=True)
        self._awaited -= 1
        if not self._awaited:
            QTimer.singleShot(300, self._finish)

    def _finish(self) -> None:
        window = self.shop.window
        left = [field.text() for field in (window.desk.field, window.pages.lists["borrowers"].field)]
        print("left", repr("".join(left)), flush=True)
        self._application.quit()


def main(store: Path, focus: str, wanted: int, papers: int = 0) -> int:
    """Run until so many answers and papers were given out, or a minute has passed."""
    application = QApplication(["loanstore"])
    application.setStyle("Fusion")
    watched = Watched(application, store.parent / "papers", focus, wanted, papers)
    shop = watched.shop
    shop.window.show()
    shop.window.activateWindow()
    desk = make_desk(Store(store, make_engine(store, KEY, SALT)), new_id())
    shop.counter.sit_down(lambda: OpenDesk(desk, SECRET, MachineSettings()))
    QTimer.singleShot(60_000, application.quit)
    application.exec()
    shop.close()
    return 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), sys.argv[2], *map(int, sys.argv[3:])))
