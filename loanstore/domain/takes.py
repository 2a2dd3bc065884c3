"""What was done with TAKE all the same, and the reason that is asked for afterwards."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from loanstore.domain.facts import FactKind
from loanstore.domain.loans import in_order

if TYPE_CHECKING:
    from collections.abc import Iterable

    from loanstore.domain.facts import Fact


@dataclass(frozen=True, slots=True)
class Take:
    """One TAKE; ``id`` is the gesture's. ``answer`` is what had refused it, ``things`` how many it was about.

    ``instrument`` is the first of them, ``did`` the fact that then lent it or sent it to a repairer, ``before`` the
    loan that was ended for it. ``reason`` is the id of an erasable note, ``given`` (UTC) when it was given and
    ``given_by`` the member of staff who gave it.
    """

    id: str
    at: str
    answer: str
    instrument: str
    things: int
    did: str
    before: str | None = None
    staff: str | None = None
    reason: str | None = None
    given: str | None = None
    given_by: str | None = None


@dataclass(frozen=True, slots=True)
class TakeLine:
    """One TAKE: ``id`` is the gesture's, ``at`` and ``given`` are UTC, ``loan`` the loan it made.

    ``answer`` is what had refused it; ``to`` and ``was_with`` are names, empty where there is none. ``reason`` is
    empty until it is given.
    """

    id: str
    at: str
    answer: str
    code: str
    type: str
    things: int
    loan: str
    to: str
    was_with: str
    staff: str
    reason: str
    given: str
    given_by: str


def fold_take(identity: str, facts: Iterable[Fact]) -> Take | None:
    """Fold all standing facts about one TAKE, the last reason holding; None where it was undone."""
    state: Take | None = None
    for _place, fact in in_order(facts):
        body = fact.body
        if fact.kind is FactKind.TAKEN:
            before = body.get("before")
            state = Take(
                identity,
                fact.happened,
                str(body["answer"]),
                str(body["instrument"]),
                int(str(body["things"])),
                str(body["did"]),
                str(before) if before is not None else None,
                fact.staff,
            )
        elif fact.kind is FactKind.REASON_GIVEN and state is not None:
            state = replace(state, reason=str(body["note"]), given=fact.happened, given_by=fact.staff)
    return state
