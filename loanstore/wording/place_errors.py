"""Words for what places and stocktakes refuse."""

from __future__ import annotations

from typing import TYPE_CHECKING

from loanstore.i18n import _

if TYPE_CHECKING:
    from loanstore.wording.told import Words


def words() -> dict[str, Words]:
    """Give the words by the errors' codes."""
    return _places() | _stocktakes()


def _places() -> dict[str, Words]:
    return {
        "NO_PLACE": (
            _("No such place"),
            _("No place carries the code “{value}” or is called so."),
            _("Find it with “loanstore list places”, or add it."),
        ),
        "PLACE_NAME_TAKEN": (
            _("There is such a place"),
            _("“{value}” is {code} already."),
            _("Choose another name, or use that place."),
        ),
        "PLACE_WITHOUT_CODE": (
            _("The place has no code yet"),
            _("“{place}” came with an import, and nothing can be printed for it."),
            _("Give codes to the places first."),
        ),
        "MOVE_TO_REPAIRER": (
            _("That is a repairer"),
            _("“{place}” is no place of the store’s."),
            _("Send things there for repair instead, or choose a place."),
        ),
        "NOT_MOVABLE": (
            _("It is not in the store"),
            _("{code} is {status}."),
            _("Bring it back or find it first; then it can stand somewhere else."),
        ),
    }


def _stocktakes() -> dict[str, Words]:
    return {
        "NO_STOCKTAKE": (
            _("No such stocktake"),
            _("“{value}” is no stocktake, and no stock is being taken there."),
            _("Begin one, or see “loanstore stocktake list”."),
        ),
        "STOCKTAKE_RUNS": (
            _("Stock is being taken there already"),
            _("A stocktake of “{place}” was begun on {begun}."),
            _("Scan into that one: several people can count together."),
        ),
        "STOCKTAKE_AT_REPAIRER": (
            _("That is a repairer"),
            _("What is at “{place}” is not there to be counted."),
            _("Choose a place of the store’s."),
        ),
        "STOCKTAKE_OVER": (
            _("This stocktake is closed"),
            _("It was closed on {closed}."),
            _("Begin a new one; or undo the closing at the desk that closed it."),
        ),
        "NOT_HERE_ON_LOAN": (
            _("It was not found so"),
            _("{code} is not among what was scanned here though on loan."),
            _("Scan it in the stocktake, or bring it back by hand."),
        ),
        "NOTHING_TO_BRING_BACK": (
            _("There is nothing to bring back"),
            _("Nothing that was scanned here is still on loan."),
            _("There is nothing to do."),
        ),
    }
