"""Find-as-you-type: every beginning of some typed texts, against one bare match of the index on the same file."""

from __future__ import annotations

from functools import partial
from statistics import median
from typing import TYPE_CHECKING, Any, Final

from loanstore.operations import browsing
from loanstore.storage.search import match
from loanstore.storage.store import open_store
from tests.benchmarks.made_store import Size, build, raw_connection
from tests.benchmarks.timing import Measured, in_turns, milliseconds
from tests.helpers.made_up import KEY, SALT, make_desk, new_id

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

TYPED: Final = ("violin 1/2", "stentor student", "004217", "oakfield school 16", "clarinet buff", "xyzzy")
SHOWN: Final = 200
ROUNDS: Final = 5

_FLOOR_IS: Final = "one bare FTS5 MATCH ... LIMIT"
_BARE: Final = "SELECT rowid FROM instruments_index WHERE instruments_index MATCH ? LIMIT ?"


def measure(folder: Path, instruments: int) -> Iterator[Measured]:
    """Measure each list with every instrument out on loan, so that the list of loans is as long."""
    big = build(folder / "find.loanstore", Size(instruments, out=instruments))
    store = open_store(big.path, KEY, SALT)
    desk = make_desk(store, new_id())
    faces: dict[str, Callable[[str], object]] = {
        "instruments": lambda typed: browsing.list_instruments(desk, typed, SHOWN),
        "loans out": lambda typed: browsing.list_loans(desk, find=typed, limit=SHOWN),
        "borrowers": lambda typed: browsing.list_borrowers(desk, typed, SHOWN),
        "at the desk": lambda typed: browsing.find_for_desk(desk, typed),
    }
    with raw_connection(big.path) as connection:
        bare = partial(_bare, connection)
        for name, face in faces.items():
            yield _each_keystroke(f"Find {name}, {instruments:,} instruments", face, bare)
    store.close()
    big.path.unlink()


def keystrokes() -> list[str]:
    """Give every beginning of what is typed, as the field holds it after each key."""
    return list(dict.fromkeys(text[:end].strip() for text in TYPED for end in range(1, len(text) + 1)))


def _bare(connection: Any, typed: str) -> object:
    return connection.execute(_BARE, (match(typed), SHOWN)).fetchall()


def _each_keystroke(what: str, face: Callable[[str], object], bare: Callable[[str], object]) -> Measured:
    """Take the median over all keystrokes of each one's own median, and name the worst keystroke."""
    ours, floor = {}, {}
    for typed in keystrokes():
        milliseconds(partial(face, typed))
        turns = in_turns([partial(face, typed)] * ROUNDS, [partial(bare, typed)] * ROUNDS)
        ours[typed], floor[typed] = median(turns.ours), median(turns.floor)
    worst = max(ours, key=lambda typed: ours[typed])
    note = f"worst {ours[worst]:.1f} ms, at “{worst}”"
    return Measured(what, median(ours.values()), median(floor.values()), _FLOOR_IS, note)
