"""The one ``decide()``: what a scan means, at the counter and at a venue alike.

It sees what was looked up and what the session remembers, and gives an answer, what is to be done and the
session afterwards. It reads no clock and no store.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from loanstore.domain.answers import Answer
from loanstore.domain.loans import GONE, Status
from loanstore.domain.scan_commands import command
from loanstore.domain.scan_effects import (
    BackFromRepair,
    Bind,
    Circumstances,
    Decision,
    Find,
    Lend,
    LendSet,
    Return,
    Sight,
    Unload,
    Why,
    finish_of,
)
from loanstore.domain.scan_findings import (
    BlankFound,
    CommandFound,
    Found,
    InstrumentFound,
    NothingFound,
    PlaceFound,
    RunFound,
    SetFound,
    SomethingFound,
)
from loanstore.domain.scan_places import at_place, choose_place
from loanstore.domain.sessions import LastScan, Mode, Role, SessionState

if TYPE_CHECKING:
    from loanstore.domain.borrowers import Borrower
    from loanstore.domain.loans import Instrument


def decide(found: Found, session: SessionState, at: Circumstances) -> Decision:
    """Decide what a scan means. Pure: the same things seen give the same answer."""
    if isinstance(found, CommandFound):
        return command(found, session)
    if isinstance(found, NothingFound):
        return _unknown(found, session)
    thing = found.thing or ""
    role = found.role if isinstance(found, InstrumentFound) else Role.MAIN
    if _is_repeat(thing, role, session, at):
        return Decision(Answer.REPEATED, session)
    decision = _something(found, session, at)
    beside = session.last.thing if session.last is not None and decision.answer is Answer.MISMATCH else None
    last = LastScan(thing, role, at.now, decision.answer, beside)
    return replace(decision, session=replace(decision.session, last=last, show_next=False))


def _is_repeat(thing: str, role: Role, session: SessionState, at: Circumstances) -> bool:
    """Tell a thing read twice; a case followed by its own body is no repeat, nor is a second try after a mismatch."""
    last = session.last
    if last is None or last.commanded or last.thing != thing or last.answer is Answer.MISMATCH:
        return False
    pair = last.role is Role.CASE and role is not Role.CASE
    return not pair and abs(at.now - last.at) <= timedelta(seconds=at.policy.repeat)


def _something(found: SomethingFound, session: SessionState, at: Circumstances) -> Decision:
    if isinstance(found, InstrumentFound):
        return _instrument(found, session, at)
    if isinstance(found, SetFound):
        return _set(found, session, at)
    if isinstance(found, PlaceFound):
        return choose_place(found, session)
    if isinstance(found, RunFound):
        return Decision(Answer.RUN_SHOWN, session)
    if isinstance(found, BlankFound):
        return Decision(Answer.UNBOUND, replace(session, blank=found.form))
    return _choose(found.borrower, session)


def _unknown(found: NothingFound, session: SessionState) -> Decision:
    """Leave mode and borrower as they are; but nothing is *directly after* the last card any more."""
    after = replace(session, last=None)
    if found.bad_check:
        return Decision(Answer.BAD_CHECK, after)
    return Decision(Answer.UNKNOWN_CODE, after, why=Why.RUN_TOGETHER if found.run_together else Why.PLAIN)


def _choose(borrower: Borrower, session: SessionState) -> Decision:
    """Choose who it is for, or who brings it; a hand-over to somebody else or to a repairer is finished first."""
    if session.show_next:
        return Decision(Answer.SHOWN, session, why=Why.SHOW_ONLY)
    session = replace(session, blank=None)
    before = session.borrower
    same = before is None or before.id == borrower.id
    if same and not session.sent:
        after = replace(session, borrower=borrower, place=None, stocktake=None)
        return Decision(Answer.BORROWER_CHOSEN, after)
    finish = finish_of(session)
    after = replace(session.finished(session.made, session.mode), borrower=borrower)
    return Decision(Answer.BORROWER_CHOSEN, after, (finish,))


def _instrument(found: InstrumentFound, session: SessionState, at: Circumstances) -> Decision:
    if session.show_next:
        return Decision(Answer.SHOWN, session, (Sight(found.instrument),), Why.SHOW_ONLY)
    if session.blank is not None:
        return Decision(Answer.BOUND, replace(session, blank=None), (Bind(found.instrument, session.blank),))
    pair = _pair(found, session)
    if pair is not None:
        return pair
    if session.matching:
        return Decision(Answer.SHOWN, session, (Sight(found.instrument),), Why.COMPARING)
    if session.place is not None:
        return at_place(found, session.place, session)
    return _at_counter(found, session, at)


def _at_counter(found: InstrumentFound, session: SessionState, at: Circumstances) -> Decision:
    """Answer by the mode and by who is chosen."""
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


def _pair(found: InstrumentFound, session: SessionState) -> Decision | None:
    """Answer a body that directly follows a case: do they belong together? None where no case came before."""
    last = session.last
    if last is None or last.commanded or last.role is not Role.CASE or found.role is Role.CASE:
        return None
    if last.thing == found.instrument.id:
        return Decision(Answer.MATCHED, session, (Sight(found.instrument),))
    return Decision(Answer.MISMATCH, session)


def _coming_back(found: InstrumentFound, session: SessionState) -> Decision:
    """Answer a scan that can only bring back or show: RETURN mode, or AUTO with nobody chosen."""
    instrument = found.instrument
    if instrument.loan is not None:
        return Decision(Answer.RETURNED, session, (Return(instrument),))
    if instrument.status in GONE:
        return Decision(Answer.FOUND, session, (Find(instrument),))
    if session.mode is Mode.RETURN and instrument.status is Status.IN_REPAIR:
        return Decision(Answer.RETURNED, session, (BackFromRepair(instrument),))
    if session.mode is Mode.RETURN and instrument.status is Status.ON_VAN:
        return Decision(Answer.RETURNED, session, (Unload(instrument),))
    return Decision(Answer.SHOWN, session, (Sight(instrument),))


_IN_THE_WAY: Final = {
    Status.IN_REPAIR: Answer.NOT_AVAILABLE,
    Status.NEEDS_ATTENTION: Answer.NOT_AVAILABLE,
    Status.ON_VAN: Answer.NOT_AVAILABLE,
    Status.SET_ASIDE: Answer.RESERVED,
    Status.IN_PACK: Answer.IN_PACK,
} | dict.fromkeys(GONE, Answer.NOT_AVAILABLE)


def _to_chosen(found: InstrumentFound, borrower: Borrower, session: SessionState, at: Circumstances) -> Decision:
    instrument = found.instrument
    if instrument.loan is not None:
        if borrower.id not in {instrument.loan.borrower, instrument.loan.custodian}:
            return Decision(Answer.OUT_TO_OTHER, session)
        if session.class_set is not None and instrument.id in session.class_set.members:
            return Decision(Answer.CHECKED, session.with_checked(instrument.id), (Sight(instrument),))
        return Decision(Answer.ALREADY_THEIRS, session)
    refusal = _refusal(instrument, borrower, at)
    if refusal is not None:
        return Decision(refusal, session)
    if _over_limit(borrower, 1, at):
        return Decision(Answer.AT_LIMIT, session)
    return Decision(Answer.LENT, session, (Lend(instrument, borrower),))


def _refusal(instrument: Instrument, borrower: Borrower, at: Circumstances) -> Answer | None:
    """Tell why something that is not on loan can't go to a borrower; what is set aside for them can."""
    aside = instrument.aside
    if instrument.status is Status.SET_ASIDE and aside is not None:
        lapsed = at.today is not None and aside.until < at.today.isoformat()
        if lapsed or aside.borrower == borrower.id:
            return None
    return _IN_THE_WAY.get(instrument.status)


