"""An instrument's story in sentences: ``14 September 2026: lent to Oakfield Primary School, due 18 December 2026``."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Final

from loanstore.domain.facts import FactKind
from loanstore.domain.gestures import read_instant
from loanstore.domain.money import show_pounds
from loanstore.domain.services import Work
from loanstore.i18n import _
from loanstore.wording.days import plain_day
from loanstore.wording.import_fields import record_word
from loanstore.wording.workshop import decision_word, outcome_word, route_word, work_word

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
    return TELLING[FactKind(line.kind)](line)


def _day(text: str) -> str:
    return plain_day(date.fromisoformat(text)) if text else ""


def _lent(line: StoryLine) -> str:
    if line.said.get(BEFORE_IMPORT):
        told = _("with {borrower} when the register was brought in, due {due}")
    else:
        told = _("lent to {borrower}, due {due}")
    return told.format(borrower=line.borrower or _("somebody"), due=_day(line.due))


def _photographed(line: StoryLine) -> str:
    words = {
        "issue": _("photographed as it was issued"),
        "return": _("photographed as it came back"),
        "repair": _("photographed as it went to be repaired"),
    }
    return words.get(line.said.get("moment", ""), _("photographed"))


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
        said.get("note", ""),
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
    seen = _("seen at a stocktake") if line.said.get("finding") else _("seen")
    return how.get(line.said.get("put_right", ""), seen)


def _recoded(line: StoryLine) -> str:
    said = line.said
    lost = _("its label was lost; its code is {code} from now on")
    plain = _("its code is {code} from now on")
    parts = [
        (lost if said.get("label_lost") else plain).format(code=said.get("code", "")),
        _("{codes} is the label of its case").format(codes=said["cases"]) if said.get("cases") else "",
        _("{codes} names it no longer").format(codes=said["dropped"]) if said.get("dropped") else "",
    ]
    beside = [part for part in parts[1:] if part]
    return "; ".join(beside if said.get("put_right") and beside else filter(None, parts))


def _named(line: StoryLine) -> str:
    said = line.said
    parts = [
        _("also known as {codes}").format(codes=said["codes"]) if said.get("codes") else "",
        _("its case is labelled {codes}").format(codes=said["cases"]) if said.get("cases") else "",
    ]
    return "; ".join(filter(None, parts)) or _("has another number")


def _edited(line: StoryLine) -> str:
    names = filter(None, line.said.get("fields", "").split(", "))
    fields = ", ".join(record_word(name).lower() for name in names)
    return _("record corrected: {fields}").format(fields=fields) if fields else _("record corrected")


def _found(line: StoryLine) -> str:
    return _because(_("turned up at a stocktake") if line.said.get("finding") else _("turned up"), line)


def _aside(line: StoryLine) -> str:
    told = _("set aside for {borrower} until {day}")
    return told.format(borrower=line.borrower or _("somebody"), day=_day(line.said.get("until", "")))


def _allocated(line: StoryLine) -> str:
    player = line.said.get("player")
    return _("given to {player}").format(player=player) if player else _("given to nobody of their own any more")


def _disposed(line: StoryLine) -> str:
    said = line.said
    parts = [
        _money(_("disposed of: {route}").format(route=route_word(said.get("route", ""))), said.get("proceeds")),
        _("to {recipient}").format(recipient=said["note"]) if said.get("note") else "",
        _("authority: {authority}").format(authority=said["authority"]) if said.get("authority") else "",
    ]
    return "; ".join(filter(None, parts))


def _repair_sent(line: StoryLine) -> str:
    told = _("sent to {repairer}").format(repairer=line.said.get("repairer") or _("a repairer"))
    return f"{told}: {line.said['fault']}" if line.said.get("fault") else told


def _repair_decided(line: StoryLine) -> str:
    decision = line.said.get("decision")
    if not decision:
        return _("the repair was decided on")
    return _("the repair is {decision}").format(decision=decision_word(decision))


def _repair_back(line: StoryLine) -> str:
    outcome = line.said.get("outcome")
    told = _("back from the repairer")
    if outcome:
        told = _("back from the repairer: {outcome}").format(outcome=outcome_word(outcome))
    return _money(told, line.said.get("cost"))


def _serviced(line: StoryLine) -> str:
    work, on = line.said.get("work"), line.said.get("on", "")
    done = work_word(Work(work)) if work else _("serviced")
    return _("{work} on {day}").format(work=done, day=_day(on)) if on else done


def _joined(line: StoryLine) -> str:
    name, position = line.said.get("set"), line.said.get("position")
    if not name:
        return _("joined a set")
    told = _("joined the set {set} as number {position}") if position else _("joined the set {set}")
    return told.format(set=name, position=position)


def _loaded(line: StoryLine) -> str:
    if line.said.get("collected"):
        return _("put on the van, back to the store")
    return _("put on the van for {borrower}").format(borrower=line.borrower or _("a stop"))


def _money(told: str, text: str | None) -> str:
    return f"{told}, {show_pounds(int(text))}" if text else told


TELLING: Final[Mapping[FactKind, Callable[[StoryLine], str]]] = {
    FactKind.INSTRUMENT_ADDED: lambda _line: _("joined the register"),
    FactKind.INSTRUMENT_EDITED: _edited,
    FactKind.ALIAS_ADDED: _named,
    FactKind.RECODED: _recoded,
    FactKind.LABELLED: _labelled,
    FactKind.LENT: _lent,
    FactKind.RETURNED: _returned,
    FactKind.RENEWED: lambda line: _("renewed to {due}").format(due=_day(line.due)),
    FactKind.CUSTODY_PASSED: _custody,
    FactKind.ALLOCATED: _allocated,
    FactKind.REASSIGNED: lambda line: _("its loans are {borrower}'s now").format(borrower=line.borrower),
    FactKind.CHECKED: lambda line: _with_look(_("looked over"), line.said),
    FactKind.SIGHTED: _sighted,
    FactKind.MOVED: lambda line: _("moved to {place}").format(place=line.said.get("place") or _("another place")),
    FactKind.MISSED: lambda _line: _("not found at a stocktake, and set missing"),
    FactKind.FOUND: _found,
    FactKind.LOST: lambda line: _because(_("lost"), line),
    FactKind.RETIRED: lambda line: _because(_("retired"), line),
    FactKind.DISPOSED: _disposed,
    FactKind.SET_ASIDE: _aside,
    FactKind.RELEASED: lambda _line: _("set aside no longer"),
    FactKind.REPAIR_SENT: _repair_sent,
    FactKind.REPAIR_QUOTED: lambda line: _money(_("a repair was quoted"), line.said.get("quote")),
    FactKind.REPAIR_DECIDED: _repair_decided,
    FactKind.REPAIR_BACK: _repair_back,
    FactKind.SERVICED: _serviced,
    FactKind.REPAIR_FAULT: lambda line: _("to be repaired: {fault}").format(fault=line.said.get("fault", "")),
    FactKind.PHOTOGRAPHED: _photographed,
    FactKind.JOINED_SET: _joined,
    FactKind.LEFT_SET: lambda _line: _("left its set"),
    FactKind.LOADED: _loaded,
    FactKind.UNLOADED: lambda _line: _("taken off the van again"),
}
"""How each kind of fact about an instrument is told."""
