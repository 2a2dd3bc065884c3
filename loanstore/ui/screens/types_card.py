"""What each type of instrument needs and how often, and its band; edited by hand."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QTableWidgetItem

from loanstore.domain.catalogue import MONTHS
from loanstore.i18n import _, ngettext
from loanstore.ui.labels import button
from loanstore.ui.screens.table_card import TableCard
from loanstore.ui.screens.type_form import read_field, save_type, type_form

if TYPE_CHECKING:
    from collections.abc import Sequence

    from loanstore.domain.catalogue import InstrumentType
    from loanstore.operations.desk import Desk, Done
    from loanstore.ui.counter import Counter
    from loanstore.ui.theme import Look

_FIELDS: Final = (*MONTHS, "band")


class TypesCard(TableCard):
    """One row a type: months from one service, PAT test and hygiene to the next, and the band. Empty means never.

    All else that a store says of a type is asked in a form: ``form_wanted`` carries it and what saves it.
    """

    form_wanted = Signal(object, object)

    def __init__(self, look: Look, counter: Counter) -> None:
        headings = [_("Type"), _("Service"), _("PAT test"), _("Hygiene"), _("Band")]
        hint = _("Months from one service, PAT test or hygiene to the next; empty for none. Bands are for charges.")
        super().__init__(look, "types", (_("Types of instrument"), hint), headings)
        self._counter = counter
        self._shown: tuple[InstrumentType, ...] = ()
        self._own: frozenset[str] = frozenset()
        self._change = button("changeType", _("Sizes, accessories and words"), self._ask_change)
        self._reset = button("resetType", _("As it ships"), self._put_back)
        self.add_buttons(
            button("saveTypes", _("Save types"), self.save, primary=True),
            self._change,
            button("newType", _("New type"), self._ask_new),
            self._reset,
        )
        self.table.currentCellChanged.connect(lambda *_cells: self._enable())
        self._enable()

    def load(self) -> None:
        """Read the catalogue from the store."""

        def work(desk: Desk) -> tuple[tuple[InstrumentType, ...], frozenset[str]]:
            from loanstore.operations import classifying

            return classifying.types(desk), frozenset(classifying.own_types(desk))

        self._counter.read(work, lambda found: self._show(*found), name="types")

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
                value = read_field(field, item.text() if item is not None else "")
                if value != getattr(kind, field):
                    found.setdefault(kind.name, {})[field] = value
        return found

    def _chosen(self) -> InstrumentType | None:
        row = self.table.currentRow()
        return self._shown[row] if 0 <= row < len(self._shown) else None

    def _enable(self) -> None:
        chosen = self._chosen()
        self._change.setEnabled(chosen is not None)
        self._reset.setEnabled(chosen is not None and chosen.name in self._own)

    def _families(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(kind.family for kind in self._shown))

    def _ask_change(self) -> None:
        chosen = self._chosen()
        if chosen is not None:
            self.form_wanted.emit(type_form(self._families(), chosen), partial(save_type, chosen.name))

    def _ask_new(self) -> None:
        self.form_wanted.emit(type_form(self._families()), partial(save_type, ""))

    def _put_back(self) -> None:
        chosen = self._chosen()
        if chosen is None:
            return
        name = chosen.name

        def work(desk: Desk) -> Done[None]:
            from loanstore.operations import classifying

            return classifying.reset_type(desk, name)

        def put_back(_none: None) -> None:
            self.load()
            self._said.setText(_("{type} is as it ships.").format(type=name))

        self._counter.write(work, put_back)

    def _show(self, types: tuple[InstrumentType, ...], own: frozenset[str]) -> None:
        self._shown, self._own = types, own
        self.table.setRowCount(len(types))
        for row, kind in enumerate(types):
            name = QTableWidgetItem(kind.name)
            name.setFlags(name.flags() & ~Qt.ItemFlag.ItemIsEditable)
            self.table.setItem(row, 0, name)
            for column, field in enumerate(_FIELDS, 1):
                value = getattr(kind, field)
                self.table.setItem(row, column, QTableWidgetItem("" if value is None else str(value)))
        if self.table.currentRow() < 0:
            self.table.setCurrentCell(0, 0)
        self._enable()
