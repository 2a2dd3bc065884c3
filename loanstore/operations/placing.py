"""Places: added, renamed, given codes, and instruments moved from one to another."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from loanstore.domain import codes
from loanstore.domain.errors import Refused, WrongUsage
from loanstore.domain.facts import Draft, FactKind
from loanstore.domain.labels import Label, LabelKind
from loanstore.domain.loans import Status
from loanstore.domain.places import Place, PlaceKind
from loanstore.domain.stocktakes import STANDING
from loanstore.operations import moving
from loanstore.operations.cataloguing import next_code
from loanstore.operations.desk import Changed, Done
from loanstore.operations.lending import find_instrument
from loanstore.operations.papers import fonts
from loanstore.storage import aggregates, journal, places, registers

if TYPE_CHECKING:
    from collections.abc import Sequence

    from loanstore.domain.gestures import Gesture
    from loanstore.domain.loans import Instrument
    from loanstore.domain.places import PlaceLine, StandingLine
    from loanstore.operations.desk import Desk
    from loanstore.storage.transaction import Transaction

_MOVABLE = STANDING | {Status.ON_VAN}


@dataclass(frozen=True, slots=True)
class PlaceCard:
    """A place and what stands there, by code."""

    place: Place
    standing: tuple[StandingLine, ...]


@dataclass(frozen=True, slots=True)
class Moved:
    """What a move by hand did: the place, the instruments moved there, and those that stood there already."""

    place: Place
    moved: tuple[Instrument, ...]
    already: tuple[Instrument, ...]


def find_place(transaction: Transaction, named: str) -> Place:
    """Find a place by its code or, since an import makes places without one, by its name; else raise Refused."""
    owner = registers.owner_of(transaction, codes.normalise(named))
    if owner is not None and owner[0] == "place":
        found = places.by_id(transaction, owner[1])
        if found is not None:
            return found
    alike = _called(transaction, named)
    if alike is None:
        raise Refused("NO_PLACE", value=named)
    return alike


def _called(transaction: Transaction, name: str) -> Place | None:
    said = _folded(name)
    return next((place for place in places.every(transaction) if _folded(place.name) == said), None)


def _folded(name: str) -> str:
    return " ".join(name.split()).casefold()


def add_place(desk: Desk, name: str, kind: str = PlaceKind.PLACE) -> Done[Place]:
    """Add a place, a repairer or a drop-off point, with a code of the store's own.

    A place that an import has made is the same place and gets its code. Raises Refused where one of that name
    has its code already, WrongUsage for no name or no such kind.
    """
    said, meant = " ".join(name.split()), _kind(kind)
    if not said:
        raise WrongUsage("NEED_FIELD", field="name")
    with desk.gesturing() as (transaction, gesture):
        there = _called(transaction, said)
        if there is not None and there.code:
            raise Refused("PLACE_NAME_TAKEN", value=said, code=there.code)
        place = there or Place(desk.new_id(), "", said, meant)
        if there is None:
            places.add(transaction, place)
        made = give_code(desk, transaction, gesture, place, meant, known=there is not None)
        return Done(made, frozenset({Changed.PLACES}))


def _kind(text: str) -> PlaceKind:
    try:
        return PlaceKind(text)
    except ValueError:
        raise WrongUsage("BAD_KIND", value=text, kinds=", ".join(PlaceKind)) from None


def give_code(
    desk: Desk, transaction: Transaction, gesture: Gesture, place: Place, kind: PlaceKind | None = None, *, known: bool
) -> Place:
    """Give a place the store's next code, within a gesture; ``known`` keeps its record should that be undone."""
    code, meant = next_code(desk, transaction), kind or place.kind
    body: dict[str, object] = {"code": code, "codes": [[codes.normalise(code), code, "main"]], "kind": meant.value}
    if known:
        body["known"] = True
    journal.append(transaction, gesture, [Draft(FactKind.PLACE_ADDED, place.id, body)])
    aggregates.refold(transaction, aggregates.named("place"), place.id)
    return Place(place.id, code, place.name, meant)


