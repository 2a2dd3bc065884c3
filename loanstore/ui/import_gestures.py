"""What an import asks of the store: to look into a file, to try it, to bring it in, to take it back."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFileDialog, QWidget

from loanstore.i18n import _
from loanstore.ui.screens import import_lines

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from loanstore.domain.import_fields import ImportKind
    from loanstore.domain.import_words import Meaning
    from loanstore.domain.progress import Progress
    from loanstore.operations.desk import Desk, Done
    from loanstore.operations.importing import Imported
    from loanstore.operations.matching_columns import LookedInto
    from loanstore.storage.imports import PastImport
    from loanstore.ui.counter import Counter

    Failed = Callable[[Exception], None]


@dataclass(frozen=True, slots=True)
class Wanted:
    """A file and what was said of it: its kind, its columns as ``Their header=field`` texts, its words."""

    path: Path
    kind: ImportKind
    mapping: tuple[str, ...]
    words: Mapping[str, Meaning]


def choose_list(parent: QWidget) -> Path | None:
    """Let a person choose a spreadsheet."""
    kinds = _("Lists (*.csv *.xlsx *.txt *.tsv)")
    said, _kind = QFileDialog.getOpenFileName(parent, _("Import a list"), "", kinds)
    return Path(said) if said else None


def choose_report(parent: QWidget) -> Path | None:
    """Let a person say where the report goes."""
    kinds = ";;".join((_("Excel workbook (*.xlsx)"), _("CSV (*.csv)")))
    said, _kind = QFileDialog.getSaveFileName(parent, _("Save this report"), _("import report") + ".xlsx", kinds)
    return Path(said) if said else None


class ImportGestures:
    """Each is done behind the window; its answer comes back to ``done``, its trouble to ``failed``."""

    def __init__(self, counter: Counter) -> None:
        self._counter = counter

    def look_into(self, path: Path, kind: ImportKind, done: Callable[[LookedInto], None], failed: Failed) -> None:
        """Read a file's columns; nothing is written."""

        def work(desk: Desk) -> LookedInto:
            from loanstore.operations import matching_columns

            return matching_columns.look_into(desk, path, kind)

        self._counter.read(work, done, name="look-into", failed=failed)

    def bring(
        self, words: str, wanted: Wanted, done: Callable[[Imported], None], failed: Failed, *, dry_run: bool
    ) -> None:
        """Import a file, or only try it; ``words`` say in the foot what is going on."""
        from loanstore.operations.importing import Plan, import_file

        plan = Plan(wanted.path, wanted.kind, wanted.mapping, wanted.words, dry_run)
        if dry_run:
            self._counter.read_long(
                words, lambda desk, progress: import_file(desk, plan, progress).result, done, failed=failed
            )
        else:
            self._counter.write_long(
                words, lambda desk, progress: import_file(desk, plan, progress), done, failed=failed
            )

    def undo(self, words: str, import_id: str, done: Callable[[int], None], failed: Failed) -> None:
        """Take a whole import back; ``words`` say in the foot what is going on."""

        def work(desk: Desk, progress: Progress) -> Done[int]:
            from loanstore.operations import undoing_imports

            return undoing_imports.undo_import(desk, import_id, progress)

        self._counter.write_long(words, work, done, failed=failed)

    def past(self, done: Callable[[tuple[PastImport, ...]], None]) -> None:
        """Read the imports that stand."""

        def work(desk: Desk) -> tuple[PastImport, ...]:
            from loanstore.operations import undoing_imports

            return undoing_imports.past_imports(desk)

        self._counter.read(work, done, name="past-imports")

    def keep_report(self, path: Path, made: Imported, kind: ImportKind, done: Callable[[Path], None]) -> None:
        """Write the report of an import into a file."""
        headings, rows = import_lines.report_headings(), import_lines.report_rows(made, kind)

        def work(_desk: Desk) -> Path:
            from loanstore.operations import reporting_imports

            return reporting_imports.write_report(path, headings, rows)

        self._counter.read(work, done)
