"""Tables for the command line and for spreadsheets: what is there now, or was on an earlier day."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from loanstore.domain.codes import normalise
from loanstore.domain.progress import Reached
from loanstore.domain.scan_findings import InstrumentFound
from loanstore.operations.as_at import states_at
from loanstore.operations.papers import day_of
from loanstore.storage import lists, lookups, places, registers, set_lists
from loanstore.storage.lists import LoanFilter, LoanLine

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date
    from pathlib import Path

    from loanstore.domain.loans import Instrument
    from loanstore.domain.progress import Progress
    from loanstore.domain.scan_findings import ThingFound
    from loanstore.operations.desk import Desk
    from loanstore.storage.set_lists import SetLine
    from loanstore.storage.transaction import Transaction

LISTS: Final = ("instruments", "borrowers", "loans", "overdue", "sets", "places")
"""The lists that ``table`` makes."""

UNDATED: Final = frozenset({"borrowers", "sets", "places"})
"""Those of which only the present is known."""

BEFORE_IMPORT: Final = "before import"
"""What stands for the day something went out that was on loan already when its register was imported."""

INSTRUMENT_COLUMNS: Final = (
    "code",
    "type",
    "size",
    "make",
    "model",
    "serial",
    "status",
    "location",
    "borrower",
    "due",
    "seen",
)
BORROWER_COLUMNS: Final = ("code", "name", "kind", "pupil", "school", "out")
SET_COLUMNS: Final = ("code", "name", "what", "members", "in", "out", "elsewhere", "borrower", "due")
PLACE_COLUMNS: Final = ("code", "name", "kind", "standing")
LOAN_COLUMNS: Final = ("loan", "instrument", "borrower", "out", "due", "ended", "agreement")


@dataclass(frozen=True, slots=True)
class Asked:
    """Which table: ``at`` is an earlier day, ``past`` what ended too, ``funding`` who paid, ``by`` when it is due."""

    what: str
    find: str = ""
    limit: int | None = None
    past: bool = False
    at: date | None = None
    funding: str | None = None
    by: date | None = None


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of a list under the names of their columns, and how many the whole list has."""

    total: int
    columns: tuple[str, ...]
    rows: tuple[tuple[str | int | None, ...], ...]


def table(desk: Desk, asked: Asked) -> Table:
    """Give the table that was asked for, by code."""
    with desk.store.reading() as transaction:
        if asked.what == "borrowers":
            found = lists.borrowers(transaction, asked.find, asked.limit)
            rows = [(b.code, b.name, b.kind, b.pupil, b.school, b.out) for b in found.lines]
            return Table(found.total, BORROWER_COLUMNS, tuple(rows))
        if asked.what == "sets":
            sets = set_lists.class_sets(transaction, asked.find, asked.limit)
            return Table(sets.total, SET_COLUMNS, tuple(_set_cells(line) for line in sets.lines))
        if asked.what == "places":
            return _places(transaction, asked)
        if asked.what == "instruments":
            return _instruments(desk, transaction, asked)
        return _loans(desk, transaction, asked)


def _set_cells(line: SetLine) -> tuple[str | int | None, ...]:
    counts = (line.members, line.here, line.out, line.elsewhere)
    return line.code, line.name, line.what, *counts, line.borrowers or None, line.due


def _places(transaction: Transaction, asked: Asked) -> Table:
    met = [line for line in places.lines(transaction) if asked.find.casefold() in f"{line.name} {line.code}".casefold()]
    rows = [(line.code or None, line.name, line.kind.value, line.standing) for line in met]
    return Table(len(rows), PLACE_COLUMNS, tuple(rows[: asked.limit]))


