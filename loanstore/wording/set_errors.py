"""Words for what the rules of class sets refuse."""

from __future__ import annotations

from typing import TYPE_CHECKING

from loanstore.i18n import _

if TYPE_CHECKING:
    from loanstore.wording.told import Words


def words() -> dict[str, Words]:
    """Give the words by the errors' codes."""
    return _grouping() | _going_out() | _allocating()


def _grouping() -> dict[str, Words]:
    return {
        "NO_SET": (
            _("No such set"),
            _("No class set carries the code “{value}”."),
            _("Find it on the class sets screen, or with “loanstore list sets”."),
        ),
        "SET_DISSOLVED": (
            _("This set was dissolved"),
            _("The set {set} is no more."),
            _("Make a new set; this set's label can go."),
        ),
        "IN_A_SET": (
            _("It is in a set already"),
            _("{code} is in the set {set}."),
            _("Take it out of that set first."),
        ),
        "NOT_FOR_A_SET": (
            _("It can't join a set"),
            _("{code} is {status}."),
            _("Only what is there can join; if it has turned up, find it first."),
        ),
        "NOT_IN_SET": (
            _("It is not in this set"),
            _("{code} is not in the set {set}."),
            _("Check the code, or add it to the set first."),
        ),
        "SET_IS_OUT": (
            _("The set is out"),
            _("{n} of the set {set} are still out with it."),
            _("Bring them back first, or take them out of the set."),
        ),
    }


def _going_out() -> dict[str, Words]:
    return {
        "SET_NOT_IN": (
            _("Nothing of the set is here"),
            _("None of the set {set} is in store, so there is nothing to lend."),
            _("If it is at another school, move it from there."),
        ),
        "SET_NOT_OUT": (_("The set is not out"), _("Nothing is out with the set {set}."), _("Lend the set first.")),
        "SET_NOTHING_TO_MOVE": (
            _("There is nothing to move"),
            _("Nothing of the set {set} is out that {borrower} does not have already."),
            _("What is in store is lent, not moved."),
        ),
    }


def _allocating() -> dict[str, Words]:
    return {
        "NO_NAMES": (_("There are no names"), _("The class list holds no name."), _("Write or paste one name a line.")),
        "NOT_OUT_WITH_SET": (
            _("It is not out with the set"),
            _("{code} is not out with the set {set}, so nobody can play it."),
            _("Leave it out, or lend it with the set first."),
        ),
        "NOBODY_ALLOCATED": (
            _("Nobody is allocated"),
            _("No instrument named of the set {set} has a pupil."),
            _("There is nothing to take back."),
        ),
    }
