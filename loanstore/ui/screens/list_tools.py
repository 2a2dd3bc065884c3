"""The row above a list: what it is narrowed down to, its columns, its export, and what was found instead."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPainter, QPalette
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QMenu, QVBoxLayout, QWidget

from loanstore.i18n import _
from loanstore.ui.labels import button, label, named

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QPaintEvent
    from PySide6.QtWidgets import QPushButton

    from loanstore.ui.screens.list_kind import ListKind
    from loanstore.ui.theme import Look


class FilterBox(QComboBox):
    """A menu of what a list can be narrowed down to; an arrow tells it from a field."""

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the box, and the arrow at its end."""
        super().paintEvent(event)
        painter = QPainter(self)
        painter.setPen(self.palette().color(QPalette.ColorRole.PlaceholderText))
        end = self.rect().adjusted(0, 0, -self.fontMetrics().averageCharWidth() * 2, 0)
        painter.drawText(end, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, "▾")


class ListTools(QWidget):
    """Filters as menus on the left, the list's own tools on the right; below them a note where one is needed."""

    narrowed = Signal()
    export_wanted = Signal()

    def __init__(self, kind: ListKind, look: Look) -> None:
        super().__init__()
        self._boxes = {one.name: self._box(kind, one.name, one.heading, one.every) for one in kind.filters}
        self._wanted: dict[str, str] = {}
        self._columns_menu = QMenu(self)
        self._columns_menu.setObjectName("columnsMenu")
        self.columns_button = self._tool(f"columns-{kind.name}", _("Columns") + "   ▾")
        self.columns_button.setMenu(self._columns_menu)
        export = button(f"export-{kind.name}", _("Export"), self.export_wanted.emit)
        export.setProperty("quiet", True)
        self._note = label("muted", wrap=True)
        self._note.hide()
        size = look.theme.size
        row = QHBoxLayout()
        row.setSpacing(size("s2"))
        for box in self._boxes.values():
            row.addWidget(box)
        row.addStretch(1)
        row.addWidget(self.columns_button)
        row.addWidget(export)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(size("s1"))
        layout.addLayout(row)
        layout.addWidget(self._note)

    @property
    def columns_menu(self) -> QMenu:
        """The menu of the columns."""
        return self._columns_menu

    def chosen(self) -> tuple[tuple[str, str], ...]:
        """Give what the list is narrowed down to: names of filters with their values."""
        pairs = [(name, str(box.currentData() or "")) for name, box in self._boxes.items()]
        return tuple((name, value) for name, value in pairs if value)

    def offer(self, name: str, choices: Sequence[tuple[str, str]]) -> None:
        """Offer other choices; what was chosen stays where it is still there."""
        box = self._boxes[name]
        kept = box.currentData()
        box.blockSignals(True)
        while box.count() > 1:
            box.removeItem(1)
        for value, words in choices:
            box.addItem(words, value)
        box.setCurrentIndex(max(0, box.findData(kept)) if kept else 0)
        box.blockSignals(False)
        wanted = self._wanted.pop(name, "")
        if wanted:
            self.choose(name, wanted)

    def choose(self, name: str, value: str) -> None:
        """Narrow the list down: at once, or as soon as that choice is there."""
        box = self._boxes[name]
        if box.count() == 1:
            self._wanted[name] = value
        box.setCurrentIndex(max(0, box.findData(value)))

    def choose_alone(self, name: str, value: str) -> None:
        """Narrow the list down to one thing and nothing else."""
        self.show_all()
        self.choose(name, value)

    def show_all(self) -> None:
        """Narrow the list down no more."""
        for box in self._boxes.values():
            box.blockSignals(True)
            box.setCurrentIndex(0)
            box.blockSignals(False)

    def say(self, note: str) -> None:
        """Show a note, or take it away."""
        self._note.setText(note)
        self._note.setVisible(bool(note))

    def note(self) -> str:
        """Give the note that is shown."""
        return self._note.text()

    def _box(self, kind: ListKind, name: str, heading: str, every: str) -> QComboBox:
        box = named(FilterBox(), f"filter-{kind.name}-{name}", heading)
        box.setProperty("quiet", True)
        box.addItem(every, "")
        box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        named(box.view(), f"choices-{kind.name}-{name}", heading)
        box.currentIndexChanged.connect(lambda _at: self.narrowed.emit())
        return box

    def _tool(self, name: str, words: str) -> QPushButton:
        made = button(name, words, lambda: None)
        made.setProperty("quiet", True)
        return made
