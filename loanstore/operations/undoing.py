"""Finding what UNDO would reverse, and whether anything rests on it."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Final, cast

from loanstore.domain.errors import Refused
from loanstore.domain.facts import QUIET_KINDS, Fact, FactKind, canonical
from loanstore.domain.gestures import read_instant
from loanstore.domain.loans import in_order
from loanstore.operations import moving
from loanstore.operations.desk import Changed, Done
from loanstore.storage import (
    journal,
    lookups,
    people,
    places,
    registers,
    request_lists,
    run_lists,
    set_lookups,
    stocktake_lists,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

    from loanstore.domain.loans import Instrument
    from loanstore.operations.desk import Desk
    from loanstore.storage.transaction import Transaction

NOT_BY_UNDO: Final = QUIET_KINDS | {FactKind.REVERSED, FactKind.SETTING_CHANGED, FactKind.BLANKS_MADE}
"""A gesture of nothing but these is passed over by UNDO."""


def last_undoable(transaction: Transaction, desk_id: str) -> list[Fact] | None:
    """Give the facts of the desk's last gesture that changed something and stands; None where there is none.

    Imports are passed over: they have an undo of their own, for nobody means five thousand instruments by
    a scan of UNDO.
    """
    undone = journal.reversed_gestures(transaction)
    backwards = journal.facts_of_desk_backwards(transaction, desk_id)
    for gesture, group in groupby(backwards, key=lambda fact: fact.gesture):
        facts = list(group)
        imported = any(fact.kind is FactKind.IMPORTED for fact in facts)
        if gesture in undone or imported or all(map(_is_passed_over, facts)):
            continue
        return facts[::-1]
    return None


def _is_passed_over(fact: Fact) -> bool:
    """Tell whether a fact is nothing to undo; that a stocktake saw something is, where the wrong thing was scanned."""
    counted = fact.kind is FactKind.SIGHTED and "stocktake" in fact.body
    return fact.kind in NOT_BY_UNDO and not counted


def resting_on(transaction: Transaction, facts: list[Fact]) -> Fact | None:
    """Give a later standing fact about any of the same things, which an undo would pull the ground from."""
    gesture = facts[0].gesture
    for subject in dict.fromkeys(fact.subject for fact in facts if fact.subject):
        reached = False
        for _place, fact in in_order(journal.standing_facts(transaction, subject)):
            if fact.gesture == gesture:
                reached = True
            elif reached and fact.kind not in QUIET_KINDS:
                return fact
    return _leaning_on(transaction, facts)


def _leaning_on(transaction: Transaction, facts: list[Fact]) -> Fact | None:
    """Give a fact about something else that names what these made: a loan to a borrower, a paper for a loan."""
    for made in facts:
        found = _naming(transaction, made)
        if found is not None:
            return found
        later = [
            fact for identity in _leaning(transaction, made) for fact in journal.facts_named(transaction, identity)
        ]
        if made.kind in {FactKind.BORROWER_ADDED, FactKind.REQUESTED}:
            later += _keeping_for(transaction, made.subject or "")
        found = next((fact for fact in later if fact.gesture != made.gesture), None)
        if found is not None:
            return found
    return None


def _naming(transaction: Transaction, made: Fact) -> Fact | None:
    """Give a fact that names what one of them made, where it is known at once which facts do."""
    if made.kind in {FactKind.RUN_PLANNED, FactKind.RUN_CHANGED}:
        return _loaded_since(transaction, made)
    if made.kind is FactKind.BORROWER_ADDED:
        return _naming_borrower(transaction, made)
    if made.kind in {FactKind.REASSIGNED, FactKind.RECODED}:
        return _since(transaction, made)
    return _naming_place_or_stocktake(transaction, made)


def _leaning(transaction: Transaction, made: Fact) -> list[str]:
    """Give the ids of what could not be without what one of them made."""
    subject = made.subject or ""
    if made.kind is FactKind.BORROWER_ADDED:
        asked = request_lists.requests_of(transaction, subject)
        return [*registers.papers_and_loans_of(transaction, subject), *asked]
    if made.kind is FactKind.REQUESTED:
        return list(request_lists.loans_for(transaction, subject))
    if made.kind is FactKind.LENT:
        return registers.agreements_for(transaction, made.id)
    if made.kind is FactKind.SET_MADE:
        return list(set_lookups.joined_by(transaction, subject))
    return []


def _naming_borrower(transaction: Transaction, made: Fact) -> Fact | None:
    """Give a fact that names a borrower otherwise: as a custodian, at a stop, in a request, a merge or a head-count."""
    borrower = made.subject or ""
    named = people.naming(transaction, borrower)
    others = (*named.instruments, *named.requests, *named.crates, *named.head_counts, *named.runs)
    for identity in (*people.merged_into(transaction, borrower), *others):
        for fact in journal.standing_facts(transaction, identity):
            if fact.gesture != made.gesture and f'"{borrower}"' in canonical(fact.body):
                return fact
    return None


def _naming_place_or_stocktake(transaction: Transaction, made: Fact) -> Fact | None:
    """Give what leans on a place that is new, on a stocktake that was begun, or on a mark of one that is closed."""
    subject = made.subject or ""
    if made.kind is FactKind.PLACE_ADDED and not made.body.get("known"):
        return _first_naming(transaction, places.naming(transaction, subject), subject)
    if made.kind is FactKind.STOCKTAKE_BEGUN:
        marked = [line.id for line in stocktake_lists.marked(transaction, subject)]
        return _first_naming(transaction, marked, subject)
    if made.kind is not FactKind.REFUSED and "stocktake" in made.body:
        facts = journal.standing_facts(transaction, str(made.body["stocktake"]))
        return next((fact for fact in facts if fact.kind is FactKind.STOCKTAKE_CLOSED), None)
    return None


def _first_naming(transaction: Transaction, subjects: Iterable[str], identity: str) -> Fact | None:
    """Give the first standing fact about any of these that names an id."""
    facts = (fact for subject in subjects for fact in journal.standing_facts(transaction, subject))
    return next((fact for fact in facts if identity in canonical(fact.body)), None)


def _keeping_for(transaction: Transaction, named: str) -> list[Fact]:
    """Give the facts by which instruments are set aside for a borrower or a request."""
    kept = request_lists.kept_for(transaction, named)
    return [
        fact
        for identity in kept
        for fact in journal.standing_facts(transaction, identity)
        if fact.kind is FactKind.SET_ASIDE and named in {fact.body.get("borrower"), fact.body.get("request")}
    ]


def _loaded_since(transaction: Transaction, planned: Fact) -> Fact | None:
    """Give a later fact that put something on the van of a run, where it still is."""
    for line in run_lists.cargo(transaction, planned.subject or ""):
        for _place, fact in in_order(journal.standing_facts(transaction, line.id)):
            here = fact.kind is FactKind.LOADED and fact.body.get("run") == planned.subject
            if here and fact.recorded >= planned.recorded:
                return fact
    return None


def _since(transaction: Transaction, made: Fact) -> Fact | None:
    """Give what came later and needs loans to be whose they are now, or a number that was set free."""
    loans = cast("dict[str, str]", made.body.get("loans", {}))
    papers = {paper for loan in loans for paper in registers.agreements_for(transaction, loan)}
    for paper in sorted(papers):
        later = [fact for fact in journal.standing_facts(transaction, paper) if fact.recorded > made.recorded]
        if later:
            return later[0]
    for form in cast("list[str]", made.body.get("dropped", [])):
        owner = registers.owner_of(transaction, form)
        if owner is not None and owner[1] != made.subject:
            facts = journal.standing_facts(transaction, owner[1])
            return next((fact for fact in facts if form in repr(fact.body.get("codes"))), facts[-1])
    return None


def touched_instrument(transaction: Transaction, facts: list[Fact]) -> Instrument | None:
    """Give the first instrument that these facts are about, as it stands now."""
    for fact in facts:
        found = lookups.instrument(transaction, fact.subject) if fact.subject else None
        if found is not None:
            return found.instrument
    return None


def undo(desk: Desk) -> Done[tuple[str, ...]]:
    """Undo this desk's last gesture and give the kinds of fact it was made of.

    Raises Refused where there is none, or where later facts rest on it.
    """
    with desk.gesturing() as (transaction, gesture):
        facts = last_undoable(transaction, desk.identity)
        if facts is None:
            raise Refused("NOTHING_TO_UNDO")
        require_free(transaction, facts)
        moving.reverse(transaction, gesture, facts[0].gesture)
        return Done(tuple(fact.kind.value for fact in facts), frozenset(Changed))


def require_free(transaction: Transaction, facts: list[Fact]) -> None:
    """Raise Refused where a later fact rests on a gesture."""
    later = resting_on(transaction, facts)
    if later is not None:
        kind = later.kind.value.replace("_", " ")
        day = read_instant(later.recorded).date()
        raise Refused("UNDO_BLOCKED", kind=kind, code=_code_of(transaction, later), day=day)


def _code_of(transaction: Transaction, fact: Fact) -> str:
    """Give the code of whatever a fact is about."""
    codes = registers.codes_of(transaction, fact.subject or "")
    return next((shown for _form, shown, role in codes if role == "main"), "")
