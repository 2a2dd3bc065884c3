"""What needs a person today, looked for all over the store: one small question for each matter."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Final

from loanstore.domain.gestures import read_instant
from loanstore.domain.matters import BACKUP_DAYS, Found, MatterKind, in_order
from loanstore.operations import (
    glancing,
    housekeeping,
    receiving,
    request_tables,
    servicing,
    stocktaking,
    taking,
    touring,
    workshop,
)
from loanstore.storage import lists
from loanstore.storage.lists import LoanFilter

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

    from loanstore.domain.matters import Matter
    from loanstore.operations.desk import Desk


def matters(desk: Desk, backups: Path) -> tuple[Matter, ...]:
    """Give everything that needs somebody, the most pressing first; ``backups`` is where this store's lie."""
    found = {kind: look(desk) for kind, look in _LOOKS.items()}
    found[MatterKind.BACKUP] = _backup(desk, backups)
    return in_order(found)


def _reasons(desk: Desk) -> Found:
    lines = taking.takes(desk)
    return Found(len(lines), min((desk.day_of(read_instant(line.at)) for line in lines), default=None))


def _overdue(desk: Desk) -> Found:
    return Found(glancing.late_loans(desk))


def _due_today(desk: Desk) -> Found:
    return _loans(desk, LoanFilter(due_on=desk.today().isoformat()))


def _unsigned(desk: Desk) -> Found:
    return _loans(desk, LoanFilter(without_agreement=True))


def _loans(desk: Desk, which: LoanFilter) -> Found:
    with desk.store.reading() as transaction:
        return Found(lists.loans(transaction, which, limit=0).total)


def _runs(desk: Desk) -> Found:
    """Count today's runs, and those of earlier days that are not done yet."""
    today = desk.today()
    found = _since(run.day for run in touring.runs(desk) if run.day <= today.isoformat())
    return found if found.since != today else Found(found.count)


def _crates(desk: Desk) -> Found:
    return _since(line.arrived for line in receiving.crates(desk))


def _to_meet(desk: Desk) -> Found:
    return Found(request_tables.needs(desk).to_meet)


def _lapsed(desk: Desk) -> Found:
    today = desk.today().isoformat()
    return _since(line.until for line in request_tables.list_asides(desk) if line.until < today)


def _attention(desk: Desk) -> Found:
    return Found(len(workshop.needing_attention(desk)))


def _decisions(desk: Desk) -> Found:
    return Found(sum(line.quote is not None and not line.decision for line in workshop.repairs(desk)))


def _services(desk: Desk) -> Found:
    return Found(servicing.overdue(desk))


def _stocktakes(desk: Desk) -> Found:
    begun = [line.begun for line in stocktaking.list_stocktakes(desk) if not line.closed]
    return Found(len(begun), min((desk.day_of(read_instant(at)) for at in begun), default=None))


def _backup(desk: Desk, folder: Path) -> Found:
    """Miss a backup where the newest is old, and where there is none though something was written already."""
    last = glancing.last_backup(desk, folder)
    if last is None:
        return Found(int(housekeeping.info(desk).facts > 0))
    return Found(int((desk.today() - last).days >= BACKUP_DAYS), last)


def _since(days: Iterable[str]) -> Found:
    found = sorted(days)
    return Found(len(found), date.fromisoformat(found[0]) if found else None)


_LOOKS: Final[dict[MatterKind, Callable[[Desk], Found]]] = {
    MatterKind.REASONS: _reasons,
    MatterKind.OVERDUE: _overdue,
    MatterKind.DUE_TODAY: _due_today,
    MatterKind.RUNS: _runs,
    MatterKind.CRATES: _crates,
    MatterKind.TO_MEET: _to_meet,
    MatterKind.LAPSED: _lapsed,
    MatterKind.UNSIGNED: _unsigned,
    MatterKind.ATTENTION: _attention,
    MatterKind.DECISIONS: _decisions,
    MatterKind.SERVICES: _services,
    MatterKind.STOCKTAKES: _stocktakes,
}
"""How each kind is looked for; a new one gets its kind, its lead, its sentence and a line here."""
