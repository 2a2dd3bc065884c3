"""What was done with TAKE, and why: the reasons are asked for afterwards."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

_ID = sa.String(length=36)
_INSTANT = sa.String(length=32)


def upgrade() -> None:
    """Add the table; what it holds is folded from the journal."""
    op.create_table(
        "takes",
        sa.Column("id", _ID, nullable=False),
        sa.Column("at", _INSTANT, nullable=False),
        sa.Column("answer", sa.String(length=24), nullable=False),
        sa.Column("instrument", _ID, nullable=False),
        sa.Column("things", sa.Integer(), nullable=False),
        sa.Column("did", _ID, nullable=False),
        sa.Column("before", _ID, nullable=True),
        sa.Column("staff", _ID, nullable=True),
        sa.Column("reason", _ID, nullable=True),
        sa.Column("given", _INSTANT, nullable=True),
        sa.Column("given_by", _ID, nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_takes"),
    )
