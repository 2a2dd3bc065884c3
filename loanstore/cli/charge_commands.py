"""The commands of money: charges, pay, statement and finance."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from loanstore.cli import price_commands
from loanstore.cli.common import Words, add_common
from loanstore.cli.desk_commands import read_day
from loanstore.cli.files import require_writable, write
from loanstore.cli.workshop_commands import read_money
from loanstore.domain.errors import WrongUsage
from loanstore.domain.ledger import Method
from loanstore.domain.money import show_pounds
from loanstore.i18n import _
from loanstore.operations import accounts, charging, paying, posting
from loanstore.operations.ledger_words import kind_word, why_word
from loanstore.wording.charges import owed_words, posted_words

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Callable

    from loanstore.bootstrap import OpenDesk
    from loanstore.cli.output import Output
    from loanstore.operations.accounts import Charge
    from loanstore.operations.charging import Run


def add_words(commands: Any, command: Callable[..., Words]) -> None:  # noqa: ANN401 - argparse has no public type
    """Add these commands to the grammar; ``command`` makes one."""
    charges = commands.add_parser("charges", help=_("what hire, loss and damage come to"))
    add_common(charges, quiet=True)
    actions = charges.add_subparsers(dest="action", metavar=_("ACTION"), required=True, parser_class=Words)
    posts = command(actions, "run", run, _("post what is due, once and only once"))
    posts.add_argument("--to", metavar="DATE", help=_("periods that have begun by that day; today if left out"))
    posts.add_argument("--dry-run", action="store_true")
    listed = command(actions, "list", list_charges, _("list charges, or what everybody owes"))
    listed.add_argument("borrower", metavar="BORROWER", nargs="?")
    listed.add_argument("--all", action="store_true", help=_("what was taken back or came to nothing too"))
    listed.add_argument("--balances", action="store_true", help=_("who owes what"))
    command(actions, "proposals", proposals, _("what may be charged for things missing, damaged or lost"))
    confirm = command(actions, "post", post, _("charge what is proposed, or decide to let it be"))
    confirm.add_argument("proposal", metavar="ID")
    confirm.add_argument("--amount", metavar="PENCE|£POUNDS")
    confirm.add_argument("--let-be", action="store_true", help=_("it is not charged, and not proposed again"))
    back = command(actions, "reverse", reverse, _("take a charge or a payment back by a reversing entry"))
    back.add_argument("entry", metavar="ID")
    price_commands.add_rules(command(actions, "rules", price_commands.rules, _("the store's rules of charging")))
    paid = command(commands, "pay", pay, _("record a payment; never a card's number"))
    paid.add_argument("borrower", metavar="BORROWER")
    paid.add_argument("amount", metavar="PENCE|£POUNDS")
    paid.add_argument("--method", choices=tuple(Method), default=Method.OTHER.value)
    paid.add_argument("--on", metavar="DATE")
    paid.add_argument("--reference", metavar="TEXT", default="")
    paid.add_argument("--returned", action="store_true", help=_("the money went back to them"))
    said = command(commands, "statement", statement, _("what a borrower was charged, paid and owes"))
    said.add_argument("borrower", metavar="BORROWER")
    said.add_argument("--out", metavar="FILE.pdf|.csv")
    listing = command(commands, "finance", finance, _("the list for the finance system"))
    listing.add_argument("--from", dest="first", metavar="DATE", required=True)
    listing.add_argument("--to", metavar="DATE", required=True)
    listing.add_argument("--out", metavar="FILE.csv")


def run(asked: Namespace, output: Output, opened: OpenDesk) -> int:
    """Post what is due, or show what would be."""
    to = read_day(asked.to) if asked.to else None
    progress = output.progress(_("Charges"))
    if asked.dry_run:
        made = charging.preview(opened.desk, to, progress)
    else:
        made = charging.run(opened.desk, to, progress).result
    if made.beyond_terms:
        output.note(_("The table of terms ends before that day: enter the coming terms."))
    posted, back, held = (made.count(does) for does in (charging.TO_POST, charging.TO_TAKE_BACK, charging.WAITS))
    output.answer(
        [*(_run_words(line) for line in made.lines), posted_words(posted, back, held, made.total)],
        to=made.to.isoformat(),
        dry_run=not made.posted,
        posted=posted,
        taken_back=back,
        held=held,
        renewed=made.renewed,
        total=made.total,
        rows=run_rows(made),
    )
    return 0


def _run_words(line: charging.RunLine) -> str:
    words = {charging.TO_POST: "", charging.TO_TAKE_BACK: why_word(line.why) if line.why else ""}
    waits = _("waits for evidence until {day}").format(day=line.until) if line.until else ""
    said = (line.borrower, line.name, kind_word(line.entry.kind), line.entry.name, show_pounds(line.amount))
    return "  ".join(filter(None, (*said, words.get(line.does, ""), waits)))


def run_rows(made: Run) -> list[dict[str, object]]:
    """Give what a run does as JSON has it."""
    return [
        {
            "does": line.does,
            "charge": line.entry.id,
            "borrower": line.borrower,
            "kind": line.entry.kind,
            "what": line.entry.name,
            "first": line.entry.first,
            "last": line.entry.last,
            "amount": line.amount,
            "until": line.until.isoformat() if line.until else None,
            "why": line.why or None,
        }
        for line in made.lines
    ]


def list_charges(asked: Namespace, output: Output, opened: OpenDesk) -> int:
    """List charges by day, or balances."""
    if asked.balances:
        owing = accounts.balances(opened.desk)
        rows = [{"borrower": one.code, "name": one.label, "due": one.owed, "since": one.since} for one in owing]
        lines = [f"{one.code}  {one.label}  {owed_words(one.owed)}" for one in owing]
        output.answer(lines or [_("Nobody owes anything.")], total=len(rows), rows=rows)
        return 0
    found = accounts.entries(opened.desk, asked.borrower, everything=asked.all)
    rows = [charge_row(one) for one in found]
    lines = [_charge_words(one) for one in found]
    output.answer(lines or [_("Nothing here.")], total=len(rows), rows=rows)
    return 0


def _charge_words(one: Charge) -> str:
    entry = one.entry
    gone = f"{why_word(entry.why)} {entry.reversed}" if entry.why else ""
    said = (entry.id, entry.day, one.borrower, one.name, kind_word(entry.kind), entry.name, show_pounds(entry.amount))
    return "  ".join(filter(None, (*said, gone)))


def charge_row(one: Charge) -> dict[str, object]:
    """Give a charge as JSON has it: money in pence."""
    entry = one.entry
    return {
        "charge": entry.id,
        "borrower": one.borrower,
        "day": entry.day,
        "kind": entry.kind,
        "what": entry.name,
        "first": entry.first,
        "last": entry.last,
        "amount": entry.amount,
        "vat_code": entry.vat_code,
        "vat_rate": entry.vat_rate,
        "reversed": entry.reversed,
        "why": entry.why,
    }


def proposals(_asked: Namespace, output: Output, opened: OpenDesk) -> int:
    """List what may be charged for what is missing, damaged or lost."""
    found = posting.proposals(opened.desk)
    rows = [{**asdict(one.proposal), "borrower": one.borrower} for one in found]
    lines = [
        f"{one.proposal.id}  {one.borrower}  {one.name}  {kind_word(one.proposal.kind)}: {one.proposal.what} "
        f"{one.proposal.part}  {_sum(one.proposal.amount)}".rstrip()
        for one in found
    ]
    output.answer(lines or [_("Nothing is proposed.")], total=len(rows), rows=rows)
    return 0


def _sum(pence: int | None) -> str:
    return show_pounds(pence) if pence is not None else _("no price known")


def post(asked: Namespace, output: Output, opened: OpenDesk) -> int:
    """Charge what is proposed, or let it be."""
    if asked.let_be and asked.amount:
        raise WrongUsage("USAGE", said=_("either an amount or --let-be"))
    if asked.let_be:
        posting.let_all_be(opened.desk, [asked.proposal])
        output.answer([_("Let be; it is not proposed again.")], charge=asked.proposal, amount=0)
        return 0
    amount = read_money(asked.amount) if asked.amount else None
    entry = posting.confirm(opened.desk, asked.proposal, amount).result
    told = _("Charged: {what}, {sum}.").format(what=entry.name, sum=show_pounds(entry.amount))
    output.answer([told], charge=entry.id, amount=entry.amount)
    return 0


def reverse(asked: Namespace, output: Output, opened: OpenDesk) -> int:
    """Take a charge or a payment back."""
    gone = posting.reverse(opened.desk, asked.entry).result
    told = _("Taken back: {sum}.").format(sum=show_pounds(gone.amount))
    output.answer([told], charge=gone.id, amount=gone.amount, reversed=gone.reversed)
    return 0


def pay(asked: Namespace, output: Output, opened: OpenDesk) -> int:
    """Record a payment."""
    amount = read_money(asked.amount)
    on = read_day(asked.on) if asked.on else None
    made = paying.pay(
        opened.desk,
        asked.borrower,
        -amount if asked.returned else amount,
        Method(asked.method),
        on=on,
        reference=asked.reference,
    ).result
    due = accounts.account(opened.desk, asked.borrower).due
    told = _("{sum} recorded; {due}.").format(sum=show_pounds(made.amount), due=owed_words(due))
    output.answer([told], payment=made.id, amount=made.amount, due=due)
    return 0


def statement(asked: Namespace, output: Output, opened: OpenDesk) -> int:
    """Show a borrower's account, or write it as a paper or a table."""
    file = Path(asked.out) if asked.out else None
    if file is not None and file.suffix.lower() not in {".pdf", ".csv"}:
        raise WrongUsage("USAGE", said=_("--out takes a .pdf or a .csv file"))
    if file is not None:
        require_writable(file)
    made = accounts.account(opened.desk, asked.borrower)
    if file is not None and file.suffix.lower() == ".pdf":
        write(file, accounts.statement_pdf(opened.desk, asked.borrower))
    elif file is not None:
        accounts.write_statement(opened.desk, asked.borrower, file)
    lines = [f"{one.day}  {one.what}  {show_pounds(one.amount)}  {show_pounds(one.balance)}" for one in made.lines]
    names = ("id", "day", "what", "amount", "balance")
    rows = [{name: getattr(one, name) for name in names} for one in made.lines]
    still = [{"charge": one.entry.id, "left": one.left} for one in made.open]
    output.answer(
        [*lines, f"{made.borrower.label}: {owed_words(made.due)}"],
        borrower=made.borrower.code,
        due=made.due,
        rows=rows,
        open=still,
        file=asked.out,
    )
    return 0


def finance(asked: Namespace, output: Output, opened: OpenDesk) -> int:
    """Write the list for the finance system, or show it."""
    first, last = read_day(asked.first), read_day(asked.to)
    if asked.out:
        require_writable(Path(asked.out))
        made = accounts.write_finance(opened.desk, first, last, Path(asked.out))
    else:
        made = accounts.finance_list(opened.desk, first, last)
    rows = [{name: str(value) for name, value in accounts.finance_cells(one).items()} for one in made]
    total = sum(one.line.amount for one in made)
    lines = ["  ".join(filter(None, row.values())) for row in rows] if not asked.out else []
    output.answer([*lines, show_pounds(total)], total=total, rows=rows, file=asked.out)
    return 0
