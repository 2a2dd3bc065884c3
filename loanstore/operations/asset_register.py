"""The asset register as at any day: what each instrument is, who paid, where it is and when it was last seen."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from loanstore.domain.loans import Status
from loanstore.operations.as_at import states_at
from loanstore.operations.papers import day_of
from loanstore.storage import earlier, registers

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

    from loanstore.domain.loans import Instrument
    from loanstore.operations.desk import Desk
    from loanstore.storage.transaction import Transaction


@dataclass(frozen=True, slots=True)
class RegisterLine:
    """One instrument; money is pence, ``purchased`` an ISO year, month or day, ``valued`` an ISO day.

    ``holder`` is who has it: a borrower, or the repairer. ``seen`` is the day it was last in somebody's hands at a
    desk, None for never; ``seen_as`` the kind of fact that saw it, ``seen_by`` the member of staff.
    ``route``, ``authority``, ``recipient`` and ``proceeds`` say how it left for good, on ``left``.
    """

    id: str
    code: str
    type: str
    size: str
    make: str
    model: str
    serial: str
    funding: str
    purchased: str
    cost: int | None
    value: int | None
    valued: str
    status: Status
    holder: str
    place: str
    seen: date | None
    seen_as: str
    seen_by: str
    left: date | None = None
    route: str = ""
    authority: str = ""
    recipient: str = ""
    proceeds: int | None = None


@dataclass(frozen=True, slots=True)
class Totals:
    """What the lines come to: what is kept and never seen among it, and what has left for good; money in pence."""

    kept: int
    never_seen: int
    cost: int
    value: int
    disposed: int
    proceeds: int


@dataclass(frozen=True, slots=True)
class AssetRegister:
    """The register as at the end of ``day``, of one funding source or of all (empty); never-seen things first."""

    owner: str
    day: date
    funding: str
    lines: tuple[RegisterLine, ...]
    totals: Totals


@dataclass(frozen=True, slots=True)
class _Names:
    """Names by the ids that facts know them by."""

    borrowers: Mapping[str, str]
    places: Mapping[str, str]
    staff: Mapping[str, str]
    notes: Mapping[str, str]


_NOTED: Final = ("authority", "note")


def asset_register(desk: Desk, at: date | None = None, funding: str = "") -> AssetRegister:
    """Give the register as at the end of a day, today where none is named.

    ``funding`` keeps what a funding source paid for that has these words in it.
    """
    day = at or desk.today()
    with desk.store.reading() as transaction:
        found = [one for one in states_at(desk, transaction, day).values() if _paid_by(one, funding)]
        names = _names(transaction, found)
        owner = desk.known_rules(transaction).owner
    lines = sorted((_line(desk, state, names) for state in found), key=lambda line: (line.seen is not None, line.code))
    return AssetRegister(owner, day, funding.strip(), tuple(lines), totals(lines))


def fundings(desk: Desk) -> tuple[str, ...]:
    """Give every funding source that an instrument names."""
    with desk.store.reading() as transaction:
        return earlier.fundings(transaction)


def totals(lines: Iterable[RegisterLine]) -> Totals:
    """Add lines up: cost and value of what is kept, proceeds of what has left."""
    every = tuple(lines)
    kept = [line for line in every if line.status is not Status.DISPOSED]
    left = [line for line in every if line.status is Status.DISPOSED]
    return Totals(
        len(kept),
        sum(line.seen is None for line in kept),
        sum(line.cost or 0 for line in kept),
        sum(line.value or 0 for line in kept),
        len(left),
        sum(line.proceeds or 0 for line in left),
    )


def _paid_by(state: Instrument, funding: str) -> bool:
    return funding.strip().casefold() in state.fields.get("funding", "").casefold()


def _names(transaction: Transaction, states: Iterable[Instrument]) -> _Names:
    noted = [state.disposal[name] for state in states if state.disposal for name in _NOTED if name in state.disposal]
    return _Names(
        earlier.borrower_names(transaction),
        registers.place_names(transaction),
        earlier.staff_names(transaction),
        earlier.notes_named(transaction, noted),
    )


def _line(desk: Desk, state: Instrument, names: _Names) -> RegisterLine:
    fields, disposal = state.fields, state.disposal or {}
    holder = names.borrowers.get(state.loan.borrower, "") if state.loan is not None else ""
    if state.repair is not None:
        holder = names.places.get(state.repair.repairer, "")
    return RegisterLine(
        id=state.id,
        code=state.code,
        type=fields.get("type", ""),
        size=fields.get("size", ""),
        make=fields.get("make", ""),
        model=fields.get("model", ""),
        serial=fields.get("serial", ""),
        funding=fields.get("funding", ""),
        purchased=fields.get("purchased", ""),
        cost=_pence(fields.get("purchase_cost")),
        value=_pence(fields.get("replacement_value")),
        valued=fields.get("valued", ""),
        status=state.status,
        holder=holder,
        place=names.places.get(fields.get("location", ""), ""),
        seen=day_of(desk, state.seen or ""),
        seen_as=state.seen_as or "",
        seen_by=names.staff.get(state.seen_by or "", ""),
        left=day_of(desk, disposal.get("on", "")),
        route=disposal.get("route", ""),
        authority=names.notes.get(disposal.get("authority", ""), ""),
        recipient=names.notes.get(disposal.get("note", ""), ""),
        proceeds=_pence(disposal.get("proceeds")),
    )


def _pence(text: str | None) -> int | None:
    return int(text) if text else None
