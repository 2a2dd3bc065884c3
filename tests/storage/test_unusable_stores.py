"""A store that can't be used: each case says what it is, nothing is lost, nothing is left half done."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING, Any

import pytest

from loanstore.domain.answers import Answer
from loanstore.domain.errors import Refused, StoreUnusable
from loanstore.operations import housekeeping
from loanstore.storage.engine import read_salt
from loanstore.storage.store import create, open_store
from tests.helpers.hindrances import fill, open_folder, small_disk, unwritable
from tests.helpers.made_up import KEY, SALT, MadeUp, StoreMaker, make_desk, make_store, new_id

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


def code_of(do: Callable[[], object]) -> str:
    with pytest.raises(StoreUnusable) as refused:
        do()
    assert refused.value.exit_status == 3
    return refused.value.code


def opened(path: Path, key: bytes = KEY) -> None:
    """Open a store as the program does: the salt from its head, the key, a first look."""
    open_store(path, key, read_salt(path)).close()


@pytest.mark.parametrize("key", [bytes(32), KEY[::-1]])
def test_another_key_is_told_as_such(made_up: MadeUp, key: bytes) -> None:
    made_up.close()
    assert code_of(lambda: opened(made_up.path, key)) == "STORE_WRONG_KEY"
    opened(made_up.path)


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"Dear Sam,\nthe violin is in the cupboard.\n" * 500, "STORE_NOT_ONE"),
        (b"", "STORE_NOT_ONE"),
        (b"\x9d\x00", "STORE_NOT_ONE"),
        (b"SQLite format 3\x00" + bytes(4080), "STORE_NOT_ONE"),
        (bytes(range(128, 256)) * 64, "STORE_WRONG_KEY"),
    ],
    ids=["a letter", "an empty file", "two bytes", "an open database", "noise"],
)
def test_what_is_no_store_is_told_as_such_and_left_as_it_is(tmp_path: Path, content: bytes, code: str) -> None:
    path = tmp_path / "hub.loanstore"
    path.write_bytes(content)
    assert code_of(lambda: opened(path)) == code
    assert path.read_bytes() == content
    assert [p.name for p in tmp_path.iterdir()] == ["hub.loanstore"]


def test_a_store_that_is_missing_is_not_made_by_looking(tmp_path: Path) -> None:
    path = tmp_path / "nowhere" / "hub.loanstore"
    assert code_of(lambda: opened(path)) == "STORE_MISSING"
    assert list(tmp_path.iterdir()) == []


def test_a_folder_is_no_store(tmp_path: Path) -> None:
    assert code_of(lambda: opened(tmp_path)) == "STORE_CANNOT_OPEN"


def test_an_older_program_refuses_a_newer_store_politely(made_up: MadeUp) -> None:
    made_up.instrument()
    with made_up.desk.store.writing() as transaction:
        transaction.connection.exec_driver_sql("UPDATE alembic_version SET version_num = '0999'")
    made_up.close()
    with pytest.raises(StoreUnusable) as refused:
        opened(made_up.path)
    assert (refused.value.code, refused.value.facts["version"]) == ("STORE_NEWER", "0999")


def test_an_encrypted_file_of_another_program_is_no_store(tmp_path: Path) -> None:
    from loanstore.storage.engine import make_engine

    path = tmp_path / "other.db"
    engine = make_engine(path, KEY, SALT)
    with engine.begin() as connection:
        connection.exec_driver_sql("CREATE TABLE other (n)")
    engine.dispose()
    assert code_of(lambda: opened(path)) == "STORE_NOT_ONE"


def test_a_store_is_never_made_over_another_file(tmp_path: Path) -> None:
    path = tmp_path / "hub.loanstore"
    path.write_text("something dear")
    with pytest.raises(Refused) as refused:
        make_store(path)
    assert refused.value.code == "STORE_EXISTS"
    assert path.read_text() == "something dear"


@pytest.mark.parametrize("part", [0.3, 0.5, 0.9])
def test_a_byte_torn_in_the_middle_is_noticed(made_up: MadeUp, part: float) -> None:
    made_up.answers(made_up.borrower().code, made_up.instrument().code)
    made_up.close()
    with made_up.path.open("r+b") as file:
        place = int(made_up.path.stat().st_size * part)
        file.seek(place)
        was = file.read(1)[0]
        file.seek(place)
        file.write(bytes([was ^ 0x40]))
    assert noticed(made_up.path)


def noticed(path: Path) -> list[str]:
    """Open a damaged store, verify it, and give what either of them says of the file."""
    try:
        store = open_store(path, KEY, SALT)
        found = [f"{d.table} {d.row}" for d in housekeeping.verify(make_desk(store, new_id()))]
        store.close()
    except StoreUnusable as error:
        found = [error.code]
    return [said for said in found if said.startswith(("file ", "STORE_DAMAGED", "STORE_WRONG_KEY"))]


def test_half_a_file_is_noticed(made_up: MadeUp) -> None:
    made_up.instrument()
    made_up.close()
    whole = made_up.path.read_bytes()
    made_up.path.write_bytes(whole[: len(whole) // 2])
    assert noticed(made_up.path)


def test_no_store_can_be_made_in_a_folder_that_is_read_only() -> None:
    with open_folder() as folder:
        with unwritable(folder):
            assert code_of(lambda: make_store(folder / "hub.loanstore")) in {"STORE_CANNOT_CREATE", "STORE_CANNOT_OPEN"}
        assert list(folder.iterdir()) == []


def test_a_store_that_may_only_be_read_says_so_and_loses_nothing(make_made_up: StoreMaker, tmp_path: Path) -> None:
    made = make_made_up(tmp_path / "hub.loanstore")
    made.instrument()
    made.close()
    with open_folder() as folder:
        path = folder / "hub.loanstore"
        shutil.copy(made.path, path)
        path.chmod(0o444)
        before = path.read_bytes()
        with unwritable(folder):
            code = code_of(lambda: _opened_and_written(path))
        assert code in {"STORE_READ_ONLY", "STORE_CANNOT_OPEN"}
        assert path.read_bytes() == before
        assert [p.name for p in folder.iterdir()] == ["hub.loanstore"]


def _opened_and_written(path: Path) -> None:
    store = open_store(path, KEY, read_salt(path))
    try:
        MadeUp(path, make_desk(store, new_id())).instrument()  # type: ignore[call-arg]  # it never gets so far as a clock
    finally:
        store.close()


def test_a_full_disk_leaves_no_half_a_store() -> None:
    with small_disk(64) as disk:
        assert code_of(lambda: make_store(disk / "hub.loanstore")) == "STORE_DISK_FULL"
        assert list(disk.iterdir()) == []


def test_a_disk_that_fills_up_refuses_the_scan_and_loses_nothing_that_was_answered(make_made_up: StoreMaker) -> None:
    with small_disk(8192) as disk:
        made = make_made_up(disk / "hub.loanstore")
        borrower = made.borrower(kind="teacher")
        violins = [made.instrument() for _ in range(60)]
        emptied(made)
        hog = fill(disk)
        answered = [made.scan(borrower.code).answer]
        refused = ""
        for violin in violins:
            facts = len(made.facts())
            try:
                assert made.scan(violin.code).answer is Answer.LENT
                answered.append(Answer.LENT)
            except StoreUnusable as error:
                refused = error.code
                assert len(made.facts()) == facts
                break
        assert refused == "STORE_DISK_FULL"
        hog.unlink()
        assert made.complaints() == []
        assert len([v for v in violins if made.show(v.code).loan is not None]) == len(answered) - 1
        assert made.scan(violins[-1].code).answer is Answer.LENT
        made.close()


def emptied(made: MadeUp) -> None:
    """Bring what is in the log into the store, so that the next scan needs room on the disk."""
    with made.desk.store.connection() as connection:
        raw: Any = connection.connection.dbapi_connection
        raw.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()


def test_a_store_that_reached_its_size_refuses_the_scan_and_goes_on_when_there_is_room(made_up: MadeUp) -> None:
    """The same story where no small disk can be mounted."""
    borrower = made_up.borrower(kind="teacher")
    violins = [made_up.instrument() for _ in range(40)]
    made_up.scan(borrower.code)
    with made_up.desk.store.writing() as transaction:
        transaction.connection.exec_driver_sql("PRAGMA max_page_count = 1")
    codes = set()
    for violin in violins:
        try:
            made_up.scan(violin.code)
        except StoreUnusable as error:
            codes.add(error.code)
            break
    assert codes == {"STORE_DISK_FULL"}
    assert made_up.complaints() == []
    with made_up.desk.store.writing() as transaction:
        transaction.connection.exec_driver_sql("PRAGMA max_page_count = 100000")
    assert made_up.scan(violins[-1].code).answer is Answer.LENT
    assert made_up.complaints() == []


def test_nothing_stands_in_the_file_that_could_be_read_without_the_key(made_up: MadeUp, tmp_path: Path) -> None:
    from loanstore.storage.backups import back_up

    made_up.borrower("Plainly Readable", address="1 Example Row", telephone="01632 960123", pupil="Zebedee")
    made_up.instrument(make="Stentorian", notes="Scratched by Zebedee")
    made_up.answers("unknown-77")
    copy = tmp_path / "copies" / "hub.loanstore"
    back_up(made_up.desk.store, KEY, SALT, copy)
    wal = made_up.path.with_name(made_up.path.name + "-wal")
    assert wal.stat().st_size > 0
    for path in (made_up.path, wal, copy):
        raw = path.read_bytes()
        for word in (
            b"Plainly",
            b"Readable",
            b"Example",
            b"960123",
            b"Zebedee",
            b"Stentorian",
            b"unknown",
            b"CREATE",
            b"facts",
        ):
            assert word not in raw, (path.name, word)


def test_making_a_store_leaves_only_the_store(tmp_path: Path) -> None:
    path = tmp_path / "new folder" / "hub [1].loanstore"
    create(path, KEY, SALT, {"id": "1"}).close()
    assert [p.name for p in path.parent.iterdir()] == ["hub [1].loanstore"]
