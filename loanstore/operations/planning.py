"""Planning van runs: a day, the stops in their order, changes to both, and calling a run off."""

from __future__ import annotations

from typing import TYPE_CHECKING

from loanstore.domain import codes
from loanstore.domain.errors import Refused
from loanstore.domain.facts import Draft, FactKind
from loanstore.operations.cataloguing import next_code
from loanstore.operations.desk import Changed, Done
from loanstore.operations.lending import find_borrower
from loanstore.storage import aggregates, journal, lookups, registers, run_lists

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from loanstore.domain.borrowers import Borrower
    from loanstore.domain.gestures import Gesture
    from loanstore.domain.runs import Run
    from loanstore.operations.desk import Desk
    from loanstore.storage.transaction import Transaction

PLANNED = frozenset({Changed.RUNS})


def find_run(transaction: Transaction, named: str) -> Run:
    """Find a run by its code or its id; raises Refused where nothing, or something else, is so named."""
    owner = registers.owner_of(transaction, codes.normalise(named))
    identity = owner[1] if owner is not None and owner[0] == "run" else named
    found: Run | None = aggregates.find(transaction, "run", identity)
    if found is None:
        raise Refused("NO_RUN", value=named)
    return found


def find_stop(transaction: Transaction, run: Run, named: str) -> Borrower:
    """Find the borrower at a stop by code or id; raises Refused where the van does not go there."""
    borrower = lookups.borrower(transaction, named) or find_borrower(transaction, named)
    if run.stop(borrower.id) is None:
        raise Refused("NOT_A_STOP", run=run.code, borrower=borrower.label)
    return borrower


def plan(desk: Desk, day: date, borrower_codes: Sequence[str]) -> Done[Run]:
    """Plan a run on a day, with its stops in the order they are driven. The run gets a code of its own."""
    with desk.gesturing() as (transaction, gesture):
        stops = _stops(transaction, borrower_codes)
        code = next_code(desk, transaction)
        body = {
            "code": code,
            "codes": [[codes.normalise(code), code, "main"]],
            "day": day.isoformat(),
            "stops": [stop.id for stop in stops],
        }
        return Done(_written(transaction, gesture, Draft(FactKind.RUN_PLANNED, desk.new_id(), body)), PLANNED)


def change(
    desk: Desk, named: str, *, day: date | None = None, borrower_codes: Sequence[str] | None = None
) -> Done[Run]:
    """Move a run to another day, or give it other stops or another order.

    Refused where a stop that is to go was signed for, or has things on the van.
    """
    with desk.gesturing() as (transaction, gesture):
        run = _standing(transaction, named)
        body: dict[str, object] = {}
        if day is not None:
            body["day"] = day.isoformat()
        if borrower_codes is not None:
            stops = _stops(transaction, borrower_codes)
            _require_droppable(transaction, run, {stop.id for stop in stops})
            body["stops"] = [stop.id for stop in stops]
        return Done(_written(transaction, gesture, Draft(FactKind.RUN_CHANGED, run.id, body)), PLANNED)


def cancel(desk: Desk, named: str) -> Done[Run]:
    """Call a run off; refused while anything is on its van or once a docket is signed."""
    with desk.gesturing() as (transaction, gesture):
        run = _standing(transaction, named)
        _require_droppable(transaction, run, set())
        _require_empty(transaction, run)
        return Done(_written(transaction, gesture, Draft(FactKind.RUN_CHANGED, run.id, {"cancelled": True})), PLANNED)


def _written(transaction: Transaction, gesture: Gesture, draft: Draft) -> Run:
    journal.append(transaction, gesture, [draft])
    run: Run = aggregates.refold(transaction, aggregates.named("run"), draft.subject or "")
    return run


def _standing(transaction: Transaction, named: str) -> Run:
    run = find_run(transaction, named)
    if run.cancelled is not None:
        raise Refused("RUN_CANCELLED", run=run.code)
    return run


def _stops(transaction: Transaction, named: Sequence[str]) -> list[Borrower]:
    found = [lookups.borrower(transaction, one) or find_borrower(transaction, one) for one in named]
    if not found:
        raise Refused("NO_STOPS")
    for at, one in enumerate(found):
        if one.id in {before.id for before in found[:at]}:
            raise Refused("STOP_TWICE", borrower=one.label)
    return found


def _require_droppable(transaction: Transaction, run: Run, kept: set[str]) -> None:
    loaded = {line.stop for line in run_lists.cargo(transaction, run.id)}
    for stop in run.stops:
        if stop.borrower in kept:
            continue
        if stop.signed is not None:
            raise Refused("STOP_SIGNED", run=run.code, borrower=_label(transaction, stop.borrower))
        if stop.borrower in loaded:
            raise Refused("STOP_LOADED", run=run.code, borrower=_label(transaction, stop.borrower))


def _require_empty(transaction: Transaction, run: Run) -> None:
    aboard = len(run_lists.cargo(transaction, run.id))
    if aboard:
        raise Refused("VAN_NOT_EMPTY", run=run.code, n=aboard)


def _label(transaction: Transaction, borrower: str) -> str:
    found = lookups.borrower(transaction, borrower)
    return found.label if found is not None else ""
