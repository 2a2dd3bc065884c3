"""What the forms of records do when they are saved; a refusal comes back to the form it is about."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from loanstore.domain.disposals import Route
from loanstore.domain.errors import Refused, WrongUsage
from loanstore.domain.money import read_pence
from loanstore.domain.services import Work
from loanstore.domain.values import read_day
from loanstore.i18n import _, ngettext
from loanstore.ui.screens.record_forms import CASES, CHILDREN
from loanstore.wording import short_day
from loanstore.wording.workshop import route_word, work_word

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from loanstore.operations.desk import Desk, Done


@dataclass(frozen=True, slots=True)
class Saved:
    """What came of a form: the code whose record is shown next and what to say, or why it was refused."""

    code: str
    words: str = ""
    refused: Refused | WrongUsage | None = None


def kept(code: str, do: Callable[[Desk], Done[Saved]]) -> Callable[[Desk], Done[Saved]]:
    """Have a refusal come back as an answer, so that the form can say it at its field."""

    def work(desk: Desk) -> Done[Saved]:
        from loanstore.operations.desk import Done

        try:
            return do(desk)
        except (Refused, WrongUsage) as refused:
            return Done(Saved(code, refused=refused))

    return work


def add(kind: str, texts: Mapping[str, str]) -> Callable[[Desk], Done[Saved]]:
    """Add an instrument or a borrower."""
    given = {name: text for name, text in texts.items() if text}

    def work(desk: Desk) -> Done[Saved]:
        from loanstore.operations import cataloguing
        from loanstore.operations.desk import Done

        if kind == "borrower":
            who = cataloguing.add_borrower(desk, given)
            return Done(Saved(who.result.code, _("Added.")), who.changed)
        thing = cataloguing.add_instrument(desk, given)
        return Done(Saved(thing.result.code, _("Added.")), thing.changed)

    return kept("", work)


def correct(code: str, texts: Mapping[str, str]) -> Callable[[Desk], Done[Saved]]:
    """Correct a record."""
    given = {name: text for name, text in texts.items() if name != "drop"}
    drop = [texts["drop"]] if texts.get("drop") else []

    def work(desk: Desk) -> Done[Saved]:
        from loanstore.operations.desk import Done
        from loanstore.operations.editing import edit

        made = edit(desk, code, given, drop)
        words = _("Saved. Ctrl+Z takes it back.") if made.result.changed else _("It was so already.")
        return Done(Saved(made.result.code, words), made.changed)

    return kept(code, work)


def pass_on(code: str, texts: Mapping[str, str]) -> Callable[[Desk], Done[Saved]]:
    """Pass custody on, or back."""

    def work(desk: Desk) -> Done[Saved]:
        from loanstore.operations import custody
        from loanstore.operations.desk import Done
        from loanstore.wording.people import custody_sentence

        made = custody.pass_on(desk, code, texts.get("to", ""), seen=not texts.get("reported"))
        return Done(Saved(code, custody_sentence(made.result)), made.changed)

    return kept(code, work)


def put_right(code: str, texts: Mapping[str, str]) -> Callable[[Desk], Done[Saved]]:
    """Put right that a case has another instrument in it."""

    def work(desk: Desk) -> Done[Saved]:
        from loanstore.operations import matching
        from loanstore.operations.desk import Done
        from loanstore.wording.people import put_right_sentences

        ways = {CASES: matching.cases_stay_swapped, CHILDREN: matching.children_swapped}
        made = ways.get(texts["how"], matching.put_right_by_hand)(desk, code, texts["other"])
        return Done(Saved(code, " ".join(put_right_sentences(made.result))), made.changed)

    return kept(code, work)


def dispose_of(codes: Sequence[str], texts: Mapping[str, str], *, shown: bool = False) -> Callable[[Desk], Done[Saved]]:
    """Take instruments off the store's hands for good; ``shown`` shows the record of the first of them next."""

    def work(desk: Desk) -> Done[Saved]:
        from loanstore.operations.desk import Done
        from loanstore.operations.disposing import Disposal, dispose_all

        route = Route(texts["route"])
        how = Disposal(route, texts["authority"], _pence("proceeds", texts["proceeds"]), texts["recipient"])
        made = dispose_all(desk, codes, how)
        n = len(made.result)
        told = ngettext("{n} instrument disposed of: {route}.", "{n} instruments disposed of: {route}.", n)
        words = told.format(n=n, route=route_word(route))
        return Done(Saved(codes[0] if shown else "", f"{words} {_('Ctrl+Z takes it back.')}"), made.changed)

    return kept(codes[0] if shown else "", work)


def serviced(code: str, texts: Mapping[str, str]) -> Callable[[Desk], Done[Saved]]:
    """Note what was done to an instrument, today or on an earlier day."""

    def work(desk: Desk) -> Done[Saved]:
        from loanstore.operations import servicing
        from loanstore.operations.desk import Done

        on = read_day(texts["on"]) if texts["on"] else desk.today().isoformat()
        if on is None:
            raise Refused("NOT_A_DAY", field="on", value=texts["on"])
        made = servicing.record_service(desk, [code], Work(texts["work"]), date.fromisoformat(on))
        said = work_word(Work(texts["work"]))
        told = _("{work} on {day}. Ctrl+Z takes it back.")
        return Done(
            Saved(code, told.format(work=said[:1].upper() + said[1:], day=short_day(date.fromisoformat(on)))),
            made.changed,
        )

    return kept(code, work)


def put_together(code: str, texts: Mapping[str, str]) -> Callable[[Desk], Done[Saved]]:
    """Let one record turn out to be another's."""

    def work(desk: Desk) -> Done[Saved]:
        from loanstore.operations.desk import Done
        from loanstore.operations.merging import merge

        made = merge(desk, code, texts.get("stays", ""))
        told = ngettext(
            "One record now; {n} loan came over.", "One record now; {n} loans came over.", made.result.loans
        )
        return Done(Saved(made.result.stays.code, told.format(n=made.result.loans)), made.changed)

    return kept(code, work)


def count_heads(code: str, texts: Mapping[str, str]) -> Callable[[Desk], Done[Saved]]:
    """Note a head-count."""

    def work(desk: Desk) -> Done[Saved]:
        from loanstore.operations import head_counting
        from loanstore.operations.desk import Done
        from loanstore.wording.people import heads_sentence

        heads = {name: _number(name, text) for name, text in texts.items() if text and name != "estimated"}
        made = head_counting.give(desk, code, heads, estimated=bool(texts.get("estimated")))
        return Done(Saved(code, heads_sentence(made.result)), made.changed)

    return kept(code, work)


def _pence(name: str, text: str) -> int | None:
    """Read pounds that may be left out."""
    pence = read_pence(text) if text else None
    if text and pence is None:
        raise Refused("NOT_MONEY", field=name, value=text)
    return pence


def _number(name: str, text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) < len("1000000")):
        raise Refused("BAD_HEADS", field=name, value=text)
    return int(text)
