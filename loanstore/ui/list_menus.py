"""What can be done with the selected lines of a list, and a list's export: one menu per list, for mouse and keys."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal

from loanstore.i18n import _, ngettext
from loanstore.ui.files import choose_target
from loanstore.ui.screens.list_selection import gone_through

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from datetime import date
    from pathlib import Path

    from PySide6.QtWidgets import QMenu, QWidget

    from loanstore.domain.loans import Instrument
    from loanstore.domain.progress import Progress
    from loanstore.operations.agreeing_later import Agreements
    from loanstore.operations.desk import Desk, Done
    from loanstore.operations.labelling import LabelSheet
    from loanstore.storage.lists import InstrumentLine, LoanLine
    from loanstore.ui.counter import Counter
    from loanstore.ui.error_box import ErrorBox
    from loanstore.ui.screens.desk_papers import DeskPapers
    from loanstore.ui.screens.list_screen import ListScreen


class ListMenus(QObject):
    """Fills the menus of the lists; what came of a choice is said in the strip.

    ``dispose_wanted`` carries the codes that are to leave for good, which a form asks about.
    """

    dispose_wanted = Signal(object)

    def __init__(
        self,
        counter: Counter,
        box: ErrorBox,
        papers: DeskPapers,
        target: Callable[[QWidget, str], Path | None] = choose_target,
    ) -> None:
        super().__init__()
        self._counter = counter
        self._box = box
        self._papers = papers
        self._target = target

    def export_by(self, target: Callable[[QWidget, str], Path | None]) -> None:
        """Have files named in another way than by the system's own dialog."""
        self._target = target

    def attach(self, screen: ListScreen) -> None:
        """Give a list its menu; any list can be exported."""
        fills = {"instruments": self._instruments, "borrowers": self._borrowers, "loans": self._loans}
        fill = fills.get(screen.kind.name)
        if fill is not None:
            screen.offer_actions(lambda menu: fill(screen, menu))
        screen.export_wanted.connect(lambda: self.export(screen))

    def export(self, screen: ListScreen) -> None:
        """Write the selected lines, or the whole list where no two are selected, in the columns that are shown."""
        path = self._target(screen, screen.kind.title)
        if path is None:
            return
        kind, question, columns = screen.kind, screen.question, screen.columns.shown()
        ranges = screen.selection.ranges() if screen.selection.count() > 1 else []

        def work(desk: Desk, progress: Progress) -> int:
            from loanstore.operations import tabling

            wanted = ranges or [(0, kind.ask(desk, question.whole_count()).total - 1)]
            total = sum(last - first + 1 for first, last in wanted)
            tabling.write_rows(path, [column.heading for column in columns], rows(desk, wanted), total, progress)
            return total

        def rows(desk: Desk, wanted: list[tuple[int, int]]) -> Iterator[list[str]]:
            for line in gone_through(kind, desk, question, wanted):
                yield [column.cell(line) for column in columns]

        def done(written: int) -> None:
            said = ngettext("{n} line written", "{n} lines written", written).format(n=f"{written:,}")
            self._box.show_done(path.name, said)

        self._counter.read_long(_("Writing {file}").format(file=path.name), work, done)

    def _instruments(self, screen: ListScreen, menu: QMenu) -> None:
        self._use(screen, menu)
        opened = self._counter.desk
        if opened is None:
            return
        from loanstore.operations import labelling

        sheets = menu.addMenu(_("Print labels on"))
        sheets.setObjectName("labelStocks")
        for stock in labelling.stocks(opened.desk):
            sheets.addAction(stock, partial(self.print_labels, screen, stock))
        menu.addAction(_("Dispose of") + "…", lambda: self.dispose(screen))

    def _borrowers(self, screen: ListScreen, menu: QMenu) -> None:
        self._use(screen, menu)
        menu.addAction(_("Print barcodes"), lambda: self._sheet(screen))

    def _loans(self, screen: ListScreen, menu: QMenu) -> None:
        self._use(screen, menu)
        menu.addAction(_("Renew"), lambda: self.renew(screen))
        menu.addAction(_("Make the agreement"), lambda: self.agree(screen))

    def _use(self, screen: ListScreen, menu: QMenu) -> None:
        """Offer the desk for one thing alone: several in a row would be lent, or brought back, unseen."""
        lines = screen.chosen_lines()
        if screen.selection.count() == 1 and lines:
            code = screen.kind.code_of(lines[0])
            menu.addAction(_("Use at the desk"), lambda: screen.choose.emit(code))

    def print_labels(self, screen: ListScreen, stock: str) -> None:
        """Print the labels of the selected instruments on a stock."""

        def give(lines: Sequence[InstrumentLine]) -> None:
            codes = [line.code for line in lines]

            def work(desk: Desk, progress: Progress) -> Done[LabelSheet]:
                from loanstore.operations import labelling

                return labelling.make_labels(desk, labelling.Wanted(codes), labelling.Onto(stock), progress=progress)

            self._counter.write_long(
                _("Printing labels"), work, lambda sheet: self._papers.give_out("labels", sheet.pdf)
            )

        self._with_selected(screen, give)

    def dispose(self, screen: ListScreen) -> None:
        """Ask how the selected instruments leave for good."""
        self._with_selected(screen, lambda lines: self.dispose_wanted.emit([line.code for line in lines]))

    def renew(self, screen: ListScreen) -> None:
        """Renew the selected loans, all of them or none."""

        def give(lines: Sequence[LoanLine]) -> None:
            loans = [line.id for line in lines]

            def work(desk: Desk) -> Done[tuple[tuple[Instrument, date], ...]]:
                from loanstore.operations import lending

                return lending.renew_all(desk, loans)

            self._counter.write(work, self._renewed)

        self._with_selected(screen, give)

    def agree(self, screen: ListScreen) -> None:
        """Make agreements for the selected loans that have none, one for each borrower, and give them out."""

        def give(lines: Sequence[LoanLine]) -> None:
            loans = [line.id for line in lines]

            def work(desk: Desk) -> Done[Agreements]:
                from loanstore.operations import agreeing_later

                return agreeing_later.agree_on(desk, loans)

            self._counter.write(work, self._agreed)

        self._with_selected(screen, give)

    def _agreed(self, made: Agreements) -> None:
        n = len(made.codes)
        self._papers.give_out(f"agreement-{made.codes[0]}", made.pdf)
        self._box.show_done(ngettext("{n} agreement made", "{n} agreements made", n).format(n=n), ", ".join(made.codes))

    def _renewed(self, made: tuple[tuple[Instrument, date], ...]) -> None:
        from loanstore.wording import short_day

        n = len(made)
        days = sorted({due for _thing, due in made})
        until = _("due {day}").format(day=" – ".join(short_day(day) for day in dict.fromkeys((days[0], days[-1]))))
        self._box.show_done(ngettext("{n} loan renewed", "{n} loans renewed", n).format(n=n), until)

    def _sheet(self, screen: ListScreen) -> None:
        def give(lines: Sequence[Any]) -> None:
            chosen = [line.id for line in lines]

            def work(desk: Desk) -> bytes:
                from loanstore.operations import papers

                return papers.borrower_sheet_pdf(desk, chosen)

            self._counter.read(work, lambda pdf: self._papers.give_out("borrowers", pdf))

        self._with_selected(screen, give)

    def _with_selected(self, screen: ListScreen, give: Callable[[Sequence[Any]], None]) -> None:
        screen.selection.read(screen.question, give)
