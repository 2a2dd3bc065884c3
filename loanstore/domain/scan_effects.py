"""What is to be done about a scan, as ``decide()`` says it; the operations carry it out."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from loanstore.domain.loans import Ending

if TYPE_CHECKING:
    from datetime import date, datetime

    from loanstore.domain.answers import Answer
    from loanstore.domain.borrowers import Borrower
    from loanstore.domain.class_sets import ClassSet
    from loanstore.domain.loans import Checked, Instrument
    from loanstore.domain.places import Place
    from loanstore.domain.policy import Policy
    from loanstore.domain.scan_findings import InstrumentFound
    from loanstore.domain.sessions import SessionState
    from loanstore.domain.stocktakes import Finding, Stocktake


class Why(StrEnum):
    """What a sentence should add to an answer."""

    PLAIN = "plain"
    JUST_LENT = "just lent"
    RUN_TOGETHER = "run together"
    TAKEN = "taken over"
    WANTED_BACK = "bring back"
    SHOW_ONLY = "show only"
    COUNTED = "stocktake"
    HANDED_IN = "handed in"
    TO_REPAIRER = "to the repairer"
    COMPARING = "comparing"
    REPAIR_WANTED = "repair wanted"
    GRADED = "graded"
    BY_HAND = "put right by hand"
    CASES_SWAPPED = "cases stay swapped"
    CHILDREN_SWAPPED = "children swapped"
    SIGNED = "signed"


@dataclass(frozen=True, slots=True)
class Lend:
    """Lend to the chosen borrower; ``taking`` ends the loan that stands in the way."""

    instrument: Instrument
    borrower: Borrower
    taking: bool = False


@dataclass(frozen=True, slots=True)
class LendSet:
    """Lend all of a set that can go; ``left`` is what can't."""

    class_set: ClassSet
    instruments: tuple[Instrument, ...]
    borrower: Borrower
    left: tuple[Instrument, ...] = ()


@dataclass(frozen=True, slots=True)
class AskWhy:
    """Remember that this was done with TAKE, so that the reason can be asked for.

    ``refused`` is the answer it went against, ``instruments`` what it was about, the first one's loan before it.
    """

    refused: Answer
    instruments: tuple[Instrument, ...]


@dataclass(frozen=True, slots=True)
class Return:
    """End a loan."""

    instrument: Instrument
    ending: Ending = Ending.RETURNED


@dataclass(frozen=True, slots=True)
class Sight:
    """Note that an instrument was physically seen."""

    instrument: Instrument


@dataclass(frozen=True, slots=True)
class Find:
    """Note that what was missing, lost or retired has turned up."""

    instrument: Instrument


@dataclass(frozen=True, slots=True)
class Move:
    """Keep an instrument at a place from now on."""

    instrument: Instrument
    place: Place


@dataclass(frozen=True, slots=True)
class PassOn:
    """Pass the custody of a loan to a borrower or a drop-off, by id; the loan goes on."""

    instrument: Instrument
    custodian: str


@dataclass(frozen=True, slots=True)
class SendToRepair:
    """Send an instrument to a repairer; ``taking`` ends the loan that stands in the way."""

    instrument: Instrument
    repairer: Place
    taking: bool = False


@dataclass(frozen=True, slots=True)
class BackFromRepair:
    """Note that an instrument is back from its repairer."""

    instrument: Instrument


@dataclass(frozen=True, slots=True)
class Unload:
    """Take an instrument off the van again, undelivered."""

    instrument: Instrument


@dataclass(frozen=True, slots=True)
class MarkSeen:
    """Note what a stocktake found; ``place`` is where an instrument is kept from now on, if that changes."""

    instrument: Instrument
    stocktake: Stocktake
    finding: Finding
    place: Place | None = None


@dataclass(frozen=True, slots=True)
class Check:
    """Note what a look at the accessories found; ``attention`` keeps an instrument from being lent."""

    instrument: Instrument
    look: Checked
    attention: bool = False
    loan: str | None = None


@dataclass(frozen=True, slots=True)
class PutRight:
    """Put right that a body was in another's case, in the way that was said."""

    case: InstrumentFound
    body: InstrumentFound
    way: Why


@dataclass(frozen=True, slots=True)
class Bind:
    """Let a blank label be the instrument's; its number before goes on scanning."""

    instrument: Instrument
    form: str


@dataclass(frozen=True, slots=True)
class Finish:
    """End the hand-over: one agreement for what was lent in it, receipts for what came back, a docket for repairs."""

    borrower: Borrower | None
    lent: tuple[str, ...]
    returned: tuple[str, ...]
    sent: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Reverse:
    """Undo a gesture."""

    gesture: str


Effect = (
    Lend
    | LendSet
    | Return
    | Sight
    | Find
    | Move
    | PassOn
    | AskWhy
    | SendToRepair
    | BackFromRepair
    | Unload
    | MarkSeen
    | Check
    | PutRight
    | Bind
    | Finish
    | Reverse
)


@dataclass(frozen=True, slots=True)
class Decision:
    """What a scan means: the answer, what to do, and the session afterwards but for what is done."""

    answer: Answer
    session: SessionState
    effects: tuple[Effect, ...] = ()
    why: Why = Why.PLAIN


@dataclass(frozen=True, slots=True)
class Circumstances:
    """What holds at the moment of a scan; ``held`` is how many things the chosen borrower has already."""

    now: datetime
    policy: Policy
    held: int = 0
    today: date | None = None


def finish_of(session: SessionState) -> Finish:
    """Give what finishing this session would do."""
    return Finish(
        session.borrower,
        tuple(done.loan for done in session.lent),
        tuple(done.loan for done in session.returned),
        tuple(done.loan for done in session.sent),
    )
