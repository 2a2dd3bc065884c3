"""The bootstrap script: what it asks for, what it says, and that a broken set-up is never taken for a whole one."""

from __future__ import annotations

import ast
import re
import shutil
import subprocess
import sys
import sysconfig
import tomllib
from pathlib import Path

import pytest

import start
from tests.helpers import cups

HOME = Path(start.__file__).resolve().parent
LOCKS = [start.RUNTIME_LOCK, start.TEST_LOCK]
ADMINISTRATORS = "/usr/sbin:/sbin"
BARE = {**start.QT_LIBRARIES, "ensurepip": "python3.11-venv"}


class Calls:
    """Stands in for ``subprocess.run``: keeps the commands, and fails those that hold a given word."""

    def __init__(self, failing: str = "no such word") -> None:
        self.commands: list[str] = []
        self.failing = failing

    def __call__(self, command: list[str], **_: object) -> subprocess.CompletedProcess[str]:
        line = " ".join(command)
        self.commands.append(line)
        return subprocess.CompletedProcess(command, 3 if self.failing in line else 0)


@pytest.fixture
def calls(monkeypatch: pytest.MonkeyPatch) -> Calls:
    recorder = Calls()
    monkeypatch.setattr(subprocess, "run", recorder)
    return recorder


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A checkout in a folder with a blank and an accent, with both locks and an environment's folders."""
    folder = tmp_path / "Caffi Siân"
    packages = sysconfig.get_path("purelib", "venv", {"base": str(folder / ".venv")})
    python = start.python_in(folder / ".venv")
    for inside in (Path(packages), python.parent, folder / "tests"):
        inside.mkdir(parents=True, exist_ok=True)
    python.touch()
    for lock in LOCKS:
        (folder / lock).write_text("one==1 --hash=sha256:0\n", encoding="utf-8")
    return folder


def locked(lock: str) -> dict[str, str]:
    """Read a lock: each pinned requirement, its marker included, and the text that follows it."""
    parts = re.split(r"(?m)^(?=[a-z0-9])", (HOME / lock).read_text(encoding="utf-8"))
    return {part.partition("\\")[0].strip(): part for part in parts if not part.startswith("#")}


def test_an_old_python_gets_far_enough_to_be_told_so(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    ast.parse((HOME / "start.py").read_text(encoding="utf-8"), feature_version=(3, 8))
    assert start.too_old((3, 10, 13))
    assert not start.too_old((3, 11, 0))
    assert not start.too_old((4, 0, 0))
    monkeypatch.setattr(start, "too_old", lambda _: True)
    assert start.main([]) == 2
    assert "Python 3.11 or newer is needed" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("words", "job"),
    [
        ([], ("open", [])),
        (["--", "--json", "store", "info"], ("pass on", ["--json", "store", "info"])),
        (["test"], ("test", [])),
        (["test", "-k", "desk"], ("test", ["-k", "desk"])),
        (["benchmarks"], ("benchmarks", [])),
    ],
)
def test_each_way_of_asking_is_understood(words: list[str], job: tuple[str, list[str]]) -> None:
    assert start.read_arguments(words) == job


def test_anything_else_shows_how_to_ask(capsys: pytest.CaptureFixture[str]) -> None:
    assert start.main(["tset"]) == 2
    assert "python3 start.py test" in capsys.readouterr().err
    assert start.main(["--help"]) == 0


@pytest.mark.parametrize(
    ("platform", "environment", "shown"),
    [
        ("linux", {}, False),
        ("linux", {"DISPLAY": ""}, False),
        ("linux", {"DISPLAY": ":0"}, True),
        ("linux", {"WAYLAND_DISPLAY": "wayland-0"}, True),
        ("darwin", {}, True),
        ("win32", {}, True),
    ],
)
def test_a_window_is_opened_only_where_there_is_a_display(
    platform: str, environment: dict[str, str], *, shown: bool
) -> None:
    assert start.has_display(platform, environment) is shown


def test_a_library_counts_as_there_only_if_it_can_be_loaded() -> None:
    assert not start.loads("libno-such-thing.so.7")
    assert start.missing(start.QT_LIBRARIES, lambda _: None) == start.QT_LIBRARIES
    assert start.missing({"Xvfb": "xvfb", "xauth": "xauth"}, {"xauth": "/bin/xauth"}.get) == {"Xvfb": "xvfb"}


