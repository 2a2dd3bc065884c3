"""The four lists of charges: who owes what, what a run would post, what is to be decided on, and what was posted."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from loanstore.domain.money import show_pounds
from loanstore.i18n import _
from loanstore.operations.ledger_words import kind_word, why_word
from loanstore.ui.screens.work_list import WorkList
from loanstore.ui.table_model import Column
from loanstore.ui.theme import mono_font
from loanstore.wording import short_day
from loanstore.wording.charges import owed_words

if TYPE_CHECKING:
    from loanstore.operations.accounts import Charge
    from loanstore.operations.charging import RunLine
    from loanstore.operations.posting import Proposed
    from loanstore.storage.ledger_lists import Account
    from loanstore.ui.theme import Look


def balances(look: Look) -> WorkList:
    """Make the list of who owes what."""
    size = look.theme.size
    columns: tuple[Column[Account], ...] = (
        Column(_("Name"), lambda line: line.label),
        _code(look, lambda line: line.code),
        Column(_("Since"), lambda line: _day(line.since), size("day"), sorts=lambda line: line.since, spare=True),
        Column(
            _("To pay"),
            lambda line: owed_words(line.owed),
            size("status"),
            sorts=lambda line: line.owed,
            colour=lambda line: look.theme.colour("wrong" if line.owed > 0 else "out"),
            right=True,
        ),
    )
    empty = _("Nobody owes anything. Tariffs stand under Settings; “To post” shows what they come to.")
    return WorkList(look, ("balances", _("Balances"), empty), columns, lambda line: line.borrower)


def to_post(look: Look) -> WorkList:
    """Make the list of what a run would do."""
    size = look.theme.size
    columns: tuple[Column[RunLine], ...] = (
        Column(_("Name"), lambda line: line.name),
        _code(look, lambda line: line.borrower),
        Column(_("What"), lambda line: f"{kind_word(line.entry.kind)}: {line.entry.name}"),
        Column(_("What is done"), _does, size("where"), spare=True),
        _sum(look, lambda line: line.amount),
    )
    empty = _("Nothing is due up to this day that is not posted already.")
    return WorkList(look, ("toPost", _("To post"), empty), columns, lambda line: (line.does, line.entry.id))


def to_decide(look: Look) -> WorkList:
    """Make the list of what may be charged for."""
    size = look.theme.size
    columns: tuple[Column[Proposed], ...] = (
        Column(_("Name"), lambda line: line.name),
        _code(look, lambda line: line.borrower),
        Column(_("What"), lambda line: line.proposal.what),
        Column(_("Why"), _why, size("status")),
        Column(
            _("Came back"),
            lambda line: _day(line.proposal.day),
            size("day"),
            sorts=lambda line: line.proposal.day,
            spare=True,
        ),
        Column(
            _("Proposed"),
            lambda line: show_pounds(line.proposal.amount) if line.proposal.amount is not None else "",
            size("money"),
            sorts=lambda line: line.proposal.amount or 0,
            right=True,
        ),
    )
    empty = _("Nothing came back damaged or incomplete, and nothing is lost, that was not decided on.")
    return WorkList(look, ("toDecide", _("To decide"), empty), columns, lambda line: line.proposal.id)


def posted(look: Look) -> WorkList:
    """Make the list of charges that were posted."""
    size = look.theme.size
    columns: tuple[Column[Charge], ...] = (
        Column(_("Day"), lambda line: _day(line.entry.day), size("day"), sorts=lambda line: line.entry.day, spare=True),
        Column(_("Name"), lambda line: line.name),
        _code(look, lambda line: line.borrower),
        Column(_("What"), lambda line: f"{kind_word(line.entry.kind)}: {line.entry.name}"),
        _sum(look, lambda line: line.entry.amount),
    )
    empty = _("Nothing is charged yet.")
    return WorkList(look, ("posted", _("Charges"), empty), columns, lambda line: line.entry.id)


def _code(look: Look, says: Any) -> Column[Any]:  # noqa: ANN401 - a column of any lines
    width = look.theme.size("code_column")
    return Column(_("Code"), says, width, font=lambda _line: mono_font(look.theme), spare=True)


def _sum(look: Look, pence: Any) -> Column[Any]:  # noqa: ANN401 - the same
    return Column(
        _("Sum"),
        lambda line: show_pounds(pence(line)),
        look.theme.size("money"),
        sorts=pence,
        colour=lambda line: look.theme.colour("out") if pence(line) < 0 else None,
        right=True,
    )


def _does(line: RunLine) -> str:
    if line.until is not None:
        return _("waits for evidence to {day}").format(day=short_day(line.until))
    return why_word(line.why) if line.why else _("posted")


def _why(line: Proposed) -> str:
    return " ".join(filter(None, (kind_word(line.proposal.kind), line.proposal.part)))


def _day(text: str) -> str:
    return short_day(date.fromisoformat(text)) if text else ""
