"""Making agreements: one for everything lent in a hand-over."""

from __future__ import annotations

from typing import TYPE_CHECKING

from loanstore.domain import codes
from loanstore.domain.facts import Draft, FactKind
from loanstore.domain.loans import AgreementState
from loanstore.domain.signatures import SigningState
from loanstore.domain.wordings import key_for
from loanstore.operations import drafting
from loanstore.storage import folding, journal, lookups, people
from loanstore.storage.store import take_numbers

if TYPE_CHECKING:
    from collections.abc import Sequence

    from loanstore.domain.gestures import Gesture
    from loanstore.storage.transaction import Transaction


def make_agreement(
    transaction: Transaction, gesture: Gesture, prefix: str, borrower: str, loans: Sequence[str]
) -> AgreementState:
    """Make one agreement for these loans of a borrower, with a code of its own, on the wording that stands now.

    A saved wording is pinned here by its hash; the shipped one when the paper is frozen.
    """
    borrower = people.staying(transaction, borrower)
    code = codes.make(prefix, take_numbers(transaction))
    body: dict[str, object] = {"code": code, "borrower": borrower, "loans": list(loans)}
    wording = _wording_for(transaction, borrower, loans)
    if wording is not None:
        body["wording"] = wording
    draft = Draft(FactKind.AGREED, gesture.new_id(), body)
    (fact,) = journal.append(transaction, gesture, [draft])
    signing = SigningState(wording=wording)
    state = AgreementState(fact.subject or "", code, borrower, fact.happened, tuple(loans), signing)
    folding.write_agreement(transaction, state)
    return state


def _wording_for(transaction: Transaction, borrower: str, loans: Sequence[str]) -> str | None:
    first = folding.loan(transaction, loans[0]) if loans else None
    found = lookups.borrower(transaction, borrower)
    if first is None or found is None:
        return None
    return drafting.standing_hash(transaction, key_for(first.kind, found.kind))


def signed_by(transaction: Transaction, agreement: str) -> str | None:
    """Give the borrower that an agreement was made for: it may have been merged into another since."""
    facts = journal.standing_facts(transaction, agreement)
    return next((str(fact.body["borrower"]) for fact in facts if fact.kind is FactKind.AGREED), None)
