"""How far labelling is, for the screen and the command line."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from loanstore.storage import label_lists

if TYPE_CHECKING:
    from loanstore.operations.desk import Desk
    from loanstore.storage.label_lists import LabelledAt, UnlabelledOut


@dataclass(frozen=True, slots=True)
class LabelProgress:
    """What has its label, place by place, and what is out without one."""

    places: tuple[LabelledAt, ...]
    out: tuple[UnlabelledOut, ...]

    @property
    def missing(self) -> int:
        """Count the instruments without a label."""
        return sum(place.instruments - place.labelled for place in self.places)


def missing(desk: Desk) -> int:
    """Count the instruments without a label."""
    with desk.store.reading() as transaction:
        return LabelProgress(label_lists.by_place(transaction, desk.known_rules(transaction).prefix), ()).missing


def progress(desk: Desk) -> LabelProgress:
    """Look how far labelling is."""
    with desk.store.reading() as transaction:
        prefix = desk.known_rules(transaction).prefix
        return LabelProgress(label_lists.by_place(transaction, prefix), label_lists.unlabelled_out(transaction, prefix))
