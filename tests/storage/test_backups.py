"""Backups: whole, counted, apart from each other, and restored without ever overwriting anything."""

from __future__ import annotations

import shutil
import threading
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from loanstore.domain.errors import Refused, StoreUnusable
from loanstore.operations import housekeeping
from loanstore.storage.backups import back_up, restore
from loanstore.storage.store import open_store
from tests.helpers.hindrances import fill, open_folder, small_disk, unwritable
from tests.helpers.made_up import KEY, SALT, SECRET, MadeUp, StoreMaker, make_desk, make_store, new_id

if TYPE_CHECKING:
    from pathlib import Path


def reopened(path: Path, made_up: MadeUp) -> MadeUp:
    return MadeUp(path, make_desk(open_store(path, KEY, SALT), new_id(), made_up.clock), made_up.clock)


def test_a_backup_holds_all_that_the_store_holds(made_up: MadeUp, tmp_path: Path) -> None:
    made_up.answers(made_up.borrower().code, made_up.instrument().code, "LSCMD-FINISH")
    copy = tmp_path / "backups" / "copy.loanstore"
    counts = back_up(made_up.desk.store, KEY, SALT, copy)
    assert (counts.facts, counts.instruments, counts.borrowers, counts.loans_open) == (4, 1, 1, 1)
    assert [p.name for p in copy.parent.iterdir()] == ["copy.loanstore"]
    again = reopened(copy, made_up)
    assert again.dump() == made_up.dump()
    assert again.complaints() == []
    again.close()


def test_a_backup_opens_with_the_same_key_and_no_other(made_up: MadeUp, tmp_path: Path) -> None:
    copy = tmp_path / "copy.loanstore"
    back_up(made_up.desk.store, KEY, SALT, copy)
    with pytest.raises(StoreUnusable):
        open_store(copy, bytes(32), SALT)


def test_a_backup_is_whole_while_another_window_goes_on_scanning(made_up: MadeUp, tmp_path: Path) -> None:
    violins = [made_up.instrument().code for _ in range(40)]
    other = made_up.another_desk()
    stop = threading.Event()
    scanned: list[str] = []

    def go_on() -> None:
        while not stop.is_set():
            scanned.append(other.scan(violins[len(scanned) % len(violins)]).answer)

    scanning = threading.Thread(target=go_on)
    scanning.start()
    try:
        copies = [tmp_path / f"copy-{n}.loanstore" for n in range(4)]
        counts = [back_up(made_up.desk.store, KEY, SALT, copy) for copy in copies]
    finally:
        stop.set()
        scanning.join()
    assert len(scanned) > 4
    for copy, counted in zip(copies, counts, strict=True):
        again = reopened(copy, made_up)
        assert again.complaints() == []
        assert sum(len(rows) for name, rows in again.dump().items() if name == "facts") == counted.facts
        again.close()
    other.close()


def test_a_backup_that_cannot_be_written_leaves_nothing(made_up: MadeUp) -> None:
    with open_folder() as folder:
        with unwritable(folder), pytest.raises(StoreUnusable):
            back_up(made_up.desk.store, KEY, SALT, folder / "copy.loanstore")
        assert list(folder.iterdir()) == []


def test_a_backup_onto_a_full_disk_leaves_nothing_and_keeps_the_one_before(made_up: MadeUp) -> None:
    with small_disk(2048) as disk:
        copy = disk / "copy.loanstore"
        back_up(made_up.desk.store, KEY, SALT, copy)
        before = copy.read_bytes()
        hog = fill(disk)
        with pytest.raises(StoreUnusable) as refused:
            back_up(made_up.desk.store, KEY, SALT, copy)
        assert refused.value.code == "STORE_DISK_FULL"
        assert sorted(p.name for p in disk.iterdir()) == ["copy.loanstore", hog.name]
        assert copy.read_bytes() == before


def test_a_restored_store_is_the_one_that_was_backed_up(made_up: MadeUp, tmp_path: Path) -> None:
    violin = made_up.instrument()
    copy, place = tmp_path / "copy.loanstore", tmp_path / "restored" / "hub.loanstore"
    back_up(made_up.desk.store, KEY, SALT, copy)
    whole = copy.read_bytes()
    made_up.instrument("Cello")
    counts = restore(copy, place, KEY, SALT)
    assert (counts.facts, counts.instruments) == (1, 1)
    again = reopened(place, made_up)
    assert again.show(violin.code).fields["type"] == "Violin"
    assert again.complaints() == []
    again.close()
    assert copy.read_bytes() == whole


def test_a_store_that_is_there_is_never_restored_over(made_up: MadeUp, tmp_path: Path) -> None:
    copy = tmp_path / "copy.loanstore"
    back_up(made_up.desk.store, KEY, SALT, copy)
    made_up.instrument()
    with pytest.raises(Refused) as refused:
        restore(copy, made_up.path, KEY, SALT)
    assert refused.value.code == "STORE_EXISTS"
    assert len(made_up.facts()) == 1


def test_the_log_of_a_store_that_is_gone_is_never_played_into_the_restored_one(made_up: MadeUp, tmp_path: Path) -> None:
    """As when the power went, and the damaged file was deleted but not what lay beside it."""
    made_up.instrument()
    copy = tmp_path / "copy.loanstore"
    back_up(made_up.desk.store, KEY, SALT, copy)
    before = made_up.dump()
    for number in range(8):
        made_up.instrument("Cello", make=f"Maker {number}")
    place = tmp_path / "elsewhere" / "hub.loanstore"
    place.parent.mkdir()
    for ending in ("-wal", "-shm"):
        shutil.copy(f"{made_up.path}{ending}", f"{place}{ending}")
    log = place.with_name("hub.loanstore-wal").read_bytes()
    restore(copy, place, KEY, SALT)
    again = reopened(place, made_up)
    assert again.complaints() == []
    assert again.dump() == before
    again.close()
    assert place.with_name("hub.loanstore-wal.old").read_bytes() == log


def test_the_daily_backup_is_written_once_a_day_and_a_fortnight_is_kept(made_up: MadeUp, tmp_path: Path) -> None:
    folder = tmp_path / "backups"
    assert housekeeping.daily_backup(made_up.desk, SECRET, folder) is not None
    assert housekeeping.daily_backup(made_up.desk, SECRET, folder) is None
    for _ in range(20):
        made_up.clock.go_on(days=1)
        housekeeping.daily_backup(made_up.desk, SECRET, folder)
    days = sorted(path.stem[-10:] for path in folder.iterdir())
    assert days == [(made_up.today() - timedelta(days=n)).isoformat() for n in range(13, -1, -1)]


def test_the_backups_of_two_stores_never_push_each_other_out(
    made_up: MadeUp, make_made_up: StoreMaker, tmp_path: Path
) -> None:
    folder = tmp_path / "backups"
    same_name = tmp_path / "other" / "hub.loanstore"
    make_store(same_name).close()
    namesake = reopened(same_name, made_up)
    longer = make_made_up(tmp_path / "hub-east.loanstore")
    for made in (made_up, namesake, longer):
        assert housekeeping.daily_backup(made.desk, SECRET, folder) is not None
    for _ in range(20):
        made_up.clock.go_on(days=1)
        housekeeping.daily_backup(made_up.desk, SECRET, folder)
    assert len(list(folder.iterdir())) == 14 + 2
    namesake.close()
