"""Taking turns with a floor: interleaved rounds and medians, so that other load on the machine hits both alike."""

from __future__ import annotations

from dataclasses import dataclass
from time import perf_counter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence


@dataclass(frozen=True, slots=True)
class Measured:
    """One line of the table: ours and its floor, in milliseconds or as ``unit`` says, and what else is worth saying."""

    what: str
    ours: float
    floor: float
    floor_is: str
    note: str = ""
    unit: str = "ms"

    @property
    def ratio(self) -> float:
        """Give how many times its floor ours is."""
        return self.ours / self.floor


@dataclass(frozen=True, slots=True)
class Turns:
    """What each piece of work took, in milliseconds."""

    ours: list[float]
    floor: list[float]


def milliseconds(work: Callable[[], object]) -> float:
    """Time one piece of work."""
    begun = perf_counter()
    work()
    return (perf_counter() - begun) * 1000


def in_turns(ours: Sequence[Callable[[], object]], floor: Sequence[Callable[[], object]], batch: int = 1) -> Turns:
    """Time both rows of work, a few of ours, a few of the floor's, and again, the first to go changing."""
    taken = Turns([], [])
    sides = [(ours, taken.ours), (floor, taken.floor)]
    for start in range(0, max(len(ours), len(floor)), batch):
        for works, times in sides:
            times += [milliseconds(work) for work in works[start : start + batch]]
        sides.reverse()
    return taken
