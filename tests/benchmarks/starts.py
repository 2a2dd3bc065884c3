"""From the start of the process to a window that takes a scan, and its memory, against a bare window of Qt's."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from statistics import median
from time import perf_counter
from typing import TYPE_CHECKING, Any, Final

from loanstore import bootstrap
from loanstore.keys import PASSPHRASE_VARIABLE
from loanstore.operations import cataloguing
from tests.benchmarks.timing import Measured
from tests.helpers.made_up import OWNER, PREFIX
from tests.helpers.sources import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


ROUNDS: Final = 9
PASSPHRASE: Final = "a made-up passphrase"  # noqa: S105 - of a store that lives for a minute

_FLOOR_IS: Final = "a bare window with one field"


def measure(folder: Path) -> Iterator[Measured]:
    """Start both by turns; the store's key is made of its passphrase each time, as at every start."""
    home = {f"XDG_{name}_HOME": str(folder / name.lower()) for name in ("CONFIG", "DATA", "STATE", "CACHE")}
    given = {PASSPHRASE_VARIABLE: PASSPHRASE, "QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": str(ROOT)}
    environment = {**os.environ, **home, **given}
    store = folder / "start.loanstore"
    code = _make(store)
    ours, bare = [], []
    for _round in range(ROUNDS):
        ours.append(_started(environment, "ours", str(store), code))
        bare.append(_started(environment, "bare"))
    # The first start of each fills the machine's cache of files.
    yield from _lines(ours[1:], bare[1:])


def _lines(ours: list[dict[str, Any]], bare: list[dict[str, Any]]) -> Iterator[Measured]:
    def middle(runs: list[dict[str, Any]], name: str) -> float:
        return median(float(run[name]) for run in runs)

    shown = middle(bare, "shown")
    yield Measured("Start to a window", middle(ours, "shown"), shown, _FLOOR_IS)
    yield Measured("Start to the first scan answered", middle(ours, "answered"), shown, _FLOOR_IS)
    yield Measured("Memory then", middle(ours, "memory"), middle(bare, "memory"), _FLOOR_IS, unit="MiB")


def _make(path: Path) -> str:
    opened = bootstrap.create_desk(path, PASSPHRASE, OWNER, PREFIX)
    code = cataloguing.add_instrument(opened.desk, {"type": "Violin"}).result.code
    opened.desk.store.close()
    return code


def _started(environment: dict[str, str], *words: str) -> dict[str, Any]:
    """Start a process and give what it said, its times in milliseconds from the start."""
    begun = perf_counter()
    done = subprocess.run(
        [sys.executable, "-m", "tests.benchmarks.start_child", *words],
        capture_output=True,
        text=True,
        env=environment,
        check=True,
        cwd=ROOT,
        timeout=60,
    )
    said: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return {**said, **{name: (said[name] - begun) * 1000 for name in ("shown", "answered") if name in said}}
