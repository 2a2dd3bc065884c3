"""Commands in processes of their own: several at once, readers that go away, keyboards that stop, narrow consoles."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from loanstore.domain.import_fields import ImportKind
from loanstore.operations import browsing, importing
from tests.helpers.command_line import WORDS_OF_KEY, command, environment, in_a_process

if TYPE_CHECKING:
    from tests.helpers.made_up import MadeUp

DATA = Path(__file__).resolve().parents[2] / "data"
REGISTER = str(DATA / "instrument_register_messy.csv")
SCHOOLS = str(DATA / "gias_establishments_19.csv")


class Shell:
    """Starts commands on one store, away from this process."""

    def __init__(self, made_up: MadeUp, home: Path) -> None:
        self.home = home
        self.variables = {"LOANSTORE_STORE": str(made_up.path), "LOANSTORE_PASSPHRASE": WORDS_OF_KEY}

    def run(self, *words: str, typed: bytes = b"", encoding: str = "utf-8") -> subprocess.CompletedProcess[bytes]:
        return in_a_process(*words, home=self.home, typed=typed, encoding=encoding, **self.variables)

    def start(self, *words: str, **streams: Any) -> subprocess.Popen[bytes]:
        given = environment(self.home, PYTHONIOENCODING="utf-8", **self.variables)
        pipes = dict.fromkeys(("stdin", "stdout", "stderr"), subprocess.PIPE)
        return subprocess.Popen(command(*words), env=given, cwd=self.home, **{**pipes, **streams})

    def script(self, line: str) -> subprocess.CompletedProcess[bytes]:
        """Run a line of shell in which ``loanstore`` is the program; skipped where no such shell comes along."""
        if os.name == "nt":
            pytest.skip("needs a POSIX shell")
        words = f'loanstore() {{ "{sys.executable}" -W error -m loanstore "$@"; }}; {line}'
        given = environment(self.home, PYTHONIOENCODING="utf-8", **self.variables)
        return subprocess.run(
            ["sh", "-c", words], env=given, cwd=self.home, capture_output=True, check=False, timeout=60
        )


@pytest.fixture
def shell(made_up: MadeUp, tmp_path: Path) -> Shell:
    made_up.borrower(name="李 Drama", code="LI")
    made_up.instrument(code="V1")
    home = tmp_path / "home"
    home.mkdir()
    return Shell(made_up, home)


def read_answer(process: subprocess.Popen[bytes]) -> dict[str, Any]:
    assert process.stdout is not None
    answer: dict[str, Any] = json.loads(process.stdout.readline())
    return answer


def scan(process: subprocess.Popen[bytes], text: str) -> dict[str, Any]:
    """Scan in a session that is open and wait for its answer: it comes at once, not when the input ends."""
    assert process.stdin is not None
    process.stdin.write(f"{text}\n".encode())
    process.stdin.flush()
    return read_answer(process)


def test_two_imports_at_once_make_everything_once(shell: Shell, made_up: MadeUp) -> None:
    files = [("instruments", REGISTER), ("instruments", REGISTER), ("schools", SCHOOLS)]
    with ThreadPoolExecutor(3) as pool:
        ended = list(pool.map(lambda words: shell.run("--json", "import", *words), files))
    assert [(one.returncode, one.stderr) for one in ended] == [(0, b"")] * 3
    first, second, schools = (json.loads(one.stdout) for one in ended)
    assert sorted((first["created"], second["created"])) == [0, 62]
    assert sorted((first["unchanged"], second["unchanged"])) == [0, 62]
    assert schools["created"] == 19
    assert browsing.list_instruments(made_up.desk).total == 63
    assert made_up.complaints() == []


def test_a_scan_waits_its_turn_while_an_import_runs(shell: Shell, made_up: MadeUp) -> None:
    session = shell.start("--json", "scan")
    assert scan(session, "LI")["answer"] == "BORROWER_CHOSEN"
    scanned = []

    def scan_meanwhile(done: int, total: int) -> None:
        if done == total // 2:
            assert session.stdin is not None
            session.stdin.write(b"V1\nV1\n004200\n")
            session.stdin.flush()
            scanned.append(done)

    plan = importing.Plan(Path(REGISTER), ImportKind.INSTRUMENTS)
    importing.import_file(made_up.desk, plan, scan_meanwhile)
    answers = [read_answer(session)["answer"] for _ in range(3)]
    out, err = session.communicate(timeout=60)
    assert scanned
    assert (session.returncode, out, err) == (0, b"", b"")
    # The first waited for its turn; then all that the import brought was there.
    assert answers == ["LENT", "REPEATED", "LENT"]
    assert made_up.complaints() == []


@pytest.mark.skipif(os.name == "nt", reason="no SIGINT can be sent to one process there")
def test_stopping_a_session_ends_it_in_one_line(shell: Shell, made_up: MadeUp) -> None:
    session = shell.start("--json", "scan")
    scan(session, "LI")
    assert scan(session, "V1")["answer"] == "LENT"
    session.send_signal(signal.SIGINT)
    out, err = session.communicate(timeout=60)
    assert session.returncode == 130
    assert json.loads(out)["error"] == "STOPPED"
    assert len(err.splitlines()) == 1
    assert made_up.show("V1").status == "on loan"


def test_a_reader_that_has_enough_ends_nothing_in_noise(shell: Shell) -> None:
    said = shell.script("yes LI | head -n 300 | loanstore --json scan | head -n 1")
    assert said.stderr == b""
    assert json.loads(said.stdout)["answer"] == "BORROWER_CHOSEN"


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no device that is always full")
def test_an_answer_that_finds_no_room_is_told_and_is_no_bug(shell: Shell) -> None:
    for flag in ("", "--json"):
        said = shell.script(f"loanstore {flag} list borrowers > /dev/full; echo $?")
        assert said.stdout == b"1\n"
        assert said.stderr.decode().startswith("The file can't be written: standard output: ")
        assert len(said.stderr.splitlines()) == 1


def test_streams_that_are_closed_are_done_without(shell: Shell) -> None:
    assert shell.script("loanstore --json store info 2>&-; echo $?").stdout.endswith(b"\n0\n")
    assert shell.script("loanstore store info >&-; echo $?").stdout == b"0\n"
    assert shell.script("loanstore scan <&-; echo $?").stdout == b"0\n"
    refused = shell.script("loanstore --json show nothing 2>&-; echo $?").stdout.splitlines()
    assert [json.loads(refused[0])["error"], refused[1]] == ["NOTHING_CARRIES", b"1"]


@pytest.mark.parametrize("encoding", ["ascii", "cp1252"])
def test_a_narrow_console_gets_what_it_can_show_and_json_is_whole(shell: Shell, encoding: str) -> None:
    told = shell.run("show", "LI", encoding=encoding)
    assert (told.returncode, told.stderr) == (0, b"")
    assert b"? Drama" in told.stdout
    said = shell.run("--json", "show", "LI", encoding=encoding)
    assert json.loads(said.stdout.decode("utf-8"))["name"] == "李 Drama"
    refused = shell.run("lend", "LI", "V9", encoding=encoding)
    assert (refused.returncode, refused.stdout) == (1, b"")
    assert len(refused.stderr.splitlines()) == 1


def test_the_program_proves_itself(shell: Shell) -> None:
    said = shell.run("--json", "store", "self-test")
    assert (said.returncode, said.stderr) == (0, b"")
    assert json.loads(said.stdout)["ok"] is True


def test_a_wrong_word_is_told_in_a_process_of_its_own(shell: Shell) -> None:
    said = shell.run("dance")
    assert (said.returncode, said.stdout) == (2, b"")
    assert said.stderr.startswith(b"The words do not fit: ")
    assert len(said.stderr.splitlines()) == 1
