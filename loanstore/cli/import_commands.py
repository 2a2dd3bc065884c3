"""The command that imports a spreadsheet, and the one that takes an import back."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from loanstore.domain.errors import WrongUsage
from loanstore.domain.import_fields import ImportKind
from loanstore.i18n import _
from loanstore.operations import importing
from loanstore.wording import passed, refused

if TYPE_CHECKING:
    from argparse import Namespace

    from loanstore.bootstrap import OpenDesk
    from loanstore.cli.output import Output
    from loanstore.operations.importing import Imported


def run(asked: Namespace, output: Output, opened: OpenDesk) -> int:
    """Import a file, or undo an import by its id."""
    if asked.kind == "undo":
        if asked.dry_run or asked.map or asked.word:
            raise WrongUsage("USAGE", said=_("import undo takes nothing but the id of an import"))
        count = importing.undo_import(opened.desk, asked.file, output.progress(_("Records"))).result
        output.answer([_("The import is undone: {n} records went.").format(n=count)], undone=asked.file, records=count)
        return 0
    plan = importing.Plan(
        Path(asked.file),
        ImportKind(asked.kind),
        mapping=asked.map,
        words=importing.read_words(asked.word),
        dry_run=asked.dry_run,
    )
    done = importing.import_file(opened.desk, plan, output.progress(_("Rows"))).result
    output.answer(_sentences(done), report(done))
    return 0


def report(done: Imported) -> dict[str, object]:
    """Give what an import did, as CONTRACT.md writes it."""
    return {
        "import_id": done.import_id,
        "dry_run": done.dry_run,
        "rows": done.rows,
        "created": done.created,
        "updated": done.updated,
        "unchanged": done.unchanged,
        "repaired": [{"row": r.row, "field": r.field, "from": r.from_, "to": r.to} for r in done.repaired],
        "refused": [
            {"row": r.row, "field": r.field, "value": r.value, "why": refused(r.why, r.facts)} for r in done.refused
        ],
        "passed": [{"row": p.row, "why": passed(p.why, p.facts)} for p in done.passed],
        "words": [{"word": w.word, "rows": w.rows, "meaning": w.meaning.value, "to": w.to} for w in done.words],
        "loans": done.loans,
        "other_sheets": list(done.other_sheets),
        "columns": [{"header": c.text, "field": c.field} for c in done.columns if c.text],
    }


def _sentences(done: Imported) -> list[str]:
    counts = _("{rows} rows: {created} new, {updated} changed, {unchanged} as they were.").format(
        rows=done.rows, created=done.created, updated=done.updated, unchanged=done.unchanged
    )
    lines = [_("Only tried, nothing is written.")] if done.dry_run else []
    lines.append(counts)
    lines += [
        _("row {row}: {field} “{before}” repaired to “{after}”").format(
            row=one.row, field=one.field, before=one.from_, after=one.to
        )
        for one in done.repaired
    ]
    lines += [
        _("row {row}: {where}{value} refused: {why}").format(
            row=one.row,
            where=one.field or _("the whole row"),
            value=f" “{one.value}”" if one.value else "",
            why=refused(one.why, one.facts),
        )
        for one in done.refused
    ]
    lines += [
        _("row {row}: passed over: {why}").format(row=one.row, why=passed(one.why, one.facts)) for one in done.passed
    ]
    lines += [
        _("“{word}” ({rows} rows): {meaning}").format(word=one.word, rows=one.rows, meaning=one.meaning.value)
        for one in done.words
    ]
    if done.import_id:
        lines.append(_("Undo it with “loanstore import undo {id}”.").format(id=done.import_id))
    return lines
