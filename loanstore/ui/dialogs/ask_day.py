"""Asking for a day in the window itself: when something is due, or on which earlier day it happened."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import QDate, QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDateEdit, QHBoxLayout, QVBoxLayout, QWidget

from loanstore.i18n import _
from loanstore.ui.labels import button, label, named

if TYPE_CHECKING:
    from PySide6.QtCore import QObject

    from loanstore.ui.theme import Look

_EARLIEST = date(1990, 1, 1)
_LATEST = date(2099, 12, 31)


class AskDay(QWidget):
    """A date to type or to pick; Enter takes it, Esc leaves it as it was. ``name`` begins its object names."""

    chosen = Signal(object)
    left = Signal()

    def __init__(self, look: Look, name: str, words: str) -> None:
        super().__init__()
        self.setObjectName(name)
        self._field = named(QDateEdit(), f"{name}Field", words)
        self._field.setDisplayFormat("d MMMM yyyy")
        self._field.setCalendarPopup(True)
        self._field.installEventFilter(self)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(look.theme.size("s2"))
        layout.addWidget(label("muted", words))
        layout.addWidget(self._field)
        row = QHBoxLayout()
        row.addWidget(button(f"{name}Set", _("Set"), self._take, primary=True))
        row.addWidget(button(f"{name}Leave", _("Cancel"), self.left.emit))
        row.addStretch(1)
        layout.addLayout(row)

    def ask(self, now: date, earliest: date = _EARLIEST, latest: date = _LATEST) -> None:
        """Ask, beginning at the date that holds now; a day outside the two can't be chosen."""
        self._field.setDateRange(_day(earliest), _day(latest))
        self._field.setDate(_day(now))
        self.show()
        self._field.setFocus()
        self._field.setSelectedSection(QDateEdit.Section.DaySection)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Take the date on Enter, leave it on Esc."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
                self._take()
                return True
            if event.key() == Qt.Key.Key_Escape:
                self.left.emit()
                return True
        return False

    def _take(self) -> None:
        self._field.interpretText()
        said = self._field.date()
        self.chosen.emit(date(said.year(), said.month(), said.day()))


def _day(day: date) -> QDate:
    return QDate(day.year, day.month, day.day)
