"""Sending a paper to its printer, and hearing whether it was taken."""

from __future__ import annotations

import os
import re
import shutil
import socket
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from loanstore.domain.errors import PrinterUnusable
from loanstore.domain.printers import paper_name

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Sequence

    from loanstore.domain.printers import Parcel

LONGEST_WAIT: Final = 30.0
"""Seconds a spooler or a printer may take to answer."""
WATCHED: Final = 3.0
"""Seconds for which a queue is watched after it took a paper: a driver that fails stops it within these."""
_LOOKS_EVERY: Final = 0.1
_RAW_PORT: Final = 9100
_STATE: Final = re.compile(
    r"^printer \S+ (?P<state>disabled|is idle|now printing)[^\n]*\n?(?P<why>[^\n]*)", re.MULTILINE
)
_PAPERS: Final = re.compile(r"^PageSize/[^:]*:(?P<names>.*)$", re.MULTILINE)
_JOB: Final = re.compile(r"request id is (?P<job>\S+)")


@dataclass(frozen=True, slots=True)
class Said:
    """What a command said and how it ended."""

    status: int
    out: str
    trouble: str


def run(command: Sequence[str], given: bytes = b"") -> Said:
    """Run a command of the spooler with something on its standard input; its words are the plain English ones."""
    done = subprocess.run(  # noqa: S603  # the program is found by name, the words are ours
        list(command),
        input=given,
        capture_output=True,
        check=False,
        timeout=LONGEST_WAIT,
        env={**os.environ, "LC_ALL": "C"},
    )
    return Said(done.returncode, done.stdout.decode(errors="replace"), done.stderr.decode(errors="replace"))


def has_queues() -> bool:
    """Tell whether this machine prints through queues with ``lp``, as Linux and macOS do."""
    return shutil.which("lp") is not None


def is_address(queue: str) -> bool:
    """Tell an address or a device, which are sent raw words alone, from the name of a queue."""
    return queue.startswith("tcp://") or "/" in queue or "\\" in queue


def queues(run: Callable[[Sequence[str]], Said] = run) -> tuple[str, ...]:
    """Name the queues of this machine; none where nothing prints that way or the spooler is not running."""
    if not has_queues():
        return ()
    said = run(["lpstat", "-e"])
    return tuple(said.out.split()) if said.status == 0 else ()


def options(parcel: Parcel, choices: Collection[str] = ()) -> list[str]:
    """Give the options with which a paper comes out at its true size, or its words untouched.

    ``choices`` are the papers that the queue's driver knows. Raises PrinterUnusable PAPER_UNKNOWN.
    """
    if parcel.raw:
        return ["-o", "raw"]
    unscaled = ["-o", "print-scaling=none"]
    if parcel.paper is None:
        return unscaled
    name = paper_name(parcel.paper, choices)
    if name is None:
        width, height = (f"{length:g}" for length in parcel.paper)
        raise PrinterUnusable("PAPER_UNKNOWN", queue=parcel.queue, width=width, height=height)
    return [*unscaled, "-o", f"PageSize={name}"]


def send(
    parcel: Parcel, *, run: Callable[[Sequence[str], bytes], Said] = run, pause: Callable[[float], None] = time.sleep
) -> None:
    """Send a paper and see it taken.

    Raises PrinterUnusable NO_QUEUE_SAID, NO_SPOOLER, QUEUE_UNKNOWN, QUEUE_STOPPED, PAPER_UNKNOWN, PRINT_FAILED,
    PRINTER_UNREACHABLE or PDF_NOT_RAW.
    """
    if not parcel.queue:
        raise PrinterUnusable("NO_QUEUE_SAID", title=parcel.title)
    if is_address(parcel.queue):
        _send_straight(parcel)
        return
    if not has_queues():
        raise PrinterUnusable("NO_SPOOLER", queue=parcel.queue)
    try:
        _send_to_queue(parcel, run, pause)
    except (OSError, subprocess.TimeoutExpired) as fault:
        raise PrinterUnusable("PRINT_FAILED", queue=parcel.queue, reason=str(fault)) from fault


def _send_to_queue(parcel: Parcel, run: Callable[[Sequence[str], bytes], Said], pause: Callable[[float], None]) -> None:
    _require_going(parcel.queue, run)
    choices = _papers(parcel.queue, run) if parcel.paper is not None else ()
    taken = run(["lp", "-d", parcel.queue, "-t", parcel.title, *options(parcel, choices)], parcel.content)
    if taken.status:
        raise PrinterUnusable("PRINT_FAILED", queue=parcel.queue, reason=_reason(taken))
    job = _JOB.search(taken.out)
    if job is not None:
        _watch(parcel.queue, job["job"], run, pause)


def _papers(queue: str, run: Callable[[Sequence[str], bytes], Said]) -> tuple[str, ...]:
    """Name the papers that a queue's driver knows; none where it does not say."""
    said = _PAPERS.search(run(["lpoptions", "-p", queue, "-l"], b"").out)
    return tuple(name.lstrip("*") for name in said["names"].split()) if said is not None else ()


def _watch(queue: str, job: str, run: Callable[[Sequence[str], bytes], Said], pause: Callable[[float], None]) -> None:
    """See a paper leave its queue; a slow printer is left to it, one that lies idle over a paper has failed."""
    idle = ""
    for _look in range(int(WATCHED / _LOOKS_EVERY)):
        if f"{job} " not in run(["lpstat", "-o", queue], b"").out:
            return
        idle = _require_going(queue, run)
        pause(_LOOKS_EVERY)
    if idle:
        raise PrinterUnusable("PRINT_FAILED", queue=queue, reason=idle)


def _require_going(queue: str, run: Callable[[Sequence[str], bytes], Said]) -> str:
    """Let a queue pass that is there and prints; one that was stopped would keep a paper without a word.

    Gives what an idle printer said last, and nothing while it prints.
    """
    said = run(["lpstat", "-p", queue], b"")
    if said.status:
        known = run(["lpstat", "-e"], b"").out.split()
        raise PrinterUnusable("QUEUE_UNKNOWN", queue=queue, known=tuple(known), reason=_reason(said))
    found = _STATE.search(said.out)
    state, why = (found["state"], found["why"].strip(" \t.")) if found is not None else ("", "")
    if state == "disabled":
        raise PrinterUnusable("QUEUE_STOPPED", queue=queue, reason=why or "-")
    return (why or "-") if state == "is idle" else ""


def _reason(said: Said) -> str:
    """Give what the spooler said, without the name of the command that said it."""
    lines = [line.strip(" \t.") for line in (said.trouble or said.out).splitlines() if line.strip()]
    return lines[-1].partition(": ")[2] or lines[-1] if lines else "-"


def _send_straight(parcel: Parcel) -> None:
    if not parcel.raw:
        raise PrinterUnusable("PDF_NOT_RAW", queue=parcel.queue)
    try:
        if parcel.queue.startswith("tcp://"):
            address = urlsplit(parcel.queue)
            where = (address.hostname or "", address.port or _RAW_PORT)
            with socket.create_connection(where, timeout=LONGEST_WAIT) as printer:
                printer.sendall(parcel.content)
        else:
            with Path(parcel.queue).open("ab", buffering=0) as device:
                device.write(parcel.content)
    except (OSError, ValueError) as fault:
        reason = getattr(fault, "strerror", None) or str(fault)
        raise PrinterUnusable("PRINTER_UNREACHABLE", queue=parcel.queue, reason=reason) from fault
