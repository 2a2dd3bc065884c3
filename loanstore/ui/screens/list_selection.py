"""What is selected in a list, however much of it has been read: the lines, how many, and what they add up to."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QItemSelection, QItemSelectionModel

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from loanstore.domain.listings import Question
    from loanstore.operations.desk import Desk
    from loanstore.ui.counter import Counter
    from loanstore.ui.paged_model import PagedModel
    from loanstore.ui.screens.list_kind import ListKind
    from loanstore.ui.screens.list_table import Table

CHUNK: Final = 5000
"""So many lines are read at once where a whole list is gone through."""


class Selection:
    """The selected rows as ranges: a whole list of any length is one range."""

    def __init__(self, kind: ListKind, table: Table, model: PagedModel[Any], counter: Counter) -> None:
        self._kind = kind
        self._table = table
        self._model = model
        self._counter = counter

    def count(self) -> int:
        """Count the selected lines."""
        return sum(last - first + 1 for first, last in self.ranges())

    def ranges(self) -> list[tuple[int, int]]:
        """Give the first and last row of each run of selected rows."""
        chosen = self._table.selectionModel().selection()
        parts = [chosen.at(at) for at in range(chosen.count())]
        rows = sorted((part.top(), part.bottom()) for part in parts)
        joined: list[tuple[int, int]] = []
        for first, last in rows:
            if joined and first <= joined[-1][1] + 1:
                joined[-1] = (joined[-1][0], max(last, joined[-1][1]))
            else:
                joined.append((first, last))
        return joined

    def lines(self) -> tuple[Any, ...]:
        """Give the selected lines, of those that have been read."""
        return self._read_of(self.ranges())

    def read(self, question: Question, act: Callable[[tuple[Any, ...]], None], *, everything: bool = False) -> None:
        """Do something with all selected lines once those that had not been read are read.

        With ``everything``, no selection means the whole list.
        """
        ranges = self.ranges_or_all() if everything else self.ranges()
        here = self._read_of(ranges)
        if len(here) == sum(last - first + 1 for first, last in ranges):
            act(here)
            return

        def work(desk: Desk) -> tuple[Any, ...]:
            return tuple(gone_through(self._kind, desk, question, ranges))

        self._counter.read(work, act)

    def ranges_or_all(self) -> list[tuple[int, int]]:
        """Give the selected ranges, or the whole list as one where nothing is selected."""
        rows = self._model.rowCount()
        return self.ranges() or ([(0, rows - 1)] if rows else [])

    def add_up(self, question: Question, say: Callable[[int], None]) -> None:
        """Add up what the selected lines are worth, in pence; pages that have not been read are added up below."""
        adds, worth = self._kind.adds, self._kind.worth
        ranges = self.ranges()
        if adds is None or not ranges:
            return
        lines = self.lines()
        if len(lines) == self.count():
            say(sum(adds(line) for line in lines))
        elif worth is not None:
            pages = [question.page(first, last - first + 1) for first, last in ranges]
            add = worth
            self._counter.read(
                lambda desk: sum(add(desk, page) for page in pages), say, name=f"worth-{self._kind.name}"
            )

    def _read_of(self, ranges: list[tuple[int, int]]) -> tuple[Any, ...]:
        return tuple(line for first, last in ranges for line in self._model.between(first, last))

    def kept(self) -> frozenset[str] | None:
        """Remember which lines are selected, by their codes, before the list is read again; None for all of them."""
        if self.count() and self.count() == self._model.rowCount():
            return None
        return frozenset(self._kind.code_of(line) for line in self.lines())

    def restore(self, kept: frozenset[str] | None) -> None:
        """Select the same lines again."""
        if kept is None:
            self._table.selectAll()
        if not kept:
            return
        chosen = QItemSelection()
        last = len(self._kind.columns) - 1
        for row in range(self._model.rowCount()):
            if not self._model.has(row):
                break
            if self._kind.code_of(self._model.line(row)) in kept:
                chosen.select(self._model.index(row, 0), self._model.index(row, last))
        flag = QItemSelectionModel.SelectionFlag
        self._table.selectionModel().select(chosen, flag.ClearAndSelect)


def gone_through(kind: ListKind, desk: Desk, question: Question, ranges: list[tuple[int, int]]) -> Iterator[Any]:
    """Read the lines of some ranges of a list, a chunk at a time."""
    for first, last in ranges:
        for offset in range(first, last + 1, CHUNK):
            yield from kind.ask(desk, question.page(offset, min(CHUNK, last + 1 - offset))).lines
