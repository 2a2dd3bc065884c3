"""Undoing a gesture and comparing the whole store with what it was before."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from loanstore.operations import housekeeping, undoing

if TYPE_CHECKING:
    from tests.helpers.made_up import MadeUp

REMEMBERED: Final = frozenset({"facts", "reversals", "settings"})
"""What an undo leaves longer: the journal, and the next number, which is never given twice."""


def folded(made_up: MadeUp) -> dict[str, list[tuple[object, ...]]]:
    """Give every row of the store but what an undo must leave longer."""
    return {name: rows for name, rows in made_up.dump().items() if name not in REMEMBERED}


def rebuilt_the_same(made_up: MadeUp) -> None:
    """Prove that the state holds against the journal, and that folding it afresh gives the same."""
    assert made_up.complaints() == []
    before = made_up.dump()
    housekeeping.rebuild(made_up.desk)
    assert made_up.dump() == before
    assert made_up.complaints() == []


def undo_brings_back(made_up: MadeUp, before: dict[str, list[tuple[object, ...]]]) -> None:
    """Prove that undoing the last gesture brings back the whole state before, and that this holds too."""
    assert folded(made_up) != before
    made_up.clock.go_on(60)
    undoing.undo(made_up.desk)
    assert folded(made_up) == before
    rebuilt_the_same(made_up)
