"""What a store holds, to compare before a gesture and after its undo."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from tests.helpers.made_up import MadeUp

GROWING: Final = frozenset({"facts", "reversals", "notes", "staff", "settings"})
"""Tables that an undo leaves longer: the journal, what it undid, and erasable texts that its facts name."""


def standing(made_up: MadeUp) -> dict[str, list[tuple[object, ...]]]:
    """Give every row that an undo must put back as it was."""
    return {table: rows for table, rows in made_up.dump().items() if table not in GROWING}
