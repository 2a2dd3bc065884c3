"""Receipts on return: what came back, how, and what is still out; and a list for whoever brought things for others."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from loanstore.domain import codes
from loanstore.domain.agreements import OutItem, Party, ReceiptItem, ReceiptPaper, ReturnList
from loanstore.domain.errors import Refused
from loanstore.domain.frozen import read_paper
from loanstore.operations.papers import day_of, fonts, party, what
from loanstore.storage import folding, kept_papers, lookups, registers

if TYPE_CHECKING:
    from collections.abc import Sequence

    from loanstore.domain.loans import Instrument, Loan
    from loanstore.operations.desk import Desk
    from loanstore.storage.transaction import Transaction


def receipts_pdf(desk: Desk, loans: Sequence[str], bringer: str = "") -> bytes:
    """Draw a receipt for each responsible party of these ended loans, one after another in one file.

    Where they are others' than the bringer's, a list of everything for whoever brought it comes first; ``bringer`` is
    that borrower's id, empty where nobody said. Raises Refused where one of the loans is unknown or still out.
    """
    from loanstore.paper.joining import join
    from loanstore.paper.receipt import draw_receipt, draw_return_list

    with desk.store.reading() as transaction:
        parties: dict[str, list[Loan]] = {}
        for loan in [ended_loan(transaction, loan) for loan in loans]:
            parties.setdefault(loan.borrower, []).append(loan)
        papers = [_receipt(desk, transaction, borrower, of) for borrower, of in parties.items()]
        for_others = len(parties) > 1 or (bringer != "" and set(parties) != {bringer})
        listed = _list(desk, transaction, papers, bringer) if for_others else None
    first = [draw_return_list(listed, fonts=fonts(desk))] if listed is not None else []
    return join([*first, *(draw_receipt(paper, fonts=fonts(desk)) for paper in papers)])


def receipt_for(desk: Desk, loan: str) -> bytes:
    """Draw the receipt that clears one loan, with whatever else came back from its party that day."""
    with desk.store.reading() as transaction:
        one = ended_loan(transaction, loan)
        day = day_of(desk, one.ended or "")
        ended = folding.ended_loans(transaction, one.borrower)
        same = [other.id for other in ended if day_of(desk, other.ended or "") == day]
    return receipts_pdf(desk, same)


def _list(desk: Desk, transaction: Transaction, papers: Sequence[ReceiptPaper], bringer: str) -> ReturnList:
    found = lookups.borrower(transaction, bringer) if bringer else None
    owner = Party(desk.known_rules(transaction).owner)
    parties = tuple((paper.party.name, paper.returned) for paper in papers)
    return ReturnList(owner, found.name if found is not None else "", parties, desk.today())


def _receipt(desk: Desk, transaction: Transaction, borrower: str, ended: Sequence[Loan]) -> ReceiptPaper:
    returned = tuple(
        _item(desk, transaction, loan, thing)
        for loan in ended
        if (thing := folding.instrument_state(transaction, loan.instrument)) is not None
    )
    still = []
    for loan in folding.open_loans(transaction, borrower):
        thing = folding.instrument_state(transaction, loan.instrument)
        if thing is not None:
            serial = thing.fields.get("serial", "")
            due = date.fromisoformat(loan.due)
            still.append(OutItem(codes.normalise(thing.code), what(thing), serial, day_of(desk, loan.out), due))
    agreement = registers.agreement_of(transaction, ended[0].id)
    found = lookups.agreement(transaction, agreement) if agreement is not None else None
    code = codes.normalise(found.code) if found is not None else ""
    owner = Party(desk.known_rules(transaction).owner)
    return ReceiptPaper(code, owner, party(transaction, borrower), returned, tuple(still), desk.today())


def _item(desk: Desk, transaction: Transaction, loan: Loan, thing: Instrument) -> ReceiptItem:
    condition = loan.condition or thing.fields.get("condition", "")
    issued = loan.issued
    return ReceiptItem(
        codes.normalise(thing.code),
        what(thing),
        thing.fields.get("serial", ""),
        day_of(desk, loan.out),
        day_of(desk, loan.ended or "") or desk.today(),
        condition,
        loan.missing,
        loan.damaged,
        (issued.condition if issued is not None else "") or _condition_signed_for(transaction, loan, thing),
        issued.missing if issued is not None else (),
        registers.note(transaction, loan.player) if loan.player is not None else "",
    )


def _condition_signed_for(transaction: Transaction, loan: Loan, thing: Instrument) -> str:
    """Give the condition that stands on the agreement: what both sides saw at the hand-over."""
    agreement = registers.agreement_of(transaction, loan.id)
    paper = kept_papers.frozen_of(transaction, agreement) if agreement is not None else None
    if paper is None:
        return ""
    code = codes.normalise(thing.code)
    return next((item.condition for item in read_paper(paper.drawn_from).items if item.code == code), "")


def ended_loan(transaction: Transaction, named: str) -> Loan:
    """Give a loan that has ended; raises Refused NO_LOAN or STILL_OUT."""
    loan = folding.loan(transaction, named)
    if loan is None:
        raise Refused("NO_LOAN", value=named)
    if loan.ended is None:
        raise Refused("STILL_OUT", value=named)
    return loan
