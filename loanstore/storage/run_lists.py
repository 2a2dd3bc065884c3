"""Van runs and crates as lists: what is on the van for whom, what was left where, and what waits uncounted."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import func, select

from loanstore.domain.facts import FactKind
from loanstore.domain.requests import RequestKind
from loanstore.storage import aggregates, journal
from loanstore.storage.keeping_tables import ClassSetRow, CratesRow, RequestRow
from loanstore.storage.tables import BorrowerRow, InstrumentRow, LoanRow

if TYPE_CHECKING:
    from collections.abc import Iterable

    from loanstore.domain.arrivals import Crates
    from loanstore.domain.requests import Request
    from loanstore.domain.runs import Run
    from loanstore.storage.transaction import Transaction

_HANDED: Final = frozenset({FactKind.LENT, FactKind.CUSTODY_PASSED})


@dataclass(frozen=True, slots=True)
class CargoLine:
    """An instrument on a van or left at a stop.

    ``stop`` is the borrower it is loaded for, empty for what goes back to the store; ``lent_to`` the borrower
    whose loan it is on, None for what is lent to nobody; ``set_name`` the class set it belongs to, if any.
    """

    id: str
    code: str
    type: str
    size: str
    make: str
    serial: str
    set_name: str
    stop: str
    lent_to: str | None
    custodian: str | None

    @property
    def what(self) -> str:
        """Name the instrument by type and size, else by its code."""
        return " ".join(filter(None, (self.type, self.size))) or self.code


@dataclass(frozen=True, slots=True)
class CratesLine:
    """Crates that arrived, with whose they are: ``arrived`` is an ISO day, ``counted`` an instant or None."""

    id: str
    borrower: str
    code: str
    name: str
    arrived: str
    crates: int
    counted: str | None


_CARGO: Final = (
    select(
        InstrumentRow.id,
        InstrumentRow.code,
        func.coalesce(InstrumentRow.type, ""),
        func.coalesce(InstrumentRow.size, ""),
        func.coalesce(InstrumentRow.make, ""),
        func.coalesce(InstrumentRow.serial, ""),
        func.coalesce(ClassSetRow.name, ""),
        func.coalesce(InstrumentRow.van_stop, ""),
        LoanRow.borrower,
        LoanRow.custodian,
    )
    .outerjoin(ClassSetRow, ClassSetRow.id == InstrumentRow.class_set)
    .outerjoin(LoanRow, (LoanRow.instrument == InstrumentRow.id) & LoanRow.ended.is_(None))
    .order_by(InstrumentRow.type, InstrumentRow.size, InstrumentRow.code)
)


def cargo(transaction: Transaction, run: str) -> tuple[CargoLine, ...]:
    """Give what is on the van of a run, by type, size and code."""
    return _lines(transaction, InstrumentRow.van_run == run)


def instruments(transaction: Transaction, identities: Iterable[str]) -> tuple[CargoLine, ...]:
    """Give instruments by their ids, as cargo, by type, size and code."""
    return _lines(transaction, InstrumentRow.id.in_(list(identities)))


def _lines(transaction: Transaction, condition: Any) -> tuple[CargoLine, ...]:  # noqa: ANN401 - a condition of SQLAlchemy's
    return tuple(CargoLine(*row) for row in transaction.execute(_CARGO.where(condition)))


def members(transaction: Transaction, class_set: str) -> list[str]:
    """Give the ids of a class set's members, by their codes."""
    statement = select(InstrumentRow.id).where(InstrumentRow.class_set == class_set).order_by(InstrumentRow.code)
    return [str(row[0]) for row in transaction.execute(statement)]


def delivered_at(transaction: Transaction, run: str) -> dict[str, tuple[str, ...]]:
    """Give the ids of the instruments that were handed over at each stop of a run, by the stop's borrower."""
    found: dict[str, tuple[str, ...]] = {}
    for fact in journal.standing_facts(transaction, run):
        if fact.kind is FactKind.DELIVERED:
            handed = [one for one in journal.facts_of_gesture(transaction, fact.gesture) if one.kind in _HANDED]
            found[str(fact.body["borrower"])] = tuple(one.subject for one in handed if one.subject)
    return found


def runs(transaction: Transaction) -> list[Run]:
    """Give every run, the latest day first."""
    return sorted(aggregates.every(transaction, "run"), key=lambda run: (run.day, run.id), reverse=True)


def loaded_counts(transaction: Transaction) -> dict[str, int]:
    """Count what is on the van of each run that has anything on it."""
    statement = select(InstrumentRow.van_run, func.count()).where(InstrumentRow.van_run.is_not(None))
    return {str(row[0]): int(row[1]) for row in transaction.execute(statement.group_by(InstrumentRow.van_run))}


def open_orders(transaction: Transaction, borrowers: Iterable[str]) -> list[Request]:
    """Give the open orders of these borrowers, the earliest first."""
    conditions = (
        RequestRow.kind == RequestKind.ORDER.value,
        RequestRow.closed.is_(None),
        RequestRow.borrower.in_(list(borrowers)),
    )
    return aggregates.every(transaction, "request", *conditions)


def handed_out(transaction: Transaction, requests: Iterable[str]) -> dict[str, int]:
    """Count the loans that name each of these requests."""
    statement = select(LoanRow.request, func.count()).where(LoanRow.request.in_(list(requests)))
    return {str(row[0]): int(row[1]) for row in transaction.execute(statement.group_by(LoanRow.request))}


def crates(transaction: Transaction, *, counted: bool = False) -> tuple[CratesLine, ...]:
    """Give the crates that stand uncounted, the oldest first; with ``counted`` those that are counted too."""
    statement = (
        select(
            CratesRow.id,
            CratesRow.borrower,
            func.coalesce(BorrowerRow.code, ""),
            func.coalesce(BorrowerRow.name, ""),
            CratesRow.arrived,
            CratesRow.crates,
            CratesRow.counted,
        )
        .outerjoin(BorrowerRow, BorrowerRow.id == CratesRow.borrower)
        .order_by(CratesRow.arrived, CratesRow.id)
    )
    wanted = statement if counted else statement.where(CratesRow.counted.is_(None))
    return tuple(CratesLine(*row) for row in transaction.execute(wanted))


def uncounted_of(transaction: Transaction, borrower: str) -> list[Crates]:
    """Give a borrower's crates that nobody has counted yet, in the order they were noted."""
    return aggregates.every(transaction, "crates", CratesRow.borrower == borrower, CratesRow.counted.is_(None))
