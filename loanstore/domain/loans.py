"""The fold: how an instrument, its loans and everything else follow from the journal's facts.

The fold never refuses a fact: what happened, happened. Two holders at once is history: the later hand-over
holds, and the earlier loan ends *superseded*.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import TYPE_CHECKING, Final, cast

from loanstore.domain.facts import Fact, FactKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping


class Status(StrEnum):
    """Where an instrument stands, in the words of the trade."""

    IN_STORE = "in store"
    ON_LOAN = "on loan"
    IN_REPAIR = "in repair"
    NEEDS_ATTENTION = "needs attention"
    SET_ASIDE = "set aside"
    IN_PACK = "in a pack"
    MISSING = "missing"
    LOST = "lost"
    RETIRED = "retired"
    DISPOSED = "disposed"


GONE: Final = frozenset({Status.MISSING, Status.LOST, Status.RETIRED, Status.DISPOSED})
"""An instrument of one of these states that turns up is FOUND."""


class Ending(StrEnum):
    """How a loan ended."""

    RETURNED = "returned"
    TAKEN = "taken over"
    COUNTED = "counted, not scanned"
    LOST = "lost"
    SUPERSEDED = "superseded"


@dataclass(frozen=True, slots=True)
class Loan:
    """A loan: ``id`` is that of the fact that lent; ``out`` and ``ended`` are UTC instants, ``due`` a day, all ISO.

    ``out`` is empty for a loan that stood already when its register was imported, since nobody knows when.
    """

    id: str
    instrument: str
    borrower: str
    out: str
    due: str
    kind: str
    ended: str | None = None
    ending: Ending | None = None
    condition: str | None = None
    missing: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class CodeUse:
    """What a normalised code names: ``role`` is main, alias or case."""

    form: str
    shown: str
    role: str
    owner: str


@dataclass(frozen=True, slots=True)
class Instrument:
    """An instrument as its facts leave it.

    ``fields`` is the register's record; ``seen`` is when it was last physically in somebody's hands at a
    desk, None for never; ``folded_to`` is the place in the order of facts that this state has reached;
    ``ended`` holds the loans that the facts folded here have ended.
    """

    id: str
    code: str = ""
    fields: Mapping[str, str] = field(default_factory=dict)
    status: Status = Status.IN_STORE
    loan: Loan | None = None
    seen: str | None = None
    labelled: str | None = None
    folded_to: str = ""
    ended: tuple[Loan, ...] = ()
    codes: tuple[CodeUse, ...] = ()


@dataclass(frozen=True, slots=True)
class BorrowerState:
    """What the journal knows of a borrower: no name, only what kind it is and which codes name it."""

    id: str
    code: str
    kind: str
    codes: tuple[CodeUse, ...] = ()


@dataclass(frozen=True, slots=True)
class AgreementState:
    """One agreement: who signs it and for which loans."""

    id: str
    code: str
    borrower: str
    made: str
    loans: tuple[str, ...]


def position(fact: Fact, after: str) -> str:
    """Give a fact's place in the order: effective time, desk, counter, as one text that sorts.

    A desk's clock may be set back; its facts stay in counter order, so the effective time never falls
    below that of the same desk's fact at ``after``. Where a desk has seen a fact of one whose clock runs
    ahead, its own fact says so in its body (``after``, an instant) and comes later: an answer stays true.
    """
    effective = max(fact.recorded, str(fact.body.get("after", "")))
    if after:
        before, desk, _counter = after.split("|")
        if desk == fact.desk:
            effective = max(effective, before)
    return f"{effective}|{fact.desk}|{fact.counter:012d}"


def in_order(facts: Iterable[Fact]) -> list[tuple[str, Fact]]:
    """Put facts in the order they are folded in, each with its position."""
    reached: dict[str, str] = {}
    placed = []
    for fact in sorted(facts, key=lambda fact: (fact.desk, fact.counter)):
        reached[fact.desk] = position(fact, reached.get(fact.desk, ""))
        placed.append((reached[fact.desk], fact))
    return sorted(placed, key=lambda pair: pair[0])


def fold_instrument(identity: str, facts: Iterable[Fact]) -> Instrument | None:
    """Fold all standing facts about one instrument; None where nothing ever added it."""
    state: Instrument | None = None
    for place, fact in in_order(facts):
        state = step(state or Instrument(identity), fact, place)
    return state if state is not None and state.code else None


def step(state: Instrument, fact: Fact, place: str) -> Instrument:
    """Fold one more fact, the next in order, into an instrument."""
    moved = _STEPS[fact.kind](state, fact) if fact.kind in _STEPS else state
    return replace(moved, folded_to=place)


def _added(state: Instrument, fact: Fact) -> Instrument:
    body = fact.body
    codes = tuple(CodeUse(form, shown, role, state.id) for form, shown, role in _code_rows(body))
    return replace(
        state,
        code=str(body["code"]),
        fields=dict(cast("Mapping[str, str]", body.get("fields", {}))),
        status=Status(str(body.get("status", Status.IN_STORE))),
        codes=codes,
    )


def _edited(state: Instrument, fact: Fact) -> Instrument:
    fields = dict(state.fields)
    for name, (_old, new) in cast("Mapping[str, tuple[str, str]]", fact.body["changes"]).items():
        fields[name] = new
        if not new:
            del fields[name]
    status = Status(str(fact.body["status"])) if "status" in fact.body else state.status
    return replace(state, fields=fields, status=status)


def _alias(state: Instrument, fact: Fact) -> Instrument:
    added = tuple(CodeUse(form, shown, role, state.id) for form, shown, role in _code_rows(fact.body))
    return replace(state, codes=state.codes + added)


def _lent(state: Instrument, fact: Fact) -> Instrument:
    body = fact.body
    out = "" if body.get("before_import") else fact.happened
    loan = Loan(fact.id, state.id, str(body["borrower"]), out, str(body["due"]), str(body.get("kind", "free loan")))
    ended = _ended(state, fact, Ending.SUPERSEDED)
    return replace(state, status=Status.ON_LOAN, loan=loan, ended=ended, seen=_seen(state, fact))


def _returned(state: Instrument, fact: Fact) -> Instrument:
    body = fact.body
    condition = str(body["condition"]) if "condition" in body else None
    missing = tuple(cast("list[str]", body.get("missing", [])))
    ending = Ending(str(body.get("ending", Ending.RETURNED)))
    ended = _ended(state, fact, ending, condition, missing)
    fields = {**state.fields, "condition": condition} if condition else state.fields
    status = Status.NEEDS_ATTENTION if body.get("attention") else Status.IN_STORE
    return replace(state, status=status, loan=None, ended=ended, fields=fields, seen=_seen(state, fact))


def _renewed(state: Instrument, fact: Fact) -> Instrument:
    if state.loan is None or state.loan.id != fact.body["loan"]:
        return state
    return replace(state, loan=replace(state.loan, due=str(fact.body["due"])))


def _sighted(state: Instrument, fact: Fact) -> Instrument:
    return replace(state, seen=_seen(state, fact))


def _found(state: Instrument, fact: Fact) -> Instrument:
    status = Status.ON_LOAN if state.loan else Status.IN_STORE
    return replace(state, status=status, seen=_seen(state, fact))


def _lost(state: Instrument, fact: Fact) -> Instrument:
    return replace(state, status=Status.LOST, loan=None, ended=_ended(state, fact, Ending.LOST))


def _retired(state: Instrument, fact: Fact) -> Instrument:
    return replace(state, status=Status.RETIRED, loan=None, ended=_ended(state, fact, Ending.RETURNED))


def _labelled(state: Instrument, fact: Fact) -> Instrument:
    return replace(state, labelled=fact.happened)


def _ended(
    state: Instrument, fact: Fact, ending: Ending, condition: str | None = None, missing: tuple[str, ...] = ()
) -> tuple[Loan, ...]:
    """Give the loans that have ended here, with the one that stood until this fact."""
    if state.loan is None:
        return state.ended
    ended = replace(state.loan, ended=fact.happened, ending=ending, condition=condition, missing=missing)
    return (*state.ended, ended)


def _seen(state: Instrument, fact: Fact) -> str | None:
    if fact.body.get("unseen"):
        return state.seen
    return max(state.seen or "", fact.happened)


def _code_rows(body: Mapping[str, object]) -> list[tuple[str, str, str]]:
    return [(form, shown, role) for form, shown, role in cast("list[list[str]]", body["codes"])]


_STEPS: Final = {
    FactKind.INSTRUMENT_ADDED: _added,
    FactKind.INSTRUMENT_EDITED: _edited,
    FactKind.ALIAS_ADDED: _alias,
    FactKind.LENT: _lent,
    FactKind.RETURNED: _returned,
    FactKind.RENEWED: _renewed,
    FactKind.SIGHTED: _sighted,
    FactKind.FOUND: _found,
    FactKind.LOST: _lost,
    FactKind.RETIRED: _retired,
    FactKind.LABELLED: _labelled,
}


def fold_borrower(identity: str, facts: Iterable[Fact]) -> BorrowerState | None:
    """Fold all standing facts about one borrower; None where nothing ever added it."""
    state: BorrowerState | None = None
    for _place, fact in in_order(facts):
        if fact.kind is FactKind.BORROWER_ADDED:
            codes = tuple(CodeUse(form, shown, role, identity) for form, shown, role in _code_rows(fact.body))
            state = BorrowerState(identity, str(fact.body["code"]), str(fact.body["kind"]), codes)
        elif fact.kind is FactKind.ALIAS_ADDED and state is not None:
            more = tuple(CodeUse(form, shown, role, identity) for form, shown, role in _code_rows(fact.body))
            state = replace(state, codes=state.codes + more)
    return state


def fold_agreement(identity: str, facts: Iterable[Fact]) -> AgreementState | None:
    """Fold all standing facts about one agreement; None where it was undone."""
    for _place, fact in in_order(facts):
        if fact.kind is FactKind.AGREED:
            body = fact.body
            loans = tuple(cast("list[str]", body["loans"]))
            return AgreementState(identity, str(body["code"]), str(body["borrower"]), fact.happened, loans)
    return None
