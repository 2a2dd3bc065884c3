"""Words for what charging refuses: tariffs, remissions, postings, payments, notice and the terms they rest on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from loanstore.i18n import _

if TYPE_CHECKING:
    from loanstore.wording.told import Words


def words() -> dict[str, Words]:
    """Give the words by the errors' codes."""
    return _periods() | _prices() | _ledger() | _people()


def _periods() -> dict[str, Words]:
    return {
        "HALF_OUTSIDE": (
            _("A half-term lies outside its term"),
            _("{name} {year}: the half-term is not within the term, or ends before it begins."),
            _("Correct its first or last day."),
        ),
        "BLOCK_DAY": (
            _("A day can't be read"),
            _("{name} “{value}” is no day of a year."),
            _("Write month and day as 09-01."),
        ),
        "BLOCKS_OVERLAP": (
            _("Two charging blocks overlap"),
            _("{name} has a day that another block has too."),
            _("Let each begin the day after the one before it ends."),
        ),
        "NO_PERIOD": (
            _("The table of terms does not go so far"),
            _("No period is known that a notice given on {day} could reach."),
            _("Enter the coming terms under Settings, then give notice."),
        ),
        "NOTICE_GIVEN": (
            _("Notice was given already"),
            _("Notice for {code} was given on {day}; the hire ends on {due}."),
            _("To take it back, renew the loan."),
        ),
    }


def _prices() -> dict[str, Words]:
    return {
        "TARIFF_VALUE": (
            _("This tariff can't be meant so"),
            _("The {field} can't be “{value}”."),
            _("Sums run from £0 to £100,000, a VAT rate from 0 to under 100 %; only class sets go by the set."),
        ),
        "FINANCE_COLUMN": (
            _("No such column for the finance list"),
            _("“{value}” is none of: {known}."),
            _("Write each column as Heading=field, with commas between."),
        ),
        "EVIDENCE_DAYS": (
            _("So long nobody waits"),
            _("Evidence is waited for from 0 to {most} days, not {value}."),
            _("Give a number of days."),
        ),
        "NOT_YOURSELF": (
            _("You would shut yourself out"),
            _("“{staff}” is not among those who could then post and reverse charges."),
            _("Put your own name in, or leave the names out."),
        ),
    }


def _ledger() -> dict[str, Words]:
    return {
        "MAY_NOT_POST": (
            _("Only some people may do this here"),
            _("This store names who may confirm and reverse charges, and “{staff}” is not among them."),
            _("Ask one of them; the names stand under Settings."),
        ),
        "NO_PROPOSAL": (
            _("No such proposal"),
            _("Nothing is proposed under {value}, or it was decided on already."),
            _("See “loanstore charges proposals”."),
        ),
        "AMOUNT_NEEDED": (
            _("Nobody knows what it costs"),
            _("{what}: {part} has no price."),
            _("Say what is to be charged."),
        ),
        "BAD_AMOUNT": (
            _("This amount can't be meant"),
            _("{value} pence is nothing, or over £100,000."),
            _("Give the amount in pounds as £45.50."),
        ),
        "NO_ENTRY": (
            _("No such charge or payment"),
            _("There is none under {value}."),
            _("See “loanstore charges list”."),
        ),
        "ALREADY_REVERSED": (_("It was taken back already"), _("That was on {day}."), _("Nothing more is to be done.")),
        "CARD_NUMBER": (
            _("This looks like a card's number"),
            _("Card numbers are never kept here."),
            _("Give another reference: the receipt's or the till's number."),
        ),
    }


def _people() -> dict[str, Words]:
    return {
        "REMISSION_VALUE": (
            _("This remission can't be meant so"),
            _("The {field} can't be “{value}”."),
            _("Give either 1 to 100 per cent or a sum, and a last day that is not before the first."),
        ),
        "NO_REMISSION": (
            _("No such remission"),
            _("There is none under {value}."),
            _("See “loanstore remissions list BORROWER”."),
        ),
    }
