"""How long and how many: loan periods, limits and the desk's waiting times. All of it is a store's setting."""

from __future__ import annotations

import json
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from loanstore.domain.borrowers import BorrowerKind
from loanstore.domain.terms import DueDate, TermTable

if TYPE_CHECKING:
    from collections.abc import Mapping


PLAIN_CONTRACT: Final = "free loan"


class Period(StrEnum):
    """What a loan's end lands on."""

    TERM = "end of term"
    YEAR = "end of year"
    DAYS = "days"


@dataclass(frozen=True, slots=True)
class LendingRule:
    """What one kind of borrower may have: until when, and how many at once (None is no limit).

    ``contract`` is the kind of contract that a hand-over makes. A ``rolling`` hire goes on from period to period until
    notice is given; it has a day to be back by all the same, which moves on.
    """

    period: Period = Period.TERM
    days: int = 0
    limit: int | None = None
    contract: str = PLAIN_CONTRACT
    rolling: bool = False


DEFAULT_RULES: Final[Mapping[BorrowerKind, LendingRule]] = {
    BorrowerKind.SETTING: LendingRule(),
    BorrowerKind.TEACHER: LendingRule(Period.YEAR),
    BorrowerKind.ENSEMBLE: LendingRule(),
    BorrowerKind.HIRER: LendingRule(limit=2),
}
"""A new store limits only hirers."""


@dataclass(frozen=True, slots=True)
class Policy:
    """A store's rules of lending.

    ``least_days`` keeps a loan made in the last days of a term from being due at once: it runs to the end
    of the next one. The others are seconds: the same thing within ``repeat`` counts once; what this session
    lent within ``just_lent`` is shown, not returned; after ``quiet`` a session finishes by itself. What is set
    aside for somebody is kept for ``aside_days`` working days.
    """

    rules: Mapping[BorrowerKind, LendingRule] = field(default_factory=lambda: dict(DEFAULT_RULES))
    least_days: int = 14
    repeat: float = 2.0
    just_lent: float = 120.0
    quiet: float = 300.0
    aside_days: int = 5

    def limit(self, kind: BorrowerKind) -> int | None:
        """Give how many instruments a borrower of this kind may have at once; None is no limit."""
        return self.rules[kind].limit

    def contract(self, kind: BorrowerKind) -> str:
        """Give the kind of contract that a hand-over to this kind of borrower makes."""
        return self.rules[kind].contract

    def due(self, kind: BorrowerKind, day: date, terms: TermTable) -> DueDate:
        """Find when a loan made on ``day`` to this kind of borrower is due."""
        rule = self.rules[kind]
        if rule.period is Period.DAYS:
            return DueDate(day + timedelta(days=rule.days))
        if rule.period is Period.YEAR:
            return terms.end_of_year(day, self.least_days)
        return terms.end_of_term(day, self.least_days)

    def renewed(self, kind: BorrowerKind, due: date, today: date, terms: TermTable) -> DueDate:
        """Find the next due date after ``due``, never one that is past already."""
        latest = max(due, today)
        if self.rules[kind].period is Period.DAYS:
            return self.due(kind, latest, terms)
        return replace(self, least_days=0).due(kind, latest + timedelta(days=1), terms)


def read_policy(text: str) -> Policy:
    """Read a policy from JSON as ``write_policy`` writes it; what is not said keeps its default."""
    said = json.loads(text)
    rules = dict(DEFAULT_RULES)
    for kind, rule in said.get("rules", {}).items():
        rules[BorrowerKind(kind)] = LendingRule(
            Period(rule["period"]),
            rule.get("days", 0),
            rule.get("limit"),
            rule.get("contract", PLAIN_CONTRACT),
            bool(rule.get("rolling", False)),
        )
    plain = {name: said[name] for name in ("least_days", "repeat", "just_lent", "quiet", "aside_days") if name in said}
    return Policy(rules, **plain)


def write_policy(policy: Policy) -> str:
    """Write a policy as JSON."""
    rules = {
        str(kind): {
            "period": str(rule.period),
            "days": rule.days,
            "limit": rule.limit,
            "contract": rule.contract,
            "rolling": rule.rolling,
        }
        for kind, rule in policy.rules.items()
    }
    return json.dumps(
        {
            "rules": rules,
            "least_days": policy.least_days,
            "repeat": policy.repeat,
            "just_lent": policy.just_lent,
            "quiet": policy.quiet,
            "aside_days": policy.aside_days,
        }
    )
