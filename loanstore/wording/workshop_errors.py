"""Words for what the workshop refuses: repairs, services, disposal, pictures and the asset register."""

from __future__ import annotations

from typing import TYPE_CHECKING

from loanstore.i18n import _

if TYPE_CHECKING:
    from loanstore.wording.told import Words


def words() -> dict[str, Words]:
    """Give the words by the errors' codes."""
    return _repairing() | _registering() | _servicing() | _disposing() | _photographing()


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
        "BAD_POUNDS": (_("This is no amount"), _("“{value}” can't be read as money."), _("Write pounds as 45.50.")),
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


def _servicing() -> dict[str, Words]:
    return {
        "SERVICE_AHEAD": (
            _("That day is still to come"),
            _("Nothing can have been done on {date}."),
            _("Give today or an earlier day."),
        ),
        "TYPE_UNKNOWN": (
            _("No such type of instrument"),
            _("“{value}” is no type that the catalogue knows, or none that the store has its own way."),
            _("Check its name, or give its family to add it."),
        ),
        "TYPE_VALUE": (
            _("A value does not fit"),
            _("{type}: the {field} can't be “{value}”."),
            _("Months are whole numbers to 240, or none; a band is A, B or C; accessories are nine at most."),
        ),
        "TYPE_KNOWN": (
            _("There is such a type"),
            _("“{value}” is a word for {type} already."),
            _("Change that one, or call the new one something else."),
        ),
        "TYPE_SIZE": (
            _("This is no size"),
            _("“{value}” is no size that instruments come in."),
            _('Write it as 3/4, 14", descant or 61 key.'),
        ),
        "SIZE_IN_USE": (
            _("A size is in use"),
            _("{type}: instruments are of the size {sizes}: {codes}."),
            _("Leave it in the list, or correct their records first."),
        ),
        "TYPE_IN_USE": (
            _("The type is in use"),
            _("Instruments are of the type {type}: {codes}."),
            _("Correct their records first, then take it away."),
        ),
        "WORD_TAKEN": (
            _("The word means another type"),
            _("“{value}” is a word for {type}."),
            _("Leave it out here, or take it away there first."),
        ),
    }


def _disposing() -> dict[str, Words]:
    return {
        "DISPOSE_ON_LOAN": (
            _("It is on loan"),
            _("{code} is on loan to {holder}."),
            _("Bring it back first, or report it lost; then dispose of it."),
        )
    }


def _photographing() -> dict[str, Words]:
    return {
        "NOT_A_PICTURE": (
            _("This is no picture"),
            _("{file} is neither a PNG nor a JPEG."),
            _("Choose a photo as a telephone or camera saves it; nothing was added."),
        ),
        "PICTURE_DAMAGED": (
            _("The picture is damaged"),
            _("{file} ends too early or can't be read ({reason})."),
            _("Copy it from the camera again; nothing was added."),
        ),
        "PICTURE_TOO_LARGE": (
            _("The picture is too large"),
            _("{file} is larger than {most} MB, or holds more than 100 million points."),
            _("Save it smaller and add it again; nothing was added."),
        ),
        "NO_PHOTO": (
            _("No such picture"),
            _("There is no picture “{value}”; it may have been deleted."),
            _("See “loanstore photo list”."),
        ),
    }
