"""What a started process does for the benchmark: it shows a window and says when, and how much memory that took."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from time import perf_counter
from typing import Any


def main(kind: str, *words: str) -> None:
    """Show a bare window, or ours on a store with a first scan in it; say the clock's readings and end."""
    if kind == "bare":
        _bare()
    else:
        _ours(*words)


def _bare() -> None:
    from PySide6.QtCore import QTimer
    from PySide6.QtWidgets import QApplication, QLineEdit, QMainWindow

    application = QApplication([])
    window = QMainWindow()
    window.setCentralWidget(QLineEdit())
    window.show()
    QTimer.singleShot(0, application.quit)
    application.exec()
    _say({"shown": perf_counter()})


def _ours(store: str, code: str) -> None:
    from PySide6.QtCore import QTimer
    from PySide6.QtWidgets import QApplication

    from loanstore.ui import app

    said: dict[str, Any] = {}
    build = app.build

    def answered(made: Any) -> None:
        _say({**said, "answered": perf_counter(), "answer": made.outcome.answer.value})
        QApplication.quit()

    def build_and_scan(*given: Any, **named: Any) -> Any:
        """Scan as soon as there is a window: the store is not open yet, and the scan is kept."""
        shop = build(*given, **named)
        shop.counter.answered.connect(answered)

        def shown() -> None:
            said["shown"] = perf_counter()
            shop.window.take_scan(code)

        QTimer.singleShot(0, shown)
        return shop

    app.build = build_and_scan
    app.run(store, None, None)


def _say(said: dict[str, Any]) -> None:
    sys.stdout.write(json.dumps({**said, "memory": _memory()}) + "\n")
    sys.stdout.flush()


def _memory() -> float:
    """Give the memory this process has resident, in MiB."""
    status = Path("/proc/self/status")
    if status.exists():
        line = next(line for line in status.read_text("ascii").splitlines() if line.startswith("VmRSS"))
        return int(line.split()[1]) / 1024
    import resource

    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024 / 1024


if __name__ == "__main__":
    main(*sys.argv[1:])
