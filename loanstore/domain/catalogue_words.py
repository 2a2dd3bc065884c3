"""Reading what a person says of a type: its sizes, its accessories, and other words for it, one a line."""

from __future__ import annotations

import re
from fractions import Fraction
from typing import TYPE_CHECKING, Final

from loanstore.domain.catalogue import fold_size, fold_word
from loanstore.domain.errors import Refused
from loanstore.domain.values import became_date

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from loanstore.domain.catalogue import Accessory, Catalogue, InstrumentType

ESSENTIAL: Final = "*"
"""Behind an accessory's name it says that the instrument can't go out without it."""
MOST_ACCESSORIES: Final = 9
"""As many as command barcodes and keys can count."""
_LONGEST: Final = 40
_FRACTION: Final = re.compile(r"(\d+)/(\d+)")
_DENOMINATORS: Final = frozenset({1, 2, 4, 8, 10, 16, 32})
"""The parts that instruments come in; nobody makes sevenths."""


def read_lines(text: str) -> list[str]:
    """Part what stands one a line, or between semicolons."""
    lines = (" ".join(line.split()) for line in re.split(r"[;\n]", text))
    return [line for line in lines if line]


def read_sizes(texts: Iterable[str], words: Mapping[str, str]) -> list[str]:
    """Give sizes in the one writing that records use, each once, in the order they were given.

    ``words`` are those that stand for a size, as ``half`` does. Raises Refused TYPE_SIZE for what can be no size:
    a fraction that nobody makes, or what a spreadsheet made a date.
    """
    sizes = []
    for text in texts:
        folded = fold_size(text)
        size = words.get(folded, folded)
        if not _is_size(text, size):
            raise Refused("TYPE_SIZE", field="sizes", value=text)
        sizes.append(size)
    return list(dict.fromkeys(sizes))


def _is_size(text: str, size: str) -> bool:
    if not size or len(size) > _LONGEST or became_date(text) or not any(c.isalnum() for c in size):
        return False
    found = _FRACTION.search(size)
    if found is None or size.count("/") > 1:
        return "/" not in size
    over, under = int(found[1]), int(found[2])
    return under in _DENOMINATORS and 0 < Fraction(over, under) <= 1


def read_accessories(text: str) -> list[dict[str, object]]:
    """Read accessories by name; one with a star behind it is essential."""
    return [
        {"name": line.removesuffix(ESSENTIAL).strip(), "essential": line.endswith(ESSENTIAL)}
        for line in read_lines(text)
    ]


def show_accessories(accessories: Iterable[Accessory]) -> str:
    """Write accessories as ``read_accessories`` reads them."""
    return "\n".join(f"{one.name}{ESSENTIAL if one.essential else ''}" for one in accessories)


def require_own_words(catalogue: Catalogue, name: str, words: Iterable[str]) -> None:
    """Raise Refused WORD_TAKEN where a word names another type already, TYPE_VALUE where it is none."""
    for word in words:
        if not fold_word(word) or len(word) > _LONGEST:
            raise Refused("TYPE_VALUE", field="aliases", value=word, type=name)
        other = catalogue.find_type(word)
        if other is not None and other.name != name:
            raise Refused("WORD_TAKEN", field="aliases", value=word, type=other.name)


def without(kind: InstrumentType, sizes: Iterable[str] | None, used: Iterable[str]) -> frozenset[str]:
    """Give which sizes that are in use a type would no longer come in; None lets any size be written."""
    if sizes is None:
        return frozenset()
    there = None if kind.sizes is None else frozenset(kind.sizes)
    return frozenset(size for size in used if size not in set(sizes) and (there is None or size in there))
