"""What every test gets: folders of its own for this machine's settings, and a made-up store if it asks."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.helpers.made_up import StoreMaker, make_store

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.helpers.made_up import MadeUp


@pytest.fixture(autouse=True)
def _own_folders(monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory) -> None:
    """Keep every test away from the settings, stores, backups and secrets of whoever runs it."""
    home = tmp_path_factory.mktemp("home")
    for name in ("CONFIG", "DATA", "STATE", "CACHE"):
        monkeypatch.setenv(f"XDG_{name}_HOME", str(home / name.lower()))
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", "keyring.backends.null.Keyring")
    for name in ("LOANSTORE_STORE", "LOANSTORE_PASSPHRASE", "LOANSTORE_PACK_PASSPHRASE"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture(scope="session")
def _template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("template") / "template.loanstore"
    make_store(path).close()
    return path


@pytest.fixture
def make_made_up(_template: Path) -> Iterator[StoreMaker]:
    maker = StoreMaker(_template)
    yield maker
    maker.close()


@pytest.fixture
def made_up(make_made_up: StoreMaker, tmp_path: Path) -> MadeUp:
    return make_made_up(tmp_path / "hub.loanstore")