def _instruments(desk: Desk, transaction: Transaction, asked: Asked) -> Table:
    whole = asked.funding is None and asked.at is None
    found = lists.instruments(transaction, asked.find, asked.limit if whole else None)
    then = states_at(desk, transaction, asked.at) if asked.at is not None else None
    rows = []
    for line in found.lines:
        cells: tuple[str | int | None, ...] = (line.status, line.location, line.borrower or None, line.due, line.seen)
        if then is not None:
            if line.id not in then:
                continue
            cells = _cells_then(transaction, then[line.id])
        if asked.funding is not None and not _paid_by(lookups.instrument(transaction, line.id), asked.funding):
            continue
        rows.append((line.code, line.type, line.size, line.make, line.model, line.serial, *cells))
    total = found.total if whole else len(rows)
    return Table(total, INSTRUMENT_COLUMNS, tuple(rows[: asked.limit]))


def _cells_then(transaction: Transaction, state: Instrument) -> tuple[str | None, ...]:
    holder = lookups.borrower(transaction, state.loan.borrower) if state.loan is not None else None
    place = registers.place_names(transaction).get(state.fields.get("location", ""), "")
    due = state.loan.due if state.loan is not None else None
    return state.status.value, place, holder.code if holder is not None else None, due, state.seen


def _paid_by(found: ThingFound | None, funding: str) -> bool:
    said = found.instrument.fields.get("funding", "") if isinstance(found, InstrumentFound) else ""
    return funding.casefold() in said.casefold()


def _loans(desk: Desk, transaction: Transaction, asked: Asked) -> Table:
    which = LoanFilter(past=asked.past or asked.at is not None)
    if asked.what == "overdue":
        which = LoanFilter(due_before=(asked.at or desk.today()).isoformat(), past=asked.at is not None)
    whole = asked.funding is None and asked.at is None
    found = lists.loans(transaction, which, asked.find, asked.limit if whole else None)
    paid = [
        line
        for line in found.lines
        if asked.funding is None or _paid_by(lookups.by_form(transaction, normalise(line.instrument)), asked.funding)
    ]
    rows = [loan_cells(desk, line) for line in paid]
    if asked.at is not None:
        rows = [row for row in rows if _was_out(row, asked.at.isoformat())]
    total = found.total if whole else len(rows)
    return Table(total, LOAN_COLUMNS, tuple(rows[: asked.limit]))


def _was_out(row: tuple[str | None, ...], day: str) -> bool:
    out, ended = row[3] or "", row[5]
    return (out == BEFORE_IMPORT or out <= day) and (ended is None or ended > day)


def loan_cells(desk: Desk, line: LoanLine) -> tuple[str | None, ...]:
    """Give a loan as cells: days in the desk's own time."""
    out, ended = day_of(desk, line.out), day_of(desk, line.ended or "")
    return (
        line.id,
        line.instrument,
        line.borrower,
        out.isoformat() if out is not None else BEFORE_IMPORT,
        line.due,
        ended.isoformat() if ended is not None else None,
        line.agreement or None,
    )


def write_csv(file: Path, made: Table, progress: Progress | None = None) -> None:
    """Write a table as a CSV file that spreadsheets open; ``progress`` may raise, and then there is no file."""
    from loanstore.spreadsheets import writing

    writing.write_csv(file, made.columns, Reached(len(made.rows), progress).through(_cells(made)))


def write_xlsx(file: Path, made: Table, progress: Progress | None = None) -> None:
    """Write a table as a workbook; ``progress`` may raise, and then there is no file."""
    from loanstore.spreadsheets import writing

    writing.write_xlsx(file, made.columns, _cells(made), Reached(len(made.rows), progress))


def write_rows(
    file: Path, headings: Sequence[str], rows: Iterable[Sequence[str]], total: int = 0, progress: Progress | None = None
) -> None:
    """Write rows of text as a workbook where the file's name ends so, else as CSV.

    ``total`` counts the rows for ``progress``, which may raise: then there is no file, or the old one still.
    Raises FileUnusable where the file can't be written.
    """
    from loanstore.spreadsheets import writing

    if file.suffix.casefold() == ".xlsx":
        reached = Reached(2 * total, progress)
        writing.write_xlsx(file, headings, reached.through(rows), reached)
    else:
        writing.write_csv(file, headings, Reached(total, progress).through(rows))


def _cells(made: Table) -> list[list[str]]:
    return [["" if value is None else str(value) for value in row] for row in made.rows]
