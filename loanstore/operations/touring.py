"""Looking at runs: how far each is, and what is loaded for, left at and picked up from each stop."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from loanstore.domain.errors import Refused
from loanstore.domain.runs import Progress
from loanstore.operations.papers import day_of
from loanstore.operations.planning import find_run
from loanstore.storage import lookups, registers, run_lists

if TYPE_CHECKING:
    from datetime import date

    from loanstore.domain.borrowers import Borrower
    from loanstore.domain.runs import Run
    from loanstore.operations.desk import Desk
    from loanstore.storage.run_lists import CargoLine
    from loanstore.storage.transaction import Transaction

_TO_COME: Final = frozenset({Progress.PLANNED, Progress.LOADED, Progress.UNDER_WAY})


@dataclass(frozen=True, slots=True)
class StopCard:
    """One stop: its place from 1, what is loaded for it, was left there, and was picked up there."""

    number: int
    borrower: Borrower
    loaded: tuple[CargoLine, ...]
    delivered: tuple[CargoLine, ...]
    collected: tuple[CargoLine, ...]
    signed: date | None = None
    signer: str = ""


@dataclass(frozen=True, slots=True)
class RunCard:
    """One run with its stops in the order they are driven, and how many things are on the van in all."""

    run: Run
    progress: Progress
    stops: tuple[StopCard, ...]
    aboard: int

    @property
    def load_order(self) -> tuple[StopCard, ...]:
        """Give the stops as they are loaded: what is delivered last goes in first."""
        return self.stops[::-1]


@dataclass(frozen=True, slots=True)
class RunLine:
    """A run in a list: its day (ISO), its stops by name, how many are signed for, and what is aboard."""

    code: str
    day: str
    progress: Progress
    stops: tuple[str, ...]
    signed: int
    aboard: int


def run_card(desk: Desk, named: str) -> RunCard:
    """Give all about one run, named by code or id; raises Refused where there is none."""
    with desk.store.reading() as transaction:
        return card_of(desk, transaction, find_run(transaction, named))


def known_run(desk: Desk, named: str) -> str:
    """Give the code of a run that is so named and stands; empty where there is none, as after an undo."""
    with desk.store.reading() as transaction:
        try:
            return find_run(transaction, named).code
        except Refused:
            return ""


def card_of(desk: Desk, transaction: Transaction, run: Run) -> RunCard:
    """Give all about a run."""
    aboard = run_lists.cargo(transaction, run.id)
    delivered = run_lists.delivered_at(transaction, run.id)
    back = [line for line in aboard if not line.stop]
    stops = []
    for number, stop in enumerate(run.stops, 1):
        borrower = lookups.borrower(transaction, stop.borrower)
        if borrower is None:
            continue
        made = StopCard(
            number,
            borrower,
            tuple(line for line in aboard if line.stop == borrower.id),
            run_lists.instruments(transaction, delivered.get(borrower.id, ())),
            tuple(line for line in back if borrower.id in {line.lent_to, line.custodian}),
            day_of(desk, stop.signed or ""),
            registers.note(transaction, stop.signer) if stop.signer is not None else "",
        )
        stops.append(made)
    return RunCard(run, run.progress(len(aboard)), tuple(stops), len(aboard))


def runs(desk: Desk, *, past: bool = False, find: str = "") -> tuple[RunLine, ...]:
    """List the runs that are not finished, the next day first; with ``past`` every run, the latest day first.

    ``find`` meets a run's code, its day or the name of a stop.
    """
    with desk.store.reading() as transaction:
        loaded = run_lists.loaded_counts(transaction)
        wanted = [run for run in run_lists.runs(transaction) if past or _to_come(run, loaded.get(run.id, 0))]
        lines = [_line(transaction, run, loaded.get(run.id, 0)) for run in wanted]
    met = tuple(line for line in lines if _meets(line, find))
    return met if past else met[::-1]


def _to_come(run: Run, aboard: int) -> bool:
    return bool(aboard) or run.progress(aboard) in _TO_COME


def _line(transaction: Transaction, run: Run, aboard: int) -> RunLine:
    found = [lookups.borrower(transaction, stop.borrower) for stop in run.stops]
    names = tuple(one.label for one in found if one is not None)
    signed = sum(stop.signed is not None for stop in run.stops)
    return RunLine(run.code, run.day, run.progress(aboard), names, signed, aboard)


def _meets(line: RunLine, find: str) -> bool:
    said = " ".join((line.code, line.day, *line.stops)).casefold()
    return all(word in said for word in find.casefold().split())
