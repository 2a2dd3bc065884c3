"""Papers of class sets: the list to tick off."""

from __future__ import annotations

from typing import TYPE_CHECKING

from loanstore.domain import codes
from loanstore.domain.class_sets import Standing
from loanstore.domain.letters import SetSheet, SheetRow
from loanstore.operations.papers import fonts
from loanstore.operations.set_views import set_card

if TYPE_CHECKING:
    from loanstore.operations.desk import Desk


def set_list_pdf(desk: Desk, code: str) -> bytes:
    """Draw the list of a set: each instrument with its number, its bars, who plays it, and a box to tick."""
    from loanstore.paper.set_list import draw_set_list

    with desk.store.reading() as transaction:
        card = set_card(transaction, code)
        owner = desk.known_rules(transaction).owner
    rows = tuple(
        SheetRow(
            line.position,
            codes.normalise(line.code),
            line.what,
            line.serial,
            line.player,
            line.status if line.standing is Standing.ELSEWHERE else "",
        )
        for line in card.members
    )
    made = card.made
    holder = ", ".join(card.borrowers)
    return draw_set_list(
        SetSheet(codes.normalise(made.code), made.name, owner, holder, rows, desk.today()), fonts=fonts(desk)
    )
