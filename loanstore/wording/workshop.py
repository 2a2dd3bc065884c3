"""The workshop's own words: what becomes of a repair, who bears it, and how it ended."""

from __future__ import annotations

from loanstore.domain.disposals import Route
from loanstore.domain.repairs import Decision, Outcome
from loanstore.domain.services import Work
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


def route_word(route: str) -> str:
    """Say how an instrument left for good."""
    words = {
        Route.SOLD: _("sold"),
        Route.DONATED: _("donated"),
        Route.SCRAPPED: _("scrapped"),
        Route.RETURNED: _("returned to the funder"),
    }
    return {key.value: word for key, word in words.items()}.get(route, route)


def work_word(work: Work) -> str:
    """Say what was done."""
    return {Work.SERVICED: _("serviced"), Work.TESTED: _("PAT tested"), Work.CLEANED: _("cleaned")}[work]


def due_word(work: Work) -> str:
    """Say what is due."""
    return {Work.SERVICED: _("Service"), Work.TESTED: _("PAT test"), Work.CLEANED: _("Hygiene")}[work]
