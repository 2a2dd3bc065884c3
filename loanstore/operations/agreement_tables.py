"""Agreements as tables: how far each is, and the chase list of those that nobody signed."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Final

from loanstore.domain.agreements import Party
from loanstore.domain.errors import Refused
from loanstore.domain.search import words
from loanstore.domain.signatures import CHASE_DAYS, to_chase
from loanstore.operations import housekeeping
from loanstore.operations.papers import day_of, fonts
from loanstore.operations.tabling import Asked, Table
from loanstore.storage import agreement_lists, kept_papers
from loanstore.storage.store import read_settings

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from loanstore.operations.desk import Desk, Done
    from loanstore.storage.agreement_lists import AgreementLine
    from loanstore.storage.transaction import Transaction

COLUMNS: Final = (
    "agreement",
    "borrower",
    "kind",
    "stage",
    "made",
    "days",
    "items",
    "out",
    "telephone",
    "email",
    "signed",
    "sealed",
)
PAGE_COLUMNS: Final = ("page", "number", "why", "codes")
_SETTING: Final = "agreements"
MOST_DAYS: Final = 365


def chase_days(desk: Desk) -> int:
    """Give after how many days an unsigned agreement is chased."""
    with desk.store.reading() as transaction:
        return _chase_days(transaction)


def change_chase_days(desk: Desk, days: int) -> Done[None]:
    """Chase unsigned agreements after so many days; raises Refused where that is no sensible number."""
    if not 0 <= days <= MOST_DAYS:
        raise Refused("CHASE_DAYS", n=days, most=MOST_DAYS)
    return housekeeping.change_setting(desk, _SETTING, json.dumps({"chase_days": days}))


def to_sign(desk: Desk, *, all_of_them: bool = False) -> tuple[AgreementLine, ...]:
    """Give the agreements to chase, the oldest first: unsigned for long enough, with something still out.

    With ``all_of_them`` every unsigned one, however young.
    """
    with desk.store.reading() as transaction:
        lines = agreement_lists.agreements(transaction, unsigned=True)
        days = _chase_days(transaction)
    today = desk.today()
    return tuple(line for line in lines if all_of_them or to_chase(day_of(desk, line.made) or today, today, days))


def every(desk: Desk) -> tuple[AgreementLine, ...]:
    """Give every agreement, the oldest first."""
    with desk.store.reading() as transaction:
        return agreement_lists.agreements(transaction)


def ages(desk: Desk, lines: Sequence[AgreementLine]) -> dict[str, tuple[date, int]]:
    """Give by its id on which day each agreement was made, at this desk, and how many days ago that is."""
    today = desk.today()
    made = {line.id: day_of(desk, line.made) or today for line in lines}
    return {identity: (day, (today - day).days) for identity, day in made.items()}


def table(desk: Desk, asked: Asked) -> Table:
    """Give agreements for the command line: all of them, or those to chase (with ``past``, however young)."""
    lines = to_sign(desk, all_of_them=asked.past) if asked.what == "unsigned" else every(desk)
    typed = words(asked.find)
    found = [_cells(desk, line) for line in lines if _meets(line, typed)]
    return Table(len(found), COLUMNS, tuple(found[: asked.limit]))


def pages(desk: Desk, asked: Asked) -> Table:
    """Give the scanned pages that wait to be filed by hand."""
    with desk.store.reading() as transaction:
        found = kept_papers.loose_pages(transaction)
    rows = [(page.id, page.number, page.why, " ".join(page.codes)) for page in found]
    return Table(len(rows), PAGE_COLUMNS, tuple(rows[: asked.limit]))


def chase_list_pdf(desk: Desk, *, all_of_them: bool = False) -> bytes:
    """Draw the list of agreements to chase, with whom to ring and where to write."""
    from loanstore.paper.chase_list import ChaseLine, draw_chase_list

    lines = to_sign(desk, all_of_them=all_of_them)
    today = desk.today()
    with desk.store.reading() as transaction:
        owner = Party(desk.known_rules(transaction).owner)
    rows = [
        ChaseLine(
            line.code,
            line.name,
            ", ".join(filter(None, (line.telephone, line.email))),
            day_of(desk, line.made) or today,
            line.out,
            str(line.stage),
        )
        for line in lines
    ]
    return draw_chase_list(owner, rows, today, fonts=fonts(desk))


def _chase_days(transaction: Transaction) -> int:
    said = json.loads(read_settings(transaction).get(_SETTING, "{}"))
    return int(said.get("chase_days", CHASE_DAYS))


def _meets(line: AgreementLine, typed: list[str]) -> bool:
    said = words(f"{line.code} {line.name} {line.kind} {line.stage}")
    return all(any(word.startswith(one) for word in said) for one in typed)


def _cells(desk: Desk, line: AgreementLine) -> tuple[str | int | None, ...]:
    today = desk.today()
    made = day_of(desk, line.made) or today
    signed = day_of(desk, line.signing.signed or "")
    return (
        line.code,
        line.name,
        line.kind,
        str(line.stage),
        made.isoformat(),
        (today - made).days,
        line.items,
        line.out,
        line.telephone,
        line.email,
        signed.isoformat() if signed is not None else None,
        "yes" if line.signing.sealed else None,
    )
