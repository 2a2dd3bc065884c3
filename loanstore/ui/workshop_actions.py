"""What can be done from the workshop: sending, quotes, decisions, taking back, services; told in the strip."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from loanstore.i18n import _, ngettext
from loanstore.wording import short_day

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import date

    from loanstore.domain.loans import Instrument
    from loanstore.domain.repairs import Decision, Outcome
    from loanstore.domain.services import Work
    from loanstore.operations.desk import Desk, Done
    from loanstore.operations.workshop import Sent
    from loanstore.ui.counter import Counter
    from loanstore.ui.error_box import ErrorBox
    from loanstore.ui.screens.desk_papers import DeskPapers


class WorkshopActions(QObject):
    """The gestures behind the workshop's buttons; ``then`` is called once one is stored."""

    def __init__(self, counter: Counter, box: ErrorBox, papers: DeskPapers) -> None:
        super().__init__()
        self._counter = counter
        self._box = box
        self._papers = papers

    def send(self, codes: Sequence[str], repairer: str, fault: str, then: Callable[[], None]) -> None:
        """Send instruments to a repairer, and print the docket."""

        def work(desk: Desk) -> Done[Sent]:
            from loanstore.operations import workshop

            return workshop.send(desk, codes, repairer, fault)

        def sent(made: Sent) -> None:
            n = len(made.repairs)
            said = ngettext("{n} instrument sent to {name}", "{n} instruments sent to {name}", n)
            self._box.show_done(said.format(n=n, name=made.repairer.name))
            self.print_docket(made.repairs)
            then()

        self._counter.write(work, sent)

    def quote(self, code: str, pence: int, then: Callable[[], None]) -> None:
        """Note what the repairer asks."""

        def work(desk: Desk) -> Done[Instrument]:
            from loanstore.operations import workshop

            return workshop.quote(desk, code, pence)

        self._note(work, _("Quote noted"), then)

    def decide(self, code: str, decision: Decision, then: Callable[[], None]) -> None:
        """Note who bears it."""

        def work(desk: Desk) -> Done[Instrument]:
            from loanstore.operations import workshop

            return workshop.decide(desk, code, decision)

        self._note(work, _("Decision noted"), then)

    def take_back(self, codes: Sequence[str], outcome: Outcome, cost: int | None, then: Callable[[], None]) -> None:
        """Take instruments back from the repairer."""

        def work(desk: Desk) -> Done[tuple[Instrument, ...]]:
            from loanstore.operations import workshop

            return workshop.bring_back(desk, codes, outcome, cost)

        def done(back: tuple[Instrument, ...]) -> None:
            n = len(back)
            said = ngettext("{n} instrument back from repair", "{n} instruments back from repair", n).format(n=n)
            self._box.show_done(said, ", ".join(thing.code for thing in back))
            then()

        self._counter.write(work, done)

    def note_done(self, done: Sequence[tuple[str, Work]], on: date) -> None:
        """Note that instruments were serviced, tested or cleaned on a day."""

        def work(desk: Desk) -> Done[tuple[Instrument, ...]]:
            from loanstore.operations import servicing

            return servicing.record_services(desk, done, on)

        n = len(done)
        said = ngettext("{n} noted as done on {day}", "{n} noted as done on {day}", n).format(n=n, day=short_day(on))
        self._counter.write(work, lambda _things: self._box.show_done(said))

    def print_docket(self, repairs: Sequence[str]) -> None:
        """Print the docket of visits to repairers."""

        def work(desk: Desk) -> bytes:
            from loanstore.operations import workshop

            return workshop.docket_pdf(desk, repairs)

        self._counter.read(work, lambda pdf: self._papers.give_out(f"repair-docket-{repairs[0][:13]}", pdf))

    def _note(self, work: Callable[[Desk], Done[Instrument]], said: str, then: Callable[[], None]) -> None:
        def done(thing: Instrument) -> None:
            self._box.show_done(said, thing.code)
            then()

        self._counter.write(work, done)
