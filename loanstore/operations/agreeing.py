"""Making agreements: one for everything lent in a hand-over."""

from __future__ import annotations

from typing import TYPE_CHECKING

from loanstore.domain import codes
from loanstore.domain.facts import Draft, FactKind
from loanstore.domain.loans import AgreementState
from loanstore.storage import folding, journal, people
from loanstore.storage.store import take_numbers

if TYPE_CHECKING:
    from collections.abc import Sequence

    from loanstore.domain.gestures import Gesture
    from loanstore.storage.transaction import Transaction


def make_agreement(
    transaction: Transaction, gesture: Gesture, prefix: str, borrower: str, loans: Sequence[str]
) -> AgreementState:
    """Make one agreement for these loans of a borrower, with a code of its own."""
    borrower = people.staying(transaction, borrower)
    code = codes.make(prefix, take_numbers(transaction))
    body = {"code": code, "borrower": borrower, "loans": list(loans)}
    draft = Draft(FactKind.AGREED, gesture.new_id(), body)
    (fact,) = journal.append(transaction, gesture, [draft])
    state = AgreementState(fact.subject or "", code, borrower, fact.happened, tuple(loans))
    folding.write_agreement(transaction, state)
    return state


def signed_by(transaction: Transaction, agreement: str) -> str | None:
    """Give the borrower that an agreement was made for: it may have been merged into another since."""
    facts = journal.standing_facts(transaction, agreement)
    return next((str(fact.body["borrower"]) for fact in facts if fact.kind is FactKind.AGREED), None)
