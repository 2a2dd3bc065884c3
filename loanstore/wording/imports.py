"""Words for what an import refused or passed over, row by row."""

from __future__ import annotations

from typing import TYPE_CHECKING

from loanstore.i18n import _
from loanstore.wording.told import Facts

if TYPE_CHECKING:
    from collections.abc import Mapping


def refused(why: str, facts: Mapping[str, object]) -> str:
    """Say why a value, or a whole row, was refused."""
    return _filled(_refusals().get(why, why), facts)


def passed(why: str, facts: Mapping[str, object]) -> str:
    """Say why a row was passed over."""
    return _filled(_passings().get(why, why), facts)


def _filled(text: str, facts: Mapping[str, object]) -> str:
    return text.format_map(Facts(facts))


def known_refusals() -> frozenset[str]:
    """Give every reason for refusing that there are words for."""
    return frozenset(_refusals())


def known_passings() -> frozenset[str]:
    """Give every reason for passing a row over that there are words for."""
    return frozenset(_passings())


def _refusals() -> dict[str, str]:
    return {
        "BAD_SIZE": _("{type} comes in no such size"),
        "SIZE_BECAME_DATE": _("a date stands where a size of {type} should"),
        "SIZE_DISAGREES": _("the size differs from the one beside the type {type}"),
        "BAD_YEARS": _("this is no number of years"),
        "BAD_MONEY": _("this is no amount of pounds"),
        "BAD_DATE": _("there is no such day"),
        "BAD_CODE": _("this can't be a code"),
        "BAD_URN": _("a URN has five to seven figures"),
        "BAD_AGE": _("this is no age"),
        "BAD_EMAIL": _("this is no e-mail address"),
        "BAD_KIND": _("this is no kind of borrower"),
        "BECAME_DATE": _("a spreadsheet made a date of this"),
        "DIGITS_LOST": _("a spreadsheet shortened this number and lost its last figures"),
        "CELL_FAILED": _("a spreadsheet shows an error here and no value: put its formula or its width right"),
        "DUE_BEFORE_OUT": _("this is before the day it went out, {out}"),
        "OUT_OF_LINE": _("the row has {cells} cells under {headings} headings, so this one can't be trusted"),
        "NO_TYPE": _("the row names no instrument"),
        "NO_NAME": _("the row has no name"),
        "NO_INSTRUMENT": _("the row names no instrument"),
        "NO_BORROWER": _("the row names no borrower"),
        "BAD_RETURN_DATE": _("the day it came back can't be read, so it would look still out"),
        "RETURNED_BEFORE_OUT": _("it came back before it went out, {out}"),
        "NUMBER_TWICE": _("rows {first_row} and {row} give one number to two instruments: {first} and {this}"),
        "URN_TWICE": _("rows {first_row} and {row} give one URN to two schools: {first} and {this}"),
        "CODE_TWICE": _("rows {first_row} and {row} give one code to two borrowers: {first} and {this}"),
        "LOAN_TWICE": _("rows {first_row} and {row} lend one instrument twice: {first} and {this}"),
        "CODE_TAKEN": _("the code is on something else already (one {by})"),
        "UNKNOWN_INSTRUMENT": _("no instrument in the register carries this"),
        "UNKNOWN_BORROWER": _("no borrower carries this code, URN or name"),
        "MANY_BORROWERS": _("more than one borrower has this name: give the code or URN"),
        "ALREADY_ON_LOAN": _("another loan of it stands here; what is out comes back at the desk"),
        "STILL_ON_LOAN": _("nobody has it in the file, but it is on loan here; what is out comes back at the desk"),
        "NOT_IN_STORE": _("it is {status} here"),
        "STILL_TO_COME": _("that day is still to come"),
        "KIND_STAYS": _("a borrower's kind stays what it was: {kind}"),
    }


def _passings() -> dict[str, str]:
    return {
        "TITLE": _("a title"),
        "BLANK": _("blank"),
        "HEADINGS_AGAIN": _("the headings once more"),
        "TOTAL": _("a total"),
        "DUPLICATE": _("the same as row {first_row}"),
        "SAME_AGAIN": _("the same thing as row {first_row}, which lacked: {fields}"),
    }
