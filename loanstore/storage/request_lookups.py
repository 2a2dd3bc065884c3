"""Looking up requests on the scan path: what a borrower has asked for, and who waits for what has just come back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import bindparam, func, or_, select

from loanstore.domain.requests import RequestKind, RequestLine
from loanstore.storage.keeping_tables import RequestRow
from loanstore.storage.tables import CodeRow, InstrumentRow, LoanRow
from loanstore.storage.transaction import Prepared

if TYPE_CHECKING:
    from collections.abc import Sequence

    from loanstore.storage.transaction import Transaction

_HANDED: Final = (
    select(func.count()).select_from(LoanRow).where(LoanRow.request == RequestRow.id).scalar_subquery().label("handed")
)
_KEPT: Final = (
    select(InstrumentRow.id)
    .where(InstrumentRow.aside_until.is_not(None), InstrumentRow.aside_request == RequestRow.id)
    .exists()
)
_LINE: Final = select(
    RequestRow.id,
    RequestRow.code,
    RequestRow.kind,
    RequestRow.borrower,
    RequestRow.type,
    RequestRow.size,
    RequestRow.number,
    _HANDED,
    RequestRow.made,
    RequestRow.wanted_by,
    RequestRow.place,
)
_SOONEST: Final = (func.coalesce(RequestRow.wanted_by, "9999"), RequestRow.made, RequestRow.id)
_OPEN_OF: Final = Prepared(
    _LINE.where(
        RequestRow.borrower == bindparam("borrower"), RequestRow.closed.is_(None), RequestRow.number > _HANDED
    ).order_by(*_SOONEST)
)
_FIRST_WAITING: Final = Prepared(
    _LINE.where(
        RequestRow.type == bindparam("type"),
        or_(RequestRow.size == bindparam("size"), RequestRow.size == ""),
        RequestRow.kind == RequestKind.WAIT.value,
        RequestRow.closed.is_(None),
        RequestRow.number > _HANDED,
        ~_KEPT,
    )
    .order_by(RequestRow.made, func.coalesce(RequestRow.wanted_by, "9999"), RequestRow.id)
    .limit(1)
)
_BY_ID: Final = Prepared(_LINE.where(RequestRow.id == bindparam("request")))
_BY_FORM: Final = Prepared(
    _LINE.join(CodeRow, (CodeRow.owner == RequestRow.id) & (CodeRow.kind == "request")).where(
        CodeRow.form == bindparam("form")
    )
)


def open_of(transaction: Transaction, borrower_id: str) -> tuple[RequestLine, ...]:
    """Give what a borrower has asked for and has not been handed yet, what is wanted soonest first."""
    return tuple(RequestLine(*row) for row in transaction.rows(_OPEN_OF, borrower=borrower_id))


def first_waiting(transaction: Transaction, type_: str, size: str) -> RequestLine | None:
    """Give who waits longest for an instrument of this type and size, and has none set aside yet."""
    return _line(transaction.row(_FIRST_WAITING, type=type_, size=size))


def line(transaction: Transaction, identity: str) -> RequestLine | None:
    """Give a request, open or closed, by its id."""
    return _line(transaction.row(_BY_ID, request=identity))


def by_form(transaction: Transaction, form: str) -> RequestLine | None:
    """Give a request, open or closed, by its normalised code, as it stands in bars on a collection letter."""
    return _line(transaction.row(_BY_FORM, form=form))


def _line(row: Sequence[Any] | None) -> RequestLine | None:
    return RequestLine(*row) if row is not None else None
