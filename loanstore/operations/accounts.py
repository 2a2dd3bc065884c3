"""Accounts: who owes what, statements as paper and table, and the list for the finance system."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from loanstore.domain import codes, ledger
from loanstore.domain.ledger import Entry, Owed, Payment
from loanstore.domain.tariffs import WHOLE_RATE, vat_in
from loanstore.i18n import _
from loanstore.operations import papers
from loanstore.operations.ledger_words import kind_word, line_words
from loanstore.operations.lending import find_borrower
from loanstore.storage import ledger_lists, registers

if TYPE_CHECKING:
    from pathlib import Path

    from loanstore.domain.borrowers import Borrower
    from loanstore.domain.ledger import Line
    from loanstore.operations.desk import Desk
    from loanstore.storage.ledger_lists import Account
    from loanstore.storage.transaction import Transaction

_PENCE: Final = 100


@dataclass(frozen=True, slots=True)
class AccountLine:
    """A line of an account in words: ``amount`` and ``balance`` are pence, ``stands`` whether it can be taken back."""

    id: str
    day: str
    what: str
    amount: int
    balance: int
    stands: bool
    is_payment: bool
    reference: str = ""


@dataclass(frozen=True, slots=True)
class BorrowersAccount:
    """A borrower's account: its lines by day, what is not paid yet, and what is owed in all, in pence."""

    borrower: Borrower
    lines: tuple[AccountLine, ...]
    open: tuple[Owed, ...]
    due: int


@dataclass(frozen=True, slots=True)
class FinanceLine:
    """One line for the finance system: what was posted, paid or taken back in a period."""

    line: Line
    customer: str
    name: str


@dataclass(frozen=True, slots=True)
class Charge:
    """A charge with whose it is: code and name."""

    entry: Entry
    borrower: str
    name: str


def balances(desk: Desk) -> tuple[Account, ...]:
    """Give everybody whose account does not stand at nothing, who owes most first."""
    with desk.store.reading() as transaction:
        found = ledger_lists.accounts(transaction)
    return tuple(sorted((one for one in found if one.owed), key=lambda one: (-one.owed, one.name.casefold(), one.code)))


def account(desk: Desk, borrower_code: str) -> BorrowersAccount:
    """Give a borrower's account; what came to nothing is left out, for it tells who is let off."""
    with desk.store.reading() as transaction:
        return account_of(transaction, find_borrower(transaction, borrower_code))


def account_of(transaction: Transaction, borrower: Borrower) -> BorrowersAccount:
    """Give a borrower's account within a transaction."""
    entries = ledger_lists.entries_of(transaction, borrower.id)
    payments = ledger_lists.payments_of(transaction, borrower.id)
    lines, balance = [], 0
    for line in ledger.account(entries, payments):
        if not line.amount:
            continue
        balance += line.amount
        reference = line.source.reference if isinstance(line.source, Payment) else None
        note = registers.note(transaction, reference) if reference else ""
        stands = line.source.stands
        lines.append(
            AccountLine(
                line.source.id,
                line.day,
                line_words(line),
                line.amount,
                balance,
                stands,
                isinstance(line.source, Payment),
                note,
            )
        )
    owed, _credit = ledger.allocate(entries, payments)
    return BorrowersAccount(borrower, tuple(lines), owed, ledger.balance(entries, payments))


def statement_pdf(desk: Desk, borrower_code: str) -> bytes:
    """Draw a borrower's statement."""
    from loanstore.paper.statement import OpenLine, StatementLine, StatementPaper, draw_statement

    with desk.store.reading() as transaction:
        borrower = find_borrower(transaction, borrower_code)
        made = account_of(transaction, borrower)
        party = papers.party(transaction, borrower.id)
        owner = desk.rules(transaction).owner
    lines = tuple(
        StatementLine(date.fromisoformat(line.day), line.what, line.amount, line.balance) for line in made.lines
    )
    still = tuple(OpenLine(date.fromisoformat(one.entry.day), _open_words(one.entry), one.left) for one in made.open)
    code = codes.normalise(borrower.code)
    paper = StatementPaper(owner, party, code, desk.today(), lines, still, made.due)
    return draw_statement(paper, fonts=papers.fonts(desk))


