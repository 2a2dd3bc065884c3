"""A store made by an earlier version is brought up to this one, and kept as it was beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from alembic import command
from alembic.config import Config
from sqlalchemy import insert, text

from loanstore.domain.facts import FactKind
from loanstore.operations import housekeeping, lending
from loanstore.storage import schema
from loanstore.storage.engine import make_engine
from loanstore.storage.store import open_as_it_is, open_store
from loanstore.storage.tables import SettingRow
from tests.helpers.made_up import KEY, OWNER, PREFIX, SALT, MadeUp, SetClock, make_desk, new_id
from tests.helpers.sources import PACKAGE

if TYPE_CHECKING:
    from pathlib import Path

OLD_INSTRUMENT = (
    "INSERT INTO instruments (id, code, type, status, folded_to) VALUES ('i1', 'V1', 'Violin', 'on loan', '')"
)
OLD_LOAN = (
    "INSERT INTO loans (id, instrument, borrower, out, due, kind) VALUES ('l1', 'i1', 'b1', '', '2026-12-18', 'x')"
)


def store_of_the_first_version(path: Path) -> None:
    """Lay out a store as the first version did, with a loan in it."""
    engine = make_engine(path, KEY, SALT)
    config = Config()
    config.set_main_option("script_location", str(PACKAGE / "storage" / "migrations"))
    terms = (PACKAGE.parent / "resources" / "terms.json").read_text("utf-8")
    said = housekeeping.first_settings(new_id(), OWNER, PREFIX, terms)
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "0001")
        connection.execute(insert(SettingRow), [{"key": key, "value": value} for key, value in said.items()])
        connection.execute(text("INSERT INTO borrowers (id, code, kind) VALUES ('b1', 'B1', 'hirer')"))
        connection.execute(text(OLD_INSTRUMENT))
        connection.execute(text(OLD_LOAN))
    engine.dispose()


def test_an_earlier_store_is_brought_up_and_kept_as_it_was(tmp_path: Path) -> None:
    path = tmp_path / "hub.loanstore"
    store_of_the_first_version(path)
    store = open_store(path, KEY, SALT)
    with store.reading() as transaction:
        assert schema.version_of(transaction.connection) == schema.VERSION
        assert transaction.connection.exec_driver_sql("SELECT id, custodian FROM loans").all() == [("l1", None)]
    store.close()
    kept = open_as_it_is(tmp_path / f"hub-before-{schema.VERSION}.loanstore", KEY, SALT)
    with kept.reading() as transaction:
        assert schema.version_of(transaction.connection) == "0001"
        assert transaction.connection.exec_driver_sql("SELECT count(*) FROM loans").scalar_one() == 1
    kept.close()


def test_what_an_earlier_store_holds_goes_on_living(tmp_path: Path) -> None:
    path = tmp_path / "hub.loanstore"
    store_of_the_first_version(path)
    made_up = MadeUp(path, make_desk(open_store(path, KEY, SALT), new_id()), SetClock())
    flute = made_up.instrument("Flute")
    family = made_up.borrower()
    lending.lend(made_up.desk, family.code, [flute.code])
    assert [fact.kind for fact in made_up.facts()][-2:] == [FactKind.LENT, FactKind.AGREED]
    made_up.close()
