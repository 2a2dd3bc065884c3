"""Words for what the rules of lending refuse, and for command words that do not fit."""

from __future__ import annotations

from typing import TYPE_CHECKING

from loanstore.i18n import _

if TYPE_CHECKING:
    from loanstore.wording.told import Words


def words() -> dict[str, Words]:
    """Give the words by the errors' codes."""
    return _naming() | _lending() | _terms() | _undoing() | _usage()


def _naming() -> dict[str, Words]:
    return {
        "NO_INSTRUMENT": (
            _("No such instrument"),
            _("Nothing in the register carries the code “{value}”."),
            _("Check the code, or find the instrument with “loanstore list instruments --find”."),
        ),
        "NO_BORROWER": (
            _("No such borrower"),
            _("No borrower carries the code “{value}”."),
            _("Check the code, or find the borrower with “loanstore list borrowers --find”."),
        ),
        "NO_LOAN": (
            _("No such loan"),
            _("“{value}” is no loan, and nobody and nothing carries it as a code."),
            _("Find the loan with “loanstore list loans”."),
        ),
        "NO_AGREEMENT": (
            _("No such agreement"),
            _("“{value}” is neither an agreement nor a loan."),
            _("Find the loan with “loanstore list loans --all”."),
        ),
        "NOTHING_CARRIES": (
            _("Nothing carries this code"),
            _("Nothing here carries the code “{value}”."),
            _("Check the code, or look in the lists with --find."),
        ),
        "CODE_TAKEN": (
            _("The code is taken"),
            _("“{value}” is on something already (one {by})."),
            _("Choose another code, or leave it out: the store makes one."),
        ),
        "BAD_CODE": (
            _("This can't be a code"),
            _("“{value}” has no letter or digit, or is longer than 40 characters."),
            _("Choose another code, or leave it out: the store makes one."),
        ),
        "BAD_VALUE": (
            _("A value can't be read"),
            _("The {field} “{value}” does not fit."),
            _("Correct it, or leave it out."),
        ),
    }


def _lending() -> dict[str, Words]:
    return {
        "ALREADY_OUT": (
            _("It is on loan"),
            _("{holder} has {code}."),
            _("Bring it back first with “loanstore return {code}”."),
        ),
        "NOT_LENDABLE": (
            _("It can't be lent"),
            _("{code} is {status}."),
            _("See to that first; “loanstore found” puts back what was lost or needed attention."),
        ),
        "OVER_LIMIT": (
            _("They have as many as they may"),
            _("{borrower} has {held}, and may have {limit}."),
            _("Bring something back first, or use TAKE at the scan desk."),
        ),
        "NOT_ON_LOAN": (
            _("It is not on loan"),
            _("{code} is {status}."),
            _("There is nothing to bring back or renew."),
        ),
        "STILL_ON_LOAN": (
            _("It is on loan"),
            _("{code} can't be retired while somebody has it."),
            _("Bring it back first, or report it lost."),
        ),
        "ALREADY_SO": (_("That is so already"), _("{code} is {status} already."), _("There is nothing to do.")),
        "NOT_GONE": (
            _("It was not lost"),
            _("{code} is {status}."),
            _("Only what is missing, lost, retired or needs attention can be found."),
        ),
        "HAND_OVER_PAST": (
            _("That hand-over is past"),
            _("{code} has been handed on or undone meanwhile, so nothing is noted of it."),
            _("Scan it again, or open its record."),
        ),
        "EMPTY_NOTE": (_("Nothing is noted"), _("The note is empty."), _("Type what is to be noted.")),
        "LOAN_ENDED": (_("The loan has ended"), _("The loan {value} ended on {ended}."), _("Lend it again.")),
        "NOTHING_OUT": (_("Nothing is out"), _("{value} has nothing on loan."), _("There is nothing to renew.")),
        "DUE_IN_THE_PAST": (
            _("That day is past"),
            _("Nothing can be lent until {due}."),
            _("Give today or a later day."),
        ),
        "IN_THE_FUTURE": (
            _("That day is still to come"),
            _("Nothing can have come back on {date}."),
            _("Give today or an earlier day."),
        ),
        "BEFORE_LENT": (
            _("That was before it was lent"),
            _("{code} went out on {out}."),
            _("Give that day or a later one."),
        ),
        "BAD_LOAN_KIND": (
            _("This kind of loan is not known"),
            _("“{value}” is none of: {kinds}."),
            _("Choose one of them."),
        ),
        "STILL_OUT": (
            _("It is still out"),
            _("The loan {value} has not ended, so there is nothing to receipt."),
            _("Bring it back first."),
        ),
    }


