"""The loan agreement on paper: who, what, how long, on what terms, and where to sign."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from loanstore.domain.agreements import fill
from loanstore.domain.codes import shown
from loanstore.domain.frozen import DrawnAgreement, SignPlace
from loanstore.domain.money import show_pounds
from loanstore.i18n import _, ngettext
from loanstore.paper.document import (
    BODY,
    CODE,
    LEFT,
    SMALL,
    STRONG,
    WIDTH,
    Cell,
    Column,
    Document,
    cell,
    height_of,
    show_date,
)
from loanstore.paper.ink import MIST, MUTED, TEAL, Style
from loanstore.paper.second_language import draw_after, draw_beside

if TYPE_CHECKING:
    from pathlib import Path

    from loanstore.domain.agreements import AgreementPaper, AgreementText, Clause, Party, ScheduleItem

_NAME: Final = Style(11, bold=True)
_NUMBER: Final = Style(9, bold=True, colour=TEAL)
_HALF: Final = (WIDTH - 6) / 2
_INDENT: Final = 8.0
_SIGN_HEIGHT: Final = 35.0
SIGN_DOWN: Final = 21.0
NAME_DOWN: Final = 30.0
"""Where the lines to write on lie in a box to sign, in millimetres from its upper edge."""
_ROLE: Final = Style(8.5, bold=True)


def draw_agreement(paper: AgreementPaper, *, fonts: Path) -> bytes:
    """Draw an agreement as an A4 PDF, as ``draw_to_sign`` does."""
    return draw_to_sign(paper, fonts=fonts).pdf


def draw_to_sign(paper: AgreementPaper, *, fonts: Path) -> DrawnAgreement:
    """Draw an agreement as an A4 PDF and say where it is signed; the same paper gives the same bytes.

    Raises Refused NO_GLYPH or CODE_UNPRINTABLE.
    """
    text = filled(paper)
    foot = _("{code}, made {made}. Text: {key}, version {version}").format(
        code=shown(paper.code), made=show_date(paper.made), key=text.key, version=text.version
    )
    document = Document(fonts, title=text.title, owner=paper.owner.name, code=paper.code, foot=foot)
    _parties(document, paper)
    _period(document, paper)
    _schedule(document, paper.items)
    document.heading(_("Terms"))
    document.y += 0.5
    if text.second is not None and text.second.beside:
        draw_beside(document, text.clauses, text.second)
    else:
        _clauses(document, text.clauses)
    if text.second is not None and not text.second.beside:
        draw_after(document, text.second)
    places = _signatures(document, text)
    pages = document.ink.pages
    return DrawnAgreement(document.finish(), pages, places)


def filled(paper: AgreementPaper) -> AgreementText:
    """Give the text of an agreement with its own names, days and sums in it."""
    return fill(paper.text, _values(paper))


def _values(paper: AgreementPaper) -> dict[str, str]:
    return {
        "owner": paper.owner.name,
        "borrower": paper.borrower.name,
        "player": paper.player or paper.borrower.name,
        "school": paper.school or _("no school named"),
        "out": show_date(paper.out),
        "due": show_date(paper.due) or _("the day the owner asks for it"),
        "charge": paper.charge or _("No charge"),
        "code": shown(paper.code),
        "items": ngettext("{n} instrument", "{n} instruments", len(paper.items)).format(n=len(paper.items)),
    }


def _parties(document: Document, paper: AgreementPaper) -> None:
    top = document.y
    left = document.block(_party(_("Lent by"), paper.owner), LEFT, top, _HALF)
    borrower = _party(_("Lent to"), paper.borrower)
    named = ((_("Player"), paper.player), (_("School"), paper.school))
    for label, name in named:
        if name and name != paper.borrower.name:
            borrower += ((f"{label}: {name}", BODY),)
    right = document.block(borrower, LEFT + _HALF + 6, top, _HALF)
    document.y = max(left, right) + 4


def _party(role: str, party: Party) -> Cell:
    return ((role, SMALL), (party.name, _NAME), *((line, BODY) for line in party.lines))


def _period(document: Document, paper: AgreementPaper) -> None:
    """Set the three facts people look for in a tinted band."""
    facts = (
        (_("From"), show_date(paper.out)),
        (_("To be returned by"), show_date(paper.due) or _("when asked for")),
        (_("Charge"), paper.charge or _("No charge")),
    )
    columns = (50.0, 50.0, WIDTH - 104)
    contents = [((label, SMALL), (value, _NAME)) for label, value in facts]
    height = 5 + max(document.height(c, w - 4) for c, w in zip(contents, columns, strict=True))
    document.need(height)
    document.ink.box((LEFT, document.y), (WIDTH, height), fill=MIST)
    x = LEFT + 4
    for content, width in zip(contents, columns, strict=True):
        document.block(content, x, document.y + 2.2, width - 4)
        x += width
    document.y += height + 1


def _schedule(document: Document, items: tuple[ScheduleItem, ...]) -> None:
    count = ngettext("{n} instrument", "{n} instruments", len(items)).format(n=len(items))
    document.heading(_("Schedule: {count}").format(count=count))
    columns = (
        Column(_("Code"), 28),
        Column(_("Instrument"), 53),
        Column(_("Serial number"), 26),
        Column(_("With it"), 31),
        Column(_("Condition"), 18),
        Column(_("Replacement"), 18, right=True),
    )
    document.table(columns, [_schedule_row(item) for item in items])
    values = [item.value_pence for item in items if item.value_pence is not None]
    # A sum that leaves some out would be read as the whole.
    if len(values) == len(items) > 1:
        total = _("Replacement value in all: {total}").format(total=show_pounds(sum(values)))
        document.need(7)
        document.ink.text(LEFT + WIDTH, document.y + 5, total, STRONG, align=1)
        document.y += 7


def _schedule_row(item: ScheduleItem) -> list[Cell]:
    make = " ".join(part for part in (item.make, item.model) if part)
    small = Style(8.5)
    return [
        cell(shown(item.code), CODE),
        ((item.what, STRONG), (make, SMALL)),
        cell(item.serial, small),
        cell(", ".join(item.accessories), small),
        cell(item.condition, small),
        cell(show_pounds(item.value_pence) if item.value_pence is not None else "", small),
    ]


def _clauses(document: Document, clauses: tuple[Clause, ...]) -> None:
    for number, clause in enumerate(clauses, 1):
        # A clause's title never stands alone at the foot of a page.
        document.need(3 * height_of(BODY))
        base = document.y + height_of(STRONG) * 0.75
        document.ink.text(LEFT, base, f"{number}", _NUMBER)
        document.paragraph(clause.title, STRONG, LEFT + _INDENT, WIDTH - _INDENT)
        document.paragraph(clause.body, BODY, LEFT + _INDENT, WIDTH - _INDENT)
        document.y += 2.2


def _signatures(document: Document, text: AgreementText) -> tuple[SignPlace, ...]:
    """Set the boxes two abreast, all on one page with their heading."""
    boxes = list(zip(text.roles, text.signs, strict=True))
    rows = [boxes[place : place + 2] for place in range(0, len(boxes), 2)]
    document.heading(_("Signatures"), keep=len(rows) * (_SIGN_HEIGHT + 4) + 5)
    document.y += 1
    places = []
    for row in rows:
        document.need(_SIGN_HEIGHT + 4)
        for at, (role, words) in enumerate(row):
            x = LEFT + at * (_HALF + 6)
            _signature(document, words, x)
            places.append(SignPlace(role, document.ink.pages - 1, x, document.y, _HALF, _SIGN_HEIGHT))
        document.y += _SIGN_HEIGHT + 4
    return tuple(places)


def _signature(document: Document, words: str, x: float) -> None:
    ink, top = document.ink, document.y
    ink.box((x, top), (_HALF, _SIGN_HEIGHT), edge=MUTED)
    document.block(cell(words, _ROLE), x + 3, top + 2.2, _HALF - 6)
    for label, left, width, down in (
        (_("Signature"), 3.0, _HALF - 6, SIGN_DOWN),
        (_("Name in capitals"), 3.0, _HALF - 36, NAME_DOWN),
        (_("Date"), _HALF - 28, 25.0, NAME_DOWN),
    ):
        ink.line(x + left, top + down, width, MUTED, 0.4)
        ink.text(x + left, top + down + 3, label, Style(6.5, colour=MUTED))
