"""Tariffs and the rules of charging, as the store sets them; a change of price never alters what was posted."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from loanstore.domain import tariffs
from loanstore.domain.borrowers import BorrowerKind
from loanstore.domain.charge_rules import MOST_DAYS, ChargeRules, may_be_regulated, write_charge_rules
from loanstore.domain.errors import Refused
from loanstore.domain.facts import Draft, FactKind
from loanstore.operations import housekeeping
from loanstore.operations.desk import CHARGING, Changed, Done
from loanstore.operations.ledger_words import price_words
from loanstore.storage import aggregates, folding, journal, ledger_lists, people, registers

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from loanstore.domain.loans import Loan
    from loanstore.domain.tariffs import Tariff
    from loanstore.operations.desk import Desk
    from loanstore.storage.transaction import Transaction

HIRE: Final = "hire, charged"
"""The contract that is a paid hire to a person."""
PRICED = frozenset({Changed.CHARGES, Changed.SETTINGS})


@dataclass(frozen=True, slots=True)
class Charging:
    """The rules of charging, with the names of those who may confirm and reverse; no names means everybody."""

    rules: ChargeRules
    posters: tuple[str, ...]


def prices(desk: Desk) -> tuple[Tariff, ...]:
    """Give the tariffs that count today or will count later."""
    with desk.store.reading() as transaction:
        return ledger_lists.prices(transaction).current(desk.today())


def set_tariffs(desk: Desk, versions: Sequence[Tariff]) -> Done[tuple[Tariff, ...]]:
    """Set versions of tariffs, all in one gesture. Raises Refused TARIFF_VALUE."""
    with desk.gesturing() as (transaction, gesture):
        made = [replace(one, id=gesture.new_id()) for one in versions]
        names = ("contract", "band", "every", "amount", "first", "deposit", "cap", "first_free", "per_set")
        drafts = []
        for one in made:
            tariffs.require_sense(one)
            body = {name: getattr(one, name) for name in (*names, "vat_code", "vat_rate")}
            drafts.append(Draft(FactKind.TARIFF_SET, one.id, body))
        facts = journal.append(transaction, gesture, drafts) if drafts else []
        aggregates.put_new(transaction, "tariff", facts)
        return Done(tuple(made), PRICED)


def needs_warning(desk: Desk, tariff: Tariff) -> bool:
    """Tell whether a tariff makes hires that the law may regulate: they go on from period to period."""
    with desk.store.reading() as transaction:
        rules = desk.rules(transaction).charging
    if tariff.contract != HIRE:
        return False
    return may_be_regulated(rules, tariff, BorrowerKind.HIRER, tariff.since, None)


def charge_words(desk: Desk, transaction: Transaction, loans: Sequence[Loan], out: date) -> str:
    """Say what loans that went out together cost, as their agreement has it; empty where they are free.

    Each price stands once, however many instruments it is for.
    """
    prices = ledger_lists.prices(transaction)
    said: dict[str, None] = {}
    for loan in loans:
        thing = folding.instrument_state(transaction, loan.instrument)
        kind = desk.catalogue.find_type(thing.fields.get("type", "")) if thing is not None else None
        tariff = prices.at(loan.kind, kind.band if kind is not None else "", out)
        remissions = ledger_lists.remissions_of(transaction, loan.borrower)
        words = price_words(tariff, out, remissions) if tariff is not None else ""
        said |= {words: None} if words else {}
    return "; ".join(said)


def charging(desk: Desk) -> Charging:
    """Give the rules of charging."""
    with desk.store.reading() as transaction:
        rules = desk.rules(transaction).charging
        names = people.staff_names(transaction)
        return Charging(rules, tuple(names[one] for one in rules.posters if one in names))


def change_charging(desk: Desk, rules: ChargeRules, posters: Sequence[str] | None = None) -> Done[None]:
    """Replace the rules of charging; ``posters`` are names, kept by their ids, for no name may be in a fact.

    Raises Refused EVIDENCE_DAYS, or NOT_YOURSELF where whoever sets it would shut themselves out.
    """
    if not 0 <= rules.evidence_days <= MOST_DAYS:
        raise Refused("EVIDENCE_DAYS", value=rules.evidence_days, most=MOST_DAYS)
    if posters is not None:
        wanted = [name.strip() for name in posters if name.strip()]
        if wanted and desk.staff not in wanted:
            raise Refused("NOT_YOURSELF", staff=desk.staff or "")
        with desk.store.writing() as transaction:
            ids = tuple(registers.staff_named(transaction, name, desk.new_id()) for name in wanted)
        rules = replace(rules, posters=ids)
    done = housekeeping.change_setting(desk, CHARGING, write_charge_rules(rules))
    return replace(done, changed=PRICED)
