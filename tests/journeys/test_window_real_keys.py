"""Real keys under a real X server: scans at a scanner's speed wherever the focus is, and a July without a mouse."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, TYPE_CHECKING

import pytest
from pypdf import PdfReader

from loanstore.domain import codes
from loanstore.settings import MachineSettings
from tests.helpers.class_sets import classroom
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


@contextmanager
def window_of(made_up: MadeUp, display: str, focus: str, answers: int, papers: int = 0) -> Iterator[Window]:
    """Give a window that is ready for keys; it ends when it has given so many answers and papers."""
    # A scanner never pauses within a code, but whatever types here in its stead may have to wait for the machine.
    MachineSettings().change(scanner_gap=400, sounds=False, theme="light")
    environment = {**os.environ, "DISPLAY": display, "QT_QPA_PLATFORM": "xcb", "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-m", "tests.helpers.window_process", str(made_up.path), focus]
    command += [str(answers), str(papers)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment, cwd=ROOT) as process:
        assert process.stdout is not None
        wait_for(process.stdout, "ready")
        yield Window(process.stdout, environment)


@dataclass(slots=True)
class Window:
    """The keyboard of a window in another process, and what that says."""

    said: IO[str]
    environment: dict[str, str]

    def press(self, *words: str) -> None:
        """Have keys pressed, in xdotool's words."""
        subprocess.run(["xdotool", *words], env=self.environment, check=True)

    def rest(self) -> list[str]:
        """Give all that it says until it ends."""
        return self.said.read().splitlines()


def scanned(*texts: str) -> list[str]:
    """Give the words by which xdotool types as a scanner does."""
    words: list[str] = []
    for text in texts:
        typed = codes.normalise(text)
        words += ["type", "--delay", "3", "--args", "1", typed, "key", "--delay", "3", "Return", "sleep", "0.15"]
    return words


@pytest.mark.parametrize("focus", ["search", "table", "nothing", "desk"])
def test_thirty_scans_in_a_row_all_land(made_up: MadeUp, display: str, focus: str) -> None:
    for name in ("Drama, Sam", "Drama, Alex", "Drama, Robin"):
        made_up.borrower(name)
    wanted = [made_up.instrument("Violin").code for _n in range(SCANS)]
    with window_of(made_up, display, focus, SCANS) as window:
        window.press(*scanned(*wanted))
        said = window.rest()
    assert said[:-1] == [f"SHOWN {code}" for code in wanted]
    assert said[-1] == "left ''"


def test_july_a_crate_is_scanned_and_the_letter_is_on_paper_by_itself(made_up: MadeUp, display: str) -> None:
    """Return mode, the school, its crate, finish: the letter is given out, and no mouse was touched."""
    room = classroom(made_up)
    room.lend()
    came = [code for number, code in room.codes.items() if number not in {4, 11, 19}]
    returned = [f"RETURNED {code}" for code in came]
    chosen = f"BORROWER_CHOSEN {codes.normalise(room.school.code)}"
    answers = ["RETURN_MODE LSCMD-RETURN", chosen, *returned, "FINISHED LSCMD-FINISH"]
    with window_of(made_up, display, "desk", len(answers), papers=1) as window:
        window.press("key", "F3", "sleep", "0.5", *scanned(room.school.code, *came), "key", "F4")
        said = window.rest()
    assert said[:-2] == answers
    assert said[-1] == "left ''"
    paper = Path(said[-2].removeprefix("paper "))
    letter = " ".join(" ".join(page.extract_text() for page in PdfReader(paper).pages).split())
    assert "Oakfield Primary School" in letter
    assert "Year 4 violins: 27 of 30 back; missing: 4, 11, 19." in letter
    assert all(room.codes[number] in letter for number in (4, 11, 19))
