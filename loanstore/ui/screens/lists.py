"""The three lists: instruments, borrowers, and what is out on loan."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

from loanstore.domain.borrowers import BorrowerKind
from loanstore.domain.gestures import read_instant
from loanstore.domain.loans import Status
from loanstore.domain.money import show_pounds
from loanstore.i18n import _, ngettext
from loanstore.ui.screens.borrower_panel import kind_word
from loanstore.ui.screens.list_kind import Filter, ListKind
from loanstore.ui.table_model import Column
from loanstore.ui.theme import mono_font
from loanstore.wording import short_day
from loanstore.wording.answers import status_word

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QColor

    from loanstore.domain.listings import Listing, Question
    from loanstore.operations.desk import Desk
    from loanstore.storage.lists import BorrowerLine, InstrumentLine, LoanLine
    from loanstore.ui.theme import Look


def kind(name: str, look: Look) -> ListKind:
    """Give the kind of list of that name."""
    return {"instruments": instruments, "borrowers": borrowers, "loans": loans}[name](look)


def instruments(look: Look) -> ListKind:
    """Describe the list of instruments; what is selected is added up by its replacement value."""

    def fetch(desk: Desk, question: Question) -> Listing:
        from loanstore.operations import browsing

        return browsing.instrument_page(desk, question)

    def worth(desk: Desk, question: Question) -> int:
        from loanstore.operations import browsing

        return browsing.instruments_worth(desk, question)

    return ListKind(
        "instruments",
        _("Instruments"),
        _("Find by type, make, serial or number"),
        _instrument_columns(look),
        None,
        lambda line: str(line.code),
        _("No instruments yet. A list from a spreadsheet fills the register in a minute."),
        frozenset({"instruments", "loans"}),
        many=True,
        fetch=fetch,
        filters=(
            Filter("status", _("Stands"), _("Standing anywhere"), _statuses),
            Filter("type", _("Type"), _("Every type"), _types),
            Filter("place", _("Place"), _("Every place"), _places),
        ),
        adds=lambda line: int(line.value),
        worth=worth,
    )


def _instrument_columns(look: Look) -> tuple[Column[InstrumentLine], ...]:
    size, muted = look.theme.size, lambda _line: look.theme.colour("muted")
    return (
        _code(look, lambda line: line.code),
        Column(_("Instrument"), lambda line: _joined(line.type, line.size), size("what"), key="what"),
        Column(_("Make and model"), lambda line: _joined(line.make, line.model), key="made"),
        Column(_("Serial"), lambda line: line.serial, size("serial"), spare=True, key="serial"),
        Column(_("Stands"), lambda line: line.status, size("status"), key="status"),
        Column(
            _("Place or borrower"),
            lambda line: line.borrower_name or line.borrower or line.location,
            size("where"),
            colour=muted,
            spare=True,
            key="where",
        ),
        _when(look, _("Due"), "due", lambda line: line.due),
        _when(look, _("Last seen"), "seen", lambda line: line.seen),
        Column(_("Condition"), lambda line: line.condition, size("status"), key="condition", hidden=True, spare=True),
        Column(
            _("Value"),
            lambda line: show_pounds(line.value) if line.value else "",
            size("status"),
            right=True,
            key="value",
            hidden=True,
            spare=True,
            writes=lambda line: f"{line.value / 100:.2f}" if line.value else "",
        ),
        Column(_("Funding"), lambda line: line.funding, size("where"), key="funding", hidden=True, spare=True),
        Column(_("Purchased"), lambda line: line.purchased, size("day"), key="purchased", hidden=True, spare=True),
        _when(look, _("Label printed"), "labelled", lambda line: line.labelled),
    )


def borrowers(look: Look) -> ListKind:
    """Describe the list of borrowers; several can be chosen, to print their barcodes."""
    size = look.theme.size

    def fetch(desk: Desk, question: Question) -> Listing:
        from loanstore.operations import browsing

        return browsing.borrower_page(desk, question)

    columns: tuple[Column[BorrowerLine], ...] = (
        _code(look, lambda line: line.code),
        Column(_("Name"), lambda line: line.name, key="name"),
        Column(_("Kind"), lambda line: kind_word(line.kind), size("kind"), key="kind"),
        Column(_("Pupil"), lambda line: line.pupil, size("what"), spare=True, key="pupil"),
        Column(_("School"), lambda line: line.school, size("where"), spare=True, key="school"),
        Column(_("Contact"), lambda line: line.contact, size("what"), spare=True, key="contact", hidden=True),
        Column(_("Postcode"), lambda line: line.postcode, size("kind"), spare=True, key="postcode"),
        Column(
            _("Out"),
            lambda line: str(line.out) if line.out else "",
            size("number"),
            sorts=lambda line: line.out,
            right=True,
            key="out",
        ),
    )
    return ListKind(
        "borrowers",
        _("Borrowers"),
        _("Find by name, pupil, school or number"),
        columns,
        None,
        lambda line: str(line.code),
        _("No borrowers yet. Schools come from a list; a family is registered at the desk in ten seconds."),
        frozenset({"borrowers", "loans"}),
        many=True,
        fetch=fetch,
        filters=(
            Filter("kind", _("Kind"), _("Every kind"), _kinds),
            Filter("out", _("Has things out"), _("With and without things out"), _outs),
        ),
    )


def loans(look: Look) -> ListKind:
    """Describe the list of what is out; what is late says so in words."""
    size = look.theme.size

    def fetch(desk: Desk, question: Question) -> Listing:
        from loanstore.operations import browsing

        return browsing.loan_page(desk, question)

    columns: tuple[Column[LoanLine], ...] = (
        _code(look, lambda line: line.instrument),
        Column(_("Instrument"), lambda line: line.title, size("what"), key="what"),
        Column(_("Serial"), lambda line: line.serial, size("serial"), spare=True, key="serial", hidden=True),
        Column(_("Borrower"), lambda line: line.borrower_name, key="borrower"),
        Column(_("Pupil"), lambda line: line.pupil, size("what"), spare=True, key="pupil", hidden=True),
        Column(_("Out since"), _out_words, size("day"), spare=True, key="out", writes=lambda line: _iso_day(line.out)),
        Column(
            _("Due"), lambda line: short_day(_day(line.due)), size("day"), key="due", writes=lambda line: str(line.due)
        ),
        Column(
            _("Late"), late_words, size("day"), colour=lambda _line: look.theme.colour("wrong"), spare=True, key="late"
        ),
        Column(
            _("Agreement"),
            lambda line: line.agreement or _("none yet"),
            size("code_column"),
            colour=lambda line: _paper_colour(look, line),
            spare=True,
            key="agreement",
            writes=lambda line: str(line.agreement),
        ),
        Column(_("Contract"), lambda line: line.kind, size("day"), spare=True, key="kind", hidden=True),
        _when(look, _("Came back"), "ended", lambda line: line.ended),
    )
    return ListKind(
        "loans",
        _("Loans"),
        _("Find by instrument or borrower"),
        columns,
        None,
        lambda line: str(line.instrument),
        _("Nothing is out. What is lent at the desk stands here until it comes back."),
        frozenset({"instruments", "borrowers", "loans"}),
        many=True,
        fetch=fetch,
        filters=(Filter("standing", _("Which loans"), _("Everything that is out"), _standings),),
    )


def _statuses(_desk: Desk) -> list[tuple[str, str]]:
    return [(status.value, status_word(status)) for status in Status]


def _types(desk: Desk) -> list[tuple[str, str]]:
    from loanstore.operations import browsing

    return [(name, name) for name in browsing.types_there(desk)]


def _places(desk: Desk) -> list[tuple[str, str]]:
    from loanstore.operations import browsing

    return browsing.places_there(desk)


def _kinds(_desk: Desk) -> list[tuple[str, str]]:
    return [(kind.value, kind_word(kind)) for kind in BorrowerKind]


def _outs(_desk: Desk) -> list[tuple[str, str]]:
    return [("some", _("With things out"))]


def _standings(_desk: Desk) -> list[tuple[str, str]]:
    return [
        ("late", _("Late")),
        ("today", _("Due today")),
        ("unsigned", _("Without an agreement")),
        ("past", _("Past loans too")),
    ]


def late_words(line: LoanLine) -> str:
    """Say how late a loan is; nothing for one whose day is still to come."""
    days = (datetime.now(UTC).astimezone().date() - _day(line.due)).days
    return ngettext("{n} day late", "{n} days late", days).format(n=days) if days > 0 and not line.ended else ""


def _code(look: Look, code_of: Callable[..., str]) -> Column[Any]:
    width = look.theme.size("code_column")
    return Column(_("Code"), code_of, width, font=lambda _line: mono_font(look.theme), key="code")


def _when(look: Look, heading: str, key: str, said: Callable[..., str | None]) -> Column[Any]:
    """Describe a column of days that is shown once it is chosen; a spreadsheet gets the ISO day."""

    def words(line: object) -> str:
        day = _iso_day(said(line))
        return short_day(_day(day)) if day else ""

    def written(line: object) -> str:
        return _iso_day(said(line))

    return Column(heading, words, look.theme.size("day"), key=key, hidden=True, spare=True, writes=written)


def _iso_day(said: str | None) -> str:
    """Give the day of an instant or a day, at this desk; empty for none."""
    if not said or len(said) <= len("2026-09-14"):
        return said or ""
    return read_instant(said).astimezone().date().isoformat()


def _joined(*parts: str) -> str:
    return " ".join(filter(None, parts))


def _out_words(line: LoanLine) -> str:
    return short_day(read_instant(line.out).astimezone().date()) if line.out else _("before import")


def _day(text: str) -> date:
    return date.fromisoformat(text)


def _paper_colour(look: Look, line: LoanLine) -> QColor:
    return look.theme.colour("muted" if line.agreement else "decide")
