"""Requests: what a school has ordered by type, size and number, who waits for one instrument, what is set aside."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from loanstore.domain.facts import FactKind
from loanstore.domain.keeping import code_rows
from loanstore.domain.loans import CodeUse, Status, in_order
from loanstore.domain.merging import staying

if TYPE_CHECKING:
    from collections.abc import Iterable

    from loanstore.domain.facts import Fact
    from loanstore.domain.loans import Aside, Instrument

_FRIDAY: Final = 4


class RequestKind(StrEnum):
    """An order is for so many by a day; a wait is for one, as soon as there is one."""

    ORDER = "order"
    WAIT = "wait"


class Closing(StrEnum):
    """Why a request is closed: everything was handed out, or nobody wants it any more."""

    MET = "met"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class Request:
    """So many instruments of a type and size for a borrower. ``wanted_by`` is an ISO day or None.

    ``size`` is empty where any will do. ``place`` is where it will be collected. How many were handed out is
    counted from the loans that name it. ``closed`` is when (UTC) it was met, withdrawn or lapsed.
    """

    id: str
    code: str
    kind: str
    borrower: str
    type: str
    size: str
    number: int
    made: str
    wanted_by: str | None = None
    place: str | None = None
    note: str | None = None
    closed: str | None = None
    closing: str | None = None
    codes: tuple[CodeUse, ...] = ()


@dataclass(frozen=True, slots=True)
class RequestLine:
    """An open request as a desk needs it: what is asked for, and how many of it were ``handed`` out so far.

    ``size`` is empty where any will do; ``made`` is a UTC instant, ``wanted_by`` a day, both ISO; ``place`` is an id.
    """

    id: str
    code: str
    kind: str
    borrower: str
    type: str
    size: str
    number: int
    handed: int
    made: str
    wanted_by: str | None = None
    place: str | None = None

    @property
    def left(self) -> int:
        """Count what is still to be handed out."""
        return max(0, self.number - self.handed)

    def asks_for(self, type_: str, size: str) -> bool:
        """Tell whether an instrument of this type and size is what was asked for."""
        return self.type.casefold() == type_.casefold() and self.size in {"", size}


@dataclass(frozen=True, slots=True)
class Countdown:
    """Which request an instrument counts for: with it, ``reached`` of ``number`` are handed out.

    ``line`` is None where it counts for none. ``wrong_size`` says that this borrower asked for the type in other
    sizes only, which ``wanted`` names.
    """

    line: RequestLine | None = None
    reached: int = 0
    number: int = 0
    wrong_size: bool = False
    wanted: tuple[str, ...] = ()


def countdown(lines: Iterable[RequestLine], type_: str, size: str) -> Countdown:
    """Find what an instrument of this type and size counts for among one borrower's open requests.

    A request for the very size goes before one for any size, then what is wanted soonest, then the oldest. An
    instrument whose size nobody noted is never said to be the wrong one.
    """
    open_ = [line for line in lines if line.left and line.type.casefold() == type_.casefold()]
    fitting = sorted((line for line in open_ if line.asks_for(type_, size)), key=_urgency)
    if fitting:
        line = fitting[0]
        return Countdown(line, line.handed + 1, line.number)
    wanted = tuple(dict.fromkeys(line.size for line in open_))
    return Countdown(wrong_size=bool(wanted and size), wanted=wanted)


def share_out(lines: Iterable[RequestLine], things: Iterable[Instrument]) -> tuple[str | None, ...]:
    """Give the id of the request that each instrument counts for, None for none, as if they went out one by one.

    What was set aside for one of these requests counts for that one.
    """
    open_ = {line.id: line for line in lines}
    shared: list[str | None] = []
    for thing in things:
        kept = open_.get(thing.aside.request or "") if thing.aside is not None else None
        fields = thing.fields
        found = kept if kept is not None and kept.left else None
        found = found or countdown(open_.values(), fields.get("type", ""), fields.get("size", "")).line
        if found is not None:
            open_[found.id] = replace(found, handed=found.handed + 1)
        shared.append(found.id if found is not None else None)
    return tuple(shared)


def _urgency(line: RequestLine) -> tuple[bool, str, str, str]:
    return not line.size, line.wanted_by or "9999", line.made, line.id


def after_working_days(day: date, days: int) -> date:
    """Give the day so many working days after ``day``: Monday to Friday count, holidays are not known here."""
    while days > 0:
        day += timedelta(days=1)
        days -= day.weekday() <= _FRIDAY
    return day


def lapsed(aside: Aside, today: date) -> bool:
    """Tell whether the last day that something was kept for somebody is past."""
    return aside.until < today.isoformat()


def ready_for(instrument: Instrument, borrower: str, today: date) -> bool:
    """Tell whether an instrument may go out to a borrower: in store, and kept for nobody else by now."""
    if instrument.status is Status.IN_STORE:
        return True
    aside = instrument.aside
    if instrument.status is not Status.SET_ASIDE or aside is None:
        return False
    return aside.borrower == borrower or lapsed(aside, today)


def fold_request(identity: str, facts: Iterable[Fact]) -> Request | None:
    """Fold all standing facts about one request; None where nothing ever made it."""
    state: Request | None = None
    for _place, fact in in_order(facts):
        if fact.kind is FactKind.REQUESTED:
            state = _made(identity, fact)
        elif fact.kind is FactKind.REQUEST_CHANGED and state is not None:
            state = _changed(state, fact)
        elif fact.kind is FactKind.REASSIGNED and state is not None:
            state = replace(state, borrower=staying(state.borrower, fact))
    return state


def _made(identity: str, fact: Fact) -> Request:
    body = fact.body
    codes = tuple(CodeUse(form, shown, role, identity) for form, shown, role in code_rows(body))
    wanted_by, place, note = [
        str(body[name]) if body.get(name) is not None else None for name in ("wanted_by", "place", "note")
    ]
    return Request(
        identity,
        str(body["code"]),
        str(body["kind"]),
        str(body["borrower"]),
        str(body["type"]),
        str(body.get("size", "")),
        int(str(body["number"])),
        fact.happened,
        wanted_by,
        place,
        note,
        codes=codes,
    )


def _changed(state: Request, fact: Fact) -> Request:
    body = fact.body
    if "number" in body:
        state = replace(state, number=int(str(body["number"])))
    if "wanted_by" in body:
        state = replace(state, wanted_by=str(body["wanted_by"]) if body["wanted_by"] else None)
    if "closing" in body:
        closing = str(body["closing"]) if body["closing"] else None
        state = replace(state, closing=closing, closed=fact.happened if closing else None)
    return state
