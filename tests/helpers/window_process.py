"""A window in a process of its own, for real keys: it keeps the focus where it is told and prints each answer."""

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


def main(store: Path, focus: str, wanted: int) -> int:
    """Run until so many answers were given, or a minute has passed."""
    application = QApplication(["loanstore"])
    application.setStyle("Fusion")
    shop = app.build(application, papers=Papers(store.parent, show=lambda _path: None))
    window = shop.window
    answers: list[str] = []

    def hold_focus() -> None:
        if focus == "desk":
            window.show_page("desk")
        else:
            window.show_page("borrowers")
        if focus == "table":
            window.pages.lists["borrowers"].table.setFocus()
        elif focus == "nothing":
            held = QApplication.focusWidget()
            if held is not None:
                held.clearFocus()

    def answered(made: Answered) -> None:
        outcome = made.outcome
        answers.append(outcome.answer.value)
        print(outcome.answer.value, outcome.instrument.code if outcome.instrument else outcome.scanned, flush=True)
        hold_focus()
        if len(answers) == wanted:
            QTimer.singleShot(300, finish)

    def finish() -> None:
        left = [field.text() for field in (window.desk.field, window.pages.lists["borrowers"].field)]
        print("left", repr("".join(left)), flush=True)
        application.quit()

    shop.counter.answered.connect(answered)
    shop.counter.opened.connect(lambda: QTimer.singleShot(200, ready))

    def ready() -> None:
        hold_focus()
        print("ready", flush=True)

    window.show()
    window.activateWindow()
    desk = make_desk(Store(store, make_engine(store, KEY, SALT)), new_id())
    shop.counter.sit_down(lambda: OpenDesk(desk, SECRET, MachineSettings()))
    QTimer.singleShot(60_000, application.quit)
    application.exec()
    shop.close()
    return 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), sys.argv[2], int(sys.argv[3])))
