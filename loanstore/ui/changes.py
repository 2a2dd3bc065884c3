"""Who must redraw: gestures say what they changed, and every screen that shows it hears of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable


class Changes(QObject):
    """The one place where changes are announced.

    What changed is named by the words of ``operations.desk.Changed``: instruments, borrowers, loans and so on.
    """

    announced = Signal(object)

    def announce(self, changed: Iterable[str]) -> None:
        """Say what a gesture changed."""
        names = frozenset(str(name) for name in changed)
        if names:
            self.announced.emit(names)

    def listen(self, names: frozenset[str], redraw: Callable[[], None]) -> None:
        """Call ``redraw`` whenever one of these changes."""

        def hear(changed: frozenset[str]) -> None:
            if changed & names:
                redraw()

        self.announced.connect(hear)
