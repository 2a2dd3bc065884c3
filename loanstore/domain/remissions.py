"""Remissions: so much of a borrower's hire is let off, from a day to a day. Why is an erasable note, never a fact."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from loanstore.domain.errors import Refused
from loanstore.domain.facts import FactKind
from loanstore.domain.loans import in_order
from loanstore.domain.merging import staying

if TYPE_CHECKING:
    from collections.abc import Iterable

    from loanstore.domain.facts import Fact

WHOLE: Final = 100


class Reason(StrEnum):
    """Why hire is remitted (DOMAIN, Time and money)."""

    FREE_MEALS = "free school meals"
    PUPIL_PREMIUM = "pupil premium"
    EVER_6 = "ever 6"
    LOOKED_AFTER = "looked-after child"
    SERVICE_CHILD = "service child"
    UNIVERSAL_CREDIT = "universal credit"
    SIBLING = "sibling"
    DISCRETIONARY = "discretionary"


@dataclass(frozen=True, slots=True)
class Remission:
    """A share of hire, or a fixed sum of each period in pence, let off from ``first`` to ``last`` (ISO days).

    ``reason`` is the id of an erasable note. ``checked`` is the day the evidence was seen, None while it is to follow;
    ``checked_by`` the member of staff who saw it. ``ended`` is the day from which it holds no more.
    """

    id: str
    borrower: str
    percent: int | None
    fixed: int | None
    first: str
    last: str
    granted: str
    reason: str
    checked: str | None = None
    checked_by: str | None = None
    ended: str | None = None

    def holds_on(self, day: date) -> bool:
        """Tell whether it is for hire that begins on a day, checked or not."""
        said = day.isoformat()
        return self.first <= said <= self.last and (self.ended is None or said < self.ended)

    def held_until(self, days: int) -> date:
        """Give the last day on which charges wait for its evidence."""
        return date.fromisoformat(self.granted) + timedelta(days=days)

    def leaves(self, full: int) -> int:
        """Give what is left of a price, in pence; half a penny of a share goes to the family."""
        if self.fixed is not None:
            return max(0, full - self.fixed)
        return full - (full * (self.percent or 0) + WHOLE // 2) // WHOLE


def require_sense(remission: Remission) -> None:
    """Raise Refused REMISSION_VALUE (``field``, ``value``) where a remission can't be meant so."""
    percent, fixed = remission.percent, remission.fixed
    if (percent is None) == (fixed is None):
        raise Refused("REMISSION_VALUE", field="share", value="")
    if percent is not None and not 0 < percent <= WHOLE:
        raise Refused("REMISSION_VALUE", field="percent", value=percent)
    if fixed is not None and fixed <= 0:
        raise Refused("REMISSION_VALUE", field="sum", value=fixed)
    if remission.last < remission.first:
        raise Refused("REMISSION_VALUE", field="last day", value=remission.last)


def fold_remission(identity: str, facts: Iterable[Fact]) -> Remission | None:
    """Fold all standing facts about one remission; None where it was undone."""
    state: Remission | None = None
    for _place, fact in in_order(facts):
        if fact.kind is FactKind.REMISSION_GRANTED and state is None:
            state = _granted(identity, fact)
        elif state is not None:
            state = _changed(state, fact)
    return state


def _granted(identity: str, fact: Fact) -> Remission:
    body = fact.body
    percent, fixed = body.get("percent"), body.get("fixed")
    checked = body.get("checked")
    return Remission(
        identity,
        str(body["borrower"]),
        int(str(percent)) if percent is not None else None,
        int(str(fixed)) if fixed is not None else None,
        str(body["first"]),
        str(body["last"]),
        str(body["granted"]),
        str(body["reason"]),
        str(checked) if checked is not None else None,
        fact.staff if checked is not None else None,
    )


def _changed(state: Remission, fact: Fact) -> Remission:
    if fact.kind is FactKind.REMISSION_CHECKED and state.checked is None:
        return replace(state, checked=str(fact.body["checked"]), checked_by=fact.staff)
    if fact.kind is FactKind.REMISSION_ENDED:
        day = str(fact.body["ended"])
        return replace(state, ended=min(day, state.ended or day))
    if fact.kind is FactKind.REASSIGNED:
        return replace(state, borrower=staying(state.borrower, fact))
    return state


def best(remissions: Iterable[Remission], day: date, full: int) -> tuple[int, date | None]:
    """Give what is left of a price that begins on a day, and the day up to which evidence for less is waited for.

    Remissions are not added up: the one that leaves least counts. ``None`` is nothing to wait for; the day
    returned is when the last one that would leave less was granted.
    """
    holding = [one for one in remissions if one.holds_on(day)]
    left = min((one.leaves(full) for one in holding if one.checked), default=full)
    waiting = [one for one in holding if not one.checked and one.leaves(full) < left]
    return left, max((date.fromisoformat(one.granted) for one in waiting), default=None)
