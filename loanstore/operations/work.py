"""The transaction of one scan: everything that carrying it out needs, and the gesture its facts belong to."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from loanstore.domain.gestures import instant, noon
from loanstore.domain.terms import DueDate
from loanstore.operations import moving
from loanstore.storage import registers

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date, datetime

    from loanstore.domain.borrowers import Borrower
    from loanstore.domain.catalogue import Accessory
    from loanstore.domain.facts import Draft, Fact
    from loanstore.domain.gestures import Gesture
    from loanstore.domain.loans import Instrument, Loan
    from loanstore.operations.desk import Changed, Desk, StoreRules
    from loanstore.storage.transaction import Transaction


@dataclass(slots=True)
class Work:
    """The transaction of one scan; its gesture begins with the first fact that is written."""

    desk: Desk
    transaction: Transaction
    now: datetime
    rules: StoreRules
    changed: set[Changed] = field(default_factory=set)
    _gesture: Gesture | None = None
    _latest: dict[str, Instrument] = field(default_factory=dict)

    @property
    def gesture(self) -> Gesture:
        """Give the gesture that everything written here belongs to."""
        if self._gesture is None:
            self._gesture = self.desk.gesture(self.transaction, self.now)
        return self._gesture

    def end_gesture(self) -> None:
        """Let what is written from here on be a gesture of its own, to be undone by itself."""
        self._gesture = None

    def record(self, changes: Sequence[tuple[Instrument, Draft]]) -> list[tuple[Fact, Instrument]]:
        """Write facts about instruments; one that an earlier effect of this scan changed is taken as it left it."""
        latest = [(self._latest.get(instrument.id, instrument), draft) for instrument, draft in changes]
        written = moving.record(self.transaction, self.gesture, latest)
        for _fact, after in written:
            self._latest[after.id] = after
        return written

    def due(self, borrower: Borrower, by_hand: date | None) -> DueDate:
        """Find when something lent now is due: as set by hand for this hand-over, else by the rules."""
        if by_hand is not None:
            return DueDate(by_hand)
        return self.rules.policy.due(borrower.kind, self.desk.day_of(self.now), self.rules.terms)

    def happened(self, day: date | None, not_before: str = "") -> str | None:
        """Give the instant of what took place on an earlier day; None for what takes place now."""
        return max(instant(noon(day)), not_before) if day is not None else None

    def note_at_issue(self, loan: Loan | None) -> str:
        """Give what was said of an instrument's condition when a loan began; empty where nothing was."""
        note = loan.issued.note if loan is not None and loan.issued is not None else None
        return registers.note(self.transaction, note) if note is not None else ""

    def accessories(self, instrument: Instrument) -> tuple[Accessory, ...]:
        """Give what goes out with an instrument of this type, in the order that MISSING-1 and so on count."""
        kind = self.desk.catalogue.find_type(instrument.fields.get("type", ""))
        return kind.accessories if kind is not None else ()
