"""The first schema: journal, registers, loans, agreements, imports and the search index."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Lay out an empty store."""
    _journal()
    _guard_journal()
    _registers()
    _lending()
    _imports()
    _search()


def _journal() -> None:
    """The journal and what is kept beside it."""
    op.create_table(
        "settings",
        sa.Column("key", sa.String(length=40), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("key", name="pk_settings"),
    )
    op.create_table(
        "facts",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("gesture", sa.String(length=36), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("desk", sa.String(length=36), nullable=False),
        sa.Column("counter", sa.Integer(), nullable=False),
        sa.Column("staff", sa.String(length=36), nullable=True),
        sa.Column("happened", sa.String(length=32), nullable=False),
        sa.Column("recorded", sa.String(length=32), nullable=False),
        sa.Column("offset", sa.Integer(), nullable=False),
        sa.Column("subject", sa.String(length=36), nullable=True),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_facts"),
        sa.UniqueConstraint("desk", "counter", name="uq_facts_desk_counter"),
    )
    op.create_index("ix_facts_gesture", "facts", ["gesture"], unique=False)
    op.create_index("ix_facts_subject", "facts", ["subject"], unique=False)
    op.create_table(
        "reversals",
        sa.Column("gesture", sa.String(length=36), nullable=False),
        sa.Column("fact", sa.String(length=36), nullable=False),
        sa.PrimaryKeyConstraint("gesture", name="pk_reversals"),
    )
    op.create_table(
        "unknown_scans",
        sa.Column("fact", sa.String(length=36), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("at", sa.String(length=32), nullable=False),
        sa.PrimaryKeyConstraint("fact", name="pk_unknown_scans"),
    )
    op.create_index("ix_unknown_scans_at", "unknown_scans", ["at"], unique=False)
    op.create_table(
        "notes",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_notes"),
    )


def _registers() -> None:
    """The register of things and people, and the codes that name them."""
    op.create_table(
        "codes",
        sa.Column("form", sa.String(length=64), nullable=False),
        sa.Column("shown", sa.String(length=64), nullable=False),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("role", sa.String(length=12), nullable=False),
        sa.Column("owner", sa.String(length=36), nullable=False),
        sa.PrimaryKeyConstraint("form", name="pk_codes"),
    )
    op.create_index("ix_codes_owner", "codes", ["owner"], unique=False)
    op.create_table(
        "instruments",
        sa.Column("row", sa.Integer(), nullable=False),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("code", sa.String(length=64), nullable=False),
        sa.Column("type", sa.Text(), nullable=True),
        sa.Column("size", sa.Text(), nullable=True),
        sa.Column("make", sa.Text(), nullable=True),
        sa.Column("model", sa.Text(), nullable=True),
        sa.Column("serial", sa.Text(), nullable=True),
        sa.Column("condition", sa.Text(), nullable=True),
        sa.Column("location", sa.String(length=36), nullable=True),
        sa.Column("replacement_value", sa.Text(), nullable=True),
        sa.Column("purchased", sa.Text(), nullable=True),
        sa.Column("purchase_cost", sa.Text(), nullable=True),
        sa.Column("supplier", sa.Text(), nullable=True),
        sa.Column("funding", sa.Text(), nullable=True),
        sa.Column("owner", sa.Text(), nullable=True),
        sa.Column("note", sa.String(length=36), nullable=True),
        sa.Column("status", sa.String(length=20), nullable=False),
        sa.Column("seen", sa.String(length=32), nullable=True),
        sa.Column("labelled", sa.String(length=32), nullable=True),
        sa.Column("folded_to", sa.String(length=90), nullable=False),
        sa.PrimaryKeyConstraint("row", name="pk_instruments"),
        sa.UniqueConstraint("id", name="uq_instruments_id"),
    )
    op.create_index("ix_instruments_code", "instruments", ["code"], unique=False)
    op.create_table(
        "borrowers",
        sa.Column("row", sa.Integer(), nullable=False),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("code", sa.String(length=64), nullable=False),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("name", sa.Text(), nullable=True),
        sa.Column("contact", sa.Text(), nullable=True),
        sa.Column("email", sa.Text(), nullable=True),
        sa.Column("telephone", sa.Text(), nullable=True),
        sa.Column("address", sa.Text(), nullable=True),
        sa.Column("postcode", sa.Text(), nullable=True),
        sa.Column("pupil", sa.Text(), nullable=True),
        sa.Column("school", sa.Text(), nullable=True),
        sa.Column("year_group", sa.Text(), nullable=True),
        sa.Column("notes", sa.Text(), nullable=True),
        sa.Column("urn", sa.Text(), nullable=True),
        sa.Column("authority", sa.Text(), nullable=True),
        sa.Column("phase", sa.Text(), nullable=True),
        sa.Column("establishment_type", sa.Text(), nullable=True),
        sa.Column("establishment_group", sa.Text(), nullable=True),
        sa.Column("website", sa.Text(), nullable=True),
        sa.Column("closed", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("row", name="pk_borrowers"),
        sa.UniqueConstraint("id", name="uq_borrowers_id"),
    )
    op.create_index("ix_borrowers_code", "borrowers", ["code"], unique=False)
    op.create_table(
        "staff",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_staff"),
        sa.UniqueConstraint("name", name="uq_staff_name"),
    )
    op.create_table(
        "places",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_places"),
        sa.UniqueConstraint("name", name="uq_places_name"),
    )


def _lending() -> None:
    """Loans and agreements."""
    still_open = sa.text("ended IS NULL")
    op.create_table(
        "loans",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("instrument", sa.String(length=36), nullable=False),
        sa.Column("borrower", sa.String(length=36), nullable=False),
        sa.Column("out", sa.String(length=32), nullable=False),
        sa.Column("due", sa.String(length=10), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("ended", sa.String(length=32), nullable=True),
        sa.Column("ending", sa.String(length=24), nullable=True),
        sa.Column("condition", sa.Text(), nullable=True),
        sa.Column("missing", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["borrower"], ["borrowers.id"], name="fk_loans_borrower_borrowers"),
        sa.ForeignKeyConstraint(["instrument"], ["instruments.id"], name="fk_loans_instrument_instruments"),
        sa.PrimaryKeyConstraint("id", name="pk_loans"),
    )
    op.create_index("ix_loans_borrower", "loans", ["borrower"], unique=False)
    op.create_index(
        "ix_loans_borrower_open",
        "loans",
        ["borrower"],
        unique=False,
        sqlite_where=still_open,
        postgresql_where=still_open,
    )
    op.create_index("ix_loans_instrument", "loans", ["instrument"], unique=False)
    op.create_index(
        "uq_loans_instrument_open",
        "loans",
        ["instrument"],
        unique=True,
        sqlite_where=still_open,
        postgresql_where=still_open,
    )
    op.create_table(
        "agreements",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("code", sa.String(length=64), nullable=False),
        sa.Column("borrower", sa.String(length=36), nullable=False),
        sa.Column("made", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(["borrower"], ["borrowers.id"], name="fk_agreements_borrower_borrowers"),
        sa.PrimaryKeyConstraint("id", name="pk_agreements"),
        sa.UniqueConstraint("code", name="uq_agreements_code"),
    )
    op.create_index("ix_agreements_borrower", "agreements", ["borrower"], unique=False)
    op.create_table(
        "agreement_items",
        sa.Column("agreement", sa.String(length=36), nullable=False),
        sa.Column("loan", sa.String(length=36), nullable=False),
        sa.ForeignKeyConstraint(["agreement"], ["agreements.id"], name="fk_agreement_items_agreement_agreements"),
        sa.PrimaryKeyConstraint("agreement", "loan", name="pk_agreement_items"),
    )
    op.create_index("ix_agreement_items_loan", "agreement_items", ["loan"], unique=False)


def _imports() -> None:
    """What imports remember."""
    op.create_table(
        "imports",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("source", sa.String(length=64), nullable=False),
        sa.Column("at", sa.String(length=32), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_imports"),
    )
    op.create_table(
        "imported_rows",
        sa.Column("source", sa.String(length=64), nullable=False),
        sa.Column("key", sa.String(length=400), nullable=False),
        sa.Column("import_id", sa.String(length=36), nullable=False),
        sa.Column("owner", sa.String(length=36), nullable=False),
        sa.Column("written", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["import_id"], ["imports.id"], name="fk_imported_rows_import_id_imports"),
        sa.PrimaryKeyConstraint("source", "key", "import_id", name="pk_imported_rows"),
    )
    op.create_index("ix_imported_rows_import_id", "imported_rows", ["import_id"], unique=False)
    op.create_index("ix_imported_rows_key", "imported_rows", ["key"], unique=False)
    op.create_index("ix_imported_rows_owner", "imported_rows", ["owner"], unique=False)
    op.create_table(
        "import_words",
        sa.Column("word", sa.Text(), nullable=False),
        sa.Column("meaning", sa.String(length=12), nullable=False),
        sa.PrimaryKeyConstraint("word", name="pk_import_words"),
    )


def _guard_journal() -> None:
    """Let the database itself refuse to change what has happened."""
    for verb in ("UPDATE", "DELETE"):
        op.execute(
            f"CREATE TRIGGER facts_refuse_{verb.lower()} BEFORE {verb} ON facts "
            "BEGIN SELECT RAISE(ABORT, 'the journal is never changed'); END"
        )


def _search() -> None:
    """Lay out the index of words: without a copy of the text, with prefixes of one to three letters."""
    for table in ("instruments", "borrowers"):
        op.execute(
            f"CREATE VIRTUAL TABLE {table}_index USING fts5("
            "words, content='', contentless_delete=1, prefix='1 2 3', detail='none')"
        )
