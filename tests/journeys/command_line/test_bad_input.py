"""Bad input: each kind has its clear sentence and its exit status, nothing is lost and nothing is half done."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.helpers.hindrances import fill, open_folder, small_disk, unwritable

if TYPE_CHECKING:
    from tests.helpers.command_line import CommandLine
    from tests.helpers.made_up import MadeUp

DATA = Path(__file__).resolve().parents[2] / "data"
REGISTER = str(DATA / "instrument_register_messy.csv")


@pytest.fixture
def stocked(loanstore: CommandLine, made_up: MadeUp) -> CommandLine:
    """A store with a hirer SAM and violins V1 and V2, of which Sam has V2."""
    made_up.borrower(name="Drama, Sam", code="SAM")
    made_up.instrument(code="V1")
    made_up.instrument(code="V2")
    loanstore.json("lend", "SAM", "V2")
    return loanstore


@pytest.mark.parametrize(
    ("scanned", "answer"),
    [
        (b"9780141439518", "UNKNOWN_CODE"),
        (b"CM-000001-A", "BAD_CHECK"),
        (b"CM-0000", "UNKNOWN_CODE"),
        (b"V1V2", "UNKNOWN_CODE"),
        (b"CM000001QCM000002O", "UNKNOWN_CODE"),
        (b"A" * 10_000, "UNKNOWN_CODE"),
        (b"V" + b"1" * 10_000, "UNKNOWN_CODE"),
        (b"\x1b[31m\x07\x08\x7f", "UNKNOWN_CODE"),
        (b"\xff\xfe\xc3", "UNKNOWN_CODE"),
        (b"\xe2\x80\xae\xf0\x9f\x8e\xbb", "UNKNOWN_CODE"),
        (b"; DROP TABLE facts; --", "UNKNOWN_CODE"),
        (b"{0} %s", "UNKNOWN_CODE"),
        (b"LSCMD-", "UNKNOWN_CODE"),
        (b"LSCMD-DANCE", "UNKNOWN_CODE"),
        (b"LSCMD-MISSING-0", "UNKNOWN_CODE"),
    ],
    ids=lambda value: repr(value)[:24] if isinstance(value, bytes) else value,
)
def test_whatever_is_scanned_is_answered_and_changes_nothing(stocked: CommandLine, scanned: bytes, answer: str) -> None:
    before = stocked.json("list", "instruments")
    said = stocked("--json", "scan", typed=b"SAM\n" + scanned + b"\nV1\n")
    assert (said.status, said.err) == (0, "")
    chosen, wrong, lent = said.lines
    assert (wrong["answer"], wrong["ok"], wrong["instrument"]) == (answer, False, None)
    assert wrong["fact"]
    assert len(wrong["code"]) <= 60
    assert wrong["sentence"].endswith(".")
    # What was wrong does not stand in the way of what comes next.
    assert (chosen["answer"], lent["answer"]) == ("BORROWER_CHOSEN", "LENT")
    stocked.json("undo")
    assert stocked.json("list", "instruments")["total"] == before["total"]
    assert stocked.json("store", "verify")["ok"] is True


def test_control_characters_round_a_code_are_shrugged_off(stocked: CommandLine) -> None:
    said = stocked("--json", "scan", typed=b"\x02sam\x03\r\n \tv-2\x1d\r\n\r\n")
    assert [one["answer"] for one in said.lines] == ["BORROWER_CHOSEN", "ALREADY_THEIRS"]


def test_bytes_that_are_no_text_do_no_harm_as_arguments(stocked: CommandLine) -> None:
    broken = b"V1\xff".decode("utf-8", "surrogateescape")
    assert stocked.refusal("lend", broken, "V1") == (1, "NO_BORROWER")
    assert stocked.json("add", "borrower", "--name", broken, "--kind", "hirer")["ok"] is True
    assert stocked("--json", "scan", broken).lines[0]["answer"] in {"UNKNOWN_CODE", "SHOWN"}


REFUSALS = [
    (["lend", "SAM", "V9"], 1, "NO_INSTRUMENT"),
    (["lend", "SAM", "SAM"], 1, "NO_INSTRUMENT"),
    (["lend", "NOBODY", "V1"], 1, "NO_BORROWER"),
    (["lend", "V1", "V1"], 1, "NO_BORROWER"),
    (["lend", "SAM", "V1", "V2"], 1, "ALREADY_OUT"),
    (["lend", "SAM", "V1", "--kind", "gift"], 1, "BAD_LOAN_KIND"),
    (["lend", "SAM", "V1", "--due", "next Friday"], 2, "BAD_DAY"),
    (["lend", "SAM", "V1", "--due", "2026-02-30"], 2, "BAD_DAY"),
    (["lend", "SAM"], 2, "USAGE"),
    (["return", "V1"], 1, "NOT_ON_LOAN"),
    (["return", "V2", "V1"], 1, "NOT_ON_LOAN"),
    (["return", "V2", "--on", "2099-01-01"], 1, "IN_THE_FUTURE"),
    (["return", "V2", "--on", "2001-01-01"], 1, "BEFORE_LENT"),
    (["return"], 2, "USAGE"),
    (["renew", "V1"], 1, "NOT_ON_LOAN"),
    (["renew", "nothing"], 1, "NO_LOAN"),
    (["lost", "V9", "--why", "gone"], 1, "NO_INSTRUMENT"),
    (["lost", "V1"], 2, "USAGE"),
    (["found", "V1", "--why", "there"], 1, "NOT_GONE"),
    (["retire", "V2", "--why", "old"], 1, "STILL_ON_LOAN"),
    (["add", "instrument", "--type", "Violin", "--code", "V1"], 1, "CODE_TAKEN"),
    (["add", "instrument", "--type", "Violin", "--alias", "SAM"], 1, "CODE_TAKEN"),
    (["add", "instrument", "--type", "Violin", "--code", "???"], 1, "BAD_CODE"),
    (["add", "instrument", "--type", "Violin", "--code", "7" * 41], 1, "BAD_CODE"),
    (["add", "instrument", "--type", "Violin", "--size", "5/7"], 1, "SIZE_NOT_MADE"),
    (["add", "instrument", "--type", "Violin", "--replacement-value", "£12O"], 1, "NOT_MONEY"),
    (["add", "instrument"], 2, "NEED_FIELD"),
    (["add", "instrument", "--flavour", "plum"], 2, "USAGE"),
    (["add", "borrower", "--name", "Kim Drama", "--kind", "ghost"], 2, "BAD_KIND"),
    (["add", "borrower", "--kind", "hirer"], 2, "NEED_FIELD"),
    (["add", "borrower", "--name", "Kim Drama"], 2, "NEED_FIELD"),
    (["lend", "SAM", "V1", "--due", "2001-01-01"], 1, "DUE_IN_THE_PAST"),
    (["add", "borrower", "--name", "   ", "--kind", "hirer"], 2, "NEED_FIELD"),
    (["add", "instrument", "--type", "  "], 2, "NEED_FIELD"),
    (["add"], 2, "USAGE"),
    (["show", "nothing"], 1, "NOTHING_CARRIES"),
    (["show", ""], 1, "NOTHING_CARRIES"),
    (["list", "ghosts"], 2, "USAGE"),
    (["list", "instruments", "--limit", "0"], 2, "USAGE"),
    (["list", "instruments", "--limit", "many"], 2, "USAGE"),
    (["list", "instruments", "--at", "yesterday"], 2, "BAD_DAY"),
    (["list", "borrowers", "--funding", "x"], 2, "USAGE"),
    (["list", "instruments", "--lim", "3"], 2, "USAGE"),
    (["import", "instruments", "no such file.csv"], 1, "FILE_MISSING"),
    (["import", "instruments", str(DATA)], 1, "FILE_UNREADABLE"),
    (["import", "ghosts", REGISTER], 2, "USAGE"),
    (["import", "instruments", REGISTER, "--map", "nonsense"], 2, "BAD_MAPPING"),
    (["import", "instruments", REGISTER, "--map", "Colour=size"], 2, "UNKNOWN_HEADER"),
    (["import", "instruments", REGISTER, "--map", "Size=colour"], 2, "UNKNOWN_FIELD"),
    (["import", "instruments", REGISTER, "--word", "Store A=shelf"], 2, "BAD_MEANING"),
    (["import", "loans", REGISTER], 1, "NO_HEADERS"),
    (["import", "undo", "no such import"], 1, "NO_IMPORT"),
    (["import", "undo", "no such import", "--dry-run"], 2, "USAGE"),
    (["labels", "--all", "--stock", "avery-l7651"], 2, "USAGE"),
    (["labels", "--all", "--stock", "avery-9999", "--out", "labels.pdf"], 1, "UNKNOWN_STOCK"),
    (["labels", "V9", "--stock", "avery-l7651", "--out", "labels.pdf"], 1, "NOTHING_CARRIES"),
    (["labels", "V1", "--all", "--stock", "avery-l7651", "--out", "labels.pdf"], 2, "USAGE"),
    (["labels", "--stock", "avery-l7651", "--out", "labels.pdf"], 1, "NO_LABELS"),
    (["labels", "V1", "--stock", "avery-l7651", "--out", "labels.pdf", "--start", "66"], 1, "START_OUTSIDE_SHEET"),
    (["labels", "V1", "--stock", "avery-l7651", "--out", "/dev/null/labels.pdf"], 1, "FILE_NOT_WRITTEN"),
    (["agreement", "nothing", "--out", "agreement.pdf"], 1, "NO_AGREEMENT"),
    (["receipt", "nothing", "--out", "receipt.pdf"], 1, "NO_LOAN"),
    (["agreement", "nothing"], 2, "USAGE"),
    (["store"], 2, "USAGE"),
    (["store", "create"], 1, "STORE_EXISTS"),
    (["--store", "other.loanstore", "store", "create", "--code-prefix", "C7"], 2, "BAD_PREFIX"),
    (["--store", "other.loanstore", "store", "info"], 3, "STORE_MISSING"),
    (["--store", "postgresql+psycopg://example.org/hub", "store", "info"], 3, "ENGINE_UNKNOWN"),
    (["store", "info", "--passphrase-file", "no such file"], 1, "PASSPHRASE_FILE"),
    (["--store", "other.loanstore", "store", "restore", "no such backup"], 3, "STORE_MISSING"),
    (["store", "backup", "/dev/null/backups"], 3, "BACKUP_CANNOT_WRITE"),
    (["dance"], 2, "USAGE"),
    ([], 2, "USAGE"),
]


@pytest.mark.parametrize(("words", "status", "code"), REFUSALS, ids=lambda value: str(value)[:60])
def test_a_refusal_has_its_status_its_words_and_no_effect(
    stocked: CommandLine, made_up: MadeUp, tmp_path: Path, words: list[str], status: int, code: str
) -> None:
    stocked.patch.chdir(tmp_path)
    before = made_up.dump()
    assert stocked.refusal(*words) == (status, code)
    assert made_up.dump() == before
    assert [path.name for path in tmp_path.iterdir() if not path.name.startswith("hub.loanstore")] == []


def test_without_json_an_error_is_one_line_and_nothing_on_standard_output(stocked: CommandLine) -> None:
    said = stocked("lend", "SAM", "V1", "V2")
    assert (said.status, said.out) == (1, "")
    said.require_one_line()
    assert said.err == "It is on loan: Drama, Sam has V2. Bring it back first with “loanstore return V2”.\n"


def test_debug_shows_where_it_was(stocked: CommandLine) -> None:
    said = stocked("--debug", "show", "nothing")
    assert said.status == 1
    assert "Traceback" in said.err
    assert said.err.splitlines()[-1].startswith("Nothing carries this code")


@pytest.mark.parametrize("words", [("store", "info"), ("scan", "V1")])
def test_a_bug_is_one_line_and_five(stocked: CommandLine, tmp_path: Path, words: tuple[str, ...]) -> None:
    def broken(*_: object) -> None:
        raise ZeroDivisionError("Sam Drama's secret")

    stocked.patch.chdir(tmp_path)
    for name in ("housekeeping.info", "scanning.begin_session"):
        stocked.patch.setattr(f"loanstore.operations.{name}", broken)
    said = stocked("--json", *words)
    assert (said.status, said.error) == (5, "BUG")
    assert "ZeroDivisionError" in said.answer["message"]
    assert "Sam" not in said.out + said.err
    assert stocked("--json", "--debug", *words).status == 5


def test_a_bug_says_no_more_where_its_log_can_not_be_written(stocked: CommandLine, tmp_path: Path) -> None:
    def broken(*_: object) -> None:
        raise ZeroDivisionError

    stocked.patch.setattr("loanstore.operations.housekeeping.info", broken)
    for blocked in (tmp_path / "file" / "logs", tmp_path / "logs"):
        (tmp_path / "file").touch()
        (tmp_path / "logs" / "loanstore.log").mkdir(parents=True, exist_ok=True)
        stocked.patch.setattr("loanstore.bootstrap.log_folder", lambda blocked=blocked: blocked)
        said = stocked("--json", "store", "info")
        assert (said.status, said.error) == (5, "BUG")


def test_stopping_from_the_keyboard_keeps_what_was_answered(stocked: CommandLine) -> None:
    class Stopped:
        def isatty(self) -> bool:
            return False

        @property
        def buffer(self) -> object:
            yield b"V2\n"
            raise KeyboardInterrupt

    from loanstore.cli.main import STOPPED, run

    stocked.patch.setattr(sys, "stdin", Stopped())
    assert run(["--json", "scan"]) == STOPPED
    said = stocked.capture.readouterr()
    returned, stopped = said.out.splitlines()
    assert '"RETURNED"' in returned
    assert '"STOPPED"' in stopped
    assert len(said.err.splitlines()) == 1
    assert stocked.json("store", "info")["loans_open"] == 0


def test_an_empty_input_is_an_empty_session(stocked: CommandLine) -> None:
    said = stocked("--json", "scan", typed=b"\n \r\n\t\n")
    assert (said.status, said.out, said.err) == (0, "", "")


def test_a_wrong_passphrase_opens_nothing_and_touches_nothing(stocked: CommandLine, made_up: MadeUp) -> None:
    before = made_up.dump()
    stocked.patch.setenv("LOANSTORE_PASSPHRASE", "not the one")
    assert stocked.refusal("scan", "V2") == (3, "STORE_WRONG_KEY")
    stocked.patch.delenv("LOANSTORE_PASSPHRASE")
    assert stocked.refusal("scan", "V2") == (3, "NO_PASSPHRASE")
    assert made_up.dump() == before


def test_a_text_file_is_no_store_and_stays_as_it_is(stocked: CommandLine, tmp_path: Path) -> None:
    letter = tmp_path / "letter.loanstore"
    letter.write_text("Dear Sam,\n" * 100, "utf-8")
    for words in (("scan", "V1"), ("store", "info"), ("store", "verify")):
        assert stocked.refusal("--store", str(letter), *words) == (3, "STORE_NOT_ONE")
    assert stocked.refusal("--store", str(letter), "store", "create") == (1, "STORE_EXISTS")
    assert letter.read_text("utf-8") == "Dear Sam,\n" * 100


def test_a_store_of_a_newer_version_is_left_alone(stocked: CommandLine, made_up: MadeUp) -> None:
    with made_up.desk.store.writing() as transaction:
        transaction.connection.exec_driver_sql("UPDATE alembic_version SET version_num = '0999'")
    assert stocked.refusal("scan", "V2") == (3, "STORE_NEWER")
    assert "newer" in stocked("scan", "V2").err


def test_a_read_only_folder_is_told_and_nothing_is_lost(stocked: CommandLine, made_up: MadeUp) -> None:
    made_up.close()
    with open_folder() as folder:
        store = folder / "hub.loanstore"
        shutil.copy(stocked.store, store)
        store.chmod(0o444)
        with unwritable(folder):
            status, code = stocked.refusal("--store", str(store), "scan", "V2")
            assert status == 3
            assert code in {"STORE_READ_ONLY", "STORE_CANNOT_OPEN"}
            made = stocked.refusal("--store", str(folder / "new.loanstore"), "store", "create")
            assert made in {(3, "STORE_CANNOT_CREATE"), (3, "STORE_CANNOT_OPEN")}
            paper = stocked.refusal("labels", "V1", "--stock", "avery-l7651", "--out", str(folder / "labels.pdf"))
            assert paper[1] in {"FILE_NOT_WRITTEN", "STORE_CANNOT_OPEN", "STORE_READ_ONLY"}
        assert [path.name for path in folder.iterdir()] == ["hub.loanstore"]
    assert stocked.json("show", "V2")["status"] == "on loan"


def test_a_full_disk_is_told_and_what_was_answered_stays(stocked: CommandLine, made_up: MadeUp) -> None:
    made_up.close()
    with small_disk(1600) as disk:
        store = disk / "hub.loanstore"
        shutil.copy(stocked.store, store)
        lent = stocked.json("--store", str(store), "lend", "SAM", "V1")
        hog = fill(disk)
        status, code = stocked.refusal("--store", str(store), "import", "instruments", REGISTER)
        assert (status, code) == (3, "STORE_DISK_FULL")
        hog.unlink()
        assert stocked.json("--store", str(store), "store", "verify")["ok"] is True
        shown = stocked.json("--store", str(store), "show", "V1")
        assert (shown["loan"], shown["status"]) == (lent["loans"][0]["loan"], "on loan")
        assert stocked.json("--store", str(store), "store", "info")["instruments"] == 2


def test_labels_that_found_no_room_are_not_counted_as_printed(stocked: CommandLine) -> None:
    for _n in range(2):
        stocked.json("add", "instrument", "--type", "Violin")
    with small_disk(64) as disk:
        (disk / "hog").write_bytes(bytes(48 * 1024))
        out = str(disk / "labels.pdf")
        assert stocked.refusal("labels", "--new", "--stock", "avery-l7651", "--out", out) == (1, "FILE_NOT_WRITTEN")
        assert [path.name for path in disk.iterdir()] == ["hog"]
    folder = stocked.store.parent
    made = stocked.json("labels", "--new", "--stock", "avery-l7651", "--out", str(folder / "labels.pdf"))
    assert made["labels"] == 2


def test_a_demo_never_takes_away_a_store_that_is_somebodys(stocked: CommandLine, tmp_path: Path) -> None:
    theirs = tmp_path / "demo" / "demo.loanstore"
    theirs.parent.mkdir()
    shutil.copy(stocked.store, theirs)
    content = theirs.read_bytes()
    assert stocked.refusal("demo", "--out", str(theirs.parent)) == (1, "DEMO_FOLDER")
    assert theirs.read_bytes() == content
    (tmp_path / "taken").touch()
    assert stocked.refusal("demo", "--out", str(tmp_path / "taken")) == (1, "DEMO_FOLDER")
