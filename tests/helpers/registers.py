"""The messy register as other programs would have saved it, and as Excel really does."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import openpyxl

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from openpyxl.cell import Cell

DATA: Final = Path(__file__).resolve().parents[1] / "data"
REGISTER: Final = DATA / "instrument_register_messy.csv"
VARIANTS: Final = ["as it came", "workbook", "utf-8", "utf-8-sig", "utf-16", "cp1252 semicolon", "utf-8 semicolon"]
RECORDS: Final = 62
"""So many records are in the register."""

SIXTEENTHS: Final = [
    ["004260", "Violin", "Jan-16", "Stentor", "Student I", "SN771", "£129.00", "Sept 2010", "Good", "Store A", ""],
    ["004261", "Violin", "16-Jan", "Stentor", "Student I", "SN772", "129.00", "14/09/2011", "Good", "Store A", ""],
    ["004262", "Violin", "04-Apr", "Stentor", "Student I", "n/a", "129.00", "1/9/24", "B", "Store A", ""],
    ["", "Oboe", "", "Howarth", "B", "", "£1,450.00", "2025-02-03", "Good", "Store A", ""],
]
"""Rows beside the register's own: the smallest violins, a whole one, and an oboe that only its row tells apart."""


def _at(year: int, month: int, day: int) -> datetime:
    return datetime(year, month, day)  # noqa: DTZ001  a workbook's dates have no zone


_POUNDS: Final = '"£"#,##0.00'
_BECAME_DATES: Final = {
    "01-Feb": (_at(2026, 2, 1), "d-mmm"),
    "03-Apr": (_at(2026, 4, 3), "d-mmm"),
    "01-Apr": (_at(2026, 4, 1), "d-mmm"),
    "04-Apr": (_at(2026, 4, 4), "d-mmm"),
    "Jan-16": (_at(2016, 1, 1), "mmm-yy"),
}
_BOUGHT: Final = {
    "14/09/2011": (_at(2011, 9, 14), "dd/mm/yyyy"),
    "1/9/24": (_at(2024, 9, 1), "d/m/yy"),
    "2025-02-03": (_at(2025, 2, 3), "[$-809]dd mmmm yyyy;@"),
    "Sept 2010": (_at(2010, 9, 1), "mmm\\-yy;@"),
}
_NUMBER, _SIZE, _SERIAL, _COST, _BOUGHT_ON = 0, 2, 5, 6, 7


def rows_of(file: Path) -> list[list[str]]:
    """Read the register's rows as they are."""
    return list(csv.reader(io.StringIO(file.read_text("cp1252"), newline="")))


def as_text(file: Path, rows: Iterable[Sequence[str]], encoding: str, delimiter: str = ",") -> Path:
    """Save rows as text."""
    made = io.StringIO(newline="")
    csv.writer(made, delimiter=delimiter).writerows(rows)
    file.write_bytes(made.getvalue().encode(encoding))
    return file


def as_workbook(file: Path, rows: Iterable[Sequence[str]]) -> Path:
    """Save rows as a workbook of nothing but texts, as many programs do."""
    book = openpyxl.Workbook()
    for row in rows:
        book.worksheets[0].append([cell or None for cell in row])
    book.save(file)
    return file


def variant(folder: Path, name: str) -> Path:
    """Give the messy register as another program would have saved it."""
    if name == "as it came":
        return REGISTER
    if name == "workbook":
        return as_workbook(folder / "register.xlsx", rows_of(REGISTER))
    encoding, _, sign = name.partition(" ")
    return as_text(folder / "register.csv", rows_of(REGISTER), encoding, ";" if sign else ",")


def with_sixteenths() -> list[list[str]]:
    """Give the register's rows and those beside it, above the total."""
    rows = rows_of(REGISTER)
    return [*rows[:-1], *SIXTEENTHS, rows[-1]]


def as_excel_saves_it(file: Path, rows: Sequence[Sequence[str]]) -> Path:
    """Save the register as Excel on an English machine does when somebody typed it there.

    Sizes and days are true dates where Excel took them for such (every other one, for some were pasted as text),
    numbers are numbers, the title is merged over the columns, what a look-up did not find is an error, a cost and the
    total are formulas that were reckoned, and two sheets are hidden.
    """
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.title = "Register"
    for name, place in (("Lists", 0), ("Last year", 2)):
        hidden = book.create_sheet(name, place)
        hidden.append(["Instrument", "Size"])
        hidden.append(["Violin", "4/4"])
        hidden.sheet_state = "hidden"
    book.active = 1
    for at, row in enumerate(rows, start=1):
        for place, text in enumerate(row):
            if text:
                _fill(sheet.cell(at, place + 1), place, text, typed=at % 2 == 1)
    sheet.merge_cells(start_row=1, start_column=1, end_row=1, end_column=len(rows[2]))
    reckoned = _formulas(sheet, rows)
    book.save(file)
    _reckon(file, "xl/worksheets/sheet2.xml", reckoned)
    return file


def _fill(cell: Cell, place: int, text: str, *, typed: bool) -> None:
    """Fill a cell as Excel would when its text is typed."""
    cell.value = text
    if place == _NUMBER and text.isdigit():
        _take(cell, int(text), "0" * len(text))
    elif place == _SIZE and typed and text in _BECAME_DATES:
        _take(cell, *_BECAME_DATES[text])
    elif place == _SERIAL and text == "n/a":
        cell.value = "#N/A"
    elif place == _SERIAL and text.isdigit():
        _take(cell, int(text), "0" * len(text))
    elif place == _COST and (found := re.fullmatch(r"£?([\d,]+(?:\.\d\d)?)", text)):
        _take(cell, float(found[1].replace(",", "")), _POUNDS)
    elif place == _BOUGHT_ON and typed and text in _BOUGHT:
        _take(cell, *_BOUGHT[text])


def _take(cell: Cell, value: float | datetime, number_format: str) -> None:
    cell.value = value
    cell.number_format = number_format


def _formulas(sheet: Any, rows: Sequence[Sequence[str]]) -> dict[str, float | str]:
    """Make formulas of a cost with tax, of a make and of the total, and give what they were reckoned to be."""
    last = len(rows)
    at = next(n for n, row in enumerate(rows, start=1) if "004243" in row)
    sheet[f"G{at}"] = "=137.92*1.2"
    sheet[f"D{at}"] = '=CONCATENATE("Sten","tor")'
    sheet[f"G{last}"] = f"=SUM(G4:G{last - 1})"
    return {f"G{at}": 137.92 * 1.2, f"D{at}": "Stentor", f"G{last}": 41228.9}


def _reckon(file: Path, part: str, reckoned: Mapping[str, float | str]) -> None:
    """Put into a saved workbook what its formulas came to, which Excel keeps beside them."""
    with zipfile.ZipFile(file) as book:
        parts = {name: book.read(name) for name in book.namelist()}
    sheet = parts[part].decode()
    for place, value in reckoned.items():
        kind = ' t="str"' if isinstance(value, str) else ""
        sheet, found = re.subn(
            rf'(<c r="{place}"[^>]*?)(?: t="\w+")?>(<f>[^<]*</f>)<v\s*/?>(?:</v>)?</c>',
            rf"\g<1>{kind}>\g<2><v>{value}</v></c>",
            sheet,
        )
        assert found == 1, place
    parts[part] = sheet.encode()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as book:
        for name, data in parts.items():
            book.writestr(name, data)
