"""Proposals: what the return checklist and losses suggest to charge; a person decides, nothing posts by itself."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from loanstore.domain.ledger import Entry, EntryKind, Why, identity
from loanstore.domain.loans import Ending

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from loanstore.domain.hires import HiredLoan


@dataclass(frozen=True, slots=True)
class Proposal:
    """Something that may be charged: a missing or damaged part, or a loss with the replacement value in pence.

    ``amount`` is None where nobody knows what it costs.
    """

    id: str
    borrower: str
    loan: str
    instrument: str
    kind: str
    part: str
    what: str
    day: str
    amount: int | None
    turn: int = 0


def propose(loans: Iterable[HiredLoan], entries: Sequence[Entry]) -> list[Proposal]:
    """Give what may be charged for loans that ended, and was neither charged nor let be yet."""
    found = []
    for loan in loans:
        for kind, part in _reasons(loan):
            same = [one for one in entries if (one.hire, one.kind, one.about) == (loan.id, kind.value, part)]
            if any(one.stands or one.why == Why.BY_HAND for one in same):
                continue
            turn = max((one.turn for one in same), default=-1) + 1
            made = identity(loan.id, kind.value, part, turn)
            amount = loan.value if kind is EntryKind.LOSS else None
            day = loan.ended.isoformat() if loan.ended is not None else ""
            what = f"{loan.what}, {loan.code}"
            found.append(
                Proposal(made, loan.borrower, loan.id, loan.instrument, kind.value, part, what, day, amount, turn)
            )
    return found


def _reasons(loan: HiredLoan) -> Iterator[tuple[EntryKind, str]]:
    if loan.ended is None:
        return
    if loan.ending is Ending.LOST and loan.lost:
        yield EntryKind.LOSS, ""
    for part in loan.missing:
        yield EntryKind.MISSING, part
    for part in loan.damaged:
        yield EntryKind.DAMAGE, part


def cleared(loans: Iterable[HiredLoan], entries: Iterable[Entry]) -> list[tuple[Entry, Why]]:
    """Give what was charged for a loss or a part and is to be taken back: it was found, or handed in since."""
    by_id = {loan.id: loan for loan in loans}
    found = []
    for entry in entries:
        loan = by_id.get(entry.hire)
        if not entry.stands or loan is None or entry.kind not in {"loss", "missing", "damage"}:
            continue
        if (EntryKind(entry.kind), entry.about) not in set(_reasons(loan)):
            found.append((entry, Why.FOUND if entry.kind == EntryKind.LOSS else Why.HANDED_IN))
    return found


def entry_of(proposal: Proposal, amount: int) -> Entry:
    """Give the charge that a proposal becomes, for so many pence; nothing is a decision too: it is let be."""
    name = " · ".join(filter(None, (proposal.what, proposal.part)))
    return Entry(
        proposal.id,
        proposal.borrower,
        proposal.kind,
        proposal.loan,
        proposal.instrument,
        proposal.part,
        name,
        proposal.day,
        proposal.day,
        amount,
        amount,
        turn=proposal.turn,
    )
