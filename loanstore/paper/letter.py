"""The letter to a school after a return: how far its sets are back, what is missing or flawed, and what to do."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from loanstore.domain.codes import shown
from loanstore.i18n import _, ngettext
from loanstore.paper.document import BODY, CODE, LEFT, SMALL, STRONG, WIDTH, Column, Document, cell, show_date
from loanstore.paper.ink import MIST, Style

if TYPE_CHECKING:
    from pathlib import Path

    from loanstore.domain.letters import FlawedItem, MissingItem, ReturnsLetter, SetReturn
    from loanstore.paper.document import Cell

_NAME: Final = Style(11, bold=True)
_NUMBER: Final = Style(11, bold=True)
_BAND: Final = Style(13, bold=True)
_FINE: Final = Style(8.5)
_HALF: Final = (WIDTH - 6) / 2
_INDENT: Final = 7.0


def draw_returns_letter(paper: ReturnsLetter, *, fonts: Path) -> bytes:
    """Draw the letter as an A4 PDF; the same paper gives the same bytes.

    The code of a set stands in bars where there is one set. Raises Refused NO_GLYPH or CODE_UNPRINTABLE.
    """
    title = _("Instruments returned")
    named = [one for one in paper.sets if one.code]
    code = named[0].code if len(named) == 1 else ""
    foot = _("Made {made}").format(made=show_date(paper.made))
    document = Document(fonts, title=title, owner=paper.owner.name, code=code, foot=foot)
    top = document.y
    to: Cell = ((_("To"), SMALL), (paper.party.name, _NAME), *((line, BODY) for line in paper.party.lines))
    when: Cell = ((_("From"), SMALL), (paper.owner.name, _NAME), (show_date(paper.made), BODY))
    left = document.block(to, LEFT, top, _HALF)
    right = document.block(when, LEFT + _HALF + 6, top, _HALF)
    document.y = max(left, right) + 4
    _verdict(document, paper)
    for one in paper.sets:
        if one.missing:
            _missing(document, one)
    if paper.flawed:
        _flawed(document, paper.flawed)
    _what_to_do(document, paper)
    return document.finish()


def set_words(one: SetReturn) -> str:
    """Say how far a set is back, and what is missing: ``Year 4 violins: 27 of 30 back; missing: 4, 11, 19``."""
    said = _("{name}: {back} of {total} back").format(name=_name(one), back=one.back, total=one.total)
    if not one.missing:
        return f"{said}."
    if one.numbers:
        return _("{said}; missing: {numbers}.").format(said=said, numbers=one.numbers)
    n = len(one.missing)
    return ngettext("{said}; {n} is missing.", "{said}; {n} are missing.", n).format(said=said, n=n)


def _name(one: SetReturn) -> str:
    return one.name or _("Single instruments")


def _verdict(document: Document, paper: ReturnsLetter) -> None:
    """Say in one band what a school wants to know first."""
    lines: list[tuple[str, Style]] = [(set_words(one), _BAND) for one in paper.sets]
    if not paper.missing and not paper.flawed:
        lines.append((_("Everything is back and complete. Thank you."), BODY))
    if paper.others_out:
        n = paper.others_out
        said = ngettext(
            "{n} other instrument is still on loan to you.", "{n} other instruments are still on loan to you.", n
        )
        lines.append((said.format(n=n), BODY))
    content = tuple(lines)
    height = document.height(content, WIDTH - 8) + 6
    document.need(height)
    document.ink.box((LEFT, document.y), (WIDTH, height), fill=MIST)
    document.block(content, LEFT + 4, document.y + 3, WIDTH - 8)
    document.y += height + 1


def _missing(document: Document, one: SetReturn) -> None:
    document.heading(_("Not back yet: {name}").format(name=_name(one)))
    columns = (
        Column(_("No."), 14),
        Column(_("Code"), 32),
        Column(_("Instrument"), 54),
        Column(_("Serial number"), 38),
        Column(_("To be returned by"), 36),
    )
    document.table(columns, [_missing_row(item) for item in one.missing])


def _missing_row(item: MissingItem) -> list[Cell]:
    due = _("declared lost") if item.lost else f"{item.due:%d %b %Y}".lstrip("0")
    return [
        cell(str(item.position) if item.position else "", _NUMBER),
        cell(shown(item.code), CODE),
        cell(item.what, STRONG),
        cell(item.serial, _FINE),
        cell(due, _FINE),
    ]


def _flawed(document: Document, items: tuple[FlawedItem, ...]) -> None:
    document.heading(_("Came back damaged, or without a part"))
    columns = (
        Column(_("No."), 14),
        Column(_("Code"), 32),
        Column(_("Instrument"), 48),
        Column(_("Not with it"), 40),
        Column(_("Damage and condition"), 40),
    )
    document.table(columns, [_flawed_row(item) for item in items])


def _flawed_row(item: FlawedItem) -> list[Cell]:
    damaged = ", ".join(filter(None, (*item.damaged, item.condition)))
    if not item.missing and not damaged:
        damaged = _("needs attention")
    return [
        cell(str(item.position) if item.position else "", _NUMBER),
        cell(shown(item.code), CODE),
        ((item.what, STRONG), (item.serial, SMALL)),
        cell(", ".join(item.missing), _FINE),
        cell(damaged, _FINE),
    ]


def _what_to_do(document: Document, paper: ReturnsLetter) -> None:
    """Tell what is asked of the school, as numbered steps; nothing where nothing is asked."""
    steps = []
    if paper.missing:
        steps += [
            _(
                "Please look for what is not back: in cupboards, in the staff room, at pupils' homes. "
                "The number and the code are on the instrument and on its case."
            ),
            _("Bring what you find to the store, or hand it to our driver. Keep this letter with it."),
            _("If something is lost or was stolen, tell us now, so that nobody goes on looking."),
        ]
    if any(item.missing for item in paper.flawed):
        steps.append(_("Please look for the parts that did not come with their instruments, and send them on."))
    if any(not item.missing for item in paper.flawed):
        steps.append(_("We have what is damaged looked at. Should there be anything to pay, we write to you first."))
    if not steps:
        return
    document.heading(_("What we ask of you"))
    for number, step in enumerate(steps, 1):
        document.need(12)
        top = document.y
        document.paragraph(step, BODY, LEFT + _INDENT, WIDTH - _INDENT)
        document.ink.text(LEFT, top + 3.4, f"{number}", STRONG)
        document.y += 1.6
