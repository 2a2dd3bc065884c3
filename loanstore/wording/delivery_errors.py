"""Words for what planning, loading, delivering and receiving crates refuse."""

from __future__ import annotations

from typing import TYPE_CHECKING

from loanstore.i18n import _

if TYPE_CHECKING:
    from loanstore.wording.told import Words


def words() -> dict[str, Words]:
    """Give the words by the errors' codes."""
    return _runs() | _wrong_stop() | _loading() | _delivering() | _crates()


def _runs() -> dict[str, Words]:
    return {
        "NO_RUN": (
            _("No such run"),
            _("No delivery run carries the code “{value}”."),
            _("Find the run on the Deliveries screen, or with “loanstore list runs --all”."),
        ),
        "NOT_A_STOP": (
            _("The van does not go there"),
            _("Run {run} has no stop at {borrower}."),
            _("Choose another stop, or add this one to the run."),
        ),
        "NO_STOPS": (_("A run needs a stop"), _("No stop was named."), _("Name at least one school or borrower.")),
        "STOP_TWICE": (
            _("The same stop twice"),
            _("{borrower} is in the list of stops twice."),
            _("Name each stop once, in the order the van drives."),
        ),
        "RUN_CANCELLED": (
            _("The run was called off"),
            _("Run {run} was called off; its van goes nowhere."),
            _("Plan another run."),
        ),
        "STOP_SIGNED": (
            _("This stop is signed for"),
            _("The docket of {borrower} on run {run} was signed already."),
            _("Undo the delivery if that was a mistake, or plan another run."),
        ),
        "STOP_LOADED": (
            _("Something is loaded for this stop"),
            _("Run {run} has things on the van for {borrower}."),
            _("Unload them first."),
        ),
        "VAN_NOT_EMPTY": (
            _("The van is not empty"),
            _("Things on the van of run {run}: {n}."),
            _("Unload them first, then call the run off."),
        ),
    }


def _wrong_stop() -> dict[str, Words]:
    anyway = _("Put it back, or load it all the same.")
    return {
        "LENT_ELSEWHERE": (_("Wrong stop: it is on loan"), _("{code} is lent to {whose}, not to {borrower}."), anyway),
        "ASIDE_ELSEWHERE": (
            _("Wrong stop: it is set aside"),
            _("{code} is set aside for {whose}, not for {borrower}."),
            anyway,
        ),
        "LOADED_ELSEWHERE": (
            _("It is on the van already"),
            _("{code} is on the van for {whose}, not for {borrower}."),
            _("Leave it there, or load it for this stop all the same."),
        ),
        "ORDERED_ELSEWHERE": (
            _("Wrong stop: somebody else ordered it"),
            _("{code} is what {whose} ordered; {borrower} did not."),
            anyway,
        ),
        "KEPT_ASIDE": (_("Wrong stop: it is set aside"), _("{code} is set aside, and not for {borrower}."), anyway),
        "BOUND_FOR_STORE": (
            _("It is on the van already"),
            _("{code} was picked up and is on its way back to the store, not to {borrower}."),
            _("Check it in at the store first, or load it all the same."),
        ),
        "NOT_THEIRS": (
            _("They do not have it"),
            _("{code} is {status}, and not with {borrower}."),
            _("Look at the number again, or take it along all the same."),
        ),
    }


def _loading() -> dict[str, Words]:
    return {
        "NOT_LOADABLE": (
            _("It can't go on the van"),
            _("{code} is {status}."),
            _("See to that first, and load another one."),
        ),
        "ALREADY_LOADED": (
            _("It is on the van already"),
            _("{code} is loaded at the stop of {borrower}."),
            _("There is nothing to do."),
        ),
        "NOTHING_TO_LOAD": (
            _("Nothing of the set can go"),
            _("No instrument of the set {code} can go on the van here."),
            _("Look at the set: what is out, in repair or loaded already stays where it is."),
        ),
        "NOT_ON_VAN": (_("It is on no van"), _("{code} is not loaded."), _("There is nothing to unload.")),
    }


def _delivering() -> dict[str, Words]:
    return {
        "NO_SIGNER": (
            _("Who signed?"),
            _("A delivery needs the name of the person who signed the docket."),
            _("Write the name as it stands on the docket."),
        ),
        "NOT_YET": (
            _("That day is still to come"),
            _("Nothing can have happened on {date}."),
            _("Give today or an earlier day."),
        ),
        "NOTHING_FOR_STOP": (
            _("There is nothing to sign for"),
            _("Run {run} has nothing on the van for {borrower}, and nothing from there."),
            _("Load something for this stop first."),
        ),
        "NOT_FOR_STOP": (
            _("It was not for this stop"),
            _("{code} is not on the van for {borrower}."),
            _("Name only what came back from this stop."),
        ),
    }


def _crates() -> dict[str, Words]:
    return {
        "NO_CRATES_SAID": (_("How many crates?"), _("At least one crate must have arrived."), _("Count them.")),
        "NO_CRATES": (
            _("No crates wait"),
            _("No uncounted crates of {borrower} stand here."),
            _("There is nothing to count."),
        ),
    }
