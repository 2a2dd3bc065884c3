"""Swapping up a size: one comes back, the next one up goes out to the same player, on one new agreement."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from loanstore.domain import sizes
from loanstore.domain.catalogue import fold_word
from loanstore.domain.errors import Refused
from loanstore.domain.loans import Ending
from loanstore.domain.requests import countdown
from loanstore.operations import agreeing, counting_down, lending, moving, requesting
from loanstore.operations.desk import Done
from loanstore.storage import request_lookups

if TYPE_CHECKING:
    from collections.abc import Sequence

    from loanstore.domain.borrowers import Borrower
    from loanstore.domain.facts import Draft
    from loanstore.domain.loans import Instrument, Loan
    from loanstore.domain.sizes import Step
    from loanstore.operations.desk import Desk
    from loanstore.storage.transaction import Transaction


@dataclass(frozen=True, slots=True)
class Swapped:
    """What came back and what went out for it; ``loan`` is the new one, ``ended`` the old one.

    ``step`` tells how the new size follows on the old; None where it is not even the same type.
    """

    borrower: Borrower
    back: Instrument
    ended: str
    out: Instrument
    loan: str
    due: date
    agreement: str
    step: Step | None


def swap(
    desk: Desk, old_code: str, new_code: str, condition: str | None = None, missing: Sequence[str] = ()
) -> Done[Swapped]:
    """Bring one instrument back and lend another in its place, to whoever had it and for whoever plays it.

    The kind of contract stays; it is due as the rules say, or when the old one was where that is later. Raises
    Refused where the old one is not on loan, or the new one can't go out; a size that is not the next one up is
    not refused, but told.
    """
    with desk.gesturing() as (transaction, gesture):
        old = lending.find_instrument(transaction, old_code)
        new = lending.find_instrument(transaction, new_code)
        before, loan, borrower = old.instrument, old.instrument.loan, old.holder
        if loan is None or borrower is None:
            raise Refused("NOT_ON_LOAN", code=before.code, status=before.status.value)
        if before.id == new.instrument.id:
            raise Refused("SWAPPED_FOR_ITSELF", code=before.code)
        lending.require_lendable(new, borrower, desk.today())
        rules = desk.rules(transaction)
        due = max(rules.policy.due(borrower.kind, desk.today(), rules.terms).day, date.fromisoformat(loan.due))
        back = lending.inspected(desk, before, moving.returned(before, Ending.RETURNED), condition, missing)
        request = _answered(transaction, new.instrument, borrower)
        out = _out(new.instrument, loan, due, request)
        written = moving.record(transaction, gesture, [(before, back), (new.instrument, out)])
        (_returned, after), (lent, gone) = written
        made = agreeing.make_agreement(transaction, gesture, rules.prefix, borrower.id, [lent.id])
        if request is not None:
            counting_down.close_if_met(transaction, gesture, request)
        swapped = Swapped(borrower, after, loan.id, gone, lent.id, due, made.code, _step(desk, before, gone))
        return Done(swapped, lending.MOVED | requesting.ASKED)


def _answered(transaction: Transaction, new: Instrument, borrower: Borrower) -> str | None:
    """Give the request of the borrower that the new instrument answers, as a family waits for the next size."""
    lines = request_lookups.open_of(transaction, borrower.id)
    line = countdown(lines, new.fields.get("type", ""), new.fields.get("size", "")).line
    return line.id if line is not None else None


def _out(new: Instrument, loan: Loan, due: date, request: str | None) -> Draft:
    """Draft the new loan: where it is and who plays it stay as they were; the old one's request is not met twice."""
    draft = moving.lent(new, loan.borrower, due, loan.kind)
    kept = {"custodian": loan.custodian, "player": loan.player, "request": request}
    return replace(draft, body={**draft.body, **{name: value for name, value in kept.items() if value is not None}})


def _step(desk: Desk, old: Instrument, new: Instrument) -> Step | None:
    old_type, new_type = old.fields.get("type", ""), new.fields.get("type", "")
    if fold_word(old_type) != fold_word(new_type):
        return None
    kind = desk.catalogue.find_type(new_type)
    return sizes.step(kind, old.fields.get("size", ""), new.fields.get("size", ""))
