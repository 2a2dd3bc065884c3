"""Disposal: the ways in which an instrument leaves for good, and what may."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from loanstore.domain.errors import Refused
from loanstore.domain.loans import Status

if TYPE_CHECKING:
    from loanstore.domain.loans import Instrument


class Route(StrEnum):
    """How an instrument leaves, as grant conditions ask."""

    SOLD = "sold"
    DONATED = "donated"
    SCRAPPED = "scrapped"
    RETURNED = "returned to funder"


def require_disposable(instrument: Instrument, holder: str) -> None:
    """Raise Refused where an instrument can't be disposed of; ``holder`` is the name of who has it."""
    if instrument.loan is not None:
        raise Refused("DISPOSE_ON_LOAN", code=instrument.code, holder=holder)
    if instrument.status is Status.DISPOSED:
        raise Refused("ALREADY_SO", code=instrument.code, status=instrument.status.value)
    if instrument.status in {Status.IN_PACK, Status.ON_VAN}:
        raise Refused("NOT_AT_HAND", code=instrument.code, status=instrument.status.value)
