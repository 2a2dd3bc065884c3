"""Custody: where what a borrower answers for physically is, and a school's register of what children take home."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Final

from loanstore.domain import codes
from loanstore.domain.borrowers import Borrower
from loanstore.domain.errors import Refused
from loanstore.domain.facts import Draft, FactKind
from loanstore.domain.gestures import read_instant
from loanstore.domain.loans import in_order
from loanstore.domain.places import Place, PlaceKind
from loanstore.domain.scan_findings import AgreementFound, BorrowerFound
from loanstore.operations import moving
from loanstore.operations.desk import Changed, Done
from loanstore.operations.lending import find_borrower, find_instrument
from loanstore.operations.papers import what
from loanstore.storage import folding, journal, lookups, registers

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from loanstore.domain.loans import Instrument, Loan
    from loanstore.operations.desk import Desk
    from loanstore.storage.transaction import Transaction

Custodian = Borrower | Place
"""Whoever or wherever custody may be passed to."""

COLUMNS: Final = ("code", "instrument", "serial", "player", "with", "since", "due")


@dataclass(frozen=True, slots=True)
class Passed:
    """Custody of one loan after it was passed; ``back`` where that is the responsible party again."""

    instrument: Instrument
    responsible: Borrower
    custodian: str
    back: bool


@dataclass(frozen=True, slots=True)
class AtHome:
    """One line of a take-home register: ``player`` and ``holder`` are names, ``since`` the day it went there."""

    code: str
    what: str
    serial: str
    player: str
    holder: str
    since: date | None
    due: date


@dataclass(frozen=True, slots=True)
class TakeHome:
    """A borrower's take-home register on a day, in the order of the codes."""

    borrower: Borrower
    made: date
    lines: tuple[AtHome, ...]


def passing(instrument: Instrument, custodian: str | None, *, seen: bool = True) -> Draft:
    """Draft that custody of the loan that an instrument is on passes to a borrower or a place.

    None, or the responsible party itself, is back where the loan says. ``seen`` is False where somebody only
    reports it.
    """
    loan = instrument.loan
    if loan is None:
        raise Refused("NOT_ON_LOAN", code=instrument.code, status=instrument.status.value)
    body: dict[str, object] = {"loan": loan.id, "custodian": None if custodian == loan.borrower else custodian}
    if not seen:
        body["unseen"] = True
    return Draft(FactKind.CUSTODY_PASSED, instrument.id, body)


def find_custodian(transaction: Transaction, named: str) -> Custodian:
    """Find a borrower by code or URN, or a place by its code or its name; a repairer takes things in no custody.

    Raises Refused NO_CUSTODIAN or REPAIRER_IS_NONE.
    """
    form = codes.normalise(named)
    carried = registers.owner_of(transaction, form)
    found = lookups.by_form(transaction, form) if carried is not None and carried[0] != "place" else None
    if isinstance(found, BorrowerFound | AgreementFound):
        return found.borrower
    place = _place(transaction, carried[1] if carried is not None else "", named)
    if place is None:
        raise Refused("NO_CUSTODIAN", value=named)
    if place.kind is PlaceKind.REPAIRER:
        raise Refused("REPAIRER_IS_NONE", value=place.name)
    return place


def _place(transaction: Transaction, identity: str, name: str) -> Place | None:
    names = registers.place_names(transaction)
    named = identity if identity in names else next((one for one, said in names.items() if said == name.strip()), "")
    found = lookups.place(transaction, named)
    return found.place if found is not None else None


def custodian_name(custodian: Custodian) -> str:
    """Name whoever or wherever something is."""
    return custodian.label if isinstance(custodian, Borrower) else custodian.name


def pass_on(desk: Desk, code: str, to_code: str, *, seen: bool = True) -> Done[Passed]:
    """Pass custody of one loan on, or back; the loan goes on as it is."""
    done = pass_all(desk, [code], to_code, seen=seen)
    return Done(done.result[0], done.changed)


def pass_all(desk: Desk, named: Sequence[str], to_code: str, *, seen: bool = True) -> Done[tuple[Passed, ...]]:
    """Pass custody of several loans on in one gesture: all of them, or none where one is refused."""
    with desk.gesturing() as (transaction, gesture):
        to = find_custodian(transaction, to_code)
        found = {one.instrument.id: one for one in (find_instrument(transaction, code) for code in named)}
        drafts: list[tuple[Instrument | None, Draft]] = []
        for one in found.values():
            loan = one.instrument.loan
            if loan is not None and to.id == (loan.custodian or loan.borrower):
                raise Refused("THERE_ALREADY", code=one.instrument.code, name=custodian_name(to))
            drafts.append((one.instrument, passing(one.instrument, to.id, seen=seen)))
        written = moving.record(transaction, gesture, drafts)
        passed = []
        for (_fact, after), one in zip(written, found.values(), strict=True):
            holder = one.holder
            if holder is not None:
                passed.append(Passed(after, holder, custodian_name(to), back=holder.id == to.id))
        return Done(tuple(passed), frozenset({Changed.LOANS, Changed.INSTRUMENTS}))


