"""The one ``decide()``: what a scan means, at the counter and at a venue alike.

It sees what was looked up and what the session remembers, and gives an answer, what is to be done and the
session afterwards. It reads no clock and no store.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from loanstore.domain.answers import BACKABLE, TAKEABLE, Answer
from loanstore.domain.codes import Command, CommandCode
from loanstore.domain.loans import GONE, Ending, Status
from loanstore.domain.sessions import LastScan, Mode, Role, SessionState

if TYPE_CHECKING:
    from datetime import datetime

    from loanstore.domain.borrowers import Borrower
    from loanstore.domain.loans import Instrument
    from loanstore.domain.policy import Policy


@dataclass(frozen=True, slots=True)
class InstrumentFound:
    """The scan is an instrument's, by one of its labels; ``holder`` has it on loan."""

    instrument: Instrument
    role: Role
    holder: Borrower | None = None


@dataclass(frozen=True, slots=True)
class BorrowerFound:
    """The scan is a borrower's."""

    borrower: Borrower


@dataclass(frozen=True, slots=True)
class AgreementFound:
    """The scan is an agreement's: its borrower, when it was made (UTC), and what of it is still out."""

    agreement: str
    code: str
    borrower: Borrower
    made: str
    still_out: tuple[Instrument, ...] = ()


@dataclass(frozen=True, slots=True)
class CommandFound:
    """The scan is a command.

    ``instrument`` is the last card's, looked up afresh for TAKE and BACK; ``agreement`` the last shown, for
    ALL; ``undoable`` the gesture that UNDO would reverse.
    """

    command: CommandCode
    instrument: InstrumentFound | None = None
    agreement: AgreementFound | None = None
    undoable: str | None = None


@dataclass(frozen=True, slots=True)
class NothingFound:
    """The scan names nothing here; ``bad_check`` when it has our shape and a wrong check character."""

    bad_check: bool = False
    run_together: bool = False


ThingFound = InstrumentFound | BorrowerFound | AgreementFound
Found = ThingFound | CommandFound | NothingFound


class Why(StrEnum):
    """What a sentence should add to an answer."""

    PLAIN = "plain"
    JUST_LENT = "just lent"
    RUN_TOGETHER = "run together"
    TAKEN = "taken over"
    WANTED_BACK = "bring back"
    SHOW_ONLY = "show only"


@dataclass(frozen=True, slots=True)
class Lend:
    """Lend to the chosen borrower; ``taking`` ends the loan that stands in the way."""

    instrument: Instrument
    borrower: Borrower
    taking: bool = False


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
class Finish:
    """End the hand-over: one agreement for what was lent in it, receipts for what came back."""

    borrower: Borrower | None
    lent: tuple[str, ...]
    returned: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Reverse:
    """Undo a gesture."""

    gesture: str


Effect = Lend | Return | Sight | Find | Finish | Reverse


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


def decide(found: Found, session: SessionState, at: Circumstances) -> Decision:
    """Decide what a scan means. Pure: the same things seen give the same answer."""
    if isinstance(found, CommandFound):
        return _command(found, session)
    thing = _thing(found)
    if thing is not None and _is_repeat(thing, session, at):
        return Decision(Answer.REPEATED, session)
    decision = _thing_scanned(found, session, at)
    if thing is None:
        return decision
    role = found.role if isinstance(found, InstrumentFound) else Role.MAIN
    last = LastScan(thing, role, at.now, decision.answer)
    return replace(decision, session=replace(decision.session, last=last, show_next=False))


def finish_of(session: SessionState) -> Finish:
    """Give what finishing this session would do."""
    lent = tuple(done.loan for done in session.lent)
    return Finish(session.borrower, lent, tuple(done.loan for done in session.returned))


def _thing(found: ThingFound | NothingFound) -> str | None:
    if isinstance(found, InstrumentFound):
        return found.instrument.id
    if isinstance(found, BorrowerFound):
        return found.borrower.id
    if isinstance(found, AgreementFound):
        return found.agreement
    return None


def _is_repeat(thing: str, session: SessionState, at: Circumstances) -> bool:
    last = session.last
    return last is not None and last.thing == thing and abs(at.now - last.at) <= timedelta(seconds=at.policy.repeat)


def _thing_scanned(found: ThingFound | NothingFound, session: SessionState, at: Circumstances) -> Decision:
    if isinstance(found, InstrumentFound):
        return _instrument(found, session, at)
    if isinstance(found, (BorrowerFound, AgreementFound)):
        return _choose(found.borrower, session)
    return _unknown(found, session)


def _unknown(found: NothingFound, session: SessionState) -> Decision:
    """Leave mode and borrower as they are; but nothing is *directly after* the last card any more."""
    after = replace(session, last=None)
    if found.bad_check:
        return Decision(Answer.BAD_CHECK, after)
    return Decision(Answer.UNKNOWN_CODE, after, why=Why.RUN_TOGETHER if found.run_together else Why.PLAIN)


