"""Lists of agreements: how far each is, who signs, since when; and what a scanned barcode may name."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import func, select

from loanstore.storage.columns import SIGNING_COLUMNS, read_signing
from loanstore.storage.tables import AgreementItemRow, AgreementRow, BorrowerRow, LoanRow

if TYPE_CHECKING:
    from collections.abc import Iterable

    from loanstore.domain.signatures import SigningState, Stage
    from loanstore.storage.transaction import Transaction


@dataclass(frozen=True, slots=True)
class AgreementLine:
    """One agreement in a list: its party and how to reach it, when it was made (UTC), how much of it is still out."""

    id: str
    code: str
    borrower: str
    name: str
    kind: str
    telephone: str
    email: str
    made: str
    items: int
    out: int
    signing: SigningState

    @property
    def stage(self) -> Stage:
        """Tell how far it is."""
        return self.signing.stage


def agreements(transaction: Transaction, *, unsigned: bool = False) -> tuple[AgreementLine, ...]:
    """Give agreements, the oldest first: all, or those that nobody signed and of which something is still out."""
    conditions = [AgreementRow.signed.is_(None), _out() > 0] if unsigned else []
    return tuple(_line(row) for row in transaction.execute(_lines().where(*conditions)))


def agreement_line(transaction: Transaction, identity: str) -> AgreementLine | None:
    """Give one agreement as a list would."""
    rows = transaction.execute(_lines().where(AgreementRow.id == identity))
    return _line(rows[0]) if rows else None


def signing_of(transaction: Transaction, identity: str) -> SigningState | None:
    """Give what became of an agreement's paper; None where there is no such agreement."""
    columns = [getattr(AgreementRow, name) for name in SIGNING_COLUMNS]
    rows = transaction.execute(select(*columns).where(AgreementRow.id == identity))
    return read_signing(rows[0]) if rows else None


def not_frozen(transaction: Transaction) -> list[str]:
    """Give the agreements whose paper was never frozen."""
    statement = select(AgreementRow.id).where(AgreementRow.paper.is_(None)).order_by(AgreementRow.id)
    return [str(row[0]) for row in transaction.execute(statement)]


def not_sealed(transaction: Transaction) -> list[str]:
    """Give the signed agreements that bear no seal yet."""
    statement = select(AgreementRow.id).where(AgreementRow.signed.is_not(None), AgreementRow.sealed.is_(None))
    return [str(row[0]) for row in transaction.execute(statement.order_by(AgreementRow.id))]


def seen_papers(transaction: Transaction) -> Iterable[str]:
    """Give the hashes of the frozen and sealed papers that the agreements name."""
    for row in transaction.execute(select(AgreementRow.paper, AgreementRow.sealed)):
        yield from (str(one) for one in row if one is not None)


def _out() -> Any:  # noqa: ANN401 - a scalar query, which SQLAlchemy types by its column
    return (
        select(func.count())
        .select_from(AgreementItemRow)
        .join(LoanRow, LoanRow.id == AgreementItemRow.loan)
        .where(AgreementItemRow.agreement == AgreementRow.id, LoanRow.ended.is_(None))
        .correlate(AgreementRow)
        .scalar_subquery()
    )


def _lines() -> Any:  # noqa: ANN401 - the same of a query
    items = (
        select(func.count())
        .select_from(AgreementItemRow)
        .where(AgreementItemRow.agreement == AgreementRow.id)
        .correlate(AgreementRow)
        .scalar_subquery()
    )
    party = (BorrowerRow.id, BorrowerRow.name, BorrowerRow.kind, BorrowerRow.telephone, BorrowerRow.email)
    signing = [getattr(AgreementRow, name) for name in SIGNING_COLUMNS]
    return (
        select(AgreementRow.id, AgreementRow.code, *party, AgreementRow.made, items, _out(), *signing)
        .join(BorrowerRow, BorrowerRow.id == AgreementRow.borrower)
        .order_by(AgreementRow.made, AgreementRow.code)
    )


def _line(row: Any) -> AgreementLine:  # noqa: ANN401 - a row of the query above
    identity, code, borrower, name, kind, telephone, email, made, items, out = row[:10]
    return AgreementLine(
        identity,
        code,
        borrower,
        name or code,
        kind,
        telephone or "",
        email or "",
        made,
        items,
        out,
        read_signing(row[10:]),
    )
