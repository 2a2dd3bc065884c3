"""The recovery words: a store's raw key written so that a person can read it aloud, type it and keep it.

Each word carries 16 bits as five letters, consonant-vowel-consonant-vowel-consonant (the "proquint"
spelling, D. S. Wilkerson, 2009). A 256-bit key is sixteen words; the seventeenth is a check.
"""

from __future__ import annotations

import hashlib
from typing import Final

CONSONANTS: Final = "bdfghjklmnprstvz"
VOWELS: Final = "aiou"
KEY_BYTES: Final = 32
WORD_COUNT: Final = 17
_WORD_LETTERS: Final = 5


def to_words(key: bytes) -> tuple[str, ...]:
    """Write a 32-byte key as seventeen words."""
    if len(key) != KEY_BYTES:
        raise ValueError(len(key))
    checked = key + hashlib.sha256(key).digest()[:2]
    return tuple(_word(int.from_bytes(checked[i : i + 2])) for i in range(0, len(checked), 2))


def from_words(text: str) -> bytes | None:
    """Read a key back from its words, in any case and spacing; None where the text is no recovery sheet."""
    spoken = text.lower().replace("-", " ").split()
    if len(spoken) != WORD_COUNT:
        return None
    pairs = [_bits(word) for word in spoken]
    if any(pair is None for pair in pairs):
        return None
    checked = b"".join(pair.to_bytes(2) for pair in pairs if pair is not None)
    key, check = checked[:KEY_BYTES], checked[KEY_BYTES:]
    return key if hashlib.sha256(key).digest()[:2] == check else None


def _word(bits: int) -> str:
    return (
        CONSONANTS[bits >> 12 & 15]
        + VOWELS[bits >> 10 & 3]
        + CONSONANTS[bits >> 6 & 15]
        + VOWELS[bits >> 4 & 3]
        + CONSONANTS[bits & 15]
    )


def _bits(word: str) -> int | None:
    if len(word) != _WORD_LETTERS:
        return None
    value = 0
    for position, letter in enumerate(word):
        letters, width = (VOWELS, 2) if position % 2 else (CONSONANTS, 4)
        index = letters.find(letter)
        if index < 0:
            return None
        value = value << width | index
    return value
