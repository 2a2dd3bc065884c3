"""Whatever is folded beside instruments, borrowers and agreements: one description each, one way for all."""

from __future__ import annotations

import json
from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import delete, insert, select

from loanstore.domain.arrivals import Crates, HeadCount, fold_crates, fold_head_count
from loanstore.domain.blanks import Blanks, fold_blanks
from loanstore.domain.class_sets import ClassSet, fold_class_set
from loanstore.domain.facts import FactKind
from loanstore.domain.ledger import Entry, Payment, fold_entry, fold_payment, with_undone
from loanstore.domain.places import PlaceCode, fold_place
from loanstore.domain.remissions import Remission, fold_remission
from loanstore.domain.requests import Request, fold_request
from loanstore.domain.runs import Run, Stop, fold_run
from loanstore.domain.stocktakes import Stocktake, fold_stocktake
from loanstore.domain.takes import Take, fold_take
from loanstore.domain.tariffs import Tariff, fold_tariff
from loanstore.domain.wordings import Wording, fold_wording
from loanstore.storage import journal
from loanstore.storage.agreement_tables import WordingRow
from loanstore.storage.keeping_tables import (
    BlanksRow,
    ClassSetRow,
    CratesRow,
    HeadCountRow,
    PlaceCodeRow,
    RequestRow,
    RunRow,
    StocktakeRow,
    TakeRow,
)
from loanstore.storage.ledger_tables import EntryRow, PaymentRow, RemissionRow, TariffRow
from loanstore.storage.tables import CodeRow

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from loanstore.domain.facts import Fact
    from loanstore.domain.loans import CodeUse
    from loanstore.storage.tables import Base
    from loanstore.storage.transaction import Transaction


@dataclass(frozen=True, slots=True)
class Aggregate:
    """One kind of thing that its own facts fold into a row.

    ``name`` is what its codes are said to name; ``founding`` the fact that makes it. ``fold`` gives a frozen
    dataclass whose fields, its ``codes`` apart, are the columns of ``table``; ``nested`` are those kept as
    JSON, each with how it is read back. ``undone_shows`` is for lines of the ledger: what was undone stays as reversed.
    """

    name: str
    founding: FactKind
    table: type[Base]
    state: type[Any]
    fold: Callable[[str, Iterable[Fact]], Any]
    nested: Mapping[str, Callable[[Any], object]]
    undone_shows: bool = False

    def columns(self, state: Any) -> dict[str, object]:  # noqa: ANN401 - any of the states named above
        """Write a state as the columns of its row."""
        found = {one.name: getattr(state, one.name) for one in fields(state) if one.name != "codes"}
        return {name: _json(value) if name in self.nested else value for name, value in found.items()}

    def fold_from(self, identity: str, facts: Sequence[Fact], undone: Mapping[str, Fact]) -> Any:  # noqa: ANN401 - the same
        """Fold a thing from all its facts; ``undone`` are the reversals by the gesture they reverse."""
        if self.undone_shows:
            return self.fold(identity, with_undone(facts, undone, self.founding))
        return self.fold(identity, [fact for fact in facts if fact.gesture not in undone])

    def read(self, row: Mapping[str, Any]) -> Any:  # noqa: ANN401 - the same
        """Read a state back from its row; its codes stay in the table of codes."""
        values = dict(row)
        for name, read in self.nested.items():
            values[name] = read(json.loads(values[name]))
        return self.state(**values)


def _json(value: object) -> str:
    return json.dumps(value, default=_plain, separators=(",", ":"), sort_keys=True)


def _plain(value: Any) -> object:  # noqa: ANN401 - json hands over whatever it does not know
    return [getattr(value, one.name) for one in fields(value)]


def _stops(rows: list[list[Any]]) -> tuple[Stop, ...]:
    return tuple(Stop(*row) for row in rows)


