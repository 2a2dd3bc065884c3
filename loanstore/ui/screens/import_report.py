"""What an import does, or would do: the counts, and a table each for what is taken, refused, repaired and passed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from loanstore.i18n import _, ngettext
from loanstore.ui.flow import FlowLayout
from loanstore.ui.labels import button, label, named
from loanstore.ui.screens import import_lines
from loanstore.ui.titled_table import TitledTable

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent

    from loanstore.domain.import_fields import ImportKind
    from loanstore.operations.importing import Imported
    from loanstore.ui.theme import Look

TAKEN, REFUSED, REPAIRED, PASSED = "taken", "refused", "repaired", "passed"


class ImportReport(QWidget):
    """Four tables, one at a time; the report can be kept as a file."""

    keep_wanted = Signal()

    def __init__(self, name: str, look: Look) -> None:
        super().__init__()
        self.setObjectName(name)
        self._title = label("strong", wrap=True)
        self._counts = label("muted", wrap=True)
        self.tables = self._make_tables(name, look)
        self.switches: dict[str, QPushButton] = {}
        self._group = QButtonGroup(self)
        self._shown = QStackedWidget()
        size = look.theme.size
        row = FlowLayout(size("s2"))
        for which, table in self.tables.items():
            switch = named(QPushButton(), f"{name}-{which}")
            switch.setCheckable(True)
            switch.setProperty("switch", True)
            switch.clicked.connect(lambda _checked, which=which: self.show_table(which))
            self._group.addButton(switch)
            self.switches[which] = switch
            row.addWidget(switch)
            self._shown.addWidget(table)
        self._count()
        row.addWidget(button(f"{name}-keep", _("Save this report"), self.keep_wanted.emit))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(size("s2"))
        layout.addWidget(self._title)
        layout.addWidget(self._counts)
        layout.addLayout(row)
        layout.addWidget(self._shown, 1)

    def show_import(self, title: str, made: Imported, kind: ImportKind) -> None:
        """Show what an import does; what is refused comes up first, if anything is."""
        self._title.setText(title)
        self._counts.setText(counts_words(made))
        self.tables[TAKEN].show_lines(import_lines.taken_lines(made, kind))
        self.tables[REFUSED].show_lines(import_lines.refused_lines(made, kind))
        self.tables[REPAIRED].show_lines(import_lines.repaired_lines(made, kind))
        self.tables[PASSED].show_lines(import_lines.passed_lines(made))
        self._count()
        self.show_table(REFUSED if made.refused else TAKEN)

    def show_table(self, which: str) -> None:
        """Bring up one of the four tables."""
        self.switches[which].setChecked(True)
        self._shown.setCurrentWidget(self.tables[which])

    def text(self) -> str:
        """Give the words above the tables."""
        return f"{self._title.text()} {self._counts.text()}"

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit the tables into the window."""
        super().resizeEvent(event)
        for table in self.tables.values():
            table.fit(self.width())

    def _count(self) -> None:
        for which, words in self._switch_words().items():
            said = words.format(n=f"{self.tables[which].model.rowCount():,}")
            self.switches[which].setText(said)
            self.switches[which].setAccessibleName(said)

    def _switch_words(self) -> dict[str, str]:
        return {
            TAKEN: _("New and changed: {n}"),
            REFUSED: _("Refused: {n}"),
            REPAIRED: _("Repaired: {n}"),
            PASSED: _("Passed over: {n}"),
        }

    def _make_tables(self, name: str, look: Look) -> dict[str, TitledTable]:
        return {
            TAKEN: TitledTable(
                f"{name}-table-{TAKEN}",
                _("What is created and what is changed"),
                import_lines.taken_columns(look),
                _("Nothing is new in this list, and nothing in it differs from what stands here."),
                look,
            ),
            REFUSED: TitledTable(
                f"{name}-table-{REFUSED}",
                _("What is refused: put it right in the list and bring it again"),
                import_lines.refused_columns(look),
                _("Nothing is refused."),
                look,
            ),
            REPAIRED: TitledTable(
                f"{name}-table-{REPAIRED}",
                _("What a spreadsheet had spoilt and is put right"),
                import_lines.repaired_columns(look),
                _("Nothing needed repair."),
                look,
            ),
            PASSED: TitledTable(
                f"{name}-table-{PASSED}",
                _("Rows that are no records, or the same record again"),
                import_lines.passed_columns(look),
                _("Every row was read."),
                look,
            ),
        }


def counts_words(made: Imported) -> str:
    """Say in one line what an import does."""
    parts = [
        ngettext("{n} row", "{n} rows", made.rows).format(n=f"{made.rows:,}"),
        _("{n} new").format(n=f"{made.created:,}"),
        _("{n} changed").format(n=f"{made.updated:,}"),
        _("{n} as they were").format(n=f"{made.unchanged:,}"),
    ]
    if made.loans:
        parts.append(ngettext("{n} loan opened", "{n} loans opened", made.loans).format(n=f"{made.loans:,}"))
    if made.other_sheets:
        parts.append(_("not read: {sheets}").format(sheets=", ".join(made.other_sheets)))
    return " · ".join(parts)
