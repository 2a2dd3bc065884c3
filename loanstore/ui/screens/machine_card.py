"""This computer's own settings: its look, its sounds, its scanner, its printer."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QFormLayout, QFrame, QLineEdit, QSpinBox, QVBoxLayout

from loanstore.domain.borrowers import BorrowerKind
from loanstore.i18n import _
from loanstore.ui.flow import FlowLayout
from loanstore.ui.labels import button, label, named
from loanstore.ui.scanner import Suffix
from loanstore.ui.theme import Wish

if TYPE_CHECKING:
    from loanstore.settings import Machine
    from loanstore.ui.theme import Look

SHORTEST_GAP, LONGEST_GAP = 20, 500
"""Milliseconds between two keys of a scanner: real ones take 4 to 30, some are set slower on purpose."""


class MachineCard(QFrame):
    """A form over ``Machine``; ``saved`` carries the new settings, which count at once."""

    saved = Signal(object)

    def __init__(self, look: Look) -> None:
        super().__init__()
        self.setObjectName("card")
        self._machine: Machine | None = None
        self.theme = self._choice("theme", _("Look"), self._looks())
        self.sounds = named(QCheckBox(_("A sound for every answer")), "sounds")
        self.suffix = self._choice("suffix", _("The scanner ends with"), self._suffixes())
        self.prefix = named(QLineEdit(), "prefix", _("The scanner begins with"))
        self.gap = named(QSpinBox(), "gap", _("Longest pause between two keys of the scanner, in milliseconds"))
        self.gap.setRange(SHORTEST_GAP, LONGEST_GAP)
        self.printer = named(QLineEdit(), "printer", _("Printer for papers"))
        self.printer.setPlaceholderText(_("Empty: papers are opened to be printed from there"))
        self.backups = named(QLineEdit(), "backups", _("Folder of the daily backup"))
        self.backups.setPlaceholderText(_("Empty: beside this computer's other data"))
        self.kinds = {kind: named(QCheckBox(words), f"print-{kind}") for kind, words in self._kinds().items()}
        self._said = label("muted", "", wrap=True)
        self._lay_out(look)

    def load(self, machine: Machine) -> None:
        """Show the settings as they are."""
        self._machine = machine
        for field, value in ((self.theme, machine.theme), (self.suffix, machine.scanner_suffix)):
            field.setCurrentIndex(max(0, field.findData(value)))
        self.sounds.setChecked(machine.sounds)
        self.prefix.setText(machine.scanner_prefix)
        self.gap.setValue(machine.scanner_gap)
        self.printer.setText(machine.printer)
        self.backups.setText(machine.backups)
        for kind, box in self.kinds.items():
            box.setChecked(kind.value in machine.print_agreements)
        self._said.clear()

    def save(self) -> None:
        """Hand over the settings as they stand in the form."""
        if self._machine is None:
            return
        self._machine = replace(
            self._machine,
            theme=str(self.theme.currentData()),
            scanner_suffix=str(self.suffix.currentData()),
            scanner_prefix=self.prefix.text().strip(),
            scanner_gap=self.gap.value(),
            sounds=self.sounds.isChecked(),
            printer=self.printer.text().strip(),
            backups=self.backups.text().strip(),
            print_agreements=tuple(kind.value for kind, box in self.kinds.items() if box.isChecked()),
        )
        self.saved.emit(self._machine)
        self._said.setText(_("Saved."))

    def _lay_out(self, look: Look) -> None:
        size = look.theme.size
        layout = QVBoxLayout(self)
        layout.setContentsMargins(size("gutter"), size("s4"), size("gutter"), size("s4"))
        layout.setSpacing(size("s2"))
        layout.addWidget(label("title", _("This computer")))
        form = QFormLayout()
        form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapLongRows)
        form.setSpacing(size("s2"))
        form.addRow(_("Look"), self.theme)
        form.addRow("", self.sounds)
        form.addRow(_("The scanner ends with"), self.suffix)
        form.addRow(_("The scanner begins with"), self.prefix)
        form.addRow(_("Longest pause in a scan, ms"), self.gap)
        form.addRow(_("Printer for papers"), self.printer)
        form.addRow(_("Folder of the daily backup"), self.backups)
        for at, box in enumerate(self.kinds.values()):
            form.addRow(_("Print the agreement at once for") if at == 0 else "", box)
        layout.addLayout(form)
        layout.addWidget(self._said)
        buttons = FlowLayout(size("s2"))
        buttons.addWidget(button("saveMachine", _("Save"), self.save, primary=True))
        layout.addLayout(buttons)

    def _choice(self, name: str, words: str, options: dict[str, str]) -> QComboBox:
        made = named(QComboBox(), name, words)
        named(made.view(), f"{name}List", words)
        for value, text in options.items():
            made.addItem(text, value)
        return made

    def _looks(self) -> dict[str, str]:
        return {Wish.SYSTEM.value: _("As the desktop"), Wish.LIGHT.value: _("Light"), Wish.DARK.value: _("Dark")}

    def _suffixes(self) -> dict[str, str]:
        return {Suffix.ENTER.value: _("Enter"), Suffix.TAB.value: _("Tab"), Suffix.NONE.value: _("Nothing")}

    def _kinds(self) -> dict[BorrowerKind, str]:
        return {
            BorrowerKind.SETTING: _("schools"),
            BorrowerKind.TEACHER: _("teachers"),
            BorrowerKind.ENSEMBLE: _("ensembles and events"),
            BorrowerKind.HIRER: _("families"),
        }
