"""A desk id belongs to one store file on one machine, whatever is copied, put back or asked at once."""

from __future__ import annotations

import shutil
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from loanstore.settings import Machine, MachineSettings
from tests.helpers.made_up import new_id
from tests.helpers.sources import ROOT

if TYPE_CHECKING:
    from pathlib import Path

STORE_ID = "01a20000-0000-7000-8000-000000000000"


@pytest.fixture
def settings(tmp_path: Path) -> MachineSettings:
    return MachineSettings(tmp_path / "config")


@pytest.fixture
def store(tmp_path: Path) -> Path:
    path = tmp_path / "hub.loanstore"
    path.write_bytes(b"made up")
    return path


def desk(settings: MachineSettings, store: Path, head: int = 0) -> str:
    """Ask for the desk id of a file in which every desk has written so many facts."""
    return settings.desk_for(store, STORE_ID, lambda _desk: head, new_id)


def test_the_same_file_keeps_its_desk(settings: MachineSettings, store: Path) -> None:
    first = desk(settings, store)
    settings.note_head(store, STORE_ID, first, 7)
    assert [desk(settings, store, 7), desk(settings, store, 9)] == [first, first]


def test_a_copied_file_gets_a_desk_of_its_own(settings: MachineSettings, store: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy.loanstore"
    shutil.copy(store, copy)
    assert desk(settings, copy) != desk(settings, store)


def test_a_moved_file_gets_a_desk_of_its_own(settings: MachineSettings, store: Path, tmp_path: Path) -> None:
    first = desk(settings, store)
    assert desk(settings, store.rename(tmp_path / "moved.loanstore")) != first


def test_another_machine_gets_a_desk_of_its_own(settings: MachineSettings, store: Path, tmp_path: Path) -> None:
    assert desk(MachineSettings(tmp_path / "other machine"), store) != desk(settings, store)


def test_a_file_put_back_to_an_earlier_state_gets_a_new_desk(settings: MachineSettings, store: Path) -> None:
    first = desk(settings, store)
    settings.note_head(store, STORE_ID, first, 100)
    second = desk(settings, store, 60)
    assert second != first
    assert desk(settings, store, 60) == second


def test_how_far_a_desk_reached_never_falls(settings: MachineSettings, store: Path) -> None:
    first = desk(settings, store)
    settings.note_head(store, STORE_ID, first, 100)
    settings.note_head(store, STORE_ID, first, 40)
    assert desk(settings, store, 60) != first


@pytest.mark.parametrize("content", ["", "{", "[]", "{}", '{"desk": "x"}', '{"desk": "x", "head": "far"}', "null"])
def test_a_memory_that_a_power_cut_left_torn_is_written_anew(
    settings: MachineSettings, store: Path, content: str
) -> None:
    first = desk(settings, store)
    (torn,) = settings.folder.glob("desk-*.json")
    torn.write_text(content)
    second = desk(settings, store)
    assert second != first
    assert desk(settings, store) == second


def test_a_machine_that_remembers_nothing_works_all_the_same(store: Path, tmp_path: Path) -> None:
    in_the_way = tmp_path / "config"
    in_the_way.write_text("a file where a folder should be")
    settings = MachineSettings(in_the_way)
    assert desk(settings, store) != desk(settings, store)
    assert settings.read() == Machine()


def test_three_processes_that_ask_at_once_get_the_same_desk(store: Path, tmp_path: Path) -> None:
    ask = (
        "import sys; from pathlib import Path; from loanstore.settings import MachineSettings;"
        "from tests.helpers.made_up import new_id; sys.stdin.readline();"
        f"print(MachineSettings(Path({str(tmp_path / 'config')!r})).desk_for("
        f"Path({str(store)!r}), {STORE_ID!r}, lambda _: 0, new_id))"
    )
    asking = [
        subprocess.Popen(
            [sys.executable, "-c", ask], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=ROOT
        )
        for _ in range(3)
    ]
    for process in asking:
        assert process.stdin is not None
        process.stdin.write("now\n")
        process.stdin.flush()
    assert len({process.communicate()[0] for process in asking}) == 1


@pytest.mark.parametrize("content", ["", "{", "[]", '{"scanner_gap": 30, "unheard_of": 1}', '{"print_agreements": 5}'])
def test_settings_that_cannot_be_read_are_the_defaults(settings: MachineSettings, content: str) -> None:
    settings.folder.mkdir()
    (settings.folder / "machine.json").write_text(content)
    read = settings.read()
    assert read == Machine() or read.scanner_gap == 30


def test_settings_are_read_as_they_were_written(settings: MachineSettings) -> None:
    settings.change(scanner_prefix="~", print_agreements=("hirer",), theme="dark")
    assert settings.read() == Machine(scanner_prefix="~", print_agreements=("hirer",), theme="dark")
    assert [path.name for path in settings.folder.iterdir()] == ["machine.json"]
