"""Agreements people can rely on: versions of their texts, frozen and signed papers, and what became of each."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

_ID = sa.String(length=36)
_HASH = sa.String(length=64)
_INSTANT = sa.String(length=32)
_SIGNING = (
    ("wording", _HASH),
    ("paper", _HASH),
    ("needs", sa.Text()),
    ("printed", _INSTANT),
    ("signatures", sa.Text()),
    ("signed", _INSTANT),
    ("refused", _INSTANT),
    ("sealed", _HASH),
)


def upgrade() -> None:
    """Add the columns and tables; what stands in the columns is folded from the journal."""
    for name, kind in _SIGNING:
        op.add_column("agreements", sa.Column(name, kind, nullable=True))
    op.create_table(
        "wordings",
        sa.Column("id", _ID, primary_key=True),
        sa.Column("key", sa.String(length=24), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("text", _HASH, nullable=False),
        sa.Column("saved", _INSTANT, nullable=False),
    )
    op.create_index("ix_wordings_key", "wordings", ["key"], unique=False)
    op.create_table(
        "wording_texts", sa.Column("hash", _HASH, primary_key=True), sa.Column("text", sa.Text(), nullable=False)
    )
    op.create_table(
        "papers",
        sa.Column("id", _ID, primary_key=True),
        sa.Column("agreement", _ID, nullable=False),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("hash", _HASH, nullable=False),
        sa.Column("made", _INSTANT, nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("drawn_from", sa.Text(), nullable=True),
        sa.Column("places", sa.Text(), nullable=True),
    )
    for name, condition in (("frozen", "paper IS NULL"), ("sealed", "signed IS NOT NULL AND sealed IS NULL")):
        op.execute(f"CREATE INDEX ix_agreements_not_{name} ON agreements (id) WHERE {condition}")
    op.create_index("ix_papers_agreement", "papers", ["agreement"], unique=False)
    op.create_index("ix_papers_hash", "papers", ["hash"], unique=False)
    op.create_table(
        "strokes", sa.Column("fact", _ID, primary_key=True), sa.Column("strokes", sa.Text(), nullable=False)
    )
    op.create_table(
        "loose_pages",
        sa.Column("id", _ID, primary_key=True),
        sa.Column("batch", _ID, nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("why", sa.String(length=60), nullable=False),
        sa.Column("codes", sa.Text(), nullable=False),
        sa.Column("at", _INSTANT, nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("thumbnail", sa.LargeBinary(), nullable=False),
    )
    op.create_table(
        "seals",
        sa.Column("id", _ID, primary_key=True),
        sa.Column("made", _INSTANT, nullable=False),
        sa.Column("certificate", sa.LargeBinary(), nullable=False),
        sa.Column("key", sa.LargeBinary(), nullable=False),
    )
