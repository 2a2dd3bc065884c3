"""The long lists and what finds in them: what screens and ``list`` show, with how many there are in all."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import text

from loanstore.domain.listings import Listing, Question
from loanstore.domain.search import words
from loanstore.storage import nearness, paging, search
from loanstore.storage.list_sources import BORROWERS, INSTRUMENTS, LOANS, LOANS_BY_CODE
from loanstore.storage.loan_finding import BROAD, Condition, counted_from, met_by
from loanstore.storage.paging import Conditions

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from loanstore.storage.paging import Source
    from loanstore.storage.transaction import Transaction


@dataclass(frozen=True, slots=True)
class InstrumentLine:
    """An instrument in a list; ``due`` is an ISO day, ``seen`` an ISO instant or None for never, ``value`` pence."""

    id: str
    code: str
    type: str
    size: str
    make: str
    model: str
    serial: str
    status: str
    location: str
    borrower: str
    due: str | None
    seen: str | None
    borrower_name: str
    value: int = 0
    condition: str = ""
    funding: str = ""
    purchased: str = ""
    labelled: str | None = None


@dataclass(frozen=True, slots=True)
class BorrowerLine:
    """A borrower in a list; ``out`` is how many things it has."""

    id: str
    code: str
    name: str
    kind: str
    pupil: str
    school: str
    postcode: str
    closed: str
    out: int
    contact: str = ""


@dataclass(frozen=True, slots=True)
class LoanLine:
    """A loan in a list; ``agreement`` is the code of the paper it stands on, empty for a loan without one."""

    id: str
    instrument: str
    title: str
    borrower: str
    borrower_name: str
    out: str
    due: str
    ended: str | None
    agreement: str
    kind: str = ""
    serial: str = ""
    pupil: str = ""


_NO_AGREEMENT: Final = "NOT EXISTS (SELECT 1 FROM agreement_items ai WHERE ai.loan = l.id)"


def instruments(transaction: Transaction, find: str = "", limit: int | None = None) -> Listing:
    """List instruments by code; ``find`` holds beginnings of words, all of which must be met."""
    return instrument_page(transaction, Question(find, limit=limit))


def borrowers(transaction: Transaction, find: str = "", limit: int | None = None) -> Listing:
    """List borrowers by code."""
    return borrower_page(transaction, Question(find, limit=limit))


def instrument_page(transaction: Transaction, question: Question) -> Listing:
    """Give a page of the instruments."""

    def ask(queries: Sequence[str], asked: Question) -> Listing:
        return _page(transaction, INSTRUMENTS, queries, asked, InstrumentLine)

    return nearness.answered(transaction, question, ("instruments",), ask)


def borrower_page(transaction: Transaction, question: Question) -> Listing:
    """Give a page of the borrowers."""

    def ask(queries: Sequence[str], asked: Question) -> Listing:
        return _page(transaction, BORROWERS, queries, asked, BorrowerLine)

    return nearness.answered(transaction, question, ("borrowers",), ask)


def worth(transaction: Transaction, question: Question) -> int:
    """Add up the replacement values of a page of instruments, in pence."""
    queries = [search.beginning(word) for word in words(question.find)]
    keys, values = paging.keys(INSTRUMENTS, question, _met(INSTRUMENTS, queries, question, BROAD))
    asked = f"SELECT sum(CAST(replacement_value AS INTEGER)) FROM instruments WHERE row IN ({keys})"  # noqa: S608 - written in code
    return int(transaction.connection.exec_driver_sql(asked, values).scalar_one() or 0)


def instrument_types(transaction: Transaction) -> list[str]:
    """Give the types that instruments are of, by name."""
    asked = "SELECT DISTINCT type FROM instruments WHERE type <> '' ORDER BY type COLLATE NOCASE"
    return [row[0] for row in transaction.connection.exec_driver_sql(asked)]


def _page(
    transaction: Transaction, source: Source, queries: Sequence[str], question: Question, line: Callable[..., Any]
) -> Listing:
    found = _found(transaction, source, queries) if queries else 0
    met = _met(source, queries, question, found)
    if queries and not question.chosen:
        total = found
    else:
        total = paging.count(transaction, source, met, _one_more(question.count_to))
    rows = paging.page(transaction, source, question, met) if total and question.limit != 0 else ()
    return _listing(total, tuple(line(*row) for row in rows), question)


def _met(source: Source, queries: Sequence[str], question: Question, found: int) -> Conditions:
    met = paging.filtered(source, question, Conditions())
    if not queries:
        return met
    # A plus before the column keeps the planner from walking the finds where walking the codes is quicker.
    broad = "+" if found >= BROAD else ""
    index = f"{source.table}_index"
    sql = f"{broad}{source.key} IN (SELECT rowid FROM {index} WHERE {index} MATCH ?)"  # noqa: S608 - our own names
    return met.also(sql, search.together(queries))


def _found(transaction: Transaction, source: Source, queries: Sequence[str]) -> int:
    index = f"{source.table}_index"
    counted = f"SELECT count(*) FROM {index} WHERE {index} MATCH ?"  # noqa: S608 - our own names
    return int(transaction.connection.exec_driver_sql(counted, (search.together(queries),)).scalar_one())


def _one_more(count_to: int | None) -> int | None:
    return None if count_to is None else count_to + 1


def _listing(total: int, lines: tuple[Any, ...], question: Question) -> Listing:
    if question.count_to is None or total <= question.count_to:
        return Listing(total, lines)
    return Listing(question.count_to, lines, more=True)


@dataclass(frozen=True, slots=True)
class LoanFilter:
    """Which loans are meant: past ones too, those due before or on a day, or those of one borrower or instrument."""

    past: bool = False
    due_before: str | None = None
    due_on: str | None = None
    borrower: str | None = None
    instrument: str | None = None
    without_agreement: bool = False


def loans(
    transaction: Transaction, which: LoanFilter | None = None, find: str = "", limit: int | None = None
) -> Listing:
    """List loans by the instrument's code; ``find`` meets the instrument's words or the borrower's."""
    return loan_page(transaction, which or LoanFilter(), Question(find, limit=limit))


