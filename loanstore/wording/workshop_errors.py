"""Words for what the workshop refuses: repairs, services, disposal, pictures and the asset register."""

from __future__ import annotations

from typing import TYPE_CHECKING

from loanstore.i18n import _

if TYPE_CHECKING:
    from loanstore.wording.told import Words


def words() -> dict[str, Words]:
    """Give the words by the errors' codes."""
    return _repairing() | _registering()


def _repairing() -> dict[str, Words]:
    return {
        "NO_REPAIRER": (
            _("No such repairer"),
            _("“{value}” is no repairer's code or name; known are: {known}."),
            _("Choose one of them, or add the repairer as a place first."),
        ),
        "NO_REPAIR": (
            _("No such repair"),
            _("Nothing went to a repairer under this number."),
            _("Find it with “loanstore list repairs --all”."),
        ),
        "REPAIR_ON_LOAN": (
            _("It is on loan"),
            _("{code} is on loan to {holder}."),
            _("Bring it back first, then send it to the repairer."),
        ),
        "ALREADY_AT_REPAIRER": (
            _("It is at the repairer's already"),
            _("{repairer} has {code}."),
            _("Take it back first if it goes to somebody else."),
        ),
        "NOT_AT_HAND": (
            _("It is not here"),
            _("{code} is {status}."),
            _("Scan it when it is in your hands, then try again."),
        ),
        "NOT_IN_REPAIR": (
            _("It is not in repair"),
            _("{code} is {status}."),
            _("Check the code; “loanstore list repairs” shows what is at the repairers'."),
        ),
        "NO_VISIT": (
            _("Nobody wrote down when it was sent"),
            _("{code} was in repair already when its list was imported."),
            _("Say where it is: send it to that repairer first."),
        ),
        "BAD_MONEY": (
            _("This is no amount"),
            _("“{value}” can't be read as money."),
            _("Write pounds as £45.50, or whole pence as 4550."),
        ),
    }


def _registering() -> dict[str, Words]:
    return {
        "REGISTER_FILE": (
            _("The register can't be written as that"),
            _("The name “{value}” does not say which kind of file is wanted."),
            _("End it in .pdf, .csv or .xlsx."),
        )
    }
