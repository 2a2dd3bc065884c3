"""Reading the rules of lending as a person writes them: a limit, a number of days, a waiting time."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from loanstore.domain.errors import Refused
from loanstore.domain.policy import LendingRule, Period, Policy

if TYPE_CHECKING:
    from collections.abc import Mapping

    from loanstore.domain.borrowers import BorrowerKind

NO_LIMIT: Final = "none"
_MOST_DAYS: Final = 3660
_MOST_THINGS: Final = 9999
_MOST_ASIDE: Final = 60
"""Working days: a quarter of a year."""
WAITS: Final[Mapping[str, tuple[float, float]]] = {"repeat": (0, 60), "just_lent": (0, 3600), "quiet": (30, 86_400)}
"""The desk's waiting times, in seconds, each with the least and the most it may be."""


def read_rule(period: Period, days: str, limit: str, before: LendingRule | None = None) -> LendingRule:
    """Read what one kind of borrower may have; an empty limit, or ``none``, is no limit.

    The contract, and whether hire goes on by itself, stay as they were ``before``.

    Raises Refused POLICY_DAYS or POLICY_LIMIT.
    """
    given = days.strip()
    if period is Period.DAYS and not (given.isascii() and given.isdigit() and 0 < int(given[:6]) <= _MOST_DAYS):
        raise Refused("POLICY_DAYS", value=days, most=_MOST_DAYS)
    most = limit.strip().casefold()
    if most and most != NO_LIMIT and not (most.isascii() and most.isdigit() and 0 < int(most[:6]) <= _MOST_THINGS):
        raise Refused("POLICY_LIMIT", value=limit, most=_MOST_THINGS)
    return replace(
        before or LendingRule(),
        period=period,
        days=int(given) if period is Period.DAYS else 0,
        limit=int(most) if most and most != NO_LIMIT else None,
    )


def with_rule(policy: Policy, kind: BorrowerKind, rule: LendingRule) -> Policy:
    """Give the policy with another rule for one kind of borrower."""
    return replace(policy, rules={**policy.rules, kind: rule})


def with_waits(policy: Policy, waits: Mapping[str, str]) -> Policy:
    """Give the policy with other waiting times, each as it was typed; raises Refused POLICY_WAIT."""
    now = {"repeat": policy.repeat, "just_lent": policy.just_lent, "quiet": policy.quiet}
    now |= {name: _wait(name, text) for name, text in waits.items()}
    return replace(policy, repeat=now["repeat"], just_lent=now["just_lent"], quiet=now["quiet"])


def with_days(policy: Policy, least_days: str, aside_days: str) -> Policy:
    """Give the policy with another least length of a loan, and other working days for which a thing is set aside.

    Both are as they were typed. Raises Refused POLICY_LEAST or POLICY_ASIDE.
    """
    least, aside = _whole(least_days), _whole(aside_days)
    if least is None or least > _MOST_DAYS:
        raise Refused("POLICY_LEAST", value=least_days, most=_MOST_DAYS)
    if aside is None or not 0 < aside <= _MOST_ASIDE:
        raise Refused("POLICY_ASIDE", value=aside_days, most=_MOST_ASIDE)
    return replace(policy, least_days=least, aside_days=aside)


def _whole(text: str) -> int | None:
    given = text.strip()
    return int(given) if given.isascii() and given.isdigit() and len(given) < len("1000000") else None


def _wait(name: str, text: str) -> float:
    least, most = WAITS[name]
    try:
        seconds = float(text)
    except ValueError:
        seconds = -1.0
    if not least <= seconds <= most:
        raise Refused("POLICY_WAIT", field=name.replace("_", " "), value=text, least=f"{least:g}", most=f"{most:g}")
    return seconds
