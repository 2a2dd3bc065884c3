"""What the tables of the page of requests say, column by column."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from loanstore.domain.gestures import read_instant
from loanstore.i18n import _
from loanstore.ui.table_model import Column
from loanstore.ui.theme import mono_font
from loanstore.wording import short_day
from loanstore.wording.requests import asked, count

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QColor

    from loanstore.storage.request_lists import AsideLine, RequestListLine, ShortageLine
    from loanstore.ui.theme import Look

COUNTDOWN = 3
"""Which column of the orders is the bar."""


def orders(look: Look, today: Callable[[], date]) -> tuple[Column[RequestListLine], ...]:
    """Say of each order for whom, what, how far it is, by when, and what could be done for it."""
    size = look.theme.size
    return (
        _code(look),
        Column(_("For"), lambda line: line.borrower_name or line.borrower),
        Column(_("What"), lambda line: asked(line.type, line.size), size("what")),
        Column(
            _("Handed out"),
            lambda line: count(line.handed, line.number),
            size("where"),
            sorts=lambda line: line.handed / line.number,
        ),
        *_standing(look, today),
    )


def waits(look: Look, today: Callable[[], date]) -> tuple[Column[RequestListLine], ...]:
    """Say who waits for what, since when, and whether there is one."""
    size = look.theme.size
    return (
        _code(look),
        Column(_("For"), lambda line: line.borrower_name or line.borrower),
        Column(_("What"), lambda line: asked(line.type, line.size), size("what")),
        Column(_("Collects at"), lambda line: line.place, size("status"), spare=True),
        Column(
            _("Waits since"), lambda line: _day_of(line.made), size("day"), sorts=lambda line: line.made, spare=True
        ),
        *_standing(look, today),
    )


def asides(look: Look, today: Callable[[], date]) -> tuple[Column[AsideLine], ...]:
    """Say what is kept for whom until when; what has lapsed says so."""
    size = look.theme.size

    def lapsed(line: AsideLine) -> bool:
        return line.until < today().isoformat()

    def until(line: AsideLine) -> str:
        said = short_day(date.fromisoformat(line.until))
        return _("lapsed {day}").format(day=said) if lapsed(line) else said

    return (
        _code(look),
        Column(_("Instrument"), lambda line: asked(line.type, line.size) if line.size else line.type, size("what")),
        Column(_("Kept for"), lambda line: line.borrower_name or line.borrower),
        Column(
            _("Until"),
            until,
            size("what"),
            sorts=lambda line: line.until,
            colour=lambda line: look.theme.colour("decide") if lapsed(line) else None,
        ),
        Column(_("Stands at"), lambda line: line.location, size("where"), spare=True),
        Column(_("Asked as"), lambda line: line.request, size("code_column"), font=lambda _l: mono_font(look.theme)),
    )


def shortages(look: Look) -> tuple[Column[ShortageLine], ...]:
    """Say of each size what is asked for, what there is, and what is lacking."""
    day = look.theme.size("day")

    def number(heading: str, of: Callable[[ShortageLine], int], *, spare: bool = False) -> Column[ShortageLine]:
        said = lambda line: str(of(line)) if of(line) else ""  # noqa: E731 - a column's words are a small function
        return Column(heading, said, day, sorts=of, right=True, spare=spare)

    return (
        Column(_("What"), lambda line: asked(line.type, line.size)),
        number(_("Waiting"), lambda line: line.waiting, spare=True),
        number(_("Ordered"), lambda line: line.ordered, spare=True),
        number(_("Set aside"), lambda line: line.aside, spare=True),
        number(_("In store"), lambda line: line.in_store),
        number(_("Due back"), lambda line: line.coming, spare=True),
        Column(
            _("Short now"),
            lambda line: str(line.short) if line.short else _("none"),
            day,
            sorts=lambda line: line.short,
            colour=lambda line: look.theme.colour("wrong" if line.short else "muted"),
            right=True,
        ),
        Column(
            _("Short then"),
            lambda line: str(line.short_then) if line.short_then else _("none"),
            day,
            sorts=lambda line: line.short_then,
            colour=lambda line: look.theme.colour("wrong" if line.short_then else "muted"),
            right=True,
        ),
    )


def _standing(look: Look, today: Callable[[], date]) -> tuple[Column[RequestListLine], ...]:
    """Say what is set aside, whether more could be, and by when it is wanted."""
    size = look.theme.size

    def colour(line: RequestListLine) -> QColor | None:
        return look.theme.colour("wrong") if line.wanted_by and line.wanted_by < today().isoformat() else None

    return (
        Column(
            _("In store"),
            _stock_words,
            size("status"),
            sorts=lambda line: line.in_store,
            colour=lambda line: look.theme.colour("out" if line.ready else "muted"),
            spare=True,
        ),
        Column(
            _("Wanted by"),
            lambda line: short_day(date.fromisoformat(line.wanted_by)) if line.wanted_by else "",
            size("day"),
            sorts=lambda line: line.wanted_by or "9999",
            colour=colour,
        ),
    )


def _stock_words(line: RequestListLine) -> str:
    kept = _("{n} set aside").format(n=line.aside) if line.aside else ""
    if kept and not line.ready:
        return kept
    return str(line.in_store) if line.in_store else _("none")


def _code(look: Look) -> Column[Any]:
    width = look.theme.size("code_column")
    return Column(_("Code"), lambda line: line.code, width, font=lambda _line: mono_font(look.theme), spare=True)


def _day_of(at: str) -> str:
    return short_day(read_instant(at).astimezone().date())
