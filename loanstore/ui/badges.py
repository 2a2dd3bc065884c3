"""The counts beside the screens in the sidebar: only where somebody must act."""

from __future__ import annotations

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
    """Counts what is late and what is asked for, and shows what other screens have counted."""

    def __init__(self, counter: Counter, sidebar: Sidebar) -> None:
        super().__init__()
        self._counter = counter
        self._sidebar = sidebar
        self._pause = pause(self, PAUSE, self._count_needs)
        counter.changes.listen(frozenset({"loans"}), self._count_late)
        counter.changes.listen(frozenset({"requests", "instruments", "loans"}), self._pause.start)
        counter.opened.connect(self._count_late)
        counter.opened.connect(self._count_needs)

    def workshop(self, n: int) -> None:
        """Show how many instruments need attention."""
        self._show("workshop", n)

    def charges(self, n: int) -> None:
        """Show how many charges are to be decided on."""
        self._show("charges", n)

    def labels(self, n: int) -> None:
        """Show how many labels are missing."""
        self._show("labels", n)

    def _count_late(self) -> None:
        def work(desk: Desk) -> int:
            from loanstore.operations import glancing

            return glancing.late_loans(desk)

        def counted(late: int) -> None:
            self._sidebar.show_count("loans", _("{n} late").format(n=f"{late:,}") if late else "")

        self._counter.read(work, counted, name="late")

    def _count_needs(self) -> None:
        def work(desk: Desk) -> int:
            from loanstore.operations import request_tables

            return request_tables.needs(desk).total

        self._counter.read(work, lambda n: self._show("requests", n), name="needs")

    def _show(self, name: str, n: int) -> None:
        self._sidebar.show_count(name, f"{n:,}" if n else "")


def last_backup(desk: Desk, opened: OpenDesk) -> date | None:
    """Give the day of this machine's newest backup of a store."""
    from loanstore.operations import glancing

    return glancing.last_backup(desk, opened.backup_folder())
