"""What a store keeps between scans: sets, places' codes, requests, runs, stocktakes, repairs, photos."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

_ID = sa.String(length=36)
_INSTANT = sa.String(length=32)
_DAY = sa.String(length=10)
_INSTRUMENTS = (
    ("colour", sa.Text()),
    ("valued", _DAY),
    ("useful_life", sa.Text()),
    ("adapted", sa.Text()),
    ("apparatus", sa.Text()),
    ("serviced", _DAY),
    ("tested", _DAY),
    ("cleaned", _DAY),
    ("seen_as", sa.String(length=40)),
    ("seen_by", _ID),
    ("lacking", sa.Text()),
    ("class_set", _ID),
    ("aside_borrower", _ID),
    ("aside_request", _ID),
    ("aside_until", _DAY),
    ("repair", sa.Text()),
    ("van_run", _ID),
    ("van_stop", _ID),
    ("disposal", sa.Text()),
)
_LOANS = (
    ("damaged", sa.Text()),
    ("custodian", _ID),
    ("player", _ID),
    ("issued", sa.Text()),
    ("request", _ID),
    ("class_set", _ID),
)


def upgrade() -> None:
    """Add columns as they are, without copying a table: a copy would take the rows that hang on it along."""
    for table, columns in (("instruments", _INSTRUMENTS), ("loans", _LOANS), ("borrowers", (("merged_into", _ID),))):
        for name, kind in columns:
            op.add_column(table, sa.Column(name, kind, nullable=True))
    for table, column in (
        ("instruments", "class_set"),
        ("instruments", "van_run"),
        ("loans", "custodian"),
        ("loans", "request"),
    ):
        op.create_index(f"ix_{table}_{column}", table, [column], unique=False)
    op.create_index("ix_instruments_type_size", "instruments", ["type", "size"], unique=False)
    kept = sa.text("aside_until IS NOT NULL")
    op.create_index(
        "ix_instruments_aside", "instruments", ["aside_request"], unique=False, sqlite_where=kept, postgresql_where=kept
    )
    _sets_and_places()
    _requests_and_runs()
    _stocktakes()
    _workshop()
    _arrivals()


def _table(name: str, *columns: sa.Column[Any] | sa.ForeignKeyConstraint) -> None:
    op.create_table(name, *columns, sa.PrimaryKeyConstraint("id", name=f"pk_{name}"))


def _indexed(table: str, *columns: str) -> None:
    for column in columns:
        op.create_index(f"ix_{table}_{column}", table, [column], unique=False)


def _coded() -> tuple[sa.Column[str], sa.Column[str]]:
    return sa.Column("id", _ID, nullable=False), sa.Column("code", sa.String(length=64), nullable=False)


def _sets_and_places() -> None:
    _table(
        "class_sets",
        *_coded(),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("dissolved", _INSTANT, nullable=True),
    )
    _indexed("class_sets", "code")
    _table("place_codes", *_coded(), sa.Column("kind", sa.String(length=12), nullable=False))
    _indexed("place_codes", "code")
    _table(
        "blanks",
        sa.Column("id", _ID, nullable=False),
        sa.Column("first", sa.Integer(), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
    )
    _indexed("blanks", "first")


def _requests_and_runs() -> None:
    _table(
        "requests",
        *_coded(),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("borrower", _ID, nullable=False),
        sa.Column("type", sa.Text(), nullable=False),
        sa.Column("size", sa.Text(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("made", _INSTANT, nullable=False),
        sa.Column("wanted_by", _DAY, nullable=True),
        sa.Column("place", _ID, nullable=True),
        sa.Column("note", _ID, nullable=True),
        sa.Column("closed", _INSTANT, nullable=True),
        sa.Column("closing", sa.String(length=24), nullable=True),
    )
    _indexed("requests", "code", "borrower")
    op.create_index("ix_requests_type_size", "requests", ["type", "size"], unique=False)
    _table(
        "runs",
        *_coded(),
        sa.Column("day", _DAY, nullable=False),
        sa.Column("stops", sa.Text(), nullable=False),
        sa.Column("cancelled", _INSTANT, nullable=True),
    )
    _indexed("runs", "code", "day")


def _stocktakes() -> None:
    _table(
        "stocktakes",
        sa.Column("id", _ID, nullable=False),
        sa.Column("begun", _INSTANT, nullable=False),
        sa.Column("place", _ID, nullable=True),
        sa.Column("closed", _INSTANT, nullable=True),
        sa.Column("missed", sa.Text(), nullable=False),
    )
    op.create_table(
        "stocktake_marks",
        sa.Column("stocktake", _ID, nullable=False),
        sa.Column("instrument", _ID, nullable=False),
        sa.Column("finding", sa.String(length=24), nullable=False),
        sa.Column("at", _INSTANT, nullable=False),
        sa.Column("staff", _ID, nullable=True),
        sa.Column("desk", _ID, nullable=False),
        sa.ForeignKeyConstraint(["instrument"], ["instruments.id"], name="fk_stocktake_marks_instrument_instruments"),
        sa.PrimaryKeyConstraint("stocktake", "instrument", name="pk_stocktake_marks"),
    )
    _indexed("stocktake_marks", "instrument")


def _workshop() -> None:
    _table(
        "repairs",
        sa.Column("id", _ID, nullable=False),
        sa.Column("instrument", _ID, nullable=False),
        sa.Column("repairer", _ID, nullable=False),
        sa.Column("sent", _INSTANT, nullable=False),
        sa.Column("fault", _ID, nullable=True),
        sa.Column("quote", sa.Integer(), nullable=True),
        sa.Column("decision", sa.String(length=24), nullable=True),
        sa.Column("back", _INSTANT, nullable=True),
        sa.Column("outcome", sa.String(length=24), nullable=True),
        sa.Column("cost", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["instrument"], ["instruments.id"], name="fk_repairs_instrument_instruments"),
    )
    _indexed("repairs", "instrument", "repairer")
    _table(
        "photos",
        sa.Column("id", _ID, nullable=False),
        sa.Column("instrument", _ID, nullable=False),
        sa.Column("taken", _INSTANT, nullable=False),
        sa.Column("thumbnail", sa.LargeBinary(), nullable=False),
        sa.Column("original", sa.LargeBinary(), nullable=False),
    )
    _indexed("photos", "instrument")


def _arrivals() -> None:
    _table(
        "crates",
        sa.Column("id", _ID, nullable=False),
        sa.Column("borrower", _ID, nullable=False),
        sa.Column("arrived", _DAY, nullable=False),
        sa.Column("crates", sa.Integer(), nullable=False),
        sa.Column("counted", _INSTANT, nullable=True),
    )
    _indexed("crates", "borrower")
    _table(
        "head_counts",
        sa.Column("id", _ID, nullable=False),
        sa.Column("borrower", _ID, nullable=False),
        sa.Column("given", _DAY, nullable=False),
        sa.Column("heads", sa.Text(), nullable=False),
        sa.Column("estimated", sa.Boolean(), nullable=False),
    )
    _indexed("head_counts", "borrower")
