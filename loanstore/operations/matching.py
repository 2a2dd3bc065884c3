"""Two labels, one instrument: the three ways to put right that a case and what lies in it do not belong together."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Final

from loanstore.domain import codes
from loanstore.domain.errors import Refused
from loanstore.domain.facts import Draft, FactKind
from loanstore.domain.loans import Ending, Loan
from loanstore.domain.pairs import same_hands, within_one
from loanstore.domain.sessions import Role
from loanstore.operations import agreeing, custody, moving
from loanstore.operations.desk import Changed, Done
from loanstore.operations.lending import find_instrument
from loanstore.storage import lookups, registers

if TYPE_CHECKING:
    from loanstore.domain.borrowers import Borrower
    from loanstore.domain.gestures import Gesture
    from loanstore.domain.loans import Instrument
    from loanstore.domain.scan_findings import InstrumentFound
    from loanstore.operations.desk import Desk
    from loanstore.storage.transaction import Transaction

Drafts = list[tuple["Instrument | None", Draft]]
SEEN: Final = frozenset({Changed.INSTRUMENTS})
SWAPPED: Final = frozenset({Changed.INSTRUMENTS, Changed.LOANS})
BY_HAND: Final = "put right by hand"
CASES_SWAPPED: Final = "cases swapped"


@dataclass(frozen=True, slots=True)
class PutRight:
    """What was done about a case (of the first instrument) with another body (the second) in it.

    ``print`` holds the case codes whose labels are to be printed again, ``agreements`` the papers to sign.
    """

    first: Instrument
    second: Instrument
    print: tuple[str, ...] = ()
    agreements: tuple[str, ...] = ()


def put_right_by_hand(desk: Desk, case: str, body: str) -> Done[PutRight]:
    """Note that both were seen and that each went back into its own case; nothing else changes."""
    with desk.gesturing() as (transaction, gesture):
        return Done(by_hand(transaction, gesture, *_two(transaction, case, body)), SEEN)


def cases_stay_swapped(desk: Desk, case: str, body: str) -> Done[PutRight]:
    """Note that each keeps the other's case, and give the case labels to print again: each for its new case.

    Only a code of the store's own has a case label; one that came with the instrument has none to print. An old tag
    on a case goes with it: it names the other instrument's case from now on.
    """
    with desk.gesturing() as (transaction, gesture):
        return Done(cases_swapped(transaction, gesture, *_two(transaction, case, body)), SEEN)


def by_hand(transaction: Transaction, gesture: Gesture, first: InstrumentFound, second: InstrumentFound) -> PutRight:
    """Note within a gesture that both were seen; nothing else changes."""
    return _noted(transaction, gesture, first.instrument, second.instrument, BY_HAND)


def cases_swapped(
    transaction: Transaction, gesture: Gesture, first: InstrumentFound, second: InstrumentFound
) -> PutRight:
    """Note within a gesture that each keeps the other's case, and say which case labels are to be printed."""
    made = _noted(transaction, gesture, first.instrument, second.instrument, CASES_SWAPPED)
    _swap_tags(transaction, gesture, made.first, made.second)
    labels = [case_code(made.first), case_code(made.second)]
    return PutRight(made.first, made.second, tuple(code for code in labels if code))


def _noted(transaction: Transaction, gesture: Gesture, first: Instrument, second: Instrument, how: str) -> PutRight:
    drafts: Drafts = [
        (one, Draft(FactKind.SIGHTED, one.id, {"match": other.id, "put_right": how}))
        for one, other in ((first, second), (second, first))
    ]
    written = moving.record(transaction, gesture, drafts)
    return PutRight(written[0][1], written[1][1])


def _two(transaction: Transaction, case: str, body: str) -> tuple[InstrumentFound, InstrumentFound]:
    first, second = find_instrument(transaction, case), find_instrument(transaction, body)
    if first.instrument.id == second.instrument.id:
        raise Refused("THEY_MATCH", code=first.instrument.code)
    return first, second


def case_code(instrument: Instrument) -> str:
    """Give the code on the label of an instrument's case; empty for a code that is not the store's own."""
    form = codes.case_form(codes.normalise(instrument.code))
    return codes.shown(form) if codes.body_form(form) is not None else ""


