"""The catalogue of instruments: families, types, what each is called, its sizes and its accessories.

Sizes are kept as people write them: ``1/2``, ``14"``, ``15.5"``, ``descant``, ``61 key``, ``curved head``.
"""

from __future__ import annotations

import json
import re
import unicodedata
from dataclasses import dataclass, field, replace
from fractions import Fraction
from typing import TYPE_CHECKING, Any, Final

from loanstore.domain.errors import Ours

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

_INCH: Final = re.compile(r"(?<=\d)\s*(?:''|inch(?:es)?\b|ins?\b\.?|[\u201c\u201d\u2033\"])")
_KEYS: Final = re.compile(r"(?<=\d)[\s-]*(?:keys?|notes?)\b")
_HALF_INCH: Final = re.compile(r"(?<=\d) 1/2(?=\"|$)")
_SIZE_WORD: Final = re.compile(r"[\s-]*\bsized?\b\s*")
_DECIMAL: Final = re.compile(r"0?\.\d+")
_VULGAR: Final = {"½": " 1/2", "¼": " 1/4", "¾": " 3/4", "⅛": " 1/8", "⅞": " 7/8", "⁄": "/"}
_MOST_SIZE_WORDS: Final = 3
BANDS: Final = ("A", "B", "C")
"""The bands by which hire is charged, the least first."""
MONTHS: Final = ("service_months", "pat_months", "hygiene_months")
OWN_FIELDS: Final = ("family", "aliases", "sizes", "accessories", *MONTHS, "band")
"""What a store may say of a type its own way."""


@dataclass(frozen=True, slots=True)
class Accessory:
    """Something that goes out with an instrument; without an ``essential`` one it can't be lent."""

    name: str
    essential: bool


@dataclass(frozen=True, slots=True)
class InstrumentType:
    """A type such as Violin. ``sizes`` is None where any size may be written.

    The months are those from one service, PAT test or hygiene to the next, None where the type needs none;
    ``band`` is what hire is charged by.
    """

    name: str
    family: str
    aliases: tuple[str, ...] = ()
    sizes: tuple[str, ...] | None = None
    accessories: tuple[Accessory, ...] = ()
    size_words: Mapping[str, str] = field(default_factory=dict, hash=False)
    service_months: int | None = None
    pat_months: int | None = None
    hygiene_months: int | None = None
    band: str = BANDS[0]

    def read_size(self, text: str) -> str | None:
        """Give the one writing of a size this type comes in; None where it comes in no such size.

        A type without a list of sizes takes any text as it is written.
        """
        if self.sizes is None:
            return " ".join(text.split()) or None
        key = fold_size(text)
        for candidate in (key, f'{key}"', f"{key} key", _as_fraction(key)):
            if candidate in self.sizes:
                return candidate
        return self.size_words.get(key)


@dataclass(frozen=True, slots=True)
class Catalogue:
    """All types, found by any word people use for them."""

    types: tuple[InstrumentType, ...]
    by_word: Mapping[str, InstrumentType]

    @classmethod
    def load(cls, text: str) -> Catalogue:
        """Read the shipped catalogue (JSON). Raises Ours CATALOGUE_UNREADABLE with the ``reason``."""
        try:
            types = tuple(_types(json.loads(text)))
        except (ValueError, LookupError, TypeError, AttributeError) as error:
            raise Ours("CATALOGUE_UNREADABLE", reason=repr(error)) from error
        return cls(types, _words(types))

    def with_own(self, text: str) -> Catalogue:
        """Give this catalogue with what a store says its own way (JSON: fields by type), new types at the end.

        Raises Ours CATALOGUE_UNREADABLE with the ``reason``.
        """
        try:
            said = json.loads(text or "{}")
            types = {kind.name: kind for kind in self.types}
            for name, fields in said.items():
                types[name] = _own(types.get(name), name, fields)
        except (ValueError, LookupError, TypeError, AttributeError) as error:
            raise Ours("CATALOGUE_UNREADABLE", reason=repr(error)) from error
        return Catalogue(tuple(types.values()), _words(types.values()))

    def find_type(self, word: str) -> InstrumentType | None:
        """Find a type by its name or alias, whatever the case, blanks and punctuation; None if unknown."""
        return self.by_word.get(fold_word(word))

    def find_sized(self, words: str) -> tuple[InstrumentType, str | None] | None:
        """Find a type in a text that may name the size too: ``1/2 Violin``, ``Descant recorder``.

        Gives the type and the size it names, or None for the size where only a type is named.
        """
        whole = self.find_type(words)
        if whole is not None:
            return whole, None
        for size_text, type_text in _splits(words.split()):
            kind = self.find_type(type_text)
            if kind is not None and kind.sizes is not None:
                size = kind.read_size(size_text)
                if size is not None:
                    return kind, size
        return None

    def is_family(self, words: str) -> bool:
        """Tell a heading such as ``Strings`` from a type."""
        return fold_word(words) in {fold_word(kind.family) for kind in self.types}


