"""A frame over the window for one thing at a time; Esc leaves it, and nothing else is held up meanwhile."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

if TYPE_CHECKING:
    from PySide6.QtCore import QObject
    from PySide6.QtWidgets import QPushButton

    from loanstore.ui.theme import Look


class Popup(QFrame):
    """What is shown large, and under it a row of buttons."""

    left = Signal()

    def __init__(self, look: Look, over: QWidget) -> None:
        super().__init__(over)
        self.setObjectName("popup")
        self._over = over
        self._space = look.theme.size("s4")

    def fill(self, shown: QWidget, *buttons: QPushButton) -> None:
        """Show a thing with these buttons under it, in the middle of the window; the first button has the focus."""
        row = QHBoxLayout()
        for one in buttons:
            row.addWidget(one)
            one.installEventFilter(self)
        row.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(self._space, self._space, self._space, self._space)
        layout.setSpacing(self._space)
        layout.addWidget(shown, 1)
        layout.addLayout(row)
        self.adjustSize()
        self.move((self._over.width() - self.width()) // 2, (self._over.height() - self.height()) // 2)
        self.show()
        self.raise_()
        buttons[0].setFocus()

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Keep Esc for what is shown; elsewhere it leads back to the desk."""
        escape = isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape
        if escape and event.type() == QEvent.Type.ShortcutOverride:
            event.accept()
            return True
        if escape and event.type() == QEvent.Type.KeyPress:
            self.left.emit()
            return True
        return False
