"""What needs a person: each matter by its name, how many there are of it, and the screen where it is seen to."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from datetime import date


class MatterKind(StrEnum):
    """Whatever may need a person, the most pressing first. Kinds may be added; none is renamed."""

    REASONS = "reasons"
    OVERDUE = "overdue"
    DUE_TODAY = "due_today"
    RUNS = "runs"
    CRATES = "crates"
    TO_MEET = "to_meet"
    LAPSED = "lapsed"
    UNSIGNED = "unsigned"
    ATTENTION = "attention"
    DECISIONS = "decisions"
    SERVICES = "services"
    STOCKTAKES = "stocktakes"
    BACKUP = "backup"


@dataclass(frozen=True, slots=True)
class Lead:
    """Where a matter is seen to: the screen's name, and what its list is narrowed down to, if anything."""

    screen: str
    narrowed: str = ""


@dataclass(frozen=True, slots=True)
class Found:
    """How many there are of a matter, and since when the oldest waits where that is known."""

    count: int
    since: date | None = None


@dataclass(frozen=True, slots=True)
class Matter:
    """One matter that needs somebody; ``count`` is never 0."""

    kind: MatterKind
    count: int
    leads: Lead
    since: date | None = None


LEADS: Final = {
    MatterKind.REASONS: Lead("today"),
    MatterKind.OVERDUE: Lead("loans", "late"),
    MatterKind.DUE_TODAY: Lead("loans", "today"),
    MatterKind.RUNS: Lead("deliveries"),
    MatterKind.CRATES: Lead("deliveries"),
    MatterKind.TO_MEET: Lead("requests"),
    MatterKind.LAPSED: Lead("requests"),
    MatterKind.UNSIGNED: Lead("loans", "unsigned"),
    MatterKind.ATTENTION: Lead("workshop"),
    MatterKind.DECISIONS: Lead("workshop"),
    MatterKind.SERVICES: Lead("workshop"),
    MatterKind.STOCKTAKES: Lead("stocktake"),
    MatterKind.BACKUP: Lead("settings"),
}
"""Where each kind leads."""

BACKUP_DAYS: Final = 7
"""So many days without a backup are long: one is made whenever a window closes."""


def in_order(found: dict[MatterKind, Found]) -> tuple[Matter, ...]:
    """Give what there is something of, the most pressing first."""
    return tuple(
        Matter(kind, found[kind].count, LEADS[kind], found[kind].since)
        for kind in MatterKind
        if kind in found and found[kind].count
    )
