"""Hires: loans as charging sees them. A swap goes on with the hire of what came back; a set is hired as one."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Final

from loanstore.domain.loans import Ending

if TYPE_CHECKING:
    from collections.abc import Iterable

    from loanstore.domain.tariffs import Prices

_PASSED_ON: Final = frozenset({Ending.RETURNED, Ending.TAKEN, Ending.COUNTED})


@dataclass(frozen=True, slots=True)
class HiredLoan:
    """A loan with what charging needs to know of its instrument.

    ``out`` is None where nobody knows since when; ``lost`` tells whether the instrument is lost still, ``value`` is its
    replacement value in pence. ``missing`` and ``damaged`` are what came back so and had not gone out so.
    """

    id: str
    borrower: str
    instrument: str
    code: str
    type: str
    size: str
    band: str
    contract: str
    out: date | None
    ended: date | None
    ending: Ending | None
    due: date
    class_set: str | None = None
    set_name: str = ""
    lost: bool = False
    value: int | None = None
    missing: tuple[str, ...] = ()
    damaged: tuple[str, ...] = ()

    @property
    def what(self) -> str:
        """Name the instrument: ``Violin 1/2``."""
        return " ".join(filter(None, (self.type, self.size))) or self.code


@dataclass(frozen=True, slots=True)
class Hire:
    """One or more loans that are charged as one: ``id`` is that of the first, ``loans`` all of them.

    ``ended`` is None while anything of it is out; ``home`` tells whether everything came back.
    """

    id: str
    borrower: str
    contract: str
    band: str
    instrument: str
    what: str
    out: date | None
    ended: date | None
    home: bool
    loans: tuple[str, ...]

    def reaches(self, first: date) -> bool:
        """Tell whether it went on after the first day of a period: what comes back that day does not owe it."""
        return self.ended is None or self.ended > first


def hires_of(loans: Iterable[HiredLoan], prices: Prices) -> list[Hire]:
    """Put one borrower's loans together into hires, in the order they began."""
    ordered = sorted(loans, key=lambda loan: (loan.out or date.min, loan.id))
    sets: dict[str, list[HiredLoan]] = {}
    single = []
    by_set = {one.contract for one in prices.versions if one.per_set}
    for loan in ordered:
        if loan.class_set is not None and loan.contract in by_set:
            sets.setdefault(loan.class_set, []).append(loan)
        else:
            single.append(loan)
    found = [hire for members in sets.values() for hire in _overlapping(members)]
    return sorted([*found, *_going_on(single)], key=lambda hire: (hire.out or date.min, hire.id))


def _alone(loan: HiredLoan) -> Hire:
    home = loan.ended is not None and loan.ending is not Ending.LOST
    what = f"{loan.what}, {loan.code}"
    return Hire(
        loan.id, loan.borrower, loan.contract, loan.band, loan.instrument, what, loan.out, loan.ended, home, (loan.id,)
    )


def _going_on(loans: list[HiredLoan]) -> list[Hire]:
    """Let a loan that began the day another of the same type came back go on with its hire."""
    hires: list[Hire] = []
    last: list[HiredLoan] = []
    for loan in loans:
        at = next((at for at, before in enumerate(last) if _follows(before, loan)), None)
        if at is None:
            hires.append(_alone(loan))
            last.append(loan)
        else:
            alone, began = _alone(loan), hires[at]
            hires[at] = replace(
                began,
                ended=alone.ended,
                home=alone.home,
                instrument=loan.instrument,
                what=alone.what,
                loans=(*began.loans, loan.id),
            )
            last[at] = loan
    return hires


def _follows(before: HiredLoan, loan: HiredLoan) -> bool:
    alike = before.type == loan.type and before.contract == loan.contract
    return alike and before.ended is not None and before.ended == loan.out and before.ending in _PASSED_ON


def _overlapping(members: list[HiredLoan]) -> list[Hire]:
    """Put the loans of a set together that were out at one time."""
    hires: list[Hire] = []
    for loan in members:
        alone = _alone(loan)
        before = hires[-1] if hires else None
        if before is None or (before.ended is not None and loan.out is not None and loan.out > before.ended):
            hires.append(replace(alone, what=loan.set_name or alone.what))
            continue
        still_out = before.ended is None or alone.ended is None
        ended = None if still_out else max(before.ended or date.min, alone.ended or date.min)
        hires[-1] = replace(before, ended=ended, home=before.home and alone.home, loans=(*before.loans, loan.id))
    return hires
