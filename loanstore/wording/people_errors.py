"""Words for what is refused of records, custody, head-counts, and cases that do not match."""

from __future__ import annotations

from typing import TYPE_CHECKING

from loanstore.i18n import _

if TYPE_CHECKING:
    from loanstore.wording.told import Words


def words() -> dict[str, Words]:
    """Give the words by the errors' codes."""
    return _records() | _merging() | _custody() | _heads() | _matching() | _policy()


def _records() -> dict[str, Words]:
    return {
        "SIZE_NOT_MADE": (
            _("There is no such size"),
            _("{type} does not come in “{value}”."),
            _("Choose one of: {sizes}."),
        ),
        "NOT_MONEY": (
            _("This is no sum of money"),
            _("The {field} “{value}” can't be read as pounds."),
            _("Write it as 180 or 180.50."),
        ),
        "NOT_A_DAY": (
            _("This is no day"),
            _("The {field} “{value}” can't be read as a day."),
            _("Write it as 2026-12-18 or 18/12/2026."),
        ),
        "NOT_YEARS": (
            _("This is no number of years"),
            _("The {field} “{value}” can't be read as years."),
            _("Write whole years from 1 to 99."),
        ),
        "NOT_ITS_CODE": (
            _("It does not carry this number"),
            _("“{value}” is none of its own codes."),
            _("Look at its codes with “loanstore show”."),
        ),
        "URN_TAKEN": (
            _("Another record has this number"),
            _("“{value}” is on something already."),
            _("If both are one school, put the two records together: “loanstore merge FROM INTO”."),
        ),
        "SHOWN_BY_IT": (
            _("This is the code it is shown by"),
            _("“{value}” can't be taken away while it stands on the label."),
            _("Give it another code first."),
        ),
    }


def _merging() -> dict[str, Words]:
    return {
        "SAME_RECORD": (
            _("This is one record already"),
            _("“{first}” and “{second}” both name {name}."),
            _("There is nothing to put together."),
        ),
        "TWO_KINDS": (
            _("They are not of one kind"),
            _("{first} and {second} are different kinds of borrower."),
            _("Correct the kind of one of them first, with “loanstore edit”."),
        ),
    }


def _custody() -> dict[str, Words]:
    return {
        "NO_CUSTODIAN": (
            _("Nobody and no place is called so"),
            _("“{value}” is neither a borrower nor a place."),
            _("Check the code, or find the borrower with “loanstore list borrowers --find”."),
        ),
        "REPAIRER_IS_NONE": (
            _("A repairer takes nothing into custody"),
            _("{value} mends instruments; the loan would go on meanwhile."),
            _("Send it to the repairer instead."),
        ),
        "THERE_ALREADY": (_("It is there already"), _("{name} has {code}."), _("There is nothing to pass on.")),
    }


def _heads() -> dict[str, Words]:
    return {
        "NO_HEADS": (_("Nothing is counted"), _("A head-count needs a number."), _("Give one of: {known}.")),
        "BAD_HEADS": (_("This can't be counted"), _("{field} can't be {value}."), _("Give a whole number, 0 or more.")),
        "MORE_THAN_ALL": (
            _("A part is more than the whole"),
            _("{field} is {value}, and there are {pupils} pupils in all."),
            _("Correct one of the two."),
        ),
        "ONE_PERSON": (
            _("This is one person"),
            _("{name} is a family; only a school, a teacher or an ensemble gives a head-count."),
            _("Give it for their school."),
        ),
    }


def _matching() -> dict[str, Words]:
    return {
        "THEY_MATCH": (
            _("They belong together"),
            _("Both labels are those of {code}."),
            _("There is nothing to put right."),
        ),
        "NOTHING_TO_SWAP": (
            _("Neither is on loan"),
            _("Nobody has {first} or {second}, so no loan can change."),
            _("Put each into its own case, or let the cases stay swapped."),
        ),
        "SAME_HANDS": (
            _("Both are in the same hands"),
            _("{first} and {second} are with the same borrower, and no child is noted for either."),
            _("Put each into its own case, or let the cases stay swapped."),
        ),
    }


def _policy() -> dict[str, Words]:
    return {
        "POLICY_DAYS": (
            _("This is no number of days"),
            _("A loan can't run for “{value}” days."),
            _("Give a whole number from 1 to {most}."),
        ),
        "POLICY_LIMIT": (
            _("This is no limit"),
            _("“{value}” is no number of instruments."),
            _("Give a whole number from 1 to {most}, or nothing for no limit."),
        ),
        "POLICY_LEAST": (
            _("This is no number of days"),
            _("A loan can't run for at least “{value}” days."),
            _("Give a whole number from 0 to {most}."),
        ),
        "POLICY_ASIDE": (
            _("This is no number of working days"),
            _("Nothing can be set aside for “{value}” working days."),
            _("Give a whole number from 1 to {most}."),
        ),
        "POLICY_WAIT": (
            _("This is no waiting time"),
            _("The time for “{field}” can't be {value} seconds."),
            _("Give seconds from {least} to {most}."),
        ),
    }
