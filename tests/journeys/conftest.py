"""What journeys share: the command line on a made-up store, and a bench for the window whose papers are only noted."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.helpers.command_line import WORDS_OF_KEY, CommandLine
from tests.helpers.window_fixtures import bench, closed_bench

if TYPE_CHECKING:
    from tests.helpers.made_up import MadeUp

__all__ = ["bench", "closed_bench"]


@pytest.fixture
def loanstore(made_up: MadeUp, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> CommandLine:
    """The command line, on a made-up store that the environment names."""
    monkeypatch.setenv("LOANSTORE_STORE", str(made_up.path))
    monkeypatch.setenv("LOANSTORE_PASSPHRASE", WORDS_OF_KEY)
    return CommandLine(made_up.path, capsys, monkeypatch)
