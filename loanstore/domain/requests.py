"""Requests: what a school has ordered by type, size and number, and who waits for one instrument."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING

from loanstore.domain.facts import FactKind
from loanstore.domain.keeping import code_rows
from loanstore.domain.loans import CodeUse, in_order
from loanstore.domain.merging import staying

if TYPE_CHECKING:
    from collections.abc import Iterable

    from loanstore.domain.facts import Fact


class RequestKind(StrEnum):
    """An order is for so many by a day; a wait is for one, as soon as there is one."""

    ORDER = "order"
    WAIT = "wait"


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
