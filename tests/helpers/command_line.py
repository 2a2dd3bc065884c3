"""The command line as tests call it: in this process, with what it said and its exit status, or in one of its own."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from loanstore.cli.main import run
from loanstore.domain import recovery
from tests.helpers.made_up import KEY
from tests.helpers.sources import ROOT

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

WORDS_OF_KEY: Final = " ".join(recovery.to_words(KEY))
"""The recovery words of the made-up store: they open it without the cost of a passphrase."""


@dataclass(frozen=True, slots=True)
class Said:
    """What one call said and how it ended."""

    status: int
    out: str
    err: str

    @property
    def lines(self) -> list[dict[str, Any]]:
        """Give standard output as objects, one a line; anything that is no JSON fails the test."""
        found = [json.loads(line) for line in self.out.splitlines()]
        assert all("ok" in one for one in found)
        return found

    @property
    def answer(self) -> dict[str, Any]:
        """Give the one object on standard output."""
        (one,) = self.lines
        return one

    @property
    def error(self) -> str:
        """Give the code of an error that was told as it should be: an object, a line, and no traceback."""
        last = self.lines[-1]
        assert last["ok"] is False
        assert set(last) == {"ok", "error", "title", "message", "next"}
        assert all(last[name].strip() for name in ("error", "title", "message", "next"))
        self.require_one_line()
        return str(last["error"])

    def require_one_line(self) -> None:
        """Make sure that standard error holds one line and no traceback."""
        assert len(self.err.splitlines()) == 1, self.err
        assert "Traceback" not in self.err


@dataclass(slots=True)
class CommandLine:
    """Calls commands on one store within this process."""

    store: Path
    capture: pytest.CaptureFixture[str]
    patch: pytest.MonkeyPatch

    def __call__(self, *words: str, typed: bytes = b"") -> Said:
        """Run one command with its words as a shell would hand them over."""
        self.patch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(typed), "utf-8"))
        self.capture.readouterr()
        try:
            status = run(words)
        except SystemExit as ended:
            status = int(ended.code or 0)
        said = self.capture.readouterr()
        return Said(status, said.out, said.err)

    def json(self, *words: str, typed: bytes = b"") -> dict[str, Any]:
        """Run one command that must succeed and give its one object."""
        said = self("--json", *words, typed=typed)
        assert said.status == 0, said
        assert said.answer["ok"] is True
        assert said.err == ""
        return said.answer

    def refusal(self, *words: str, typed: bytes = b"") -> tuple[int, str]:
        """Run one command that must fail and give its exit status and the error's code."""
        said = self("--json", *words, typed=typed)
        return said.status, said.error

    def scans(self, *codes: str) -> list[dict[str, Any]]:
        """Scan one after another in one session and give the answers."""
        said = self("--json", "scan", typed="\n".join(codes).encode())
        assert said.status == 0
        assert said.err == ""
        return said.lines


def environment(home: Path, **more: str) -> dict[str, str]:
    """Give the environment of a process that must not touch the settings of whoever runs the tests."""
    folders = {f"XDG_{name}_HOME": str(home / name.lower()) for name in ("CONFIG", "DATA", "STATE", "CACHE")}
    kept = {
        name: os.environ[name] for name in ("PATH", "SYSTEMROOT", "TMPDIR", "LD_LIBRARY_PATH") if name in os.environ
    }
    ring = {"PYTHON_KEYRING_BACKEND": "keyring.backends.null.Keyring"}
    return {**kept, **folders, **ring, "PYTHONPATH": str(ROOT), "HOME": str(home), **more}


def command(*words: str) -> list[str]:
    """Give the command of a process of its own, in which a stray warning is an error."""
    return [sys.executable, "-W", "error", "-m", "loanstore", *words]


def in_a_process(
    *words: str, home: Path, typed: bytes = b"", encoding: str = "utf-8", **variables: str
) -> subprocess.CompletedProcess[bytes]:
    """Run one command in a process of its own."""
    return subprocess.run(
        command(*words),
        input=typed,
        capture_output=True,
        env=environment(home, PYTHONIOENCODING=encoding, **variables),
        cwd=home,
        check=False,
        timeout=120,
    )
