"""A gesture: who does something, at which desk and when; its facts share its id."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable

_INSTANT: Final = "%Y-%m-%dT%H:%M:%S.%fZ"


@dataclass(frozen=True, slots=True)
class Gesture:
    """One gesture. ``at`` is when it is recorded, UTC in ISO 8601; ``offset`` the desk's minutes from UTC."""

    id: str
    desk: str
    staff: str | None
    at: str
    offset: int
    new_id: Callable[[], str]


def instant(moment: datetime) -> str:
    """Write a UTC instant as the journal does: ISO 8601 to the microsecond, so that texts sort as times."""
    return moment.strftime(_INSTANT)


def read_instant(text: str) -> datetime:
    """Read a UTC instant as the journal writes it; raises ValueError for anything else."""
    moment = datetime.fromisoformat(text)
    if instant(moment) != text:
        raise ValueError(text)
    return moment


def noon(day: date) -> datetime:
    """Give noon UTC of a day that only a date is known of: it is that day everywhere in these isles."""
    return datetime.combine(day, time(12), UTC)
