"""What can be done with requests from the window: setting aside, changing, closing, letters, and the swap up a size."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from loanstore.domain.errors import Refused
from loanstore.domain.values import read_day
from loanstore.i18n import _, ngettext
from loanstore.ui.ask_bar import Field
from loanstore.wording import day
from loanstore.wording.requests import asked, swap_warning

if TYPE_CHECKING:
    from collections.abc import Sequence

    from loanstore.domain.loans import Instrument
    from loanstore.domain.requests import RequestLine
    from loanstore.operations.collecting import Letters
    from loanstore.operations.desk import Desk, Done
    from loanstore.operations.requesting import Asked, Wanted
    from loanstore.operations.setting_aside import SetAside
    from loanstore.operations.swapping import Swapped
    from loanstore.storage.request_lists import AsideLine, RequestListLine
    from loanstore.ui.ask_bar import AskBar
    from loanstore.ui.counter import Counter
    from loanstore.ui.error_box import ErrorBox
    from loanstore.ui.screens.desk_papers import DeskPapers


class RequestActions(QObject):
    """The gestures behind the buttons; what came of them is said in the strip. ``swapped`` tells of a swap."""

    swapped = Signal(object)
    asked_for = Signal(object)

    def __init__(self, counter: Counter, bar: AskBar, box: ErrorBox, papers: DeskPapers) -> None:
        super().__init__()
        self._counter = counter
        self._bar = bar
        self._box = box
        self._papers = papers

    def leave(self) -> None:
        """Ask no more for what was begun."""
        self._bar.leave()

    def swap(self, old: str = "") -> None:
        """Ask what comes back and what goes out for it, and swap them."""
        fields = (
            Field("swapOld", _("Comes back"), old, _("Scan or type"), scanned=True),
            Field("swapNew", _("Goes out"), "", _("Scan or type"), scanned=True),
            Field("swapCondition", _("Condition of what comes back"), "", _("as it was"), needed=False),
            Field("swapMissing", _("Missing"), "", _("nothing"), needed=False),
        )
        self._bar.ask(_("Swap for another size"), _("Swap"), fields, self._swap)

    def _swap(self, texts: list[str]) -> None:
        old, new, condition, missing = texts
        lacking = tuple(part.strip() for part in missing.split(",") if part.strip())

        def work(desk: Desk) -> Done[Swapped]:
            from loanstore.operations import swapping

            return swapping.swap(desk, old, new, condition or None, lacking)

        def done(made: Swapped) -> None:
            self._bar.leave()
            back, out = _called(made.back), _called(made.out)
            said = _("{borrower} has it until {due}. Agreement {agreement}, F5 prints it.").format(
                borrower=made.borrower.label, due=day(made.due), agreement=made.agreement
            )
            warning = swap_warning(made.step, back, out)
            title = _("{old} is back, {new} is lent").format(old=back, new=out)
            self._box.show_done(title, f"{warning} {said}".strip())
            self._papers.agreement_made(made.agreement, made.borrower)
            self.swapped.emit(made)

        self._counter.write(work, done)

    def ask_for(self, borrower: str, wanted: Sequence[Wanted]) -> None:
        """Note what a borrower asks for."""

        def work(desk: Desk) -> Done[Asked]:
            from loanstore.operations import requesting

            return requesting.ask_for(desk, borrower, wanted)

        def done(made: Asked) -> None:
            said = ", ".join(f"{line.number} × {asked(line.type, line.size)}" for line in made.lines)
            self._box.show_done(_("Noted for {borrower}").format(borrower=made.borrower.label), said)
            self.asked_for.emit(made)

        self._counter.write(work, done)

    def set_aside(self, line: RequestListLine) -> None:
        """Ask which instrument to keep for a request; one that stands in the store is suggested."""

        def work(desk: Desk) -> str:
            from loanstore.operations import setting_aside

            return setting_aside.suggest(desk, line.code)

        def ask(code: str) -> None:
            what = asked(line.type, line.size)
            words = _("Set aside for {borrower}: {what}").format(
                borrower=line.borrower_name or line.borrower, what=what
            )
            hint = _("Scan or type")
            field = Field("asideCode", _("Instrument"), code, hint, scanned=True)
            self._bar.ask(words, _("Set aside"), (field,), lambda texts: self._set_aside(line, texts[0]))

        self._counter.read(work, ask, name="suggest")

    def _set_aside(self, line: RequestListLine, code: str) -> None:
        def work(desk: Desk) -> Done[SetAside]:
            from loanstore.operations import setting_aside

            return setting_aside.set_aside(desk, code, line.borrower, request=line.code)

        def done(made: SetAside) -> None:
            self._bar.leave()
            title = _("{what} ({code}) is set aside").format(what=_called(made.instrument), code=made.instrument.code)
            said = _("Kept for {borrower} until {until}.").format(borrower=made.borrower.label, until=day(made.until))
            self._box.show_done(title, said)

        self._counter.write(work, done)

    def change(self, line: RequestListLine) -> None:
        """Ask how many are wanted and by when."""
        fields = (
            Field("changeNumber", _("How many"), str(line.number)),
            Field("changeDay", _("Wanted by"), line.wanted_by or "", _("no day"), needed=False),
        )
        words = _("{what} for {borrower}").format(
            what=asked(line.type, line.size), borrower=line.borrower_name or line.borrower
        )
        self._bar.ask(words, _("Change"), fields, lambda texts: self._change(line, *texts))

    def _change(self, line: RequestListLine, number: str, by: str) -> None:
        try:
            wanted_by = typed_day(by)
            count = typed_number(number)
        except Refused as refused:
            self._box.show_error(refused)
            return

        def work(desk: Desk) -> Done[RequestLine]:
            from loanstore.operations import requesting

            what = requesting.Change(count, wanted_by, without_day=wanted_by is None and line.wanted_by is not None)
            return requesting.change(desk, line.code, what)

        self._counter.write(work, lambda _line: self._bar.leave())

    def withdraw(self, line: RequestListLine) -> None:
        """Close a request that nobody wants any more."""

        def work(desk: Desk) -> Done[RequestLine]:
            from loanstore.operations import requesting

            return requesting.withdraw(desk, line.code)

        said = _("{what} for {borrower}. Ctrl Z takes it back.").format(
            what=asked(line.type, line.size), borrower=line.borrower_name or line.borrower
        )
        self._counter.write(work, lambda _line: self._box.show_done(_("Withdrawn"), said))

    def release(self, line: AsideLine) -> None:
        """Put what was set aside back into stock."""

        def work(desk: Desk) -> Done[Instrument]:
            from loanstore.operations import setting_aside

            return setting_aside.release(desk, line.code)

        def done(thing: Instrument) -> None:
            self._box.show_done(_("{code} is in store again").format(code=thing.code), _("Ctrl Z takes it back."))

        self._counter.write(work, done)

    def release_lapsed(self) -> None:
        """Put everything back into stock that was kept to a day that is past."""

        def work(desk: Desk) -> Done[tuple[Instrument, ...]]:
            from loanstore.operations import setting_aside

            return setting_aside.release_lapsed(desk)

        def done(things: tuple[Instrument, ...]) -> None:
            n = len(things)
            said = ngettext("{n} instrument is in store again", "{n} instruments are in store again", n).format(n=n)
            self._box.show_done(said, _("Ctrl Z takes it back."))

        self._counter.write(work, done)

    def print_letters(self, borrowers: Sequence[str]) -> None:
        """Print the letters to these borrowers, or to everybody who may collect something."""

        def work(desk: Desk) -> Letters:
            from loanstore.operations import collecting

            return collecting.letters_pdf(desk, borrowers)

        self._counter.read(work, lambda made: self._papers.give_out("collection-letters", made.pdf))


def typed_day(text: str) -> date | None:
    """Read a day as people type it, None for none; raises Refused for what is no day."""
    if not text.strip():
        return None
    found = read_day(text)
    if found is None:
        raise Refused("BAD_VALUE", field=_("day"), value=text)
    return date.fromisoformat(found)


def typed_number(text: str) -> int:
    """Read a number as people type it; raises Refused for what is none."""
    if not (text.isascii() and text.isdigit()):
        raise Refused("BAD_VALUE", field=_("number"), value=text)
    return int(text)


def _called(thing: Instrument) -> str:
    return " ".join(filter(None, (thing.fields.get("type"), thing.fields.get("size")))) or thing.code
