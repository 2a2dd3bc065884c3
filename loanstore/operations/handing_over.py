"""Delivering at a stop: the docket is signed, and at that moment loans and custody begin."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from loanstore.domain.errors import Refused
from loanstore.domain.facts import Draft, FactKind
from loanstore.domain.gestures import instant, noon
from loanstore.domain.runs import of_order
from loanstore.operations import agreeing, moving
from loanstore.operations.delivering import Visit, open_stop, unloaded
from loanstore.operations.desk import Changed, Done
from loanstore.operations.lending import find_instrument
from loanstore.operations.moving import SET_KIND
from loanstore.storage import aggregates, folding, journal, registers, run_lists

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from loanstore.domain.facts import Fact
    from loanstore.domain.gestures import Gesture
    from loanstore.domain.loans import Instrument
    from loanstore.domain.requests import Request
    from loanstore.domain.runs import Run
    from loanstore.operations.desk import Desk
    from loanstore.storage.transaction import Transaction

DELIVERED: Final = frozenset({Changed.RUNS, Changed.INSTRUMENTS, Changed.LOANS, Changed.REQUESTS})


@dataclass(frozen=True, slots=True)
class Delivery:
    """What a signed docket did: what was ``lent`` by it, what was lent already and has ``passed`` into keeping.

    ``brought_back`` came off the van again undelivered; ``agreement`` is the code of the stop's one agreement, None
    where nothing needed one; ``due`` is the day what was lent is due.
    """

    run: Run
    borrower: str
    lent: tuple[Instrument, ...]
    passed: tuple[Instrument, ...]
    brought_back: tuple[Instrument, ...]
    agreement: str | None
    due: date


def deliver(
    desk: Desk, run: str, stop_borrower: str, signed_by: str, on: date | None = None, brought_back: Sequence[str] = ()
) -> Done[Delivery]:
    """Deliver what is on the van for a stop, signed for by name, as of ``on`` where that was earlier.

    What was in store is lent from that moment, custody of what was lent already passes, and one agreement is made
    for the stop. ``brought_back`` names what came back on the van. The name is an erasable note. Raises Refused
    where the stop is signed for already or nothing is on the van for it or from it.
    """
    if not signed_by.strip():
        raise Refused("NO_SIGNER")
    if on is not None and on > desk.today():
        raise Refused("NOT_YET", date=on)
    with desk.gesturing() as (transaction, gesture):
        visit = open_stop(transaction, run, stop_borrower)
        happened = instant(noon(on)) if on is not None and on != desk.today() else None
        back, left = _cargo(transaction, visit, brought_back)
        signed = _sign(transaction, gesture, visit, signed_by, happened)
        rules = desk.rules(transaction)
        due = rules.policy.due(visit.borrower.kind, on or desk.today(), rules.terms).day
        contract = rules.policy.contract(visit.borrower.kind)
        drafts = [*map(unloaded, back), *_handed_over(transaction, visit, left, (due, contract), happened)]
        written = moving.record(transaction, gesture, drafts)
        loans = _to_agree(transaction, visit, written)
        agreement = (
            agreeing.make_agreement(transaction, gesture, rules.prefix, visit.borrower.id, loans) if loans else None
        )
        done = Delivery(
            signed,
            visit.borrower.label,
            _after(written, FactKind.LENT),
            _after(written, FactKind.CUSTODY_PASSED),
            _after(written, FactKind.UNLOADED),
            agreement.code if agreement is not None else None,
            due,
        )
        return Done(done, DELIVERED)


def _cargo(
    transaction: Transaction, visit: Visit, brought_back: Sequence[str]
) -> tuple[list[Instrument], list[Instrument]]:
    """Part what is aboard for the stop into what came back and what was left there."""
    aboard = run_lists.cargo(transaction, visit.run.id)
    here = [line.id for line in aboard if line.stop == visit.borrower.id]
    if not here and not any(visit.borrower.id in {line.lent_to, line.custodian} for line in aboard if not line.stop):
        raise Refused("NOTHING_FOR_STOP", run=visit.run.code, borrower=visit.borrower.label)
    back: dict[str, Instrument] = {}
    for code in brought_back:
        one = find_instrument(transaction, code).instrument
        if one.id not in here:
            raise Refused("NOT_FOR_STOP", code=one.code, borrower=visit.borrower.label)
        back[one.id] = one
    states = [folding.instrument_state(transaction, one) for one in here if one not in back]
    return list(back.values()), [one for one in states if one is not None]


def _sign(transaction: Transaction, gesture: Gesture, visit: Visit, name: str, happened: str | None) -> Run:
    note = gesture.new_id()
    registers.add_note(transaction, note, name.strip())
    body = {"borrower": visit.borrower.id, "signer": note}
    journal.append(transaction, gesture, [Draft(FactKind.DELIVERED, visit.run.id, body, happened)])
    signed: Run = aggregates.refold(transaction, aggregates.named("run"), visit.run.id)
    return signed


def _handed_over(
    transaction: Transaction, visit: Visit, left: Sequence[Instrument], terms: tuple[date, str], happened: str | None
) -> list[tuple[Instrument | None, Draft]]:
    orders = run_lists.open_orders(transaction, [visit.borrower.id])
    handed = Counter(run_lists.handed_out(transaction, [order.id for order in orders]))
    drafts: list[tuple[Instrument | None, Draft]] = []
    for one in left:
        if one.loan is None:
            drafts.append((one, _lent(one, visit, orders, handed, terms, happened)))
        else:
            custodian = visit.borrower.id if one.loan.borrower != visit.borrower.id else None
            body = {"loan": one.loan.id, "custodian": custodian}
            drafts.append((one, Draft(FactKind.CUSTODY_PASSED, one.id, body, happened)))
    return drafts


def _lent(
    one: Instrument,
    visit: Visit,
    orders: Sequence[Request],
    handed: Counter[str],
    terms: tuple[date, str],
    happened: str | None,
) -> Draft:
    """Draft a loan that begins at the stop, with the set it is of and the request that it answers."""
    due, contract = terms
    draft = moving.lent(one, visit.borrower.id, due, SET_KIND if one.class_set else contract, happened=happened)
    body = dict(draft.body)
    if one.class_set is not None:
        body["set"] = one.class_set
    asked = one.aside.request if one.aside is not None and one.aside.borrower == visit.borrower.id else None
    if asked is None:
        order = of_order(one, visit.borrower.id, orders, handed)
        asked = order.id if order is not None else None
    if asked is not None:
        handed[asked] += 1
        body["request"] = asked
    return Draft(draft.kind, draft.subject, body, draft.happened)


def _to_agree(transaction: Transaction, visit: Visit, written: Sequence[tuple[Fact, Instrument]]) -> list[str]:
    """Give the loans of the stop's one agreement: those begun here, and those that stand on no paper yet."""
    loans = []
    for _fact, after in written:
        loan = after.loan
        if loan is None or loan.borrower != visit.borrower.id:
            continue
        if registers.agreement_of(transaction, loan.id) is None:
            loans.append(loan.id)
    return loans


def _after(written: Sequence[tuple[Fact, Instrument]], kind: FactKind) -> tuple[Instrument, ...]:
    return tuple(after for fact, after in written if fact.kind is kind)
