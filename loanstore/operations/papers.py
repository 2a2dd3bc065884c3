"""Putting papers together: agreements, receipts, the borrowers' sheet, the command card, the recovery sheet."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Final

from loanstore.domain import codes
from loanstore.domain.agreements import (
    AgreementPaper,
    OutItem,
    Party,
    ReceiptItem,
    ReceiptPaper,
    ScheduleItem,
    read_text,
)
from loanstore.domain.borrowers import BorrowerKind
from loanstore.domain.errors import Refused
from loanstore.domain.gestures import read_instant
from loanstore.domain.labels import Label
from loanstore.domain.scan_findings import AgreementFound
from loanstore.operations import agreeing, pricing
from loanstore.operations.desk import Changed, Done
from loanstore.storage import folding, lookups, registers

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from loanstore.domain.loans import Instrument, Loan
    from loanstore.operations.desk import Desk
    from loanstore.storage.transaction import Transaction

_TEXT_OF_LOAN: Final = {
    "class set": "class_set",
    "teacher": "teacher",
    "ensemble": "ensemble",
    "hire, charged": "hirer_charged",
    "hire, free": "hirer_free",
}
_TEXT_OF_BORROWER: Final = {
    BorrowerKind.SETTING: "setting",
    BorrowerKind.TEACHER: "teacher",
    BorrowerKind.ENSEMBLE: "ensemble",
    BorrowerKind.HIRER: "hirer_free",
}


@dataclass(frozen=True, slots=True)
class AgreementPdf:
    """An agreement as a file: its code as shown, and the PDF."""

    code: str
    pdf: bytes


def agreement_pdf(desk: Desk, named: str) -> Done[AgreementPdf]:
    """Draw an agreement, named by its code, its id or one of its loans.

    A loan without agreement gets one now, with everything else that was lent to the same borrower on the
    same day and has none yet. Raises Refused where nothing is so named.
    """
    with desk.store.reading() as transaction:
        identity = _agreement_named(transaction, named)
        paper = _agreement_paper(desk, transaction, identity) if identity is not None else None
    if paper is not None:
        return Done(_drawn(desk, paper))
    with desk.gesturing() as (transaction, gesture):
        identity = _agreement_named(transaction, named)
        if identity is None:
            borrower, loans = _loans_to_agree(desk, transaction, named)
            prefix = desk.rules(transaction).prefix
            identity = agreeing.make_agreement(transaction, gesture, prefix, borrower, loans).id
        # Drawn before it is stored: an agreement that can't be printed is none.
        return Done(_drawn(desk, _agreement_paper(desk, transaction, identity)), frozenset({Changed.LOANS}))


def _drawn(desk: Desk, paper: AgreementPaper) -> AgreementPdf:
    from loanstore.paper.agreement import draw_agreement

    return AgreementPdf(codes.shown(paper.code), draw_agreement(paper, fonts=fonts(desk)))


def receipts_pdf(desk: Desk, loans: Sequence[str]) -> bytes:
    """Draw a receipt for each responsible party of these ended loans, one after another in one file.

    Raises Refused where one of them is unknown or still out.
    """
    from loanstore.paper.joining import join
    from loanstore.paper.receipt import draw_receipt

    with desk.store.reading() as transaction:
        ended = [_ended(transaction, loan) for loan in loans]
        parties: dict[str, list[Loan]] = {}
        for loan in ended:
            parties.setdefault(loan.borrower, []).append(loan)
        papers = [_receipt_paper(desk, transaction, borrower, of) for borrower, of in parties.items()]
    return join([draw_receipt(paper, fonts=fonts(desk)) for paper in papers])


def receipt_for(desk: Desk, loan: str) -> bytes:
    """Draw the receipt that clears one loan, with whatever else came back from its party that day."""
    with desk.store.reading() as transaction:
        one = _ended(transaction, loan)
        day = day_of(desk, one.ended or "")
        ended = folding.ended_loans(transaction, one.borrower)
        same = [other.id for other in ended if day_of(desk, other.ended or "") == day]
    return receipts_pdf(desk, same)


def borrower_sheet_pdf(desk: Desk, borrower_ids: Sequence[str]) -> bytes:
    """Draw a sheet of borrowers' names with their barcodes, by name."""
    from loanstore.paper.lists import draw_code_list

    with desk.store.reading() as transaction:
        owner = desk.known_rules(transaction).owner
        found = [card for one in borrower_ids if (card := lookups.borrower(transaction, one)) is not None]
    if not found:
        raise Refused("NO_LABELS")
    entries = [
        Label(codes.normalise(card.code), card.code, card.label, card.school, owner)
        for card in sorted(found, key=lambda card: card.name.casefold())
    ]
    return draw_code_list("Borrowers", entries, fonts=fonts(desk))


def command_sheet_pdf(desk: Desk) -> bytes:
    """Draw the card of command barcodes that lies on the desk."""
    from loanstore.paper.commands import draw_command_sheet

    return draw_command_sheet(fonts=fonts(desk))


def recovery_sheet_pdf(desk: Desk, words: Sequence[str]) -> bytes:
    """Draw the recovery sheet: the store's key in words, to be kept under lock."""
    from loanstore.paper.recovery import draw_recovery_sheet

    with desk.store.reading() as transaction:
        rules = desk.rules(transaction)
    return draw_recovery_sheet(rules.owner, rules.store_id, words, desk.today(), fonts=fonts(desk))


