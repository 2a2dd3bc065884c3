"""Importing a spreadsheet into the register: one file, one gesture, that can be tried first and taken back."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from loanstore.domain.errors import Refused
from loanstore.domain.facts import Draft, FactKind
from loanstore.domain.import_fields import ImportKind
from loanstore.domain.import_headers import fold_heading, read_mapping
from loanstore.domain.import_rules import plan_rows
from loanstore.domain.import_words import Meaning, read_words
from loanstore.operations import importing_borrowers, importing_instruments, importing_loans, moving, undoing
from loanstore.operations.desk import Changed, Done
from loanstore.operations.import_work import ImportWork, Result
from loanstore.spreadsheets.reading import read_table
from loanstore.storage import imports, journal

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

    from loanstore.domain.import_rows import Rejected, Repaired
    from loanstore.domain.import_rules import Passed, Record, RowPlan
    from loanstore.domain.import_words import Word
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
    """What to import: the file, its kind, headers and words that were explained; ``dry_run`` writes nothing."""

    file: Path
    kind: ImportKind
    mapping: Sequence[str] = ()
    words: Mapping[str, Meaning] = field(default_factory=dict)
    dry_run: bool = False


@dataclass(frozen=True, slots=True)
class Imported:
    """What an import did, row by row; ``import_id`` is None where nothing was written."""

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


class _OnlyTried(Exception):
    """Ends a dry run, so that everything it wrote is rolled back."""

    def __init__(self, done: Imported) -> None:
        super().__init__()
        self.done = done


def import_file(desk: Desk, plan: Plan, progress: Callable[[int, int], None] | None = None) -> Done[Imported]:
    """Import a file; the same file again changes nothing.

    A dry run does everything and rolls it back, so it shows exactly what would happen. Raises FileUnusable
    and WrongUsage as reading the file does. ``progress`` may raise to cancel: then nothing is written.
    """
    table = read_table(plan.file)
    rows = plan_rows(table, plan.kind, desk.catalogue, read_mapping(plan.mapping))
    try:
        with desk.gesturing() as (transaction, gesture):
            work = ImportWork(desk, transaction, gesture, plan.kind.value, _source(plan.kind, rows), dict(plan.words))
            result = _apply(work, plan, rows, progress)
            done = _imported(plan, rows, result, gesture.id, table.other_sheets)
            if plan.dry_run:
                raise _OnlyTried(done)  # noqa: TRY301 - leaving the transaction by raising is what rolls it back
    except _OnlyTried as tried:
        return Done(tried.done)
    return Done(done, frozenset(Changed) if done.import_id else frozenset())


def _apply(work: ImportWork, plan: Plan, rows: RowPlan, progress: Callable[[int, int], None] | None) -> Result:
    blanked_by_refusal = _refused_fields(rows.refused)
    work.begin(rows.records)
    for n, record in enumerate(_in_order(plan.kind, rows.records), 1):
        _APPLY[plan.kind](work, record, blanked_by_refusal.get(record.row, frozenset()))
        if progress is not None:
            progress(n, len(rows.records))
    result = work.result
    if result.wrote:
        body = {"kind": plan.kind.value, "rows": len(rows.records), "file": _digest(plan.file), "source": work.source}
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
    )


def _source(kind: ImportKind, rows: RowPlan) -> str:
    """Tell sources apart by their headings: next month's export of the same list has the same ones."""
    headings = sorted(fold_heading(heading.text) for heading in rows.headers)
    return hashlib.sha256("\x1f".join((kind.value, *headings)).encode()).hexdigest()


def _digest(file: Path) -> str:
    return hashlib.sha256(file.read_bytes()).hexdigest()


def undo_import(desk: Desk, import_id: str) -> Done[int]:
    """Take a whole import back and give how many facts that were.

    Raises Refused where there is no such import, or later facts rest on what it brought.
    """
    with desk.gesturing() as (transaction, gesture):
        facts = journal.facts_of_gesture(transaction, import_id)
        is_import = any(fact.kind is FactKind.IMPORTED for fact in facts)
        if not is_import or journal.is_reversed(transaction, import_id):
            raise Refused("NO_IMPORT", value=import_id)
        undoing.require_free(transaction, facts)
        moving.reverse(transaction, gesture, import_id)
        imports.forget(transaction, import_id)
        records = {fact.subject for fact in facts if fact.subject}
        return Done(len(records), frozenset(Changed))
