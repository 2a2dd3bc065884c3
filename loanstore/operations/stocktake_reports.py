"""What a stocktake has come to, looked at while it runs and after: tallies, the report, its paper and its table."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

from loanstore.domain.facts import Fact, FactKind
from loanstore.domain.gestures import read_instant
from loanstore.domain.stocktake_report import Report
from loanstore.domain.stocktakes import Finding
from loanstore.operations.papers import fonts
from loanstore.operations.stocktaking import find_stocktake
from loanstore.operations.tabling import Table
from loanstore.storage import journal, places, registers, stocktake_lists

if TYPE_CHECKING:
    from loanstore.domain.progress import Progress
    from loanstore.domain.stocktakes import Stocktake
    from loanstore.operations.desk import Desk
    from loanstore.storage.transaction import Transaction

COLUMNS = ("finding", "code", "instrument", "made", "serial", "status", "place", "stood_at", "borrower", "at", "by")
NOT_SEEN = "not seen"
UNKNOWN = "unknown code"


@dataclass(frozen=True, slots=True)
class Tallies:
    """How far a stocktake is, by finding; ``not_seen`` is what is still awaited."""

    stocktake: Stocktake
    found: dict[Finding, int]
    unknown: int
    not_seen: int


def tallies(desk: Desk, stocktake: str) -> Tallies:
    """Count what an open stocktake has found and still misses."""
    with desk.store.reading() as transaction:
        state = find_stocktake(transaction, stocktake)
        counts = stocktake_lists.counts(transaction, state.id)
        found = {one: counts.get(one.value, 0) for one in Finding}
        unknown = len(stocktake_lists.unknown(transaction, state.id))
        return Tallies(state, found, unknown, stocktake_lists.count_unseen(transaction, state))


def report(desk: Desk, stocktake: str) -> Report:
    """Give all that a stocktake has come to, running or closed."""
    with desk.store.reading() as transaction:
        return read_report(transaction, find_stocktake(transaction, stocktake))


def read_report(transaction: Transaction, stocktake: Stocktake) -> Report:
    """Read a stocktake's report: one question for each kind of line, none for a line."""
    facts = {fact.kind: fact for fact in journal.standing_facts(transaction, stocktake.id)}
    marked = stocktake_lists.marked(transaction, stocktake.id)
    by_finding = {one: tuple(line for line in marked if line.finding == one.value) for one in Finding}
    closing = facts.get(FactKind.STOCKTAKE_CLOSED)
    if closing is None:
        not_seen = stocktake_lists.unseen(transaction, stocktake)
    else:
        unseen = cast("list[str]", closing.body.get("unseen", list(stocktake.missed)))
        not_seen = stocktake_lists.named(transaction, unseen, stocktake.missed)
    place = places.by_id(transaction, stocktake.place) if stocktake.place is not None else None
    return Report(
        stocktake,
        place.name if place is not None else "",
        _staff(transaction, facts.get(FactKind.STOCKTAKE_BEGUN)),
        _staff(transaction, closing),
        by_finding[Finding.EXPECTED],
        by_finding[Finding.MISPLACED],
        by_finding[Finding.ON_LOAN],
        by_finding[Finding.TURNED_UP],
        tuple(stocktake_lists.unknown(transaction, stocktake.id)),
        tuple(not_seen),
    )


def _staff(transaction: Transaction, fact: Fact | None) -> str:
    return registers.staff_name(transaction, fact.staff) if fact is not None and fact.staff is not None else ""


def report_pdf(desk: Desk, stocktake: str, progress: Progress | None = None) -> bytes:
    """Draw a stocktake's report on paper, in the desk's own time; ``progress`` may raise to cancel."""
    from loanstore.paper.stocktake import draw_stocktake

    with desk.store.reading() as transaction:
        made = read_report(transaction, find_stocktake(transaction, stocktake))
        owner = desk.known_rules(transaction).owner
    printed = desk.now()
    return draw_stocktake(made, owner=owner, printed=printed, local=desk.local, fonts=fonts(desk), progress=progress)


def report_table(desk: Desk, made: Report) -> Table:
    """Give a report as a table for a spreadsheet: one row an instrument or unknown code, the finding first."""

    def local(at: str | None) -> str:
        return f"{desk.local(read_instant(at)):%Y-%m-%d %H:%M}" if at else ""

    rows: list[tuple[str | int | None, ...]] = [
        (
            *(line.finding, line.code, line.what, line.made, line.serial, line.status, line.place),
            *(line.before, line.holder, local(line.at), line.by),
        )
        for lines in (made.misplaced, made.on_loan, made.turned_up, made.expected)
        for line in lines
    ]
    rows += [(UNKNOWN, line.text, "", "", "", "", "", "", "", local(line.at), line.by) for line in made.unknown]
    rows += [
        (
            NOT_SEEN,
            line.code,
            line.what,
            line.made,
            line.serial,
            line.status,
            line.place,
            "",
            "",
            local(line.seen),
            line.by,
        )
        for line in made.not_seen
    ]
    return Table(len(rows), COLUMNS, tuple(rows))
