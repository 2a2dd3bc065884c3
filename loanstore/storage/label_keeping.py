"""What is kept of labels beside the journal: part-used sheets, labels wanted again, and who printed what."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from sqlalchemy import delete, insert, select

from loanstore.storage.keeping_tables import LabelSheetRow, LabelWantedRow

if TYPE_CHECKING:
    from collections.abc import Iterable

    from loanstore.storage.transaction import Transaction

_PRINTED: Final = """
SELECT f.gesture, min(f.happened), coalesce(max(s.name), ''), coalesce(max(json_extract(f.body, '$.stock')), ''),
  count(*), sum(coalesce(json_extract(f.body, '$.again'), 0)), min(coalesce(json_extract(f.body, '$.code'), ''))
FROM facts f LEFT JOIN staff s ON s.id = f.staff
WHERE f.kind = 'labelled' AND f.gesture NOT IN (SELECT gesture FROM reversals)
GROUP BY f.gesture ORDER BY f.gesture DESC LIMIT ?
"""


@dataclass(frozen=True, slots=True)
class PrintedLabels:
    """A run of labels: when (UTC) and by whom, on which stock, how many, how many of them again, and the first code."""

    gesture: str
    at: str
    staff: str
    stock: str
    labels: int
    again: int
    first: str


@dataclass(frozen=True, slots=True)
class LabelWanted:
    """A label that is wanted again: its normalised code, since when (UTC), and by whom."""

    form: str
    at: str
    staff: str | None


def sheets(transaction: Transaction) -> dict[str, int]:
    """Give the first free label of each part-used sheet, by its stock."""
    rows = transaction.execute(select(LabelSheetRow.stock, LabelSheetRow.next_start))
    return {str(stock): int(start) for stock, start in rows}


def keep_sheet(transaction: Transaction, stock: str, next_start: int, at: str) -> None:
    """Keep which label of a stock's sheet is free; a whole sheet is none that was begun."""
    transaction.execute(delete(LabelSheetRow).where(LabelSheetRow.stock == stock))
    if next_start > 1:
        transaction.execute(insert(LabelSheetRow).values(stock=stock, next_start=next_start, left=at))


def wanted(transaction: Transaction) -> tuple[LabelWanted, ...]:
    """Give the labels that are wanted again, those asked for first before the others."""
    columns = (LabelWantedRow.form, LabelWantedRow.wanted, LabelWantedRow.staff)
    ordered = select(*columns).order_by(LabelWantedRow.wanted, LabelWantedRow.form)
    return tuple(LabelWanted(*row) for row in transaction.execute(ordered))


def want(transaction: Transaction, forms: Iterable[str], at: str, staff: str | None) -> None:
    """Want labels again; one that is wanted already stays where it is."""
    there = {one.form for one in wanted(transaction)}
    rows = [{"form": form, "wanted": at, "staff": staff} for form in dict.fromkeys(forms) if form not in there]
    if rows:
        transaction.execute(insert(LabelWantedRow), rows)


def want_no_longer(transaction: Transaction, forms: Iterable[str]) -> None:
    """Take labels off what is wanted."""
    there = {one.form for one in wanted(transaction)}
    for form in there & set(forms):
        transaction.execute(delete(LabelWantedRow).where(LabelWantedRow.form == form))


def printed(transaction: Transaction, limit: int) -> tuple[PrintedLabels, ...]:
    """Give the runs of labels that were printed, the latest first."""
    rows = transaction.connection.exec_driver_sql(_PRINTED, (limit,))
    return tuple(PrintedLabels(*row) for row in rows)
