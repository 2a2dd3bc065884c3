"""Repairs: what a store decides about one, how one ends, and what may be sent at all."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Final

from loanstore.domain.errors import Refused
from loanstore.domain.loans import Status

if TYPE_CHECKING:
    from loanstore.domain.loans import Instrument


class Decision(StrEnum):
    """Who bears it: nobody, as wear comes with use; whoever had it; or it is not worth mending."""

    FAIR_WEAR = "fair wear"
    CHARGEABLE = "chargeable"
    NOT_WORTH_IT = "not worth it"


class Outcome(StrEnum):
    """How a visit to a repairer ended. What was not mended needs attention; what is written off is retired."""

    MENDED = "mended"
    NOT_MENDED = "not mended"
    WRITTEN_OFF = "written off"


AT_HAND: Final = frozenset({Status.IN_STORE, Status.NEEDS_ATTENTION, Status.SET_ASIDE})
"""What can be given to somebody who takes it away."""


def require_sendable(instrument: Instrument, repairer: str, holder: str) -> None:
    """Raise Refused where an instrument can't go to a repairer; the names are of where it is and who has it."""
    if instrument.loan is not None:
        raise Refused("REPAIR_ON_LOAN", code=instrument.code, holder=holder)
    if instrument.repair is not None:
        raise Refused("ALREADY_AT_REPAIRER", code=instrument.code, repairer=repairer)
    if instrument.status not in AT_HAND | {Status.IN_REPAIR}:
        raise Refused("NOT_AT_HAND", code=instrument.code, status=instrument.status.value)


def require_visit(instrument: Instrument) -> str:
    """Give the id of the visit an instrument is on; raises Refused where it is on none."""
    if instrument.repair is not None:
        return instrument.repair.id
    if instrument.status is Status.IN_REPAIR:
        raise Refused("NO_VISIT", code=instrument.code)
    raise Refused("NOT_IN_REPAIR", code=instrument.code, status=instrument.status.value)