def test_the_tests_tools_are_looked_for_by_name_or_place_and_only_for_the_tests(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    driver = tmp_path / "sample.drv"
    assert not start.is_there(str(driver))
    driver.touch()
    assert start.is_there(str(driver))
    monkeypatch.setattr(
        shutil, "which", lambda name, path="": name if (name, path) == ("cupsd", ADMINISTRATORS) else None
    )
    assert start.is_there("cupsd")
    assert not start.is_there("xdotool")
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setattr(start, "is_there", lambda _tool: False)
    assert start.look(start.Job("test", []))[1] == start.WINDOW_TEST_TOOLS | start.PRINT_TEST_TOOLS
    assert start.look(start.Job("open", []))[1] == {}


def test_what_the_tests_print_with_is_what_is_installed_for_them() -> None:
    assert {*cups.NEEDED.values(), *cups.DRIVERS.values()} == set(start.PRINT_TEST_TOOLS.values())


def test_a_clerk_is_given_one_line_to_paste() -> None:
    said = start.advice({"libGL.so.1": "libgl1", "venv": "python3.11-venv", "ensurepip": "python3.11-venv"}, str)
    lines = [line for line in said.splitlines() if "apt-get" in line]
    assert lines == ["sudo apt-get update && sudo apt-get install -y --no-install-recommends libgl1 python3.11-venv"]
    assert "libGL.so.1" in said


def test_where_there_is_no_sudo_the_line_asks_for_roots_password() -> None:
    said = start.advice({"xauth": "xauth"}, {"apt-get": "/usr/bin/apt-get"}.get)
    assert "su - -c 'apt-get update && apt-get install -y --no-install-recommends xauth'" in said


def test_without_apt_what_is_missing_is_named_plainly() -> None:
    said = start.advice({"libGL.so.1": "libgl1"}, lambda _: None)
    assert "libGL.so.1" in said
    assert "apt-get" not in said


def test_nothing_is_built_for_a_clerk_whose_system_lacks_something(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], calls: Calls
) -> None:
    monkeypatch.setattr(start, "_is_root", lambda: False)
    monkeypatch.setattr(start, "look", lambda _: (BARE, {}))
    assert start.main(["test"]) == 2
    assert "libxcb-cursor.so.0" in capsys.readouterr().err
    assert calls.commands == []


def test_root_has_it_installed_and_looks_again(monkeypatch: pytest.MonkeyPatch, calls: Calls) -> None:
    found: list[tuple[dict[str, str], dict[str, str]]] = [(BARE, {"Xvfb": "xvfb"}), ({}, {})]
    monkeypatch.setattr(start, "_is_root", lambda: True)
    monkeypatch.setattr(shutil, "which", lambda _: "/usr/bin/apt-get")
    monkeypatch.setattr(start, "look", lambda _: found.pop(0))
    start.prepare_machine(start.Job("test", []))
    assert calls.commands[0] == "apt-get update"
    assert calls.commands[1].startswith("apt-get install -y --no-install-recommends libglib2.0-0 ")
    assert calls.commands[1].endswith(" python3.11-venv xvfb")
    assert found == []


def test_root_too_is_told_when_the_installing_did_not_help(monkeypatch: pytest.MonkeyPatch, calls: Calls) -> None:
    monkeypatch.setattr(start, "_is_root", lambda: True)
    monkeypatch.setattr(shutil, "which", lambda _: "/usr/bin/apt-get")
    monkeypatch.setattr(start, "look", lambda _: (BARE, {}))
    with pytest.raises(start.CannotStartError, match=r"libEGL\.so\.1") as stop:
        start.prepare_machine(start.Job("open", []))
    assert stop.value.status == 2
    assert len(calls.commands) == 2


