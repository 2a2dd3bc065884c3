"""Looking back: every instrument as it stands, and the facts of those that something has happened to since."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sqlalchemy import bindparam, select

from loanstore.storage.columns import INSTRUMENT_COLUMNS, read_instrument
from loanstore.storage.journal import read_fact
from loanstore.storage.tables import BorrowerRow, FactRow, InstrumentRow, LoanRow, NoteRow, ReversalRow, StaffRow
from loanstore.storage.transaction import Prepared

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from loanstore.domain.facts import Fact
    from loanstore.domain.loans import Instrument
    from loanstore.storage.transaction import Transaction

_MOST_NAMED: Final = 500
_STANDING: Final = FactRow.gesture.not_in(select(ReversalRow.gesture))
_NOW: Final = Prepared(
    select(*(getattr(InstrumentRow, name) for name in INSTRUMENT_COLUMNS), LoanRow).outerjoin(
        LoanRow, (LoanRow.instrument == InstrumentRow.id) & LoanRow.ended.is_(None)
    )
)
# How far an instrument is folded says when something last happened to it, without a look at the journal.
_CHANGED: Final = select(InstrumentRow.id).where(InstrumentRow.folded_to >= bindparam("end"))
_CHANGED_SINCE: Final = Prepared(_CHANGED)
_BEFORE: Final = Prepared(
    select(FactRow.__table__)
    .where(FactRow.happened < bindparam("end"), _STANDING, FactRow.subject.in_(_CHANGED))
    .order_by(FactRow.subject, FactRow.desk, FactRow.counter)
)
_BORROWERS: Final = Prepared(select(BorrowerRow.id, BorrowerRow.code, BorrowerRow.name))
_STAFF: Final = Prepared(select(StaffRow.id, StaffRow.name))
_FUNDINGS: Final = Prepared(
    select(InstrumentRow.funding).where(InstrumentRow.funding.is_not(None)).distinct().order_by(InstrumentRow.funding)
)


def states_now(transaction: Transaction) -> Iterator[Instrument]:
    """Give every instrument as it is folded now, with its open loan; in no order."""
    for row in transaction.stream(_NOW):
        yield read_instrument(row)


def changed_since(transaction: Transaction, end: str) -> frozenset[str]:
    """Give the instruments that something happened to at an instant (UTC) or later."""
    return frozenset(row[0] for row in transaction.rows(_CHANGED_SINCE, end=end))


def facts_before(transaction: Transaction, end: str) -> Iterator[Fact]:
    """Give what had happened before an instant to those that were changed since, one instrument after another."""
    for row in transaction.stream(_BEFORE, end=end):
        yield read_fact(row)


def borrower_names(transaction: Transaction) -> dict[str, str]:
    """Give every borrower's name by its id; the code stands for one whose name was erased."""
    return {row[0]: row[2] or row[1] for row in transaction.rows(_BORROWERS)}


def staff_names(transaction: Transaction) -> dict[str, str]:
    """Give the name of everybody who worked at a desk by their id."""
    return {row[0]: row[1] for row in transaction.rows(_STAFF)}


def notes_named(transaction: Transaction, identities: Iterable[str]) -> dict[str, str]:
    """Give the texts of notes by their ids; erased ones are not among them."""
    wanted = sorted(set(identities))
    found: dict[str, str] = {}
    for at in range(0, len(wanted), _MOST_NAMED):
        statement = select(NoteRow.id, NoteRow.text).where(NoteRow.id.in_(wanted[at : at + _MOST_NAMED]))
        found |= {row[0]: row[1] for row in transaction.execute(statement)}
    return found


def fundings(transaction: Transaction) -> tuple[str, ...]:
    """Give every funding source that an instrument names, in their order."""
    return tuple(row[0] for row in transaction.rows(_FUNDINGS))
