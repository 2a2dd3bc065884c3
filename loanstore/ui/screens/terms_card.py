"""The table of terms, charging blocks and notice dates, edited by hand: due dates and charges follow them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtWidgets import QLineEdit, QTableWidgetItem

from loanstore.domain import terms
from loanstore.domain.errors import Refused
from loanstore.i18n import _
from loanstore.ui.labels import button, label, named
from loanstore.ui.screens.table_card import TableCard, edited_table
from loanstore.wording import told

if TYPE_CHECKING:
    from PySide6.QtWidgets import QTableWidget

    from loanstore.domain.terms import Block, TermTable
    from loanstore.operations.desk import Desk, Done
    from loanstore.ui.counter import Counter
    from loanstore.ui.theme import Look

_BLOCK_ROWS: Final = 5


class TermsCard(TableCard):
    """One row a term: academic year, name, first and last day, half-term; then the blocks and the days for notice.

    Nothing counts before it is saved.
    """

    def __init__(self, look: Look, counter: Counter) -> None:
        days = [_("First day"), _("Last day")]
        headings = [_("Academic year"), _("Term"), *days, _("Half-term from"), _("to")]
        hint = _("Loans are due at the end of a term. Write days as 2026-12-18; check them each year.")
        said = _("Blocks that hire may be charged by come every year. Write days as 09-01; empty a row to drop it.")
        self.blocks = edited_table(look, "blocks", _("Charging blocks"), [_("Block"), *days], _BLOCK_ROWS)
        self.notice = named(QLineEdit(), "noticeDays", _("Notice is given by, days of the year as 07-01"))
        noticed = label("muted", self.notice.accessibleName(), wrap=True)
        beside = (label("muted", said, wrap=True), self.blocks, noticed, self.notice)
        super().__init__(look, "terms", (_("Terms"), hint), headings, beside)
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
        self._put([""] * self.table.columnCount())
        self.table.setCurrentCell(self.table.rowCount() - 1, 0)
        self.table.setFocus()

    def save(self) -> None:
        """Save the table, or say which term can't be."""
        try:
            made = terms.make_table(self._rows(), self._blocks(), terms.make_notice(self.notice.text()))
        except Refused as refused:
            self._said.setText(told(refused).on_one_line())
            return

        def work(desk: Desk) -> Done[None]:
            from loanstore.operations import housekeeping

            return housekeeping.change_terms(desk, made)

        def saved(_none: None) -> None:
            self._show(made)
            self._said.setText(_("Saved. Loans made from now on are due by this table."))

        self._counter.write(work, saved)

    def _rows(self) -> list[list[str]]:
        return _filled(self.table)

    def _blocks(self) -> tuple[Block, ...]:
        return terms.make_blocks(_filled(self.blocks))

    def _show(self, table: TermTable) -> None:
        self.table.setRowCount(0)
        for term in table.terms:
            half = [day.isoformat() for day in term.half] if term.half is not None else ["", ""]
            self._put([term.year, term.name, term.start.isoformat(), term.end.isoformat(), *half])
        self.blocks.setRowCount(0)
        for block in table.blocks:
            days = terms.show_month_day(block.start), terms.show_month_day(block.end)
            _add(self.blocks, [block.name, *days])
        _add(self.blocks, [""] * self.blocks.columnCount())
        self.notice.setText(", ".join(terms.show_month_day(day) for day in table.notice))
        self._said.clear()

    def _put(self, texts: list[str]) -> None:
        _add(self.table, texts)

    def _remove_row(self) -> None:
        if self.table.currentRow() >= 0:
            self.table.removeRow(self.table.currentRow())


def _filled(table: QTableWidget) -> list[list[str]]:
    """Give the rows in which anything stands."""
    rows = []
    for at in range(table.rowCount()):
        items = [table.item(at, column) for column in range(table.columnCount())]
        texts = [item.text().strip() if item is not None else "" for item in items]
        if any(texts):
            rows.append(texts)
    return rows


def _add(table: QTableWidget, texts: list[str]) -> None:
    at = table.rowCount()
    table.insertRow(at)
    for column, text in enumerate(texts):
        table.setItem(at, column, QTableWidgetItem(text))
