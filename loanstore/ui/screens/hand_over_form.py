"""The form that hands a class set over: to whom, found by name or by the scan of a card, and until when."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QDate, QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QCheckBox, QDateEdit, QListWidget, QListWidgetItem

from loanstore.domain import codes
from loanstore.i18n import _
from loanstore.ui.labels import button, named, pause
from loanstore.ui.screens.set_forms import SetForm

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtCore import QObject

    from loanstore.storage.lists import BorrowerLine
    from loanstore.ui.theme import Look

PAUSE: Final = 120
"""Milliseconds after the last letter before the store is asked."""
_STEPS: Final = {int(Qt.Key.Key_Down): 1, int(Qt.Key.Key_Up): -1}
_CODE: Final = Qt.ItemDataRole.UserRole


class HandOverForm(SetForm):
    """Typed words find borrowers, Down and Enter choose one; a scanned card hands over at once."""

    given = Signal(str, object)
    searched = Signal(str)

    def __init__(self, look: Look, name: str, title: str, hint: str, words: tuple[str, str]) -> None:
        super().__init__(look, name, title, hint)
        act, due = words
        self.to = self.field(_("To whom"), _("Scan a card, or type a name"), key="To")
        self.finds = named(QListWidget(), f"{name}Finds", _("Who is meant"))
        self.finds.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.finds.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._row = look.theme.size("popup_row")
        self.finds.hide()
        self.finds.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.finds.itemClicked.connect(lambda _item: self._give())
        self.body.addWidget(self.finds)
        self.by_hand = named(QCheckBox(due), f"{name}ByHand", due)
        self.due = named(QDateEdit(), f"{name}Due", _("Due"))
        self.due.setDisplayFormat("d MMMM yyyy")
        self.due.setCalendarPopup(True)
        self.due.hide()
        self.by_hand.toggled.connect(self.due.setVisible)
        self.body.addWidget(self.by_hand)
        self.body.addWidget(self.due)
        self._pause = pause(self, PAUSE, lambda: self.searched.emit(self.to.text().strip()))
        self.to.textChanged.connect(lambda _text: self._pause.start())
        self.to.returnPressed.connect(self._give)
        self.to.installEventFilter(self)
        self.buttons.addWidget(button(f"{name}Now", act, self._give, primary=True))
        self.finish_layout()

    def begin_on(self, today: date) -> None:
        """Come up empty; a day that has passed can't be chosen."""
        self.say("")
        self.to.clear()
        self._show_people(())
        self.by_hand.setChecked(False)
        self.due.setMinimumDate(QDate(today.year, today.month, today.day))
        self.due.setDate(self.due.minimumDate())
        self.to.setFocus()

    def show_finds(self, typed: str, people: Sequence[BorrowerLine]) -> None:
        """Show who is found for these words, unless others stand in the field by now."""
        if typed == self.to.text().strip():
            self._show_people(people if typed else ())

    def _show_people(self, people: Sequence[BorrowerLine]) -> None:
        self.finds.clear()
        for one in people:
            item = QListWidgetItem("  ·  ".join(filter(None, (one.name, one.pupil, one.school or one.postcode))))
            item.setData(_CODE, one.code)
            self.finds.addItem(item)
        self.finds.setCurrentRow(0)
        self.finds.setFixedHeight(self._row * len(people))
        self.finds.setVisible(bool(people))

    def take_scan(self, text: str) -> None:
        """Hand over to whose card was scanned."""
        self.to.setText(text)
        self.given.emit(text, self._until())

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Move among the finds with Down and Up, while the field keeps the focus."""
        pressed = event.key() if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress else None
        step = _STEPS.get(pressed or 0, 0)
        if step and self.finds.count():
            self.finds.setCurrentRow(max(0, min(self.finds.currentRow() + step, self.finds.count() - 1)))
            return True
        return False

    def _give(self) -> None:
        typed = self.to.text().strip()
        if self.finds.count():
            self.given.emit(str(self.finds.currentItem().data(_CODE)), self._until())
        elif codes.looks_like_code(typed):
            self.given.emit(typed, self._until())

    def _until(self) -> date | None:
        if not self.by_hand.isChecked():
            return None
        self.due.interpretText()
        said = self.due.date()
        return date(said.year(), said.month(), said.day())
