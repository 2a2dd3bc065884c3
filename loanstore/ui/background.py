"""The only threads: one writes, gestures in their order; one reads; one does what takes long; one plays sounds."""

from __future__ import annotations

import queue
import threading
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar

from PySide6.QtCore import QObject, Qt, Signal

if TYPE_CHECKING:
    from collections.abc import Callable

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class _Job:
    """Something to do, and whom to tell; ``number`` counts the askings under ``name``."""

    work: Callable[[], Any]
    done: Callable[[Any], None]
    failed: Callable[[Exception], None]
    name: str
    number: int


class Lane(QObject):
    """One thread with its queue: jobs are done in the order they were asked, answers come back to the window.

    A job with a name is dropped, unstarted or unanswered, when a newer one of the same name is asked: only
    the last letter typed in a search box matters.
    """

    _answered = Signal(object, object, object)

    def __init__(self, name: str) -> None:
        super().__init__()
        self._jobs: queue.SimpleQueue[_Job | None] = queue.SimpleQueue()
        self._newest: dict[str, int] = {}
        self._waiting = 0
        self._answered.connect(self._deliver, Qt.ConnectionType.QueuedConnection)
        self._thread = threading.Thread(target=self._work, name=name, daemon=True)
        self._thread.start()

    def ask(
        self, work: Callable[[], T], done: Callable[[T], None], failed: Callable[[Exception], None], *, name: str = ""
    ) -> None:
        """Do ``work`` in the thread, then ``done`` with its result or ``failed`` with its error in the window's."""
        number = self._newest.get(name, 0) + 1
        self._newest[name] = number
        self._waiting += 1
        self._jobs.put(_Job(work, done, failed, name, number))

    @property
    def busy(self) -> bool:
        """Tell whether anything asked for is still unanswered."""
        return self._waiting > 0

    def stop(self) -> None:
        """Do what was asked for, then end the thread; its last answers are delivered to nobody."""
        self._jobs.put(None)
        self._thread.join()

    def _work(self) -> None:
        while (job := self._jobs.get()) is not None:
            if self._is_stale(job):
                self._answered.emit(job, None, None)
                continue
            try:
                result = job.work()
            except Exception as error:  # noqa: BLE001 - whatever it is, the window must say so and go on
                self._answered.emit(job, None, error)
            else:
                self._answered.emit(job, result, None)

    def _deliver(self, job: _Job, result: object, error: Exception | None) -> None:
        self._waiting -= 1
        if self._is_stale(job):
            return
        if error is not None:
            job.failed(error)
        else:
            job.done(result)

    def _is_stale(self, job: _Job) -> bool:
        return bool(job.name) and self._newest[job.name] != job.number
