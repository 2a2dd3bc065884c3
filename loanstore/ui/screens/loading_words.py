"""What the panel of a run says of something that went on the van, or came off it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from loanstore.domain.instruments import title
from loanstore.i18n import _, ngettext

if TYPE_CHECKING:
    from collections.abc import Sequence

    from loanstore.domain.loans import Instrument


@dataclass(frozen=True, slots=True)
class Told:
    """An answer in two lines: what was done to what, and where it goes."""

    title: str
    message: str


def carried_words(word: str, things: Sequence[Instrument], left: Sequence[Instrument] = (), where: str = "") -> Told:
    """Say what was carried; of a class set, how many, and what was left behind."""
    if len(things) == 1:
        what = f"{title(things[0].fields)} ({things[0].code})"
    else:
        what = ngettext("{n} instrument", "{n} instruments", len(things)).format(n=len(things))
    behind = _("not of the set: {codes}").format(codes=", ".join(one.code for one in left)) if left else ""
    return Told(f"{word}: {what}", "  ·  ".join(filter(None, (where, behind))))
