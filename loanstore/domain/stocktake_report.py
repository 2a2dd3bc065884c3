"""What a stocktake has come to: its findings as lines, for screens, papers and spreadsheets alike."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from loanstore.domain.stocktakes import Stocktake


@dataclass(frozen=True, slots=True)
class SeenLine:
    """An instrument that was scanned: what it is, when (UTC) and by whom, as what it was found.

    ``place`` is where it stands now, ``before`` where it stood in the register until the scan corrected that.
    ``holder`` had it on loan; ``out`` tells that this loan still stands.
    """

    id: str
    code: str
    what: str
    made: str
    serial: str
    status: str
    place: str
    finding: str
    at: str
    by: str
    before: str = ""
    holder: str = ""
    out: bool = False


@dataclass(frozen=True, slots=True)
class UnseenLine:
    """An instrument that nobody has seen since the stocktake began; ``seen`` is when it last was, UTC, None for never.

    ``by`` saw it then; ``missed`` tells that it was set missing when the stocktake was closed.
    """

    id: str
    code: str
    what: str
    made: str
    serial: str
    status: str
    place: str
    seen: str | None
    by: str
    missed: bool = False


@dataclass(frozen=True, slots=True)
class UnknownLine:
    """A code that nothing carries: as it was read, when first (UTC), by whom, and how often."""

    text: str
    at: str
    by: str
    times: int = 1


@dataclass(frozen=True, slots=True)
class Report:
    """All that a stocktake has come to; ``place`` is its name, empty for a stocktake of everything.

    ``begun_by`` and ``closed_by`` are members of staff, empty where nobody said who works there.
    """

    stocktake: Stocktake
    place: str
    begun_by: str
    closed_by: str
    expected: tuple[SeenLine, ...]
    misplaced: tuple[SeenLine, ...]
    on_loan: tuple[SeenLine, ...]
    turned_up: tuple[SeenLine, ...]
    unknown: tuple[UnknownLine, ...]
    not_seen: tuple[UnseenLine, ...]

    @property
    def found(self) -> int:
        """Count the instruments that were scanned."""
        return len(self.expected) + len(self.misplaced) + len(self.on_loan) + len(self.turned_up)

    @property
    def awaited(self) -> int:
        """Count the instruments that should have been seen: those that were where they belong, and those not seen."""
        return len(self.expected) + len(self.not_seen)

    @property
    def still_out(self) -> tuple[SeenLine, ...]:
        """Give what is here though the loan still stands."""
        return tuple(line for line in self.on_loan if line.out)


@dataclass(frozen=True, slots=True)
class StocktakeLine:
    """A stocktake in a list: begun and closed are UTC instants, ``found`` what was scanned so far."""

    id: str
    begun: str
    closed: str | None
    place: str
    place_code: str
    found: int
