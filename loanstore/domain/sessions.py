"""What a scan session remembers: the mode, the chosen borrower, what was done and the last card."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum
from itertools import takewhile
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from loanstore.domain.answers import Answer
    from loanstore.domain.borrowers import Borrower
    from loanstore.domain.places import Place
    from loanstore.domain.stocktakes import Stocktake


class Mode(StrEnum):
    """What a scan of an instrument is taken to mean."""

    AUTO = "auto"
    LEND = "lend"
    RETURN = "return"


class Role(StrEnum):
    """By which of its labels a thing was scanned."""

    MAIN = "main"
    ALIAS = "alias"
    CASE = "case"


@dataclass(frozen=True, slots=True)
class LastScan:
    """The last card: which thing, by which label, when, and what was answered.

    ``beside`` is the instrument whose case was scanned before a body that does not belong in it. ``commanded`` says
    that a command gave the answer: a scan of the thing is no repeat then.
    """

    thing: str
    role: Role
    at: datetime
    answer: Answer
    beside: str | None = None
    commanded: bool = False


@dataclass(frozen=True, slots=True)
class Handled:
    """One thing that was done to an instrument in this session, with the gesture that did it.

    ``lent`` is kept with a return: the lending of this session that it ended, should the return be undone.
    """

    gesture: str
    instrument: str
    loan: str
    at: datetime
    lent: Handled | None = None


@dataclass(frozen=True, slots=True)
class SetProgress:
    """A set that went out in this session: scanning its members ticks them off."""

    gesture: str
    name: str
    members: frozenset[str]
    checked: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class SessionState:
    """One window's or one ``scan`` run's memory; nothing of it carries over to another.

    ``lent`` and ``returned`` wait for FINISH; ``just_lent`` outlives FINISH, since a pile just lent may
    pass the scanner again. ``due`` is a date set by hand for this hand-over, ``happened`` the earlier day it
    took place on. ``made`` names the agreement that PRINT would print. ``place`` is where things are kept or
    a repairer, ``stocktake`` what is taken there, and ``sent`` what went to that repairer. ``blank`` is the
    normalised code of a blank label that waits for its instrument. While ``matching``, cases and instruments
    are only compared. ``by_crates`` says that ``happened`` was suggested by crates that stand here uncounted.
    """

    mode: Mode = Mode.AUTO
    borrower: Borrower | None = None
    lent: tuple[Handled, ...] = ()
    returned: tuple[Handled, ...] = ()
    just_lent: tuple[Handled, ...] = ()
    last: LastScan | None = None
    show_next: bool = False
    due: date | None = None
    made: str | None = None
    active_at: datetime | None = None
    place: Place | None = None
    stocktake: Stocktake | None = None
    sent: tuple[Handled, ...] = ()
    class_set: SetProgress | None = None
    blank: str | None = None
    matching: bool = False
    happened: date | None = None
    by_crates: bool = False

    @property
    def open(self) -> bool:
        """Tell whether there is anything for FINISH to end."""
        chosen = self.borrower is not None or self.place is not None or self.matching or self.blank is not None
        return chosen or self.mode is not Mode.AUTO or bool(self.lent or self.returned or self.sent)

    def quiet_since(self, now: datetime, seconds: float) -> bool:
        """Tell whether an open session has been quiet for so long that it finishes by itself."""
        return self.open and self.active_at is not None and now - self.active_at >= timedelta(seconds=seconds)

    def lent_lately(self, loan: str, now: datetime, seconds: float) -> bool:
        """Tell whether this session made the loan within so many seconds; a clock set back makes nothing recent."""
        limit = timedelta(seconds=seconds)
        return any(done.loan == loan and abs(now - done.at) <= limit for done in self.just_lent)

    def with_lent(self, done: Handled, keep_seconds: float) -> SessionState:
        """Note an instrument as lent in this session."""
        limit = done.at - timedelta(seconds=keep_seconds)
        # The oldest stand first; looking at no more than those that go keeps a long session as quick as a short one.
        older = takewhile(lambda earlier: earlier.at < limit, self.just_lent)
        lately = self.just_lent[sum(1 for _ in older) :]
        return replace(self, lent=(*self.lent, done), just_lent=(*lately, done))

    def with_returned(self, done: Handled) -> SessionState:
        """Note an instrument as returned in this session; it is no longer of what was lent in it."""
        place = next((n for n, d in enumerate(self.lent) if d.loan == done.loan), None)
        if place is None:
            return replace(self, returned=(*self.returned, done))
        again = replace(done, lent=self.lent[place])
        left = self.lent[:place] + self.lent[place + 1 :]
        return replace(self, lent=left, returned=(*self.returned, again))

    def in_mode(self, mode: Mode) -> SessionState:
        """Give the session in another mode; the day that crates came is of no account but for what comes back."""
        after = replace(self, mode=mode, last=None)
        return after if mode is Mode.RETURN or not self.by_crates else replace(after, happened=None, by_crates=False)

    def with_checked(self, instrument: str) -> SessionState:
        """Tick off a member of the set that went out in this session."""
        if self.class_set is None:
            return self
        ticked = replace(self.class_set, checked=self.class_set.checked | {instrument})
        return replace(self, class_set=ticked)

    def without(self, gesture: str) -> SessionState:
        """Forget what an undone gesture did; what it had brought back is lent in this session again."""
        again = tuple(d.lent for d in self.returned if d.gesture == gesture and d.lent is not None)
        return replace(
            self,
            lent=tuple(d for d in (*self.lent, *again) if d.gesture != gesture),
            returned=tuple(d for d in self.returned if d.gesture != gesture),
            just_lent=tuple(d for d in self.just_lent if d.gesture != gesture),
            sent=tuple(d for d in self.sent if d.gesture != gesture),
            class_set=None if self.class_set is not None and self.class_set.gesture == gesture else self.class_set,
            last=None,
        )

    def finished(self, made: str | None, mode: Mode = Mode.AUTO) -> SessionState:
        """Give the session after FINISH: nobody chosen; ``made`` is what PRINT would print."""
        return SessionState(mode=mode, just_lent=self.just_lent, made=made or self.made, active_at=self.active_at)
