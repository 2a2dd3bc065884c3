"""Opening at once: an index from which one reads, place by place, what has its label."""

from __future__ import annotations

from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the index; it holds all that the count asks of an instrument."""
    op.execute("CREATE INDEX ix_instruments_labelled ON instruments (location, status, labelled, code)")
