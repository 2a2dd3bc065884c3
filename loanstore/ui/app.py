"""Running the window: it is shown first; the store is opened behind it, and what is typed meanwhile is kept."""

from __future__ import annotations

import signal
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QTimer
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QApplication

from loanstore import assets
from loanstore.settings import MachineSettings, data_folder
from loanstore.ui import theme
from loanstore.ui.changes import Changes
from loanstore.ui.counter import Counter
from loanstore.ui.key_filter import KeyFilter
from loanstore.ui.main_window import MainWindow
from loanstore.ui.printing import Papers
from loanstore.ui.scanner import ScannerSettings, Suffix
from loanstore.ui.sounds import Sounds
from loanstore.ui.starting import Starting

if TYPE_CHECKING:
    from pathlib import Path
    from types import TracebackType

    from loanstore.settings import Machine

_NAME: Final = "loanstore"


@dataclass(slots=True)
class Shop:
    """Everything that stands behind one window, to be closed with it."""

    window: MainWindow
    counter: Counter
    starting: Starting
    sounds: Sounds
    keys: KeyFilter
    look: theme.Look
    papers: Papers

    def close(self) -> None:
        """Finish what was begun, back up once a day, and close the store."""
        application = QApplication.instance()
        if application is not None:
            application.removeEventFilter(self.keys)
        self.window.hide()
        self.papers.close()
        self.counter.close()
        self.sounds.close()


def run(store: str | None, staff: str | None, passphrase_file: Path | None) -> int:
    """Open the window and give the exit status when it is closed."""
    existing = QApplication.instance()
    application = existing if isinstance(existing, QApplication) else QApplication([_NAME])
    application.setApplicationName(_NAME)
    application.setStyle("Fusion")
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    shop = build(application, staff=staff, passphrase_file=passphrase_file)
    sys.excepthook = _excepthook(shop)
    shop.window.show()
    shop.window.activateWindow()
    QTimer.singleShot(0, lambda: _behind_the_window(shop, store))
    try:
        return int(application.exec())
    finally:
        shop.close()


def build(
    application: QApplication,
    *,
    staff: str | None = None,
    passphrase_file: Path | None = None,
    papers: Papers | None = None,
    sounds: Sounds | None = None,
) -> Shop:
    """Put a window together; nothing is opened yet."""
    settings = MachineSettings()
    machine = settings.read()
    theme.load_first_fonts()
    application.setWindowIcon(QIcon(str(assets.resources() / "icons" / "loanstore.svg")))
    look = theme.Look(application, machine.theme)
    counter = Counter(Changes(), settings)
    starting = Starting(look, counter, staff, passphrase_file)
    voices = sounds or Sounds(on=machine.sounds)
    given = papers or Papers(data_folder() / "papers", machine.printer)
    given.draw_in(counter.writer)
    window = MainWindow(look, counter, starting, given, voices)
    keys = KeyFilter(scanner_settings(machine), listens=lambda: window.takes_scans)
    keys.scanned.connect(window.take_scan)

    def changed(machine: Machine) -> None:
        look.choose(machine.theme)
        voices.turn(on=machine.sounds)
        given.print_on(machine.printer)
        keys.use(scanner_settings(machine))

    window.machine_changed.connect(changed)
    application.installEventFilter(keys)
    return Shop(window, counter, starting, voices, keys, look, given)


def scanner_settings(machine: Machine) -> ScannerSettings:
    """Read how the scanner was set up; a word that means nothing means Enter."""
    known = {suffix.value for suffix in Suffix}
    suffix = Suffix(machine.scanner_suffix) if machine.scanner_suffix in known else Suffix.ENTER
    return ScannerSettings(machine.scanner_gap, machine.scanner_prefix, suffix)


def _behind_the_window(shop: Shop, store: str | None) -> None:
    """Begin what may take a while: the store, the log, the fonts of the other scripts."""
    shop.starting.begin(store)
    shop.counter.reader.ask(_begin_logging, lambda _none: None, lambda _error: None)
    theme.load_other_fonts()


def _begin_logging() -> None:
    from loanstore import bootstrap, logs

    logs.begin_logging(bootstrap.log_folder())


def _excepthook(shop: Shop) -> ExceptHook:
    """Say a bug in the window's own code in the strip, and go on: what was answered is stored."""

    def told(_kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if isinstance(error, Exception):
            shop.window.box.show_error(error.with_traceback(trace))
        else:
            sys.__excepthook__(type(error), error, trace)

    return told


if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import TypeAlias

    ExceptHook: TypeAlias = Callable[[type[BaseException], BaseException, TracebackType | None], None]
