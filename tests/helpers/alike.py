"""Making two stores that were treated alike the same to the letter, and comparing them whole."""

from __future__ import annotations

import itertools
import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.helpers.made_up import MadeUp


def counting() -> Callable[[], str]:
    """Make ids by counting."""
    numbers = itertools.count(1)
    return lambda: f"{next(numbers):036d}"


def count_ids(made_up: MadeUp) -> None:
    """Have a store make its ids by counting, so that two stores that were treated alike are alike to the letter."""
    made_up.desk.identity = "the desk"
    made_up.desk.new_id = counting()


def whole(made_up: MadeUp) -> dict[str, list[tuple[object, ...]]]:
    """Give everything a store holds, the hash of the file that was read apart, and the digests it enters."""
    rows = made_up.dump()
    rows["facts"] = [(*row[:-2], re.sub(r'"file":"\w+"', "", str(row[-2]))) for row in rows["facts"]]
    return rows


def standing(made_up: MadeUp) -> dict[str, list[tuple[object, ...]]]:
    """Give everything but the journal, which only grows, and the numbers for codes, none of which comes twice."""
    rows = made_up.dump()
    del rows["facts"], rows["reversals"]
    rows["settings"] = [row for row in rows["settings"] if row[0] != "next_number"]
    return rows