AGGREGATES: Final = (
    Aggregate("set", FactKind.SET_MADE, ClassSetRow, ClassSet, fold_class_set, {}),
    Aggregate("place", FactKind.PLACE_ADDED, PlaceCodeRow, PlaceCode, fold_place, {}),
    Aggregate("request", FactKind.REQUESTED, RequestRow, Request, fold_request, {}),
    Aggregate("run", FactKind.RUN_PLANNED, RunRow, Run, fold_run, {"stops": _stops}),
    Aggregate("stocktake", FactKind.STOCKTAKE_BEGUN, StocktakeRow, Stocktake, fold_stocktake, {"missed": tuple}),
    Aggregate("crates", FactKind.CRATES_ARRIVED, CratesRow, Crates, fold_crates, {}),
    Aggregate("head_count", FactKind.HEADS_COUNTED, HeadCountRow, HeadCount, fold_head_count, {"heads": dict}),
    Aggregate("take", FactKind.TAKEN, TakeRow, Take, fold_take, {}),
    Aggregate("blanks", FactKind.BLANKS_MADE, BlanksRow, Blanks, fold_blanks, {}),
    Aggregate("wording", FactKind.WORDING_SAVED, WordingRow, Wording, fold_wording, {}),
    Aggregate("tariff", FactKind.TARIFF_SET, TariffRow, Tariff, fold_tariff, {}),
    Aggregate("entry", FactKind.POSTED, EntryRow, Entry, fold_entry, {}, undone_shows=True),
    Aggregate("payment", FactKind.PAID, PaymentRow, Payment, fold_payment, {}, undone_shows=True),
    Aggregate("remission", FactKind.REMISSION_GRANTED, RemissionRow, Remission, fold_remission, {}),
)
"""Every aggregate, by the fact that founds it."""

_BY_FOUNDING: Final = {one.founding: one for one in AGGREGATES}
_BY_NAME: Final = {one.name: one for one in AGGREGATES}


def founded_by(kinds: Iterable[FactKind]) -> Aggregate | None:
    """Tell what a subject with facts of these kinds is; None for an instrument, a borrower or an agreement."""
    return next((_BY_FOUNDING[kind] for kind in kinds if kind in _BY_FOUNDING), None)


def named(name: str) -> Aggregate:
    """Give the description of a kind of thing."""
    return _BY_NAME[name]


def refold(transaction: Transaction, aggregate: Aggregate, identity: str) -> Any:  # noqa: ANN401 - as above
    """Fold one thing afresh from its standing facts, write it, and give it; None where it was undone."""
    state = aggregate.fold_from(identity, *journal.facts_and_reversals(transaction, identity))
    table = aggregate.table
    transaction.execute(delete(CodeRow).where(CodeRow.owner == identity))
    transaction.execute(delete(table).where(_id(table) == identity))
    if state is not None:
        transaction.execute(insert(table).values(aggregate.columns(state)))
        name_codes(transaction, aggregate.name, getattr(state, "codes", ()))
    return state


def put_new(transaction: Transaction, name: str, facts: Sequence[Fact]) -> None:
    """Write things that are new with these facts, each the first of its thing, many at a time."""
    aggregate = named(name)
    states = [aggregate.fold(fact.subject or "", [fact]) for fact in facts]
    if states:
        transaction.execute(insert(aggregate.table), [aggregate.columns(state) for state in states])


def name_codes(transaction: Transaction, kind: str, uses: Iterable[CodeUse]) -> None:
    """Write the codes of a thing."""
    rows = [{"form": u.form, "shown": u.shown, "kind": kind, "role": u.role, "owner": u.owner} for u in uses]
    if rows:
        transaction.execute(insert(CodeRow), rows)


def find(transaction: Transaction, name: str, identity: str) -> Any | None:  # noqa: ANN401 - as above
    """Give one thing of a kind by its id; None where there is none."""
    aggregate = named(name)
    found = transaction.execute(select(aggregate.table.__table__).where(_id(aggregate.table) == identity))
    return aggregate.read(found[0]._asdict()) if found else None


def every(transaction: Transaction, name: str, *conditions: Any) -> list[Any]:  # noqa: ANN401 - as above
    """Give all things of a kind that meet the conditions, by their ids, and so in the order they were made."""
    aggregate = named(name)
    statement = select(aggregate.table.__table__).where(*conditions).order_by(_id(aggregate.table))
    return [aggregate.read(row._asdict()) for row in transaction.execute(statement)]


def _id(table: type[Base]) -> Any:  # noqa: ANN401 - a column
    return table.__table__.c.id