def _over_limit(borrower: Borrower, more: int, at: Circumstances) -> bool:
    limit = at.policy.limit(borrower.kind)
    return limit is not None and at.held + more > limit


def _set(found: SetFound, session: SessionState, at: Circumstances) -> Decision:
    """Answer a set: to somebody chosen all that is in goes out; otherwise it is shown, and comes back one by one."""
    borrower = session.borrower
    if session.show_next or session.mode is Mode.RETURN or session.place is not None:
        return Decision(Answer.SHOWN, session)
    if borrower is None:
        return Decision(Answer.NEED_BORROWER if session.mode is Mode.LEND else Answer.SHOWN, session)
    free = [one.instrument for one in found.members if one.instrument.loan is None]
    going = tuple(one for one in free if _refusal(one, borrower, at) is None)
    if not going:
        return Decision(_why_none(found, borrower), session)
    if _over_limit(borrower, len(going), at):
        return Decision(Answer.AT_LIMIT, session)
    left = tuple(one.instrument for one in found.members if one.instrument not in going)
    return Decision(Answer.SET_LENT, session, (LendSet(found.class_set, going, borrower, left),))


def _why_none(found: SetFound, borrower: Borrower) -> Answer:
    loans = [one.loan for one in found.still_out if one.loan is not None]
    if any(loan.borrower == borrower.id for loan in loans):
        return Answer.ALREADY_THEIRS
    return Answer.OUT_TO_OTHER if loans else Answer.NOT_AVAILABLE
