"""Logs: what went wrong, for whoever mends it; no name, no code and no passphrase is ever in them."""

from __future__ import annotations

import logging
import traceback
from logging.handlers import RotatingFileHandler
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from pathlib import Path

LARGEST: Final = 1_000_000
KEPT: Final = 3


class _QuietFile(RotatingFileHandler):
    """A log file that is done without where it can't be written: a full disk must not add a second complaint."""

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802 - logging's own name
        """Say nothing."""


def note_bug(error: BaseException) -> None:
    """Note where a bug struck: its kind and the lines of code, and not its message, which may hold a name."""
    lines = "".join(traceback.format_tb(error.__traceback__))
    logging.getLogger("loanstore").error("%s\n%s", type(error).__name__, lines)


def begin_logging(folder: Path | None, *, debug: bool = False) -> None:
    """Send warnings and worse to a file in ``folder`` (bytes rotate at a million), everything with ``debug``."""
    logger = logging.getLogger("loanstore")
    logger.setLevel(logging.DEBUG if debug else logging.WARNING)
    logger.propagate = False
    for old in list(logger.handlers):
        logger.removeHandler(old)
        old.close()
    # Without any handler Python writes warnings to standard error, where only one line belongs.
    logger.addHandler(logging.NullHandler())
    if folder is None:
        return
    try:
        folder.mkdir(parents=True, exist_ok=True)
        handler = _QuietFile(folder / "loanstore.log", maxBytes=LARGEST, backupCount=KEPT, encoding="utf-8", delay=True)
    except OSError:
        return
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s %(message)s"))
    logger.addHandler(handler)
