"""What one list is: its words, its columns, what it can be narrowed down to, and how its lines are read."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final

from loanstore.domain.listings import Listing, Question, Reading, answer

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from loanstore.operations.desk import Desk
    from loanstore.ui.table_model import Column

MOST: Final = 5000
"""So many lines are read of a list that is read whole; finding narrows the rest down."""


@dataclass(frozen=True, slots=True)
class Filter:
    """What a list can be narrowed down to.

    ``every`` is what stands there while nothing is chosen; ``choices`` gives values with their words. A list that
    is read whole looks at ``of`` a line; a paged one hands the value on under ``name``.
    """

    name: str
    heading: str
    every: str
    choices: Callable[[Desk], Sequence[tuple[str, str]]]
    of: Callable[[Any], str] | None = None


@dataclass(frozen=True, slots=True)
class ListKind:
    """What one list is: its name in the program, its words, its columns, and how its lines are found.

    ``find`` gives a short list whole, for what is typed and up to so many lines; ``fetch`` gives a page of a
    long one and does all the sorting and filtering itself. A list has one of the two. ``code_of`` gives the code
    whose card Enter opens; ``empty`` what would fill the list. ``adds`` is what a selected line adds to the sum
    at the foot, in pence, and ``worth`` adds up a page that has not been read.
    """

    name: str
    title: str
    find_hint: str
    columns: tuple[Column[Any], ...]
    find: Callable[[Desk, str, int], Listing] | None
    code_of: Callable[[Any], str]
    empty: str
    redraw_on: frozenset[str]
    many: bool = False
    fetch: Callable[[Desk, Question], Listing] | None = None
    filters: tuple[Filter, ...] = ()
    adds: Callable[[Any], int] | None = None
    worth: Callable[[Desk, Question], int] | None = None

    def ask(self, desk: Desk, question: Question) -> Listing:
        """Answer a question about the list."""
        if self.fetch is not None:
            return self.fetch(desk, question)
        if self.find is None:
            raise TypeError(f"the list {self.name} has neither find nor fetch")
        found = self.find(desk, question.find, MOST)
        made = answer(found.lines, replace(question, find=""), self._reading())
        return replace(made, more=True, total=len(found.lines)) if found.total > len(found.lines) else made

    def _reading(self) -> Reading:
        sorts = {column.name: column.order_of for column in self.columns}
        return Reading(self._text, sorts, {one.name: one.of for one in self.filters if one.of is not None})

    def _text(self, line: Any) -> str:  # noqa: ANN401 - a line of whatever the list is of
        return " ".join(column.says(line) for column in self.columns)


def whole(read: Callable[[Desk], Sequence[Any]], columns: Sequence[Column[Any]]) -> Callable[[Desk, str, int], Listing]:
    """Make the ``find`` of a short list from whatever reads all its lines: words are found in what its columns say."""

    def find(desk: Desk, typed: str, limit: int) -> Listing:
        reading = Reading(lambda line: " ".join(column.says(line) for column in columns), {}, {})
        return answer(read(desk), Question(typed, limit=limit), reading)

    return find
