"""The fixtures of every test that sits down at the window; no screen is needed and none is taken."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from tests.helpers.bench import Bench
    from tests.helpers.made_up import MadeUp

# Said before Qt is first imported.
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.setdefault("LANG", "C.UTF-8")


@pytest.fixture
def closed_bench(qtbot: QtBot, made_up: MadeUp, tmp_path: Path) -> Iterator[Bench]:
    """Give a window that has not opened any store yet."""
    from tests.helpers.bench import Bench

    made = Bench(qtbot, made_up, tmp_path / "papers")
    made.show()
    yield made
    made.close()


@pytest.fixture
def bench(closed_bench: Bench) -> Bench:
    """Give a window with a made-up store open behind it."""
    closed_bench.sit_down()
    closed_bench.settle()
    return closed_bench
