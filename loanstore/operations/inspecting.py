"""Looking over what has just changed hands: a note, a picture, a fault; each a gesture of its own, undone alone."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from loanstore.domain.errors import Refused
from loanstore.domain.facts import Draft, FactKind
from loanstore.domain.loans import Status
from loanstore.operations import moving, photographing
from loanstore.operations.desk import Changed, Done
from loanstore.storage import lookups, registers

if TYPE_CHECKING:
    from loanstore.domain.loans import Instrument
    from loanstore.domain.looks import Look
    from loanstore.operations.desk import Desk
    from loanstore.operations.photographing import Picture
    from loanstore.storage.photos import Photo
    from loanstore.storage.transaction import Transaction

LOOKED: frozenset[Changed] = frozenset({Changed.INSTRUMENTS, Changed.LOANS})


def say(desk: Desk, look: Look, text: str) -> Done[Instrument]:
    """Keep what is said of an instrument's condition, or of what is to be repaired, as an erasable note.

    Raises Refused EMPTY_NOTE where nothing is said, HAND_OVER_PAST where it has moved on meanwhile.
    """
    said = " ".join(text.split())
    if not said:
        raise Refused("EMPTY_NOTE")
    with desk.gesturing() as (transaction, gesture):
        thing = _find(transaction, look)
        note = gesture.new_id()
        registers.add_note(transaction, note, said)
        if look.repair is not None:
            draft = Draft(FactKind.REPAIR_FAULT, thing.id, {"repair": look.repair, "fault": note})
        else:
            found = replace(thing.lacking, note=note)
            attention = thing.status is Status.NEEDS_ATTENTION
            loan = look.loan if look.back else None
            draft = moving.looked_at(thing, found, attention=attention, loan=loan)
        ((_fact, after),) = moving.record(transaction, gesture, [(thing, draft)])
        return Done(after, LOOKED | {Changed.REPAIRS} if look.repair is not None else LOOKED)


def photograph(desk: Desk, look: Look, picture: Picture) -> Done[Photo]:
    """Keep a picture of how something was as it changed hands; undoing that deletes it.

    Raises Refused HAND_OVER_PAST where it has moved on meanwhile.
    """
    with desk.gesturing() as (transaction, gesture):
        thing = _find(transaction, look)
        about = {"moment": look.moment, **({"loan": look.loan} if look.loan is not None else {})}
        photo = photographing.keep(transaction, gesture, thing, picture, about)
        return Done(photo, frozenset({Changed.INSTRUMENTS}))


def _find(transaction: Transaction, look: Look) -> Instrument:
    found = lookups.instrument(transaction, look.instrument)
    if found is None:
        raise Refused("HAND_OVER_PAST", code="")
    thing = found.instrument
    loan = thing.loan.id if thing.loan is not None else None
    repair = thing.repair.id if thing.repair is not None else None
    if loan != (None if look.back else look.loan) or repair != look.repair:
        raise Refused("HAND_OVER_PAST", code=thing.code)
    return thing
