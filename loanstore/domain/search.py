"""Folding text for find-as-you-type: what is typed without accents finds what is written with them."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

_NO_DECOMPOSITION: Final = str.maketrans(
    {"ł": "l", "ø": "o", "đ": "d", "ð": "d", "ß": "ss", "æ": "ae", "œ": "oe", "þ": "th", "ı": "i", "’": "'"}
)
"""Letters that Unicode does not take apart; SQLite's own accent folding leaves them too."""

_FRACTION: Final = re.compile(r"(\d+)/(\d+)")


def fold(text: str) -> str:
    """Fold case, accents and width: ``Łukasz`` becomes ``lukasz``, ``Ŵyn`` becomes ``wyn``."""
    if text.isascii():
        return text.lower()
    # Letters for mathematics only show their case once they are taken apart.
    plain = unicodedata.normalize("NFKD", text).casefold().translate(_NO_DECOMPOSITION)
    taken_apart = unicodedata.normalize("NFKD", plain)
    return "".join(c for c in taken_apart if not unicodedata.combining(c)).translate(_NO_DECOMPOSITION)


def words(text: str) -> list[str]:
    """Split folded text into the words that are searched: runs of letters and digits.

    A fraction stays one word, for ``1/2`` is a size and neither a one nor a two.
    """
    whole = _FRACTION.sub(r"\1of\2", fold(text))
    return "".join(c if c.isalnum() else " " for c in whole).split()
