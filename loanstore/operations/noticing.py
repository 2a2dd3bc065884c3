"""Notice: whoever gives up a hire is told at which period's end it stops; nothing renews it after that."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from loanstore.domain.errors import Refused
from loanstore.domain.facts import Draft, FactKind
from loanstore.domain.periods import Every, notice_reaches
from loanstore.operations import moving
from loanstore.operations.desk import Changed, Done
from loanstore.operations.lending import loans_meant
from loanstore.storage import ledger_lists

if TYPE_CHECKING:
    from datetime import date

    from loanstore.domain.loans import Instrument
    from loanstore.operations.desk import Desk


@dataclass(frozen=True, slots=True)
class Noticed:
    """One hire that ends by notice: on ``due``, the last day of ``period``."""

    instrument: Instrument
    period: str
    due: date


def give_notice(desk: Desk, named: str, on: date | None = None) -> Done[tuple[Noticed, ...]]:
    """Note that a loan, or all that a borrower has, is given up; it ends with the period that the notice reaches.

    ``on`` is the day on which notice was given. Raises Refused IN_THE_FUTURE, NOTICE_GIVEN where it was given already,
    NO_PERIOD where the table of terms does not go so far, and what naming a loan raises.
    """
    day = on or desk.today()
    if day > desk.today():
        raise Refused("IN_THE_FUTURE", date=day.isoformat())
    with desk.gesturing() as (transaction, gesture):
        rules, prices = desk.rules(transaction), ledger_lists.prices(transaction)
        drafts: list[tuple[Instrument | None, Draft]] = []
        ends = []
        for found in loans_meant(transaction, named):
            thing, loan = found.instrument, found.instrument.loan
            if loan is None:
                raise Refused("NOT_ON_LOAN", code=thing.code, status=thing.status.value)
            if loan.notice is not None:
                raise Refused("NOTICE_GIVEN", code=thing.code, day=loan.notice, due=loan.due)
            kind = desk.catalogue.find_type(thing.fields.get("type", ""))
            tariff = prices.at(loan.kind, kind.band if kind is not None else "", day)
            span = notice_reaches(Every(tariff.every) if tariff else Every.TERM, day, rules.terms)
            if span is None:
                raise Refused("NO_PERIOD", day=day.isoformat())
            body = {"loan": loan.id, "given": day.isoformat(), "due": span.last.isoformat()}
            drafts.append((thing, Draft(FactKind.NOTICE_GIVEN, thing.id, body)))
            ends.append((span.name, span.last))
        written = moving.record(transaction, gesture, drafts)
        made = tuple(Noticed(after, *end) for (_fact, after), end in zip(written, ends, strict=True))
        return Done(made, frozenset({Changed.LOANS}))
