"""Work that takes long: it goes on behind the window, tells how far it is, and can be cancelled."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QObject, Signal

from loanstore.domain.errors import Refused

if TYPE_CHECKING:
    from collections.abc import Callable

    from loanstore.domain.progress import Progress
    from loanstore.ui.background import Lane

T = TypeVar("T")

_HUNDREDTHS = 100


class _Task:
    """One piece of work; ``percent`` is how far it was when somebody was told last."""

    def __init__(self, words: str, lane: Lane) -> None:
        self.words = words
        self.lane = lane
        self.percent = -1
        self.cancelled = False


class LongWork(QObject):
    """Asks for long work and tells of it: words, how much, of how much; no words once it is over.

    Where two go on at once, the foot shows whichever told last, and that one is cancelled.
    """

    progressed = Signal(str, int, int)

    def __init__(self) -> None:
        super().__init__()
        self._tasks: list[_Task] = []

    def ask(
        self,
        lane: Lane,
        words: str,
        work: Callable[[Progress], T],
        done: Callable[[T], None],
        failed: Callable[[Exception], None],
    ) -> None:
        """Do ``work`` in a lane, then ``done`` with its result or ``failed`` with its error in the window's thread."""
        task = _Task(words, lane)
        self._tasks.append(task)

        def finished(result: T) -> None:
            self._end(task)
            done(result)

        def broke(error: Exception) -> None:
            self._end(task)
            failed(error)

        lane.ask(lambda: work(lambda reached, total: self._tell(task, reached, total)), finished, broke)

    def cancel(self) -> None:
        """Have the work that told last stop where it is; what it has written is rolled back."""
        if self._tasks:
            self._tasks[-1].cancelled = True

    def cancel_in(self, lane: Lane) -> None:
        """Have all work in a lane stop where it is."""
        for task in self._tasks:
            task.cancelled = task.cancelled or task.lane is lane

    def _tell(self, task: _Task, reached: int, total: int) -> None:
        """Hear how far a piece of work is, in its own thread; tell of it by the hundredth."""
        if task.cancelled:
            raise Refused("WORK_CANCELLED")
        percent = reached * _HUNDREDTHS // max(total, 1)
        if percent != task.percent:
            task.percent = percent
            self.progressed.emit(task.words, reached, total)

    def _end(self, task: _Task) -> None:
        self._tasks.remove(task)
        self.progressed.emit("", 0, 0)
