"""Command barcodes: as stickers, and as one card for the desk."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from loanstore.domain.codes import COMMAND_PREFIX, Command
from loanstore.domain.labels import Label, LabelKind
from loanstore.i18n import _
from loanstore.paper.cells import draw_cell
from loanstore.paper.document import LEFT, WIDTH, Document

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

_GAP: Final = 3.0
_COLUMNS: Final = 3
_CELL: Final = ((WIDTH - 2 * _GAP) / _COLUMNS, 16.0)
#: One width of bar for the whole card: the one that fits the longest command.
_MODULE: Final = 0.26
_ACCESSORIES: Final = range(1, 10)


def command_labels() -> list[Label]:
    """Give a label for every command, in the order of the desk card.

    The bars hold letters and digits only (``LSCMDLEND``); people read ``LSCMD-LEND``.
    """
    return [label for _title, group in _groups() for label in group]


def draw_command_sheet(*, fonts: Path) -> bytes:
    """Draw every command on one A4 card for the desk."""
    document = Document(fonts, title=_("Command card"), owner=_("Scan desk"))
    document.y -= 8
    for title, group in _groups():
        document.heading(title, keep=0)
        top = document.y
        for place, label in enumerate(group):
            row, column = divmod(place, _COLUMNS)
            corner = (LEFT + column * (_CELL[0] + _GAP), top + row * (_CELL[1] + 1.5))
            draw_cell(document.ink, label, corner, _CELL, _MODULE)
        document.y = top + -(-len(group) // _COLUMNS) * (_CELL[1] + 1.5) - 2
    return document.finish()


def _groups() -> Sequence[tuple[str, list[Label]]]:
    """Give the commands by the moment they are wanted."""
    return (
        (
            _("At any time"),
            [
                _command(Command.LEND, _("Lend"), _("what is scanned goes out")),
                _command(Command.RETURN, _("Return"), _("what is scanned comes back")),
                _command(Command.FINISH, _("Finish"), _("this hand-over is done")),
                _command(Command.UNDO, _("Undo"), _("take the last step back")),
                _command(Command.SHOW, _("Show"), _("the next scan only shows")),
                _command(Command.PRINT, _("Print"), _("what was just made")),
            ],
        ),
        (
            _("Straight after an answer"),
            [
                _command(Command.TAKE, _("Take"), _("lend it all the same")),
                _command(Command.BACK, _("Back"), _("bring this one back from its holder")),
                _command(Command.ALL, _("All"), _("everything still out comes back, counted")),
                _command(Command.ON_LEND, _("On-lend"), _("pass it on; its loan goes on")),
                _command(Command.MATCH, _("Match"), _("do case and instrument belong together?")),
                _command(Command.REPAIR, _("Repair"), _("it needs a repairer")),
            ],
        ),
        (_("Accessory missing"), _numbered(Command.MISSING, _("Missing {n}"))),
        (_("Accessory damaged"), _numbered(Command.DAMAGED, _("Damaged {n}"))),
        (_("Accessory there after all"), _numbered(Command.PRESENT, _("There {n}"))),
    )


def _numbered(command: Command, headline: str) -> list[Label]:
    return [_command(command, headline.format(n=n), "", str(n)) for n in _ACCESSORIES]


def _command(command: Command, headline: str, detail: str, number: str = "") -> Label:
    shown = f"{COMMAND_PREFIX}-{command}" + (f"-{number}" if number else "")
    return Label(f"{COMMAND_PREFIX}{command}{number}", shown, headline, detail, kind=LabelKind.COMMAND)
