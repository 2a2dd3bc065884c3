"""The strip on the card for what has just changed hands: its condition, a note, a photo; nothing waits for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLineEdit, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from loanstore.domain.codes import COMMAND_PREFIX, Command
from loanstore.i18n import _
from loanstore.ui.flow import FlowLayout
from loanstore.ui.labels import button, label, named, set_tone
from loanstore.wording.looks import grade_word

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtGui import QKeyEvent

    from loanstore.domain.looks import Look as LookAt
    from loanstore.ui.theme import Look

_STEPS = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}


class GradeChip(QPushButton):
    """One grade; the arrows go to its neighbours, Enter chooses it."""

    stepped = Signal(int)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go to a neighbour, or choose."""
        key = Qt.Key(event.key())
        if key in _STEPS:
            self.stepped.emit(_STEPS[key])
        elif key in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.click()
        else:
            super().keyPressEvent(event)


class LookStrip(QWidget):
    """Grades as chips, a field, two buttons. What is typed is kept by Enter, and by whatever is scanned next.

    ``said`` carries a command as its barcode reads, ``noted`` a look and the words typed of it; ``camera_wanted``
    and ``file_wanted`` a look that is to have a picture; ``left`` says that the keyboard is for the desk again.
    """

    said = Signal(str)
    noted = Signal(object, str)
    camera_wanted = Signal(object)
    file_wanted = Signal(object)
    left = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__()
        self.setObjectName("lookStrip")
        self.setAccessibleName(_("Condition at this hand-over"))
        self._look = look
        self._about: LookAt | None = None
        self._kept = ""
        self._chips: list[GradeChip] = []
        self._grades: tuple[str, ...] = ()
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        size = look.theme.size
        self._row = FlowLayout(size("s2"))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(size("s1"))
        column.addLayout(self._row)
        self.note = named(QLineEdit(), "lookNote", _("Note on its condition"))
        self.note.setMinimumWidth(size("what"))
        self.note.returnPressed.connect(self._enter)
        self._camera = self._picture_button("lookCamera", _("Photo"), _("Photo by the webcam: Alt P"), self.take_photo)
        self._file = self._picture_button("lookFile", _("File"), _("Photo from a file: Alt F"), self.choose_file)
        self._told = label("muted", wrap=True)
        column.addWidget(self._told)
        self.hide()

    def show_look(self, about: LookAt | None, grades: Sequence[str] = (), grade: str = "") -> None:
        """Show what can be said of a look; none hides the strip. Of the same look, what is typed stays."""
        if about != self._about:
            self.keep()
            self._about, self._kept = about, ""
            self.note.clear()
            self._told.setText("")
        if about is not None:
            self._dress(grades if about.repair is None else (), grade, repair=about.repair is not None)
        self._told.setVisible(bool(self._told.text()))
        self.setVisible(about is not None)
        self.updateGeometry()

    def keep(self) -> None:
        """Have kept what was typed and not kept yet; nobody has to press Enter before the next scan."""
        text = self.note.text().strip()
        if self._about is not None and text and text != self._kept:
            self._kept = text
            self.noted.emit(self._about, text)

    def tell(self, about: LookAt, words: str) -> None:
        """Say what came of it, where the card is about the same look still."""
        if about == self._about:
            self._told.setText(words)
            self._told.setVisible(bool(words))
            self.updateGeometry()

    def begin_grade(self) -> None:
        """Stand on the grade it has, or on the first."""
        shown = [chip for chip in self._chips if not chip.isHidden()]
        if self.isVisible() and shown:
            now = next((chip for chip in shown if chip.property("chip") == "chosen"), shown[0])
            now.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def begin_note(self) -> None:
        """Stand in the field."""
        if self.isVisible():
            self.note.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def take_photo(self) -> None:
        """Ask for a picture by the webcam."""
        if self.isVisible():
            self.camera_wanted.emit(self._about)

    def choose_file(self) -> None:
        """Ask for a picture from a file."""
        if self.isVisible():
            self.file_wanted.emit(self._about)

    def _enter(self) -> None:
        self.keep()
        self.left.emit()

    def _dress(self, grades: Sequence[str], grade: str, *, repair: bool) -> None:
        self._grades = tuple(grades)
        while len(self._chips) < len(grades):
            self._chips.append(self._make(len(self._chips)))
        for at, chip in enumerate(self._chips):
            chip.setVisible(at < len(grades))
            if at < len(grades):
                words = grade_word(grades[at])
                chip.setText(words)
                chip.setAccessibleName(_("Condition {grade}").format(grade=words))
                set_tone(chip, "chip", "chosen" if grades[at] == grade else "present")
        words = _("What is wrong") if repair else _("Note on its condition")
        hint = _("What is wrong, for the docket") if repair else _("Note")
        self.note.setAccessibleName(words)
        self.note.setPlaceholderText(f"{hint}   Alt N")
        for one in (self.note, self._camera, self._file):
            # Behind the grades, in the order of Tab too.
            self._row.removeWidget(one)
            self._row.addWidget(one)

    def _picture_button(self, name: str, text: str, words: str, pressed: Callable[[], None]) -> QPushButton:
        made = button(name, text, pressed)
        made.setAccessibleName(words.partition(":")[0])
        made.setToolTip(words)
        made.setProperty("quiet", True)
        return made

    def _make(self, at: int) -> GradeChip:
        chip = named(GradeChip(), f"grade{at + 1}")
        chip.setProperty("chip", "present")
        chip.setProperty("tight", True)
        chip.setAutoDefault(False)
        chip.setToolTip(_("Alt C, the arrows and Enter"))
        chip.clicked.connect(lambda: self._choose(at))
        chip.stepped.connect(lambda by: self._step(at + by))
        self._row.addWidget(chip)
        return chip

    def _choose(self, at: int) -> None:
        self.said.emit(f"{COMMAND_PREFIX}-{Command.GRADE}-{at + 1}")
        self.left.emit()

    def _step(self, to: int) -> None:
        if 0 <= to < len(self._grades):
            self._chips[to].setFocus()
