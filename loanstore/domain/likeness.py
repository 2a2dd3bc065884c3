"""How like two words are: which words a misspelt one may stand for, and which lines come nearest to what was typed."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

SHORTEST: Final = 4
"""A shorter word is like too many others."""
TWO_SLIPS_FROM: Final = 7
"""So many letters long, a word may be misspelt twice."""
MOST_LIKE: Final = 8


def slips_allowed(word: str) -> int:
    """Give how many slips a typed word may have and still be recognised."""
    if len(word) < SHORTEST:
        return 0
    return 2 if len(word) >= TWO_SLIPS_FROM else 1


def slips(typed: str, word: str, most: int) -> int:
    """Count the letters left out, put in, mistaken or swapped with the next; ``most + 1`` where it is more."""
    if abs(len(typed) - len(word)) > most:
        return most + 1
    before: list[int] = []
    row = list(range(len(word) + 1))
    for i, letter in enumerate(typed, 1):
        last, before, row = before, row, [i]
        for j, other in enumerate(word, 1):
            best = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (letter != other))
            if i > 1 and j > 1 and letter == word[j - 2] and typed[i - 2] == other:
                best = min(best, last[j - 2] + 1)
            row.append(best)
        if min(row) > most:
            return most + 1
    return min(row[-1], most + 1)


def begins_like(typed: str, word: str) -> float | None:
    """Give how far a typed word is from a word or from its beginning; None where they are not alike.

    A half of a slip is counted where the word goes on after what was typed.
    """
    most = slips_allowed(typed)
    whole: float = slips(typed, word, most)
    if len(word) > len(typed):
        whole = min(whole, slips(typed, word[: len(typed)], most) + 0.5)
    return whole if most and whole <= most + 0.5 else None


def alike(typed: str, vocabulary: Iterable[str]) -> tuple[str, ...]:
    """Give the words that a misspelt one may stand for, the likest first; what it begins is no misspelling."""
    allowed = slips_allowed(typed)
    if not allowed:
        return ()
    pairs = _pairs(typed)
    shortest = len(typed) - allowed
    found = []
    for word in vocabulary:
        if len(word) < shortest or word.startswith(typed) or not (word[0] == typed[0] or len(pairs & _pairs(word)) > 1):
            continue
        distance = begins_like(typed, word)
        if distance is not None:
            found.append((distance, word))
    if not found:
        return ()
    nearest = min(found)[0]
    return tuple(word for distance, word in sorted(found) if distance <= nearest + 0.5)[:MOST_LIKE]


def distance(typed: Sequence[str], borne: Sequence[str]) -> float:
    """Give how far a line, by the words it bears, is from all that was typed: 0 where each word begins one."""
    return sum(min((_apart(word, other) for other in borne), default=_NOTHING) for word in typed)


_NOTHING: Final = 9.0
_INSIDE: Final = 0.25


def _apart(typed: str, word: str) -> float:
    if word.startswith(typed):
        return 0
    if typed in word:
        return _INSIDE
    near = begins_like(typed, word)
    return _NOTHING if near is None else near


def _pairs(word: str) -> frozenset[str]:
    return frozenset(map("".join, pairwise(word)))
