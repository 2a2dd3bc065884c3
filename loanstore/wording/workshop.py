"""The workshop's own words: what becomes of a repair, who bears it, and how it ended."""

from __future__ import annotations

from loanstore.domain.repairs import Decision, Outcome
from loanstore.i18n import _


def decision_word(decision: str) -> str:
    """Say who bears a repair."""
    words = {
        Decision.FAIR_WEAR: _("fair wear"),
        Decision.CHARGEABLE: _("chargeable"),
        Decision.NOT_WORTH_IT: _("not worth it"),
    }
    return {key.value: word for key, word in words.items()}.get(decision, decision)


def outcome_word(outcome: str) -> str:
    """Say how a repair ended."""
    words = {Outcome.MENDED: _("mended"), Outcome.NOT_MENDED: _("not mended"), Outcome.WRITTEN_OFF: _("written off")}
    return {key.value: word for key, word in words.items()}.get(outcome, outcome)
