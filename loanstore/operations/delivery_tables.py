"""Runs and crates as tables, for the command line and for spreadsheets."""

from __future__ import annotations

from typing import TYPE_CHECKING

from loanstore.operations import receiving, touring
from loanstore.operations.papers import day_of
from loanstore.operations.tabling import Table

if TYPE_CHECKING:
    from loanstore.operations.desk import Desk
    from loanstore.operations.tabling import Asked

RUN_COLUMNS = ("code", "day", "progress", "stops", "signed", "on_van")
CRATES_COLUMNS = ("borrower", "name", "arrived", "crates", "counted")


def table(desk: Desk, asked: Asked) -> Table:
    """Give the table of ``runs`` or ``crates``: what is still to do, or with ``past`` all of it."""
    return _runs(desk, asked) if asked.what == "runs" else _crates(desk, asked)


def _runs(desk: Desk, asked: Asked) -> Table:
    lines = touring.runs(desk, past=asked.past, find=asked.find)
    rows = [(one.code, one.day, one.progress.value, "; ".join(one.stops), one.signed, one.aboard) for one in lines]
    return Table(len(rows), RUN_COLUMNS, tuple(rows[: asked.limit]))


def _crates(desk: Desk, asked: Asked) -> Table:
    rows = []
    for one in receiving.crates(desk, counted=asked.past):
        said = f"{one.code} {one.name}".casefold()
        if all(word in said for word in asked.find.casefold().split()):
            counted = day_of(desk, one.counted or "")
            day = counted.isoformat() if counted is not None else None
            rows.append((one.code, one.name, one.arrived, one.crates, day))
    return Table(len(rows), CRATES_COLUMNS, tuple(rows[: asked.limit]))
