"""The steps of an import as one sees them: the head that says where one is, and the one step that is shown."""

from __future__ import annotations

from enum import IntEnum
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QScrollArea, QVBoxLayout, QWidget

from loanstore.domain.import_fields import ImportKind
from loanstore.i18n import _
from loanstore.ui.flow import FlowLayout
from loanstore.ui.labels import label, named, set_tone
from loanstore.ui.screens import import_lines
from loanstore.ui.screens.import_choice_steps import ColumnsStep, WordsStep
from loanstore.ui.screens.import_file_step import FileStep
from loanstore.ui.screens.import_report import ImportReport
from loanstore.ui.titled_table import TitledTable

if TYPE_CHECKING:
    from loanstore.ui.theme import Look


LIST_OF: Final = {
    ImportKind.INSTRUMENTS: "instruments",
    ImportKind.SCHOOLS: "borrowers",
    ImportKind.BORROWERS: "borrowers",
    ImportKind.LOANS: "loans",
}
"""The list that each kind of import leads to."""


class Step(IntEnum):
    """The steps in their order; MOVED stands aside, for an import that can't be undone any more."""

    FILE = 0
    COLUMNS = 1
    WORDS = 2
    CHECK = 3
    DONE = 4
    MOVED = 5


class ImportSteps(QWidget):
    """The head and the step that is shown, which scrolls where it finds no room."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self.setObjectName("importSteps")
        self.file = FileStep(look)
        self.columns = ColumnsStep(look)
        self.words = WordsStep(look)
        self.check = ImportReport("check", look)
        self.done = ImportReport("done", look)
        self.moved = TitledTable(
            "movedSince",
            _("What has moved since this import"),
            import_lines.moved_columns(look),
            _("Nothing has moved since."),
            look,
        )
        self.scrolled = named(QScrollArea(), "importScroll")
        self._inside = named(QWidget(), "scrolled")
        self._pages: tuple[QWidget, ...] = (self.file, self.columns, self.words, self.check, self.done, self.moved)
        self._marks = [label("step", f"{at}  {words}") for at, words in enumerate(self._step_words(), 1)]
        self._lay_out(look)

    def show_step(self, step: Step) -> None:
        """Show one step from its top."""
        # Hidden, and not stacked: only the step that is shown has a say in how much room there must be.
        for one in Step:
            self._pages[one].setVisible(one is step)
        self.scrolled.verticalScrollBar().setValue(0)
        for at, mark in enumerate(self._marks):
            set_tone(mark, "on", "true" if at == step else "false")

    def set_usable(self, usable: bool) -> None:
        """Let the step be used, or not while something runs."""
        self._inside.setEnabled(usable)

    def waits_for(self, step: Step, *, has_file: bool) -> QWidget | None:
        """Give what a step waits for a person to use; None where one may go on as it is."""
        if step is Step.FILE and not has_file:
            return self.file.choose
        if step is Step.WORDS:
            return next(iter(self.words.rows.boxes), None)
        if step is Step.COLUMNS and not self.columns.ready:
            return next((one for one in self.columns.rows.boxes if one.isEnabled()), None)
        return None

    def _step_words(self) -> tuple[str, ...]:
        return _("File"), _("Columns"), _("Words"), _("Check"), _("Done")

    def _lay_out(self, look: Look) -> None:
        size = look.theme.size
        steps = QVBoxLayout(self._inside)
        steps.setContentsMargins(0, 0, 0, 0)
        for page in self._pages:
            steps.addWidget(page)
        scrolled = self.scrolled
        scrolled.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scrolled.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scrolled.setWidgetResizable(True)
        scrolled.setWidget(self._inside)
        head = FlowLayout(size("s4"))
        head.addWidget(label("title", _("Import a list")))
        for mark in self._marks:
            head.addWidget(mark)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(size("s4"))
        layout.addLayout(head)
        layout.addWidget(scrolled, 1)
