"""Words for what printers, their profiles and their queues refuse."""

from __future__ import annotations

from typing import TYPE_CHECKING

from loanstore.i18n import _

if TYPE_CHECKING:
    from loanstore.wording.told import Words


def words() -> dict[str, Words]:
    """Give the words by the errors' codes."""
    return _profiles() | _queues()


def _profiles() -> dict[str, Words]:
    return {
        "PRINTER_UNKNOWN": (
            _("No such printer"),
            _("There is no printer called “{value}” here; known are: {known}."),
            _("Choose one of them, or add it with “loanstore printer add”."),
        ),
        "PRINTER_NAMELESS": (
            _("The printer needs a name"),
            _("“{value}” holds no letters or figures to know a printer by."),
            _("Call it what people call it, for example “Zebra at the desk”."),
        ),
        "PRINTER_KNOWN_ALREADY": (
            _("There is a printer of that name"),
            _("{name} is known already."),
            _("Change that one, or choose another name."),
        ),
        "PRINTER_VALUE": (
            _("This can't be"),
            _("“{value}” is not what a printer's {field} can be."),
            _("Dots per inch are 203, 300 or 600; offsets up to 10 mm; scales 0.9 to 1.1; bars up to 0.15 mm thinner."),
        ),
        "MEASURED_TOO_FAR": (
            _("These figures can't be put right here"),
            _("From the {edge}, the marks lie {near} and {far} mm from the edges; they should be at {expected} mm."),
            _("Print the ruler page anew at 100 %, without “fit to page”, and measure from the edges it names."),
        ),
        "NO_LABEL_PRINTER": (
            _("No printer for labels is chosen"),
            _("This machine does not know which printer labels go to."),
            _("Choose one with “loanstore printer use”, or add one with “loanstore printer add”."),
        ),
        "PRINTER_WITHOUT_STOCK": (
            _("Which labels are in the printer?"),
            _("Nobody has said which label stock {name} holds."),
            _("Say it with “loanstore printer change”, then print again."),
        ),
        "NO_BROTHER_ROLL": (
            _("No Brother roll has that size"),
            _("A label of {width} x {height} mm fits no roll that this printer takes."),
            _("Choose the stock that is on its roll, for example brother-dk-11209."),
        ),
        "NOT_ON_A_ROLL": (
            _("This printer takes rolls"),
            _("{name} prints label by label; {stock} is a sheet."),
            _("Choose the stock that is on its roll, or another printer."),
        ),
    }


def _queues() -> dict[str, Words]:
    return {
        "NO_QUEUE_SAID": (
            _("Where should it be printed?"),
            _("The printer for “{title}” has no queue on this machine."),
            _("Choose the printer in the settings, or name its queue with “loanstore printer change”."),
        ),
        "NO_SPOOLER": (
            _("Nothing prints through queues here"),
            _("This machine has no program that takes a paper to the queue {queue}."),
            _("On Debian and its kin install cups-client; elsewhere choose the printer in the window."),
        ),
        "QUEUE_UNKNOWN": (
            _("The printer is not there"),
            _("This machine has no printer called {queue}; it has: {known}. The spooler says: {reason}."),
            _("Choose one of these in the settings, or switch the printer on and try again."),
        ),
        "QUEUE_STOPPED": (
            _("The printer has been stopped"),
            _("{queue} prints nothing at the moment: {reason}."),
            _("See to the printer, let its queue go on in the system's settings, and print again."),
        ),
        "PAPER_UNKNOWN": (
            _("The printer's driver knows no such paper"),
            _("{queue} takes no paper of {width} x {height} mm; what was printed would be cut or shrunk."),
            _("Choose the stock that is in the printer, or set that size up in the system's settings for it."),
        ),
        "PRINT_FAILED": (
            _("It could not be printed"),
            _("{queue} did not take the paper: {reason}."),
            _("See to the printer and print again; what was made is kept."),
        ),
        "PRINTER_UNREACHABLE": (
            _("The printer does not answer"),
            _("{queue} can't be reached: {reason}."),
            _("See that it is switched on and connected, and print again."),
        ),
        "PDF_NOT_RAW": (
            _("This printer needs a queue"),
            _("{queue} is a bare connection, and takes only what a label printer understands by itself."),
            _("Set the printer up in the system and name its queue, or say that it is a ZPL or Brother printer."),
        ),
    }
