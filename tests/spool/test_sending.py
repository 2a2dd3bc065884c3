"""Papers on their way: true size or untouched words, and a queue that does not print says so at once."""

from __future__ import annotations

import socket
import subprocess
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import pytest

from loanstore.domain.errors import PrinterUnusable
from loanstore.domain.printers import Parcel
from loanstore.spool import sending
from loanstore.spool.sending import Said, options, send
from tests.helpers.network_printer import listening

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

LABEL = Parcel("Labels", b"%PDF label", "zebra", paper=(57, 32))
IDLE = "printer zebra is idle.  enabled since Wed 25 Nov 2026 09:00:00\n"
STOPPED = "printer zebra disabled since Wed 25 Nov 2026 09:00:00 -\n\tOut of labels\n"


@dataclass
class Spooler:
    """Stands in for the spooler: its queue is in one state after another, and it takes or refuses a paper."""

    states: list[str] = field(default_factory=lambda: [IDLE])
    taken: Said = field(default_factory=lambda: Said(0, "request id is zebra-7 (1 file(s))\n", ""))
    waiting: list[str] = field(default_factory=list)
    asked: list[list[str]] = field(default_factory=list)
    given: bytes = b""
    papers: str = "A4 *w288h360 Custom.WIDTHxHEIGHT"

    def __call__(self, command: Sequence[str], given: bytes = b"") -> Said:
        self.asked.append(list(command))
        if command[0] == "lp":
            self.given = given
            return self.taken
        if command[:2] == ["lpstat", "-o"]:
            return Said(0, self.waiting.pop(0) if self.waiting else "", "")
        if command[0] == "lpoptions":
            return Said(0, f"PageSize/Media Size: {self.papers}\n" if self.papers else "", "")
        if command[:2] == ["lpstat", "-e"]:
            return Said(0, "office\nzebra\n", "")
        state = self.states.pop(0) if len(self.states) > 1 else self.states[0]
        return Said(0, state, "") if state else Said(1, "", "lpstat: Invalid destination name in list “zebra”.\n")


