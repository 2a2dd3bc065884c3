"""Days and times as people in these isles read them, in words that gettext may translate."""

from __future__ import annotations

from typing import TYPE_CHECKING

from loanstore.i18n import _

if TYPE_CHECKING:
    from datetime import date, datetime


def _weekdays() -> tuple[str, ...]:
    return (_("Mon"), _("Tue"), _("Wed"), _("Thu"), _("Fri"), _("Sat"), _("Sun"))


def _months() -> tuple[str, ...]:
    return (
        _("January"),
        _("February"),
        _("March"),
        _("April"),
        _("May"),
        _("June"),
        _("July"),
        _("August"),
        _("September"),
        _("October"),
        _("November"),
        _("December"),
    )


def day(value: date) -> str:
    """Write a day in full: ``Fri 18 December 2026``."""
    return f"{_weekdays()[value.weekday()]} {value.day} {_months()[value.month - 1]} {value.year}"


def plain_day(value: date) -> str:
    """Write a day without its weekday, as a story does: ``18 December 2026``."""
    return f"{value.day} {_months()[value.month - 1]} {value.year}"


def short_day(value: date) -> str:
    """Write a day for a table: ``18 Dec 2026``."""
    return f"{value.day} {_months()[value.month - 1][:3]} {value.year}"


def clock(moment: datetime) -> str:
    """Write a local time of day: ``10:42``."""
    return f"{moment:%H:%M}"
