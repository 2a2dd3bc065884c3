"""Stocktaking: begun for a place or for all, scanned by as many people as like, reported and closed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from loanstore.domain import codes
from loanstore.domain.answers import Answer
from loanstore.domain.errors import Refused
from loanstore.domain.facts import Draft, FactKind
from loanstore.domain.loans import Ending
from loanstore.domain.places import PlaceKind
from loanstore.domain.scan_findings import InstrumentFound
from loanstore.domain.stocktakes import Finding, Stocktake, finding
from loanstore.operations import moving
from loanstore.operations.desk import Changed, Done
from loanstore.operations.lending import BroughtBack, find_instrument
from loanstore.operations.placing import find_place, give_code
from loanstore.storage import aggregates, folding, journal, lookups, registers, stocktake_lists
from loanstore.storage import places as place_records

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from loanstore.domain.borrowers import Borrower
    from loanstore.domain.gestures import Gesture
    from loanstore.domain.loans import Instrument
    from loanstore.domain.places import Place
    from loanstore.domain.progress import Progress
    from loanstore.domain.stocktake_report import SeenLine, StocktakeLine
    from loanstore.operations.desk import Desk
    from loanstore.storage.transaction import Transaction

EVERYTHING: Final = "all"
"""What a stocktake of all places is called on the command line."""

COUNTED: Final = frozenset({Changed.STOCKTAKES, Changed.INSTRUMENTS, Changed.PLACES})
_AT_ONCE: Final = 100
"""So many are set missing between two looks at whether to go on."""


@dataclass(frozen=True, slots=True)
class Sighting:
    """What one scan in a stocktake found. ``finding`` is None for what is no instrument of ours.

    ``before`` is where the instrument stood in the register until the scan corrected that, ``holder`` who has
    it on loan. ``other`` tells that the code is known, but as something else than an instrument.
    """

    code: str
    finding: Finding | None
    instrument: Instrument | None = None
    holder: Borrower | None = None
    before: str = ""
    other: bool = False


@dataclass(frozen=True, slots=True)
class Closed:
    """How a stocktake ended: how many were set missing, and how many were not seen and left as they were."""

    stocktake: Stocktake
    missed: int
    left: int


def begin(desk: Desk, place: str | None = None) -> Done[Stocktake]:
    """Begin a stocktake of a place, by code or name, or of everything; a place without a code gets one.

    Raises Refused where stock is being taken there already, and for a repairer.
    """
    with desk.gesturing() as (transaction, gesture):
        where = find_place(transaction, place) if place is not None else None
        if where is not None and where.kind is PlaceKind.REPAIRER:
            raise Refused("STOCKTAKE_AT_REPAIRER", place=where.name)
        running = _running(transaction, where.id if where is not None else None)
        if running is not None:
            raise Refused(
                "STOCKTAKE_RUNS", place=where.name if where is not None else EVERYTHING, begun=running.begun[:10]
            )
        if where is not None and not where.code:
            give_code(desk, transaction, gesture, where, known=True)
        identity = desk.new_id()
        body = {"place": where.id if where is not None else None}
        journal.append(transaction, gesture, [Draft(FactKind.STOCKTAKE_BEGUN, identity, body)])
        state: Stocktake = aggregates.refold(transaction, aggregates.named("stocktake"), identity)
        return Done(state, frozenset({Changed.STOCKTAKES, Changed.PLACES}))


def _running(transaction: Transaction, place: str | None) -> Stocktake | None:
    every: list[Stocktake] = aggregates.every(transaction, "stocktake")
    return next((one for one in every if one.closed is None and one.place == place), None)


def find_stocktake(transaction: Transaction, named: str) -> Stocktake:
    """Find a stocktake by its id, or the open one of a place by its code or name, or of ``all``; else raise Refused."""
    found: Stocktake | None = aggregates.find(transaction, "stocktake", named.strip().lower())
    if found is None:
        try:
            place = None if named.strip().lower() == EVERYTHING else find_place(transaction, named).id
        except Refused:
            raise Refused("NO_STOCKTAKE", value=named) from None
        found = _running(transaction, place)
    if found is None:
        raise Refused("NO_STOCKTAKE", value=named)
    return found


def _open(transaction: Transaction, named: str) -> Stocktake:
    found = find_stocktake(transaction, named)
    if found.closed is not None:
        raise Refused("STOCKTAKE_OVER", closed=found.closed[:10])
    return found


def sight(desk: Desk, stocktake: str, code: str, at: str | None = None) -> Done[Sighting]:
    """Take one scan in a stocktake: what it finds is written down, and a wrong place corrected.

    ``at`` is where the scan is made, for a stocktake of everything. A loan is never ended by it. Raises Refused
    where the stocktake is over.
    """
    with desk.gesturing() as (transaction, gesture):
        state = _open(transaction, stocktake)
        here = find_place(transaction, at).id if at is not None else state.place
        found = lookups.by_label(transaction, codes.normalise(codes.clean(code)))
        if not isinstance(found, InstrumentFound):
            return _unknown(transaction, gesture, state, code, other=found is not None)
        instrument = found.instrument
        what = _found_as(instrument, state, here)
        stood = instrument.fields.get("location")
        elsewhere = here if here != stood and what is not Finding.ON_LOAN else None
        drafts = moving.counted(instrument, state.id, what, elsewhere)
        written = moving.record(transaction, gesture, [(instrument, draft) for draft in drafts])
        names = registers.place_names(transaction) if elsewhere is not None else {}
        before = names.get(stood or "", "")
        return Done(Sighting(code, what, written[-1][1], found.holder, before), COUNTED)


def _found_as(instrument: Instrument, stocktake: Stocktake, here: str | None) -> Finding:
    what = finding(instrument, stocktake)
    elsewhere = here is not None and instrument.fields.get("location") != here
    return Finding.MISPLACED if what is Finding.EXPECTED and elsewhere else what


def _unknown(
    transaction: Transaction, gesture: Gesture, stocktake: Stocktake, code: str, *, other: bool
) -> Done[Sighting]:
    """Keep an unknown scan as the desk does, and that it was made in this stocktake."""
    body = {"answer": Answer.UNKNOWN_CODE.value, "stocktake": stocktake.id}
    (fact,) = journal.append(transaction, gesture, [Draft(FactKind.REFUSED, None, body)])
    read = codes.clean(code)
    if not other and codes.looks_like_code(read):
        registers.keep_unknown_scan(transaction, fact.id, read, fact.recorded)
    return Done(Sighting(code, None, other=other), frozenset({Changed.STOCKTAKES}))


def bring_back(
    desk: Desk, stocktake: str, instrument_codes: Sequence[str] | None = None
) -> Done[tuple[BroughtBack, ...]]:
    """End the loans of what was found here though on loan, as of when it was scanned: those named, or all of them.

    Raises Refused where one that is named was not found so, or none was.
    """
    with desk.gesturing() as (transaction, gesture):
        state = _open(transaction, stocktake)
        here = {line.id: line for line in stocktake_lists.marked(transaction, state.id) if line.out}
        chosen = [_require_here(transaction, here, code) for code in instrument_codes or ()]
        lines = list(here.values()) if instrument_codes is None else chosen
        if not lines:
            raise Refused("NOTHING_TO_BRING_BACK")
        changes: list[tuple[Instrument | None, Draft]] = []
        back = []
        for line in {line.id: line for line in lines}.values():
            instrument = folding.instrument_state(transaction, line.id)
            if instrument is None or instrument.loan is None:
                continue
            back.append((instrument, instrument.loan.id))
            changes.append((instrument, moving.returned(instrument, Ending.RETURNED, happened=line.at)))
            if state.place is not None and instrument.fields.get("location") != state.place:
                changes.append((instrument, moving.moved(instrument, state.place)))
        after = {fact.subject: one for fact, one in moving.record(transaction, gesture, changes)}
        made = tuple(BroughtBack(after[instrument.id], loan) for instrument, loan in back)
        return Done(made, COUNTED | {Changed.LOANS})


def _require_here(transaction: Transaction, here: dict[str, SeenLine], code: str) -> SeenLine:
    instrument = find_instrument(transaction, code).instrument
    if instrument.id not in here:
        raise Refused("NOT_HERE_ON_LOAN", code=instrument.code)
    return here[instrument.id]


def close(
    desk: Desk, stocktake: str, confirmed: Collection[str] = (), progress: Progress | None = None
) -> Done[Closed]:
    """Close a stocktake. Of what was not seen, the instruments ``confirmed`` by their ids are set missing.

    What somebody has seen since it was confirmed is left as it is. Raises Refused where it is over already.
    """
    with desk.gesturing() as (transaction, gesture):
        state = _open(transaction, stocktake)
        lines = stocktake_lists.unseen(transaction, state)
        meant = frozenset(confirmed)
        missed = [line.id for line in lines if line.id in meant]
        for done in range(0, len(missed), _AT_ONCE):
            _set_missing(transaction, gesture, missed[done : done + _AT_ONCE], state.id)
            if progress is not None:
                progress(min(done + _AT_ONCE, len(missed)), len(missed))
        body = {"missed": missed, "unseen": [line.id for line in lines]}
        journal.append(transaction, gesture, [Draft(FactKind.STOCKTAKE_CLOSED, state.id, body)])
        after: Stocktake = aggregates.refold(transaction, aggregates.named("stocktake"), state.id)
        return Done(Closed(after, len(missed), len(lines) - len(missed)), COUNTED)


def _set_missing(transaction: Transaction, gesture: Gesture, instruments: Sequence[str], stocktake: str) -> None:
    found = [folding.instrument_state(transaction, one) for one in instruments]
    drafts = [(one, Draft(FactKind.MISSED, one.id, {"missed_by": stocktake})) for one in found if one is not None]
    moving.record(transaction, gesture, drafts)


def list_stocktakes(desk: Desk) -> tuple[StocktakeLine, ...]:
    """List all stocktakes: the open ones first, the newest before the older."""
    with desk.store.reading() as transaction:
        return stocktake_lists.every(transaction)


def places_to_count(desk: Desk) -> tuple[Place, ...]:
    """Give the places where a stocktake can be begun, by name, drop-off points after the store's own."""
    with desk.store.reading() as transaction:
        found = [place for place in place_records.every(transaction) if place.kind is not PlaceKind.REPAIRER]
        taken = {one.place for one in aggregates.every(transaction, "stocktake") if one.closed is None}
    free = (place for place in found if place.id not in taken)
    return tuple(sorted(free, key=lambda place: (place.kind is not PlaceKind.PLACE, place.name.casefold())))
