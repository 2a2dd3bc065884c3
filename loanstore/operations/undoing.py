"""Finding what UNDO would reverse, and whether anything rests on it."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Final

from loanstore.domain.errors import Refused
from loanstore.domain.facts import QUIET_KINDS, Fact, FactKind
from loanstore.domain.gestures import read_instant
from loanstore.operations import moving, resting
from loanstore.operations.desk import Changed, Done
from loanstore.storage import journal, lookups, registers

if TYPE_CHECKING:
    from loanstore.domain.loans import Instrument
    from loanstore.operations.desk import Desk
    from loanstore.storage.transaction import Transaction

NOT_BY_UNDO: Final = QUIET_KINDS | {
    *(FactKind.REVERSED, FactKind.SETTING_CHANGED, FactKind.BLANKS_MADE, FactKind.WORDING_SAVED)
}
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
    """Tell whether a fact is nothing to undo.

    That a stocktake saw something is, where the wrong thing was scanned, and so is a picture taken at a hand-over.
    """
    counted = fact.kind is FactKind.SIGHTED and "stocktake" in fact.body
    taken = fact.kind is FactKind.PHOTOGRAPHED and "moment" in fact.body
    return fact.kind in NOT_BY_UNDO and not counted and not taken


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
    later = resting.resting_on(transaction, facts)
    if later is not None and later.kind is FactKind.SIGNED:
        raise Refused("SIGNED_STAYS", code=_code_of(transaction, later), day=read_instant(later.recorded).date())
    if later is not None:
        day = read_instant(later.recorded).date()
        raise Refused("UNDO_BLOCKED", kind=later.kind, code=_code_of(transaction, later), day=day)


def _code_of(transaction: Transaction, fact: Fact) -> str:
    """Give the code of whatever a fact is about."""
    codes = registers.codes_of(transaction, fact.subject or "")
    return next((shown for _form, shown, role in codes if role == "main"), "")
