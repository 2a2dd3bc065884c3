"""What each type of instrument needs and how often, and its band; edited by hand."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QHeaderView, QTableWidget, QTableWidgetItem, QVBoxLayout

from loanstore.domain.catalogue import MONTHS
from loanstore.i18n import _, ngettext
from loanstore.ui.labels import button, label, named

if TYPE_CHECKING:
    from collections.abc import Sequence

    from loanstore.domain.catalogue import InstrumentType
    from loanstore.operations.desk import Desk, Done
    from loanstore.ui.counter import Counter
    from loanstore.ui.theme import Look

_FIELDS: Final = (*MONTHS, "band")


class TypesCard(QFrame):
    """One row a type: months from one service, PAT test and hygiene to the next, and the band. Empty means never."""

    def __init__(self, look: Look, counter: Counter) -> None:
        super().__init__()
        self.setObjectName("card")
        self._counter = counter
        self._shown: tuple[InstrumentType, ...] = ()
        headings = [_("Type"), _("Service"), _("PAT test"), _("Hygiene"), _("Band")]
        self.table = named(QTableWidget(0, len(headings)), "types", _("Types of instrument"))
        self.table.setHorizontalHeaderLabels(headings)
        self.table.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        self.table.verticalHeader().hide()
        self.table.setMinimumHeight(look.theme.size("row") * 8)
        self._said = label("muted", "", wrap=True)
        size = look.theme.size
        layout = QVBoxLayout(self)
        layout.setContentsMargins(size("gutter"), size("s4"), size("gutter"), size("s4"))
        layout.setSpacing(size("s2"))
        layout.addWidget(label("title", _("Types of instrument")))
        hint = _("Months from one service, PAT test or hygiene to the next; empty for none. Bands are for charges.")
        layout.addWidget(label("muted", hint, wrap=True))
        layout.addWidget(self.table)
        layout.addWidget(self._said)
        buttons = QHBoxLayout()
        buttons.addWidget(button("saveTypes", _("Save types"), self.save, primary=True))
        buttons.addStretch(1)
        layout.addLayout(buttons)

    def said(self) -> str:
        """Give what the card says of the last saving."""
        return self._said.text()

    def load(self) -> None:
        """Read the catalogue from the store."""

        def work(desk: Desk) -> tuple[InstrumentType, ...]:
            from loanstore.operations import classifying

            return classifying.types(desk)

        self._counter.read(work, self._show, name="types")

    def save(self) -> None:
        """Save what was changed, all of it or none."""
        changes = self._changes()
        self._said.clear()
        if not changes:
            self._said.setText(_("Nothing was changed."))
            return

        def work(desk: Desk) -> Done[tuple[InstrumentType, ...]]:
            from loanstore.operations import classifying

            return classifying.change_types(desk, changes)

        def saved(types: Sequence[InstrumentType]) -> None:
            n = len(types)
            self.load()
            self._said.setText(ngettext("{n} type saved.", "{n} types saved.", n).format(n=n))

        self._counter.write(work, saved)

    def _changes(self) -> dict[str, dict[str, object]]:
        """Give what differs from what was shown, by type."""
        found: dict[str, dict[str, object]] = {}
        for row, kind in enumerate(self._shown):
            for column, field in enumerate(_FIELDS, 1):
                item = self.table.item(row, column)
                value = _read(field, item.text() if item is not None else "")
                if value != getattr(kind, field):
                    found.setdefault(kind.name, {})[field] = value
        return found

    def _show(self, types: tuple[InstrumentType, ...]) -> None:
        self._shown = types
        self.table.setRowCount(len(types))
        for row, kind in enumerate(types):
            name = QTableWidgetItem(kind.name)
            name.setFlags(name.flags() & ~Qt.ItemFlag.ItemIsEditable)
            self.table.setItem(row, 0, name)
            for column, field in enumerate(_FIELDS, 1):
                value = getattr(kind, field)
                self.table.setItem(row, column, QTableWidgetItem("" if value is None else str(value)))


def _read(field: str, text: str) -> object:
    """Read a cell; what is neither a number nor empty goes on as it is, to be refused with its words."""
    typed = text.strip()
    if field not in MONTHS:
        return typed.upper()
    return int(typed) if typed.isascii() and typed.isdigit() else typed or None
