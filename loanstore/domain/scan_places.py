"""What scans mean once a place was chosen: moving in, handing in, sending to a repairer, taking stock."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from loanstore.domain.answers import Answer
from loanstore.domain.loans import GONE, Status
from loanstore.domain.places import PlaceKind
from loanstore.domain.scan_effects import (
    Decision,
    Effect,
    Find,
    MarkSeen,
    Move,
    PassOn,
    Return,
    SendToRepair,
    Sight,
    Why,
    finish_of,
)
from loanstore.domain.stocktakes import Finding, finding

if TYPE_CHECKING:
    from loanstore.domain.loans import Instrument
    from loanstore.domain.places import Place
    from loanstore.domain.scan_findings import InstrumentFound, PlaceFound
    from loanstore.domain.sessions import SessionState
    from loanstore.domain.stocktakes import Stocktake


def choose_place(found: PlaceFound, session: SessionState) -> Decision:
    """Choose a place or a repairer; the hand-over before is finished first."""
    if session.show_next:
        return Decision(Answer.SHOWN, session, why=Why.SHOW_ONLY)
    to_repairer = found.place.kind is PlaceKind.REPAIRER
    why = Why.TO_REPAIRER if to_repairer else Why.COUNTED if found.stocktake is not None else Why.PLAIN
    answer = Answer.BORROWER_CHOSEN if to_repairer else Answer.PLACE_CHOSEN
    same = session.place is not None and session.place.id == found.place.id
    finish = finish_of(session)
    unfinished = bool(finish.lent or finish.sent or finish.returned) and not same
    before = session.finished(session.made, session.mode) if unfinished else replace(session, borrower=None)
    after = replace(before, place=found.place, stocktake=found.stocktake, blank=None)
    return Decision(answer, after, (finish,) if unfinished else (), why)


def at_place(found: InstrumentFound, place: Place, session: SessionState) -> Decision:
    """Answer an instrument scanned at a chosen place."""
    if place.kind is PlaceKind.REPAIRER:
        return _to_repairer(found, place, session)
    if session.stocktake is not None:
        return _counted(found, place, session.stocktake, session)
    if found.instrument.loan is not None:
        return _handed_in(found.instrument, place, session)
    return _kept(found.instrument, place, session)


def _handed_in(instrument: Instrument, place: Place, session: SessionState) -> Decision:
    """Take in what is on loan: at a drop-off the loan goes on until the store has checked it in."""
    if place.kind is PlaceKind.DROP_OFF:
        return Decision(Answer.PASSED_ON, session, (PassOn(instrument, place.id),), Why.HANDED_IN)
    return Decision(Answer.RETURNED, session, (Return(instrument), Move(instrument, place)))


def _kept(instrument: Instrument, place: Place, session: SessionState) -> Decision:
    if instrument.status in GONE:
        return Decision(Answer.FOUND, session, (Find(instrument), Move(instrument, place)))
    if instrument.status in {Status.IN_PACK, Status.IN_REPAIR}:
        return Decision(Answer.SHOWN, session, (Sight(instrument),))
    return Decision(Answer.MOVED, session, (Move(instrument, place),))


def _to_repairer(found: InstrumentFound, repairer: Place, session: SessionState) -> Decision:
    instrument = found.instrument
    if instrument.loan is not None:
        return Decision(Answer.OUT_TO_OTHER, session, why=Why.TO_REPAIRER)
    if instrument.repair is not None and instrument.repair.repairer == repairer.id:
        return Decision(Answer.SHOWN, session, (Sight(instrument),))
    if instrument.status is Status.IN_PACK:
        return Decision(Answer.IN_PACK, session)
    return Decision(Answer.SENT_TO_REPAIR, session, (SendToRepair(instrument, repairer),))


def _counted(found: InstrumentFound, place: Place, stocktake: Stocktake, session: SessionState) -> Decision:
    """Answer a scan while stock is taken: the place is put right at once, a loan only when somebody says so."""
    instrument = found.instrument
    what = finding(instrument, stocktake)
    moves = what is not Finding.ON_LOAN and instrument.fields.get("location") != place.id
    if what is Finding.EXPECTED and moves:
        what = Finding.MISPLACED
    mark: Effect = MarkSeen(instrument, stocktake, what, place if moves else None)
    return Decision(_ANSWERS[what], session, (mark,), Why.COUNTED)


_ANSWERS: Final = {
    Finding.EXPECTED: Answer.CHECKED,
    Finding.MISPLACED: Answer.MOVED,
    Finding.ON_LOAN: Answer.SHOWN,
    Finding.TURNED_UP: Answer.FOUND,
}
