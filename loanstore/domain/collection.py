"""What stands on a collection letter: what is ready, where it is, and until when it is kept."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date

    from loanstore.domain.agreements import Party
    from loanstore.domain.labels import Label


@dataclass(frozen=True, slots=True)
class ReadyItem:
    """One instrument that waits to be collected; ``code`` is normalised, ``until`` the last day it is kept."""

    code: str
    what: str
    detail: str
    where: str
    until: date


@dataclass(frozen=True, slots=True)
class CollectionPaper:
    """Everything on one letter; ``bars`` are what the desk scans: one for each request that is ready."""

    owner: Party
    party: Party
    player: str
    items: tuple[ReadyItem, ...]
    bars: tuple[Label, ...]
    made: date
