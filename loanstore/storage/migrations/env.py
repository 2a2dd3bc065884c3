"""How Alembic reaches the store: by the connection it is handed, never by one of its own."""

from __future__ import annotations

from alembic import context

from loanstore.storage import keeping_tables, ledger_tables  # noqa: F401 - only once read do the models know all tables
from loanstore.storage.tables import Base

connection = context.config.attributes["connection"]
context.configure(connection=connection, target_metadata=Base.metadata, render_as_batch=True)
with context.begin_transaction():
    context.run_migrations()