def _terms() -> dict[str, Words]:
    return {
        "TERM_DAY": (
            _("A day of a term can't be read"),
            _("{name} {year}: “{value}”."),
            _("Write each day as 2026-12-18."),
        ),
        "TERM_BACKWARDS": (
            _("A term ends before it starts"),
            _("{name} {year} ends before its first day."),
            _("Correct its first or last day."),
        ),
        "TERMS_OVERLAP": (
            _("Two terms overlap"),
            _("{name} {year} starts before {before} has ended."),
            _("Correct one of them."),
        ),
    }


def _undoing() -> dict[str, Words]:
    return {
        "NOTHING_TO_UNDO": (
            _("There is nothing to undo"),
            _("This desk has done nothing that could be undone."),
            _("What was done at another desk is undone there; an import has “import undo”."),
        ),
        "UNDO_BLOCKED": (
            _("This can't be undone any more"),
            _("Something rests on it: {code}, {kind} on {day}."),
            _("Undo that first, or put it right by hand."),
        ),
        "IMPORT_MOVED_ON": (
            _("This import can't be undone any more"),
            _("{count} of what it brought moved on since ({first}): {named}."),
            _("Undo those steps first, or put right by hand what came in wrong."),
        ),
        "WORK_CANCELLED": (
            _("Cancelled"),
            _("It was stopped half-way, and nothing of it is written."),
            _("Begin again any time."),
        ),
        "NOTHING_TO_AGREE": (
            _("There is nothing to agree on"),
            _("Each of these loans has its agreement already, or has ended."),
            _("Open the loan's borrower to print the agreement again."),
        ),
        "NO_IMPORT": (
            _("No such import"),
            _("There is no import {value} that could be undone."),
            _("The id is in the answer of the import."),
        ),
    }


def _usage() -> dict[str, Words]:
    return {
        "USAGE": (_("The words do not fit"), _("{said}."), _("See “loanstore --help”.")),
        "NEED_FIELD": (_("Something is missing"), _("The {field} is needed."), _("Give it with --{field}.")),
        "BAD_KIND": (_("No such kind"), _("“{value}” is none of: {kinds}."), _("Choose one of them.")),
        "BAD_DAY": (_("This is no day"), _("“{value}” is no date."), _("Write it as 2026-12-18.")),
        "TOO_MANY_BLANKS": (
            _("So many blank labels at once"),
            _("At most {most} blank labels are made at once."),
            _("Make fewer; more can be made any time."),
        ),
        "UNKNOWN_STOCK": (
            _("No such label stock"),
            _("“{value}” is none of: {known}."),
            _("See “loanstore labels stocks”."),
        ),
        "NO_WINDOW": (
            _("No window can be shown"),
            _("The window's library can't start here: {said}."),
            _("Use a computer with a screen, or the command line: “loanstore --help”."),
        ),
        "DEMO_FOLDER": (
            _("The demo can't be made here"),
            _("{path} can't be used: {said}."),
            _("Name another folder with --out."),
        ),
        "FILE_NOT_WRITTEN": (_("The file can't be written"), _("{file}: {reason}."), _("Choose another folder.")),
    }