def _swap_tags(transaction: Transaction, gesture: Gesture, first: Instrument, second: Instrument) -> None:
    """Let the tags of two cases change places: each number is set free before the other instrument takes it."""
    tags = {one.id: _tags(transaction, one) for one in (first, second)}
    freed: Drafts = []
    for one in (first, second):
        if tags[one.id]:
            main = [codes.normalise(one.code), one.code, Role.MAIN.value]
            dropped = [form for form, _shown, _role in tags[one.id]]
            body = {"code": one.code, "codes": [main], "dropped": dropped, "put_right": CASES_SWAPPED}
            freed.append((one, Draft(FactKind.RECODED, one.id, body)))
    latest = {first.id: first, second.id: second}
    latest |= {after.id: after for _fact, after in moving.record(transaction, gesture, freed)}
    pairs = ((first, second), (second, first))
    taken: Drafts = [
        (latest[one.id], Draft(FactKind.ALIAS_ADDED, one.id, {"codes": tags[other.id]}))
        for one, other in pairs
        if tags[other.id]
    ]
    moving.record(transaction, gesture, taken)


def _tags(transaction: Transaction, instrument: Instrument) -> list[list[str]]:
    return [list(row) for row in registers.codes_of(transaction, instrument.id) if row[2] == Role.CASE.value]


def children_swapped(desk: Desk, case: str, body: str) -> Done[PutRight]:
    """Let each child have what it really holds: one gesture, undone whole.

    Where both are on loan to one school, its children are swapped within it: players and custodians change places.
    Otherwise what was signed stays as it was signed: both loans end today as taken over, and each borrower gets a
    loan of the other instrument, due as before and with an agreement of its own. Raises Refused where nobody has
    either.
    """
    with desk.gesturing() as (transaction, gesture):
        first, second = _two(transaction, case, body)
        prefix = desk.rules(transaction).prefix
        return Done(children_changed(transaction, gesture, prefix, first, second), SWAPPED)


def children_changed(
    transaction: Transaction, gesture: Gesture, prefix: str, first: InstrumentFound, second: InstrumentFound
) -> PutRight:
    """Let each child have what it really holds, within a gesture; ``prefix`` is that of the store's codes."""
    one, other = first.instrument, second.instrument
    if one.loan is None and other.loan is None:
        raise Refused("NOTHING_TO_SWAP", first=one.code, second=other.code)
    if same_hands(one, other):
        raise Refused("SAME_HANDS", first=one.code, second=other.code)
    if within_one(one, other):
        return _within(transaction, gesture, one, other)
    return _between(transaction, gesture, prefix, first, second)


def _within(transaction: Transaction, gesture: Gesture, first: Instrument, second: Instrument) -> PutRight:
    """Swap players and custodians of two loans of one borrower."""
    drafts: Drafts = []
    for one, other in ((first, second), (second, first)):
        loan, theirs = one.loan, other.loan
        if loan is not None and theirs is not None and loan.custodian != theirs.custodian:
            drafts.append((one, custody.passing(one, theirs.custodian)))
        if loan is not None and theirs is not None and loan.player != theirs.player:
            drafts.append((one, Draft(FactKind.ALLOCATED, one.id, {"loan": loan.id, "player": theirs.player})))
    latest = {fact.subject: after for fact, after in moving.record(transaction, gesture, drafts)}
    return PutRight(latest.get(first.id, first), latest.get(second.id, second))


def _between(
    transaction: Transaction, gesture: Gesture, prefix: str, first: InstrumentFound, second: InstrumentFound
) -> PutRight:
    """End both loans and begin each anew on the other instrument."""
    pairs = ((first, second), (second, first))
    drafts: Drafts = [
        (one.instrument, moving.returned(one.instrument, Ending.TAKEN)) for one, _other in pairs if one.instrument.loan
    ]
    drafts += [
        (other.instrument, _lent_anew(other.instrument, one.holder, one.instrument.loan))
        for one, other in pairs
        if one.instrument.loan is not None and one.holder is not None
    ]
    written = moving.record(transaction, gesture, drafts)
    papers = [
        agreeing.make_agreement(transaction, gesture, prefix, str(fact.body["borrower"]), [fact.id]).code
        for fact, _after in written
        if fact.kind is FactKind.LENT
    ]
    after = [lookups.instrument(transaction, one.instrument.id) or one for one in (first, second)]
    return PutRight(after[0].instrument, after[1].instrument, agreements=tuple(papers))


def _lent_anew(instrument: Instrument, borrower: Borrower, loan: Loan) -> Draft:
    """Draft the loan that a child really has: due, kind, custodian and player as on the loan it thought it had."""
    draft = moving.lent(instrument, borrower.id, date.fromisoformat(loan.due), loan.kind)
    beside = {"custodian": loan.custodian, "player": loan.player}
    return replace(draft, body={**draft.body, **{name: said for name, said in beside.items() if said is not None}})
