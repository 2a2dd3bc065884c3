"""Words for what can't be done with agreements, their texts, signatures and scanned papers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from loanstore.i18n import _

if TYPE_CHECKING:
    from loanstore.wording.told import Words


def words() -> dict[str, Words]:
    """Give the words by the errors' codes."""
    return _texts() | _signing() | _scans()


def _texts() -> dict[str, Words]:
    return {
        "NO_TEXT": (
            _("There is no such text"),
            _("There is no agreement text “{value}”."),
            _("The texts are: {known}."),
        ),
        "TEXT_FAULTY": (
            _("The text can't be used yet"),
            _("{n} things are wrong; the first is in clause {clause}: {word}."),
            _("Put it right where it is marked, then try again."),
        ),
        "TEXT_UNCHANGED": (
            _("Nothing was changed"),
            _("The text {text} says just what its version {version} does."),
            _("Change something before you save."),
        ),
        "CHASE_DAYS": (
            _("That is no sensible number of days"),
            _("Unsigned agreements can't be chased after {n} days."),
            _("Say a number from 0 to {most}."),
        ),
    }


def _signing() -> dict[str, Words]:
    return {
        "SIGNED_STAYS": (
            _("A signed agreement stays"),
            _("{code} was signed on {day}, so what it is for can't be undone."),
            _("Bring back what was lent, and lend anew: that makes another agreement."),
        ),
        "ALREADY_SIGNED": (
            _("It is signed already"),
            _("{code} bears the signature of: {role}."),
            _("A signed agreement is never altered; another loan makes another."),
        ),
        "SIGNED_MEANWHILE": (
            _("Somebody else signed just now"),
            _("{code} was changed at another desk while this was drawn."),
            _("Sign once more."),
        ),
        "NOT_SIGNED": (
            _("Nobody has signed it"),
            _("“{value}” bears no signature."),
            _("Have it signed first, at the desk or on paper."),
        ),
        "NO_STROKES": (
            _("There is no signature"),
            _("Nothing that could be a signature was drawn."),
            _("Sign in the field, or tick that it was signed on paper before you."),
        ),
        "NO_SIGNER_NAME": (_("Who signed?"), _("No name was given."), _("Type the name of whoever signs.")),
        "NO_SUCH_ROLE": (
            _("This agreement has no such box"),
            _("Nobody signs it as “{role}”."),
            _("Choose one of: {known}."),
        ),
        "NO_REASON": (_("Why?"), _("No reason was given."), _("Say in a few words why.")),
        "PAPER_ERASED": (
            _("The paper was erased"),
            _("The paper of “{value}” is not kept any more; its hash is."),
            _("Look for a printed copy; “loanstore agreement check” tells whether it is the true one."),
        ),
        "PAPER_CHANGED": (
            _("This file is not what was sealed"),
            _("{file}: {verdict}."),
            _("Ask for the agreement from this store again; it gives the true one."),
        ),
    }


def _scans() -> dict[str, Words]:
    return {
        "NOT_A_SCAN": (
            _("This is no scan"),
            _("{file} is neither a PDF that can be opened nor a picture."),
            _("Scan to PDF, PNG, JPEG or TIFF, without a password."),
        ),
        "SCAN_TOO_LARGE": (
            _("The file is too large"),
            _("{file} is larger than {most} MB."),
            _("Scan in black and white at 200 dots per inch, in batches."),
        ),
        "NO_PAGE": (
            _("There is no such page"),
            _("No scanned page “{value}” waits to be filed."),
            _("Look at the list again; somebody else may have filed it."),
        ),
    }
