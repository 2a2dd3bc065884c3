"""Looking a thing over as it changes hands: which hand-over a look belongs to, and by which grades it is judged."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING

from loanstore.domain.values import CONDITION_LETTERS, CONDITIONS

if TYPE_CHECKING:
    from loanstore.domain.loans import Instrument
    from loanstore.domain.sessions import SessionState


@dataclass(frozen=True, slots=True)
class Look:
    """What a look at the last card is about: an instrument, and the loan that has just begun or, ``back``, ended.

    ``loan`` is None for a thing that changed no hands. ``repair`` is the visit to a repairer that has just begun.
    """

    instrument: str
    loan: str | None = None
    back: bool = False
    repair: str | None = None

    @property
    def moment(self) -> str:
        """Name the moment of the look, as facts do."""
        if self.repair is not None:
            return "repair"
        if self.loan is None:
            return "look"
        return "return" if self.back else "issue"


def look_of(instrument: Instrument, session: SessionState) -> Look | None:
    """Give what a look at an instrument would belong to; None for a loan that this session did not make.

    How something was when it went out is not rewritten by whoever sees it later.
    """
    if instrument.loan is not None:
        # The newest first: mostly it is what has just been handed over, however long the session is.
        made = chain(reversed(session.lent), reversed(session.just_lent))
        mine = any(done.loan == instrument.loan.id for done in made)
        return Look(instrument.id, instrument.loan.id) if mine else None
    if instrument.repair is not None:
        sent = any(done.loan == instrument.repair.id for done in reversed(session.sent))
        return Look(instrument.id, repair=instrument.repair.id) if sent else None
    back = next((done.loan for done in reversed(session.returned) if done.instrument == instrument.id), None)
    return Look(instrument.id, back, back=back is not None)


def grades_like(condition: str) -> tuple[str, ...]:
    """Give the grades to choose from, the best first: letters for what is graded by letters, else words."""
    return CONDITION_LETTERS if condition in CONDITION_LETTERS else CONDITIONS
