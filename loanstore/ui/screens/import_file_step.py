"""The first step of an import: what the list holds, and which file it is; below, the imports that stand."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from loanstore.domain.import_fields import ImportKind
from loanstore.i18n import _
from loanstore.ui.choice_rows import CalmCombo
from loanstore.ui.labels import ClampedLabel, button, label, named
from loanstore.ui.screens import import_lines
from loanstore.ui.titled_table import TitledTable
from loanstore.wording.import_fields import kind_word

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from PySide6.QtGui import QResizeEvent

    from loanstore.storage.imports import PastImport
    from loanstore.ui.theme import Look


class FileStep(QWidget):
    """``choose_wanted`` asks for a file, ``undo_wanted`` names an import to take back."""

    choose_wanted = Signal()
    kind_changed = Signal()
    undo_wanted = Signal(str)

    def __init__(self, look: Look) -> None:
        super().__init__()
        self.setObjectName("importFile")
        size = look.theme.size
        self._kind = named(CalmCombo(), "importKind", _("The list holds"))
        named(self._kind.view(), "importKindList", _("The list holds"))
        for kind in ImportKind:
            self._kind.addItem(kind_word(kind), kind.value)
        self._kind.setMaximumWidth(size("column"))
        self._kind.currentIndexChanged.connect(lambda _index: self.kind_changed.emit())
        self.choose = button("chooseFile", _("Choose a file"), self.choose_wanted.emit, primary=True)
        self._file = ClampedLabel("muted")
        self._undo = button("undoImport", _("Undo this import"), self._undo_pressed)
        self.past = TitledTable(
            "pastImports",
            _("Imports that stand, the latest first"),
            import_lines.past_columns(look),
            _("Nothing was imported yet. Whatever is brought in can be taken back here."),
            look,
        )
        self.past.table.selectionModel().selectionChanged.connect(self._enabled)
        asked = named(QFrame(), "card")
        inside = QVBoxLayout(asked)
        inside.setContentsMargins(size("gutter"), size("s4"), size("gutter"), size("s4"))
        inside.setSpacing(size("s2"))
        inside.addWidget(label("muted", _("What does the list hold?")))
        inside.addWidget(self._kind)
        inside.addWidget(
            label(
                "small",
                _("CSV or Excel as it comes. Nothing is written before you have seen what would happen."),
                wrap=True,
            )
        )
        row = QHBoxLayout()
        row.setSpacing(size("s3"))
        row.addWidget(self.choose)
        row.addWidget(self._file, 1)
        inside.addLayout(row)
        self.past.add_button(self._undo)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(size("s4"))
        layout.addWidget(asked)
        layout.addWidget(self.past, 1)
        self._enabled()

    @property
    def kind(self) -> ImportKind:
        """Give what the list holds."""
        return ImportKind(self._kind.currentData())

    def begin(self, kind: ImportKind) -> None:
        """Begin with a kind of list and no file."""
        self._kind.setCurrentIndex(self._kind.findData(kind.value))
        self.show_file(None)

    def show_file(self, file: Path | None) -> None:
        """Say which file was chosen."""
        self._file.say(file.name if file is not None else _("No file is chosen yet"))

    def show_past(self, past: Sequence[PastImport]) -> None:
        """Show the imports that stand."""
        self.past.show_lines(past)
        self._enabled()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit the table into the window."""
        super().resizeEvent(event)
        self.past.fit(self.width())

    def _enabled(self) -> None:
        self._undo.setEnabled(self.past.chosen() is not None)

    def _undo_pressed(self) -> None:
        chosen = self.past.chosen()
        if chosen is not None:
            self.undo_wanted.emit(chosen.id)
