"""The workshop's three lists: their columns and what each says when it is empty."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from loanstore.domain.gestures import read_instant
from loanstore.domain.money import show_pounds
from loanstore.i18n import _
from loanstore.ui.screens.work_list import WorkList
from loanstore.ui.table_model import Column
from loanstore.ui.theme import mono_font
from loanstore.wording import short_day
from loanstore.wording.workshop import decision_word, due_word

if TYPE_CHECKING:
    from loanstore.operations.servicing import DueLine
    from loanstore.storage.workshop_lists import AttentionLine, RepairLine
    from loanstore.ui.theme import Look


def at_repairers(look: Look) -> WorkList:
    """Make the list of what is at the repairers'."""
    size = look.theme.size
    columns: tuple[Column[RepairLine], ...] = (
        code_column(look),
        Column(_("Instrument"), _what, size("what")),
        Column(_("Repairer"), lambda line: line.repairer_name, size("where")),
        Column(_("Sent"), _sent_words, size("day"), sorts=lambda line: line.sent, spare=True),
        Column(_("What is wrong"), lambda line: line.fault),
        Column(
            _("Quote"),
            lambda line: show_pounds(line.quote) if line.quote is not None else "",
            size("money"),
            sorts=lambda line: line.quote or 0,
            right=True,
        ),
        Column(_("Decision"), lambda line: decision_word(line.decision), size("status")),
    )
    empty = _("Nothing is at a repairer's. What is sent from “Ready to send”, or by scanning a repairer, stands here.")
    return WorkList(look, ("atRepairers", _("At the repairers"), empty), columns, lambda line: line.code)


def due_services(look: Look) -> WorkList:
    """Make the list of what is due; what is late says so."""
    size = look.theme.size
    columns: tuple[Column[DueLine], ...] = (
        code_column(look),
        Column(_("Instrument"), _what, size("what")),
        Column(_("What is due"), lambda line: due_word(line.work), size("status")),
        Column(_("Last done"), lambda line: _day(line.last), size("day"), sorts=lambda line: line.last or date.min),
        Column(
            _("Due"),
            lambda line: short_day(line.due) if line.due else _("never done"),
            size("day"),
            sorts=lambda line: line.due or date.min,
            colour=lambda line: look.theme.colour("wrong") if line.late else None,
        ),
        Column(_("Place or borrower"), lambda line: line.borrower or line.place or line.status),
    )
    empty = _("Nothing is due by this day. Intervals stand in the catalogue, type by type.")
    words = ("dueServices", _("Due services"), empty)
    return WorkList(look, words, columns, lambda line: (line.code, line.work))


def ready_to_send(look: Look) -> WorkList:
    """Make the list of what can't be lent until it was seen to."""
    size = look.theme.size
    columns: tuple[Column[AttentionLine], ...] = (
        code_column(look),
        Column(_("Instrument"), _what, size("what")),
        Column(_("Condition"), lambda line: line.condition, size("status")),
        Column(_("Missing"), lambda line: ", ".join(line.missing)),
        Column(_("Damaged"), lambda line: ", ".join(line.damaged), size("where")),
        Column(_("Place"), lambda line: line.place, size("where"), spare=True),
    )
    empty = _("Nothing needs attention. What comes back damaged, or without what it can't do without, stands here.")
    return WorkList(look, ("readyToSend", _("Ready to send"), empty), columns, lambda line: line.code)


def code_column(look: Look) -> Column[Any]:
    """Make the column of codes, in the letters that tell 0 from O."""
    width = look.theme.size("code_column")
    return Column(_("Code"), lambda line: str(line.code), width, font=lambda _line: mono_font(look.theme))


def _what(line: RepairLine | DueLine | AttentionLine) -> str:
    return " ".join(filter(None, (line.type, line.size)))


def _sent_words(line: RepairLine) -> str:
    return short_day(read_instant(line.sent).astimezone().date()) if line.sent else _("before import")


def _day(day: date | None) -> str:
    return short_day(day) if day is not None else ""
