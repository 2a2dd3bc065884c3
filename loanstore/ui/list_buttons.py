"""The buttons at the heads of the lists, and the one under an empty list."""

from __future__ import annotations

from typing import TYPE_CHECKING

from loanstore.domain.import_fields import ImportKind
from loanstore.i18n import _
from loanstore.ui.labels import button

if TYPE_CHECKING:
    from collections.abc import Callable

    from loanstore.ui.main_window import MainWindow


def add_list_buttons(window: MainWindow) -> None:
    """Put the buttons on the three lists of the register."""
    instruments, borrowers, loans = window.lists.values()
    fill = _("Import a list")

    def bring(kind: ImportKind) -> Callable[[], None]:
        return lambda: window.show_import(kind)

    def ask(kind: str, origin: str) -> Callable[[], None]:
        return lambda: window.ask_record(kind, origin)

    instruments.add_button(button("newInstrument", _("New instrument"), ask("instrument", "instruments")))
    instruments.add_button(button("importInstruments", fill, bring(ImportKind.INSTRUMENTS)))
    instruments.set_empty_button(button("fillInstruments", fill, bring(ImportKind.INSTRUMENTS), primary=True))
    borrowers.add_button(button("newBorrower", _("New borrower"), ask("borrower", "borrowers")))
    borrowers.add_button(button("importBorrowers", fill, bring(ImportKind.BORROWERS)))
    printing = button("printBarcodes", _("Print barcodes"), lambda: window.list_actions.print_barcodes(borrowers))
    borrowers.add_button(printing)
    schools = button("fillBorrowers", _("Import schools"), bring(ImportKind.SCHOOLS), primary=True)
    borrowers.set_empty_button(schools)
    loans.add_button(button("importLoans", fill, bring(ImportKind.LOANS)))
    to_desk = button("goLend", _("To the scan desk"), lambda: window.show_page("desk"), primary=True)
    loans.set_empty_button(to_desk)
