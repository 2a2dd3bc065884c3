"""What rests on a gesture: later facts that an undo would pull the ground from."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING, Final, cast

from loanstore.domain.facts import QUIET_KINDS, SAID_AFTERWARDS, Fact, FactKind, canonical
from loanstore.domain.loans import in_order
from loanstore.storage import (
    journal,
    ledger_lists,
    people,
    places,
    registers,
    request_lists,
    run_lists,
    set_lookups,
    stocktake_lists,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from loanstore.storage.transaction import Transaction


_OF_PAPER: Final = frozenset({FactKind.PAPER_FROZEN, FactKind.PAPER_PRINTED, FactKind.PAPER_SEALED})
"""What is drawn, printed and sealed goes with the agreement it is of."""

_STAYS: Final = frozenset({FactKind.SIGNED, FactKind.SIGNATURES_WITHDRAWN})
"""What no undo takes back: a signature is set aside by hand, with its reason, and stays in the journal."""


def resting_on(transaction: Transaction, facts: list[Fact]) -> Fact | None:
    """Give a later standing fact about any of the same things, which an undo would pull the ground from."""
    signed = next((fact for fact in facts if fact.kind in _STAYS), None)
    if signed is not None:
        return signed
    gesture = facts[0].gesture
    for subject in dict.fromkeys(fact.subject for fact in facts if fact.subject):
        reached = False
        for _place, fact in in_order(journal.standing_facts(transaction, subject)):
            if fact.gesture == gesture:
                reached = True
            elif reached and fact.kind not in QUIET_KINDS | SAID_AFTERWARDS:
                return fact
    return _leaning_on(transaction, facts)


def _leaning_on(transaction: Transaction, facts: list[Fact]) -> Fact | None:
    """Give a fact about something else that names what these made: a loan to a borrower, a paper for a loan."""
    for made in facts:
        named = (leans(transaction, made) for leans in (_on_mark, *_LEANING.get(made.kind, ())))
        others = (fact for fact in chain.from_iterable(named) if fact.gesture != made.gesture)
        later = (fact for fact in others if fact.kind not in _OF_PAPER)
        found = next(later, None)
        if found is not None:
            return found
    return None


def _named(transaction: Transaction, identities: Iterable[str]) -> Iterator[Fact]:
    """Give the facts of these ids, and those about the things of these ids."""
    return chain.from_iterable(journal.facts_named(transaction, identity) for identity in identities)


def _on_borrower(transaction: Transaction, made: Fact) -> Iterator[Fact]:
    borrower = made.subject or ""
    yield from _named(transaction, registers.papers_and_loans_of(transaction, borrower))
    yield from _named(transaction, request_lists.requests_of(transaction, borrower))
    yield from _kept_for(transaction, borrower)
    named = people.naming(transaction, borrower)
    others = (*named.instruments, *named.requests, *named.crates, *named.head_counts, *named.runs)
    others = (*others, *named.entries, *named.payments, *named.remissions)
    for identity in (*people.merged_into(transaction, borrower), *others):
        yield from _naming(transaction, identity, borrower)


def _on_request(transaction: Transaction, made: Fact) -> Iterator[Fact]:
    request = made.subject or ""
    yield from _named(transaction, request_lists.loans_for(transaction, request))
    yield from _kept_for(transaction, request)


def _on_loan(transaction: Transaction, made: Fact) -> Iterator[Fact]:
    charged = ledger_lists.standing_for_loan(transaction, made.id)
    return _named(transaction, (*registers.agreements_for(transaction, made.id), *charged))


def _on_set(transaction: Transaction, made: Fact) -> Iterator[Fact]:
    return _named(transaction, set_lookups.joined_by(transaction, made.subject or ""))


def _on_place(transaction: Transaction, made: Fact) -> Iterator[Fact]:
    place = made.subject or ""
    if not made.body.get("known"):
        for identity in places.naming(transaction, place):
            yield from _naming(transaction, identity, place)


def _on_name_set_free(transaction: Transaction, made: Fact) -> Iterator[Fact]:
    """Give what another place has taken a name by that would be this one's again."""
    name = registers.note(transaction, str(made.body["before"]))
    taken = (place.id for place in places.every(transaction) if place.name == name and place.id != made.subject)
    for other in taken:
        yield from journal.standing_facts(transaction, other)
        for identity in places.naming(transaction, other):
            yield from _naming(transaction, identity, other)


