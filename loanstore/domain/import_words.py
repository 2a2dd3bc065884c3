"""What a word in a Location or Issued-to column means: a place, a repairer, a school, a person, or unknown."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from loanstore.domain.errors import WrongUsage

if TYPE_CHECKING:
    from collections.abc import Iterable

REPAIRER_PREFIXES: Final = ("repairer", "repair:", "repairs:", "at repair", "workshop:")


class Meaning(StrEnum):
    """What such a word can stand for."""

    PLACE = "place"
    REPAIRER = "repairer"
    SCHOOL = "school"
    PERSON = "person"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Word:
    """One different word, in how many rows it stands, what it means, and the code of whom it names, if anyone."""

    word: str
    rows: int
    meaning: Meaning
    to: str | None = None


def guess(word: str, *, is_location: bool) -> Meaning:
    """Guess what a word means that names no borrower: a repairer by its first letters, else a place if it may be."""
    if word.casefold().startswith(REPAIRER_PREFIXES):
        return Meaning.REPAIRER
    return Meaning.PLACE if is_location else Meaning.UNKNOWN


def bare_name(word: str) -> str:
    """Give a repairer's or place's own name: ``Repairer: Café Brass`` is Café Brass."""
    head, colon, tail = word.partition(":")
    return tail.strip() if colon and tail.strip() and head.casefold().startswith(("repair", "workshop")) else word


def read_words(pairs: Iterable[str]) -> dict[str, Meaning]:
    """Read ``Their word=place`` texts; raises WrongUsage where the meaning is none of the five."""
    words: dict[str, Meaning] = {}
    for pair in pairs:
        word, _, meaning = pair.rpartition("=")
        try:
            words[word.strip()] = Meaning(meaning.strip())
        except ValueError:
            raise WrongUsage("BAD_MEANING", text=pair, known=tuple(Meaning)) from None
    return words