def whereabouts(transaction: Transaction, identity: str | None) -> str:
    """Name the borrower or place that an id is of; empty for none."""
    if identity is None:
        return ""
    borrower = lookups.borrower(transaction, identity)
    return borrower.label if borrower is not None else registers.place_names(transaction).get(identity, "")


def take_home(desk: Desk, borrower_code: str) -> TakeHome:
    """Give who has what of a borrower's at home, since when: every loan with a custodian or a player of its own."""
    with desk.store.reading() as transaction:
        borrower = find_borrower(transaction, borrower_code)
        lines = [
            _line(desk, transaction, loan)
            for loan in folding.open_loans(transaction, borrower.id)
            if loan.custodian is not None or loan.player is not None
        ]
        return TakeHome(borrower, desk.today(), tuple(sorted(lines, key=lambda line: line.code)))


def _line(desk: Desk, transaction: Transaction, loan: Loan) -> AtHome:
    thing = find_by_id(transaction, loan.instrument)
    custodian = lookups.borrower(transaction, loan.custodian) if loan.custodian is not None else None
    player = registers.note(transaction, loan.player) if loan.player is not None else ""
    return AtHome(
        thing.code,
        what(thing),
        thing.fields.get("serial", ""),
        player or (custodian.pupil if custodian is not None else ""),
        custodian.name if custodian is not None else whereabouts(transaction, loan.custodian),
        _since(desk, transaction, loan),
        date.fromisoformat(loan.due),
    )


def find_by_id(transaction: Transaction, identity: str) -> Instrument:
    """Give an instrument by its id; raises Refused where there is none."""
    found = folding.instrument_state(transaction, identity)
    if found is None:
        raise Refused("NO_INSTRUMENT", value=identity)
    return found


def _since(desk: Desk, transaction: Transaction, loan: Loan) -> date | None:
    """Give the day custody was last passed, or the player given the instrument; else the day it was lent."""
    kinds = {FactKind.CUSTODY_PASSED, FactKind.ALLOCATED}
    facts = [fact for _place, fact in in_order(journal.standing_facts(transaction, loan.instrument))]
    told = [fact.happened for fact in facts if fact.kind in kinds and fact.body.get("loan") == loan.id]
    at = told[-1] if told else loan.out
    return desk.day_of(read_instant(at)) if at else None


def take_home_pdf(desk: Desk, borrower_code: str) -> bytes:
    """Draw a take-home register with room for signatures."""
    from loanstore.operations.papers import fonts
    from loanstore.paper.take_home import TakeHomeLine, TakeHomePaper, draw_take_home

    register = take_home(desk, borrower_code)
    with desk.store.reading() as transaction:
        owner = desk.rules(transaction).owner
    lines = tuple(
        TakeHomeLine(codes.normalise(one.code), one.what, one.serial, one.player, one.holder, one.since, one.due)
        for one in register.lines
    )
    paper = TakeHomePaper(owner, register.borrower.label, codes.normalise(register.borrower.code), register.made, lines)
    return draw_take_home(paper, fonts=fonts(desk))


def take_home_rows(register: TakeHome) -> list[tuple[str, ...]]:
    """Give a take-home register as cells under ``COLUMNS``, days in ISO."""
    return [
        (
            one.code,
            one.what,
            one.serial,
            one.player,
            one.holder,
            one.since.isoformat() if one.since is not None else "",
            one.due.isoformat(),
        )
        for one in register.lines
    ]


def write_take_home(file: Path, register: TakeHome) -> None:
    """Write a take-home register as a workbook where the file's name ends so, else as a CSV file."""
    from loanstore.spreadsheets import writing

    if file.suffix.casefold() != ".xlsx":
        writing.write_csv(file, COLUMNS, take_home_rows(register))
        return
    rows = [
        (*row[:-2], line.since, line.due) for row, line in zip(take_home_rows(register), register.lines, strict=True)
    ]
    writing.write_xlsx(file, COLUMNS, rows)
