"""An instrument's story in sentences: ``14 September 2026: lent to Oakfield Primary School, due 18 December 2026``."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Final

from loanstore.domain.facts import FactKind
from loanstore.domain.gestures import read_instant
from loanstore.domain.money import show_pounds
from loanstore.i18n import _
from loanstore.wording.days import plain_day

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import datetime

    from loanstore.operations.storytelling import StoryLine

BEFORE_IMPORT: Final = "before_import"


def story_sentence(line: StoryLine, local: Callable[[datetime], datetime]) -> str:
    """Say one thing that happened, with its day as the desk's own clock had it."""
    return f"{plain_day(local(read_instant(line.at)).date())}: {story_words(line)}"


def story_words(line: StoryLine) -> str:
    """Say one thing that happened, without its day."""
    kind = FactKind(line.kind)
    told = _LENDING.get(kind) or _KEEPING.get(kind)
    words = told(line) if told is not None else _plain(kind)
    return words[:1].lower() + words[1:]


def _plain(kind: FactKind) -> str:
    words = {
        FactKind.INSTRUMENT_ADDED: _("joined the register"),
        FactKind.SIGHTED: _("seen"),
        FactKind.RELEASED: _("set aside no longer"),
        FactKind.MISSED: _("not found at a stocktake, and set missing"),
        FactKind.UNLOADED: _("taken off the van again"),
        FactKind.PHOTOGRAPHED: _("photographed"),
        FactKind.REPAIR_DECIDED: _("the repair was decided on"),
    }
    return words.get(kind, kind.value.replace("_", " "))


def _day(text: str) -> str:
    return plain_day(date.fromisoformat(text)) if text else ""


def _lent(line: StoryLine) -> str:
    if line.said.get(BEFORE_IMPORT):
        told = _("with {borrower} when the register was brought in, due {due}")
    else:
        told = _("lent to {borrower}, due {due}")
    return told.format(borrower=line.borrower or _("somebody"), due=_day(line.due))


def _returned(line: StoryLine) -> str:
    ending = line.said.get("ending", "returned")
    told = {
        "taken over": _("taken over from {borrower}"),
        "counted, not scanned": _("back from {borrower}, counted and not scanned"),
    }.get(ending, _("back from {borrower}"))
    return _with_look(told.format(borrower=line.borrower or _("somebody")), line.said)


def _with_look(told: str, said: Mapping[str, str]) -> str:
    """Add what a look at it found."""
    parts = [
        told,
        _("condition {condition}").format(condition=said["condition"]) if said.get("condition") else "",
        _("missing: {missing}").format(missing=said["missing"]) if said.get("missing") else "",
        _("damaged: {damaged}").format(damaged=said["damaged"]) if said.get("damaged") else "",
    ]
    return "; ".join(filter(None, parts))


def _labelled(line: StoryLine) -> str:
    stock = line.said.get("stock", "")
    what = _("its case's label was printed") if line.said.get("case") else _("its label was printed")
    again = _("its label was printed again") if line.said.get("again") and not line.said.get("case") else what
    return _("{told}, on {stock}").format(told=again, stock=stock) if stock else again


def _because(told: str, line: StoryLine) -> str:
    note = line.said.get("note")
    return f"{told}: {note}" if note else told


def _custody(line: StoryLine) -> str:
    where = line.said.get("custodian")
    if not where:
        return _("with {borrower} again").format(borrower=line.borrower or _("the borrower"))
    return _("passed on to {where}; {borrower} answers for it").format(where=where, borrower=line.borrower)


def _sighted(line: StoryLine) -> str:
    how = {
        "put right by hand": _("seen in another's case, and put right by hand"),
        "cases swapped": _("seen in another's case, which it keeps"),
    }
    return how.get(line.said.get("put_right", ""), _("seen"))


def _recoded(line: StoryLine) -> str:
    told = _("its label was lost; its code is {code} from now on")
    plain = _("its code is {code} from now on")
    return (told if line.said.get("label_lost") else plain).format(code=line.said.get("code", ""))


def _edited(line: StoryLine) -> str:
    fields = line.said.get("fields", "").replace("_", " ")
    return _("record corrected: {fields}").format(fields=fields) if fields else _("record corrected")


def _money(told: str, text: str | None) -> str:
    return f"{told}, {show_pounds(int(text))}" if text else told


_LENDING: Final[Mapping[FactKind, Callable[[StoryLine], str]]] = {
    FactKind.LENT: _lent,
    FactKind.RETURNED: _returned,
    FactKind.RENEWED: lambda line: _("renewed to {due}").format(due=_day(line.due)),
    FactKind.LOST: lambda line: _because(_("lost"), line),
    FactKind.FOUND: lambda line: _because(_("turned up"), line),
    FactKind.RETIRED: lambda line: _because(_("retired"), line),
    FactKind.CUSTODY_PASSED: _custody,
    FactKind.ALLOCATED: lambda line: _("given to {player}").format(player=line.said.get("player") or _("nobody")),
    FactKind.REASSIGNED: lambda line: _("its loans are {borrower}'s now").format(borrower=line.borrower),
    FactKind.CHECKED: lambda line: _with_look(_("looked over"), line.said),
    FactKind.SIGHTED: _sighted,
}
_KEEPING: Final[Mapping[FactKind, Callable[[StoryLine], str]]] = {
    FactKind.INSTRUMENT_EDITED: _edited,
    FactKind.ALIAS_ADDED: lambda line: _("also known as {codes}").format(codes=line.said.get("codes", "")),
    FactKind.RECODED: _recoded,
    FactKind.LABELLED: _labelled,
    FactKind.MOVED: lambda line: _("moved to {place}").format(place=line.said.get("place", "")),
    FactKind.SET_ASIDE: lambda line: _("set aside for {borrower} until {day}").format(
        borrower=line.borrower or _("somebody"), day=_day(line.said.get("until", ""))
    ),
    FactKind.DISPOSED: lambda line: _("disposed of: {route}").format(route=line.said.get("route", "")),
    FactKind.REPAIR_SENT: lambda line: _("sent to {repairer}").format(repairer=line.said.get("repairer", "")),
    FactKind.REPAIR_QUOTED: lambda line: _money(_("a repair was quoted"), line.said.get("quote")),
    FactKind.REPAIR_BACK: lambda line: _money(
        _("back from the repairer: {outcome}").format(outcome=line.said.get("outcome", "")), line.said.get("cost")
    ),
    FactKind.SERVICED: lambda line: _("{work} on {day}").format(
        work=line.said.get("work", ""), day=_day(line.said.get("on", ""))
    ),
    FactKind.JOINED_SET: lambda line: _("joined the set {set}").format(set=line.said.get("set", "")),
    FactKind.LEFT_SET: lambda _line: _("left its set"),
    FactKind.LOADED: lambda line: _("on the van for {borrower}").format(borrower=line.borrower),
}
