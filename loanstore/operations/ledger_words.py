"""What a line of the ledger is called, on papers, in tables and on screens alike."""

from __future__ import annotations

from typing import TYPE_CHECKING

from loanstore.domain.ledger import Entry, EntryKind, Why
from loanstore.i18n import _

if TYPE_CHECKING:
    from loanstore.domain.ledger import Line


def kind_word(kind: str) -> str:
    """Name what a charge is for."""
    words = {
        EntryKind.HIRE: _("Hire"),
        EntryKind.DEPOSIT: _("Deposit"),
        EntryKind.DEPOSIT_BACK: _("Deposit returned"),
        EntryKind.MISSING: _("Missing"),
        EntryKind.DAMAGE: _("Damaged"),
        EntryKind.LOSS: _("Lost"),
    }
    return words[EntryKind(kind)]


def why_word(why: str) -> str:
    """Say why a line was taken back."""
    words = {
        Why.BY_HAND: _("taken back"),
        Why.NOT_REACHED: _("came back before it began"),
        Why.ADJUSTED: _("charged anew"),
        Why.FOUND: _("found again"),
        Why.HANDED_IN: _("handed in"),
        Why.UNDONE: _("undone"),
    }
    return words[Why(why)]


def line_words(line: Line) -> str:
    """Say what one line of an account is, as a statement has it."""
    source = line.source
    if isinstance(source, Entry):
        said = f"{kind_word(source.kind)}: {source.name}"
        return f"{said} ({why_word(source.why)})" if line.back and source.why else said
    said = _("Payment, {method}") if source.amount > 0 else _("Money returned, {method}")
    said = said.format(method=source.method)
    return f"{said} ({why_word(source.why)})" if line.back and source.why else said
