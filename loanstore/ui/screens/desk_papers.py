"""Paper at the desk: what FINISH made is printed or kept ready for F5, by kind of borrower, and never asked about."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from loanstore.domain.answers import Answer
from loanstore.domain.borrowers import BorrowerKind
from loanstore.domain.scan_effects import Why
from loanstore.i18n import _
from loanstore.ui.set_actions import LABEL_STOCK

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from loanstore.domain.borrowers import Borrower
    from loanstore.operations.desk import Desk, Done
    from loanstore.operations.freezing import AgreementPdf
    from loanstore.operations.labelling import LabelSheet
    from loanstore.operations.outcomes import Outcome
    from loanstore.ui.counter import Answered, Counter
    from loanstore.ui.printing import Papers


class DeskPapers(QObject):
    """Prints agreements when a hand-over is finished, and what was made last when F5 asks for it.

    ``offered`` carries the words of an offer; it holds until the next answer.
    """

    offered = Signal(str)
    given_out = Signal(object)
    failed = Signal(object)

    def __init__(self, counter: Counter, papers: Papers) -> None:
        super().__init__()
        self._counter = counter
        self._papers = papers
        self._last: Callable[[], None] | None = None

    def answered(self, made: Answered) -> None:
        """See to the paper of an answer that finished a hand-over, or that asked for paper."""
        outcome = made.outcome
        if outcome.sent:
            self._give_docket(outcome.sent)
        if outcome.answer is not Answer.FINISHED and (outcome.finished or outcome.returned):
            self._finished(outcome.finished, made.before.borrower, outcome.returned)
        elif outcome.finished:
            self._agreement(outcome.finished, made.before.borrower)
        if outcome.answer is Answer.FINISHED:
            self._finished(outcome.agreement, outcome.borrower, outcome.returned)
        elif outcome.answer is Answer.NOTED and outcome.instrument is None and outcome.why is Why.PLAIN:
            self.print_last()
        self._put_right(outcome)

    def _put_right(self, outcome: Outcome) -> None:
        """Print at once what putting a mismatch right has made: new case labels, or agreements to sign."""
        acts = [partial(self._give_label, outcome.labels)] if outcome.labels else []
        acts += [partial(self._give_agreement, paper) for paper in outcome.papers]
        if not acts:
            return

        def give() -> None:
            for act in acts:
                act()

        self._last = give
        give()

    def _give_label(self, labels: Sequence[str]) -> None:
        def work(desk: Desk) -> Done[LabelSheet]:
            from loanstore.operations import labelling

            return labelling.make_labels(desk, labelling.Wanted(labels), labelling.Onto(LABEL_STOCK))

        self._counter.write(work, lambda sheet: self.give_out(f"case-labels-{labels[0]}", sheet.pdf))

    def print_last(self) -> bool:
        """Print what was just made; tell whether there is anything."""
        if self._last is None:
            return False
        self._last()
        return True

    def offer(self, words: str, give: Callable[[], None]) -> None:
        """Offer a paper until the next answer."""
        self._last = give
        self.offered.emit(words)

    def agreement_made(self, agreement: str, borrower: Borrower) -> None:
        """See to the paper of a hand-over that was made without FINISH."""
        self._agreement(agreement, borrower)

    def offer_agreement(self, agreement: str) -> None:
        """Keep an agreement ready for F5."""
        self.offer(_("Print the agreement") + "   F5", lambda: self._give_agreement(agreement))

    def _finished(self, agreement: str | None, borrower: Borrower | None, returned: tuple[str, ...]) -> None:
        if agreement:
            self._agreement(agreement, borrower)
        if returned and borrower is not None and borrower.kind is BorrowerKind.SETTING:
            self._letter(returned)
        elif returned:
            bringer = borrower.id if borrower is not None else ""
            self.offer(_("Print the receipt") + "   F5", lambda: self._give_receipts(returned, bringer))

    def _letter(self, returned: tuple[str, ...]) -> None:
        """Write to the school what came back and what is missing: printed at once where its agreements are."""
        if BorrowerKind.SETTING.value in self._counter.settings.read().print_agreements:
            self._last = lambda: self._give_letter(returned)
            self._last()
        else:
            self.offer(_("Print the letter") + "   F5", lambda: self._give_letter(returned))

    def _give_letter(self, returned: tuple[str, ...]) -> None:
        def work(desk: Desk) -> bytes:
            from loanstore.operations import letters

            return letters.returns_letter_pdf(desk, returned)

        self._counter.read(work, lambda pdf: self.give_out(f"letter-{returned[0][:13]}", pdf))

    def _give_docket(self, sent: tuple[str, ...]) -> None:
        """Print the docket that goes along to the repairer, and keep it ready for F5."""

        def work(desk: Desk) -> bytes:
            from loanstore.operations import workshop

            return workshop.docket_pdf(desk, sent)

        def give() -> None:
            self._counter.read(work, lambda pdf: self.give_out(f"repairs-{sent[0][:13]}", pdf))

        self._last = give
        give()

    def _agreement(self, agreement: str, borrower: Borrower | None) -> None:
        self._last = lambda: self._give_agreement(agreement)
        wanted = self._counter.settings.read().print_agreements
        if borrower is not None and borrower.kind.value in wanted:
            self._last()
        else:
            self.offered.emit(_("Print the agreement") + "   F5")

    def _give_agreement(self, agreement: str) -> None:
        def work(desk: Desk) -> Done[AgreementPdf]:
            from loanstore.operations import freezing

            return freezing.agreement_pdf(desk, agreement)

        self._counter.write(work, lambda made: self.give_out(f"agreement-{made.code}", made.pdf))

    def _give_receipts(self, returned: tuple[str, ...], bringer: str) -> None:
        def work(desk: Desk) -> bytes:
            from loanstore.operations import receipts

            return receipts.receipts_pdf(desk, returned, bringer)

        self._counter.read(work, lambda pdf: self.give_out(f"receipt-{returned[0][:13]}", pdf))

    def give_out(self, name: str, pdf: bytes) -> None:
        """Print or open a paper; where it can't be, that is said."""
        from loanstore.domain.errors import LoanstoreError

        try:
            path = self._papers.give_out(name, pdf)
        except LoanstoreError as error:
            self.failed.emit(error)
        else:
            self.given_out.emit(path)