@pytest.fixture(autouse=True)
def _queues(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("shutil.which", lambda name: name)


def refused(spooler: Spooler, parcel: Parcel = LABEL) -> PrinterUnusable:
    with pytest.raises(PrinterUnusable) as refusal:
        send(parcel, run=spooler, pause=lambda _seconds: None)
    return refusal.value


def test_a_label_goes_out_unscaled_on_paper_of_its_own_size() -> None:
    spooler = Spooler()
    send(LABEL, run=spooler, pause=lambda _seconds: None)
    size = ["-o", "print-scaling=none", "-o", "PageSize=Custom.162x91"]
    assert ["lp", "-d", "zebra", "-t", "Labels", *size] in spooler.asked
    assert spooler.given == b"%PDF label"


def test_a_sheet_is_asked_for_by_its_name_and_raw_words_are_left_alone() -> None:
    assert options(Parcel("A", b"", "q", paper=(210, 297))) == ["-o", "print-scaling=none", "-o", "PageSize=A4"]
    assert options(Parcel("A", b"", "q")) == ["-o", "print-scaling=none"]
    assert options(Parcel("A", b"^XA", "q", raw=True, paper=(57, 32))) == ["-o", "raw"]


def test_a_roll_is_asked_for_by_its_drivers_own_name_and_never_cut() -> None:
    spooler = Spooler(papers="*w162h90 w81h252")
    send(LABEL, run=spooler, pause=lambda _seconds: None)
    assert "PageSize=w162h90" in next(command for command in spooler.asked if command[0] == "lp")
    refusal = refused(spooler := Spooler(papers="*w81h252 w101h252"))
    assert (refusal.code, refusal.facts["width"], refusal.facts["height"]) == ("PAPER_UNKNOWN", "57", "32")
    assert not any(command[0] == "lp" for command in spooler.asked)


def test_a_queue_that_is_not_there_is_named_with_those_that_are() -> None:
    refusal = refused(spooler := Spooler(states=[""]))
    assert (refusal.code, refusal.facts["known"]) == ("QUEUE_UNKNOWN", ("office", "zebra"))
    assert not any(command[0] == "lp" for command in spooler.asked)


def test_a_stopped_queue_is_said_with_its_reason_and_gets_nothing() -> None:
    refusal = refused(spooler := Spooler(states=[STOPPED]))
    assert (refusal.code, refusal.facts["reason"]) == ("QUEUE_STOPPED", "Out of labels")
    assert not any(command[0] == "lp" for command in spooler.asked)


def test_a_queue_that_stops_over_the_paper_is_said_too() -> None:
    refusal = refused(Spooler(states=[IDLE, IDLE, STOPPED], waiting=["zebra-7 sam 1024\n"] * 5))
    assert refusal.code == "QUEUE_STOPPED"


def test_a_paper_that_is_refused_says_why_in_the_spoolers_words() -> None:
    refusal = refused(Spooler(taken=Said(1, "", 'lp: Destination "zebra" is not accepting jobs.\n')))
    assert (refusal.code, refusal.facts["reason"]) == ("PRINT_FAILED", 'Destination "zebra" is not accepting jobs')


def test_a_printer_that_lies_idle_over_a_paper_has_failed_and_says_why() -> None:
    refusal = refused(Spooler(states=[IDLE + "\tNo pages were found.\n"], waiting=["zebra-7 sam 1024\n"] * 1000))
    assert (refusal.code, refusal.facts["reason"]) == ("PRINT_FAILED", "No pages were found")


def test_a_slow_printer_is_watched_for_a_while_and_then_left_to_it() -> None:
    pauses: list[float] = []
    busy = "printer zebra now printing zebra-7.  enabled since Wed 25 Nov 2026 09:00:00\n\tRendering completed\n"
    send(LABEL, run=Spooler(states=[IDLE, busy], waiting=["zebra-7 sam 1024\n"] * 1000), pause=pauses.append)
    assert sum(pauses) == pytest.approx(sending.WATCHED)


def test_a_spooler_that_hangs_is_given_up() -> None:
    def hang(command: Sequence[str], _given: bytes = b"") -> Said:
        raise subprocess.TimeoutExpired(list(command), sending.LONGEST_WAIT)

    with pytest.raises(PrinterUnusable, match="PRINT_FAILED"):
        send(LABEL, run=hang)


def test_without_a_queue_or_a_spooler_it_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    assert refused(Spooler(), Parcel("Labels", b"%PDF", "")).code == "NO_QUEUE_SAID"
    monkeypatch.setattr("shutil.which", lambda _name: None)
    assert refused(Spooler()).code == "NO_SPOOLER"


def test_raw_words_reach_a_printer_on_the_network_whole() -> None:
    with listening() as (port, got):
        send(Parcel("Labels", b"^XA^XZ" * 5000, f"tcp://127.0.0.1:{port}", raw=True))
    assert b"".join(got) == b"^XA^XZ" * 5000


def test_raw_words_reach_a_device_and_a_dead_one_is_said(tmp_path: Path) -> None:
    device = tmp_path / "lp0"
    send(Parcel("Labels", b"^XA^XZ", str(device), raw=True))
    assert device.read_bytes() == b"^XA^XZ"
    with socket.create_server(("127.0.0.1", 0)) as gone:
        port = gone.getsockname()[1]
    for queue in (f"tcp://127.0.0.1:{port}", str(tmp_path / "nowhere" / "lp0"), "tcp://printer:ninety"):
        assert refused(Spooler(), Parcel("Labels", b"^XA^XZ", queue, raw=True)).code == "PRINTER_UNREACHABLE"


def test_a_page_is_not_poured_into_a_bare_connection() -> None:
    assert refused(Spooler(), Parcel("Labels", b"%PDF", "tcp://printer:9100")).code == "PDF_NOT_RAW"


@pytest.mark.parametrize(
    ("content", "raw", "ending"), [(b"%PDF", False, ".pdf"), (b"^XA", True, ".zpl"), (b"\0", True, ".bin")]
)
def test_a_file_is_called_after_what_it_holds(content: bytes, *, raw: bool, ending: str) -> None:
    assert Parcel("Labels", content, "q", raw=raw).suffix == ending
