"""The buttons at the heads of the lists, and the one under an empty list."""

from __future__ import annotations

from typing import TYPE_CHECKING

from loanstore.domain.import_fields import ImportKind
from loanstore.i18n import _
from loanstore.ui.labels import button

if TYPE_CHECKING:
    from collections.abc import Callable

    from loanstore.ui.main_window import MainWindow
    from loanstore.ui.screens.list_screen import ListScreen


def add_list_buttons(window: MainWindow, screen: ListScreen) -> None:
    """Put the buttons on a list of the register."""
    {"instruments": _instruments, "borrowers": _borrowers, "loans": _loans}[screen.kind.name](window, screen)


def _instruments(window: MainWindow, screen: ListScreen) -> None:
    bring = _bring(window, ImportKind.INSTRUMENTS)
    new = button("newInstrument", _("New instrument"), lambda: window.ask_record("instrument", "instruments"))
    screen.add_button(new)
    screen.add_button(button("importInstruments", _("Import a list"), bring))
    screen.set_empty_button(button("fillInstruments", _("Import a list"), bring, primary=True))


def _borrowers(window: MainWindow, screen: ListScreen) -> None:
    schools = button("fillBorrowers", _("Import schools"), _bring(window, ImportKind.SCHOOLS), primary=True)
    screen.add_button(button("newBorrower", _("New borrower"), lambda: window.ask_record("borrower", "borrowers")))
    screen.add_button(button("importBorrowers", _("Import a list"), _bring(window, ImportKind.BORROWERS)))
    printing = button("printBarcodes", _("Print barcodes"), lambda: window.list_actions.print_barcodes(screen))
    screen.add_button(printing)
    screen.set_empty_button(schools)


def _loans(window: MainWindow, screen: ListScreen) -> None:
    screen.add_button(button("importLoans", _("Import a list"), _bring(window, ImportKind.LOANS)))
    to_desk = button("goLend", _("To the scan desk"), lambda: window.show_page("desk"), primary=True)
    screen.set_empty_button(to_desk)


def _bring(window: MainWindow, kind: ImportKind) -> Callable[[], None]:
    return lambda: window.show_import(kind)
