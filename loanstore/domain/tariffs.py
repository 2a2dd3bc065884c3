"""Tariffs: what hire costs by kind of contract and band, in versions that count from a day on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Final

from loanstore.domain.errors import Refused
from loanstore.domain.facts import FactKind
from loanstore.domain.loans import in_order
from loanstore.domain.periods import Every

if TYPE_CHECKING:
    from collections.abc import Iterable

    from loanstore.domain.facts import Fact

CONTRACTS: Final = ("free loan", "class set", "teacher", "ensemble", "hire, charged", "hire, free")
"""The kinds of contract (DOMAIN, Borrowers)."""
ANY_BAND: Final = ""
"""A tariff without a band is for every type that has none of its own."""
MOST_PENCE: Final = 10_000_000
WHOLE_RATE: Final = 10_000
"""VAT rates are hundredths of a per cent: 2000 is 20 %."""


@dataclass(frozen=True, slots=True)
class Tariff:
    """One version of a tariff: from ``first`` (ISO day) on, until a later version of the same contract and band.

    ``amount`` and ``deposit`` are pence, VAT in them; ``cap`` is the most that hire comes to in an academic year, None
    for none. ``vat_rate`` is in hundredths of a per cent. With ``first_free`` the first period costs nothing;
    with ``per_set`` a class set is charged once, not by the instrument.
    """

    id: str
    contract: str
    band: str
    every: str
    amount: int
    first: str
    deposit: int = 0
    cap: int | None = None
    first_free: bool = False
    per_set: bool = False
    vat_code: str = ""
    vat_rate: int = 0
    said: str = ""

    @property
    def since(self) -> date:
        """Give the day it counts from."""
        return date.fromisoformat(self.first)


def fold_tariff(identity: str, facts: Iterable[Fact]) -> Tariff | None:
    """Fold one version of a tariff; None where it was undone."""
    for _place, fact in in_order(facts):
        if fact.kind is FactKind.TARIFF_SET:
            body = dict(fact.body)
            cap = body.get("cap")
            return Tariff(
                identity,
                str(body["contract"]),
                str(body["band"]),
                str(body["every"]),
                _number(body["amount"]),
                str(body["first"]),
                _number(body["deposit"]),
                _number(cap) if cap is not None else None,
                bool(body["first_free"]),
                bool(body["per_set"]),
                str(body["vat_code"]),
                _number(body["vat_rate"]),
                fact.recorded,
            )
    return None


def _number(value: object) -> int:
    return int(str(value))


def require_sense(tariff: Tariff) -> None:
    """Raise Refused TARIFF_VALUE (``field``, ``value``) where a tariff can't be meant so."""
    wrong: list[tuple[str, object]] = []
    if tariff.contract not in CONTRACTS:
        wrong.append(("contract", tariff.contract))
    if tariff.every not in set(Every):
        wrong.append(("period", tariff.every))
    sums = {"amount": tariff.amount, "deposit": tariff.deposit, "cap": tariff.cap or 0}
    wrong += [(name, pence) for name, pence in sums.items() if not 0 <= pence <= MOST_PENCE]
    if not 0 <= tariff.vat_rate < WHOLE_RATE:
        wrong.append(("vat rate", tariff.vat_rate))
    if tariff.per_set and tariff.contract != "class set":
        wrong.append(("per set", tariff.contract))
    if wrong:
        raise Refused("TARIFF_VALUE", field=wrong[0][0], value=wrong[0][1])


@dataclass(frozen=True, slots=True)
class Prices:
    """All versions of all tariffs, asked for what counts on a day."""

    versions: tuple[Tariff, ...]

    def at(self, contract: str, band: str, day: date) -> Tariff | None:
        """Give the version that counts on a day: that of the band, else the one for any band; None for none."""
        for wanted in dict.fromkeys((band, ANY_BAND)):
            found = [one for one in self._of(contract, wanted) if one.since <= day]
            if found:
                return max(found, key=lambda one: (one.first, one.said, one.id))
        return None

    def next_change(self, contract: str, band: str, day: date) -> date | None:
        """Give the next day after ``day`` on which another version begins to count; None for never."""
        both = (*self._of(contract, band), *self._of(contract, ANY_BAND))
        return min((one.since for one in both if one.since > day), default=None)

    def begins(self, contract: str, band: str) -> date | None:
        """Give the first day on which any version counts."""
        both = (*self._of(contract, band), *self._of(contract, ANY_BAND))
        return min((one.since for one in both), default=None)

    def current(self, day: date) -> tuple[Tariff, ...]:
        """Give what counts on a day or will count later, by contract, band and day; nothing that was replaced."""
        pairs = dict.fromkeys((one.contract, one.band) for one in self.versions)
        found = []
        for contract, band in pairs:
            of = sorted(self._of(contract, band), key=lambda one: (one.first, one.said, one.id))
            past = [one for one in of if one.since <= day]
            found += [*past[-1:], *(one for one in of if one.since > day)]
        return tuple(sorted(found, key=lambda one: (CONTRACTS.index(one.contract), one.band, one.first)))

    def _of(self, contract: str, band: str) -> list[Tariff]:
        return [one for one in self.versions if one.contract == contract and one.band == band]


def vat_in(amount: int, rate: int) -> int:
    """Give the VAT that lies in an amount, in whole pence, half a penny rounded away from nought."""
    whole = 2 * abs(amount) * rate + (WHOLE_RATE + rate)
    vat = whole // (2 * (WHOLE_RATE + rate))
    return vat if amount >= 0 else -vat
