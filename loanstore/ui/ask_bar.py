"""The strip that asks for a word or two more, by scanner or by keyboard, without standing in the way."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from loanstore.i18n import _
from loanstore.ui.flow import FlowLayout
from loanstore.ui.labels import ClampedLabel, button, label, named

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtGui import QResizeEvent

    from loanstore.ui.theme import Look


@dataclass(frozen=True, slots=True)
class Field:
    """One thing that is asked for; a ``scanned`` one takes a code from the scanner, a ``needed`` one is never empty."""

    name: str
    title: str
    text: str = ""
    hint: str = ""
    scanned: bool = False
    needed: bool = True


class AskBar(QFrame):
    """Enter goes from field to field, and does it in the last; a scan fills the first empty one that takes scans."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self.setObjectName("askBar")
        self._look = look
        self._words = ClampedLabel("strong", lines=2)
        self._row = FlowLayout(look.theme.size("s2"))
        self._asked: tuple[Field, ...] = ()
        self._fields: list[QLineEdit] = []
        self._done: Callable[[list[str]], None] = lambda _texts: None
        size = look.theme.size
        self._do = button("askDo", _("Do it"), self._enter, primary=True)
        self._leave = button("askLeave", _("Cancel") + "   Esc", self.leave)
        self._fields_row = QWidget()
        self._fields_row.setLayout(self._row)
        self._buttons = QWidget()
        under = QVBoxLayout(self._buttons)
        under.setContentsMargins(0, 0, 0, 0)
        under.setSpacing(size("s1"))
        under.addWidget(label("small", " "))
        row = QHBoxLayout()
        row.setSpacing(size("s2"))
        row.addWidget(self._do)
        row.addWidget(self._leave)
        under.addLayout(row)
        self._inside = QVBoxLayout(self)
        self._inside.setContentsMargins(size("s4"), size("s3"), size("s4"), size("s3"))
        self._inside.setSpacing(size("s2"))
        self._inside.addWidget(self._words)
        self._inside.addWidget(self._fields_row)
        self.hide()

    def ask(self, words: str, act: str, fields: Sequence[Field], done: Callable[[list[str]], None]) -> None:
        """Ask for these fields; ``act`` stands on the button, ``done`` gets their texts in their order."""
        self._asked, self._done = tuple(fields), done
        self._words.say(words)
        self.setAccessibleName(words)
        self._do.setText(act)
        self._do.setAccessibleName(act)
        while (item := self._row.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None and widget is not self._buttons:
                widget.hide()
                widget.deleteLater()
        self._fields = [self._make(field) for field in fields]
        # After the fields in the order of Tab too, however often the strip has asked.
        self._buttons.setParent(None)
        self._row.addWidget(self._buttons)
        self.show()
        self._buttons.show()
        self._fit()
        self._go_on()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Take the height that the fields need at this width."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        margins = self.contentsMargins() + self._inside.contentsMargins()
        self._fields_row.setMinimumHeight(self._row.heightForWidth(self.width() - margins.left() - margins.right()))

    def leave(self) -> None:
        """Ask no more."""
        self._done = lambda _texts: None
        self.hide()

    def take_scan(self, text: str) -> bool:
        """Take a scan if one is asked for; the last one that is, does it. Tell whether it was taken."""
        if not self.isVisible():
            return False
        wanted = [field for field, asked in zip(self._fields, self._asked, strict=True) if asked.scanned]
        if not wanted:
            return False
        empty = [field for field in wanted if not field.text().strip()]
        (empty or wanted)[0 if empty else -1].setText(text.strip())
        if len(empty) <= 1:
            self._finish()
        else:
            empty[1].setFocus()
        return True

    def _make(self, field: Field) -> QLineEdit:
        made = named(QLineEdit(field.text), field.name, field.title)
        made.setPlaceholderText(field.hint)
        made.returnPressed.connect(self._enter)
        made.setMinimumWidth(self._look.theme.size("where"))
        held = QWidget()
        inside = QVBoxLayout(held)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(self._look.theme.size("s1"))
        inside.addWidget(label("small", field.title))
        inside.addWidget(made)
        self._row.addWidget(held)
        return made

    def _enter(self) -> None:
        at = next((n for n, field in enumerate(self._fields) if field.hasFocus()), len(self._fields))
        if at + 1 < len(self._fields):
            self._fields[at + 1].setFocus()
            self._fields[at + 1].selectAll()
        else:
            self._finish()

    def _go_on(self) -> None:
        """Stand in the first field that is needed and empty, else in the first."""
        pairs = zip(self._fields, self._asked, strict=True)
        empty = (field for field, asked in pairs if asked.needed and not field.text().strip())
        first = next(empty, self._fields[0])
        first.setFocus()
        first.selectAll()

    def _finish(self) -> None:
        texts = [field.text().strip() for field in self._fields]
        if all(text or not asked.needed for text, asked in zip(texts, self._asked, strict=True)):
            self._done(texts)
        else:
            self._go_on()