def fonts(desk: Desk) -> Path:
    """Give the folder of the fonts that ship."""
    return desk.resources / "fonts"


def party(transaction: Transaction, borrower: str) -> Party:
    """Give a borrower as one side of an agreement."""
    record = registers.borrower_record(transaction, borrower)
    lines = [record.get(name, "") for name in ("contact", "address", "postcode", "telephone", "email")]
    return Party(record.get("name", ""), tuple(part for line in lines for part in line.splitlines() if part))


def _agreement_named(transaction: Transaction, named: str) -> str | None:
    found = lookups.by_form(transaction, codes.normalise(named))
    if isinstance(found, AgreementFound):
        return found.agreement
    if lookups.agreement(transaction, named) is not None:
        return named
    if registers.loan_row(transaction, named) is None:
        raise Refused("NO_AGREEMENT", value=named)
    return registers.agreement_of(transaction, named)


def _loans_to_agree(desk: Desk, transaction: Transaction, named: str) -> tuple[str, list[str]]:
    loan = folding.loan(transaction, named)
    if loan is None or loan.ended is not None:
        raise Refused("LOAN_ENDED", value=named, ended=(loan.ended or "")[:10] if loan else "")
    day = day_of(desk, loan.out)
    together = [
        other.id
        for other in folding.open_loans(transaction, loan.borrower)
        if day_of(desk, other.out) == day and registers.agreement_of(transaction, other.id) is None
    ]
    return loan.borrower, together


def _agreement_paper(desk: Desk, transaction: Transaction, identity: str) -> AgreementPaper:
    found = lookups.agreement(transaction, identity)
    loans = [folding.loan(transaction, loan) for loan in registers.loans_of_agreement(transaction, identity)]
    standing = [loan for loan in loans if loan is not None]
    if found is None or not standing:
        raise Refused("NO_AGREEMENT", value=identity)
    things = [folding.instrument_state(transaction, loan.instrument) for loan in standing]
    signer = lookups.borrower(transaction, agreeing.signed_by(transaction, identity) or "") or found.borrower
    key = _TEXT_OF_LOAN.get(standing[0].kind) or _TEXT_OF_BORROWER[signer.kind]
    text = (desk.resources / "agreements" / f"{key}.toml").read_text("utf-8")
    out = min(day_of(desk, loan.out) or desk.today() for loan in standing)
    return AgreementPaper(
        code=codes.normalise(found.code),
        owner=Party(desk.rules(transaction).owner),
        borrower=party(transaction, signer.id),
        player=signer.pupil,
        school=signer.school,
        items=tuple(_item(desk, thing) for thing in things if thing is not None),
        out=out,
        charge=pricing.charge_words(desk, transaction, standing, out),
        due=max(date.fromisoformat(loan.due) for loan in standing),
        made=day_of(desk, found.made) or desk.today(),
        text=read_text(text),
    )


def _item(desk: Desk, thing: Instrument) -> ScheduleItem:
    fields = thing.fields
    kind = desk.catalogue.find_type(fields.get("type", ""))
    value = fields.get("replacement_value")
    return ScheduleItem(
        codes.normalise(thing.code),
        what(thing),
        fields.get("make", ""),
        fields.get("model", ""),
        fields.get("serial", ""),
        tuple(accessory.name for accessory in kind.accessories) if kind is not None else (),
        fields.get("condition", ""),
        int(value) if value else None,
    )


def _receipt_paper(desk: Desk, transaction: Transaction, borrower: str, ended: Sequence[Loan]) -> ReceiptPaper:
    returned = []
    for loan in ended:
        thing = folding.instrument_state(transaction, loan.instrument)
        if thing is not None:
            back = day_of(desk, loan.ended or "") or desk.today()
            condition = loan.condition or thing.fields.get("condition", "")
            code = codes.normalise(thing.code)
            serial = thing.fields.get("serial", "")
            out = day_of(desk, loan.out)
            returned.append(ReceiptItem(code, what(thing), serial, out, back, condition, loan.missing))
    still = []
    for loan in folding.open_loans(transaction, borrower):
        thing = folding.instrument_state(transaction, loan.instrument)
        if thing is not None:
            due = date.fromisoformat(loan.due)
            serial = thing.fields.get("serial", "")
            still.append(OutItem(codes.normalise(thing.code), what(thing), serial, day_of(desk, loan.out), due))
    agreement = registers.agreement_of(transaction, ended[0].id)
    found = lookups.agreement(transaction, agreement) if agreement is not None else None
    code = codes.normalise(found.code) if found is not None else ""
    owner = Party(desk.known_rules(transaction).owner)
    return ReceiptPaper(code, owner, party(transaction, borrower), tuple(returned), tuple(still), desk.today())


def _ended(transaction: Transaction, named: str) -> Loan:
    loan = folding.loan(transaction, named)
    if loan is None:
        raise Refused("NO_LOAN", value=named)
    if loan.ended is None:
        raise Refused("STILL_OUT", value=named)
    return loan


def what(thing: Instrument) -> str:
    """Name an instrument by type and size, as a schedule does."""
    return " ".join(filter(None, (thing.fields.get("type"), thing.fields.get("size")))) or thing.code


def day_of(desk: Desk, text: str) -> date | None:
    """Give the day of an instant of the journal, at this desk; None for none."""
    if not text:
        return None
    return desk.day_of(read_instant(text))
