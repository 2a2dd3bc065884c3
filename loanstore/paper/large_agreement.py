"""The agreement in large print: the same words at 18 points and more, one thing below the other instead of a table."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from loanstore.domain.codes import shown
from loanstore.domain.frozen import DrawnAgreement
from loanstore.domain.money import show_pounds
from loanstore.i18n import _, ngettext
from loanstore.paper.agreement import filled
from loanstore.paper.document import LARGE_BODY, LARGE_STRONG, LEFT, WIDTH, Document, height_of, show_date
from loanstore.paper.fitting import wrap
from loanstore.paper.ink import MUTED
from loanstore.paper.second_language import is_right_to_left

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from loanstore.domain.agreements import AgreementPaper, Clause, Party, ScheduleItem

_SIGN: Final = 24.0
"""Millimetres of white above a line to write on."""
_BETWEEN: Final = 5.0


def draw_large_agreement(paper: AgreementPaper, *, fonts: Path) -> DrawnAgreement:
    """Draw an agreement in large print; the same paper gives the same bytes.

    Raises Refused NO_GLYPH or CODE_UNPRINTABLE.
    """
    text = filled(paper)
    foot = shown(paper.code)
    document = Document(fonts, title=text.title, owner=paper.owner.name, code=paper.code, foot=foot, large=True)
    _party(document, _("Lent by"), paper.owner)
    _party(document, _("Lent to"), paper.borrower)
    for label, name in ((_("Player"), paper.player), (_("School"), paper.school)):
        if name and name != paper.borrower.name:
            _fact(document, label, name)
    _fact(document, _("From"), show_date(paper.out))
    _fact(document, _("To be returned by"), show_date(paper.due) or _("when asked for"))
    _fact(document, _("Charge"), paper.charge or _("No charge"))
    _schedule(document, paper.items)
    document.heading(_("Terms"))
    _clauses(document, text.clauses)
    if text.second is not None:
        document.ink.speak(text.second.language)
        document.heading(text.second.title)
        _clauses(document, text.second.clauses, text.second.language)
        document.ink.speak()
    _signatures(document, text.signs)
    version = _("Text: {key}, version {version}; made {made}.").format(
        key=text.key, version=text.version, made=show_date(paper.made)
    )
    document.paragraph(version, LARGE_BODY)
    pages = document.ink.pages
    return DrawnAgreement(document.finish(), pages, ())


def _party(document: Document, role: str, party: Party) -> None:
    document.need(3 * height_of(LARGE_BODY))
    _fact(document, role, party.name)
    for line in party.lines:
        document.paragraph(line, LARGE_BODY)


def _fact(document: Document, label: str, value: str) -> None:
    document.need(2 * height_of(LARGE_BODY))
    document.y += 1.5
    document.paragraph(f"{label}: {value}", LARGE_STRONG)


def _schedule(document: Document, items: Sequence[ScheduleItem]) -> None:
    count = ngettext("{n} instrument", "{n} instruments", len(items)).format(n=len(items))
    document.heading(_("Schedule: {count}").format(count=count))
    for number, item in enumerate(items, 1):
        document.need(4 * height_of(LARGE_BODY))
        document.paragraph(f"{number}. {item.what}, {shown(item.code)}", LARGE_STRONG)
        for label, value in (
            (_("Make"), " ".join(filter(None, (item.make, item.model)))),
            (_("Serial number"), item.serial),
            (_("With it"), ", ".join(item.accessories)),
            (_("Condition"), item.condition),
            (_("Replacement"), show_pounds(item.value_pence) if item.value_pence is not None else ""),
        ):
            if value:
                document.paragraph(f"{label}: {value}", LARGE_BODY)
        document.y += _BETWEEN


def _clauses(document: Document, clauses: Sequence[Clause], language: str = "") -> None:
    turned = is_right_to_left(language) if language else False
    for number, clause in enumerate(clauses, 1):
        document.need(3 * height_of(LARGE_BODY))
        for text, style in ((f"{number}. {clause.title}", LARGE_STRONG), (clause.body, LARGE_BODY)):
            for line in wrap(document.ink, text, style, WIDTH):
                document.need(height_of(style))
                base = document.y + height_of(style) * 0.75
                document.ink.text(LEFT + WIDTH if turned else LEFT, base, line, style, align=1 if turned else 0)
                document.y += height_of(style)
        document.y += _BETWEEN


def _signatures(document: Document, signs: Sequence[str]) -> None:
    document.heading(_("Signatures"), keep=_SIGN * 3)
    for words in signs:
        lines = document.height(((words, LARGE_STRONG),), WIDTH)
        document.need(lines + 3 * _SIGN)
        document.paragraph(words, LARGE_STRONG)
        for label in (_("Signature"), _("Name in capitals"), _("Date")):
            document.y += _SIGN - height_of(LARGE_BODY)
            document.ink.line(LEFT, document.y, WIDTH, MUTED, 0.6)
            document.paragraph(label, LARGE_BODY)
        document.y += _BETWEEN
