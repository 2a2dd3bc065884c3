"""What can be done from the stocktake screen: begin, bring back, close, print and save."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFileDialog, QWidget

from loanstore.i18n import _, ngettext

if TYPE_CHECKING:
    from collections.abc import Callable

    from loanstore.domain.places import Place
    from loanstore.domain.progress import Progress
    from loanstore.domain.stocktakes import Stocktake
    from loanstore.operations.desk import Desk, Done
    from loanstore.operations.lending import BroughtBack
    from loanstore.operations.stocktaking import Closed
    from loanstore.ui.counter import Counter
    from loanstore.ui.error_box import ErrorBox
    from loanstore.ui.screens.desk_papers import DeskPapers

_MOST_NAMED = 8


def choose_file(parent: QWidget) -> Path | None:
    """Let a person say where the spreadsheet goes."""
    said, _kind = QFileDialog.getSaveFileName(parent, _("Save the report"), "", "Excel (*.xlsx);;CSV (*.csv)")
    return Path(said) if said else None


class StocktakeWork:
    """The gestures behind the screen's buttons; what came of them is said in the strip."""

    def __init__(self, counter: Counter, papers: DeskPapers, box: ErrorBox) -> None:
        self._counter = counter
        self._papers = papers
        self._box = box
        self._choose: Callable[[QWidget], Path | None] = choose_file

    def choose_by(self, choose: Callable[[QWidget], Path | None]) -> None:
        """Have files named in another way than by the system's own dialog."""
        self._choose = choose

    def ask_places(self, done: Callable[[tuple[Place, ...]], None]) -> None:
        """Find the places where no stock is being taken."""

        def work(desk: Desk) -> tuple[Place, ...]:
            from loanstore.operations import stocktaking

            return stocktaking.places_to_count(desk)

        self._counter.read(work, done, name="stocktake-places")

    def begin(self, place: str | None, done: Callable[[Stocktake], None]) -> None:
        """Begin a stocktake of a place, or of everything."""

        def work(desk: Desk) -> Done[Stocktake]:
            from loanstore.operations import stocktaking

            return stocktaking.begin(desk, place)

        self._counter.write(work, done)

    def bring_back(self, stocktake: str, codes: list[str] | None) -> None:
        """Bring back what is here though on loan: what is named, or all of it."""

        def work(desk: Desk) -> Done[tuple[BroughtBack, ...]]:
            from loanstore.operations import stocktaking

            return stocktaking.bring_back(desk, stocktake, codes)

        def brought(back: tuple[BroughtBack, ...]) -> None:
            n = len(back)
            told = ngettext("{n} instrument is back", "{n} instruments are back", n).format(n=n)
            self._box.show_done(told, ", ".join(one.instrument.code for one in back[:_MOST_NAMED]))

        self._counter.write(work, brought)

    def close(self, stocktake: str, missing: tuple[str, ...]) -> None:
        """Close a stocktake and set missing what was confirmed; it may be cancelled half-way."""

        def work(desk: Desk, progress: Progress) -> Done[Closed]:
            from loanstore.operations import stocktaking

            return stocktaking.close(desk, stocktake, missing, progress)

        def closed(made: Closed) -> None:
            from loanstore.wording import stocktakes

            self._box.show_done(stocktakes.closed(made))

        self._counter.write_long(_("Closing the stocktake"), work, closed)

    def print_report(self, stocktake: str) -> None:
        """Print the report, as far as it is."""

        def work(desk: Desk, progress: Progress) -> bytes:
            from loanstore.operations import stocktake_reports

            return stocktake_reports.report_pdf(desk, stocktake, progress)

        drawing, name = _("Drawing the report"), f"stocktake-{stocktake[:13]}"
        self._counter.read_long(drawing, work, lambda pdf: self._papers.give_out(name, pdf))

    def save_report(self, parent: QWidget, stocktake: str) -> None:
        """Save the report as a spreadsheet that a person names."""
        path = self._choose(parent)
        if path is None:
            return
        file = path if path.suffix else path.with_suffix(".xlsx")

        def work(desk: Desk, progress: Progress) -> Path:
            from loanstore.operations import stocktake_reports, tabling

            table = stocktake_reports.report_table(desk, stocktake_reports.report(desk, stocktake))
            write = tabling.write_csv if file.suffix.lower() == ".csv" else tabling.write_xlsx
            write(file, table, progress)
            return file

        writing, saved = _("Writing {file}").format(file=file.name), _("The report is saved")
        self._counter.read_long(writing, work, lambda made: self._box.show_done(saved, made.name))
