"""Words for files that can't be read, and for labels and papers that can't be made."""

from __future__ import annotations

from typing import TYPE_CHECKING

from loanstore.i18n import _

if TYPE_CHECKING:
    from loanstore.wording.told import Words


def words() -> dict[str, Words]:
    """Give the words by the errors' codes."""
    return _tables() | _mapping() | _labels() | _papers()


def _tables() -> dict[str, Words]:
    return {
        "FILE_MISSING": (_("There is no such file"), _("There is no file {file}."), _("Check the name.")),
        "FILE_UNREADABLE": (
            _("The file can't be opened"),
            _("{file}: {reason}."),
            _("Close it in other programs, and check that you may read it."),
        ),
        "FILE_TOO_LARGE": (_("The file is too large"), _("{file} has more than {most} bytes."), _("Split it.")),
        "FILE_EMPTY": (_("There is nothing in it"), _("{file} is empty."), _("Choose another file.")),
        "NOT_A_TABLE": (
            _("This is no table"),
            _("{file} holds no rows and columns."),
            _("Save it as CSV or as an Excel workbook (.xlsx)."),
        ),
        "OLD_WORKBOOK": (
            _("This is an old Excel file"),
            _("{file} is in the .xls format of before 2007."),
            _("Open it in Excel and save it as .xlsx."),
        ),
        "WORKBOOK_LOCKED": (
            _("The workbook is locked"),
            _("{file} is protected by a password."),
            _("Save a copy without one."),
        ),
        "WORKBOOK_DAMAGED": (
            _("The workbook is damaged"),
            _("{file} can't be read: {reason}."),
            _("Open it in Excel and save it again."),
        ),
        "CELL_TOO_LONG": (
            _("A cell is too long"),
            _("{file}, row {row}: a cell holds more than 131,072 characters."),
            _("Shorten it."),
        ),
        "QUOTE_NEVER_CLOSED": (
            _("A quotation mark is left open"),
            _("{file}, row {row}: a quotation mark is opened and never closed."),
            _("Close it."),
        ),
        "NO_HEADERS": (
            _("No headings were found"),
            _("None of the first {looked_at} rows looks like headings of {kind}; needed: {needed}."),
            _("Give the columns names, or say which is which with --map “Their header=field”."),
        ),
    }


def _mapping() -> dict[str, Words]:
    return {
        "UNKNOWN_FIELD": (
            _("No such field"),
            _("There is no field “{field}”; there are: {fields}."),
            _("Choose one of them."),
        ),
        "UNKNOWN_HEADER": (
            _("No such heading"),
            _("No column is headed “{header}”; there are: {headers}."),
            _("Write the heading as it stands in the file."),
        ),
        "MAPPED_TWICE": (
            _("A field is given twice"),
            _("More than one column would be the {field}."),
            _("Map only one of them."),
        ),
        "BAD_MAPPING": (
            _("The mapping does not fit"),
            _("“{text}” is not of the form Their header=field."),
            _("Put an equals sign between the heading and the field."),
        ),
        "BAD_MEANING": (
            _("The meaning of a word does not fit"),
            _("“{text}” is not of the form “Their word=meaning”, with one of these meanings: {known}."),
            _("Write it so, for instance “Store A=place”."),
        ),
        "CATALOGUE_UNREADABLE": (
            _("The catalogue of types is damaged"),
            _("It can't be read: {reason}."),
            _("Install loanstore again."),
        ),
    }


def _labels() -> dict[str, Words]:
    return {
        "LABEL_TOO_SMALL": (
            _("The label is too small"),
            _("The bars of {label} do not fit {stock}."),
            _("Stocks that would do: {fitting}."),
        ),
        "LABEL_UNREADABLE": (
            _("A label does not read back"),
            _("{label} on page {page} could not be read from the finished sheet, so the sheet was not written."),
            _("Try a larger stock, and tell whoever looks after loanstore."),
        ),
        "PAGES_DIFFER": (
            _("The sheet is not whole"),
            _("There are {found} pages where {expected} were expected."),
            _("Make it again, and tell whoever looks after loanstore."),
        ),
        "START_OUTSIDE_SHEET": (
            _("There is no such label on a sheet"),
            _("{stock} has labels 1 to {last}, and not {start}."),
            _("Choose a start from 1 to {last}."),
        ),
        "NO_LABELS": (_("There is nothing to print"), _("No labels were chosen."), _("Name codes, or use --all.")),
        "CODE_UNPRINTABLE": (
            _("The code can't be printed"),
            _("“{text}” holds more than letters and digits."),
            _("Give it a code of the store."),
        ),
        "NO_GLYPH": (
            _("A character can't be printed"),
            _("No font that ships with loanstore has {characters}."),
            _("Write the name in another spelling or script."),
        ),
        "STOCKS_UNUSABLE": (_("The list of label stocks is damaged"), _("{why}."), _("Install loanstore again.")),
        "FONT_UNUSABLE": (_("A font is missing"), _("{file}: {why}."), _("Install loanstore again.")),
    }


def _papers() -> dict[str, Words]:
    return {
        "UNKNOWN_PLACEHOLDER": (
            _("An unknown word in braces"),
            _("“{name}” in the agreement text {text} is none of: {known}."),
            _("Correct the text."),
        ),
        "AGREEMENT_TEXT_UNUSABLE": (
            _("An agreement text is damaged"),
            _("{why}."),
            _("Put the text that ships with loanstore back."),
        ),
    }
