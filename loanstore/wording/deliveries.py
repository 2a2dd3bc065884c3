"""Deliveries in words: how far a run is, and what is on the van, counted."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from loanstore.domain.runs import Progress
from loanstore.i18n import _

if TYPE_CHECKING:
    from collections.abc import Iterable


def progress_word(progress: Progress) -> str:
    """Say how far a run is."""
    return {
        Progress.PLANNED: _("planned"),
        Progress.LOADED: _("loaded"),
        Progress.UNDER_WAY: _("part delivered"),
        Progress.DELIVERED: _("delivered"),
        Progress.CANCELLED: _("called off"),
    }[progress]


def counted_words(whats: Iterable[str]) -> str:
    """Count instruments by type and size: ``30 Violin 1/2, 2 Cello 3/4``."""
    return ", ".join(f"{n} {what}" for what, n in sorted(Counter(whats).items()))
