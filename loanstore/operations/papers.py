"""Putting papers together: agreements' contents, receipts, the borrowers' sheet, the command card and more."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from loanstore.domain import codes
from loanstore.domain.agreements import AgreementPaper, OutItem, Party, ReceiptItem, ReceiptPaper, ScheduleItem
from loanstore.domain.errors import Refused
from loanstore.domain.gestures import read_instant
from loanstore.domain.labels import Label
from loanstore.domain.wordings import key_for
from loanstore.operations import agreeing, drafting
from loanstore.storage import folding, lookups, registers

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from loanstore.domain.loans import Instrument, Loan
    from loanstore.operations.desk import Desk
    from loanstore.storage.transaction import Transaction


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


def agreement_paper(desk: Desk, transaction: Transaction, identity: str) -> AgreementPaper:
    """Put together everything on an agreement as the records stand now; raises Refused where there is none."""
    found = lookups.agreement(transaction, identity)
    loans = [folding.loan(transaction, loan) for loan in registers.loans_of_agreement(transaction, identity)]
    standing = [loan for loan in loans if loan is not None]
    if found is None or not standing:
        raise Refused("NO_AGREEMENT", value=identity)
    things = [folding.instrument_state(transaction, loan.instrument) for loan in standing]
    signer = lookups.borrower(transaction, agreeing.signed_by(transaction, identity) or "") or found.borrower
    text = drafting.pinned_text(desk, transaction, identity, key_for(standing[0].kind, signer.kind))
    return AgreementPaper(
        code=codes.normalise(found.code),
        owner=Party(desk.rules(transaction).owner),
        borrower=party(transaction, signer.id),
        player=signer.pupil,
        school=signer.school,
        items=tuple(_item(desk, thing) for thing in things if thing is not None),
        out=min(day_of(desk, loan.out) or desk.today() for loan in standing),
        due=max(date.fromisoformat(loan.due) for loan in standing),
        made=day_of(desk, found.made) or desk.today(),
        text=text,
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
