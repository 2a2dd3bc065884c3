"""Files that are written whole or not at all: beside their place first, and moved there when finished."""

from __future__ import annotations

from contextlib import contextmanager
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
        draft.replace(target)
    except OSError as error:
        raise StoreUnusable(code, path=str(target), said=error.strerror or str(error)) from None
    finally:
        _clear(draft)


def _clear(draft: Path) -> None:
    """Take away a draft and what the database keeps beside it."""
    if draft.parent.is_dir():
        for leftover in [file for file in draft.parent.iterdir() if file.name.startswith(draft.name)]:
            leftover.unlink()
