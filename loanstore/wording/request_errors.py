"""Words for what is refused about requests, setting aside and swapping."""

from __future__ import annotations

from typing import TYPE_CHECKING

from loanstore.i18n import _

if TYPE_CHECKING:
    from loanstore.wording.told import Words


def words() -> dict[str, Words]:
    """Give the words by the errors' codes."""
    return _asking() | _keeping()


def _asking() -> dict[str, Words]:
    return {
        "NO_REQUEST": (
            _("No such request"),
            _("No request carries the code “{value}”."),
            _("Find the request with “loanstore list requests --all”."),
        ),
        "REQUEST_CLOSED": (
            _("The request is closed"),
            _("{code} was closed: {closing}."),
            _("Ask for it again with a new request."),
        ),
        "BAD_REQUEST_NUMBER": (
            _("Nobody can ask for so many"),
            _("{number} is no number from 1 to {most}."),
            _("Say how many are wanted."),
        ),
        "BELOW_HANDED_OUT": (
            _("More than that are handed out"),
            _("{handed} were handed out for {code} already, so it can't be for {number}."),
            _("Give that number or a larger one, or withdraw the request."),
        ),
        "WAIT_IS_FOR_ONE": (
            _("Waiting is for one"),
            _("A wait is for one instrument, not for {number}."),
            _("Make it an order, or let each wait by name."),
        ),
        "WANTED_IN_THE_PAST": (
            _("That day is past"),
            _("Nothing can be wanted by {day}."),
            _("Give today or a later day."),
        ),
        "NO_COLLECTING_PLACE": (
            _("No such place"),
            _("No place is called “{value}”."),
            _("Check its name, or leave it out."),
        ),
        "NOT_WHAT_WAS_ASKED": (
            _("This is not what was asked for"),
            _("{code} is no {wanted}."),
            _("Lend it without the request, or take another one."),
        ),
        "MORE_THAN_ASKED": (
            _("That is more than was asked for"),
            _("{code} has {left} left, and {number} were scanned."),
            _("Change the number of the request first."),
        ),
        "ANOTHERS_REQUEST": (
            _("Somebody else asked for that"),
            _("{code} is not a request of {borrower}."),
            _("Check the code of the request."),
        ),
    }


def _keeping() -> dict[str, Words]:
    return {
        "ALREADY_ASIDE": (
            _("It is set aside already"),
            _("{code} is kept for {borrower} until {until}."),
            _("Release it first, or take another one."),
        ),
        "NOT_ASIDE": (
            _("It is not set aside"),
            _("{code} is {status}, and kept for nobody."),
            _("There is nothing to release."),
        ),
        "NOTHING_LAPSED": (
            _("Nothing has lapsed"),
            _("Everything that is set aside is kept until today or later."),
            _("There is nothing to release."),
        ),
        "KEPT_UNTIL_THE_PAST": (
            _("That day is past"),
            _("Nothing can be kept until {until}."),
            _("Give today or a later day."),
        ),
        "NO_LETTERS": (
            _("There is no letter to write"),
            _("Nothing is set aside that somebody could still collect."),
            _("Set something aside first."),
        ),
        "SWAPPED_FOR_ITSELF": (
            _("That is the same one"),
            _("{code} can't be swapped for itself."),
            _("Scan the one that goes out."),
        ),
    }
