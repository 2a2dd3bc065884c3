"""Hindrances made on purpose: a folder that can't be written, a disk without room."""

from __future__ import annotations

import os
import subprocess
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator


@contextmanager
def unwritable(folder: Path) -> Iterator[None]:
    """Let nothing be written in a folder: by its rights, and for root, whom no rights stop, by a read-only mount."""
    folder.chmod(0o555)
    if not hasattr(os, "geteuid") or os.geteuid() != 0:
        yield
        return
    name = str(folder)
    mounts = (["mount", "--bind", name, name], ["mount", "-o", "remount,ro,bind", name])
    if any(subprocess.run(mount, capture_output=True, check=False).returncode != 0 for mount in mounts):
        pytest.skip("root can write everywhere, and no folder can be mounted read-only here")
    try:
        yield
    finally:
        subprocess.run(["umount", "--lazy", name], check=True)


@contextmanager
def open_folder() -> Iterator[Path]:
    """Lend a folder that every user can reach and write."""
    with tempfile.TemporaryDirectory(prefix="loanstore-test-") as name:
        folder = Path(name)
        folder.chmod(0o777)
        yield folder
        folder.chmod(0o777)


@contextmanager
def small_disk(kibibytes: int) -> Iterator[Path]:
    """Lend a disk of so many kibibytes; the test is skipped where none can be mounted."""
    if not hasattr(os, "geteuid") or os.geteuid() != 0:
        pytest.skip("only root can mount a small disk")
    with tempfile.TemporaryDirectory(prefix="loanstore-test-") as name:
        mount = ["mount", "-t", "tmpfs", "-o", f"size={kibibytes}k", "tmpfs", name]
        if subprocess.run(mount, capture_output=True, check=False).returncode != 0:
            pytest.skip("no small disk can be mounted here")
        try:
            yield Path(name)
        finally:
            subprocess.run(["umount", "--lazy", name], check=True)


def fill(folder: Path) -> Path:
    """Write a file that takes all the room there is left on a disk."""
    hog = folder / "hog"
    with hog.open("wb", buffering=0) as file:
        try:
            while file.write(bytes(4096)):
                pass
        except OSError:
            return hog
    return hog
