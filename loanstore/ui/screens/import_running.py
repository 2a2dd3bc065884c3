"""What runs for an import: tried, brought in or taken back, one at a time, with its progress in the foot."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from loanstore.i18n import _

if TYPE_CHECKING:
    from collections.abc import Callable

    from loanstore.operations.importing import Imported
    from loanstore.ui.counter import Counter
    from loanstore.ui.import_gestures import ImportGestures, Wanted
    from loanstore.ui.screens.import_foot import ImportFoot
    from loanstore.ui.screens.import_steps import ImportSteps


class ImportRunning(QObject):
    """Says in the foot what runs and keeps the steps still meanwhile; ``began``, ``rested`` and ``failed`` tell."""

    began = Signal()
    rested = Signal()
    failed = Signal(object)

    def __init__(self, counter: Counter, gestures: ImportGestures, steps: ImportSteps, foot: ImportFoot) -> None:
        super().__init__()
        self._gestures, self._steps, self._foot = gestures, steps, foot
        self._runs = False
        foot.cancel_wanted.connect(counter.cancel)
        counter.progressed.connect(self._progressed)

    @property
    def runs(self) -> bool:
        """Tell whether anything runs."""
        return self._runs

    def bring(self, words: str, wanted: Wanted, then: Callable[[Imported], None], *, dry_run: bool) -> None:
        """Bring a file in, or only try it; it can be cancelled."""

        def done(made: Imported) -> None:
            self._rest()
            then(made)

        def failed(error: Exception) -> None:
            self._rest()
            self.failed.emit(error)

        self._run(words)
        self._gestures.bring(words, wanted, done, failed, dry_run=dry_run)

    def undo(self, import_id: str, then: Callable[[int], None], not_undone: Callable[[Exception], None]) -> None:
        """Take a whole import back; it can be cancelled."""

        def done(count: int) -> None:
            self._rest()
            then(count)

        def failed(error: Exception) -> None:
            self._rest()
            not_undone(error)

        words = _("Undoing the import")
        self._run(words)
        self._gestures.undo(words, import_id, done, failed)

    def _run(self, words: str) -> None:
        self._runs = True
        self._steps.set_usable(False)
        self._foot.run(words)
        self.began.emit()

    def _rest(self) -> None:
        self._runs = False
        self._steps.set_usable(True)
        self._foot.rest()
        self.rested.emit()

    def _progressed(self, _words: str, reached: int, total: int) -> None:
        if self._runs and total:
            self._foot.reach(reached, total)
