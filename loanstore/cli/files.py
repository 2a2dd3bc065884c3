"""Writing what a command made into the file that was named: whole or not at all."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from loanstore.domain.errors import FileUnusable

if TYPE_CHECKING:
    from pathlib import Path


def require_writable(file: Path) -> None:
    """Make sure that a file can be written before a command changes anything; raises FileUnusable if not."""
    if file.is_dir():
        raise FileUnusable("FILE_NOT_WRITTEN", file=str(file), reason="a folder")
    _draft(file, b"").unlink()


def write(file: Path, content: bytes) -> None:
    """Write a finished paper; raises FileUnusable where it can't be written, and then an older one stays."""
    draft = _draft(file, content)
    try:
        draft.replace(file)
    except OSError as error:
        raise _refused(file, draft, error) from None


def _draft(file: Path, content: bytes) -> Path:
    draft = file.with_name(file.name + ".new")
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        draft.write_bytes(content)
    except OSError as error:
        raise _refused(file, draft, error) from None
    return draft


def _refused(file: Path, draft: Path, error: OSError) -> FileUnusable:
    # What can't be written can't always be taken away either.
    with suppress(OSError):
        draft.unlink(missing_ok=True)
    return FileUnusable("FILE_NOT_WRITTEN", file=str(file), reason=error.strerror or str(error))
