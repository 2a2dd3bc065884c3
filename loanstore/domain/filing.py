"""Filing scanned papers: which pages of a batch make up which agreement, and which a person must look at."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


class Left(StrEnum):
    """Why a page was not filed by itself."""

    NO_CODE = "no barcode could be read"
    NOT_OURS = "its barcode is no agreement of this store"
    TWO_CODES = "it bears the barcodes of two agreements"
    SHORT = "not all pages of its agreement were found"
    SIGNED = "its agreement is signed already"
    TWICE = "there are more pages than its agreement has"
    WITHDRAWN = "it was filed wrongly and set aside"


@dataclass(frozen=True, slots=True)
class ScannedPage:
    """One page of a batch: its number from 1, the barcodes read on it, and by how much it lay turned (degrees)."""

    number: int
    codes: tuple[str, ...]
    turned: int = 0
    thumbnail: bytes = b""


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of an agreement that a barcode may name: its id, how many pages it has, whether it is signed."""

    agreement: str
    code: str
    pages: int
    signed: bool = False


@dataclass(frozen=True, slots=True)
class Bundle:
    """The pages that make up one agreement, in the order they lay."""

    agreement: str
    code: str
    pages: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class LeftPage:
    """A page for a person to look at: why, and the codes read on it."""

    number: int
    why: Left
    codes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class FilingPlan:
    """What would be filed, and what would be left."""

    bundles: tuple[Bundle, ...]
    left: tuple[LeftPage, ...]


def plan_filing(pages: Sequence[ScannedPage], known: Mapping[str, Known]) -> FilingPlan:
    """Sort the pages of a batch by the codes on them; ``known`` maps normalised codes to agreements.

    Pages of one agreement need not lie together. A page on which nothing is read follows the one before it where
    that agreement still lacks a page; every page of ours bears its code, so otherwise it is nobody's.
    """
    gathered: dict[str, list[int]] = {}
    left: list[LeftPage] = []
    before: Known | None = None
    counted = _counted(pages, known)
    for page in pages:
        named = {known[code].agreement: known[code] for code in page.codes if code in known}
        if len(named) > 1:
            left.append(LeftPage(page.number, Left.TWO_CODES, page.codes))
            before = None
        elif named:
            (before,) = named.values()
            gathered.setdefault(before.agreement, []).append(page.number)
        elif page.codes:
            left.append(LeftPage(page.number, Left.NOT_OURS, page.codes))
            before = None
        elif before is not None and counted[before.agreement] < before.pages:
            counted[before.agreement] += 1
            gathered[before.agreement].append(page.number)
        else:
            left.append(LeftPage(page.number, Left.NO_CODE))
            before = None
    return _judged(gathered, left, {one.agreement: one for one in known.values()})


def _counted(pages: Sequence[ScannedPage], known: Mapping[str, Known]) -> dict[str, int]:
    """Count the pages that name each agreement: what follows by its place must not push out what names itself."""
    counted: dict[str, int] = {}
    for page in pages:
        for identity in {known[code].agreement for code in page.codes if code in known}:
            counted[identity] = counted.get(identity, 0) + 1
    return counted


def _judged(gathered: Mapping[str, list[int]], left: list[LeftPage], known: Mapping[str, Known]) -> FilingPlan:
    bundles = []
    for identity, numbers in gathered.items():
        one = known[identity]
        why = _why_left(one, len(numbers))
        if why is None:
            bundles.append(Bundle(identity, one.code, tuple(numbers)))
        else:
            left += [LeftPage(number, why, (one.code,)) for number in numbers]
    return FilingPlan(tuple(bundles), tuple(sorted(left, key=lambda page: page.number)))


def _why_left(known: Known, found: int) -> Left | None:
    if known.signed:
        return Left.SIGNED
    if found < known.pages:
        return Left.SHORT
    return Left.TWICE if found > known.pages else None
