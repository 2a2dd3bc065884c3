"""Files that are written whole or not at all: beside their place first, and moved there when finished."""

from __future__ import annotations

from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

from loanstore.domain.errors import StoreUnusable

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@contextmanager
def written_whole(target: Path, code: str) -> Iterator[Path]:
    """Lend a draft beside ``target`` that takes its place when the block ends, and is gone when it raises.

    Raises StoreUnusable with ``code`` where the folder can't be written.
    """
    draft = target.with_name(target.name + ".new")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        _clear(draft)
        yield draft
        _set_aside_logs(target)
        draft.replace(target)
    except OSError as error:
        raise StoreUnusable(code, path=str(target), said=error.strerror or str(error)) from None
    finally:
        # A folder that can't be read was told of already.
        with suppress(OSError):
            _clear(draft)


def _set_aside_logs(target: Path) -> None:
    """Move aside what a file that is gone left beside its place: SQLite would play its log into the new one."""
    for ending in ("-wal", "-shm", "-journal"):
        left = target.with_name(target.name + ending)
        if left.exists():
            left.replace(left.with_name(left.name + ".old"))


def _clear(draft: Path) -> None:
    """Take away a draft and what the database keeps beside it."""
    if draft.parent.is_dir():
        for leftover in [file for file in draft.parent.iterdir() if file.name.startswith(draft.name)]:
            leftover.unlink()
