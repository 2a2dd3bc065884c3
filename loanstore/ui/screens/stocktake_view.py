"""What the stocktake screen shows, read behind the window: all stocktakes, and the chosen one's report in lines."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from loanstore.i18n import _
from loanstore.ui.screens import stocktake_lines

if TYPE_CHECKING:
    from loanstore.domain.stocktake_report import Report, StocktakeLine
    from loanstore.operations.desk import Desk
    from loanstore.ui.screens.stocktake_lines import Line, Section


@dataclass(frozen=True, slots=True)
class View:
    """What the screen shows: all stocktakes as (id, words), and the chosen one's report with its lists."""

    all: tuple[tuple[str, str], ...]
    report: Report | None = None
    place_code: str = ""
    lines: dict[Section, tuple[Line, ...]] | None = None
    since: str = ""


def headline(report: Report) -> str:
    """Say how far a stocktake is, or how it ended."""
    said = _("{n} of {awaited} found where they belong").format(
        n=f"{len(report.expected):,}", awaited=f"{report.awaited:,}"
    )
    return f"{report.place or _('Everything')}: {said}"


def read_view(desk: Desk, chosen: str | None) -> View:
    """Read all stocktakes, and the chosen one's report; the newest open one where none was chosen."""
    from loanstore.domain.gestures import read_instant
    from loanstore.operations import stocktake_reports, stocktaking

    def when(at: str) -> str:
        return stocktake_lines.moment(desk.local(read_instant(at)))

    def words(line: StocktakeLine) -> str:
        state = _("closed") if line.closed else _("open")
        return " · ".join((line.place or _("Everything"), when(line.begun), state))

    every = stocktaking.list_stocktakes(desk)
    shown = tuple((line.id, words(line)) for line in every)
    meant = next((line for line in every if line.id == chosen), every[0] if every else None)
    if meant is None:
        return View(shown)
    report = stocktake_reports.report(desk, meant.id)
    begun = _("Begun {when}").format(when=when(report.stocktake.begun))
    by = _("by {name}").format(name=report.begun_by) if report.begun_by else ""
    closed = report.stocktake.closed
    ended = _("closed {when}").format(when=when(closed)) if closed is not None else ""
    since = ", ".join(filter(None, (f"{begun} {by}".strip(), ended)))
    return View(shown, report, meant.place_code, stocktake_lines.lines(report, desk.local), since)
