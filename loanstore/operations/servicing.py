"""Services: what is due, and noting that it was done to many instruments at once."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import TYPE_CHECKING, Final

from loanstore.domain.errors import Refused
from loanstore.domain.facts import Draft, FactKind
from loanstore.domain.gestures import instant
from loanstore.domain.loans import Instrument, Status
from loanstore.domain.services import Work, dues
from loanstore.operations import moving
from loanstore.operations.desk import Changed, Done
from loanstore.operations.lending import find_instrument
from loanstore.storage import workshop_lists

if TYPE_CHECKING:
    from collections.abc import Sequence

    from loanstore.domain.services import Due
    from loanstore.operations.desk import Desk

_DAYS: Final = ("purchased", *Work)
"""What is due follows from these days of an instrument's record, and from its type."""


@dataclass(frozen=True, slots=True)
class DueLine:
    """One kind of work that an instrument needs: when it was last done, when it is due, and where the thing is.

    ``due`` is None for what was never done to something nobody knows when it was bought.
    """

    id: str
    code: str
    type: str
    size: str
    work: Work
    last: date | None
    due: date | None
    late: bool
    status: str
    place: str
    borrower: str


def due_services(desk: Desk, by: date | None = None) -> tuple[DueLine, ...]:
    """List what is due on a day or before, today where none is named, by code; what is gone needs nothing."""
    today = desk.today()
    with desk.store.reading() as transaction:
        desk.rules(transaction)
        things = workshop_lists.kept(transaction)
    lines = []
    for thing in things:
        for due in _dues(desk, thing.type, *(getattr(thing, name) for name in _DAYS)):
            if due.by(by or today):
                late = due.is_late(today)
                stands = (thing.status, thing.place, thing.borrower)
                named = (thing.id, thing.code, thing.type, thing.size)
                lines.append(DueLine(*named, due.work, due.last, due.day, late, *stands))
    return tuple(lines)


def overdue(desk: Desk) -> int:
    """Count the services that are overdue today: things of one type and the same days are reckoned once."""
    today = desk.today()
    with desk.store.reading() as transaction:
        desk.rules(transaction)
        alike = Counter(
            (thing.type, *(getattr(thing, name) for name in _DAYS)) for thing in workshop_lists.kept(transaction)
        )
    return sum(n * sum(due.is_late(today) for due in _dues(desk, *days)) for days, n in alike.items())


def _dues(desk: Desk, type_: str, *days: str) -> Sequence[Due]:
    return dues(desk.catalogue.find_type(type_), dict(zip(_DAYS, days, strict=True)))


def record_service(
    desk: Desk, named: Sequence[str], work: Work, on: date | None = None
) -> Done[tuple[Instrument, ...]]:
    """Note that instruments were serviced, tested or cleaned, today or on an earlier day: all of them, or none."""
    return record_services(desk, [(code, work) for code in named], on)


def record_services(
    desk: Desk, done: Sequence[tuple[str, Work]], on: date | None = None
) -> Done[tuple[Instrument, ...]]:
    """Note what was done to which instruments, today or on an earlier day, in one gesture: all of it, or none.

    A day before that of the last time is kept in the journal and changes nothing of what is due.
    """
    day = on or desk.today()
    if day > desk.today():
        raise Refused("SERVICE_AHEAD", date=day)
    happened = None if day == desk.today() else instant(datetime.combine(day, time(12), UTC))
    with desk.gesturing() as (transaction, gesture):
        drafts: dict[tuple[str, Work], tuple[Instrument, Draft]] = {}
        for code, work in done:
            state = find_instrument(transaction, code).instrument
            if state.status is Status.DISPOSED:
                raise Refused("NOT_AT_HAND", code=state.code, status=state.status.value)
            body = {"work": work.value, "on": day.isoformat()}
            drafts[state.id, work] = (state, Draft(FactKind.SERVICED, state.id, body, happened))
        written = moving.record(transaction, gesture, list(drafts.values()))
        after = {state.id: state for _fact, state in written}
        return Done(tuple(after.values()), frozenset({Changed.INSTRUMENTS}))
