"""Payments: how much, when, how, and a reference that is an erasable note; never a card's number."""

from __future__ import annotations

from typing import TYPE_CHECKING

from loanstore.domain.errors import Refused
from loanstore.domain.facts import Draft, FactKind
from loanstore.domain.ledger import Method, Payment, looks_like_card
from loanstore.domain.tariffs import MOST_PENCE
from loanstore.operations.desk import Done
from loanstore.operations.lending import find_borrower
from loanstore.operations.posting import CHANGED
from loanstore.storage import aggregates, journal, registers

if TYPE_CHECKING:
    from datetime import date

    from loanstore.operations.desk import Desk


def pay(
    desk: Desk,
    borrower_code: str,
    amount: int,
    method: Method = Method.OTHER,
    *,
    on: date | None = None,
    reference: str = "",
) -> Done[Payment]:
    """Record that a borrower paid so many pence; less than nothing is money that went back.

    Raises Refused: BAD_AMOUNT, IN_THE_FUTURE, CARD_NUMBER where the reference looks like a card's number.
    """
    day = on or desk.today()
    if day > desk.today():
        raise Refused("IN_THE_FUTURE", date=day.isoformat())
    if not 0 < abs(amount) <= MOST_PENCE:
        raise Refused("BAD_AMOUNT", value=amount)
    if looks_like_card(reference):
        raise Refused("CARD_NUMBER")
    with desk.gesturing() as (transaction, gesture):
        borrower = find_borrower(transaction, borrower_code)
        body: dict[str, object] = {
            "borrower": borrower.id,
            "amount": amount,
            "day": day.isoformat(),
            "method": method.value,
        }
        if reference.strip():
            body["reference"] = gesture.new_id()
            registers.add_note(transaction, str(body["reference"]), reference.strip())
        identity = gesture.new_id()
        journal.append(transaction, gesture, [Draft(FactKind.PAID, identity, body)])
        return Done(aggregates.refold(transaction, aggregates.named("payment"), identity), CHANGED)
