"""Sizes in their order: whether one instrument is the next size up from another of its type."""

from __future__ import annotations

import re
from enum import StrEnum
from fractions import Fraction
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from loanstore.domain.catalogue import InstrumentType

_MEASURE: Final = re.compile(r"\d+/\d+|\d+(?:\.\d+)?")
_IN_BETWEEN: Final = frozenset({"7/8", "1/10"})
"""Sizes that many children pass over on their way up, as they do half inches."""


class Step(StrEnum):
    """How one size follows on another; everything but UP is worth a word to whoever hands it over."""

    UP = "up"
    UNKNOWN = "unknown"
    SAME = "same"
    SMALLER = "smaller"
    FAR = "far"


def step(kind: InstrumentType | None, old: str, new: str) -> Step:
    """Tell how a size follows on another of the same type; UNKNOWN where the type's sizes are no measure."""
    if old and old == new:
        return Step.SAME
    sizes = kind.sizes if kind is not None and kind.sizes is not None else ()
    measures = {size: found for size in sizes if (found := _measure(size)) is not None}
    if len(measures) < len(sizes) or old not in measures or new not in measures:
        return Step.UNKNOWN
    if measures[new] < measures[old]:
        return Step.SMALLER
    passed = [size for size, measure in measures.items() if measures[old] < measure < measures[new]]
    return Step.UP if all(_is_in_between(size) for size in passed) else Step.FAR


def _measure(size: str) -> Fraction | None:
    found = _MEASURE.match(size)
    return Fraction(found[0]) if found is not None else None


def _is_in_between(size: str) -> bool:
    return size in _IN_BETWEEN or ".5" in size
