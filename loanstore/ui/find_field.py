"""The field at the head of a page: typing narrows down the list under it, Down or Enter goes into the list."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QHBoxLayout, QLineEdit

from loanstore.ui.labels import label, named

if TYPE_CHECKING:
    from loanstore.ui.theme import Look


class PageField(QLineEdit):
    """A field that leaves Ctrl+Z to the desk while there is nothing typed to undo."""

    def event(self, event: QEvent) -> bool:
        """Take a key before it is a shortcut, all but an undo of nothing."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            nothing_typed = not self.text()
            if nothing_typed and event.matches(QKeySequence.StandardKey.Undo):
                event.ignore()
                return False
        return super().event(event)


class FindField(PageField):
    """``went_down`` says that Down or Enter was pressed: whoever listens goes into the list."""

    went_down = Signal()

    def __init__(self, name: str, words: str) -> None:
        super().__init__()
        named(self, name, words)
        self.setPlaceholderText(words)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go into the list, or type on."""
        if event.key() in {Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.went_down.emit()
        else:
            super().keyPressEvent(event)


def page_head(look: Look, title: str, field: QLineEdit) -> QHBoxLayout:
    """Put a page's title and the field that finds on it side by side."""
    size = look.theme.size
    head = QHBoxLayout()
    head.setSpacing(size("s2"))
    head.addWidget(label("title", title))
    head.addSpacing(size("s4"))
    head.addWidget(field, 1)
    return head
