"""Asking for part of a list: what is typed, chosen and sorted by, and which lines of how many come back."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, TypeVar

from loanstore.domain.search import words

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

Line = TypeVar("Line")


@dataclass(frozen=True, slots=True)
class Question:
    """Which lines of a list are wanted.

    ``find`` holds beginnings of words, all of which must be met. ``sort`` names what to sort by, empty for the
    list's own order; ``filters`` pairs the names of filters with what was chosen. ``offset`` and ``limit`` cut
    the page. ``count_to`` is how far it is worth counting, None for to the end. With ``near``, lines that are
    only like what was typed follow where next to nothing is found.
    """

    find: str = ""
    sort: str = ""
    descending: bool = False
    filters: tuple[tuple[str, str], ...] = ()
    offset: int = 0
    limit: int | None = None
    count_to: int | None = None
    near: bool = False

    @property
    def chosen(self) -> dict[str, str]:
        """The filters that are set, by name."""
        return {name: value for name, value in self.filters if value}

    def page(self, offset: int, limit: int | None) -> Question:
        """Ask the same of another page."""
        return replace(self, offset=offset, limit=limit)

    def whole_count(self) -> Question:
        """Ask for no line, but for how many there are in all."""
        return replace(self, offset=0, limit=0, count_to=None)


@dataclass(frozen=True, slots=True)
class Listing:
    """A page of a list and how many lines the whole has.

    ``more`` says that counting stopped at ``total``. The last ``near`` lines are only like what was typed;
    ``meant`` holds the words that were taken for the typed ones.
    """

    total: int
    lines: tuple[Any, ...]
    more: bool = False
    near: int = 0
    meant: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Reading:
    """How a line of a short list is read: its words, and by name what it sorts by and what its filters look at."""

    text: Callable[[Any], str]
    sorts: Mapping[str, Callable[[Any], Any]]
    filters: Mapping[str, Callable[[Any], str]]


def answer(lines: Sequence[Line], question: Question, reading: Reading) -> Listing:
    """Answer a question from the lines of a short list that is all at hand."""
    typed = words(question.find)
    chosen = question.chosen
    found = [
        line
        for line in lines
        if _bears(reading.text(line), typed)
        and all(reading.filters[name](line) == value for name, value in chosen.items())
    ]
    if question.sort:
        found.sort(key=reading.sorts[question.sort], reverse=question.descending)
    end = None if question.limit is None else question.offset + question.limit
    return Listing(len(found), tuple(found[question.offset : end]))


def _bears(text: str, typed: Sequence[str]) -> bool:
    borne = words(text) if typed else []
    return all(any(word.startswith(begun) for word in borne) for begun in typed)
