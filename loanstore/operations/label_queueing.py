"""Labels that wait to be printed, a new number for a lost one, part-used sheets, and who printed what."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from loanstore.domain import codes
from loanstore.domain.facts import Draft, FactKind
from loanstore.domain.label_sheets import split
from loanstore.operations import cataloguing, moving
from loanstore.operations.desk import Changed, Done
from loanstore.operations.label_choosing import Chosen, Wanted, choose, label_of
from loanstore.operations.label_stocking import find_stock
from loanstore.operations.lending import find_instrument
from loanstore.storage import label_keeping

if TYPE_CHECKING:
    from collections.abc import Sequence

    from loanstore.domain.labels import LabelKind
    from loanstore.operations.desk import Desk
    from loanstore.storage.label_keeping import PrintedLabels


@dataclass(frozen=True, slots=True)
class QueuedLabel:
    """A label that waits to be printed: its code as shown, what it goes on, and whether it was printed before."""

    code: str
    title: str
    kind: LabelKind
    again: bool


def queue(desk: Desk) -> tuple[QueuedLabel, ...]:
    """Give the labels that wait, in the order in which they would be printed."""
    with desk.store.reading() as transaction:
        again = {one.form for one in label_keeping.wanted(transaction)}
        chosen = choose(desk, transaction, Wanted(queued=True))
    return tuple(_queued(one, again) for one in chosen)


def _queued(one: Chosen, again: set[str]) -> QueuedLabel:
    label = one.label
    return QueuedLabel(label.shown, label.headline, label.kind, label.code in again)


def want(desk: Desk, named: Sequence[str]) -> Done[tuple[QueuedLabel, ...]]:
    """Have labels of whatever carries these codes printed again, the next time the queue is.

    Raises Refused NOTHING_CARRIES where nothing does.
    """
    with desk.gesturing() as (transaction, gesture):
        found = [label_of(transaction, code, "") for code in named]
        forms = [one.label.code for one in found]
        label_keeping.want(transaction, forms, gesture.at, gesture.staff)
    return Done(tuple(_queued(one, set(forms)) for one in found), frozenset({Changed.LABELS}))


def want_no_longer(desk: Desk, named: Sequence[str]) -> Done[None]:
    """Take labels off the queue; what never had a label stays in it until it has."""
    with desk.gesturing() as (transaction, _gesture):
        label_keeping.want_no_longer(transaction, [codes.normalise(code) for code in named])
    return Done(None, frozenset({Changed.LABELS}))


@dataclass(frozen=True, slots=True)
class Renumbered:
    """An instrument whose label was lost: the code it had, the one it has now."""

    before: str
    code: str


def renumber(desk: Desk, code: str, *, retire: bool = False) -> Done[Renumbered]:
    """Give an instrument the store's next number because its label was lost, and queue the new label, in one gesture.

    The old code goes on scanning, should the label turn up; with ``retire`` it names nothing any more. Raises Refused
    NO_INSTRUMENT.
    """
    with desk.gesturing() as (transaction, gesture):
        state = find_instrument(transaction, code).instrument
        new = cataloguing.next_code(desk, transaction)
        body: dict[str, object] = {"code": new, "codes": [[codes.normalise(new), new, "main"]], "label_lost": True}
        if retire:
            body["dropped"] = [codes.normalise(state.code)]
        moving.record(transaction, gesture, [(state, Draft(FactKind.RECODED, state.id, body))])
        label_keeping.want_no_longer(transaction, [codes.normalise(state.code)])
    return Done(Renumbered(state.code, new), frozenset({Changed.INSTRUMENTS, Changed.LABELS}))


def sheets(desk: Desk) -> dict[str, int]:
    """Give the first free label of each part-used sheet, by its stock."""
    with desk.store.reading() as transaction:
        return label_keeping.sheets(transaction)


def set_sheet(desk: Desk, stock: str, next_start: int) -> Done[None]:
    """Say which label of a stock's sheet is the first free one; 1 is a new sheet.

    Raises Refused UNKNOWN_STOCK or START_OUTSIDE_SHEET.
    """
    split((), find_stock(desk, stock), next_start)
    with desk.gesturing() as (transaction, gesture):
        label_keeping.keep_sheet(transaction, stock, next_start, gesture.at)
    return Done(None, frozenset({Changed.LABELS}))


def printed(desk: Desk, limit: int = 100) -> tuple[PrintedLabels, ...]:
    """Tell who printed what and when, the latest first."""
    with desk.store.reading() as transaction:
        return label_keeping.printed(transaction, limit)
