"""A store made by an earlier version is brought up to this one, and kept as it was beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from alembic import command
from alembic.config import Config

from loanstore.domain.facts import FactKind
from loanstore.operations import lending
from loanstore.storage import journal, schema
from loanstore.storage.engine import make_engine
from loanstore.storage.store import open_as_it_is, open_store
from tests.helpers.made_up import KEY, SALT, MadeUp, SetClock, make_desk, new_id
from tests.helpers.sources import PACKAGE

if TYPE_CHECKING:
    from pathlib import Path


def store_of_the_first_version(made_up: MadeUp, path: Path) -> None:
    """Lay out a store as the first version did, with the journal and the people of one that is in use."""
    engine = make_engine(path, KEY, SALT)
    config = Config()
    config.set_main_option("script_location", str(PACKAGE / "storage" / "migrations"))
    with made_up.desk.store.reading() as transaction:
        run = transaction.connection.exec_driver_sql
        copied = {table: run(f"SELECT {columns} FROM {table}").all() for table, columns in COPIED.items()}  # noqa: S608 - names of our own
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "0001")
        for table, columns in COPIED.items():
            marks = ", ".join("?" for _ in columns.split(", "))
            for row in copied[table]:
                connection.exec_driver_sql(f"INSERT INTO {table} ({columns}) VALUES ({marks})", tuple(row))  # noqa: S608 - the same
    engine.dispose()


COPIED = {
    "settings": "key, value",
    "facts": 'id, gesture, kind, version, desk, counter, staff, happened, recorded, "offset", subject, body, digest',
    "borrowers": "id, code, kind, name",
}


def test_an_earlier_store_is_brought_up_and_kept_as_it_was(made_up: MadeUp, tmp_path: Path) -> None:
    family, violin, flute = made_up.borrower(), made_up.instrument(), made_up.instrument("Flute")
    made_up.answers(family.code, violin.code, flute.code, "LSCMD-FINISH", "LSCMD-RETURN", flute.code)
    path = tmp_path / "old" / "hub.loanstore"
    path.parent.mkdir()
    store_of_the_first_version(made_up, path)
    before = made_up.dump()
    brought = MadeUp(path, make_desk(open_store(path, KEY, SALT), new_id()), SetClock())
    assert brought.complaints() == []
    after = brought.dump()
    for table in ("instruments", "loans", "agreements", "codes", "facts", "borrowers"):
        assert after[table] == before[table]
    brought.close()
    kept = open_as_it_is(path.with_name(f"hub-before-{schema.VERSION}.loanstore"), KEY, SALT)
    with kept.reading() as transaction:
        assert schema.version_of(transaction.connection) == "0001"
        assert journal.count(transaction) == len(before["facts"])
    kept.close()


def test_what_an_earlier_store_holds_goes_on_living(made_up: MadeUp, tmp_path: Path) -> None:
    path = tmp_path / "old.loanstore"
    store_of_the_first_version(made_up, path)
    made_up = MadeUp(path, make_desk(open_store(path, KEY, SALT), new_id()), SetClock())
    flute = made_up.instrument("Flute")
    family = made_up.borrower()
    lending.lend(made_up.desk, family.code, [flute.code])
    assert [fact.kind for fact in made_up.facts()][-2:] == [FactKind.LENT, FactKind.AGREED]
    made_up.close()
