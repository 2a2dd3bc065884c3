"""What command barcodes mean: modes, the end of a hand-over, and what is said of the last card."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

from loanstore.domain.answers import BACKABLE, TAKEABLE, Answer
from loanstore.domain.codes import Command
from loanstore.domain.loans import Checked, Ending, Status
from loanstore.domain.looks import look_of
from loanstore.domain.pairs import can_swap
from loanstore.domain.places import PlaceKind
from loanstore.domain.scan_effects import (
    AskWhy,
    Check,
    Decision,
    Lend,
    LendSet,
    PassOn,
    PutRight,
    Return,
    Reverse,
    SendToRepair,
    Why,
    finish_of,
)
from loanstore.domain.scan_findings import SetFound
from loanstore.domain.sessions import Mode

if TYPE_CHECKING:
    from loanstore.domain.scan_findings import CommandFound
    from loanstore.domain.sessions import LastScan, SessionState


def command(found: CommandFound, session: SessionState) -> Decision:
    """Decide what a command means."""
    word = found.command.command
    if word in _MODES:
        answer, changes, why = _MODES[word]
        after = session.in_mode(changes.get("mode", session.mode))
        return Decision(answer, replace(after, **changes), why=why)
    if word is Command.FINISH:
        return Decision(Answer.FINISHED, session.finished(session.made), (finish_of(session),))
    if word is Command.PRINT:
        return Decision(Answer.NOTED if session.made else Answer.NOTHING_TO_DO, session)
    return _ON_LAST_CARD[word](found, session)


def _nothing(_found: CommandFound, session: SessionState) -> Decision:
    return Decision(Answer.NOTHING_TO_DO, session)


def _undo(found: CommandFound, session: SessionState) -> Decision:
    if found.undoable is None:
        return Decision(Answer.NOTHING_TO_DO, session, why=Why.SIGNED if found.signed else Why.PLAIN)
    return Decision(Answer.UNDONE, session.without(found.undoable), (Reverse(found.undoable),))


def _take(found: CommandFound, session: SessionState) -> Decision:
    """Do it all the same: lend what was refused, a set over the limit, or send what is on loan to the repairer."""
    last = session.last
    if last is None or last.answer not in TAKEABLE:
        return _nothing(found, session)
    if isinstance(found.shown, SetFound):
        return _take_set(found.shown, session, last.answer)
    if found.instrument is None:
        return _nothing(found, session)
    instrument, place = found.instrument.instrument, session.place
    taking = instrument.loan is not None
    if place is not None and place.kind is PlaceKind.REPAIRER:
        effects = SendToRepair(instrument, place, taking=taking), AskWhy(last.answer, (instrument,))
        after = _answered(session, last, Answer.SENT_TO_REPAIR)
        return Decision(Answer.SENT_TO_REPAIR, after, effects, Why.TAKEN if taking else Why.PLAIN)
    if session.borrower is None:
        return _nothing(found, session)
    why = Why.TAKEN if taking else Why.PLAIN
    lend = Lend(instrument, session.borrower, taking=taking)
    after = _answered(session, last, Answer.LENT)
    return Decision(Answer.LENT, after, (lend, AskWhy(last.answer, (instrument,))), why)


def _answered(session: SessionState, last: LastScan, answer: Answer) -> SessionState:
    """Let the last card be about the same thing still, answered anew: what it lacks can be said of it now."""
    return replace(session, last=replace(last, answer=answer, commanded=True))


def _take_set(found: SetFound, session: SessionState, refused: Answer) -> Decision:
    going = tuple(one.instrument for one in found.members if one.instrument.loan is None)
    going = tuple(one for one in going if one.status in {Status.IN_STORE, Status.SET_ASIDE, Status.NEEDS_ATTENTION})
    if session.borrower is None or not going:
        return Decision(Answer.NOTHING_TO_DO, session)
    left = tuple(one.instrument for one in found.members if one.instrument not in going)
    effects = LendSet(found.class_set, going, session.borrower, left), AskWhy(refused, going)
    return Decision(Answer.SET_LENT, replace(session, last=None), effects)


def _back(found: CommandFound, session: SessionState) -> Decision:
    last = session.last
    if last is None or found.instrument is None or last.answer not in BACKABLE:
        return _nothing(found, session)
    instrument = found.instrument.instrument
    if instrument.loan is None:
        return _nothing(found, session)
    after = _answered(session, last, Answer.RETURNED)
    return Decision(Answer.RETURNED, after, (Return(instrument),), Why.WANTED_BACK)


def _pass_on(found: CommandFound, session: SessionState) -> Decision:
    """Pass the custody of what another has to whoever is chosen; the loan goes on as it is."""
    last, borrower = session.last, session.borrower
    if last is None or borrower is None or found.instrument is None or last.answer is not Answer.OUT_TO_OTHER:
        return _nothing(found, session)
    effect = PassOn(found.instrument.instrument, borrower.id)
    return Decision(Answer.PASSED_ON, _answered(session, last, Answer.PASSED_ON), (effect,))


def _all(found: CommandFound, session: SessionState) -> Decision:
    if found.shown is None or not found.shown.still_out:
        return _nothing(found, session)
    effects = tuple(Return(instrument, Ending.COUNTED) for instrument in found.shown.still_out)
    return Decision(Answer.RETURNED, replace(session, last=None), effects)


def _accessory(found: CommandFound, session: SessionState) -> Decision:
    """Note that an accessory is missing, damaged or there after all; without an essential one nothing is lent."""
    number = found.command.number or 0
    if session.last is None or found.instrument is None or not 0 < number <= len(found.accessories):
        return _nothing(found, session)
    name, before = found.accessories[number - 1].name, found.instrument.instrument.lacking
    missing = tuple(one for one in before.missing if one != name)
    damaged = tuple(one for one in before.damaged if one != name)
    if found.command.command is Command.MISSING:
        missing = (*missing, name)
    elif found.command.command is Command.DAMAGED:
        damaged = (*damaged, name)
    essential = {one.name for one in found.accessories if one.essential}
    needed = found.instrument.instrument.status is Status.NEEDS_ATTENTION and not essential & set(before.missing)
    attention = bool(essential & set(missing)) or needed
    return _noted(found, session, replace(before, missing=missing, damaged=damaged), attention=attention)


def _repair_wanted(found: CommandFound, session: SessionState) -> Decision:
    if session.last is None or found.instrument is None:
        return _nothing(found, session)
    decision = _noted(found, session, found.instrument.instrument.lacking, attention=True)
    return replace(decision, why=Why.REPAIR_WANTED)


def _graded(found: CommandFound, session: SessionState) -> Decision:
    """Note the condition of what has just changed hands, by the number of its grade."""
    number = found.command.number or 0
    if session.last is None or found.instrument is None or not 0 < number <= len(found.grades):
        return _nothing(found, session)
    instrument = found.instrument.instrument
    if look_of(instrument, session) is None:
        return _nothing(found, session)
    look = replace(instrument.lacking, condition=found.grades[number - 1])
    decision = _noted(found, session, look, attention=instrument.status is Status.NEEDS_ATTENTION)
    return replace(decision, why=Why.GRADED)


def _put_right(found: CommandFound, session: SessionState) -> Decision:
    """Put right that a body was in another's case; children can only swap what somebody has."""
    last, way = session.last, _WAYS[found.command.command]
    if last is None or last.answer is not Answer.MISMATCH or found.instrument is None or found.case is None:
        return _nothing(found, session)
    if way is Why.CHILDREN_SWAPPED and not can_swap(found.case.instrument, found.instrument.instrument):
        return _nothing(found, session)
    effect = PutRight(found.case, found.instrument, way)
    return Decision(Answer.NOTED, replace(session, last=None), (effect,), way)


