"""The counter: it opens the store behind the window, sends every scan to it in order, and tells what came of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QObject, Signal

from loanstore import logs
from loanstore.domain.errors import Refused
from loanstore.domain.sessions import SessionState
from loanstore.settings import MachineSettings
from loanstore.ui.background import Lane

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date
    from pathlib import Path

    from loanstore.bootstrap import OpenDesk
    from loanstore.keys import PassphraseSource
    from loanstore.operations.desk import Desk, Done
    from loanstore.operations.outcomes import Outcome
    from loanstore.operations.scanning import Session
    from loanstore.ui.changes import Changes

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Missing:
    """There is no store where one was looked for."""

    path: Path


@dataclass(frozen=True, slots=True)
class Answered:
    """A scan's answer with the session as it stands after it, and as it stood before.

    ``by_itself`` marks the end of a session that nobody scanned in for long.
    """

    outcome: Outcome
    state: SessionState
    before: SessionState
    by_itself: bool = False


class Counter(QObject):
    """One open store and one session. Its work is done behind the window; its signals arrive in the window.

    Scans that come before the store is open are kept and answered in their order once it is.
    """

    opened = Signal()
    missing = Signal(object)
    not_opened = Signal(object)
    answered = Signal(object)
    switched = Signal(object)
    scan_failed = Signal(object)
    failed = Signal(object)
    waiting = Signal(bool)
    progressed = Signal(str, int, int)

    def __init__(self, changes: Changes, settings: MachineSettings | None = None) -> None:
        super().__init__()
        self.changes = changes
        self.settings = settings or MachineSettings()
        self.writer = Lane("loanstore-writer")
        self.reader = Lane("loanstore-reader")
        self.desk: OpenDesk | None = None
        self.state = SessionState()
        self.owner = ""
        self._session: Session | None = None
        self._kept: list[str] = []
        self._cancelled = False

    @property
    def is_open(self) -> bool:
        """Tell whether a store is open."""
        return self.desk is not None

    def open(self, where: str | None, passphrase: PassphraseSource, staff: str | None) -> None:
        """Open a store behind the window; ``opened``, ``missing`` or ``not_opened`` tells how it went."""

        def work() -> OpenDesk | Missing:
            from loanstore import bootstrap

            path = bootstrap.store_path(where, self.settings)
            return bootstrap.open_desk(path, passphrase, staff) if path.exists() else Missing(path)

        self.writer.ask(work, self._opened_or_missing, self.not_opened.emit)

    def sit_down(self, make: Callable[[], OpenDesk]) -> None:
        """Open the store that ``make`` makes or finds, in the writing thread."""
        self.writer.ask(make, self._opened_or_missing, self.not_opened.emit)

    def when_open(self, act: Callable[[], object]) -> None:
        """Do this whenever a store is opened, and now where one is open: a screen may be made at any time."""
        self.opened.connect(act)
        if self.is_open:
            act()

    def scan(self, text: str) -> None:
        """Send one scan; it is kept until the store is open."""
        if not text.strip():
            return
        if self._session is None:
            self._kept.append(text)
        else:
            self._send(text, self._session)

    def write(
        self,
        work: Callable[[Desk], Done[T]],
        done: Callable[[T], None],
        *,
        failed: Callable[[Exception], None] | None = None,
    ) -> None:
        """Do a gesture other than a scan, in its turn; what it changed is announced."""
        desk = self._desk()

        def finished(made: Done[T]) -> None:
            self.changes.announce(made.changed)
            done(made.result)

        self.writer.ask(lambda: work(desk), finished, failed or self.failed.emit)

    def write_long(
        self,
        words: str,
        work: Callable[[Desk, Callable[[int, int], None]], Done[T]],
        done: Callable[[T], None],
        *,
        failed: Callable[[Exception], None] | None = None,
    ) -> None:
        """Do a long gesture in its turn, telling how far it is; ``cancel`` rolls it back."""
        desk = self._desk()
        self._cancelled = False
        progress = self._progress(words)

        def finished(made: Done[T]) -> None:
            self.progressed.emit("", 0, 0)
            self.changes.announce(made.changed)
            done(made.result)

        def broke(error: Exception) -> None:
            self.progressed.emit("", 0, 0)
            (failed or self.failed.emit)(error)

        self.writer.ask(lambda: work(desk, progress), finished, broke)

    def read_long(
        self, words: str, work: Callable[[Desk, Callable[[int, int], None]], T], done: Callable[[T], None]
    ) -> None:
        """Look long at something that needs no turn at the store, telling how far it is; ``cancel`` stops it."""
        desk = self._desk()
        self._cancelled = False
        progress = self._progress(words)

        def finished(found: T) -> None:
            self.progressed.emit("", 0, 0)
            done(found)

        def broke(error: Exception) -> None:
            self.progressed.emit("", 0, 0)
            self.failed.emit(error)

        self.reader.ask(lambda: work(desk, progress), finished, broke)

    def _progress(self, words: str) -> Callable[[int, int], None]:
        def progress(reached: int, total: int) -> None:
            if self._cancelled:
                raise Refused("WORK_CANCELLED")
            if reached * 100 // max(total, 1) != (reached - 1) * 100 // max(total, 1):
                self.progressed.emit(words, reached, total)

        return progress

    def cancel(self) -> None:
        """Have the long gesture that is under way roll back."""
        self._cancelled = True

    def read(
        self,
        work: Callable[[Desk], T],
        done: Callable[[T], None],
        *,
        name: str = "",
        failed: Callable[[Exception], None] | None = None,
    ) -> None:
        """Look something up; with a name, only the newest asking of that name is answered."""
        if self.desk is not None:
            desk = self.desk.desk
            self.reader.ask(lambda: work(desk), done, failed or self.failed.emit, name=name)

    def to_auto(self) -> None:
        """Put the session back to AUTO."""
        session = self._session
        if session is None:
            return

        def work() -> SessionState:
            from loanstore.operations import switching

            return switching.to_auto(session).result

        self.writer.ask(work, self._switched, self.failed.emit)

    def set_due(self, due: date) -> None:
        """Set the due date of this hand-over."""
        from loanstore.operations import scanning

        session = self._session
        if session is not None:
            self.write(lambda desk: scanning.set_due(desk, session, due), lambda _count: self._switched(session.state))

    def set_happened(self, day: date | None) -> None:
        """Say on which earlier day what is scanned from now on took place."""
        from loanstore.operations import scanning

        session = self._session
        if session is not None:
            self.write(lambda desk: scanning.set_happened(desk, session, day), self._switched)

    def look_whether_quiet(self) -> None:
        """Finish the session if nobody has scanned for long."""
        session = self._session
        if session is None or not self.state.open or self.writer.busy:
            return
        from loanstore.operations import scanning

        before = self.state

        def work() -> tuple[Done[Outcome] | None, SessionState]:
            return scanning.finish_if_quiet(self._desk(), session), session.state

        def finished(made: tuple[Done[Outcome] | None, SessionState]) -> None:
            done, state = made
            if done is not None:
                self._answer(done, state, before, by_itself=True)

        self.writer.ask(work, finished, self.failed.emit)

    def close(self) -> None:
        """Do what is still to be done, back up once a day, close the store and end both threads."""
        self.reader.stop()
        desk, self.desk, self._session = self.desk, None, None
        if desk is not None:
            self.writer.ask(lambda: _close(desk), lambda _none: None, lambda _error: None)
        self.writer.stop()

    def _desk(self) -> Desk:
        if self.desk is None:
            raise RuntimeError("no store is open")
        return self.desk.desk

    def _send(self, text: str, session: Session) -> None:
        desk = self._desk()

        def work() -> tuple[Done[Outcome], SessionState, SessionState]:
            from loanstore.operations import scanning

            before = session.state
            done = scanning.scan(desk, text, session)
            return done, session.state, before

        self.waiting.emit(True)
        self.writer.ask(work, lambda made: self._answer(*made), self._scan_failed)

    def _answer(
        self, done: Done[Outcome], state: SessionState, before: SessionState, *, by_itself: bool = False
    ) -> None:
        self.state = state
        self.waiting.emit(self.writer.busy)
        self.answered.emit(Answered(done.result, state, before, by_itself))
        self.changes.announce(done.changed)

    def _scan_failed(self, error: Exception) -> None:
        self.waiting.emit(self.writer.busy)
        self.scan_failed.emit(error)

    def _switched(self, state: SessionState) -> None:
        self.state = state
        self.switched.emit(state)

    def _opened_or_missing(self, found: OpenDesk | Missing) -> None:
        if isinstance(found, Missing):
            self.missing.emit(found.path)
            return

        def work() -> tuple[Session, str]:
            from loanstore.operations import housekeeping, scanning

            return scanning.begin_session(found.desk), housekeeping.info(found.desk).owner

        def begun(made: tuple[Session, str]) -> None:
            self._session, self.owner = made
            self.desk, self.state = found, SessionState()
            kept, self._kept = self._kept, []
            self.opened.emit()
            for text in kept:
                self.scan(text)

        self.writer.ask(work, begun, self.not_opened.emit)


def _close(desk: OpenDesk) -> None:
    """Close a desk; nobody is there any more to be told of a trouble, so it goes to the log."""
    try:
        desk.close(daily_backup=True)
    except Exception as error:  # noqa: BLE001 - whatever it is, what was answered is stored and the window is gone
        logs.note_bug(error)
