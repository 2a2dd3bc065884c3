"""The report of a stocktake: what is not there first, then what was put right, then what was where it belongs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from loanstore.domain.codes import normalise, shown
from loanstore.domain.gestures import read_instant
from loanstore.domain.progress import Reached
from loanstore.i18n import _, ngettext
from loanstore.paper.document import BODY, CODE, LEFT, SMALL, STRONG, WIDTH, Column, Document, cell, show_date
from loanstore.paper.ink import MIST, Style

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import datetime
    from pathlib import Path

    from loanstore.domain.progress import Progress
    from loanstore.domain.stocktake_report import Report, SeenLine, UnknownLine, UnseenLine
    from loanstore.paper.document import Cell

_VERDICT: Final = Style(11, bold=True)
_FINE: Final = Style(8.5)
_CODE: Final = 28.0
_WHAT: Final = 60.0


def draw_stocktake(
    report: Report,
    *,
    owner: str,
    printed: datetime,
    local: Callable[[datetime], datetime],
    fonts: Path,
    progress: Progress | None = None,
) -> bytes:
    """Draw a stocktake's report as an A4 PDF; ``local`` turns an instant into the store's own time.

    ``progress`` is told of the lines that are drawn, and may raise.

    Raises Refused NO_GLYPH or CODE_UNPRINTABLE.
    """
    foot = _("Printed {day}").format(day=_moment(local(printed)))
    found = (report.not_seen, report.on_loan, report.turned_up, report.misplaced, report.unknown, report.expected)
    reached = Reached(sum(map(len, found)), progress)
    document = Document(fonts, title=_("Stocktake"), owner=owner, foot=foot)
    document.reached = reached

    def when(at: str | None) -> str:
        return _moment(local(read_instant(at))) if at else _("never")

    _about(document, report, when)
    _verdict(document, report)
    if report.not_seen:
        _not_seen(document, report, when)
    if report.on_loan:
        _seen(document, _("Here though on loan"), report.on_loan, when, (_("On loan to"), _loan))
    if report.turned_up:
        _seen(document, _("Turned up"), report.turned_up, when, (_("Stands at"), lambda line: line.place))
    if report.misplaced:
        _seen(document, _("Misplaced, and put right"), report.misplaced, when, (_("Stood at"), _stood))
    if report.unknown:
        _unknown(document, report.unknown, when)
    if report.expected:
        _seen(document, _("Found where they belong"), report.expected, when, (_("Place"), lambda line: line.place))
    return document.finish()


def _moment(moment: datetime) -> str:
    return f"{show_date(moment.date())}, {moment:%H:%M}"


def _about(document: Document, report: Report, when: Callable[[str | None], str]) -> None:
    stocktake = report.stocktake
    document.paragraph(report.place or _("All places"), Style(14, bold=True))
    begun = _("Begun {moment}").format(moment=when(stocktake.begun))
    if report.begun_by:
        begun = _("{begun} by {name}").format(begun=begun, name=report.begun_by)
    if stocktake.closed is None:
        ended = _("not closed yet")
    else:
        ended = _("closed {moment}").format(moment=when(stocktake.closed))
        if report.closed_by:
            ended = _("{ended} by {name}").format(ended=ended, name=report.closed_by)
    document.paragraph(f"{begun}; {ended}", SMALL)
    document.y += 3


def _verdict(document: Document, report: Report) -> None:
    """Say in one band what whoever asked for the stocktake wants to know: is everything there?"""
    awaited, there = report.awaited, len(report.expected)
    parts = [_("{n} of {awaited} were where they belong.").format(n=there, awaited=awaited)]
    if report.not_seen:
        n = len(report.not_seen)
        parts.append(ngettext("{n} was not seen.", "{n} were not seen.", n).format(n=n))
    missed = sum(line.missed for line in report.not_seen)
    if missed:
        parts.append(ngettext("{n} is set missing.", "{n} are set missing.", missed).format(n=missed))
    if not report.not_seen:
        parts.append(_("Nothing is missing."))
    content = cell(" ".join(parts), _VERDICT)
    height = document.height(content, WIDTH - 8) + 6
    document.ink.box((LEFT, document.y), (WIDTH, height), fill=MIST)
    document.block(content, LEFT + 4, document.y + 3, WIDTH - 8)
    document.y += height + 1


def _heading(document: Document, title: str, count: int) -> None:
    document.heading(f"{title} ({count})")


def _what(what: str, made: str, serial: str) -> Cell:
    more = " · ".join(filter(None, (made, serial)))
    return ((what, STRONG), (more, SMALL)) if more else cell(what, STRONG)


def _scanned(when: str, by: str) -> Cell:
    return ((when, _FINE), (by, SMALL)) if by else cell(when, _FINE)


def _seen(
    document: Document,
    title: str,
    lines: Sequence[SeenLine],
    when: Callable[[str | None], str],
    more: tuple[str, Callable[[SeenLine], str]],
) -> None:
    _heading(document, title, len(lines))
    columns = (Column(_("Code"), _CODE), Column(_("Instrument"), _WHAT), Column(more[0], 46), Column(_("Scanned"), 40))
    document.table(
        columns,
        [
            [
                cell(shown(normalise(line.code)), CODE),
                _what(line.what, line.made, line.serial),
                cell(more[1](line), _FINE),
                _scanned(when(line.at), line.by),
            ]
            for line in lines
        ],
    )


def _loan(line: SeenLine) -> str:
    return line.holder if line.out else _("{holder}, brought back").format(holder=line.holder)


def _stood(line: SeenLine) -> str:
    return line.before or _("nowhere yet")


def _not_seen(document: Document, report: Report, when: Callable[[str | None], str]) -> None:
    """List what was not seen; whether it is set missing is known only once the stocktake is closed."""
    _heading(document, _("Not seen"), len(report.not_seen))
    closed = report.stocktake.closed is not None
    columns = [Column(_("Code"), _CODE), Column(_("Instrument"), _WHAT), Column(_("Place"), 32)]
    columns += [Column(_("Last seen"), 34), Column(_("Set missing"), 20)] if closed else [Column(_("Last seen"), 54)]
    document.table(columns, [_not_seen_row(line, when, closed=closed) for line in report.not_seen])


def _not_seen_row(line: UnseenLine, when: Callable[[str | None], str], *, closed: bool) -> list[Cell]:
    row = [
        cell(shown(normalise(line.code)), CODE),
        _what(line.what, line.made, line.serial),
        cell(line.place, _FINE),
        _scanned(when(line.seen), line.by),
    ]
    return [*row, cell(_("yes") if line.missed else _("no"), _FINE)] if closed else row


def _unknown(document: Document, lines: Sequence[UnknownLine], when: Callable[[str | None], str]) -> None:
    _heading(document, _("Unknown codes"), len(lines))
    columns = (Column(_("Read as"), 72), Column(_("Times"), 20, right=True), Column("", 8), Column(_("Scanned"), 74))
    document.table(
        columns,
        [
            [cell(line.text, CODE), cell(str(line.times), _FINE), cell("", BODY), _scanned(when(line.at), line.by)]
            for line in lines
        ],
    )
