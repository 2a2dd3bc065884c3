"""Words for what is refused of the reasons of TAKE."""

from __future__ import annotations

from typing import TYPE_CHECKING

from loanstore.i18n import _

if TYPE_CHECKING:
    from loanstore.wording.told import Words


def words() -> dict[str, Words]:
    """Give the words by the errors' codes."""
    return {
        "NO_TAKE": (
            _("There is no such TAKE"),
            _("“{value}” is nothing that was done with TAKE."),
            _("“take list --all” shows what was."),
        ),
        "NO_REASON": (
            _("A reason is needed"),
            _("There are no words in it."),
            _("Say in a few words why it went out all the same."),
        ),
    }
