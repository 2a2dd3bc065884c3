"""The commands of the desk: scan, lend, return, renew, lost, found, retire, undo, add."""

from __future__ import annotations

import sys
from datetime import date
from typing import TYPE_CHECKING

from loanstore.domain.answers import REFUSALS, Answer
from loanstore.domain.errors import WrongUsage
from loanstore.domain.gestures import instant
from loanstore.domain.instruments import title
from loanstore.i18n import _
from loanstore.operations import cataloguing, housekeeping, lending, scanning, undoing
from loanstore.wording import day, sentence
from loanstore.wording.charges import regulated_words
from loanstore.wording.gestures import gesture_words

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Callable, Iterator

    from loanstore.bootstrap import OpenDesk
    from loanstore.cli.output import Output
    from loanstore.domain.loans import Instrument
    from loanstore.operations.desk import Desk, Done
    from loanstore.operations.outcomes import Outcome


def scan(asked: Namespace, output: Output, opened: OpenDesk) -> int:
    """Take scans in one session; each answer is given the moment it is stored."""
    session = scanning.begin_session(opened.desk)
    if asked.on:
        scanning.set_happened(opened.desk, session, read_day(asked.on))
    for n, text in enumerate(scans(asked.codes), 1):
        outcome = scanning.scan(opened.desk, text, session).result
        told = sentence(outcome)
        output.answer([told], answer_values(n, outcome, told), ok=outcome.answer not in REFUSALS)
    return 0


def scans(given: list[str]) -> Iterator[str]:
    """Give the scans: the arguments, else standard input line by line as it arrives; blank lines are passed over."""
    if given:
        yield from (text for text in given if text.strip())
        return
    # A program without a console has no standard input at all.
    for line in sys.stdin.buffer if sys.stdin is not None else ():
        text = line.decode("utf-8", "replace")
        if text.strip():
            yield text


def answer_values(n: int, outcome: Outcome, told: str) -> dict[str, object]:
    """Give an answer as CONTRACT.md writes it: things by their codes, null where there is none."""
    values: dict[str, object] = {
        "n": n,
        "code": outcome.scanned,
        "answer": outcome.answer.value,
        "sentence": told,
        "instrument": outcome.instrument.code if outcome.instrument else None,
        "borrower": outcome.borrower.code if outcome.borrower else None,
        "loan": outcome.loan,
        "due": outcome.due.isoformat() if outcome.due else None,
        "fact": outcome.fact,
        "at": instant(outcome.at),
    }
    if outcome.answer is Answer.FINISHED:
        values |= {"agreement": outcome.agreement, "items": outcome.items, "returned": list(outcome.returned)}
    elif outcome.returned:
        values["returned"] = list(outcome.returned)
    if outcome.answer is Answer.SET_LENT:
        values |= {"items": outcome.items, "left": list(outcome.left)}
    if outcome.sent:
        values["sent"] = list(outcome.sent)
    if outcome.place is not None:
        values["place"] = outcome.place.code or outcome.place.name
    if outcome.tally is not None:
        values["tally"] = list(outcome.tally)
    if outcome.finished is not None:
        values["finished"] = outcome.finished
    return values | {name: value for name, value in _told_beside(outcome).items() if value}


def _told_beside(outcome: Outcome) -> dict[str, object]:
    """Give what a mismatch and what puts it right say, and the day that crates came."""
    return {
        "case": outcome.case.code if outcome.case is not None else None,
        "labels": list(outcome.labels),
        "agreements": list(outcome.papers),
        "happened": outcome.happened.isoformat() if outcome.happened is not None else None,
    }


def warn_beyond_terms(output: Output, opened: OpenDesk, due: date) -> None:
    """Warn where something is due after the last term that the table knows."""
    if not housekeeping.terms(opened.desk).reaches(due):
        output.note(_("The table of terms ends before {due}: enter the coming terms.").format(due=day(due)))