def _open_words(entry: Entry) -> str:
    return f"{kind_word(entry.kind)}: {entry.name}"


def write_statement(desk: Desk, borrower_code: str, file: Path) -> BorrowersAccount:
    """Write a borrower's statement as CSV, in pounds."""
    from loanstore.spreadsheets.writing import write_csv

    made = account(desk, borrower_code)
    rows = [(line.day, line.what, _pounds(line.amount), _pounds(line.balance)) for line in made.lines]
    write_csv(file, (_("Date"), _("What"), _("Amount"), _("Balance")), rows)
    return made


def finance_list(desk: Desk, first: date, last: date) -> tuple[FinanceLine, ...]:
    """Give every line of the ledger from a day to a day, by day; the sums of its lines are the change in balances."""
    start, end = first.isoformat(), last.isoformat()
    with desk.store.reading() as transaction:
        entries = ledger_lists.entries_between(transaction, first, last)
        payments = ledger_lists.payments_between(transaction, first, last)
        names = ledger_lists.names_of(
            transaction, {one.borrower for one in entries} | {one.borrower for one in payments}
        )
    lines = [line for line in ledger.account(entries, payments) if start <= line.day <= end and line.amount]
    return tuple(FinanceLine(line, *names.get(line.source.borrower, ("", ""))) for line in lines)


def write_finance(desk: Desk, first: date, last: date, file: Path) -> tuple[FinanceLine, ...]:
    """Write the finance list as CSV under the store's own columns; no cell is run as a formula."""
    from loanstore.spreadsheets.writing import write_csv

    made = finance_list(desk, first, last)
    with desk.store.reading() as transaction:
        columns = desk.rules(transaction).charging.columns
    rows = [[finance_cells(one)[field] for _heading, field in columns] for one in made]
    write_csv(file, [heading for heading, _field in columns], rows)
    return made


def finance_cells(one: FinanceLine) -> dict[str, str | Decimal]:
    """Give every field that a finance list may hold of one line."""
    line, source = one.line, one.line.source
    entry = source if isinstance(source, Entry) else None
    rate = entry.vat_rate if entry is not None else 0
    vat = vat_in(line.amount, rate)
    kind = kind_word(entry.kind) if entry is not None else _("Payment")
    back = _("{kind} reversed").format(kind=kind) if line.back else kind
    return {
        "date": line.day,
        "customer": one.customer,
        "name": one.name,
        "kind": back,
        "what": entry.name if entry is not None else source.method if isinstance(source, Payment) else "",
        "period": f"{entry.first} to {entry.last}" if entry is not None else "",
        "net": _pounds(line.amount - vat),
        "vat code": entry.vat_code if entry is not None else "",
        "vat rate": f"{rate * _PENCE / WHOLE_RATE:g}" if entry is not None else "",
        "vat": _pounds(vat),
        "gross": _pounds(line.amount),
        "reference": f"{source.id}-R" if line.back else source.id,
    }


def _pounds(pence: int) -> Decimal:
    return Decimal(pence).scaleb(-2)


def entries(desk: Desk, borrower_code: str | None = None, *, everything: bool = False) -> tuple[Charge, ...]:
    """Give charges by day, of one borrower or of all; ``everything`` gives those taken back or of nothing too."""
    with desk.store.reading() as transaction:
        if borrower_code is not None:
            found = ledger_lists.entries_of(transaction, find_borrower(transaction, borrower_code).id)
        else:
            found = ledger_lists.entries_between(transaction, date.min, date.max)
        names = ledger_lists.names_of(transaction, dict.fromkeys(one.borrower for one in found))
    wanted = [one for one in found if everything or (one.stands and one.amount)]
    wanted.sort(key=lambda one: (one.day, one.first, one.id))
    return tuple(Charge(one, *names.get(one.borrower, ("", ""))) for one in wanted)
