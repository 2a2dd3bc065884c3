"""Thirty scans at a scanner's speed, as real key events under a real X server, wherever the focus is."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from typing import IO, TYPE_CHECKING

import pytest

from loanstore.domain import codes
from loanstore.settings import MachineSettings
from tests.helpers.sources import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.helpers.made_up import MadeUp

MISSING = [tool for tool in ("Xvfb", "xdotool") if shutil.which(tool) is None]
SCANS = 30

pytestmark = [
    pytest.mark.skipif(bool(MISSING), reason=f"not on this machine: {', '.join(MISSING)}"),
    pytest.mark.skipif(sys.platform != "linux", reason="real keys are tried under X"),
]


@pytest.fixture
def display() -> Iterator[str]:
    read, write = os.pipe()
    server = subprocess.Popen(
        ["Xvfb", "-displayfd", str(write), "-noreset", "-screen", "0", "1366x768x24"],
        pass_fds=[write],
        stderr=subprocess.DEVNULL,
    )
    os.close(write)
    with os.fdopen(read) as said:
        number = said.readline().strip()
    yield f":{number}"
    server.terminate()
    server.wait()


def wait_for(said: IO[str], word: str) -> None:
    for line in said:
        if line.startswith(word):
            return
    pytest.fail(f"the window ended before it said {word!r}")


@pytest.mark.parametrize("focus", ["search", "table", "nothing", "desk"])
def test_thirty_scans_in_a_row_all_land(made_up: MadeUp, display: str, focus: str) -> None:
    MachineSettings().change(scanner_gap=100, sounds=False, theme="light")
    for name in ("Drama, Sam", "Drama, Alex", "Drama, Robin"):
        made_up.borrower(name)
    wanted = [made_up.instrument("Violin").code for _n in range(SCANS)]
    environment = {**os.environ, "DISPLAY": display, "QT_QPA_PLATFORM": "xcb", "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-m", "tests.helpers.window_process", str(made_up.path), focus, str(SCANS)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment, cwd=ROOT) as window:
        assert window.stdout is not None
        wait_for(window.stdout, "ready")
        keys = ["xdotool"]
        for code in wanted:
            typed = codes.normalise(code)
            keys += ["type", "--delay", "3", "--args", "1", typed, "key", "--delay", "3", "Return", "sleep", "0.15"]
        subprocess.run(keys, env=environment, check=True)
        said = window.stdout.read().splitlines()
    assert said[:-1] == [f"SHOWN {code}" for code in wanted]
    assert said[-1] == "left ''"