def test_tests_go_on_without_the_tools_of_the_window(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(start, "_is_root", lambda: False)
    monkeypatch.setattr(start, "look", lambda _: ({}, {"xdotool": "xdotool"}))
    start.prepare_machine(start.Job("test", []))
    assert "will be skipped. Missing on this system: xdotool." in capsys.readouterr().err


@pytest.mark.usefixtures("calls")
def test_a_finished_set_up_is_known_again_and_a_changed_lock_is_not(home: Path) -> None:
    assert not start.is_ready(home, start.RUNTIME_LOCK)
    start.set_up(home, tests=True)
    assert all(start.is_ready(home, lock) for lock in LOCKS)
    (home / start.TEST_LOCK).write_text("two==2 --hash=sha256:0\n", encoding="utf-8")
    assert start.is_ready(home, start.RUNTIME_LOCK)
    assert not start.is_ready(home, start.TEST_LOCK)


def test_setting_up_again_runs_nothing(home: Path, calls: Calls) -> None:
    start.set_up(home, tests=True)
    before = len(calls.commands)
    start.set_up(home, tests=True)
    assert len(calls.commands) == before


def test_every_package_is_asked_for_by_its_hash(home: Path, calls: Calls) -> None:
    start.set_up(home, tests=True)
    installs = [command for command in calls.commands if " pip install " in command]
    assert len(installs) == 2
    assert all("--require-hashes" in command for command in installs)


@pytest.mark.parametrize("broken", ["pip", "PySide6"])
def test_a_set_up_that_broke_off_starts_afresh(home: Path, monkeypatch: pytest.MonkeyPatch, broken: str) -> None:
    monkeypatch.setattr(subprocess, "run", Calls(failing=broken))
    with pytest.raises(start.CannotStartError) as stop:
        start.set_up(home, tests=False)
    assert stop.value.status == 4
    assert not start.is_ready(home, start.RUNTIME_LOCK)
    again = Calls()
    monkeypatch.setattr(subprocess, "run", again)
    start.set_up(home, tests=False)
    assert "venv --clear" in again.commands[0]


def test_the_package_is_found_from_the_environment(home: Path) -> None:
    start.link(home)
    (link,) = home.rglob("loanstore.pth")
    text = link.read_text(encoding="ascii").strip()
    assert (link.parent / text).resolve() == home.resolve()


def test_checks_run_in_order_and_the_first_failure_ends_them(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QT_QPA_PLATFORM", "offscreen")
    fine = Calls()
    monkeypatch.setattr(subprocess, "run", fine)
    assert start.run_tests(Path("python"), home, ["-k", "a desk"]) == 0
    assert [command.partition(" -m ")[2] for command in fine.commands] == [
        "ruff check",
        "ruff format --check",
        "mypy",
        "pytest -n 2 -k a desk",
    ]
    monkeypatch.setattr(subprocess, "run", untyped := Calls(failing="mypy"))
    assert start.run_tests(Path("python"), home, []) == 3
    assert untyped.commands[-1].endswith("mypy")


def test_without_a_display_the_demo_is_made_and_its_place_is_said(
    home: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], calls: Calls
) -> None:
    monkeypatch.setattr(start, "has_display", lambda *_: False)
    assert start.open_or_demo(Path("python"), home) == 0
    assert calls.commands == [f"python -m loanstore demo --out {home / 'build' / 'demo'}"]
    assert f"The papers are in {home / 'build' / 'demo'}" in capsys.readouterr().err


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_names_every_file_by_hash_and_no_machine(lock: str) -> None:
    text = (HOME / lock).read_text(encoding="utf-8")
    assert all("--hash=sha256:" in part for part in locked(lock).values())
    assert not re.search(r"://|(?m:^\s*-)(?!-hash)|file:|(?<![\w.])/\w", text)


def test_the_lock_holds_every_dependency_and_qt_suits_each_python() -> None:
    project = tomllib.loads((HOME / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    runtime = locked(start.RUNTIME_LOCK)
    names = {re.split(r"[\s=]", requirement)[0] for requirement in runtime}
    for wanted in project["dependencies"]:
        assert re.split(r"[<>=!;\[\s]", wanted)[0].lower() in names
    qt = sorted(requirement for requirement in runtime if requirement.startswith("pyside6-essentials"))
    assert len(qt) == 2
    assert re.fullmatch(r"pyside6-essentials==6\.11\.\d+ ; python_full_version < '3\.12'", qt[0])
    assert qt[1].endswith("; python_full_version >= '3.12'")


def test_the_tests_run_on_the_very_versions_that_people_run() -> None:
    assert locked(start.RUNTIME_LOCK).keys() <= locked(start.TEST_LOCK).keys()
