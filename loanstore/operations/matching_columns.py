"""Looking into a file before it is imported: its columns, what they hold, and how they would be read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from loanstore.domain.import_headers import LEFT_OUT, read_mapping
from loanstore.domain.import_matching import match_columns, with_remembered
from loanstore.operations.importing import remembered_match
from loanstore.spreadsheets.reading import read_table

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from loanstore.domain.import_fields import ImportKind
    from loanstore.domain.import_matching import Match
    from loanstore.operations.desk import Desk


@dataclass(frozen=True, slots=True)
class LookedInto:
    """How a file's columns are read; ``remembered`` where a person said so when such a file last came."""

    match: Match
    remembered: bool
    other_sheets: tuple[str, ...]


def look_into(desk: Desk, file: Path, kind: ImportKind, mapping: Sequence[str] = ()) -> LookedInto:
    """Read a file and match its columns; nothing is written.

    Raises FileUnusable and WrongUsage as reading the file does.
    """
    table = read_table(file)
    before = remembered_match(desk, table, kind)
    match = match_columns(table, kind, with_remembered(read_mapping(mapping), before))
    told = any(name != LEFT_OUT for name in (before or {}).values())
    return LookedInto(match, told, table.other_sheets)
