"""The letter after a return: from the loans that came back, to whoever is responsible for them."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from loanstore.domain import codes
from loanstore.domain.agreements import Party
from loanstore.domain.errors import Refused
from loanstore.domain.letters import FlawedItem, MissingItem, ReturnsLetter, SetReturn
from loanstore.domain.loans import Checked, Ending, Status
from loanstore.operations.papers import fonts, party, what
from loanstore.operations.receipts import ended_loan
from loanstore.storage import folding, set_lookups

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from loanstore.domain.loans import Instrument, Loan
    from loanstore.operations.desk import Desk
    from loanstore.storage.transaction import Transaction


def returns_letter_pdf(desk: Desk, loan_ids: Sequence[str]) -> bytes:
    """Draw the letter for the loans that came back in a hand-over, one after another for each responsible party.

    It says of every set how far it is back and what is missing, counting what came back earlier too, and what
    of these came back damaged or without a part. Raises Refused where a loan is unknown or still out, or none
    is named.
    """
    from loanstore.paper.joining import join
    from loanstore.paper.letter import draw_returns_letter

    with desk.store.reading() as transaction:
        parties: dict[str, list[Loan]] = {}
        for loan in [ended_loan(transaction, identity) for identity in loan_ids]:
            parties.setdefault(loan.borrower, []).append(loan)
        papers = [_letter(desk, transaction, borrower, loans) for borrower, loans in parties.items()]
    if not papers:
        raise Refused("NO_LOAN", value="")
    return join([draw_returns_letter(paper, fonts=fonts(desk)) for paper in papers])


def _letter(desk: Desk, transaction: Transaction, borrower: str, came: Sequence[Loan]) -> ReturnsLetter:
    still = folding.open_loans(transaction, borrower)
    every = [*folding.ended_loans(transaction, borrower), *still]
    touched = dict.fromkeys(loan.class_set for loan in came)
    sections = [
        _set_return(transaction, named, came, every) if named is not None else _singles(transaction, came, still)
        for named in sorted(touched, key=lambda named: named is None)
    ]
    others = sum(loan.class_set not in touched for loan in still)
    flawed = filter(None, (_flaw(transaction, loan) for loan in came))
    return ReturnsLetter(
        Party(desk.known_rules(transaction).owner),
        party(transaction, borrower),
        tuple(sections),
        tuple(sorted(flawed, key=lambda item: (item.position, item.code))),
        others,
        desk.today(),
    )


def _set_return(transaction: Transaction, named: str, came: Iterable[Loan], every: Iterable[Loan]) -> SetReturn:
    """Count one set as it went to this party: each instrument by its last loan since the set went out.

    What left the set meanwhile counts only while it is still out.
    """
    since = min(loan.out for loan in came if loan.class_set == named)
    numbers = _numbers(transaction, named)
    last = {loan.instrument: loan for loan in every if loan.class_set == named and loan.out >= since}
    counted = [loan for loan in last.values() if loan.instrument in numbers or loan.ended is None]
    missing = [loan for loan in counted if loan.ended is None or loan.ending is Ending.LOST]
    made = set_lookups.by_id(transaction, named)
    return SetReturn(
        made.name if made is not None else "",
        codes.normalise(made.code) if made is not None else "",
        len(counted),
        len(counted) - len(missing),
        _missing(transaction, missing, numbers),
    )


def _singles(transaction: Transaction, came: Iterable[Loan], still: Iterable[Loan]) -> SetReturn:
    """Count what came back outside any set, and what of that kind is still out."""
    back = sum(loan.class_set is None for loan in came)
    out = [loan for loan in still if loan.class_set is None]
    return SetReturn("", "", back + len(out), back, _missing(transaction, out, {}))


def _missing(transaction: Transaction, loans: Iterable[Loan], numbers: dict[str, int]) -> tuple[MissingItem, ...]:
    items = []
    for loan in loans:
        thing = _thing(transaction, loan)
        position = numbers.get(loan.instrument, 0)
        due = date.fromisoformat(loan.due)
        lost = loan.ending is Ending.LOST
        serial = thing.fields.get("serial", "")
        items.append(MissingItem(position, codes.normalise(thing.code), what(thing), serial, due, lost=lost))
    return tuple(sorted(items, key=lambda item: (item.position, item.code)))


def _flaw(transaction: Transaction, loan: Loan) -> FlawedItem | None:
    """Tell what came back worse than it went out; None where nothing did."""
    thing = _thing(transaction, loan)
    before = loan.issued or Checked()
    missing = tuple(part for part in loan.missing if part not in before.missing)
    damaged = tuple(part for part in loan.damaged if part not in before.damaged)
    broken = thing.status is Status.NEEDS_ATTENTION and thing.loan is None
    if not missing and not damaged and not broken:
        return None
    numbers = _numbers(transaction, loan.class_set) if loan.class_set is not None else {}
    serial, condition = thing.fields.get("serial", ""), loan.condition or ""
    position = numbers.get(thing.id, 0)
    return FlawedItem(position, codes.normalise(thing.code), what(thing), serial, missing, damaged, condition)


def _numbers(transaction: Transaction, named: str) -> dict[str, int]:
    return {member.instrument.id: member.position for member in set_lookups.members(transaction, named)}


def _thing(transaction: Transaction, loan: Loan) -> Instrument:
    thing = folding.instrument_state(transaction, loan.instrument)
    if thing is None:
        raise Refused("NO_LOAN", value=loan.id)
    return thing
