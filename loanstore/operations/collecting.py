"""Collection letters: one for everybody for whom something is set aside and has not lapsed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import TYPE_CHECKING

from loanstore.domain import codes
from loanstore.domain.agreements import Party
from loanstore.domain.collection import CollectionPaper, ReadyItem
from loanstore.domain.errors import Refused
from loanstore.domain.labels import Label
from loanstore.operations import lending
from loanstore.operations.papers import fonts
from loanstore.storage import folding, lookups, registers, request_lists

if TYPE_CHECKING:
    from collections.abc import Sequence

    from loanstore.domain.borrowers import Borrower
    from loanstore.operations.desk import Desk
    from loanstore.storage.request_lists import AsideLine
    from loanstore.storage.transaction import Transaction


@dataclass(frozen=True, slots=True)
class Letters:
    """The letters in one file, and the codes of those they are to, in their order."""

    borrowers: tuple[str, ...]
    pdf: bytes


def letters_pdf(desk: Desk, only: Sequence[str] = ()) -> Letters:
    """Draw the letters to everybody who may collect something, or only to the borrowers of these codes, by name.

    Raises Refused where nothing is kept for any of them.
    """
    from loanstore.paper.collection import draw_collection
    from loanstore.paper.joining import join

    today = desk.today().isoformat()
    with desk.store.reading() as transaction:
        wanted = {lending.find_borrower(transaction, code).id for code in only}
        kept = [
            line
            for line in request_lists.asides(transaction)
            if line.until >= today and line.borrower_id and (not wanted or line.borrower_id in wanted)
        ]
        kept.sort(key=lambda line: (line.borrower_name.casefold(), line.borrower_id))
        papers = []
        for identity, lines in groupby(kept, key=lambda line: line.borrower_id):
            borrower = lookups.borrower(transaction, identity)
            if borrower is not None:
                papers.append((borrower.code, _paper(desk, transaction, borrower, list(lines))))
    if not papers:
        raise Refused("NO_LETTERS")
    drawn = [draw_collection(paper, fonts=fonts(desk)) for _code, paper in papers]
    return Letters(tuple(code for code, _paper in papers), join(drawn))


def _paper(desk: Desk, transaction: Transaction, borrower: Borrower, lines: list[AsideLine]) -> CollectionPaper:
    owner = Party(desk.known_rules(transaction).owner)
    items = tuple(_item(transaction, line) for line in lines)
    return CollectionPaper(
        owner, _addressed(transaction, borrower.id), borrower.pupil, items, _bars(borrower, lines), desk.today()
    )


def _addressed(transaction: Transaction, borrower: str) -> Party:
    """Give a borrower as an envelope has it: whom to ask for, and the address."""
    record = registers.borrower_record(transaction, borrower)
    lines = [record.get(name, "") for name in ("contact", "address", "postcode")]
    return Party(record.get("name", ""), tuple(part for line in lines for part in line.splitlines() if part))


def _item(transaction: Transaction, line: AsideLine) -> ReadyItem:
    thing = folding.instrument_state(transaction, line.instrument_id)
    fields = thing.fields if thing is not None else {}
    made = " ".join(filter(None, (fields.get("make"), fields.get("model"))))
    return ReadyItem(
        codes.normalise(line.code),
        " ".join(filter(None, (line.type, line.size))),
        made,
        line.place or line.location,
        date.fromisoformat(line.until),
    )


def _bars(borrower: Borrower, lines: list[AsideLine]) -> tuple[Label, ...]:
    """Give what the desk scans: each request once, and the borrower where something is kept without one."""
    asked = {line.request: " ".join(filter(None, (line.type, line.size))) for line in lines if line.request}
    bars = [Label(codes.normalise(code), code, what, borrower.label) for code, what in asked.items()]
    if any(not line.request for line in lines):
        bars.append(Label(codes.normalise(borrower.code), borrower.code, borrower.label))
    return tuple(bars)
