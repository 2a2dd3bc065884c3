"""The commands about what is asked for: request, aside, release, swap, and the letters to those who may collect."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from loanstore.cli.desk_commands import read_day
from loanstore.cli.files import require_writable, write
from loanstore.domain.errors import WrongUsage
from loanstore.domain.instruments import title
from loanstore.domain.requests import RequestKind
from loanstore.i18n import _, ngettext
from loanstore.operations import requesting, setting_aside, swapping
from loanstore.operations.requesting import Change, Wanted
from loanstore.wording import day
from loanstore.wording.requests import asked as asked_words
from loanstore.wording.requests import count, swap_warning

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Mapping

    from loanstore.bootstrap import OpenDesk
    from loanstore.cli.output import Output
    from loanstore.domain.loans import Instrument
    from loanstore.domain.requests import RequestLine

NO_DAY = "none"


def add(asked: Namespace, output: Output, opened: OpenDesk) -> int:
    """Note what a borrower asks for: an order, or a wait for one."""
    kind = RequestKind.WAIT if asked.wait else RequestKind.ORDER
    by = read_day(asked.by) if asked.by else None
    wanted = Wanted(asked.type, asked.size, asked.number, by, asked.place, kind)
    made = requesting.ask_for(opened.desk, asked.borrower, [wanted]).result
    (line,) = made.lines
    told = _("{code}: {number} × {what} for {borrower}.").format(
        code=line.code, number=line.number, what=asked_words(line.type, line.size), borrower=made.borrower.label
    )
    output.answer([told], {**_values(line), "borrower": made.borrower.code})
    return 0


def change(asked: Namespace, output: Output, opened: OpenDesk) -> int:
    """Change how many are wanted, or by when."""
    if asked.number is None and not asked.by:
        raise WrongUsage("USAGE", said=_("request change needs --number or --by"))
    without = asked.by == NO_DAY
    by = read_day(asked.by) if asked.by and not without else None
    line = requesting.change(opened.desk, asked.code, Change(asked.number, by, without)).result
    told = _("{code}: {count}.").format(code=line.code, count=count(line.handed, line.number))
    output.answer([told], _values(line))
    return 0


def withdraw(asked: Namespace, output: Output, opened: OpenDesk) -> int:
    """Close a request that nobody wants any more."""
    line = requesting.withdraw(opened.desk, asked.code).result
    output.answer([_("{code} is withdrawn.").format(code=line.code)], _values(line))
    return 0


def lend(asked: Namespace, output: Output, opened: OpenDesk) -> int:
    """Hand out what was asked for, under one agreement."""
    due = read_day(asked.due) if asked.due else None
    made, line = requesting.lend_for(opened.desk, asked.code, asked.codes, due).result
    told = _("{code}: {count}; due {due}; agreement {agreement}.").format(
        code=line.code, count=count(line.handed, line.number), due=day(made.due), agreement=made.agreement
    )
    lent = [
        {"loan": loan, "instrument": thing.code, "due": made.due.isoformat()}
        for loan, thing in zip(made.loans, made.instruments, strict=True)
    ]
    output.answer([told], {**_values(line), "agreement": made.agreement, "loans": lent})
    return 0


def aside(asked: Namespace, output: Output, opened: OpenDesk) -> int:
    """Set an instrument aside for somebody."""
    until = read_day(asked.until) if asked.until else None
    kept = setting_aside.set_aside(opened.desk, asked.code, asked.borrower, until).result
    thing = kept.instrument
    told = _("{thing} ({code}) is kept for {borrower} until {until}.").format(
        thing=title(thing.fields), code=thing.code, borrower=kept.borrower.label, until=day(kept.until)
    )
    output.answer(
        [told],
        instrument=thing.code,
        borrower=kept.borrower.code,
        request=kept.request.code if kept.request is not None else None,
        until=kept.until.isoformat(),
    )
    return 0


def release(asked: Namespace, output: Output, opened: OpenDesk) -> int:
    """Put what was set aside back into stock; without a code, everything that has lapsed."""
    things: tuple[Instrument, ...]
    if asked.code:
        things = (setting_aside.release(opened.desk, asked.code).result,)
    else:
        things = setting_aside.release_lapsed(opened.desk).result
    told = [_("{code} is {status}.").format(code=one.code, status=one.status) for one in things]
    output.answer(told, released=[{"instrument": one.code, "status": one.status.value} for one in things])
    return 0


def swap(asked: Namespace, output: Output, opened: OpenDesk) -> int:
    """Swap one instrument for another size."""
    made = swapping.swap(opened.desk, asked.old, asked.new, asked.condition, asked.missing).result
    warning = swap_warning(made.step, _called(made.back.fields), _called(made.out.fields))
    told = _("{old} is back, {new} is lent to {borrower}, due {due}; agreement {agreement}.").format(
        old=made.back.code, new=made.out.code, borrower=made.borrower.label, due=day(made.due), agreement=made.agreement
    )
    output.answer(
        [told, *filter(None, [warning])],
        returned=made.back.code,
        lent=made.out.code,
        loan=made.loan,
        borrower=made.borrower.code,
        due=made.due.isoformat(),
        agreement=made.agreement,
        warning=warning or None,
    )
    return 0


def letters(asked: Namespace, output: Output, opened: OpenDesk) -> int:
    """Write a letter to everybody for whom something is set aside, or to one of them."""
    from loanstore.operations import collecting

    require_writable(Path(asked.out))
    made = collecting.letters_pdf(opened.desk, [asked.borrower] if asked.borrower else ())
    write(Path(asked.out), made.pdf)
    n = len(made.borrowers)
    told = ngettext("{n} letter is in {file}.", "{n} letters are in {file}.", n).format(n=n, file=asked.out)
    output.answer([told], letters=n, borrowers=list(made.borrowers), file=asked.out)
    return 0


def _called(fields: Mapping[str, str]) -> str:
    return " ".join(filter(None, (fields.get("type"), fields.get("size")))) or title(fields)


def _values(line: RequestLine) -> dict[str, object]:
    return {
        "code": line.code,
        "kind": line.kind,
        "type": line.type,
        "size": line.size,
        "number": line.number,
        "handed": line.handed,
        "wanted_by": line.wanted_by,
    }
