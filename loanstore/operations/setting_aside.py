"""Setting aside: keeping an instrument for somebody for some working days, and putting it back into stock."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Final

from loanstore.domain.errors import Refused
from loanstore.domain.facts import Draft, FactKind
from loanstore.domain.loans import Status
from loanstore.domain.requests import after_working_days, countdown, lapsed
from loanstore.operations import lending, moving, requesting
from loanstore.operations.desk import Changed, Done
from loanstore.storage import lookups, request_lists, request_lookups

if TYPE_CHECKING:
    from loanstore.domain.borrowers import Borrower
    from loanstore.domain.loans import Instrument
    from loanstore.domain.requests import RequestLine
    from loanstore.domain.scan_findings import InstrumentFound
    from loanstore.operations.desk import Desk
    from loanstore.storage.transaction import Transaction

KEPT: Final = frozenset({Changed.INSTRUMENTS, Changed.REQUESTS})


@dataclass(frozen=True, slots=True)
class SetAside:
    """An instrument that is kept for a borrower until a day, and for which of their requests, if any."""

    instrument: Instrument
    borrower: Borrower
    request: RequestLine | None
    until: date


def set_aside(
    desk: Desk, code: str, borrower_code: str, until: date | None = None, *, request: str | None = None
) -> Done[SetAside]:
    """Keep an instrument for a borrower, until a day or for as many working days as the store's rules say.

    It is kept for the ``request`` of that code, else for whichever of the borrower's open requests it answers.
    """
    if until is not None and until < desk.today():
        raise Refused("KEPT_UNTIL_THE_PAST", until=until)
    with desk.gesturing() as (transaction, gesture):
        found = lending.find_instrument(transaction, code)
        borrower = lending.find_borrower(transaction, borrower_code)
        _require_free(transaction, found, desk.today())
        thing = found.instrument
        line = _meant(transaction, thing, borrower, request)
        days = desk.rules(transaction).policy.aside_days
        last = until or after_working_days(desk.today(), days)
        body = {"borrower": borrower.id, "request": line.id if line is not None else None, "until": last.isoformat()}
        ((_fact, after),) = moving.record(transaction, gesture, [(thing, Draft(FactKind.SET_ASIDE, thing.id, body))])
        return Done(SetAside(after, borrower, line, last), KEPT)


def release(desk: Desk, code: str) -> Done[Instrument]:
    """Put what was set aside back into stock; raises Refused where it is kept for nobody."""
    with desk.gesturing() as (transaction, gesture):
        thing = lending.find_instrument(transaction, code).instrument
        if thing.aside is None:
            raise Refused("NOT_ASIDE", code=thing.code, status=thing.status.value)
        ((_fact, after),) = moving.record(transaction, gesture, [(thing, Draft(FactKind.RELEASED, thing.id))])
        return Done(after, KEPT)


def release_lapsed(desk: Desk) -> Done[tuple[Instrument, ...]]:
    """Put everything back into stock that was kept to a day that is past; raises Refused where there is nothing."""
    with desk.gesturing() as (transaction, gesture):
        things = [
            lending.find_instrument(transaction, line.code).instrument
            for line in request_lists.asides(transaction)
            if line.until < desk.today().isoformat()
        ]
        if not things:
            raise Refused("NOTHING_LAPSED")
        drafts: list[tuple[Instrument | None, Draft]] = [
            (thing, Draft(FactKind.RELEASED, thing.id)) for thing in things
        ]
        written = moving.record(transaction, gesture, drafts)
        return Done(tuple(after for _fact, after in written), KEPT)


def suggest(desk: Desk, request_code: str) -> str:
    """Give the code of an instrument in store that would answer a request; empty where there is none."""
    with desk.store.reading() as transaction:
        line = requesting.find_open(transaction, request_code)
        return request_lists.suggested(transaction, line.type, line.size)


def _require_free(transaction: Transaction, found: InstrumentFound, today: date) -> None:
    thing = found.instrument
    if thing.loan is not None and found.holder is not None:
        raise Refused("ALREADY_OUT", code=thing.code, holder=found.holder.label, theirs=False)
    aside = thing.aside
    if aside is not None and not lapsed(aside, today):
        kept_for = lookups.borrower(transaction, aside.borrower or "")
        label = kept_for.label if kept_for is not None else ""
        raise Refused("ALREADY_ASIDE", code=thing.code, borrower=label, until=date.fromisoformat(aside.until))
    if thing.status not in {Status.IN_STORE, Status.SET_ASIDE}:
        raise Refused("NOT_LENDABLE", code=thing.code, status=thing.status.value)


def _meant(transaction: Transaction, thing: Instrument, borrower: Borrower, request: str | None) -> RequestLine | None:
    if request is not None:
        line = requesting.find_open(transaction, request)
        if line.borrower != borrower.id:
            raise Refused("ANOTHERS_REQUEST", code=line.code, borrower=borrower.label)
        return line
    lines = request_lookups.open_of(transaction, borrower.id)
    return countdown(lines, thing.fields.get("type", ""), thing.fields.get("size", "")).line
