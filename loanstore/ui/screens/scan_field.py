"""The scan field: a typed code is a scan; typed words find people and things, and Enter chooses."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QAbstractListModel, QEvent, QModelIndex, QPersistentModelIndex, QPoint, Qt, QTimer, Signal
from PySide6.QtWidgets import QFrame, QListView, QVBoxLayout, QWidget

from loanstore.domain import codes
from loanstore.i18n import _
from loanstore.ui.find_field import PageField
from loanstore.ui.labels import named, pause
from loanstore.ui.screens.borrower_panel import kind_word

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QKeyEvent

    from loanstore.storage.lists import BorrowerLine, InstrumentLine
    from loanstore.ui.theme import Look

PAUSE: Final = 120
"""Milliseconds after the last letter before the store is asked."""
SHOWN: Final = 7
"""So many finds are shown at once; more scroll."""
_KEEP: Final = -1
Index = QModelIndex | QPersistentModelIndex
Role = Qt.ItemDataRole


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the popup: its words, and the code it stands for; no code registers a new family."""

    words: str
    code: str = ""


def entries_for(typed: str, people: Sequence[BorrowerLine], things: Sequence[InstrumentLine]) -> tuple[Entry, ...]:
    """Give what typed words may mean: people, then things, then a new family, which is never the default."""
    found = [Entry(_person_words(one), one.code) for one in people]
    found += [Entry(_thing_words(one), one.code) for one in things]
    if not codes.looks_like_code(typed):
        found.append(Entry(_("New family: {name}").format(name=typed)))
    return tuple(found)


def _person_words(one: BorrowerLine) -> str:
    who = _("{name}, for {pupil}").format(name=one.name, pupil=one.pupil) if one.pupil else one.name
    closed = _("closed") if one.closed else ""
    return "  ·  ".join(filter(None, (who, one.school, kind_word(one.kind), closed)))


def _thing_words(one: InstrumentLine) -> str:
    what = " ".join(filter(None, (one.type, one.size)))
    made = " ".join(filter(None, (one.make, one.model)))
    return "  ·  ".join(filter(None, (what, made, one.code, one.status)))


class _Entries(QAbstractListModel):
    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.entries: tuple[Entry, ...] = ()

    def show(self, entries: tuple[Entry, ...]) -> None:
        self.beginResetModel()
        self.entries = entries
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature; an index is a value
        return 0 if parent.isValid() else len(self.entries)

    def data(self, index: Index, role: int = Role.DisplayRole) -> object:
        entry = self.entries[index.row()]
        return entry.words if role in {Role.DisplayRole, Role.AccessibleTextRole, Role.ToolTipRole} else None


class ScanField(PageField):
    """The large field. ``submitted`` is a scan, ``searched`` asks for finds, ``register`` begins a new family."""

    submitted = Signal(str)
    searched = Signal(str)
    register = Signal(str)

    def __init__(self, look: Look, over: QWidget) -> None:
        super().__init__()
        self.setObjectName("scanField")
        self.setAccessibleName(_("Scan, or type a name"))
        self.setPlaceholderText(_("Scan, or type a name"))
        self._look = look
        self._enter_waits = False
        self._finds_for = ""
        self._over = over
        self._popup = named(QFrame(over), "popup")
        self._model = _Entries(self)
        self._list = named(QListView(), "findList", _("Who or what is meant"))
        self._list.setModel(self._model)
        self._list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._list.setTextElideMode(Qt.TextElideMode.ElideRight)
        self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._list.clicked.connect(lambda index: self._choose(index.row()))
        inner = QVBoxLayout(self._popup)
        inner.setContentsMargins(4, 4, 4, 4)
        inner.addWidget(self._list)
        self._popup.hide()
        self._pause = pause(self, PAUSE, self._search)
        self.textChanged.connect(self._typed)

    def show_finds(self, typed: str, people: Sequence[BorrowerLine], things: Sequence[InstrumentLine]) -> None:
        """Show what was found for these words, unless others stand in the field by now."""
        if typed != self.text().strip() or not typed:
            return
        self._finds_for = typed
        self._model.show(entries_for(typed, people, things))
        if not self._model.entries:
            self._popup.hide()
            return
        found_some = bool(self._model.entries[0].code)
        self._list.setCurrentIndex(self._model.index(0) if found_some and self._is_words() else QModelIndex())
        self._place()
        if self._enter_waits:
            self._enter_waits = False
            self._enter()

    def search_again(self) -> None:
        """Ask for the finds of what stands in the field, as when the store has only now opened."""
        if self.text().strip():
            self._search()

    def finds(self) -> tuple[str, ...]:
        """Give the words of the popup's lines; none when it is closed."""
        return tuple(e.words for e in self._model.entries) if self._popup.isVisible() else ()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move in the popup, choose, or send what was typed as a scan."""
        step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()), 0)
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self._enter()
        elif step and self._popup.isVisible():
            row = self._list.currentIndex().row() + step
            self._list.setCurrentIndex(self._model.index(max(0, min(row, len(self._model.entries) - 1))))
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QEvent) -> None:
        """Close the popup when another control takes over."""
        super().focusOutEvent(event)  # type: ignore[arg-type]  # Qt hands over a focus event
        QTimer.singleShot(0, self, self._hide_if_left)

    def _hide_if_left(self) -> None:
        if not self.hasFocus() and not self._list.underMouse():
            self._popup.hide()

    def _is_words(self) -> bool:
        return not codes.looks_like_code(self.text().strip())

    def _typed(self) -> None:
        self._enter_waits = False
        if self.text().strip():
            self._pause.start()
        else:
            self._pause.stop()
            self._popup.hide()

    def _search(self) -> None:
        self.searched.emit(self.text().strip())

    def _enter(self) -> None:
        typed = self.text().strip()
        row = self._list.currentIndex().row()
        if not typed:
            return
        if self._popup.isVisible() and self._finds_for == typed and row > _KEEP:
            self._choose(row)
        elif not self._is_words():
            self._send(typed)
        elif self._finds_for != typed or not self._popup.isVisible():
            self._enter_waits = True
            self._search()

    def _choose(self, row: int) -> None:
        entry, typed = self._model.entries[row], self.text().strip()
        if entry.code:
            self._send(entry.code)
        else:
            self._clear()
            self.register.emit(typed)

    def _send(self, text: str) -> None:
        self._clear()
        self.submitted.emit(text)

    def _clear(self) -> None:
        self.clear()
        self._pause.stop()
        self._popup.hide()
        self._finds_for = ""

    def put_away(self) -> bool:
        """Clear what was typed and close the popup; tell whether there was anything."""
        was = bool(self.text())
        self._clear()
        return was

    def _place(self) -> None:
        corner = self.mapTo(self._over, QPoint(0, self.height() + self._look.theme.size("s1")))
        rows = min(len(self._model.entries), SHOWN)
        self._popup.setGeometry(corner.x(), corner.y(), self.width(), rows * self._look.theme.size("popup_row") + 12)
        self._popup.show()
        self._popup.raise_()
