"""The recovery sheet: the key of a store in words, on one page to print and lock away."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from loanstore.i18n import _
from loanstore.paper.document import BODY, LEFT, SMALL, STRONG, WIDTH, Document, show_date
from loanstore.paper.fitting import fit
from loanstore.paper.ink import HAIRLINE, MIST, MUTED, TEAL, Style

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date
    from pathlib import Path

_COLUMNS: Final = 4
_GAP: Final = 3.0
_CELL: Final = ((WIDTH - (_COLUMNS - 1) * _GAP) / _COLUMNS, 11.0)
_WORD: Final = Style(12, bold=True, mono=True)
_NUMBER: Final = Style(7.5, colour=MUTED)
_STEP: Final = Style(9, bold=True, colour=TEAL)


def draw_recovery_sheet(owner: str, store_id: str, words: Sequence[str], made: date, *, fonts: Path) -> bytes:
    """Draw the words of a store's key in a numbered grid, with what they are for and how to keep them.

    Words run along the rows. Raises Refused NO_GLYPH.
    """
    document = Document(fonts, title=_("Recovery sheet"), owner=owner, foot=_("Store {id}").format(id=store_id))
    document.paragraph(
        _(
            "These words open the instrument store when nobody knows its passphrase any more. Whoever holds them can "
            "read every name in it. Without them and without the passphrase, nobody can, not even its makers."
        )
    )
    document.y += 4
    _facts(document, store_id, made)
    document.heading(_("The words, in this order"))
    _grid(document, words)
    document.heading(_("How to keep this sheet"))
    _steps(
        document,
        (
            _("Print it once, on paper. Do not photograph it, e-mail it or keep the file."),
            _("Lock it away from the computer: a safe, or with the head of service."),
            _("Tell two people where it is, and write nothing on it that says so."),
            _("If it is lost or seen by a stranger, give the store a new passphrase and print a new sheet."),
        ),
    )
    document.heading(_("How to use it"))
    _steps(
        document,
        (
            _("Where loanstore asks for the passphrase, say that you have the recovery sheet."),
            _("Type the words in order, with blanks between them. Capitals do not matter."),
            _("Then choose a new passphrase and print a new sheet: new passphrase, new words."),
            _("Keep this one as long as backups made before that day are kept."),
        ),
    )
    return document.finish()


def _facts(document: Document, store_id: str, made: date) -> None:
    document.ink.box((LEFT, document.y), (WIDTH, 14), fill=MIST)
    facts = ((_("Store"), store_id, 100.0), (_("Made on"), show_date(made), 60.0))
    x = LEFT + 4
    for label, value, width in facts:
        document.ink.text(x, document.y + 5, label, SMALL)
        text, style = fit(document.ink, value, STRONG, width, 7)
        document.ink.text(x, document.y + 10.5, text, style)
        x += width + 6
    document.y += 15


def _grid(document: Document, words: Sequence[str]) -> None:
    document.y += 1
    width, height = _CELL
    for begin in range(0, len(words), _COLUMNS):
        document.need(height)
        for column, word in enumerate(words[begin : begin + _COLUMNS]):
            x = LEFT + column * (width + _GAP)
            document.ink.box((x, document.y), _CELL, edge=HAIRLINE)
            document.ink.text(x + 7, document.y + 7, f"{begin + column + 1}", _NUMBER, align=1)
            text, style = fit(document.ink, word, _WORD, width - 11, 6)
            document.ink.text(x + 9, document.y + 7.2, text, style)
        document.y += height + 2


def _steps(document: Document, steps: Sequence[str]) -> None:
    document.y += 1
    for number, step in enumerate(steps, 1):
        document.ink.text(LEFT, document.y + 3.3, f"{number}", _STEP)
        document.paragraph(step, BODY, LEFT + 8, WIDTH - 8)
        document.y += 1.2
