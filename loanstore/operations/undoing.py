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
from loanstore.storage import journal, lookups, people, registers

if TYPE_CHECKING:
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
        kinds = {fact.kind for fact in facts}
        if gesture in undone or kinds <= NOT_BY_UNDO or FactKind.IMPORTED in kinds:
            continue
        return facts[::-1]
    return None


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
        if made.kind is FactKind.BORROWER_ADDED:
            leaning = registers.papers_and_loans_of(transaction, made.subject or "")
            found = _naming_borrower(transaction, made)
            if found is not None:
                return found
        elif made.kind is FactKind.LENT:
            leaning = registers.agreements_for(transaction, made.id)
        elif made.kind in {FactKind.REASSIGNED, FactKind.RECODED}:
            found = _since(transaction, made)
            if found is not None:
                return found
            continue
        else:
            continue
        later = [fact for identity in leaning for fact in journal.facts_named(transaction, identity)]
        found = next((fact for fact in later if fact.gesture != made.gesture), None)
        if found is not None:
            return found
    return None


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
