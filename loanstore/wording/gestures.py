"""What a gesture was, in plain words: for what was undone, and for what stands in the way of an undo."""

from __future__ import annotations

from typing import TYPE_CHECKING

from loanstore.domain.facts import FactKind
from loanstore.i18n import _

if TYPE_CHECKING:
    from collections.abc import Iterable


def gesture_word(kind: str) -> str:
    """Name what one kind of fact says was done."""
    return _words()[FactKind(kind)]


def gesture_words(kinds: Iterable[str]) -> str:
    """Name what a gesture of several kinds of fact was, by the most telling of them."""
    made = {FactKind(kind) for kind in kinds}
    return next((word for kind, word in _words().items() if kind in made), _("the last change"))


def _words() -> dict[FactKind, str]:
    """Give every kind its words, the most telling kinds first."""
    return _of_borrowing() | _of_money() | _of_other_things() | _of_instruments() | _of_records() | _of_the_store()


def _of_borrowing() -> dict[FactKind, str]:
    return {
        FactKind.BORROWER_MERGED: _("putting two records together"),
        FactKind.DELIVERED: _("a delivery"),
        FactKind.LENT: _("lending"),
        FactKind.RETURNED: _("bringing back"),
        FactKind.RENEWED: _("a renewal"),
        FactKind.CUSTODY_PASSED: _("passing on"),
        FactKind.SIGNED: _("signing"),
        FactKind.SIGNATURES_WITHDRAWN: _("setting signatures aside"),
        FactKind.SIGNATURE_REFUSED: _("a signature refused"),
        FactKind.AGREED: _("an agreement"),
        FactKind.PAPER_FROZEN: _("drawing an agreement"),
        FactKind.PAPER_PRINTED: _("printing an agreement"),
        FactKind.PAPER_SEALED: _("sealing an agreement"),
        FactKind.WORDING_SAVED: _("new wording"),
        FactKind.ALLOCATED: _("giving it to a player"),
    }


def _of_money() -> dict[FactKind, str]:
    return {
        FactKind.TAKEN: _("taking over"),
        FactKind.REASON_GIVEN: _("saying why something was taken over"),
        FactKind.POSTED: _("a charge"),
        FactKind.ENTRY_REVERSED: _("taking a charge or a payment back"),
        FactKind.PAID: _("a payment"),
        FactKind.REMISSION_GRANTED: _("letting somebody off"),
        FactKind.REMISSION_CHECKED: _("seeing evidence"),
        FactKind.REMISSION_ENDED: _("letting off no longer"),
        FactKind.NOTICE_GIVEN: _("notice"),
        FactKind.TARIFF_SET: _("a tariff"),
    }


def _of_other_things() -> dict[FactKind, str]:
    return {
        FactKind.SET_MADE: _("a class set"),
        FactKind.SET_CHANGED: _("a change of a class set"),
        FactKind.JOINED_SET: _("joining a set"),
        FactKind.LEFT_SET: _("leaving a set"),
        FactKind.REQUESTED: _("a request"),
        FactKind.REQUEST_CHANGED: _("a change of a request"),
        FactKind.SET_ASIDE: _("setting aside"),
        FactKind.RELEASED: _("putting back what was set aside"),
        FactKind.RUN_PLANNED: _("planning a run"),
        FactKind.RUN_CHANGED: _("a change of a run"),
        FactKind.LOADED: _("loading"),
        FactKind.UNLOADED: _("unloading"),
        FactKind.CRATES_ARRIVED: _("crates that arrived"),
        FactKind.CRATES_COUNTED: _("crates that were counted"),
        FactKind.STOCKTAKE_BEGUN: _("the beginning of a stocktake"),
        FactKind.STOCKTAKE_CLOSED: _("the end of a stocktake"),
        FactKind.HEADS_COUNTED: _("a head-count"),
        FactKind.BLANKS_MADE: _("blank labels"),
        FactKind.PLACE_ADDED: _("adding a place"),
        FactKind.PLACE_RENAMED: _("renaming a place"),
    }


def _of_instruments() -> dict[FactKind, str]:
    return {
        FactKind.DISPOSED: _("a disposal"),
        FactKind.RETIRED: _("retiring"),
        FactKind.LOST: _("a loss"),
        FactKind.MISSED: _("setting missing"),
        FactKind.FOUND: _("turning up"),
        FactKind.REPAIR_SENT: _("sending to a repairer"),
        FactKind.REPAIR_FAULT: _("what was noted"),
        FactKind.REPAIR_QUOTED: _("a quote for a repair"),
        FactKind.REPAIR_DECIDED: _("a decision on a repair"),
        FactKind.REPAIR_BACK: _("taking back from a repairer"),
        FactKind.SERVICED: _("a service, test or cleaning"),
        FactKind.MOVED: _("moving"),
        FactKind.CHECKED: _("what was noted"),
        FactKind.SIGHTED: _("seeing it"),
        FactKind.LABELLED: _("printing a label"),
        FactKind.PHOTOGRAPHED: _("a photo"),
    }


def _of_records() -> dict[FactKind, str]:
    return {
        FactKind.INSTRUMENT_ADDED: _("adding an instrument"),
        FactKind.BORROWER_ADDED: _("adding a borrower"),
        FactKind.REASSIGNED: _("moving loans to another record"),
        FactKind.RECODED: _("a change of code"),
        FactKind.INSTRUMENT_EDITED: _("a correction of a record"),
        FactKind.BORROWER_EDITED: _("a correction of a borrower's record"),
        FactKind.ALIAS_ADDED: _("another number"),
    }


def _of_the_store() -> dict[FactKind, str]:
    return {
        FactKind.IMPORTED: _("an import"),
        FactKind.SETTING_CHANGED: _("a change of the settings"),
        FactKind.REVERSED: _("an undo"),
        FactKind.REFUSED: _("a scan that was refused"),
    }
