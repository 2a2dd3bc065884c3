"""Picking a borrower: type the beginning of a name or a number, and Enter takes the one that is meant."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QListWidget, QVBoxLayout, QWidget

from loanstore.ui.labels import named, pause

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtCore import QObject

    from loanstore.operations.desk import Desk
    from loanstore.storage.lists import BorrowerLine
    from loanstore.ui.counter import Counter
    from loanstore.ui.theme import Look

PAUSE: Final = 120
"""Milliseconds after the last letter before the store is asked."""
SHOWN: Final = 5


class BorrowerPicker(QWidget):
    """A field and what it finds below it; ``picked`` carries the borrower's line."""

    picked = Signal(object)

    def __init__(self, name: str, words: str, look: Look, counter: Counter) -> None:
        super().__init__()
        self.setObjectName(name)
        self._counter = counter
        self._found: tuple[BorrowerLine, ...] = ()
        self._enter_waits = False
        self.field = named(QLineEdit(), f"{name}Field", words)
        self.field.setPlaceholderText(words)
        self.field.installEventFilter(self)
        self.finds = named(QListWidget(), f"{name}Finds", words)
        self.finds.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.finds.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.finds.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.finds.itemClicked.connect(lambda item: self._take(self.finds.row(item)))
        self.finds.hide()
        self._row_height = look.theme.size("popup_row")
        self._pause = pause(self, PAUSE, self._search)
        self.field.textChanged.connect(self._typed)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(look.theme.size("s1"))
        layout.addWidget(self.field)
        layout.addWidget(self.finds)

    def clear(self) -> None:
        """Empty the field and put its finds away."""
        self.field.clear()
        self._show(())

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Move among the finds with Up and Down, and take one with Enter."""
        if event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return False
        step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()), 0)
        if step and self._found:
            self.finds.setCurrentRow(max(0, min(self.finds.currentRow() + step, len(self._found) - 1)))
            return True
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self._enter()
            return True
        return False

    def _typed(self) -> None:
        self._enter_waits = False
        if self.field.text().strip():
            self._pause.start()
        else:
            self._pause.stop()
            self._show(())

    def _enter(self) -> None:
        if not self.field.text().strip():
            return
        if self._found and not self._pause.isActive():
            self._take(max(0, self.finds.currentRow()))
        else:
            self._enter_waits = True
            self._pause.stop()
            self._search()

    def _search(self) -> None:
        typed = self.field.text().strip()

        def work(desk: Desk) -> tuple[BorrowerLine, ...]:
            from loanstore.operations import browsing

            return browsing.list_borrowers(desk, typed, SHOWN).lines

        def found(lines: tuple[BorrowerLine, ...]) -> None:
            if typed != self.field.text().strip():
                return
            self._show(lines)
            if self._enter_waits and lines:
                self._enter_waits = False
                self._take(0)

        self._counter.read(work, found, name=f"pick-{self.objectName()}")

    def _show(self, lines: Sequence[BorrowerLine]) -> None:
        self._found = tuple(lines)
        self.finds.clear()
        self.finds.addItems(["  ·  ".join(filter(None, (one.name, one.pupil, one.code))) for one in lines])
        self.finds.setFixedHeight(max(1, len(self._found)) * self._row_height + 2)
        self.finds.setVisible(bool(self._found))
        if self._found:
            self.finds.setCurrentRow(0)

    def _take(self, row: int) -> None:
        taken = self._found[row]
        self.clear()
        self.picked.emit(taken)
