"""The counts beside the screens in the sidebar: only where somebody must act."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject

from loanstore.i18n import _
from loanstore.ui.labels import pause

if TYPE_CHECKING:
    from datetime import date

    from loanstore.bootstrap import OpenDesk
    from loanstore.operations.desk import Desk
    from loanstore.ui.counter import Counter
    from loanstore.ui.sidebar import Sidebar

PAUSE: Final = 1_000
"""Milliseconds after a change before it is counted again: a queue of scans is counted once."""


class Badges(QObject):
    """Counts what is late, asked for, not labelled and not fit to be lent."""

    def __init__(self, counter: Counter, sidebar: Sidebar) -> None:
        super().__init__()
        self._counter = counter
        self._sidebar = sidebar
        self._pause = pause(self, PAUSE, self._count_needs)
        counter.changes.listen(frozenset({"loans"}), self._count_late)
        counter.changes.listen(frozenset({"requests", "instruments", "loans", "charges", "labels"}), self._pause.start)
        counter.opened.connect(self._count_late)
        counter.opened.connect(self._count_needs)

    def _count_late(self) -> None:
        def work(desk: Desk) -> int:
            from loanstore.operations import glancing

            return glancing.late_loans(desk)

        def counted(late: int) -> None:
            self._sidebar.show_count("loans", _("{n} late").format(n=f"{late:,}") if late else "")

        self._counter.read(work, counted, name="late")

    def _count_needs(self) -> None:
        def requests(desk: Desk) -> int:
            from loanstore.operations import request_tables

            return request_tables.needs(desk).total

        def attention(desk: Desk) -> int:
            from loanstore.operations import workshop

            return len(workshop.needing_attention(desk))

        def labels(desk: Desk) -> int:
            from loanstore.operations import labelling_progress

            return labelling_progress.missing(desk)

        def takes(desk: Desk) -> int:
            from loanstore.operations import taking

            return len(taking.takes(desk))

        def unsigned(desk: Desk) -> int:
            from loanstore.operations import agreement_tables

            return len(agreement_tables.to_sign(desk))

        def charges(desk: Desk) -> int:
            from loanstore.operations import posting

            return len(posting.proposals(desk))

        counts = {
            "requests": requests,
            "workshop": attention,
            "labels": labels,
            "today": takes,
            "agreements": unsigned,
            "charges": charges,
        }
        for name, count in counts.items():
            self._counter.read(count, partial(self._show, name), name=f"needs-{name}")

    def _show(self, name: str, n: int) -> None:
        self._sidebar.show_count(name, f"{n:,}" if n else "")


def last_backup(desk: Desk, opened: OpenDesk) -> date | None:
    """Give the day of this machine's newest backup of a store."""
    from loanstore.operations import glancing

    return glancing.last_backup(desk, opened.backup_folder())
