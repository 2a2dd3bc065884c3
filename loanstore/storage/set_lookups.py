"""Looking up class sets and their members, in the order of their numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, cast

from sqlalchemy import bindparam, select

from loanstore.domain.borrowers import Borrower, BorrowerKind
from loanstore.domain.class_sets import Member, position_of
from loanstore.domain.facts import FactKind
from loanstore.storage import aggregates, journal, registers
from loanstore.storage.columns import INSTRUMENT_COLUMNS, LOAN_COLUMNS, read_instrument
from loanstore.storage.keeping_tables import ClassSetRow
from loanstore.storage.tables import BorrowerRow, FactRow, InstrumentRow, LoanRow, ReversalRow
from loanstore.storage.transaction import Prepared

if TYPE_CHECKING:
    from collections.abc import Sequence

    from loanstore.domain.class_sets import ClassSet
    from loanstore.domain.facts import Fact
    from loanstore.storage.transaction import Transaction

_CARD: Final = ("id", "code", "kind", "name", "pupil", "school")
_FIRST_OF_CARD: Final = len(INSTRUMENT_COLUMNS) + len(LOAN_COLUMNS)
_MEMBERS: Final = Prepared(
    select(
        *(getattr(InstrumentRow, name) for name in INSTRUMENT_COLUMNS),
        *(getattr(LoanRow, name) for name in LOAN_COLUMNS),
        *(getattr(BorrowerRow, name) for name in _CARD),
    )
    .outerjoin(LoanRow, (LoanRow.instrument == InstrumentRow.id) & LoanRow.ended.is_(None))
    .outerjoin(BorrowerRow, BorrowerRow.id == LoanRow.borrower)
    .where(InstrumentRow.class_set == bindparam("set"))
)
_JOINED: Final = Prepared(
    select(FactRow.__table__)
    .join(InstrumentRow, InstrumentRow.id == FactRow.subject)
    .where(
        InstrumentRow.class_set == bindparam("set"),
        FactRow.kind == FactKind.JOINED_SET.value,
        FactRow.gesture.not_in(select(ReversalRow.gesture)),
    )
)


def by_id(transaction: Transaction, identity: str) -> ClassSet | None:
    """Find a set by its id, a dissolved one too; None where there is none."""
    return cast("ClassSet | None", aggregates.find(transaction, "set", identity))


def by_form(transaction: Transaction, form: str) -> ClassSet | None:
    """Find the set that carries a normalised code; None where none does."""
    carried = registers.owner_of(transaction, form)
    return by_id(transaction, carried[1]) if carried is not None and carried[0] == "set" else None


def standing(transaction: Transaction) -> tuple[ClassSet, ...]:
    """Give every set that is not dissolved, in the order they were made."""
    return tuple(aggregates.every(transaction, "set", ClassSetRow.dissolved.is_(None)))


def members(transaction: Transaction, identity: str) -> tuple[Member, ...]:
    """Give a set's instruments by their numbers in it, each as it stands, with whoever has it."""
    joined: dict[str, list[Fact]] = {}
    for fact in joined_facts(transaction, identity):
        joined.setdefault(fact.subject or "", []).append(fact)
    found = []
    for row in transaction.rows(_MEMBERS, set=identity):
        instrument = read_instrument(row)
        facts = joined.get(instrument.id, [])
        found.append(Member(position_of(identity, facts), instrument, _holder(row[_FIRST_OF_CARD:])))
    return tuple(sorted(found, key=lambda member: (member.position, member.instrument.code)))


def joined_facts(transaction: Transaction, identity: str) -> list[Fact]:
    """Give the standing facts by which the instruments of a set joined it, or another one before."""
    return [journal.read_fact(row) for row in transaction.rows(_JOINED, set=identity)]


def joined_by(transaction: Transaction, identity: str) -> list[str]:
    """Give the ids of the facts by which a set came to its instruments."""
    return [fact.id for fact in joined_facts(transaction, identity) if fact.body["set"] == identity]


def _holder(columns: Sequence[Any]) -> Borrower | None:
    identity, code, kind, name, pupil, school = columns
    if identity is None:
        return None
    return Borrower(identity, code, BorrowerKind(kind), name or code, pupil or "", school or "")