def _on_stocktake(transaction: Transaction, made: Fact) -> Iterator[Fact]:
    stocktake = made.subject or ""
    for line in stocktake_lists.marked(transaction, stocktake):
        yield from _naming(transaction, line.id, stocktake)


def _on_mark(transaction: Transaction, made: Fact) -> Iterator[Fact]:
    """Give the end of the stocktake that a scan was a mark of."""
    if made.kind is not FactKind.REFUSED and "stocktake" in made.body:
        for fact in journal.standing_facts(transaction, str(made.body["stocktake"])):
            if fact.kind is FactKind.STOCKTAKE_CLOSED:
                yield fact


def _on_run(transaction: Transaction, made: Fact) -> Iterator[Fact]:
    """Give what was put on the van of a run since, where it still is."""
    for line in run_lists.cargo(transaction, made.subject or ""):
        for _place, fact in in_order(journal.standing_facts(transaction, line.id)):
            here = fact.kind is FactKind.LOADED and fact.body.get("run") == made.subject
            if here and fact.recorded >= made.recorded:
                yield fact


def _on_reassigned(transaction: Transaction, made: Fact) -> Iterator[Fact]:
    """Give the papers made since for loans that would be another's again."""
    loans = cast("dict[str, str]", made.body.get("loans", {}))
    for paper in sorted({paper for loan in loans for paper in registers.agreements_for(transaction, loan)}):
        for fact in journal.standing_facts(transaction, paper):
            if fact.recorded > made.recorded:
                yield fact


def _on_number_set_free(transaction: Transaction, made: Fact) -> Iterator[Fact]:
    """Give what another thing has taken a number by that would be this one's again."""
    for form in cast("list[str]", made.body.get("dropped", [])):
        owner = registers.owner_of(transaction, form)
        if owner is not None and owner[1] != made.subject:
            facts = journal.standing_facts(transaction, owner[1])
            yield next((fact for fact in facts if form in repr(fact.body.get("codes"))), facts[-1])


def _kept_for(transaction: Transaction, named: str) -> Iterator[Fact]:
    """Give the facts by which instruments are set aside for a borrower or a request."""
    for identity in request_lists.kept_for(transaction, named):
        for fact in journal.standing_facts(transaction, identity):
            if fact.kind is FactKind.SET_ASIDE and named in {fact.body.get("borrower"), fact.body.get("request")}:
                yield fact


def _naming(transaction: Transaction, subject: str, identity: str) -> Iterator[Fact]:
    """Give the standing facts about one thing that name another."""
    return (fact for fact in journal.standing_facts(transaction, subject) if f'"{identity}"' in canonical(fact.body))


_LEANING: Final[dict[FactKind, tuple[Callable[[Transaction, Fact], Iterator[Fact]], ...]]] = {
    FactKind.BORROWER_ADDED: (_on_borrower,),
    FactKind.REQUESTED: (_on_request,),
    FactKind.LENT: (_on_loan,),
    FactKind.SET_MADE: (_on_set,),
    FactKind.PLACE_ADDED: (_on_place,),
    FactKind.PLACE_RENAMED: (_on_name_set_free,),
    FactKind.STOCKTAKE_BEGUN: (_on_stocktake,),
    FactKind.RUN_PLANNED: (_on_run,),
    FactKind.RUN_CHANGED: (_on_run,),
    FactKind.REASSIGNED: (_on_reassigned,),
    FactKind.RECODED: (_on_number_set_free,),
}
"""Who leans on what a kind of fact made."""
