"""Paper work behind the window: agreements are drawn right after they are made, signed ones sealed, nobody waits."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject

from loanstore import logs
from loanstore.ui.labels import pause

if TYPE_CHECKING:
    from loanstore.operations.desk import Desk, Done
    from loanstore.operations.sealing import Sealed
    from loanstore.ui.counter import Counter

PAUSE: Final = 400
"""Milliseconds after a change before the papers are seen to: the next scan comes first."""
_AT_ONCE: Final = 5
"""So many papers are sealed in one go, so that lists are not kept waiting."""


class PaperWork(QObject):
    """Freezes what was agreed on and seals what was signed, also what an earlier run of the program left."""

    def __init__(self, counter: Counter) -> None:
        super().__init__()
        self._counter = counter
        self._pause = pause(self, PAUSE, self._freeze)
        counter.changes.listen(frozenset({"loans"}), self._pause.start)
        counter.opened.connect(self._pause.start)

    def _freeze(self) -> None:
        def work(desk: Desk) -> Done[int]:
            from loanstore.operations import freezing

            return freezing.freeze_waiting(desk)

        if self._counter.is_open:
            self._counter.write(work, lambda _count: self._seal(), failed=self._failed)

    def _seal(self) -> None:
        def work(desk: Desk) -> tuple[Sealed, ...]:
            from loanstore.operations import sealing

            return sealing.make_seals(desk, _AT_ONCE)

        self._counter.read(work, self._keep, name="seals", failed=self._failed)

    def _keep(self, made: tuple[Sealed, ...]) -> None:
        def work(desk: Desk) -> Done[int]:
            from loanstore.operations import sealing

            return sealing.keep_sealed(desk, made)

        if made and self._counter.is_open:
            self._counter.write(work, lambda _count: None, failed=self._failed)

    def _failed(self, error: Exception) -> None:
        # Nobody asked for this, so nobody is told: it is tried again with the next change, and when it is asked for.
        logs.note_bug(error)
