"""What can be printed from the lists: borrowers' barcodes, and the card of commands."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

if TYPE_CHECKING:
    from collections.abc import Sequence

    from loanstore.operations.desk import Desk
    from loanstore.storage.lists import BorrowerLine
    from loanstore.ui.counter import Counter
    from loanstore.ui.screens.desk_papers import DeskPapers
    from loanstore.ui.screens.list_screen import ListScreen


class ListActions(QObject):
    """The gestures behind the lists' buttons."""

    def __init__(self, counter: Counter, papers: DeskPapers) -> None:
        super().__init__()
        self._counter = counter
        self._papers = papers

    def print_barcodes(self, screen: ListScreen) -> None:
        """Print the barcodes of the borrowers that are selected, or of all that are listed."""

        def give(lines: Sequence[BorrowerLine]) -> None:
            chosen = [line.id for line in lines]

            def work(desk: Desk) -> bytes:
                from loanstore.operations import papers

                return papers.borrower_sheet_pdf(desk, chosen)

            self._counter.read(work, lambda pdf: self._papers.give_out("borrowers", pdf))

        screen.selection.read(screen.question, give, everything=True)

    def print_commands(self) -> None:
        """Print the card of command barcodes that lies on the desk."""

        def work(desk: Desk) -> bytes:
            from loanstore.operations import papers

            return papers.command_sheet_pdf(desk)

        self._counter.read(work, lambda pdf: self._papers.give_out("commands", pdf))
