"""The event filter that hears the scanner wherever the focus is, and puts back what its keys did there."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QTextCursor, QWindow
from PySide6.QtWidgets import QAbstractSpinBox, QApplication, QComboBox, QLineEdit, QPlainTextEdit

from loanstore.ui.labels import pause
from loanstore.ui.scanner import Key, ScanDetector, Suffix, Verdict

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget

    from loanstore.ui.scanner import ScannerSettings

_ENTERS: Final = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter})
_TABS: Final = frozenset({Qt.Key.Key_Tab, Qt.Key.Key_Backtab})
_MODIFIERS: Final = frozenset(
    {Qt.Key.Key_Shift, Qt.Key.Key_Control, Qt.Key.Key_Alt, Qt.Key.Key_AltGr, Qt.Key.Key_Meta, Qt.Key.Key_CapsLock}
)


@dataclass(frozen=True, slots=True)
class _Before:
    """How the focused field stood before a burst reached it."""

    field: QLineEdit
    text: str
    cursor: int
    selected_from: int
    selected: int


@dataclass(frozen=True, slots=True)
class _BoxBefore:
    """How a focused box of several lines stood before a burst reached it."""

    box: QPlainTextEdit
    text: str
    anchor: int
    position: int


class KeyFilter(QObject):
    """Watches every key once, as it reaches the window, and emits ``scanned`` with the text of each scan.

    A key event that nobody takes visits every parent of the focused widget; the window sees it exactly once,
    and first. ``time_of`` gives an event's time in milliseconds; while ``listens`` says no, every key is left alone.
    """

    scanned = Signal(str)

    def __init__(
        self,
        settings: ScannerSettings,
        time_of: Callable[[QKeyEvent], int] | None = None,
        listens: Callable[[], bool] = lambda: True,
    ) -> None:
        super().__init__()
        self._detector = ScanDetector(settings)
        self._time_of = time_of or (lambda event: int(event.timestamp()))
        self._listens = listens
        self._before: _Before | _BoxBefore | None = None
        self._last_event_at = 0
        self._quiet = pause(self, settings.gap + 1, self._expired)

    def use(self, settings: ScannerSettings) -> None:
        """Listen for a scanner that is set up otherwise."""
        self._detector = ScanDetector(settings)
        self._quiet.setInterval(settings.gap + 1)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """See the keys that reach a window; tell whether one is swallowed."""
        kind = event.type()
        if kind not in {QEvent.Type.KeyPress, QEvent.Type.ShortcutOverride} or not isinstance(watched, QWindow):
            return False
        if not isinstance(event, QKeyEvent) or not self._listens() or _in_password(QApplication.focusWidget()):
            return False
        if kind == QEvent.Type.ShortcutOverride:
            return self._no_shortcut(event)
        return self._pressed(event)

    def _no_shortcut(self, event: QKeyEvent) -> bool:
        """Keep a scanner's keys from being taken for a shortcut."""
        if event.key() in _MODIFIERS or not self._detector.runs(self._time_of(event)):
            return False
        event.accept()
        return True

    def _pressed(self, event: QKeyEvent) -> bool:
        if event.key() in _MODIFIERS:
            return False
        key = _kind_of(event)
        verdict = self._detector.press(key, event.text(), self._time_of(event), held=event.isAutoRepeat())
        self._last_event_at = self._time_of(event)
        if verdict is Verdict.BEGINS:
            self._before = _as_it_stands(QApplication.focusWidget())
        if self._detector.settings.suffix is Suffix.NONE:
            self._quiet.start()
        if verdict is not Verdict.SCANNED:
            return False
        self._answer()
        return True

    def _expired(self) -> None:
        if self._detector.expire(self._last_event_at + self._quiet.interval() + 1):
            self._answer()

    def _answer(self) -> None:
        _put_back(self._before)
        self._before = None
        self.scanned.emit(self._detector.scanned)


def _kind_of(event: QKeyEvent) -> Key:
    text = event.text()
    if event.key() in _ENTERS or text in {"\r", "\n"}:
        return Key.ENTER
    if event.key() in _TABS:
        return Key.TAB
    return Key.TEXT if text and text.isprintable() else Key.OTHER


def _in_password(widget: QWidget | None) -> bool:
    """A passphrase that a helper types by itself is no scan, and is nobody's business."""
    return isinstance(widget, QLineEdit) and widget.echoMode() != QLineEdit.EchoMode.Normal


def _as_it_stands(widget: QWidget | None) -> _Before | _BoxBefore | None:
    if isinstance(widget, QPlainTextEdit):
        cursor = widget.textCursor()
        return _BoxBefore(widget, widget.toPlainText(), cursor.anchor(), cursor.position())
    if isinstance(widget, (QComboBox, QAbstractSpinBox)):
        widget = widget.lineEdit()
    if not isinstance(widget, QLineEdit):
        return None
    return _Before(widget, widget.text(), widget.cursorPosition(), widget.selectionStart(), len(widget.selectedText()))


def _put_back(before: _Before | _BoxBefore | None) -> None:
    if before is None:
        return
    if isinstance(before, _BoxBefore):
        before.box.setPlainText(before.text)
        cursor = before.box.textCursor()
        cursor.setPosition(before.anchor)
        cursor.setPosition(before.position, QTextCursor.MoveMode.KeepAnchor)
        before.box.setTextCursor(cursor)
        return
    before.field.setText(before.text)
    before.field.setCursorPosition(before.cursor)
    if before.selected:
        before.field.setSelection(before.selected_from, before.selected)
