"""Long lists: indexes to sort by, the index of pieces of numbers, and the vocabularies of the search index."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

_SORTED_BY = {"type": ("type", "size"), "make": ("make", "model"), "serial": ("serial",)}


def upgrade() -> None:
    """Add what long lists need; the pieces of what is registered already are written here."""
    for name, columns in _SORTED_BY.items():
        keys = ", ".join((*(f"{column} COLLATE NOCASE" for column in columns), "code"))
        op.execute(f"CREATE INDEX ix_instruments_by_{name} ON instruments ({keys})")
    op.execute(
        "CREATE VIRTUAL TABLE instruments_pieces USING fts5("
        "numbers, content='', contentless_delete=1, tokenize='trigram', detail='none')"
    )
    for table in ("instruments", "borrowers"):
        op.execute(f"CREATE VIRTUAL TABLE {table}_vocabulary USING fts5vocab('{table}_index', 'row')")
    connection = op.get_bind()
    numbers: dict[int, list[str]] = {}
    for row, serial in connection.execute(sa.text("SELECT row, serial FROM instruments")):
        numbers[row] = [_plain(serial or "")]
    named = "SELECT i.row, c.form FROM codes c JOIN instruments i ON i.id = c.owner"
    for row, form in connection.execute(sa.text(named)):
        numbers[row].append(_plain(form))
    put = sa.text("INSERT INTO instruments_pieces (rowid, numbers) VALUES (:row, :numbers)")
    if numbers:
        connection.execute(put, [{"row": row, "numbers": " ".join(found)} for row, found in numbers.items()])


def _plain(text: str) -> str:
    return "".join(letter for letter in text.lower() if letter.isalnum())