_WAYS: Final = {Command.BY_HAND: Why.BY_HAND, Command.CASES: Why.CASES_SWAPPED, Command.CHILDREN: Why.CHILDREN_SWAPPED}


def _noted(found: CommandFound, session: SessionState, look: Checked, *, attention: bool) -> Decision:
    if found.instrument is None:
        return _nothing(found, session)
    instrument = found.instrument.instrument
    about = look_of(instrument, session)
    back = about.loan if about is not None and about.back else None
    return Decision(Answer.NOTED, session, (Check(instrument, look, attention, back),))


_MODES: Final[dict[Command, tuple[Answer, dict[str, Any], Why]]] = {
    Command.LEND: (Answer.LEND_MODE, {"mode": Mode.LEND, "matching": False}, Why.PLAIN),
    Command.RETURN: (Answer.RETURN_MODE, {"mode": Mode.RETURN, "matching": False}, Why.PLAIN),
    Command.SHOW: (Answer.SHOW_NEXT, {"show_next": True}, Why.PLAIN),
    Command.MATCH: (Answer.NOTED, {"matching": True}, Why.COMPARING),
}
_ON_LAST_CARD: Final = {
    Command.UNDO: _undo,
    Command.TAKE: _take,
    Command.BACK: _back,
    Command.ON_LEND: _pass_on,
    Command.ALL: _all,
    Command.MISSING: _accessory,
    Command.DAMAGED: _accessory,
    Command.PRESENT: _accessory,
    Command.REPAIR: _repair_wanted,
    Command.GRADE: _graded,
    Command.BY_HAND: _put_right,
    Command.CASES: _put_right,
    Command.CHILDREN: _put_right,
}
