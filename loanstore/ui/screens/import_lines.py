"""The lines of an import's tables, and what stands in their columns."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from loanstore.domain.gestures import read_instant
from loanstore.domain.import_fields import ImportKind
from loanstore.domain.money import show_pounds
from loanstore.i18n import _
from loanstore.ui.table_model import Column
from loanstore.ui.theme import mono_font
from loanstore.wording import clock, passed, refused, short_day
from loanstore.wording.gestures import gesture_word
from loanstore.wording.import_fields import field_word, kind_word

if TYPE_CHECKING:
    from loanstore.domain.import_preview import Taken
    from loanstore.operations.importing import Imported
    from loanstore.operations.undoing_imports import Moved
    from loanstore.storage.imports import PastImport
    from loanstore.ui.theme import Look

_MONEY = frozenset({"replacement_value", "purchase_cost"})


@dataclass(frozen=True, slots=True)
class ReportLine:
    """One line: the row as a spreadsheet shows it, what became of it, the field, what stood there, and the rest."""

    row: int
    what: str
    field: str
    value: str
    words: str


def taken_lines(made: Imported, kind: ImportKind) -> list[ReportLine]:
    """Give the rows that make something new or change something."""
    return [
        ReportLine(one.row, _("new") if one.new else _("changed"), "", one.title, _changes(one, kind))
        for one in made.taken
    ]


def refused_lines(made: Imported, kind: ImportKind) -> list[ReportLine]:
    """Give what is refused, with the reason."""
    return [
        ReportLine(
            one.row,
            _("refused"),
            field_word(kind, one.field) if one.field else _("the whole row"),
            _on_one_line(one.value),
            refused(one.why, one.facts),
        )
        for one in made.refused
    ]


def repaired_lines(made: Imported, kind: ImportKind) -> list[ReportLine]:
    """Give what is repaired, and to what."""
    return [
        ReportLine(one.row, _("repaired"), field_word(kind, one.field), _on_one_line(one.from_), one.to)
        for one in made.repaired
    ]


def passed_lines(made: Imported) -> list[ReportLine]:
    """Give the rows that are passed over, and why."""
    return [ReportLine(one.row, _("passed over"), "", "", passed(one.why, one.facts)) for one in made.passed]


def report_headings() -> tuple[str, ...]:
    """Give the headings of the report that can be kept as a file."""
    return _("Row"), _("What became of it"), _("Field"), _("In the file"), _("Repaired to, or why")


def report_rows(made: Imported, kind: ImportKind) -> list[tuple[str, ...]]:
    """Give the report that can be kept: everything refused, repaired or passed over, by rows."""
    lines = [*refused_lines(made, kind), *repaired_lines(made, kind), *passed_lines(made)]
    lines.sort(key=lambda one: one.row)
    return [(str(one.row), one.what, one.field, one.value, one.words) for one in lines]


def taken_columns(look: Look) -> tuple[Column[ReportLine], ...]:
    """Describe the table of what is created and changed."""
    return (
        _row(look),
        Column(_("Becomes"), lambda line: line.what, look.theme.size("day")),
        Column(_("What"), lambda line: line.value),
        Column(_("What changes"), lambda line: line.words, spare=True),
    )


def refused_columns(look: Look) -> tuple[Column[ReportLine], ...]:
    """Describe the table of what is refused."""
    return (
        _row(look),
        Column(_("Field"), lambda line: line.field, look.theme.size("what")),
        Column(_("In the file"), lambda line: line.value, look.theme.size("what"), spare=True),
        Column(_("Why"), lambda line: line.words),
    )


def repaired_columns(look: Look) -> tuple[Column[ReportLine], ...]:
    """Describe the table of what is repaired."""
    return (
        _row(look),
        Column(_("Field"), lambda line: line.field, look.theme.size("what")),
        Column(_("In the file"), lambda line: line.value),
        Column(_("Repaired to"), lambda line: line.words),
    )


def passed_columns(look: Look) -> tuple[Column[ReportLine], ...]:
    """Describe the table of rows that are passed over."""
    return _row(look), Column(_("Why"), lambda line: line.words)


def past_columns(look: Look) -> tuple[Column[PastImport], ...]:
    """Describe the table of imports that stand."""
    return (
        Column(_("When"), _when, look.theme.size("what")),
        Column(_("List of"), lambda line: kind_word(ImportKind(line.kind))),
        Column(_("New"), lambda line: f"{line.created:,}", look.theme.size("day"), right=True),
        Column(_("Loans"), lambda line: f"{line.loans:,}", look.theme.size("day"), right=True, spare=True),
    )


def moved_columns(look: Look) -> tuple[Column[Moved], ...]:
    """Describe the table of what has moved since an import."""
    return (
        Column(
            _("Code"), lambda line: line.code, look.theme.size("code_column"), font=lambda _line: mono_font(look.theme)
        ),
        Column(_("What happened since"), lambda line: gesture_word(line.kind)),
        Column(_("When"), lambda line: short_day(line.day), look.theme.size("day")),
    )


def _row(look: Look) -> Column[ReportLine]:
    return Column(_("Row"), lambda line: str(line.row), look.theme.size("number"), sorts=lambda line: line.row)


def _when(line: PastImport) -> str:
    at = read_instant(line.at).astimezone()
    return f"{short_day(at.date())}, {clock(at)}"


def _changes(one: Taken, kind: ImportKind) -> str:
    return "; ".join(
        _("{field}: {before} → {after}").format(
            field=field_word(kind, change.field),
            before=_said(change.field, change.before),
            after=_said(change.field, change.after),
        )
        for change in one.changes
    )


def _said(field: str, value: str) -> str:
    if field in _MONEY and value.isdigit():
        return show_pounds(int(value))
    return _on_one_line(value) or _("nothing")


def _on_one_line(text: str) -> str:
    return " ".join(text.split())
