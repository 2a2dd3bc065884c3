"""Charging: tariffs, the ledger's entries and payments, remissions, and the day notice of a loan was given."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

_ID = sa.String(length=36)
_DAY = sa.String(length=10)
_WHY = sa.String(length=24)


def upgrade() -> None:
    """Lay out the ledger; a column is added as it is, without copying its table."""
    op.add_column("loans", sa.Column("notice", _DAY, nullable=True))
    op.execute(
        "CREATE INDEX ix_loans_to_charge ON loans (borrower)"
        " WHERE ended IS NOT NULL AND (ending = 'lost' OR missing IS NOT NULL OR damaged IS NOT NULL)"
    )
    _tariffs()
    _entries()
    _payments()
    _remissions()


def _needed(name: str, kind: Any) -> sa.Column[Any]:  # noqa: ANN401 - any type of column
    return sa.Column(name, kind, nullable=False)


def _spare(name: str, kind: Any) -> sa.Column[Any]:  # noqa: ANN401 - the same
    return sa.Column(name, kind, nullable=True)


def _table(name: str, *columns: sa.Column[Any]) -> None:
    op.create_table(name, _needed("id", _ID), *columns, sa.PrimaryKeyConstraint("id", name=f"pk_{name}"))


def _tariffs() -> None:
    _table(
        "tariffs",
        _needed("contract", sa.String(length=20)),
        _needed("band", sa.String(length=4)),
        _needed("every", sa.String(length=8)),
        _needed("amount", sa.Integer()),
        _needed("first", _DAY),
        _needed("deposit", sa.Integer()),
        _spare("cap", sa.Integer()),
        _needed("first_free", sa.Boolean()),
        _needed("per_set", sa.Boolean()),
        _needed("vat_code", sa.String(length=20)),
        _needed("vat_rate", sa.Integer()),
        _needed("said", sa.String(length=32)),
    )


def _entries() -> None:
    _table(
        "entries",
        _needed("borrower", _ID),
        _needed("kind", sa.String(length=16)),
        _needed("hire", _ID),
        _needed("instrument", _ID),
        _needed("about", sa.Text()),
        _needed("name", sa.Text()),
        _needed("first", _DAY),
        _needed("last", _DAY),
        _needed("full", sa.Integer()),
        _needed("amount", sa.Integer()),
        _needed("vat_code", sa.String(length=20)),
        _needed("vat_rate", sa.Integer()),
        _needed("day", _DAY),
        _needed("turn", sa.Integer()),
        _spare("reversed", _DAY),
        _spare("why", _WHY),
    )
    for column in ("borrower", "hire", "day"):
        op.create_index(f"ix_entries_{column}", "entries", [column], unique=False)
    standing = sa.text("reversed IS NULL")
    op.create_index(
        "ix_entries_instrument",
        "entries",
        ["instrument"],
        unique=False,
        sqlite_where=standing,
        postgresql_where=standing,
    )


def _payments() -> None:
    _table(
        "payments",
        _needed("borrower", _ID),
        _needed("amount", sa.Integer()),
        _needed("day", _DAY),
        _needed("method", sa.String(length=20)),
        _spare("reference", _ID),
        _spare("reversed", _DAY),
        _spare("why", _WHY),
    )
    op.create_index("ix_payments_borrower", "payments", ["borrower"], unique=False)


def _remissions() -> None:
    _table(
        "remissions",
        _needed("borrower", _ID),
        _spare("percent", sa.Integer()),
        _spare("fixed", sa.Integer()),
        _needed("first", _DAY),
        _needed("last", _DAY),
        _needed("granted", _DAY),
        _needed("reason", _ID),
        _spare("checked", _DAY),
        _spare("checked_by", _ID),
        _spare("ended", _DAY),
    )
    op.create_index("ix_remissions_borrower", "remissions", ["borrower"], unique=False)
