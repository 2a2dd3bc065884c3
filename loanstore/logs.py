"""Logs: what went wrong, for whoever mends it; no name, no code and no passphrase is ever in them."""

from __future__ import annotations

import logging
from logging.handlers import RotatingFileHandler
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from pathlib import Path

LARGEST: Final = 1_000_000
KEPT: Final = 3


def begin_logging(folder: Path | None, *, debug: bool = False) -> None:
    """Send warnings and worse to a file in ``folder`` (bytes rotate at a million), everything with ``debug``."""
    logger = logging.getLogger("loanstore")
    logger.setLevel(logging.DEBUG if debug else logging.WARNING)
    logger.propagate = False
    if folder is None:
        return
    try:
        folder.mkdir(parents=True, exist_ok=True)
        handler = RotatingFileHandler(
            folder / "loanstore.log", maxBytes=LARGEST, backupCount=KEPT, encoding="utf-8", delay=True
        )
    except OSError:
        return
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s %(message)s"))
    logger.addHandler(handler)
