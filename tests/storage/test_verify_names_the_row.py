"""Verify names the row where anybody altered, removed or put in one by hand, the triggers off."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from loanstore.domain.errors import StoreUnusable
from loanstore.operations import housekeeping, lending
from loanstore.storage.tables import Base, FactRow

if TYPE_CHECKING:
    from tests.helpers.made_up import MadeUp

FACT_COLUMNS = [column.name for column in FactRow.__table__.columns]
FOLDED = ("instruments", "borrowers", "loans", "codes", "agreements", "agreement_items", "reversals")
KEYS = {"codes": "form", "reversals": "gesture", "agreement_items": "loan"}
NOT_FOLDED = {"instruments": {"row"}}


@pytest.fixture
def used(made_up: MadeUp) -> MadeUp:
    """Give a store in which everything that can be folded has been."""
    sam, alex = made_up.borrower("Drama, Sam"), made_up.borrower("Drama, Alex", kind="teacher")
    violin, cello, flute = made_up.instrument(), made_up.instrument("Cello", size="1/2"), made_up.instrument("Flute")
    made_up.answers(sam.code, violin.code, cello.code, "LSCMD-FINISH", alex.code, flute.code, "LSCMD-UNDO")
    made_up.answers("LSCMD-FINISH", "LSCMD-RETURN", cello.code, "LSCMD-FINISH", "CM0000000", "nothing-1")
    lending.declare_lost(made_up.desk, flute.code, "left on a bus")
    assert made_up.complaints() == []
    return made_up


def by_hand(made_up: MadeUp, *statements: str) -> None:
    """Do what somebody with the key and a database tool could do."""
    with made_up.desk.store.connection() as connection:
        raw: Any = connection.connection.dbapi_connection
        raw.execute("PRAGMA foreign_keys = OFF")
        for trigger in ("facts_refuse_update", "facts_refuse_delete"):
            raw.execute(f"DROP TRIGGER {trigger}")
        for statement in statements:
            assert raw.execute(statement).rowcount == 1
        raw.execute("PRAGMA foreign_keys = ON")


def ids(made_up: MadeUp, table: str, key: str) -> list[str]:
    with made_up.desk.store.reading() as transaction:
        rows = transaction.connection.exec_driver_sql(f"SELECT {key} FROM {table} ORDER BY {key}")  # noqa: S608 - names of our own tables
        return [str(row[0]) for row in rows]


@pytest.mark.parametrize("column", FACT_COLUMNS)
def test_a_fact_altered_in_any_column_is_named(used: MadeUp, column: str) -> None:
    fact = used.facts()[5]
    altered = {"counter": "counter + 1000", "version": "version + 1", "offset": '"offset" + 60'}
    new = altered.get(column, f"coalesce(\"{column}\", '') || 'x'")
    by_hand(used, f"UPDATE facts SET \"{column}\" = {new} WHERE id = '{fact.id}'")  # noqa: S608 - names of our own tables
    named = fact.id + "x" if column == "id" else fact.id
    assert any(named in complaint for complaint in used.complaints())


def test_every_single_fact_altered_is_named(used: MadeUp) -> None:
    for fact in used.facts():
        with used.desk.store.connection() as connection:
            raw: Any = connection.connection.dbapi_connection
            raw.execute("DROP TRIGGER IF EXISTS facts_refuse_update")
            was = raw.execute("SELECT happened FROM facts WHERE id = ?", (fact.id,)).fetchone()
            raw.execute("UPDATE facts SET happened = '2001' WHERE id = ?", (fact.id,))
            assert [d for d in used.complaints() if f"facts {fact.id}" in d]
            raw.execute("UPDATE facts SET happened = ? WHERE id = ?", (was[0], fact.id))
    assert used.complaints() == []


@pytest.mark.parametrize("body", ["", "no json", "{}", "[]", "null", '{"code":1}'])
def test_a_fact_whose_body_was_spoilt_is_named_and_upsets_nothing(used: MadeUp, body: str) -> None:
    fact = used.facts()[2]
    by_hand(used, f"UPDATE facts SET body = '{body}' WHERE id = '{fact.id}'")  # noqa: S608 - made up here
    assert any(f"facts {fact.id}" in complaint for complaint in used.complaints())


def test_a_fact_taken_out_is_noticed(used: MadeUp) -> None:
    facts = used.facts()
    by_hand(used, f"DELETE FROM facts WHERE id = '{facts[6].id}'")  # noqa: S608 - made up here
    assert any(f"facts {facts[7].id}" in complaint for complaint in used.complaints())


def test_the_last_fact_taken_out_is_noticed_by_what_it_left(used: MadeUp) -> None:
    last = used.facts()[-1]
    by_hand(used, f"DELETE FROM facts WHERE id = '{last.id}'")  # noqa: S608 - made up here
    assert any(f"instruments {last.subject}" in complaint for complaint in used.complaints())


def test_a_fact_put_in_is_named(used: MadeUp) -> None:
    columns = ", ".join(f'"{name}"' for name in FACT_COLUMNS)
    values = columns.replace('"id"', "'put-in'").replace('"counter"', "counter + 1")
    last = used.facts()[-1].id
    by_hand(used, f"INSERT INTO facts ({columns}) SELECT {values} FROM facts WHERE id = '{last}'")  # noqa: S608 - names of our own tables
    assert any("facts put-in" in complaint for complaint in used.complaints())


@pytest.mark.parametrize(
    ("table", "column"),
    [
        (table, column.name)
        for table in FOLDED
        for column in Base.metadata.tables[table].columns
        if column.name not in NOT_FOLDED.get(table, set())
        and (table != "borrowers" or column.name in {"id", "code", "kind"})
    ],
)
def test_a_folded_row_altered_is_named(used: MadeUp, table: str, column: str) -> None:
    key = KEYS.get(table, "id")
    row = ids(used, table, key)[0]
    by_hand(used, f"UPDATE {table} SET \"{column}\" = coalesce(\"{column}\", '') || 'x' WHERE {key} = '{row}'")  # noqa: S608 - names of our own tables
    assert any(c.startswith(f"{table} ") and row in c for c in used.complaints())


@pytest.mark.parametrize("table", FOLDED)
def test_a_folded_row_taken_out_is_named(used: MadeUp, table: str) -> None:
    key = KEYS.get(table, "id")
    row = ids(used, table, key)[0]
    by_hand(used, f"DELETE FROM {table} WHERE {key} = '{row}'")  # noqa: S608 - names of our own tables
    assert any(c.startswith(f"{table} ") and row in c and "no such row" in c for c in used.complaints())


@pytest.mark.parametrize("table", FOLDED)
def test_a_folded_row_put_in_is_named(used: MadeUp, table: str) -> None:
    key = KEYS.get(table, "id")
    columns = [column.name for column in Base.metadata.tables[table].columns if column.name != "row"]
    unique = {key: "'put-in'", "code": "'put-in-code'", "ended": "'2026'"}
    names = ", ".join(f'"{name}"' for name in columns)
    values = ", ".join(unique.get(name, f'"{name}"') for name in columns)
    row = ids(used, table, key)[0]
    by_hand(used, f"INSERT INTO {table} ({names}) SELECT {values} FROM {table} WHERE {key} = '{row}'")  # noqa: S608 - names of our own tables
    assert any(c.startswith(f"{table} ") and "put-in" in c for c in used.complaints())


@pytest.mark.parametrize(
    "damage",
    [
        "DELETE FROM loans WHERE ended IS NULL",
        "UPDATE instruments SET status = 'in store' WHERE status = 'on loan'",
        "UPDATE borrowers SET code = 'X1', kind = 'setting' WHERE kind = 'teacher'",
        "DELETE FROM borrowers WHERE kind = 'teacher'",
        "DELETE FROM borrowers WHERE kind = 'hirer'",
        "DELETE FROM instruments WHERE status = 'lost'",
        "DELETE FROM agreements",
        "DELETE FROM reversals",
        "UPDATE codes SET owner = 'nobody' WHERE kind = 'agreement'",
        "INSERT INTO borrowers (id, code, kind) VALUES ('nobody', 'X1', 'hirer')",
    ],
)
def test_rebuild_puts_the_folded_state_right(used: MadeUp, damage: str) -> None:
    records = {row[1]: row for row in used.dump()["borrowers"]}
    before = used.dump()
    by_hand(used, damage)
    assert used.complaints() != []
    assert housekeeping.rebuild(used.desk).result == len(before["facts"])
    assert used.complaints() == []
    after = used.dump()
    assert {name: rows for name, rows in after.items() if name != "borrowers"} == {
        name: rows for name, rows in before.items() if name != "borrowers"
    }
    untouched = [row for row in after["borrowers"] if "DELETE FROM borrowers" not in damage]
    assert all(records[row[1]] == row for row in untouched)


def test_rebuilding_a_sound_store_changes_nothing(used: MadeUp) -> None:
    before = used.dump()
    housekeeping.rebuild(used.desk)
    assert used.dump() == before


def test_state_is_never_rebuilt_on_a_broken_journal(used: MadeUp) -> None:
    before = used.dump()["instruments"]
    fact = used.facts()[3]
    by_hand(used, f"UPDATE facts SET happened = '2001' WHERE id = '{fact.id}'")  # noqa: S608 - made up here
    with pytest.raises(StoreUnusable) as refused:
        housekeeping.rebuild(used.desk)
    assert (refused.value.code, refused.value.facts["fact"]) == ("JOURNAL_BROKEN", fact.id)
    assert used.dump()["instruments"] == before


def test_what_is_found_after_a_rebuild_is_found_by_its_words(used: MadeUp) -> None:
    from loanstore.operations import browsing

    housekeeping.rebuild(used.desk)
    assert [line.type for line in browsing.list_instruments(used.desk, "cel 1/2").lines] == ["Cello"]
    assert [line.name for line in browsing.list_borrowers(used.desk, "dra al").lines] == ["Drama, Alex"]


def test_a_window_that_stays_open_verifies_cleanly_while_another_adds(made_up: MadeUp) -> None:
    """The search index is laid out anew every sixteen additions; a connection may remember the old layout."""
    other = made_up.another_desk()
    for number in range(36):
        (made_up if number % 3 else other).instrument()
        assert made_up.complaints() == []
    other.close()


def _has_holes(made_up: MadeUp) -> bool:
    """Bring in of the log what can be, and tell whether pages are missing in the file."""
    with made_up.desk.store.connection() as connection:
        raw: Any = connection.connection.dbapi_connection
        raw.execute("PRAGMA wal_checkpoint(PASSIVE)").fetchall()
        return bool(raw.execute("PRAGMA cipher_integrity_check").fetchall())


@pytest.mark.parametrize("reading_on", [True, False], ids=["while somebody reads on", "afterwards"])
def test_pages_that_still_lie_in_the_log_are_no_damage(made_up: MadeUp, *, reading_on: bool) -> None:
    """A reader keeps the log from being brought in whole, which leaves holes in the file for a while."""
    other = made_up.another_desk()
    for _ in range(60):
        made_up.instrument()
        with other.desk.store.reading() as transaction:
            assert transaction.connection.exec_driver_sql("SELECT count(*) FROM facts").scalar_one()
            for _ in range(20):
                made_up.instrument()
            if _has_holes(made_up):
                if reading_on:
                    assert made_up.complaints() == []
                break
    else:
        pytest.fail("the file never had a hole")
    assert made_up.complaints() == []
    other.close()
