"""Reading an order as people type it: ``12 violin 1/2, 4 x cello`` is two lines."""

from __future__ import annotations

import re
from typing import Final

_BETWEEN: Final = re.compile(r"[,;\n]")
_NUMBERED: Final = re.compile(r"(\d{1,9})(?:\s*[x×]\s*|\s+)(?=\S)")
"""A number with a blank or a cross behind it; the 1 of 1/2 and the 14 of 14" belong to a size."""


def read_order(text: str) -> tuple[tuple[int, str], ...]:
    """Read so many of what, line by line; what has no number before it is wanted once."""
    return tuple(_read(piece) for piece in (" ".join(part.split()) for part in _BETWEEN.split(text)) if piece)


def last_piece(text: str) -> tuple[str, str]:
    """Part what is being typed from what stands before it, its number included: ``12 vio`` is ``12 `` and ``vio``."""
    begins = max(text.rfind(mark) for mark in ",;\n") + 1
    begins += len(text[begins:]) - len(text[begins:].lstrip())
    found = _NUMBERED.match(text, begins)
    begins = found.end() if found is not None else begins
    return text[:begins], text[begins:]


def _read(piece: str) -> tuple[int, str]:
    found = _NUMBERED.match(piece)
    return (int(found[1]), piece[found.end() :]) if found is not None else (1, piece)
