"""Words for what labels refuse: stocks that can't be cut so, bars that would vanish, codes too long for a square."""

from __future__ import annotations

from typing import TYPE_CHECKING

from loanstore.i18n import _

if TYPE_CHECKING:
    from loanstore.wording.told import Words


def words() -> dict[str, Words]:
    """Give the words by the errors' codes."""
    return {
        "STOCK_TAKEN": (
            _("There is such a stock already"),
            _("“{value}” is a label stock."),
            _("Choose another name, or change that one."),
        ),
        "STOCK_VALUE": (
            _("A figure of the stock does not fit"),
            _("The {field} of {stock} can't be “{value}”."),
            _("Lengths are millimetres, as the maker gives them; counts are whole numbers."),
        ),
        "STOCK_TOO_SMALL": (
            _("The labels are too small"),
            _("{stock} has less than 8 mm that may be printed on."),
            _("Correct its size, its margins, or its rows and columns."),
        ),
        "STOCK_OVERLAPS": (
            _("The labels overlap"),
            _("On {stock} the step from one label to the next is less than the label itself."),
            _("Correct the size or the pitch."),
        ),
        "STOCK_OFF_PAGE": (
            _("The labels do not fit the page"),
            _("The last label of {stock} would lie over the edge of the page."),
            _("Correct the first label's place, the pitch, or the rows and columns."),
        ),
        "LABEL_OFF_PAGE": (
            _("The printer's correction is too large"),
            _("Moved and stretched so, labels of {stock} would be printed over the edge of the page."),
            _("Measure the printer's ruler page once more."),
        ),
        "BARS_VANISH": (
            _("Too much is taken off the bars"),
            _("{reduction} mm taken off each bar would leave too little; at most {most} mm may be."),
            _("Correct the printer's bar-width reduction."),
        ),
        "QR_TOO_LONG": (
            _("The return address is too long"),
            _("A label's QR code holds at most {most} letters."),
            _("Shorten it, or give a web page instead."),
        ),
    }