def give_codes(desk: Desk) -> Done[tuple[Place, ...]]:
    """Give a code to every place that has none yet, as those that an import made; gives them, by name."""
    with desk.gesturing() as (transaction, gesture):
        bare = sorted((p for p in places.every(transaction) if not p.code), key=lambda place: _folded(place.name))
        made = tuple(give_code(desk, transaction, gesture, place, known=True) for place in bare)
        return Done(made, frozenset({Changed.PLACES}) if made else frozenset())


def rename_place(desk: Desk, named: str, name: str) -> Done[Place]:
    """Call a place something else; its code and what stands there stay. Raises Refused where another is called so."""
    said = " ".join(name.split())
    if not said:
        raise WrongUsage("NEED_FIELD", field="name")
    with desk.store.writing() as transaction:
        place = find_place(transaction, named)
        alike = _called(transaction, said)
        if alike is not None and alike.id != place.id:
            raise Refused("PLACE_NAME_TAKEN", value=said, code=alike.code)
        places.rename(transaction, place.id, said)
        renamed = Place(place.id, place.code, said, place.kind)
        return Done(renamed, frozenset({Changed.PLACES, Changed.INSTRUMENTS, Changed.STOCKTAKES}))


def list_places(desk: Desk) -> tuple[PlaceLine, ...]:
    """List all places by name, with how many instruments stand there."""
    with desk.store.reading() as transaction:
        return places.lines(transaction)


def standing_at(desk: Desk, place: str) -> tuple[StandingLine, ...]:
    """List what stands at a place, named by its id, by code."""
    with desk.store.reading() as transaction:
        return places.standing_at(transaction, place)


def show_place(desk: Desk, code: str) -> PlaceCard | None:
    """Give the place that carries a code, with what stands there; None where no place does."""
    with desk.store.reading() as transaction:
        return place_card(transaction, code)


def place_card(transaction: Transaction, code: str) -> PlaceCard | None:
    """Give the place that carries a code, with what stands there; None where no place does."""
    owner = registers.owner_of(transaction, codes.normalise(code))
    found = places.by_id(transaction, owner[1]) if owner is not None and owner[0] == "place" else None
    return PlaceCard(found, places.standing_at(transaction, found.id)) if found is not None else None


def move(desk: Desk, place_named: str, instrument_codes: Sequence[str]) -> Done[Moved]:
    """Have instruments stand at a place: all of them, or none where one is refused.

    Raises Refused for a repairer, to whom things are sent, and for what is not in the store.
    """
    with desk.gesturing() as (transaction, gesture):
        place = find_place(transaction, place_named)
        if place.kind is PlaceKind.REPAIRER:
            raise Refused("MOVE_TO_REPAIRER", place=place.name)
        named = [find_instrument(transaction, code).instrument for code in instrument_codes]
        there: list[Instrument] = []
        gone: list[Instrument] = []
        for instrument in {one.id: one for one in named}.values():
            if instrument.status not in _MOVABLE:
                raise Refused("NOT_MOVABLE", code=instrument.code, status=instrument.status.value)
            stands = instrument.fields.get("location") == place.id and instrument.status is not Status.ON_VAN
            (there if stands else gone).append(instrument)
        written = moving.record(transaction, gesture, [(one, moving.moved(one, place.id)) for one in gone])
        made = Moved(place, tuple(after for _fact, after in written), tuple(there))
        changed = frozenset({Changed.INSTRUMENTS, Changed.PLACES}) if gone else frozenset[Changed]()
        return Done(made, changed)


def place_sheet_pdf(desk: Desk, named: Sequence[str]) -> bytes:
    """Draw a sheet of places with their barcodes, in the order named; raises Refused where one has no code yet."""
    from loanstore.paper.lists import draw_code_list

    with desk.store.reading() as transaction:
        owner = desk.known_rules(transaction).owner
        found = [find_place(transaction, one) for one in named]
    if not found:
        raise Refused("NO_LABELS")
    return draw_code_list("Places", [place_label(place, owner) for place in found], fonts=fonts(desk))


def place_label(place: Place, owner: str) -> Label:
    """Give the label of a place; raises Refused where it has no code yet."""
    if not place.code:
        raise Refused("PLACE_WITHOUT_CODE", place=place.name)
    return Label(codes.normalise(place.code), place.code, place.name, "", owner, LabelKind.PLACE)
