"""The three lists: instruments, borrowers, and what is out on loan."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

from loanstore.domain.gestures import read_instant
from loanstore.i18n import _, ngettext
from loanstore.ui.screens.borrower_panel import kind_word
from loanstore.ui.screens.list_screen import ListKind
from loanstore.ui.table_model import Column
from loanstore.ui.theme import mono_font
from loanstore.wording import short_day

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QColor

    from loanstore.operations.desk import Desk
    from loanstore.storage.lists import BorrowerLine, InstrumentLine, Listing, LoanLine
    from loanstore.ui.theme import Look


def instruments(look: Look) -> ListKind:
    """Describe the list of instruments."""

    def find(desk: Desk, typed: str, limit: int) -> Listing:
        from loanstore.operations import browsing

        return browsing.list_instruments(desk, typed, limit)

    columns: tuple[Column[InstrumentLine], ...] = (
        _code(look, lambda line: line.code),
        Column(_("Instrument"), lambda line: " ".join(filter(None, (line.type, line.size))), look.theme.size("what")),
        Column(_("Make and model"), lambda line: " ".join(filter(None, (line.make, line.model)))),
        Column(_("Serial"), lambda line: line.serial, look.theme.size("serial"), spare=True),
        Column(_("Stands"), lambda line: line.status, look.theme.size("status")),
        Column(
            _("Place or borrower"),
            lambda line: line.borrower_name or line.borrower or line.location,
            look.theme.size("where"),
            colour=lambda _line: look.theme.colour("muted"),
            spare=True,
        ),
    )
    return ListKind(
        "instruments",
        _("Instruments"),
        _("Find by type, make, serial or number"),
        columns,
        find,
        lambda line: str(line.code),
        _("No instruments yet. A list from a spreadsheet fills the register in a minute."),
        frozenset({"instruments", "loans"}),
    )


def borrowers(look: Look) -> ListKind:
    """Describe the list of borrowers; several can be chosen, to print their barcodes."""

    def find(desk: Desk, typed: str, limit: int) -> Listing:
        from loanstore.operations import browsing

        return browsing.list_borrowers(desk, typed, limit)

    columns: tuple[Column[BorrowerLine], ...] = (
        _code(look, lambda line: line.code),
        Column(_("Name"), lambda line: line.name),
        Column(_("Kind"), lambda line: kind_word(line.kind), look.theme.size("kind")),
        Column(_("Pupil"), lambda line: line.pupil, look.theme.size("what"), spare=True),
        Column(
            _("School or postcode"), lambda line: line.school or line.postcode, look.theme.size("where"), spare=True
        ),
        Column(
            _("Out"),
            lambda line: str(line.out) if line.out else "",
            look.theme.size("number"),
            sorts=lambda line: line.out,
            right=True,
        ),
    )
    return ListKind(
        "borrowers",
        _("Borrowers"),
        _("Find by name, pupil, school or number"),
        columns,
        find,
        lambda line: str(line.code),
        _("No borrowers yet. Schools come from a list; a family is registered at the desk in ten seconds."),
        frozenset({"borrowers", "loans"}),
        many=True,
    )


def loans(look: Look) -> ListKind:
    """Describe the list of what is out; what is late says so in words."""

    def find(desk: Desk, typed: str, limit: int) -> Listing:
        from loanstore.operations import browsing

        return browsing.list_loans(desk, None, typed, limit)

    columns: tuple[Column[LoanLine], ...] = (
        _code(look, lambda line: line.instrument),
        Column(_("Instrument"), lambda line: line.title, look.theme.size("what")),
        Column(_("Borrower"), lambda line: line.borrower_name),
        Column(_("Out since"), _out_words, look.theme.size("day"), sorts=lambda line: line.out, spare=True),
        Column(_("Due"), lambda line: short_day(_day(line.due)), look.theme.size("day"), sorts=lambda line: line.due),
        Column(
            _("Late"),
            late_words,
            look.theme.size("day"),
            sorts=lambda line: line.due,
            colour=lambda _line: look.theme.colour("wrong"),
        ),
        Column(
            _("Agreement"),
            lambda line: line.agreement or _("none yet"),
            look.theme.size("code_column"),
            colour=lambda line: _paper_colour(look, line),
            spare=True,
        ),
    )
    return ListKind(
        "loans",
        _("Loans"),
        _("Find by instrument or borrower"),
        columns,
        find,
        lambda line: str(line.instrument),
        _("Nothing is out. What is lent at the desk stands here until it comes back."),
        frozenset({"instruments", "borrowers", "loans"}),
    )


def late_words(line: LoanLine) -> str:
    """Say how late a loan is; nothing for one whose day is still to come."""
    days = (datetime.now(UTC).astimezone().date() - _day(line.due)).days
    return ngettext("{n} day late", "{n} days late", days).format(n=days) if days > 0 and not line.ended else ""


def _code(look: Look, code_of: Callable[..., str]) -> Column[Any]:
    width = look.theme.size("code_column")
    return Column(_("Code"), code_of, width, font=lambda _line: mono_font(look.theme))


def _out_words(line: LoanLine) -> str:
    return short_day(read_instant(line.out).astimezone().date()) if line.out else _("before import")


def _day(text: str) -> date:
    return date.fromisoformat(text)


def _paper_colour(look: Look, line: LoanLine) -> QColor:
    return look.theme.colour("muted" if line.agreement else "decide")