def _choose(borrower: Borrower, session: SessionState) -> Decision:
    if session.show_next:
        return Decision(Answer.SHOWN, session, why=Why.SHOW_ONLY)
    before = session.borrower
    if before is None or before.id == borrower.id:
        return Decision(Answer.BORROWER_CHOSEN, replace(session, borrower=borrower))
    finish = finish_of(session)
    after = replace(session.finished(session.made, session.mode), borrower=borrower)
    return Decision(Answer.BORROWER_CHOSEN, after, (finish,))


def _instrument(found: InstrumentFound, session: SessionState, at: Circumstances) -> Decision:
    if session.show_next:
        return Decision(Answer.SHOWN, session, (Sight(found.instrument),), Why.SHOW_ONLY)
    if session.mode is Mode.RETURN:
        return _coming_back(found, session)
    if session.borrower is not None:
        return _to_chosen(found, session.borrower, session, at)
    if session.mode is Mode.LEND:
        return Decision(Answer.NEED_BORROWER, session)
    loan = found.instrument.loan
    if loan is not None and session.lent_lately(loan.id, at.now, at.policy.just_lent):
        return Decision(Answer.SHOWN, session, (Sight(found.instrument),), Why.JUST_LENT)
    return _coming_back(found, session)


def _coming_back(found: InstrumentFound, session: SessionState) -> Decision:
    """Answer a scan that can only bring back or show: RETURN mode, or AUTO with nobody chosen."""
    instrument = found.instrument
    if instrument.loan is not None:
        return Decision(Answer.RETURNED, session, (Return(instrument),))
    if instrument.status in GONE:
        return Decision(Answer.FOUND, session, (Find(instrument),))
    return Decision(Answer.SHOWN, session, (Sight(instrument),))


_IN_THE_WAY: Final = {
    Status.IN_REPAIR: Answer.NOT_AVAILABLE,
    Status.NEEDS_ATTENTION: Answer.NOT_AVAILABLE,
    Status.SET_ASIDE: Answer.RESERVED,
    Status.IN_PACK: Answer.IN_PACK,
} | dict.fromkeys(GONE, Answer.NOT_AVAILABLE)


def _to_chosen(found: InstrumentFound, borrower: Borrower, session: SessionState, at: Circumstances) -> Decision:
    instrument = found.instrument
    if instrument.loan is not None:
        theirs = instrument.loan.borrower == borrower.id
        return Decision(Answer.ALREADY_THEIRS if theirs else Answer.OUT_TO_OTHER, session)
    if instrument.status in _IN_THE_WAY:
        return Decision(_IN_THE_WAY[instrument.status], session)
    limit = at.policy.limit(borrower.kind)
    if limit is not None and at.held >= limit:
        return Decision(Answer.AT_LIMIT, session)
    return Decision(Answer.LENT, session, (Lend(instrument, borrower),))


def _command(found: CommandFound, session: SessionState) -> Decision:
    command = found.command.command
    if command is Command.LEND:
        return Decision(Answer.LEND_MODE, replace(session, mode=Mode.LEND, last=None))
    if command is Command.RETURN:
        return Decision(Answer.RETURN_MODE, replace(session, mode=Mode.RETURN, last=None))
    if command is Command.SHOW:
        return Decision(Answer.SHOW_NEXT, replace(session, show_next=True, last=None))
    if command is Command.FINISH:
        return Decision(Answer.FINISHED, session.finished(session.made), (finish_of(session),))
    if command is Command.PRINT:
        return Decision(Answer.NOTED if session.made else Answer.NOTHING_TO_DO, session)
    return _ON_LAST_CARD.get(command, _nothing)(found, session)


def _nothing(_found: CommandFound, session: SessionState) -> Decision:
    return Decision(Answer.NOTHING_TO_DO, session)


def _undo(found: CommandFound, session: SessionState) -> Decision:
    if found.undoable is None:
        return _nothing(found, session)
    return Decision(Answer.UNDONE, session.without(found.undoable), (Reverse(found.undoable),))


def _take(found: CommandFound, session: SessionState) -> Decision:
    last, borrower = session.last, session.borrower
    if last is None or borrower is None or found.instrument is None or last.answer not in TAKEABLE:
        return _nothing(found, session)
    instrument = found.instrument.instrument
    taking = instrument.loan is not None
    why = Why.TAKEN if taking else Why.PLAIN
    return Decision(Answer.LENT, replace(session, last=None), (Lend(instrument, borrower, taking=taking),), why)


def _back(found: CommandFound, session: SessionState) -> Decision:
    last = session.last
    if last is None or found.instrument is None or last.answer not in BACKABLE:
        return _nothing(found, session)
    instrument = found.instrument.instrument
    if instrument.loan is None:
        return _nothing(found, session)
    return Decision(Answer.RETURNED, replace(session, last=None), (Return(instrument),), Why.WANTED_BACK)


def _all(found: CommandFound, session: SessionState) -> Decision:
    if found.agreement is None or not found.agreement.still_out:
        return _nothing(found, session)
    effects = tuple(Return(instrument, Ending.COUNTED) for instrument in found.agreement.still_out)
    return Decision(Answer.RETURNED, replace(session, last=None), effects)


_ON_LAST_CARD: Final = {Command.UNDO: _undo, Command.TAKE: _take, Command.BACK: _back, Command.ALL: _all}
