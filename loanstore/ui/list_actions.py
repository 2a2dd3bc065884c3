"""What can be done from the lists: bringing in a spreadsheet, and printing borrowers' barcodes."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QFileDialog, QWidget

from loanstore.i18n import _, ngettext

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from loanstore.domain.import_fields import ImportKind
    from loanstore.operations.desk import Desk, Done
    from loanstore.operations.importing import Imported
    from loanstore.storage.lists import BorrowerLine
    from loanstore.ui.counter import Counter
    from loanstore.ui.error_box import ErrorBox
    from loanstore.ui.screens.desk_papers import DeskPapers
    from loanstore.ui.screens.list_screen import ListScreen


def choose_list(parent: QWidget) -> Path | None:
    """Let a person choose a spreadsheet."""
    kinds = _("Lists (*.csv *.xlsx *.txt *.tsv)")
    said, _kind = QFileDialog.getOpenFileName(parent, _("Import a list"), "", kinds)
    return Path(said) if said else None


class ListActions(QObject):
    """The gestures behind the lists' buttons; what came of them is said in the strip."""

    def __init__(
        self,
        counter: Counter,
        box: ErrorBox,
        papers: DeskPapers,
        choose: Callable[[QWidget], Path | None] = choose_list,
    ) -> None:
        super().__init__()
        self._counter = counter
        self._box = box
        self._papers = papers
        self._choose = choose

    def choose_by(self, choose: Callable[[QWidget], Path | None]) -> None:
        """Have files chosen in another way than by the system's own dialog."""
        self._choose = choose

    def import_list(self, parent: QWidget, kind: ImportKind) -> None:
        """Import a file that a person chooses."""
        path = self._choose(parent)
        if path is None:
            return

        def work(desk: Desk, progress: Callable[[int, int], None]) -> Done[Imported]:
            from loanstore.operations import importing

            return importing.import_file(desk, importing.Plan(path, kind), progress)

        def done(made: Imported) -> None:
            self._box.show_done(path.name, imported_words(made))

        self._counter.write_long(_("Importing"), work, done)

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


def imported_words(made: Imported) -> str:
    """Say what an import did, in one line; what was refused stands in the command line's report row by row."""
    parts = [
        ngettext("{n} new", "{n} new", made.created).format(n=made.created),
        _("{n} updated").format(n=made.updated) if made.updated else "",
        _("{n} unchanged").format(n=made.unchanged) if made.unchanged else "",
        _("{n} repaired").format(n=len(made.repaired)) if made.repaired else "",
    ]
    rows = ", ".join(str(one.row) for one in made.refused[:8])
    if made.refused:
        parts.append(_("{n} refused (rows {rows})").format(n=len(made.refused), rows=rows))
    return " · ".join(filter(None, parts))
