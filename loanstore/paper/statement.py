"""A statement: what was charged and paid, line by line, what is due now, and for what."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from loanstore.domain.money import show_pounds
from loanstore.i18n import _
from loanstore.paper.document import BODY, LEFT, SMALL, STRONG, WIDTH, Column, Document, cell, show_date
from loanstore.paper.ink import MIST, Style

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from loanstore.domain.agreements import Party
    from loanstore.paper.document import Cell

_NAME: Final = Style(11, bold=True)
_DUE: Final = Style(13, bold=True)
_FINE: Final = Style(8.5)
_HALF: Final = (WIDTH - 6) / 2


@dataclass(frozen=True, slots=True)
class StatementLine:
    """One line; ``amount`` adds to what is due or takes from it, ``balance`` is what was due then. All pence."""

    day: date
    what: str
    amount: int
    balance: int


@dataclass(frozen=True, slots=True)
class OpenLine:
    """A charge that is not paid, or not all of it: since when, and how many pence are left."""

    day: date
    what: str
    left: int


@dataclass(frozen=True, slots=True)
class StatementPaper:
    """One borrower's account on a day; ``code`` is the borrower's own, normalised, and ``due`` pence."""

    owner: str
    party: Party
    code: str
    made: date
    lines: tuple[StatementLine, ...]
    open: tuple[OpenLine, ...]
    due: int


def draw_statement(paper: StatementPaper, *, fonts: Path) -> bytes:
    """Draw the statement as an A4 PDF; its barcode chooses the borrower at the desk. Raises Refused NO_GLYPH."""
    foot = _("Statement made {made}").format(made=show_date(paper.made))
    document = Document(fonts, title=_("Statement"), owner=paper.owner, code=paper.code, foot=foot)
    top = document.y
    to: Cell = ((_("To"), SMALL), (paper.party.name, _NAME), *((line, BODY) for line in paper.party.lines))
    when: Cell = ((_("From"), SMALL), (paper.owner, _NAME), (show_date(paper.made), BODY))
    left = document.block(to, LEFT, top, _HALF)
    right = document.block(when, LEFT + _HALF + 6, top, _HALF)
    document.y = max(left, right) + 4
    _due(document, paper.due)
    document.heading(_("Account"))
    document.table(_columns(), [_row(line) for line in paper.lines])
    if paper.open:
        document.heading(_("Still to be paid"))
        columns = (Column(_("Date"), 28), Column(_("What"), 118), Column(_("Left to pay"), 28, right=True))
        document.table(columns, [_open_row(line) for line in paper.open])
    return document.finish()


def _columns() -> tuple[Column, ...]:
    money = (Column(_("Amount"), 26, right=True), Column(_("Balance"), 28, right=True))
    return Column(_("Date"), 28), Column(_("What"), 92), *money


def _due(document: Document, pence: int) -> None:
    height = 12.0
    document.need(height + 4)
    document.ink.box((LEFT, document.y), (WIDTH, height), fill=MIST)
    base = document.y + height / 2 + 2
    words = _("Amount due") if pence >= 0 else _("In hand for you")
    document.ink.text(LEFT + 4, base, words, STRONG)
    document.ink.text(LEFT + WIDTH - 4, base, show_pounds(abs(pence)), _DUE, align=1)
    document.y += height + 2


def _row(line: StatementLine) -> list[Cell]:
    return [
        cell(_short(line.day), _FINE),
        cell(line.what, BODY),
        cell(show_pounds(line.amount), _FINE),
        cell(show_pounds(line.balance), STRONG),
    ]


def _open_row(line: OpenLine) -> list[Cell]:
    return [cell(_short(line.day), _FINE), cell(line.what, BODY), cell(show_pounds(line.left), STRONG)]


def _short(day: date) -> str:
    return f"{day.day} {day:%b %Y}"