def lend(asked: Namespace, output: Output, opened: OpenDesk) -> int:
    """Lend by hand: one borrower, some instruments, one agreement."""
    due = read_day(asked.due) if asked.due else None
    made = lending.lend(opened.desk, asked.borrower, asked.codes, due, asked.kind).result
    if due is None:
        warn_beyond_terms(output, opened, made.due)
    if made.may_be_regulated:
        output.note(regulated_words())
    output.answer(
        [
            _("{n} lent to {borrower}, due {due}; agreement {agreement}.").format(
                n=len(made.loans), borrower=made.borrower.label, due=day(made.due), agreement=made.agreement
            )
        ],
        borrower=made.borrower.code,
        due=made.due.isoformat(),
        agreement=made.agreement,
        warning=regulated_words() if made.may_be_regulated else None,
        loans=[
            {"loan": loan, "instrument": thing.code, "due": made.due.isoformat()}
            for loan, thing in zip(made.loans, made.instruments, strict=True)
        ],
    )
    return 0


def bring_back(asked: Namespace, output: Output, opened: OpenDesk) -> int:
    """Bring back by hand, as of an earlier day where that is when it happened."""
    on = read_day(asked.on) if asked.on else None
    back = lending.bring_back(opened.desk, asked.codes, on, asked.condition, asked.missing).result
    output.answer(
        [_("{code} is back: {status}.").format(code=b.instrument.code, status=b.instrument.status) for b in back],
        returned=[{"loan": b.loan, "instrument": b.instrument.code, "status": b.instrument.status.value} for b in back],
    )
    return 0


def renew(asked: Namespace, output: Output, opened: OpenDesk) -> int:
    """Renew one loan, or all that a borrower has."""
    renewed = lending.renew(opened.desk, asked.named).result
    warn_beyond_terms(output, opened, max(due for _thing, due in renewed))
    output.answer(
        [_("{code} is now due {due}.").format(code=thing.code, due=day(due)) for thing, due in renewed],
        renewed=[
            {"loan": thing.loan.id if thing.loan else None, "instrument": thing.code, "due": due.isoformat()}
            for thing, due in renewed
        ],
    )
    return 0


def lost(asked: Namespace, output: Output, opened: OpenDesk) -> int:
    """Say that an instrument is lost."""
    return _declared(lending.declare_lost, asked, output, opened)


def found(asked: Namespace, output: Output, opened: OpenDesk) -> int:
    """Say that an instrument has turned up."""
    return _declared(lending.declare_found, asked, output, opened)


def retire(asked: Namespace, output: Output, opened: OpenDesk) -> int:
    """Take an instrument out of use."""
    return _declared(lending.retire, asked, output, opened)


def _declared(
    declare: Callable[[Desk, str, str], Done[Instrument]], asked: Namespace, output: Output, opened: OpenDesk
) -> int:
    thing = declare(opened.desk, asked.code, asked.why).result
    told = _("{thing} ({code}) is {status}.").format(thing=title(thing.fields), code=thing.code, status=thing.status)
    output.answer([told], instrument=thing.code, status=thing.status.value)
    return 0


def undo(_asked: Namespace, output: Output, opened: OpenDesk) -> int:
    """Undo this desk's last gesture."""
    kinds = undoing.undo(opened.desk).result
    output.answer([_("Undone: {what}.").format(what=gesture_words(kinds))], undone=list(kinds))
    return 0


def add_instrument(asked: Namespace, output: Output, opened: OpenDesk) -> int:
    """Add an instrument."""
    thing = cataloguing.add_instrument(opened.desk, _fields(asked)).result
    output.answer([f"{thing.code}: {title(thing.fields)}"], code=thing.code, id=thing.id)
    return 0


def add_borrower(asked: Namespace, output: Output, opened: OpenDesk) -> int:
    """Add a borrower."""
    who = cataloguing.add_borrower(opened.desk, _fields(asked)).result
    output.answer([f"{who.code}: {who.label}"], code=who.code, id=who.id, kind=who.kind.value)
    return 0


def _fields(asked: Namespace) -> dict[str, str]:
    given = vars(asked)
    return {
        name.removeprefix("field_"): value
        for name, value in given.items()
        if name.startswith("field_") and value is not None
    }


def read_day(text: str) -> date:
    """Read a day as ISO writes it; raises WrongUsage for anything else."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise WrongUsage("BAD_DAY", value=text) from None
