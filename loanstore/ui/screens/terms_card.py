"""The table of terms, edited by hand: due dates land on the ends that stand here."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtWidgets import QTableWidgetItem

from loanstore.domain import terms
from loanstore.domain.errors import Refused
from loanstore.i18n import _
from loanstore.ui.labels import button
from loanstore.ui.screens.table_card import TableCard
from loanstore.wording import told

if TYPE_CHECKING:
    from loanstore.domain.terms import TermTable
    from loanstore.operations.desk import Desk, Done
    from loanstore.ui.counter import Counter
    from loanstore.ui.theme import Look

_COLUMNS: Final = 4


class TermsCard(TableCard):
    """One row a term: academic year, name, first and last day. Nothing counts before it is saved."""

    def __init__(self, look: Look, counter: Counter) -> None:
        headings = [_("Academic year"), _("Term"), _("First day"), _("Last day")]
        hint = _("Loans are due at the end of a term. Write days as 2026-12-18; check them each year.")
        super().__init__(look, "terms", (_("Terms"), hint), headings)
        self._counter = counter
        self.add_buttons(
            button("saveTerms", _("Save terms"), self.save, primary=True),
            button("addTerm", _("Add a term"), self.add_row),
            button("removeTerm", _("Remove this term"), self._remove_row),
        )

    def load(self) -> None:
        """Read the table from the store."""

        def work(desk: Desk) -> TermTable:
            from loanstore.operations import housekeeping

            return housekeeping.terms(desk)

        self._counter.read(work, self._show, name="terms")

    def add_row(self) -> None:
        """Add an empty row and go there."""
        self._put([""] * _COLUMNS)
        self.table.setCurrentCell(self.table.rowCount() - 1, 0)
        self.table.setFocus()

    def save(self) -> None:
        """Save the table, or say which term can't be."""
        try:
            made = terms.make_table(self._rows())
        except Refused as refused:
            words = told(refused)
            self._said.setText(f"{words.title}. {words.message} {words.next}")
            return

        def work(desk: Desk) -> Done[None]:
            from loanstore.operations import housekeeping

            return housekeeping.change_terms(desk, made)

        def saved(_none: None) -> None:
            self._show(made)
            self._said.setText(_("Saved. Loans made from now on are due by this table."))

        self._counter.write(work, saved)

    def _rows(self) -> list[tuple[str, str, str, str]]:
        rows = []
        for at in range(self.table.rowCount()):
            items = [self.table.item(at, column) for column in range(_COLUMNS)]
            year, name, start, end = (item.text().strip() if item is not None else "" for item in items)
            if year or name or start or end:
                rows.append((year, name, start, end))
        return rows

    def _show(self, table: TermTable) -> None:
        self.table.setRowCount(0)
        for term in table.terms:
            self._put([term.year, term.name, term.start.isoformat(), term.end.isoformat()])
        self._said.clear()

    def _put(self, texts: list[str]) -> None:
        at = self.table.rowCount()
        self.table.insertRow(at)
        for column, text in enumerate(texts):
            self.table.setItem(at, column, QTableWidgetItem(text))

    def _remove_row(self) -> None:
        if self.table.currentRow() >= 0:
            self.table.removeRow(self.table.currentRow())
