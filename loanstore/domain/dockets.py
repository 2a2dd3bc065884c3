"""What stands on a delivery docket and on the driver's load sheet."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from loanstore.domain.agreements import Party


@dataclass(frozen=True, slots=True)
class DocketItem:
    """One instrument on a docket; ``code`` is normalised, ``what`` its type and size, ``set_name`` may be empty."""

    code: str
    what: str
    make: str = ""
    serial: str = ""
    set_name: str = ""


@dataclass(frozen=True, slots=True)
class DocketPaper:
    """The docket of one stop. ``run`` is the run's code, normalised; ``number`` is the stop's place from 1.

    ``items`` are left at the stop, ``collected`` taken back from it. ``signer`` and ``signed`` are filled in where
    it was signed for already.
    """

    run: str
    owner: Party
    school: Party
    day: date
    number: int
    stops: int
    items: tuple[DocketItem, ...]
    collected: tuple[DocketItem, ...] = ()
    signer: str = ""
    signed: date | None = None


@dataclass(frozen=True, slots=True)
class LoadStop:
    """One stop on the load sheet: where it is, and what goes there."""

    number: int
    school: Party
    items: tuple[DocketItem, ...]
    signed: date | None = None


@dataclass(frozen=True, slots=True)
class LoadSheet:
    """The driver's sheet of one run, its stops in the order they are driven."""

    run: str
    owner: Party
    day: date
    stops: tuple[LoadStop, ...]


def counts(items: Iterable[DocketItem]) -> tuple[tuple[str, int], ...]:
    """Count a docket's instruments by type and size, in the order of their names."""
    return tuple(sorted(Counter(item.what for item in items).items(), key=lambda pair: pair[0].casefold()))
