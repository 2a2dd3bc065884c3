"""Requests: a school's order by type, size and number, somebody's wait for one, and handing out what was asked for."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from loanstore.domain import codes
from loanstore.domain.errors import Refused
from loanstore.domain.facts import Draft, FactKind
from loanstore.domain.loans import CodeUse
from loanstore.domain.requests import Closing, RequestKind
from loanstore.domain.scan_findings import BorrowerFound
from loanstore.operations import cataloguing, counting_down, lending, moving
from loanstore.operations.desk import Changed, Done
from loanstore.storage import aggregates, folding, journal, lookups, registers, request_lists, request_lookups

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from loanstore.domain.borrowers import Borrower
    from loanstore.domain.loans import Instrument
    from loanstore.domain.requests import RequestLine
    from loanstore.operations.desk import Desk
    from loanstore.operations.lending import HandOver
    from loanstore.storage.transaction import Transaction

ASKED: Final = frozenset({Changed.REQUESTS})
MOST: Final = 9_999
"""No school has ordered ten thousand of anything."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """One line of what is asked for. ``type`` may name the size too, as ``Violin 1/2`` does; no size is any size.

    ``place`` is the name or code of the place where it will be collected.
    """

    type: str
    size: str = ""
    number: int = 1
    by: date | None = None
    place: str = ""
    kind: RequestKind = RequestKind.ORDER


@dataclass(frozen=True, slots=True)
class Change:
    """What is to be changed of a request; None leaves it as it is, ``without_day`` takes the day away."""

    number: int | None = None
    by: date | None = None
    without_day: bool = False


@dataclass(frozen=True, slots=True)
class Asked:
    """Who asked, and the requests that were made of it, in their order."""

    borrower: Borrower
    lines: tuple[RequestLine, ...] = field(default=())


def ask_for(desk: Desk, borrower_code: str, wanted: Sequence[Wanted]) -> Done[Asked]:
    """Note what a borrower asks for: every line, or none where one is refused."""
    with desk.gesturing() as (transaction, gesture):
        borrower = lending.find_borrower(transaction, borrower_code)
        drafts = [_draft(desk, transaction, borrower, one) for one in wanted]
        journal.append(transaction, gesture, drafts)
        lines = [_refolded(transaction, draft.subject or "") for draft in drafts]
        return Done(Asked(borrower, tuple(lines)), ASKED)


def change(desk: Desk, code: str, what: Change) -> Done[RequestLine]:
    """Change the number or the day of an open request; one that is met by now is closed."""
    with desk.gesturing() as (transaction, gesture):
        line = find_open(transaction, code)
        body: dict[str, object] = {}
        if what.number is not None:
            _require_number(what.number)
            if what.number < line.handed:
                raise Refused("BELOW_HANDED_OUT", code=line.code, number=what.number, handed=line.handed)
            body["number"] = what.number
        if what.by is not None or what.without_day:
            _require_ahead(desk, what.by)
            body["wanted_by"] = what.by.isoformat() if what.by is not None else ""
        if body:
            journal.append(transaction, gesture, [Draft(FactKind.REQUEST_CHANGED, line.id, body)])
        after = _refolded(transaction, line.id)
        counting_down.close_if_met(transaction, gesture, line.id)
        return Done(after, ASKED)


def withdraw(desk: Desk, code: str) -> Done[RequestLine]:
    """Close a request that nobody wants any more; what was set aside for it is released."""
    with desk.gesturing() as (transaction, gesture):
        line = find_open(transaction, code)
        counting_down.close(transaction, gesture, line.id, Closing.WITHDRAWN)
        released = [folding.instrument_state(transaction, one) for one in request_lists.kept_for(transaction, line.id)]
        drafts: list[tuple[Instrument | None, Draft]] = [
            (one, Draft(FactKind.RELEASED, one.id)) for one in released if one is not None
        ]
        moving.record(transaction, gesture, drafts)
        return Done(line, ASKED | {Changed.INSTRUMENTS} if drafts else ASKED)


def lend_for(
    desk: Desk, code: str, instrument_codes: Sequence[str], due: date | None = None
) -> Done[tuple[HandOver, RequestLine]]:
    """Hand out what was asked for under one agreement, and close the request once it is met.

    Raises Refused where something is not of the type and size that was asked for, or there are too many.
    """
    lending.require_ahead(desk, due)
    with desk.gesturing() as (transaction, gesture):
        line = find_open(transaction, code)
        borrower = lookups.borrower(transaction, line.borrower)
        if borrower is None:
            raise Refused("NO_BORROWER", value=code)
        found = lending.each_once(transaction, instrument_codes)
        for one in found:
            fields = one.instrument.fields
            if not line.asks_for(fields.get("type", ""), fields.get("size", "")):
                raise Refused("NOT_WHAT_WAS_ASKED", code=one.instrument.code, wanted=what(line))
        if len(found) > line.left:
            raise Refused("MORE_THAN_ASKED", code=line.code, number=len(found), left=line.left)
        terms = lending.HandOverTerms(due, request=line.id)
        made = lending.hand_over(desk, transaction, gesture, borrower, found, terms)
        return Done((made, _line(transaction, line.id)), lending.MOVED | ASKED)


def borrower_of(desk: Desk, code: str) -> Borrower | None:
    """Give the borrower that a code names, if it names one: what a scan means while a form asks for whom."""
    with desk.store.reading() as transaction:
        found = lookups.by_form(transaction, codes.normalise(code))
    return found.borrower if isinstance(found, BorrowerFound) else None


def find_open(transaction: Transaction, code: str) -> RequestLine:
    """Find a request by its code; raises Refused where there is none, or it is closed."""
    line = request_lookups.by_form(transaction, codes.normalise(code))
    if line is None:
        raise Refused("NO_REQUEST", value=code)
    state = aggregates.find(transaction, "request", line.id)
    if state is not None and state.closed is not None:
        raise Refused("REQUEST_CLOSED", code=line.code, closing=state.closing)
    return line


def what(line: RequestLine) -> str:
    """Name what is asked for by type and size."""
    return " ".join(filter(None, (line.type, line.size)))


def _draft(desk: Desk, transaction: Transaction, borrower: Borrower, wanted: Wanted) -> Draft:
    _require_number(wanted.number)
    _require_ahead(desk, wanted.by)
    if wanted.kind is RequestKind.WAIT and wanted.number > 1:
        raise Refused("WAIT_IS_FOR_ONE", number=wanted.number)
    type_, size = _sized(desk, wanted)
    identity = desk.new_id()
    use = CodeUse("", cataloguing.next_code(desk, transaction), "main", identity)
    body: dict[str, object] = {
        "code": use.shown,
        "codes": [[codes.normalise(use.shown), use.shown, use.role]],
        "kind": wanted.kind.value,
        "borrower": borrower.id,
        "type": type_,
        "size": size,
        "number": wanted.number,
        "wanted_by": wanted.by.isoformat() if wanted.by is not None else None,
        "place": _place(transaction, wanted.place),
    }
    return Draft(FactKind.REQUESTED, identity, {name: value for name, value in body.items() if value is not None})


def _sized(desk: Desk, wanted: Wanted) -> tuple[str, str]:
    found = desk.catalogue.find_sized(wanted.type)
    if found is None:
        raise Refused("BAD_VALUE", field="type", value=wanted.type)
    kind, size = found
    if wanted.size.strip():
        size = kind.read_size(wanted.size)
        if size is None:
            raise Refused("BAD_VALUE", field="size", value=wanted.size)
    return kind.name, size or ""


def _place(transaction: Transaction, named: str) -> str | None:
    """Find a place by its code or its name."""
    if not named.strip():
        return None
    owner = registers.owner_of(transaction, codes.normalise(named))
    if owner is not None and owner[0] == "place":
        return owner[1]
    for identity, name in registers.place_names(transaction).items():
        if name.casefold() == named.strip().casefold():
            return identity
    raise Refused("NO_COLLECTING_PLACE", value=named)


def _require_number(number: int) -> None:
    if not 1 <= number <= MOST:
        raise Refused("BAD_REQUEST_NUMBER", number=number, most=MOST)


def _require_ahead(desk: Desk, by: date | None) -> None:
    if by is not None and by < desk.today():
        raise Refused("WANTED_IN_THE_PAST", day=by)


def _refolded(transaction: Transaction, request: str) -> RequestLine:
    aggregates.refold(transaction, aggregates.named("request"), request)
    return _line(transaction, request)


def _line(transaction: Transaction, request: str) -> RequestLine:
    line = request_lookups.line(transaction, request)
    if line is None:
        raise Refused("NO_REQUEST", value=request)
    return line
