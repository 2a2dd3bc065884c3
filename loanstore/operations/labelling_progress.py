"""How far labelling is, for the screen and the command line."""

from __future__ import annotations

from dataclasses import astuple, dataclass
from typing import TYPE_CHECKING, Final

from loanstore.domain import search
from loanstore.operations.tabling import Table
from loanstore.storage import label_lists

if TYPE_CHECKING:
    from loanstore.operations.desk import Desk
    from loanstore.operations.tabling import Asked
    from loanstore.storage.label_lists import LabelledAt, Unlabelled, UnlabelledOut


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


UNLABELLED_COLUMNS: Final = ("code", "instrument", "serial", "status", "place", "borrower", "borrower_name")


def table(desk: Desk, asked: Asked) -> Table:
    """Give what is out without a label as a table, by the borrower's name; with ``past`` what is in store too."""
    with desk.store.reading() as transaction:
        lines = label_lists.unlabelled(transaction, desk.known_rules(transaction).prefix)
    rows = [astuple(line) for line in lines if (asked.past or line.borrower) and _meets(line, asked.find)]
    told = tuple(tuple(value or None for value in row) for row in rows[: asked.limit])
    return Table(len(rows), UNLABELLED_COLUMNS, told)


def _meets(line: Unlabelled, find: str) -> bool:
    said = search.words(" ".join(astuple(line)))
    return all(any(word.startswith(typed) for word in said) for typed in search.words(find))


def progress(desk: Desk) -> LabelProgress:
    """Look how far labelling is."""
    with desk.store.reading() as transaction:
        prefix = desk.known_rules(transaction).prefix
        return LabelProgress(label_lists.by_place(transaction, prefix), label_lists.unlabelled_out(transaction, prefix))
