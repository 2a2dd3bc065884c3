"""Labels: part-used sheets, labels wanted again, and the store's own files."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add tables that are kept beside what is folded."""
    op.create_table(
        "label_sheets",
        sa.Column("stock", sa.String(64), nullable=False),
        sa.Column("next_start", sa.Integer(), nullable=False),
        sa.Column("left", sa.String(32), nullable=False),
        sa.PrimaryKeyConstraint("stock", name="pk_label_sheets"),
    )
    op.create_table(
        "labels_wanted",
        sa.Column("form", sa.String(64), nullable=False),
        sa.Column("wanted", sa.String(32), nullable=False),
        sa.Column("staff", sa.String(36), nullable=True),
        sa.PrimaryKeyConstraint("form", name="pk_labels_wanted"),
    )
    op.create_table(
        "store_files",
        sa.Column("name", sa.String(40), nullable=False),
        sa.Column("added", sa.String(32), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("name", name="pk_store_files"),
    )
