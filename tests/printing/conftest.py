"""What the tests of real printing share: one private print system, and a store that prints there."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.helpers import cups

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.helpers.cups import PrintSystem


@pytest.fixture(scope="session")
def _running() -> Iterator[PrintSystem]:
    lacking = cups.missing()
    if lacking:
        pytest.skip(f"missing on this system: {lacking}")
    made = cups.start()
    yield made
    made.stop()


@pytest.fixture
def system(_running: PrintSystem, monkeypatch: pytest.MonkeyPatch) -> PrintSystem:
    """A print system that everything in this test prints with."""
    monkeypatch.setenv("CUPS_SERVER", _running.address)
    return _running
