"""One label printed again, without a question: on this computer's label printer and the stock it holds."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from loanstore.i18n import _

if TYPE_CHECKING:
    from loanstore.operations.desk import Desk, Done
    from loanstore.operations.printing import LabelJob
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
        machine = self._counter.settings.read()

        def work(desk: Desk) -> Done[LabelJob]:
            from loanstore.operations import printing

            return printing.reprint(desk, code, printing.Place(machine.label_printer, machine.queues))

        def made(job: LabelJob) -> None:
            self._papers.hand_over(job.parcel)
            self._box.show_done(_("Label on its way"), f"{code} · {job.printer.name}")

        self._counter.write(work, made)
