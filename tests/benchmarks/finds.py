"""Lists: how soon one opens, and finds with each key typed, against one bare match of the index on the same file."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from statistics import median
from typing import TYPE_CHECKING, Any, Final

from loanstore.domain.listings import Question
from loanstore.operations import browsing
from loanstore.storage.search import match
from loanstore.storage.store import open_store
from tests.benchmarks.made_store import Size, build, raw_connection
from tests.benchmarks.timing import Measured, in_turns, milliseconds
from tests.helpers.made_up import KEY, SALT, make_desk, new_id

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

TYPED: Final = ("violin 1/2", "stentor student", "004217", "oakfield school 16", "clarinet buff", "xyzzy")
NEARLY: Final = ("stentro", "oakfeild", "clarniet buffet", "4177", "violin 4177")
SHOWN: Final = 200
COUNTED: Final = 1000
ROUNDS: Final = 5

_FLOOR_IS: Final = "one bare FTS5 MATCH ... LIMIT"
_BARE: Final = "SELECT rowid FROM instruments_index WHERE instruments_index MATCH ? LIMIT ?"


def measure(folder: Path, instruments: int, past_loans: int) -> Iterator[Measured]:
    """Measure each list with every instrument out on loan, so that the list of loans is as long."""
    big = build(folder / "find.loanstore", Size(instruments, past=past_loans, out=instruments))
    store = open_store(big.path, KEY, SALT)
    desk = make_desk(store, new_id())
    past = (("standing", "past"),)
    pages: dict[str, Callable[[str], object]] = {
        "instruments": lambda typed: browsing.instrument_page(desk, _first_page(typed)),
        "loans out": lambda typed: browsing.loan_page(desk, _first_page(typed)),
        "past loans too": lambda typed: browsing.loan_page(desk, replace(_first_page(typed), filters=past)),
        "borrowers": lambda typed: browsing.borrower_page(desk, _first_page(typed)),
    }
    words = f"{instruments:,} instruments out, {past_loans:,} past loans"
    with raw_connection(big.path) as connection:
        bare = partial(_bare, connection)
        for name, page in pages.items():
            yield _opening(f"Open {name}, {words}", page, bare)
        for name, face in {**pages, "at the desk": lambda typed: browsing.find_for_desk(desk, typed)}.items():
            yield _each_keystroke(f"Find {name}, {words}", face, bare)
        yield _each_keystroke(f"Find misspelt or in part, {words}", pages["instruments"], bare, NEARLY)
    store.close()
    big.path.unlink()


def keystrokes() -> list[str]:
    """Give every beginning of what is typed, as the field holds it after each key."""
    return list(dict.fromkeys(text[:end].strip() for text in TYPED for end in range(1, len(text) + 1)))


def _bare(connection: Any, typed: str) -> object:
    return connection.execute(_BARE, (match(typed), SHOWN)).fetchall()


def _first_page(typed: str) -> Question:
    """Ask as a list's screen does."""
    return Question(typed, limit=SHOWN, count_to=COUNTED, near=True)


def _opening(what: str, face: Callable[[str], object], bare: Callable[[str], object]) -> Measured:
    """Time the first page of a list, nothing typed; the first time of all, nothing read before, is the note."""
    first = milliseconds(partial(face, ""))
    turns = in_turns([partial(face, "")] * ROUNDS, [partial(bare, "v")] * ROUNDS)
    return Measured(what, median(turns.ours), median(turns.floor), _FLOOR_IS, f"first {first:.1f} ms")


def _each_keystroke(
    what: str, face: Callable[[str], object], bare: Callable[[str], object], texts: Sequence[str] = ()
) -> Measured:
    """Take the median over all keystrokes of each one's own median, and name the worst keystroke."""
    ours, floor = {}, {}
    for typed in texts or keystrokes():
        milliseconds(partial(face, typed))
        turns = in_turns([partial(face, typed)] * ROUNDS, [partial(bare, typed)] * ROUNDS)
        ours[typed], floor[typed] = median(turns.ours), median(turns.floor)
    worst = max(ours, key=lambda typed: ours[typed])
    note = f"worst {ours[worst]:.1f} ms, at “{worst}”"
    return Measured(what, median(ours.values()), median(floor.values()), _FLOOR_IS, note)
