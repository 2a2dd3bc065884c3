"""The language people read: every sentence passes through gettext from the first one on."""

from __future__ import annotations

import gettext
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

DOMAIN = "loanstore"


def choose_language(locale_folder: Path) -> None:
    """Bind the catalogue of translations; the system's own language settings choose among them."""
    gettext.bindtextdomain(DOMAIN, str(locale_folder))
    gettext.textdomain(DOMAIN)


def _(message: str) -> str:
    """Give ``message`` in the reader's language, or as it is where no translation is shipped."""
    return gettext.gettext(message)


def ngettext(one: str, many: str, n: int) -> str:
    """Give the form for ``n`` things, as the language counts."""
    return gettext.ngettext(one, many, n)
