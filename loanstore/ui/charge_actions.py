"""What can be done from the screen of charges: runs, payments, decisions, statements, the finance list."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from loanstore.domain.money import show_pounds
from loanstore.i18n import _, ngettext
from loanstore.wording.charges import posted_words

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import date
    from pathlib import Path

    from loanstore.domain.ledger import Entry, Payment
    from loanstore.domain.progress import Progress
    from loanstore.operations.charging import Run
    from loanstore.operations.desk import Desk, Done
    from loanstore.ui.counter import Counter
    from loanstore.ui.error_box import ErrorBox
    from loanstore.ui.screens.charge_forms import Paid
    from loanstore.ui.screens.desk_papers import DeskPapers


class ChargeActions(QObject):
    """The gestures behind the buttons; ``then`` is called once one is stored."""

    def __init__(self, counter: Counter, box: ErrorBox, papers: DeskPapers) -> None:
        super().__init__()
        self._counter = counter
        self._box = box
        self._papers = papers

    def run(self, to: date) -> None:
        """Post what is due up to a day, telling how far it is; cancelling posts nothing."""

        def work(desk: Desk, progress: Progress) -> Done[Run]:
            from loanstore.operations import charging

            return charging.run(desk, to, progress)

        def done(made: Run) -> None:
            self._box.show_done(_("Charges are posted"), run_words(made))

        self._counter.write_long(_("Posting charges"), work, done)

    def pay(self, code: str, paid: Paid, then: Callable[[], None]) -> None:
        """Record a payment."""

        def work(desk: Desk) -> Done[Payment]:
            from loanstore.operations import paying

            return paying.pay(desk, code, paid.pence, paid.method, on=paid.day, reference=paid.reference)

        def done(made: Payment) -> None:
            self._box.show_done(_("{sum} recorded").format(sum=show_pounds(made.amount)), _("Ctrl+Z takes it back."))
            then()

        self._counter.write(work, done)

    def decide(self, proposal: str, pence: int) -> None:
        """Charge what is proposed."""

        def work(desk: Desk) -> Done[Entry]:
            from loanstore.operations import posting

            return posting.confirm(desk, proposal, pence)

        def done(made: Entry) -> None:
            self._box.show_done(_("{sum} charged").format(sum=show_pounds(made.amount)), made.name)

        self._counter.write(work, done)

    def let_be(self, proposals: Sequence[str]) -> None:
        """Let proposals be: they are not charged, and not proposed again."""

        def work(desk: Desk) -> Done[int]:
            from loanstore.operations import posting

            return posting.let_all_be(desk, proposals)

        def done(n: int) -> None:
            self._box.show_done(ngettext("{n} let be", "{n} let be", n).format(n=n))

        self._counter.write(work, done)

    def take_back(self, entry: str) -> None:
        """Take a charge or a payment back."""

        def work(desk: Desk) -> Done[Entry | Payment]:
            from loanstore.operations import posting

            return posting.reverse(desk, entry)

        def done(made: Entry | Payment) -> None:
            self._box.show_done(_("{sum} taken back").format(sum=show_pounds(made.amount)))

        self._counter.write(work, done)

    def print_statement(self, code: str) -> None:
        """Print a borrower's statement."""

        def work(desk: Desk) -> bytes:
            from loanstore.operations import accounts

            return accounts.statement_pdf(desk, code)

        self._counter.read(work, lambda pdf: self._papers.give_out(f"statement-{code}", pdf))

    def save_finance(self, first: date, last: date, file: Path) -> None:
        """Save the list for the finance system."""

        def work(desk: Desk) -> int:
            from loanstore.operations import accounts

            return len(accounts.write_finance(desk, first, last, file))

        def done(n: int) -> None:
            said = ngettext("{n} line for the finance system is saved", "{n} lines for the finance system are saved", n)
            self._box.show_done(said.format(n=n), str(file))

        self._counter.read(work, done)


def run_words(made: Run) -> str:
    """Say what a run does."""
    from loanstore.operations import charging

    posted, back, held = (made.count(does) for does in (charging.TO_POST, charging.TO_TAKE_BACK, charging.WAITS))
    return posted_words(posted, back, held, made.total)
