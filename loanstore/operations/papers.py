"""Putting papers together: an agreement's contents, the borrowers' sheet, the command card, the recovery sheet."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from loanstore.domain import codes
from loanstore.domain.agreements import AgreementPaper, Party, ScheduleItem
from loanstore.domain.errors import Refused
from loanstore.domain.gestures import read_instant
from loanstore.domain.labels import Label
from loanstore.domain.wordings import key_for
from loanstore.operations import agreeing, drafting, pricing
from loanstore.storage import folding, lookups, registers

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from loanstore.domain.loans import Instrument
    from loanstore.operations.desk import Desk
    from loanstore.storage.transaction import Transaction


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


def what(thing: Instrument) -> str:
    """Name an instrument by type and size, as a schedule does."""
    return " ".join(filter(None, (thing.fields.get("type"), thing.fields.get("size")))) or thing.code


def day_of(desk: Desk, text: str) -> date | None:
    """Give the day of an instant of the journal, at this desk; None for none."""
    if not text:
        return None
    return desk.day_of(read_instant(text))
