"""Importing a spreadsheet into the register: one file, one gesture, that can be tried first and taken back."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from loanstore.domain.facts import Draft, FactKind
from loanstore.domain.import_fields import ImportKind
from loanstore.domain.import_headers import read_mapping, source_of
from loanstore.domain.import_matching import remembered_for, with_remembered
from loanstore.domain.import_rules import plan_rows
from loanstore.domain.import_words import Meaning, read_words
from loanstore.operations import importing_borrowers, importing_instruments, importing_loans
from loanstore.operations.desk import Changed, Done
from loanstore.operations.import_work import ImportWork, Result
from loanstore.operations.undoing_imports import undo_import
from loanstore.spreadsheets.reading import read_table
from loanstore.storage import imports, journal
from loanstore.storage.trying import trial

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from loanstore.domain.import_headers import Heading
    from loanstore.domain.import_preview import Taken
    from loanstore.domain.import_rows import Rejected, Repaired
    from loanstore.domain.import_rules import Passed, Record, RowPlan
    from loanstore.domain.import_words import Word
    from loanstore.domain.progress import Progress
    from loanstore.domain.tables import Table
    from loanstore.operations.desk import Desk

__all__ = ["Imported", "Plan", "import_file", "read_words", "undo_import"]

_APPLY: Final = {
    ImportKind.INSTRUMENTS: importing_instruments.apply,
    ImportKind.SCHOOLS: importing_borrowers.apply,
    ImportKind.BORROWERS: importing_borrowers.apply,
    ImportKind.LOANS: importing_loans.apply,
}
_STILL_A_ROW: Final = frozenset({"DUPLICATE", "SAME_AGAIN"})
"""Passed over, but a row of the register all the same; titles, blanks and totals are none."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What to import: the file, its kind, headers and words that were explained; ``dry_run`` writes nothing.

    ``mapping`` holds ``Their header=field`` texts. What an import was told of columns and words is remembered
    for the next file of the same source.
    """

    file: Path
    kind: ImportKind
    mapping: Sequence[str] = ()
    words: Mapping[str, Meaning] = field(default_factory=dict)
    dry_run: bool = False


@dataclass(frozen=True, slots=True)
class Imported:
    """What an import did, row by row; ``import_id`` is None where nothing was written.

    ``columns`` tells how each column was read; ``taken`` the rows that made or changed something.
    """

    import_id: str | None
    dry_run: bool
    rows: int
    created: int
    updated: int
    unchanged: int
    repaired: tuple[Repaired, ...]
    refused: tuple[Rejected, ...]
    passed: tuple[Passed, ...]
    words: tuple[Word, ...]
    loans: int
    other_sheets: tuple[str, ...]
    columns: tuple[Heading, ...]
    taken: tuple[Taken, ...]


def import_file(desk: Desk, plan: Plan, progress: Progress | None = None) -> Done[Imported]:
    """Import a file; the same file again changes nothing.

    A dry run does everything over the store as it is and keeps nothing, so it shows exactly what would happen, and
    nobody waits for it. Raises FileUnusable and WrongUsage as reading the file does. ``progress`` may raise to
    cancel: then nothing is written.
    """
    table = read_table(plan.file)
    said = read_mapping(plan.mapping)
    mapping = with_remembered(said, remembered_match(desk, table, plan.kind))
    rows = plan_rows(table, plan.kind, desk.catalogue, mapping)
    source = source_of(plan.kind, (heading.text for heading in rows.headers))
    with trial(desk.store) if plan.dry_run else desk.store.writing() as transaction:
        gesture = desk.gesture(transaction)
        work = ImportWork(desk, transaction, gesture, plan.kind.value, source, dict(plan.words))
        if said:
            imports.remember_columns(transaction, plan.kind.value, source, mapping)
        result = _apply(work, plan, rows, progress)
        done = _imported(plan, rows, result, gesture.id, table.other_sheets)
    return Done(done, frozenset(Changed) if done.import_id else frozenset())


def remembered_match(desk: Desk, table: Table, kind: ImportKind) -> Mapping[str, str] | None:
    """Give what was said before of the columns of such a file; None where nothing was."""
    with desk.store.reading() as transaction:
        return remembered_for(table, kind, imports.remembered_columns(transaction, kind.value))


def _apply(work: ImportWork, plan: Plan, rows: RowPlan, progress: Progress | None) -> Result:
    blanked_by_refusal = _refused_fields(rows.refused)
    known_places = imports.place_ids(work.transaction)
    work.begin(rows.records)
    for n, record in enumerate(_in_order(plan.kind, rows.records), 1):
        _APPLY[plan.kind](work, record, blanked_by_refusal.get(record.row, frozenset()))
        if progress is not None:
            progress(n, len(rows.records))
    result = work.result
    if result.wrote:
        body: dict[str, object] = {"kind": plan.kind.value, "rows": len(rows.records), "file": _digest(plan.file)}
        body["source"] = work.source
        made = imports.place_ids(work.transaction) - known_places
        if made:
            body["places"] = sorted(made)
        journal.append(work.transaction, work.gesture, [Draft(FactKind.IMPORTED, None, body)])
    return result


def _in_order(kind: ImportKind, records: Sequence[Record]) -> Sequence[Record]:
    """Take loans that ended before those that stand, the earliest first, in whichever order a list has them."""
    if kind is not ImportKind.LOANS:
        return records
    return sorted(records, key=lambda record: ("returned" not in record.values, record.values.get("out", "")))


def _refused_fields(refused: Sequence[Rejected]) -> dict[int, frozenset[str]]:
    """Give the fields refused in each row: a value that can't be read must not blank what is there."""
    fields: dict[int, set[str]] = {}
    for one in refused:
        if one.field is not None:
            fields.setdefault(one.row, set()).add(one.field)
    return {row: frozenset(names) for row, names in fields.items()}


def _imported(plan: Plan, rows: RowPlan, result: Result, gesture: str, sheets: tuple[str, ...]) -> Imported:
    whole_rows = sum(1 for one in rows.refused if one.field is None)
    again = sum(1 for one in rows.passed if one.why in _STILL_A_ROW)
    return Imported(
        import_id=gesture if result.wrote and not plan.dry_run else None,
        dry_run=plan.dry_run,
        rows=len(rows.records) + whole_rows + again,
        created=result.created,
        updated=result.updated,
        unchanged=result.unchanged,
        repaired=rows.repaired,
        refused=tuple(sorted((*rows.refused, *result.refused), key=lambda one: one.row)),
        passed=rows.passed,
        words=tuple(result.words.values()),
        loans=result.loans,
        other_sheets=sheets,
        columns=rows.headers,
        taken=tuple(sorted(result.taken, key=lambda one: one.row)),
    )


def _digest(file: Path) -> str:
    return hashlib.sha256(file.read_bytes()).hexdigest()
