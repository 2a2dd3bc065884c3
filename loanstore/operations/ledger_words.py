"""What a line of the ledger is called, on papers, in tables and on screens alike."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from loanstore.domain.ledger import Entry, EntryKind, Why
from loanstore.domain.money import show_pounds
from loanstore.domain.periods import Every
from loanstore.domain.remissions import best
from loanstore.i18n import _

if TYPE_CHECKING:
    from collections.abc import Sequence

    from loanstore.domain.ledger import Line
    from loanstore.domain.remissions import Remission
    from loanstore.domain.tariffs import Tariff


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


def every_word(every: str) -> str:
    """Name how often hire is charged."""
    words = {
        Every.TERM: _("a term"),
        Every.BLOCK: _("a block"),
        Every.YEAR: _("a year"),
        Every.MONTH: _("a month"),
        Every.ONCE: _("once"),
        Every.FREE: _("free"),
    }
    return words[Every(every)]


def price_words(tariff: Tariff, first: date, remissions: Sequence[Remission]) -> str:
    """Say what hire that begins on a day costs, with what is let off taken from it; never why, or that it is."""
    if tariff.every == Every.FREE or not tariff.amount:
        return ""
    every = every_word(tariff.every)
    left, _waits = best(remissions, first, tariff.amount)
    said = _("{sum} {every}").format(sum=show_pounds(left), every=every)
    if left != tariff.amount:
        until = min(date.fromisoformat(one.last) for one in remissions if one.checked and one.holds_on(first))
        said = _("{sum} {every} to {day}, then {full}").format(
            sum=show_pounds(left), every=every, day=until.isoformat(), full=show_pounds(tariff.amount)
        )
    deposit = _("deposit {sum}").format(sum=show_pounds(tariff.deposit)) if tariff.deposit else ""
    free = _("the first period is free") if tariff.first_free else ""
    return ", ".join(filter(None, (said, free, deposit)))
