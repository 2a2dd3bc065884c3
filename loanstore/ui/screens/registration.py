"""Registering a new family at the desk: four fields, Enter from one to the next, in ten seconds."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QLineEdit, QVBoxLayout

from loanstore.i18n import _
from loanstore.ui.flow import FlowLayout
from loanstore.ui.labels import button, label, named

if TYPE_CHECKING:
    from loanstore.ui.theme import Look


class Registration(QFrame):
    """The form in the place of the card. Enter goes on, and saves in the last field; Esc leaves it."""

    filled = Signal(object)
    left = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__()
        self.setObjectName("card")
        size = look.theme.size
        self._save = button("register", _("Register and choose"), self._filled, primary=True)
        self.name = self._field("newName", _("Parent or carer"), _("Family name, first name"))
        self.pupil = self._field("newPupil", _("Pupil"), _("Who will play it"))
        self.school = self._field("newSchool", _("School"), "")
        self.reach = self._field("newReach", _("Telephone or e-mail"), "")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(size("gutter"), size("s4"), size("gutter"), size("s4"))
        layout.setSpacing(size("s2"))
        layout.addWidget(label("title", _("New family")))
        grid = QGridLayout()
        grid.setHorizontalSpacing(size("s3"))
        grid.setVerticalSpacing(size("s1"))
        for at, field in enumerate(self._fields()):
            row, column = divmod(at, 2)
            grid.addWidget(label("muted", field.accessibleName()), row * 2, column)
            grid.addWidget(field, row * 2 + 1, column)
        layout.addLayout(grid)
        buttons = FlowLayout(size("s2"))
        buttons.addWidget(self._save)
        buttons.addWidget(button("leaveRegistration", _("Cancel"), self.left.emit))
        buttons.addWidget(label("small", _("Enter goes on, Esc leaves it")))
        layout.addLayout(buttons)
        layout.addStretch(1)

    def begin(self, typed: str) -> None:
        """Begin with the words that were typed in the scan field."""
        for field in self._fields():
            field.clear()
        self.name.setText(typed)
        self._enabled()
        (self.pupil if typed else self.name).setFocus()

    def _fields(self) -> tuple[QLineEdit, ...]:
        return self.name, self.pupil, self.school, self.reach

    def _field(self, name: str, title: str, tip: str) -> QLineEdit:
        field = named(QLineEdit(), name, title)
        field.setPlaceholderText(tip)
        field.returnPressed.connect(lambda: self._next(field))
        field.textChanged.connect(self._enabled)
        return field

    def _enabled(self) -> None:
        self._save.setEnabled(bool(self.name.text().strip()))

    def _next(self, field: QLineEdit) -> None:
        fields = self._fields()
        at = fields.index(field)
        if at + 1 < len(fields):
            fields[at + 1].setFocus()
        else:
            self._filled()

    def _filled(self) -> None:
        if not self.name.text().strip():
            self.name.setFocus()
            return
        reach = self.reach.text().strip()
        given = {
            "kind": "hirer",
            "name": self.name.text().strip(),
            "pupil": self.pupil.text().strip(),
            "school": self.school.text().strip(),
            "email" if "@" in reach else "telephone": reach,
        }
        self.filled.emit({name: value for name, value in given.items() if value})
