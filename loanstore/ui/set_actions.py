"""The gestures behind the class sets screen: each is asked of the counter, and what came of it is handed back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import date
    from pathlib import Path

    from loanstore.domain.class_sets import ClassSet, Member
    from loanstore.operations.allocating import Allocated
    from loanstore.operations.desk import Desk, Done
    from loanstore.operations.grouping import Grouped, Swapped
    from loanstore.operations.labelling import LabelSheet
    from loanstore.operations.set_lending import SetBack, SetLent
    from loanstore.storage.lists import BorrowerLine
    from loanstore.ui.counter import Counter
    from loanstore.ui.screens.desk_papers import DeskPapers

LABEL_STOCK: Final = "avery-l7160"
FOUND: Final = 6


class SetActions:
    """Does what the screen asks, on the set whose code is given first."""

    def __init__(self, counter: Counter, papers: DeskPapers) -> None:
        self._counter = counter
        self._papers = papers

    def make(self, name: str, done: Callable[[Grouped], None]) -> None:
        """Make an empty set, to be scanned full."""

        def work(desk: Desk) -> Done[Grouped]:
            from loanstore.operations import grouping

            return grouping.make(desk, name)

        self._counter.write(work, done)

    def rename(self, code: str, name: str, done: Callable[[ClassSet], None]) -> None:
        """Call a set something else."""

        def work(desk: Desk) -> Done[ClassSet]:
            from loanstore.operations import grouping

            return grouping.rename(desk, code, name)

        self._counter.write(work, done)

    def dissolve(self, code: str, done: Callable[[ClassSet], None]) -> None:
        """Dissolve a set."""

        def work(desk: Desk) -> Done[ClassSet]:
            from loanstore.operations import grouping

            return grouping.dissolve(desk, code)

        self._counter.write(work, done)

    def add(self, code: str, instrument: str, done: Callable[[Grouped], None]) -> None:
        """Let an instrument join."""

        def work(desk: Desk) -> Done[Grouped]:
            from loanstore.operations import grouping

            return grouping.add(desk, code, [instrument])

        self._counter.write(work, done)

    def remove(self, code: str, instrument: str, done: Callable[[Grouped], None]) -> None:
        """Take an instrument out."""

        def work(desk: Desk) -> Done[Grouped]:
            from loanstore.operations import grouping

            return grouping.remove(desk, code, [instrument])

        self._counter.write(work, done)

    def swap(self, code: str, broken: str, new: str, done: Callable[[Swapped], None]) -> None:
        """Put another in the place of a broken one."""

        def work(desk: Desk) -> Done[Swapped]:
            from loanstore.operations import grouping

            return grouping.swap(desk, code, broken, new)

        self._counter.write(work, done)

    def lend(self, code: str, borrower: str, due: date | None, done: Callable[[SetLent], None]) -> None:
        """Lend all that is in."""

        def work(desk: Desk) -> Done[SetLent]:
            from loanstore.operations import set_lending

            return set_lending.lend(desk, code, borrower, due)

        self._counter.write(work, done)

    def move(self, code: str, borrower: str, due: date | None, done: Callable[[SetLent], None]) -> None:
        """Pass on all that is out."""

        def work(desk: Desk) -> Done[SetLent]:
            from loanstore.operations import set_lending

            return set_lending.move(desk, code, borrower, due)

        self._counter.write(work, done)

    def bring_back(self, code: str, instrument: str, done: Callable[[SetBack], None]) -> None:
        """Bring one back."""

        def work(desk: Desk) -> Done[SetBack]:
            from loanstore.operations import set_lending

            return set_lending.bring_back(desk, code, [instrument])

        self._counter.write(work, done)

    def bring_all_back(self, code: str, done: Callable[[SetBack], None]) -> None:
        """Bring all back as counted."""

        def work(desk: Desk) -> Done[SetBack]:
            from loanstore.operations import set_lending

            return set_lending.bring_all_back(desk, code)

        self._counter.write(work, done)

    def allocate(
        self, code: str, names: Sequence[str], order: Sequence[str], done: Callable[[Allocated], None]
    ) -> None:
        """Give names to instruments."""

        def work(desk: Desk) -> Done[Allocated]:
            from loanstore.operations import allocating

            return allocating.allocate(desk, code, names, order)

        self._counter.write(work, done)

    def clear_names(self, code: str, done: Callable[[tuple[Member, ...]], None]) -> None:
        """Take all names off."""

        def work(desk: Desk) -> Done[tuple[Member, ...]]:
            from loanstore.operations import allocating

            return allocating.take_back(desk, code)

        self._counter.write(work, done)

    def read_names(self, path: Path, done: Callable[[tuple[str, ...]], None]) -> None:
        """Read a class list from a file."""

        def work(_desk: Desk) -> tuple[str, ...]:
            from loanstore.operations import allocating

            return allocating.read_names(path)

        self._counter.read(work, done)

    def find_borrowers(self, typed: str, done: Callable[[tuple[BorrowerLine, ...]], None]) -> None:
        """Find whom typed words may mean."""

        def work(desk: Desk) -> tuple[BorrowerLine, ...]:
            from loanstore.operations import browsing

            return browsing.list_borrowers(desk, typed, FOUND).lines

        self._counter.read(work, done, name="set-borrowers")

    def print_list(self, code: str) -> None:
        """Print the list of a set."""

        def work(desk: Desk) -> bytes:
            from loanstore.operations import set_papers

            return set_papers.set_list_pdf(desk, code)

        self._counter.read(work, lambda pdf: self._papers.give_out(f"set-{code}", pdf))

    def print_label(self, code: str) -> None:
        """Print the label of a set, as the first of a sheet."""

        def work(desk: Desk) -> Done[LabelSheet]:
            from loanstore.operations import labelling

            return labelling.make_labels(desk, labelling.Wanted([code]), labelling.Onto(LABEL_STOCK))

        self._counter.write(work, lambda sheet: self._papers.give_out(f"set-label-{code}", sheet.pdf))

    def print_agreement(self, agreement: str) -> None:
        """Print the agreement of a hand-over."""

        def work(desk: Desk) -> bytes:
            from loanstore.operations import freezing

            return freezing.agreement_pdf(desk, agreement).result.pdf

        self._counter.read(work, lambda pdf: self._papers.give_out(f"agreement-{agreement}", pdf))

    def print_letter(self, loans: Sequence[str]) -> None:
        """Print the letter to the school for what came back."""

        def work(desk: Desk) -> bytes:
            from loanstore.operations import letters

            return letters.returns_letter_pdf(desk, loans)

        self._counter.read(work, lambda pdf: self._papers.give_out("returns-letter", pdf))
