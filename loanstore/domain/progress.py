"""Telling how far long work is; whoever is told may raise to cancel it."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

T = TypeVar("T")

Progress: TypeAlias = "Callable[[int, int], None]"
"""Is told how much of how much is done, and raises whatever cancels the work."""


class Reached:
    """How far work is that goes through several things one after another; ``total`` counts all of them."""

    def __init__(self, total: int, progress: Progress | None) -> None:
        self._done = 0
        self._total = total
        self._progress = progress

    def through(self, things: Iterable[T]) -> Iterator[T]:
        """Give the things as they are, and tell after each how far it is."""
        for thing in things:
            yield thing
            self._done += 1
            if self._progress is not None:
                self._progress(self._done, self._total)
