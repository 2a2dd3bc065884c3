"""The charge run: what is due up to a day is shown, then posted; the same run twice posts nothing twice."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from loanstore.domain.borrowers import BorrowerKind
from loanstore.domain.charges import Plan, Setting, plan
from loanstore.domain.facts import Draft, FactKind
from loanstore.domain.hires import hires_of
from loanstore.domain.ledger import entry_body
from loanstore.domain.proposals import cleared
from loanstore.operations import moving, settling
from loanstore.operations.desk import Changed, Done
from loanstore.operations.papers import day_of
from loanstore.storage import aggregates, folding, journal, ledger_lists
from loanstore.storage.ledger_lists import Reading

if TYPE_CHECKING:
    from collections.abc import Sequence

    from loanstore.domain.gestures import Gesture
    from loanstore.domain.ledger import Entry
    from loanstore.domain.loans import Instrument
    from loanstore.domain.progress import Progress
    from loanstore.operations.desk import Desk
    from loanstore.storage.transaction import Transaction

CHARGED = frozenset({Changed.CHARGES, Changed.LOANS})
TO_POST, TO_TAKE_BACK, WAITS = "post", "take back", "waits"


@dataclass(frozen=True, slots=True)
class RunLine:
    """One thing a run would do: ``does`` is one of the three words above; ``amount`` is pence, ``until`` a day."""

    does: str
    borrower: str
    name: str
    entry: Entry
    amount: int
    until: date | None = None
    why: str = ""


@dataclass(frozen=True, slots=True)
class Run:
    """What a run up to a day does, or did.

    ``total`` is what is posted less what is taken back, in pence; ``renewed`` counts rolling hires that go on;
    ``beyond_terms`` warns that the table of terms ends before the day.
    """

    to: date
    lines: tuple[RunLine, ...]
    total: int
    renewed: int
    beyond_terms: bool
    posted: bool = False

    def count(self, does: str) -> int:
        """Count the lines that do one thing."""
        return sum(line.does == does for line in self.lines)


def reading(desk: Desk) -> Reading:
    """Give how this desk reads days and bands."""

    def band_of(kind: str) -> str:
        found = desk.catalogue.find_type(kind)
        return found.band if found is not None else ""

    return Reading(lambda text: day_of(desk, text), band_of)


def setting(desk: Desk, transaction: Transaction, to: date) -> Setting:
    """Give what every plan of charges rests on."""
    rules = desk.rules(transaction)
    prices = ledger_lists.prices(transaction)
    return Setting(prices, rules.terms, rules.charging, desk.today(), to, rules.policy.least_days)


def preview(desk: Desk, to: date | None = None, progress: Progress | None = None) -> Run:
    """Show what a run up to a day (today, if none is said) would post; nothing changes."""
    with desk.store.reading() as transaction:
        asked = setting(desk, transaction, to or desk.today())
        planned = _plan_all(desk, transaction, asked, progress)
        renewals = _renewals(desk, transaction, asked)
        return _run(transaction, asked, planned, len(renewals))


def run(desk: Desk, to: date | None = None, progress: Progress | None = None) -> Done[Run]:
    """Post what is due up to a day and take back what is not owed, in one gesture; rolling hires go on."""
    with desk.gesturing() as (transaction, gesture):
        asked = setting(desk, transaction, to or desk.today())
        planned = _plan_all(desk, transaction, asked, progress)
        settling.take_back(transaction, gesture, planned.reverse)
        post(transaction, gesture, desk.today(), planned.post)
        renewals = _renewals(desk, transaction, asked)
        if renewals:
            moving.record(transaction, gesture, renewals)
        done = _run(transaction, asked, planned, len(renewals))
        return Done(replace(done, posted=True), CHARGED)


def post(transaction: Transaction, gesture: Gesture, today: date, entries: Sequence[Entry]) -> None:
    """Write charges, each under the identity of what it is for."""
    day = today.isoformat()
    drafts = [Draft(FactKind.POSTED, one.id, entry_body(replace(one, day=day))) for one in entries]
    if drafts:
        aggregates.put_new(transaction, "entry", journal.append(transaction, gesture, drafts))


def _plan_all(desk: Desk, transaction: Transaction, asked: Setting, progress: Progress | None) -> Plan:
    contracts = sorted({one.contract for one in asked.prices.versions})
    borrowers = ledger_lists.to_charge(transaction, contracts)
    how = reading(desk)
    plans = []
    for at, borrower in enumerate(borrowers, 1):
        loans = ledger_lists.loans_of(transaction, borrower, how)
        entries = ledger_lists.entries_of(transaction, borrower)
        remissions = ledger_lists.remissions_of(transaction, borrower)
        made = plan(hires_of(loans, asked.prices), entries, remissions, asked)
        plans.append(replace(made, reverse=(*made.reverse, *cleared(loans, entries))))
        if progress is not None:
            progress(at, len(borrowers))
    return Plan(
        tuple(one for made in plans for one in made.post),
        tuple(one for made in plans for one in made.reverse),
        tuple(one for made in plans for one in made.held),
    )


def _renewals(desk: Desk, transaction: Transaction, asked: Setting) -> list[tuple[Instrument | None, Draft]]:
    """Let rolling hires that are due by the run's day go on to the end after it."""
    rules = desk.rules(transaction)
    kinds = [kind.value for kind in BorrowerKind if rules.policy.rules[kind].rolling]
    drafts: list[tuple[Instrument | None, Draft]] = []
    for instrument, due, kind in ledger_lists.rolling(transaction, kinds, asked.to) if kinds else ():
        state = folding.instrument_state(transaction, instrument)
        if state is not None:
            last = max(date.fromisoformat(due), asked.to)
            until = rules.policy.renewed(BorrowerKind(kind), last, asked.to, rules.terms).day
            drafts.append((state, moving.renewed(state, until)))
    return drafts


def _run(transaction: Transaction, asked: Setting, planned: Plan, renewed: int) -> Run:
    every = (*planned.post, *(entry for entry, _why in planned.reverse), *(one.entry for one in planned.held))
    names = ledger_lists.names_of(transaction, dict.fromkeys(one.borrower for one in every))

    def line(does: str, entry: Entry, amount: int, until: date | None = None, why: str = "") -> RunLine:
        code, name = names.get(entry.borrower, ("", ""))
        return RunLine(does, code, name, entry, amount, until, why)

    lines = [line(TO_POST, entry, entry.amount) for entry in planned.post]
    lines += [line(TO_TAKE_BACK, entry, -entry.amount, why=why.value) for entry, why in planned.reverse]
    lines += [line(WAITS, held.entry, held.entry.amount, held.until) for held in planned.held]
    lines.sort(key=lambda one: (one.name.casefold(), one.borrower, one.entry.first, one.entry.kind))
    total = sum(one.amount for one in lines if one.does != WAITS)
    return Run(asked.to, tuple(lines), total, renewed, not asked.terms.reaches(asked.to))
