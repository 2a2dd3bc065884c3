"""The schema: what migrations lay out is what the models say, and the database itself holds the rules."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy.exc import DatabaseError, IntegrityError

from loanstore.domain.listings import Question
from loanstore.operations import browsing
from loanstore.storage import schema
from loanstore.storage.tables import Base
from tests.helpers.sources import PACKAGE

if TYPE_CHECKING:
    from tests.helpers.made_up import MadeUp


def test_a_migrated_store_is_what_the_models_say(made_up: MadeUp) -> None:
    def ours(name: str | None, kind: str, _parent: object) -> bool:
        searched = ("_index", "_pieces", "_vocabulary")
        return not (kind == "table" and name is not None and any(part in name for part in searched))

    with made_up.desk.store.connection() as connection:
        options = {"include_name": ours, "compare_type": True, "compare_server_default": True}
        context = MigrationContext.configure(connection, opts=options)
        assert compare_metadata(context, Base.metadata) == []


def test_the_version_this_program_knows_is_the_newest_migration() -> None:
    config = Config()
    config.set_main_option("script_location", str(PACKAGE / "storage" / "migrations"))
    assert ScriptDirectory.from_config(config).get_heads() == [schema.VERSION]


def test_an_older_store_gains_the_pieces_of_the_numbers_it_has(made_up: MadeUp) -> None:
    thing = made_up.instrument("Violin", serial="0417733")
    asked = Question("1773", near=True)
    before = browsing.instrument_page(made_up.desk, asked).lines
    with made_up.desk.store.writing() as transaction:
        connection = transaction.connection
        for name in ("instruments_pieces", "instruments_vocabulary", "borrowers_vocabulary"):
            connection.exec_driver_sql(f"DROP TABLE {name}")
        for name in ("type", "make", "serial"):
            connection.exec_driver_sql(f"DROP INDEX ix_instruments_by_{name}")
        config = Config()
        config.set_main_option("script_location", str(PACKAGE / "storage" / "migrations"))
        config.attributes["connection"] = connection
        older = ScriptDirectory.from_config(config).get_revision("0003").down_revision
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = ?", (str(older),))
        command.upgrade(config, "0003")
    assert [line.code for line in before] == [thing.code]
    assert browsing.instrument_page(made_up.desk, asked).lines == before


def test_every_constraint_has_a_name() -> None:
    nameless = [str(c) for table in Base.metadata.tables.values() for c in table.constraints if not c.name]
    assert nameless == []


def test_the_database_refuses_to_change_what_has_happened(made_up: MadeUp) -> None:
    made_up.instrument()
    for statement in ("UPDATE facts SET body = '{}'", "DELETE FROM facts", "UPDATE facts SET staff = NULL"):
        with (
            pytest.raises(DatabaseError, match="the journal is never changed"),
            made_up.desk.store.writing() as transaction,
        ):
            transaction.connection.exec_driver_sql(statement)
    assert len(made_up.facts()) == 1
    assert made_up.complaints() == []


def test_the_database_holds_one_open_loan_per_instrument(made_up: MadeUp) -> None:
    borrower, violin = made_up.borrower(), made_up.instrument()
    made_up.answers(borrower.code, violin.code)
    again = "INSERT INTO loans (id, instrument, borrower, out, due, kind) VALUES ('l', ?, ?, '2026', '2027', 'x')"
    with pytest.raises(IntegrityError, match=r"loans\.instrument"), made_up.desk.store.writing() as transaction:
        transaction.connection.exec_driver_sql(again, (violin.id, borrower.id))


def test_what_has_happened_can_be_overwritten_by_no_insert(made_up: MadeUp) -> None:
    made_up.instrument()
    replace = "INSERT OR REPLACE INTO facts SELECT * FROM facts"
    with pytest.raises(DatabaseError), made_up.desk.store.writing() as transaction:
        transaction.connection.exec_driver_sql(replace)
