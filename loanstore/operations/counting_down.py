"""Counting down what a borrower has asked for as it is handed out, whichever way it goes out."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from loanstore.domain.facts import Draft, FactKind
from loanstore.domain.requests import Closing, share_out
from loanstore.storage import aggregates, journal, request_lookups

if TYPE_CHECKING:
    from collections.abc import Sequence

    from loanstore.domain.gestures import Gesture
    from loanstore.domain.loans import Instrument
    from loanstore.storage.transaction import Transaction


def counted(transaction: Transaction, borrower: str, going: Sequence[tuple[Instrument, Draft]]) -> list[Draft]:
    """Let each loan that is drafted name the open request of its borrower that it counts for, if there is one."""
    lines = request_lookups.open_of(transaction, borrower)
    shared = share_out(lines, [thing for thing, _draft in going]) if lines else (None,) * len(going)
    pairs = zip(going, shared, strict=True)
    return [
        draft if request is None else replace(draft, body={**draft.body, "request": request})
        for (_thing, draft), request in pairs
    ]


def close_met(transaction: Transaction, gesture: Gesture, drafts: Sequence[Draft]) -> tuple[str, ...]:
    """Close the requests that these loans have met; give every request that one of them counts for."""
    named = tuple(dict.fromkeys(str(draft.body["request"]) for draft in drafts if "request" in draft.body))
    for request in named:
        close_if_met(transaction, gesture, request)
    return named


def close_if_met(transaction: Transaction, gesture: Gesture, request: str) -> bool:
    """Close a request within the gesture that handed out the last of it; tell whether that was so."""
    line = request_lookups.line(transaction, request)
    state = aggregates.find(transaction, "request", request)
    if line is None or line.left or state is None or state.closed is not None:
        return False
    close(transaction, gesture, request, Closing.MET)
    return True


def close(transaction: Transaction, gesture: Gesture, request: str, closing: Closing) -> None:
    """Close a request."""
    journal.append(transaction, gesture, [Draft(FactKind.REQUEST_CHANGED, request, {"closing": closing.value})])
    aggregates.refold(transaction, aggregates.named("request"), request)
