"""Lending and bringing back by hand: the gestures of the desk without a scanner."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from loanstore.domain import codes
from loanstore.domain.catalogue import BANDS
from loanstore.domain.charge_rules import may_be_regulated
from loanstore.domain.errors import Refused
from loanstore.domain.facts import Draft, FactKind
from loanstore.domain.gestures import instant, noon, read_instant
from loanstore.domain.loans import GONE, Ending, Status
from loanstore.domain.requests import ready_for
from loanstore.domain.scan_findings import AgreementFound, BorrowerFound, InstrumentFound
from loanstore.domain.tariffs import CONTRACTS
from loanstore.operations import agreeing, counting_down, moving
from loanstore.operations.desk import Changed, Done
from loanstore.storage import ledger_lists, lookups, registers

if TYPE_CHECKING:
    from collections.abc import Sequence

    from loanstore.domain.borrowers import Borrower
    from loanstore.domain.gestures import Gesture
    from loanstore.domain.loans import Instrument
    from loanstore.operations.desk import Desk
    from loanstore.storage.transaction import Transaction

MOVED = frozenset({Changed.INSTRUMENTS, Changed.LOANS})


@dataclass(frozen=True, slots=True)
class HandOver:
    """What ``lend`` made: the borrower, the loans in the order of their codes, and their agreement.

    ``requests`` names what the borrower had asked for and this counts for; ``may_be_regulated`` warns of a paid
    hire that the law may have a say in.
    """

    borrower: Borrower
    instruments: tuple[Instrument, ...]
    loans: tuple[str, ...]
    due: date
    agreement: str
    requests: tuple[str, ...] = ()
    may_be_regulated: bool = False


@dataclass(frozen=True, slots=True)
class BroughtBack:
    """One loan that ``return`` ended."""

    instrument: Instrument
    loan: str


def find_instrument(transaction: Transaction, code: str) -> InstrumentFound:
    """Find an instrument by any of its codes; raises Refused where nothing, or something else, carries it."""
    found = lookups.by_label(transaction, codes.normalise(code))
    if not isinstance(found, InstrumentFound):
        raise Refused("NO_INSTRUMENT", value=code)
    return found


def each_once(transaction: Transaction, named: Sequence[str]) -> list[InstrumentFound]:
    """Find the instruments that are named, each once however often and by whichever of its codes."""
    found = [find_instrument(transaction, code) for code in named]
    return list({one.instrument.id: one for one in found}.values())


def find_borrower(transaction: Transaction, code: str) -> Borrower:
    """Find a borrower by code or URN; raises Refused where nothing, or something else, carries it."""
    found = lookups.by_form(transaction, codes.normalise(code))
    if isinstance(found, (BorrowerFound, AgreementFound)):
        return found.borrower
    raise Refused("NO_BORROWER", value=code)


def lend(
    desk: Desk, borrower_code: str, instrument_codes: Sequence[str], due: date | None = None, kind: str | None = None
) -> Done[HandOver]:
    """Lend instruments to a borrower under one agreement: all of them, or none where one is refused."""
    if kind is not None and kind not in CONTRACTS:
        raise Refused("BAD_LOAN_KIND", value=kind, kinds="; ".join(CONTRACTS))
    require_ahead(desk, due)
    with desk.gesturing() as (transaction, gesture):
        borrower = find_borrower(transaction, borrower_code)
        found = each_once(transaction, instrument_codes)
        made = hand_over(desk, transaction, gesture, borrower, found, HandOverTerms(due, kind))
        return Done(made, MOVED | {Changed.REQUESTS} if made.requests else MOVED)


@dataclass(frozen=True, slots=True)
class HandOverTerms:
    """What differs from the rules in a hand-over: the day it is due, the kind of contract, the request it is for."""

    due: date | None = None
    kind: str | None = None
    request: str | None = None


def hand_over(
    desk: Desk,
    transaction: Transaction,
    gesture: Gesture,
    borrower: Borrower,
    found: Sequence[InstrumentFound],
    terms: HandOverTerms,
) -> HandOver:
    """Lend what was found to a borrower within a gesture, under one agreement; raises Refused where it may not be.

    What the borrower has asked for is counted down by it, and closed where that is all of it.
    """
    rules = desk.rules(transaction)
    for one in found:
        require_lendable(one, borrower, desk.today())
    require_within_limit(transaction, borrower, len(found), rules.policy.limit(borrower.kind))
    until = terms.due or rules.policy.due(borrower.kind, desk.today(), rules.terms).day
    contract = terms.kind or rules.policy.contract(borrower.kind)
    going = [(one.instrument, moving.lent(one.instrument, borrower.id, until, contract)) for one in found]
    if terms.request is not None:
        drafts = [replace(draft, body={**draft.body, "request": terms.request}) for _thing, draft in going]
    else:
        drafts = counting_down.counted(transaction, borrower.id, going)
    written = moving.record(
        transaction, gesture, [(thing, draft) for (thing, _plain), draft in zip(going, drafts, strict=True)]
    )
    requests = counting_down.close_met(transaction, gesture, drafts)
    loans = tuple(fact.id for fact, _after in written)
    made = agreeing.make_agreement(transaction, gesture, rules.prefix, borrower.id, loans)
    warned = regulated(desk, transaction, borrower, contract, until)
    return HandOver(borrower, tuple(after for _fact, after in written), loans, until, made.code, requests, warned)


def regulated(desk: Desk, transaction: Transaction, borrower: Borrower, contract: str, due: date) -> bool:
    """Tell whether a hand-over of today would be a paid hire that the law may regulate, whatever band it is of."""
    rules, today = desk.known_rules(transaction), desk.today()
    prices = ledger_lists.prices(transaction)
    until = None if rules.policy.rules[borrower.kind].rolling else due
    priced = (prices.at(contract, band, today) for band in ("", *BANDS))
    return any(may_be_regulated(rules.charging, one, borrower.kind, today, until) for one in priced)


def bring_back(
    desk: Desk,
    instrument_codes: Sequence[str],
    on: date | None = None,
    condition: str | None = None,
    missing: Sequence[str] = (),
) -> Done[tuple[BroughtBack, ...]]:
    """End the loans of instruments, as of ``on`` where it happened earlier; all of them, or none."""
    if on is not None and on > desk.today():
        raise Refused("IN_THE_FUTURE", date=on.isoformat())
    with desk.gesturing() as (transaction, gesture):
        drafts: list[tuple[Instrument | None, Draft]] = []
        for instrument in [found.instrument for found in each_once(transaction, instrument_codes)]:
            if instrument.loan is None:
                raise Refused("NOT_ON_LOAN", code=instrument.code, status=instrument.status.value)
            draft = moving.returned(instrument, Ending.RETURNED, happened=_came_back(desk, instrument, on))
            drafts.append((instrument, inspected(desk, instrument, draft, condition, missing)))
        loans = [state.loan.id for state, _draft in drafts if state is not None and state.loan is not None]
        written = moving.record(transaction, gesture, drafts)
        back = tuple(BroughtBack(after, loan) for (_fact, after), loan in zip(written, loans, strict=True))
        return Done(back, MOVED)


def _came_back(desk: Desk, instrument: Instrument, on: date | None) -> str | None:
    """Give the instant something came back on an earlier day: noon, or when it went out if that was later."""
    if on is None or on == desk.today() or instrument.loan is None:
        return None
    out = instrument.loan.out
    if out and on < desk.day_of(read_instant(out)):
        raise Refused("BEFORE_LENT", code=instrument.code, out=out[:10])
    return max(instant(noon(on)), out)


def inspected(desk: Desk, instrument: Instrument, draft: Draft, condition: str | None, missing: Sequence[str]) -> Draft:
    """Add what was found at hand-over; without an essential accessory the instrument needs attention."""
    body = dict(draft.body)
    if condition:
        body["condition"] = condition
    if missing:
        body["missing"] = list(missing)
        kind = desk.catalogue.find_type(instrument.fields.get("type", ""))
        essential = {a.name.casefold() for a in kind.accessories if a.essential} if kind is not None else set()
        body["attention"] = any(name.casefold() in essential for name in missing)
    return Draft(draft.kind, draft.subject, body, draft.happened)


def renew(desk: Desk, named: str) -> Done[tuple[tuple[Instrument, date], ...]]:
    """Renew one loan, named by its id, or everything a borrower has; gives each with its new due date."""
    return renew_all(desk, [named])


def renew_all(desk: Desk, named: Sequence[str]) -> Done[tuple[tuple[Instrument, date], ...]]:
    """Renew several loans or all loans of several borrowers in one gesture: all of them, or none."""
    with desk.gesturing() as (transaction, gesture):
        rules = desk.rules(transaction)
        pairs = {found.instrument.id: found for one in named for found in loans_meant(transaction, one)}
        drafts: list[tuple[Instrument | None, Draft]] = []
        dues = []
        for found in pairs.values():
            loan, holder = found.instrument.loan, found.holder
            if loan is None or holder is None:
                raise Refused("NOT_ON_LOAN", code=found.instrument.code, status=found.instrument.status.value)
            was = date.fromisoformat(loan.due)
            due = rules.policy.renewed(holder.kind, was, desk.today(), rules.terms).day
            dues.append(due)
            drafts.append((found.instrument, moving.renewed(found.instrument, due)))
        written = moving.record(transaction, gesture, drafts)
        renewed = tuple((after, due) for (_fact, after), due in zip(written, dues, strict=True))
        return Done(renewed, frozenset({Changed.LOANS}))


def loans_meant(transaction: Transaction, named: str) -> list[InstrumentFound]:
    """Find the open loans that are named: by a loan, an instrument, a borrower or an agreement; raises Refused."""
    row = registers.loan_row(transaction, named)
    if row is not None:
        if row["ended"]:
            raise Refused("LOAN_ENDED", value=named, ended=row["ended"][:10])
        instruments = [row["instrument"]]
    else:
        form = codes.normalise(named)
        thing = lookups.by_form(transaction, form)
        if isinstance(thing, InstrumentFound):
            instruments = [thing.instrument.id]
        elif isinstance(thing, BorrowerFound):
            instruments = [instrument for _loan, instrument in registers.open_loans_of(transaction, thing.borrower.id)]
        elif isinstance(thing, AgreementFound):
            instruments = [instrument.id for instrument in thing.still_out]
        else:
            raise Refused("NO_LOAN", value=named)
    if not instruments:
        raise Refused("NOTHING_OUT", value=named)
    return [found for i in instruments if (found := lookups.instrument(transaction, i)) is not None]


def declare_lost(desk: Desk, code: str, why: str) -> Done[Instrument]:
    """Note that an instrument is lost; its loan ends that day. The reason is kept as an erasable note."""
    return _declare(desk, code, FactKind.LOST, why)


def declare_found(desk: Desk, code: str, why: str) -> Done[Instrument]:
    """Note that an instrument turned up, or that what it needed was seen to: it can be lent again."""
    return _declare(desk, code, FactKind.FOUND, why)


def retire(desk: Desk, code: str, why: str) -> Done[Instrument]:
    """Take an instrument out of use; refused while it is on loan."""
    return _declare(desk, code, FactKind.RETIRED, why)


def _declare(desk: Desk, code: str, kind: FactKind, why: str) -> Done[Instrument]:
    with desk.gesturing() as (transaction, gesture):
        instrument = find_instrument(transaction, code).instrument
        _require_sense(instrument, kind)
        note = desk.new_id()
        registers.add_note(transaction, note, why)
        draft = Draft(kind, instrument.id, {"note": note})
        ((_fact, after),) = moving.record(transaction, gesture, [(instrument, draft)])
        return Done(after, MOVED)


def _require_sense(instrument: Instrument, kind: FactKind) -> None:
    status = instrument.status
    if kind is FactKind.RETIRED and instrument.loan is not None:
        raise Refused("STILL_ON_LOAN", code=instrument.code)
    if (kind is FactKind.RETIRED and status in {Status.RETIRED, Status.DISPOSED}) or (
        kind is FactKind.LOST and status is Status.LOST
    ):
        raise Refused("ALREADY_SO", code=instrument.code, status=status.value)
    if kind is FactKind.FOUND and status not in GONE | {Status.NEEDS_ATTENTION}:
        raise Refused("NOT_GONE", code=instrument.code, status=status.value)


def require_ahead(desk: Desk, due: date | None) -> None:
    """Raise Refused where something would be due on a day that is past."""
    if due is not None and due < desk.today():
        raise Refused("DUE_IN_THE_PAST", due=due.isoformat())


def require_lendable(found: InstrumentFound, borrower: Borrower, today: date) -> None:
    """Raise Refused where an instrument can't go out to a borrower: on loan, kept for another, or not fit to."""
    instrument = found.instrument
    if instrument.loan is not None and found.holder is not None:
        theirs = found.holder.id == borrower.id
        raise Refused("ALREADY_OUT", code=instrument.code, holder=found.holder.label, theirs=theirs)
    if not ready_for(instrument, borrower.id, today):
        raise Refused("NOT_LENDABLE", code=instrument.code, status=instrument.status.value)


def require_within_limit(transaction: Transaction, borrower: Borrower, more: int, limit: int | None) -> None:
    """Raise Refused where a borrower would have more than its kind may have; None is no limit."""
    held = lookups.held_by(transaction, borrower.id) if limit is not None else 0
    if limit is not None and held + more > limit:
        raise Refused("OVER_LIMIT", borrower=borrower.label, held=held, limit=limit)
