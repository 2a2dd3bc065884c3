"""The lists of a stocktake, one for each finding: what they are called, and how their lines are said."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from loanstore.domain.gestures import read_instant
from loanstore.domain.stocktakes import Finding
from loanstore.i18n import _
from loanstore.ui.table_model import Column
from loanstore.ui.theme import mono_font
from loanstore.wording import clock, short_day
from loanstore.wording import stocktakes as words

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from loanstore.domain.stocktake_report import Report, SeenLine
    from loanstore.ui.theme import Look


class Section(StrEnum):
    """The lists of a stocktake, in the order they are shown: what someone must act on comes first."""

    NOT_SEEN = "not-seen"
    ON_LOAN = "on-loan"
    MISPLACED = "misplaced"
    TURNED_UP = "turned-up"
    UNKNOWN = "unknown"
    EXPECTED = "expected"


@dataclass(frozen=True, slots=True)
class Line:
    """One line as the table says it; ``at`` sorts ``when``; ``out`` tells that a loan still stands."""

    code: str
    what: str
    made: str
    more: str
    when: str
    at: str
    by: str
    out: bool = False


def title(section: Section) -> str:
    """Name a list."""
    named = {
        Section.EXPECTED: Finding.EXPECTED,
        Section.MISPLACED: Finding.MISPLACED,
        Section.ON_LOAN: Finding.ON_LOAN,
        Section.TURNED_UP: Finding.TURNED_UP,
    }
    if section in named:
        return words.finding_word(named[section])
    return words.unknown_word() if section is Section.UNKNOWN else words.not_seen_word()


def nothing(section: Section) -> str:
    """Say what an empty list means."""
    return {
        Section.NOT_SEEN: _("Everything that should be here was seen."),
        Section.ON_LOAN: _("Nothing is here that somebody has on loan."),
        Section.MISPLACED: _("Nothing stood at another place in the register."),
        Section.TURNED_UP: _("Nothing that was missing or lost has turned up."),
        Section.UNKNOWN: _("Every code was one of ours."),
        Section.EXPECTED: _("Nothing was scanned yet that belongs here."),
    }[section]


def columns(section: Section, look: Look) -> tuple[Column[Line], ...]:
    """Give the columns of a list; the fourth says what matters to it."""
    size = look.theme.size
    matters = {Section.ON_LOAN: _("On loan to"), Section.MISPLACED: _("Stood at"), Section.UNKNOWN: _("How often")}.get(
        section, _("Place")
    )
    when = _("Last seen") if section is Section.NOT_SEEN else _("Scanned")
    return (
        Column(_("Code"), lambda line: line.code, size("code_column"), font=lambda _line: mono_font(look.theme)),
        Column(_("Instrument"), lambda line: line.what, size("day")),
        Column(_("Make and model"), lambda line: line.made, size("where"), spare=True),
        Column(matters, lambda line: line.more),
        Column(when, lambda line: line.when, size("what"), sorts=lambda line: line.at, spare=True),
        Column(_("By"), lambda line: line.by, size("end_column"), spare=True),
    )


def moment(at: datetime) -> str:
    """Write a local time for a table."""
    return f"{short_day(at.date())}, {clock(at)}"


def lines(report: Report, local: Callable[[datetime], datetime]) -> dict[Section, tuple[Line, ...]]:
    """Give every list of a report."""

    def when(at: str | None) -> str:
        return moment(local(read_instant(at))) if at else _("never")

    def seen(line: SeenLine, more: str) -> Line:
        return Line(line.code, line.what, line.made, more, when(line.at), line.at, line.by, line.out)

    return {
        Section.NOT_SEEN: tuple(
            Line(n.code, n.what, n.made, _missed(n.place, missed=n.missed), when(n.seen), n.seen or "", n.by)
            for n in report.not_seen
        ),
        Section.ON_LOAN: tuple(seen(line, words.loan_words(line)) for line in report.on_loan),
        Section.MISPLACED: tuple(seen(line, line.before or _("nowhere yet")) for line in report.misplaced),
        Section.TURNED_UP: tuple(seen(line, line.place) for line in report.turned_up),
        Section.UNKNOWN: tuple(
            Line(line.text, "", "", _times(line.times), when(line.at), line.at, line.by) for line in report.unknown
        ),
        Section.EXPECTED: tuple(seen(line, line.place) for line in report.expected),
    }


def _missed(place: str, *, missed: bool) -> str:
    return _("{place}, set missing").format(place=place) if missed else place


def _times(times: int) -> str:
    return _("once") if times == 1 else _("{n} times").format(n=times)
