"""A scan, from look-up to fsync, against hand-written statements on a copy of the same store."""

from __future__ import annotations

import random
import shutil
from dataclasses import dataclass
from functools import partial
from statistics import median
from typing import TYPE_CHECKING, Final

from loanstore.domain.answers import Answer
from loanstore.domain.codes import COMMAND_PREFIX
from loanstore.operations import housekeeping, scanning
from loanstore.storage.store import open_store
from tests.benchmarks.made_store import Size, build, raw_connection
from tests.benchmarks.scan_floor import ScanFloor
from tests.benchmarks.timing import Measured, Turns, in_turns, milliseconds
from tests.helpers.made_up import KEY, SALT, SetClock, make_desk, new_id

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from loanstore.operations.desk import Desk
    from loanstore.operations.scanning import Session
    from tests.benchmarks.made_store import BigStore

WARM_UP: Final = 200
SCANS: Final = 600
BATCH: Final = 10
PROVED_UP_TO: Final = 1000
"""Up to this size the benchmark verifies both files afterwards: the floor's facts chain and fold like ours."""

LONG: Final = 2500
"""A session of so many scans out and as many back must not get slower with each."""

AS_FAST_AS_PIPED: Final = 0.005
"""Seconds between scans that no person but a script makes: all of them were "just lent" at once."""

_FLOOR_IS: Final = "hand-written SQL, a copy of the file, as durable"


def measure(folder: Path, sizes: Sequence[Size]) -> Iterator[Measured]:
    """Measure lending and bringing back at each size, and a long session at the smallest that holds one."""
    for size in sizes:
        ours = build(folder / "ours.loanstore", size)
        theirs = folder / "floor.loanstore"
        shutil.copy(ours.path, theirs)
        yield from _at_size(ours, theirs)
        for path in (ours.path, theirs):
            if size.instruments <= PROVED_UP_TO:
                _prove(path)
            path.unlink()
    yield _long_session(folder)


@dataclass(slots=True)
class _Desk:
    """Our desk with its one session; a scan that is answered otherwise than wanted ends the benchmark."""

    desk: Desk
    clock: SetClock
    session: Session
    between: float = 1.0

    def take(self, text: str, wanted: Answer) -> None:
        self.clock.go_on(self.between)
        answer = scanning.scan(self.desk, text, self.session).result.answer
        if answer is not wanted:
            raise AssertionError(text, answer, wanted)

    def command(self, word: str, wanted: Answer) -> None:
        self.take(f"{COMMAND_PREFIX}-{word}", wanted)


def _sit_down(path: Path) -> _Desk:
    clock = SetClock()
    desk = make_desk(open_store(path, KEY, SALT), new_id(), clock)
    return _Desk(desk, clock, scanning.begin_session(desk))


def _at_size(big: BigStore, theirs: Path) -> Iterator[Measured]:
    ours = _sit_down(big.path)
    forms = random.Random(7).sample(big.instruments, min(WARM_UP + SCANS, len(big.instruments)))
    with raw_connection(theirs) as connection:
        floor = _floor(connection, ours.clock, big)
        _there_and_back(ours, floor, big.borrowers[0], forms[:WARM_UP])
        out, back = _there_and_back(ours, floor, big.borrowers[0], forms[WARM_UP:])
    ours.desk.store.close()
    for what, turns in (("lend", out), ("bring back", back)):
        yield Measured(f"Scan to {what}, {_told(big.size)}", median(turns.ours), median(turns.floor), _FLOOR_IS)


def _floor(connection: object, clock: SetClock, big: BigStore) -> ScanFloor:
    found = "SELECT owner FROM codes WHERE form = ?"
    borrower = connection.execute(found, (big.borrowers[0],)).fetchone()[0]  # type: ignore[attr-defined]  # the driver has no types
    return ScanFloor(connection, clock, new_id(), borrower, "2026-12-18")


def _there_and_back(ours: _Desk, floor: ScanFloor, borrower: str, forms: Sequence[str]) -> tuple[Turns, Turns]:
    ours.take(borrower, Answer.BORROWER_CHOSEN)
    lending = [partial(ours.take, form, Answer.LENT) for form in forms]
    out = in_turns(lending, [partial(floor.lend, form) for form in forms], BATCH)
    ours.command("FINISH", Answer.FINISHED)
    ours.command("RETURN", Answer.RETURN_MODE)
    returning = [partial(ours.take, form, Answer.RETURNED) for form in forms]
    back = in_turns(returning, [partial(floor.bring_back, form) for form in forms], BATCH)
    ours.command("FINISH", Answer.FINISHED)
    return out, back


def _long_session(folder: Path) -> Measured:
    """Compare the last scans of a session of thousands with its first."""
    big = build(folder / "long.loanstore", Size(LONG))
    ours = _sit_down(big.path)
    ours.between = AS_FAST_AS_PIPED
    ours.take(big.borrowers[0], Answer.BORROWER_CHOSEN)
    out = [milliseconds(partial(ours.take, form, Answer.LENT)) for form in big.instruments]
    ours.command("RETURN", Answer.RETURN_MODE)
    back = [milliseconds(partial(ours.take, form, Answer.RETURNED)) for form in big.instruments]
    ours.desk.store.close()
    big.path.unlink()
    some = LONG // 10
    late, early = median(out[-some:] + back[-some:]), median(out[:some] + back[:some])
    return Measured(f"The last of {LONG * 2:,} scans in one session", late, early, "its first scans")


def _told(size: Size) -> str:
    past = f", {size.past:,} past loans" if size.past else ""
    return f"{size.instruments:,} instruments{past}"


def _prove(path: Path) -> None:
    """Verify a store, so that nothing is measured but true work."""
    ours = _sit_down(path)
    wrong = housekeeping.verify(ours.desk)
    ours.desk.store.close()
    if wrong:
        raise AssertionError(wrong)