def _words(types: Iterable[InstrumentType]) -> dict[str, InstrumentType]:
    """Give every word for a type; of one word for two, the later type's."""
    return {fold_word(word): kind for kind in types for word in (kind.name, *kind.aliases)}


def _own(shipped: InstrumentType | None, name: str, said: Mapping[str, Any]) -> InstrumentType:
    fields = {key: said[key] for key in OWN_FIELDS if key in said}
    for key in ("aliases", "sizes"):
        if isinstance(fields.get(key), list):
            fields[key] = tuple(fields[key])
    if "accessories" in fields:
        fields["accessories"] = tuple(Accessory(one["name"], one["essential"]) for one in fields["accessories"])
    kind = replace(shipped or InstrumentType(name, fields["family"]), **fields)
    return replace(
        kind, size_words={word: size for word, size in kind.size_words.items() if size in (kind.sizes or ())}
    )


def fold_word(text: str) -> str:
    """Give the form in which names of types compare: letters and digits, accents and case put aside."""
    plain = unicodedata.normalize("NFKD", text.replace("♭", "b").replace("&", " and ")).casefold()
    return " ".join(re.findall(r"[^\W_]+", "".join(c for c in plain if not unicodedata.combining(c))))


def fold_size(text: str) -> str:
    """Give the form in which sizes compare: ``14 inches``, ``14''`` and ``14"`` are one."""
    key = text.casefold()
    for sign, plain in _VULGAR.items():
        key = key.replace(sign, plain)
    key = _KEYS.sub(" key", _INCH.sub('"', key))
    key = _SIZE_WORD.sub(" ", key)
    key = re.sub(r"\s*/\s*", "/", " ".join(key.replace("-", " ").split()))
    return _HALF_INCH.sub(".5", key)


def _as_fraction(key: str) -> str:
    return str(Fraction(key)) if _DECIMAL.fullmatch(key) else key


def _splits(tokens: list[str]) -> Iterator[tuple[str, str]]:
    """Part the size from the type, at the front or at the back; an ``(in)`` bracket or dash may stand between."""
    for count in range(1, min(_MOST_SIZE_WORDS, len(tokens) - 1) + 1):
        yield " ".join(tokens[:count]).strip("()-,"), " ".join(tokens[count:])
        yield " ".join(tokens[-count:]).strip("()-,"), " ".join(tokens[:-count])


def _types(data: Any) -> Iterator[InstrumentType]:  # noqa: ANN401  what JSON holds is known only once it was read
    accessories = {
        name: tuple(Accessory(one["name"], one["essential"]) for one in some)
        for name, some in data["accessories"].items()
    }
    for family in data["families"]:
        for kind in family["types"]:
            sizes = tuple(data["sizes"][kind["sizes"]]) if "sizes" in kind else None
            yield InstrumentType(
                name=kind["name"],
                family=family["name"],
                aliases=tuple(kind.get("aliases", ())),
                sizes=sizes,
                accessories=accessories[kind["accessories"]] if "accessories" in kind else (),
                size_words=_words_for(sizes, data["size_words"]),
                **{key: kind.get(key, family.get(key)) for key in (*MONTHS, "band") if key in kind or key in family},
            )


def _words_for(sizes: tuple[str, ...] | None, words: Mapping[str, list[str]]) -> dict[str, str]:
    """Keep the words for sizes this type has; a size's own name is never taken for another's."""
    return {fold_size(word): size for size in sizes or () for word in words.get(size, ()) if word not in (sizes or ())}
