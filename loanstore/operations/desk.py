"""The desk: what every gesture is handed, and what it hands back."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Generic, TypeVar

from loanstore.domain.charge_rules import ChargeRules, read_charge_rules
from loanstore.domain.gestures import Gesture, instant
from loanstore.domain.policy import Policy, read_policy
from loanstore.domain.terms import TermTable, read_terms
from loanstore.storage import registers
from loanstore.storage.store import read_settings

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from loanstore.domain.catalogue import Catalogue, InstrumentType
    from loanstore.storage.store import Store
    from loanstore.storage.transaction import Transaction

CATALOGUE = "catalogue"
"""The setting that holds what the store says of types its own way."""

CHARGING = "charging"
"""The setting that holds the store's rules of charging."""

Result_co = TypeVar("Result_co", covariant=True)


class Changed(StrEnum):
    """What a gesture changed, so that every screen that shows it draws itself again."""

    INSTRUMENTS = "instruments"
    BORROWERS = "borrowers"
    LOANS = "loans"
    SETTINGS = "settings"
    PLACES = "places"
    SETS = "sets"
    REQUESTS = "requests"
    RUNS = "runs"
    STOCKTAKES = "stocktakes"
    REPAIRS = "repairs"
    LABELS = "labels"
    CHARGES = "charges"


@dataclass(frozen=True, slots=True)
class Done(Generic[Result_co]):
    """The one shape in which every gesture ends: its result, and what it changed."""

    result: Result_co
    changed: frozenset[Changed] = frozenset()


@dataclass(frozen=True, slots=True)
class StoreRules:
    """What the store's settings say at the time of asking; ``prefix`` is that of its codes."""

    store_id: str
    owner: str
    prefix: str
    policy: Policy
    terms: TermTable
    charging: ChargeRules = field(default_factory=ChargeRules)


@dataclass(slots=True)
class Desk:
    """A desk: an open store and everything a gesture may need, its clock and its maker of ids included.

    ``clock`` gives the present UTC instant, ``local`` turns an instant into the desk's own time. ``staff``
    is the name of who works here, if anybody said. ``catalogue`` is the shipped one with the store's own types.
    """

    store: Store
    identity: str
    clock: Callable[[], datetime]
    local: Callable[[datetime], datetime]
    new_id: Callable[[], str]
    resources: Path
    catalogue: Catalogue
    staff: str | None = None
    _rules: StoreRules | None = field(default=None, repr=False)
    _shipped: Catalogue = field(init=False, repr=False)
    _own: str = field(default="", init=False, repr=False)

    def __post_init__(self) -> None:
        self._shipped = self.catalogue

    def now(self) -> datetime:
        """Give the present instant in UTC."""
        return self.clock().astimezone(UTC)

    def day_of(self, moment: datetime) -> date:
        """Give the day an instant falls on, at this desk."""
        return self.local(moment).date()

    def today(self) -> date:
        """Give today's date at this desk."""
        return self.day_of(self.now())

    def rules(self, transaction: Transaction) -> StoreRules:
        """Read the store's rules afresh and remember them for ``known_rules``; the catalogue follows them."""
        said = read_settings(transaction)
        own = said.get(CATALOGUE, "")
        if own != self._own:
            self.catalogue, self._own = self._shipped.with_own(own), own
        self._rules = StoreRules(
            said["id"],
            said["owner"],
            said["prefix"],
            read_policy(said["policy"]),
            read_terms(said["terms"]),
            read_charge_rules(said.get(CHARGING, "{}")),
        )
        return self._rules

    def shipped_type(self, name: str) -> InstrumentType | None:
        """Give a type as it ships; None for one that the store added."""
        return next((kind for kind in self._shipped.types if kind.name == name), None)

    def known_rules(self, transaction: Transaction) -> StoreRules:
        """Give the store's rules as last read: a scan asks again only where a hand-over begins."""
        return self._rules or self.rules(transaction)

    def gesture(self, transaction: Transaction, at: datetime | None = None) -> Gesture:
        """Begin a gesture: a new id, the clock's time and who works here."""
        moment = at or self.now()
        offset = self.local(moment).utcoffset()
        minutes = int(offset.total_seconds() // 60) if offset is not None else 0
        staff = self._staff_id(transaction) if self.staff else None
        return Gesture(self.new_id(), self.identity, staff, instant(moment), minutes, self.new_id)

    def _staff_id(self, transaction: Transaction) -> str | None:
        # Asked each time: a name first noted by a gesture that was refused is rolled back with it.
        return registers.staff_named(transaction, self.staff or "", self.new_id())

    @contextmanager
    def gesturing(self) -> Iterator[tuple[Transaction, Gesture]]:
        """Open the one transaction of a gesture made by hand, away from the scan path."""
        with self.store.writing() as transaction:
            yield transaction, self.gesture(transaction)
