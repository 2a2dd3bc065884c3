"""The papers of a run: a counted docket for each stop, and the driver's load sheet."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from loanstore.domain import codes
from loanstore.domain.agreements import Party
from loanstore.domain.dockets import DocketItem, DocketPaper, LoadSheet, LoadStop
from loanstore.domain.errors import Refused
from loanstore.operations.papers import fonts, party
from loanstore.operations.planning import find_run, find_stop
from loanstore.operations.touring import card_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from loanstore.operations.desk import Desk
    from loanstore.operations.touring import RunCard, StopCard
    from loanstore.storage.run_lists import CargoLine
    from loanstore.storage.transaction import Transaction


def docket_pdf(desk: Desk, run: str, stop_borrower: str) -> bytes:
    """Draw the docket of one stop: what is on the van for it, or was left there once it is signed.

    Raises Refused where the van does not go there, or has nothing for it and nothing from it.
    """
    from loanstore.paper.delivery_docket import draw_docket

    with desk.store.reading() as transaction:
        found = find_run(transaction, run)
        borrower = find_stop(transaction, found, stop_borrower)
        card = card_of(desk, transaction, found)
        stop = next(one for one in card.stops if one.borrower.id == borrower.id)
        if not _carries(stop):
            raise Refused("NOTHING_FOR_STOP", run=found.code, borrower=borrower.label)
        paper = _docket(desk, transaction, card, stop)
    return draw_docket(paper, fonts=fonts(desk))


def run_pdf(desk: Desk, run: str) -> bytes:
    """Draw all the papers of a run in one file: the load sheet, then the docket of each stop that has anything."""
    from loanstore.paper.delivery_docket import draw_docket, draw_load_sheet
    from loanstore.paper.joining import join

    with desk.store.reading() as transaction:
        card = card_of(desk, transaction, find_run(transaction, run))
        sheet = _load_sheet(desk, transaction, card)
        dockets = [_docket(desk, transaction, card, stop) for stop in card.stops if _carries(stop)]
    drawn = [draw_load_sheet(sheet, fonts=fonts(desk)), *(draw_docket(one, fonts=fonts(desk)) for one in dockets)]
    return join(drawn)


def load_sheet_pdf(desk: Desk, run: str) -> bytes:
    """Draw the driver's load sheet of a run."""
    from loanstore.paper.delivery_docket import draw_load_sheet

    with desk.store.reading() as transaction:
        sheet = _load_sheet(desk, transaction, card_of(desk, transaction, find_run(transaction, run)))
    return draw_load_sheet(sheet, fonts=fonts(desk))


def _carries(stop: StopCard) -> bool:
    return bool(stop.loaded or stop.delivered or stop.collected)


def _docket(desk: Desk, transaction: Transaction, card: RunCard, stop: StopCard) -> DocketPaper:
    return DocketPaper(
        codes.normalise(card.run.code),
        Party(desk.known_rules(transaction).owner),
        party(transaction, stop.borrower.id),
        date.fromisoformat(card.run.day),
        stop.number,
        len(card.stops),
        _items(stop.delivered or stop.loaded),
        _items(stop.collected),
        stop.signer,
        stop.signed,
    )


def _load_sheet(desk: Desk, transaction: Transaction, card: RunCard) -> LoadSheet:
    stops = tuple(
        LoadStop(stop.number, party(transaction, stop.borrower.id), _items(stop.loaded), stop.signed)
        for stop in card.stops
    )
    owner = Party(desk.known_rules(transaction).owner)
    return LoadSheet(codes.normalise(card.run.code), owner, date.fromisoformat(card.run.day), stops)


def _items(lines: Iterable[CargoLine]) -> tuple[DocketItem, ...]:
    return tuple(
        DocketItem(codes.normalise(line.code), line.what, line.make, line.serial, line.set_name) for line in lines
    )
