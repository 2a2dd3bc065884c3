"""Agreements made afterwards, for loans that went out without one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from loanstore.domain.errors import Refused
from loanstore.operations import agreeing, freezing
from loanstore.operations.desk import Changed, Done
from loanstore.storage import folding, registers

if TYPE_CHECKING:
    from collections.abc import Sequence

    from loanstore.operations.desk import Desk


@dataclass(frozen=True, slots=True)
class Agreements:
    """The codes of the agreements that were made, and all of them in one file."""

    codes: tuple[str, ...]
    pdf: bytes


def agree_on(desk: Desk, loans: Sequence[str]) -> Done[Agreements]:
    """Make agreements for those of these loans that stand and have none, one for each borrower, in one gesture.

    Raises Refused NOTHING_TO_AGREE where each of them has ended or has one already.
    """
    from loanstore.paper.joining import join

    with desk.gesturing() as (transaction, gesture):
        standing = [loan for one in loans if (loan := folding.loan(transaction, one)) is not None and not loan.ended]
        by_borrower: dict[str, list[str]] = {}
        for loan in standing:
            if registers.agreement_of(transaction, loan.id) is None:
                by_borrower.setdefault(loan.borrower, []).append(loan.id)
        if not by_borrower:
            raise Refused("NOTHING_TO_AGREE")
        prefix = desk.rules(transaction).prefix
        made = [agreeing.make_agreement(transaction, gesture, prefix, who, of) for who, of in by_borrower.items()]
    drawn = [freezing.agreement_pdf(desk, one.id).result for one in made]
    pdf = join([one.pdf for one in drawn])
    return Done(Agreements(tuple(one.code for one in drawn), pdf), frozenset({Changed.LOANS}))