def loan_page(transaction: Transaction, which: LoanFilter, question: Question) -> Listing:
    """Give a page of the loans that are meant."""

    def ask(queries: Sequence[str], asked: Question) -> Listing:
        return _loans(transaction, which, queries, asked)

    return nearness.answered(transaction, question, ("instruments", "borrowers"), ask)


def _loans(transaction: Transaction, which: LoanFilter, queries: Sequence[str], question: Question) -> Listing:
    met = met_by(transaction, queries, "" if which.past else "AND l.ended IS NULL")
    if met is None:
        return Listing(0, ())
    conditions = [*_loan_conditions(which), *met]
    values = tuple(value for condition in conditions for value in condition.values)
    leads = Conditions(tuple(condition.leads for condition in conditions), values)
    counted = replace(LOANS, keys=counted_from(conditions))
    total = paging.count(transaction, counted, leads, _one_more(question.count_to))
    if question.limit == 0 or not total:
        return _listing(total, (), question)
    source, asked = LOANS, leads
    broad = total >= BROAD or (question.count_to is not None and total > question.count_to)
    if broad and not LOANS.sorts.get(question.sort):
        source = replace(LOANS, keys=LOANS_BY_CODE)
        asked = Conditions(tuple(condition.follows for condition in conditions), values)
    rows = paging.page(transaction, source, question, asked)
    return _listing(total, tuple(LoanLine(*row) for row in rows), question)


def _loan_conditions(wanted: LoanFilter) -> list[Condition]:
    said = [
        (not wanted.past, "l.ended IS NULL", ()),
        (wanted.borrower is not None, "l.borrower = ?", (wanted.borrower,)),
        (wanted.instrument is not None, "l.instrument = ?", (wanted.instrument,)),
        (wanted.due_before is not None, "l.due < ?", (wanted.due_before,)),
        (wanted.due_on is not None, "l.due = ?", (wanted.due_on,)),
        (wanted.without_agreement, _NO_AGREEMENT, ()),
    ]
    return [Condition((), sql, sql, values) for holds, sql, values in said if holds]


_COUNTED: Final = {"loans": " WHERE ended IS NULL", "borrowers": " WHERE merged_into IS NULL"}


def count(transaction: Transaction, table: str) -> int:
    """Count the lines of ``instruments`` or ``borrowers``, or the open loans of ``loans``."""
    condition = _COUNTED.get(table, "")
    return int(transaction.execute(text(f"SELECT count(*) FROM {table}{condition}"))[0][0])  # noqa: S608 - names are written in code
