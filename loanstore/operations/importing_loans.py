"""Importing loans that stand already, or have ended, when a store begins with loanstore."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from loanstore.domain import codes
from loanstore.domain.borrowers import Borrower, BorrowerKind
from loanstore.domain.facts import Draft, FactKind
from loanstore.domain.gestures import instant, noon, read_instant
from loanstore.domain.import_rules import match_keys
from loanstore.domain.loans import Ending, Instrument, Loan, Status
from loanstore.operations import cataloguing, moving
from loanstore.operations.moving import LOAN_KIND
from loanstore.storage import folding, imports, registers

if TYPE_CHECKING:
    from loanstore.domain.import_rules import Record
    from loanstore.operations.import_work import ImportWork


def apply(work: ImportWork, record: Record, unread: frozenset[str]) -> None:
    """Take one row: a loan that stands, one that ended, or one that is known already."""
    keys = match_keys(record)
    values = record.values
    if imports.owner_of_key(work.transaction, keys[-1], work.source) is not None:
        work.result.unchanged += 1
        return
    state = _instrument(work, values.get("code", ""))
    if state is None:
        work.refuse(record, None, values.get("code", ""), "UNKNOWN_INSTRUMENT")
        return
    borrower = work.borrower_named(values.get("borrower", ""))
    if borrower is None:
        many = work.is_shared_name(values.get("borrower", ""))
        work.refuse(record, None, values.get("borrower", ""), "MANY_BORROWERS" if many else "UNKNOWN_BORROWER")
        return
    to_come = next((values[n] for n in ("returned", "out") if n in values and is_to_come(work, values[n])), None)
    if to_come is not None:
        work.refuse(record, None, to_come, "STILL_TO_COME")
        return
    _take(work, record, state, borrower, unread)


def _instrument(work: ImportWork, code: str) -> Instrument | None:
    owner = registers.owner_of(work.transaction, codes.normalise(code))
    if owner is None or owner[0] != "instrument":
        return None
    return folding.instrument_state(work.transaction, owner[1])


def _take(work: ImportWork, record: Record, state: Instrument, borrower: Borrower, unread: frozenset[str]) -> None:
    returned = record.values.get("returned")
    if state.loan is not None:
        _compare(work, record, state, borrower)
        return
    if state.status is not Status.IN_STORE:
        work.refuse(record, None, record.values.get("code", ""), "NOT_IN_STORE", status=state.status.value)
        return
    due = record.values.get("due") if "due" not in unread else None
    after = open_loan(work, state, borrower, record.values.get("out"), due)
    loan = after.loan.id if after.loan is not None else after.id
    if returned is not None:
        _end(work, after, returned)
    work.remember(loan, match_keys(record), dict(record.values))
    work.created(record, record.values.get("code", ""), "→", borrower.name)


def _compare(work: ImportWork, record: Record, state: Instrument, borrower: Borrower) -> None:
    """Hold a row against the loan that stands: the same one, the end of it, or another, which is refused."""
    loan, returned = state.loan, record.values.get("returned")
    if loan is None or loan.borrower != borrower.id or not _may_be_that(work, record, loan):
        work.refuse(record, None, record.values.get("code", ""), "ALREADY_ON_LOAN")
    elif returned is None:
        work.result.unchanged += 1
    else:
        _end(work, state, returned)
        work.remember(loan.id, match_keys(record), dict(record.values))
        work.updated(record, (record.values.get("code", ""), "→", borrower.name), {"returned": ("", returned)})


def _may_be_that(work: ImportWork, record: Record, loan: Loan) -> bool:
    """Tell whether a row can be about a loan: it went out on the same day, where both days are known."""
    out, returned = record.values.get("out"), record.values.get("returned")
    if not loan.out:
        return True
    went = work.desk.day_of(read_instant(loan.out)).isoformat()
    return out == went if out is not None else returned is None or returned >= went


def _end(work: ImportWork, state: Instrument, day: str) -> None:
    work.note_write()
    draft = moving.returned(state, Ending.RETURNED, unseen=True, happened=_at(day))
    moving.record(work.transaction, work.gesture, [(state, draft)])


def is_to_come(work: ImportWork, day: str) -> bool:
    """Tell whether a day, as ISO text, lies in the future of this desk."""
    return day > work.desk.today().isoformat()


def open_loan(work: ImportWork, state: Instrument, borrower: Borrower, out: str | None, due: str | None) -> Instrument:
    """Open a loan as of ``out``, or *before import* where no day is given; nobody has seen the instrument."""
    rules = work.desk.known_rules(work.transaction)
    until = due or rules.policy.due(borrower.kind, work.desk.today(), rules.terms).day.isoformat()
    body: dict[str, object] = {"borrower": borrower.id, "due": until, "kind": LOAN_KIND, "unseen": True}
    if out is None:
        body["before_import"] = True
    work.note_write()
    draft = Draft(FactKind.LENT, state.id, body, _at(out) if out is not None else None)
    ((_fact, after),) = moving.record(work.transaction, work.gesture, [(state, draft)])
    work.result.loans += 1
    return after


def new_borrower(work: ImportWork, name: str, kind: BorrowerKind) -> Borrower:
    """Add a borrower of whom only a name is known."""
    identity = work.desk.new_id()
    uses = cataloguing.code_uses(identity, work.new_code(), ())
    work.note_write()
    draft = cataloguing.borrower_draft(identity, uses, kind)
    cataloguing.write_borrower(work.transaction, work.gesture, draft, {"name": name})
    work.names.setdefault(imports.fold_name(name), []).append(identity)
    return Borrower(identity, uses[0].shown, kind, name)


def _at(day: str) -> str:
    return instant(noon(date.fromisoformat(day)))
