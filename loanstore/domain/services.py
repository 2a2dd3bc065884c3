"""What is due on an instrument, and when: service, PAT test and hygiene. What is overdue warns and never blocks."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

    from loanstore.domain.catalogue import InstrumentType


class Work(StrEnum):
    """What is done now and again; each is the field of the register that keeps the day it was last done."""

    SERVICED = "serviced"
    TESTED = "tested"
    CLEANED = "cleaned"


@dataclass(frozen=True, slots=True)
class Due:
    """One kind of work: the day it was last done, None for never, and the day it is due.

    ``day`` is None for what was never done to something that nobody knows when it was bought: it is due by now.
    """

    work: Work
    last: date | None
    day: date | None

    def by(self, day: date) -> bool:
        """Tell whether it is due on a day or before."""
        return self.day is None or self.day <= day

    def is_late(self, day: date) -> bool:
        """Tell whether its day has passed."""
        return self.day is None or self.day < day


_JANUARY: Final = 1


def dues(kind: InstrumentType | None, fields: Mapping[str, str]) -> tuple[Due, ...]:
    """Give what an instrument needs: so long after it was last done, else after it was bought, else by now.

    A type that the catalogue does not know, or that needs none of it, gives nothing.
    """
    if kind is None:
        return ()
    wanted = {Work.SERVICED: kind.service_months, Work.TESTED: kind.pat_months, Work.CLEANED: kind.hygiene_months}
    bought = _first_day(fields.get("purchased", ""))
    found = []
    for work, months in wanted.items():
        if months is not None:
            last = _first_day(fields.get(work.value, ""))
            begun = last or bought
            found.append(Due(work, last, months_after(begun, months) if begun is not None else None))
    return tuple(found)


def months_after(day: date, months: int) -> date:
    """Give the same day so many months later; where a month is shorter, its last day."""
    years, month = divmod(day.month - 1 + months, 12)
    year = day.year + years
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def _first_day(text: str) -> date | None:
    """Read an ISO year, month or day as the first day it can mean; None for none."""
    parts = [int(part) for part in text.split("-")] if text else []
    if not parts:
        return None
    year, month, day = (*parts, _JANUARY, 1)[:3] if len(parts) == 1 else (*parts, 1)[:3]
    return date(year, month, day)
