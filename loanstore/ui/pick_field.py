"""A field in which typing finds: the finds stand under it, Down and Enter choose among them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QStringListModel, Qt, Signal
from PySide6.QtWidgets import QFrame, QLineEdit, QListView, QVBoxLayout, QWidget

from loanstore.ui.labels import named, pause

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtGui import QFocusEvent, QKeyEvent

    from loanstore.ui.theme import Look

PAUSE = 120
"""Milliseconds after the last letter before finds are asked for."""
SHOWN = 6


@dataclass(frozen=True, slots=True)
class Pick:
    """One thing that may be meant: what it stands for, the words it is chosen by, and the text that is left behind."""

    value: str
    words: str
    text: str


class PickField(QLineEdit):
    """``seek`` is asked for finds and gives them to ``show_picks``; ``picked`` tells that one was chosen."""

    picked = Signal()

    def __init__(self, look: Look, over: QWidget, name: str, title: str) -> None:
        super().__init__()
        named(self, name, title)
        self.value = ""
        self.seek: Callable[[str], None] = lambda _typed: None
        self._look = look
        self._over = over
        self._picks: tuple[Pick, ...] = ()
        self._popup = named(QFrame(over), "popup")
        self._words = QStringListModel(self)
        self._list = named(QListView(), f"{name}Finds", title)
        self._list.setModel(self._words)
        self._list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._list.clicked.connect(lambda index: self._pick(index.row()))
        inside = QVBoxLayout(self._popup)
        space = look.theme.size("s1")
        inside.setContentsMargins(space, space, space, space)
        inside.addWidget(self._list)
        self._popup.hide()
        self._pause = pause(self, PAUSE, lambda: self.seek(self.text()))
        self.textEdited.connect(self._typed)

    def finds(self) -> tuple[str, ...]:
        """Give the words of what was found; none while nothing is shown."""
        return tuple(pick.words for pick in self._picks) if self._popup.isVisible() else ()

    def show_picks(self, typed: str, picks: Sequence[Pick]) -> None:
        """Show what was found for these words, unless others stand in the field by now or one was chosen."""
        if typed != self.text() or self.value or not self.hasFocus():
            return
        self._picks = tuple(picks)
        self._words.setStringList([pick.words for pick in picks])
        if not picks:
            self._popup.hide()
            return
        self._list.setCurrentIndex(self._words.index(0))
        corner = self.mapTo(self._over, QPoint(0, self.height() + self._look.theme.size("s1")))
        height = min(len(picks), SHOWN) * self._look.theme.size("popup_row") + self._look.theme.size("s3")
        wide = max(self.width(), self._look.theme.size("panel_width"))
        self._popup.setGeometry(corner.x(), corner.y(), min(wide, self._over.width() - corner.x()), height)
        self._popup.show()
        self._popup.raise_()

    def put(self, value: str, text: str) -> None:
        """Put a choice into the field, as if it had been made here."""
        self._pause.stop()
        self._popup.hide()
        self.value = value
        self.setText(text)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move among the finds, choose one, or put them away."""
        step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()), 0)
        shown = self._popup.isVisible()
        if shown and step:
            row = max(0, min(self._list.currentIndex().row() + step, len(self._picks) - 1))
            self._list.setCurrentIndex(self._words.index(row))
        elif shown and event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Tab}:
            self._pick(self._list.currentIndex().row())
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Put the finds away when another control takes over."""
        super().focusOutEvent(event)
        if not self._list.underMouse():
            self._popup.hide()

    def _typed(self) -> None:
        self.value = ""
        if self.text().strip():
            self._pause.start()
        else:
            self._pause.stop()
            self._popup.hide()

    def _pick(self, row: int) -> None:
        if 0 <= row < len(self._picks):
            pick = self._picks[row]
            self.put(pick.value, pick.text)
            self.picked.emit()
