"""Labels printed without a question, one again or all that wait: on this computer's label printer, its own stock."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from loanstore.i18n import _, ngettext

if TYPE_CHECKING:
    from loanstore.domain.progress import Progress
    from loanstore.operations.desk import Desk, Done
    from loanstore.operations.printing import LabelJob, Place
    from loanstore.ui.counter import Counter
    from loanstore.ui.error_box import ErrorBox
    from loanstore.ui.printing import Papers


class LabelPrinting(QObject):
    """Makes labels for the label printer and sends them off; what came of it is said in the strip."""

    def __init__(self, counter: Counter, box: ErrorBox, papers: Papers) -> None:
        super().__init__()
        self._counter = counter
        self._box = box
        self._papers = papers

    def reprint(self, code: str) -> None:
        """Print the label of one code again."""
        place = self._place()

        def work(desk: Desk) -> Done[LabelJob]:
            from loanstore.operations import printing

            return printing.reprint(desk, code, place)

        self._counter.write(work, self._send)

    def print_queue(self) -> None:
        """Print all labels that wait, on the stock that the label printer holds."""
        place = self._place()

        def work(desk: Desk, progress: Progress) -> Done[LabelJob]:
            from loanstore.operations import labelling, printing

            return printing.make_job(desk, labelling.Wanted(queued=True), place, progress=progress)

        self._counter.write_long(_("Labels"), work, self._send)

    def _place(self) -> Place:
        from loanstore.operations.printing import Place

        machine = self._counter.settings.read()
        return Place(machine.label_printer, machine.queues)

    def _send(self, job: LabelJob) -> None:
        """Send labels that were made to their printer, and say so."""
        self._papers.hand_over(job.parcel)
        n = job.sheet.labels
        words = ngettext("{n} label on its way", "{n} labels on their way", n).format(n=n)
        first = f"{job.sheet.drawn[0].shown} · " if n == 1 else ""
        self._box.show_done(words, f"{first}{job.printer.name}")
