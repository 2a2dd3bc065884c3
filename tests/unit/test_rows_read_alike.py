"""One row of a register says the same, whether it was saved as text or typed into Excel."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from loanstore.assets import resources
from loanstore.domain.catalogue import Catalogue
from loanstore.domain.import_fields import ImportKind
from loanstore.domain.import_rules import RowPlan, plan_rows
from loanstore.spreadsheets.reading import read_table

if TYPE_CHECKING:
    from pathlib import Path

HEADINGS = ["Asset No", "Instrument", "Size", "Make", "Serial No.", "Replacement cost", "Date purchased", "Comments"]
CATALOGUE = Catalogue.load((resources() / "catalogue.json").read_text("utf-8"))
ENCODINGS = ["utf-8", "utf-8-sig", "utf-16", "cp1252"]
POUNDS = '"£"#,##0.00'


@dataclass(frozen=True, slots=True)
class Written:
    """A cell as text, and as Excel keeps it: a value and the format it is shown in."""

    text: str
    value: str | float | datetime
    format: str = "General"


def midnight(of: date) -> datetime:
    return datetime(of.year, of.month, of.day)  # noqa: DTZ001  a workbook's dates have no zone


def plain(text: str) -> Written:
    return Written(text, text)


def number(value: int) -> Written:
    return Written(f"{value:06d}", value, "000000")


def price(pence: int) -> Written:
    return Written(f"£{pence / 100:,.2f}", pence / 100, POUNDS)


def price_with_tax(pence: int) -> Written:
    return Written(f"{pence / 100:.2f}", pence / 100 + 0.0014, POUNDS)


def day(moment: datetime) -> Written:
    return Written(moment.strftime("%d/%m/%Y"), moment, "dd/mm/yyyy")


def month(moment: datetime) -> Written:
    first = moment.replace(day=1)
    return Written(first.strftime("%b-%y"), first, "mmm-yy")


def size_as_day(text: str, year: int, at: tuple[int, int], shown_as: str) -> Written:
    return Written(text, midnight(date(year, at[1], at[0])), shown_as)


WORDS = st.text(st.characters(codec="cp1252", exclude_categories=["Cc"]) | st.just("\n"), max_size=12).map(plain)
NOTHING = st.sampled_from([plain(""), plain("n/a"), plain("#N/A"), plain("TBC"), plain("-"), plain("#REF!")])
BOUGHT = st.dates(date(1975, 1, 1), date(2060, 1, 1)).map(midnight)
SIZES = st.sampled_from(
    [
        size_as_day("01-Feb", 2026, (1, 2), "d-mmm"),
        size_as_day("02-Jan", 2026, (2, 1), "d-mmm"),
        size_as_day("03-Apr", 2025, (3, 4), "d-mmm"),
        size_as_day("01-Oct", 2026, (1, 10), "d-mmm"),
        size_as_day("Jan-16", 2016, (1, 1), "mmm-yy"),
        size_as_day("16-Jan", 2026, (16, 1), "d-mmm"),
        size_as_day("Jan-32", 1932, (1, 1), "[$-809]mmm\\-yy;@"),
        size_as_day("05-Jul", 2026, (5, 7), "d-mmm"),
        Written("1/2", 0.5, "# ?/?"),
        Written("0.75", 0.75),
        Written('14"', 14, '0\\"'),
        plain("4/4"),
        plain("5/7"),
        plain("01-Feb"),
    ]
)
TYPES = st.sampled_from(["Violin", "Cello", "Viola", "Tuba", "1/2 Violin", "n/a", "Serpent"]).map(plain)
NUMBERS = st.integers(0, 999_999).map(number)
ROWS = st.tuples(
    NUMBERS | NOTHING | WORDS,
    TYPES,
    SIZES | NOTHING | WORDS,
    WORDS | NOTHING,
    NUMBERS | WORDS | NOTHING,
    st.integers(0, 9_999_999).map(price) | st.integers(0, 999_999).map(price_with_tax) | NOTHING,
    BOUGHT.map(day) | BOUGHT.map(month) | NOTHING,
    WORDS | NOTHING,
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("rows")


def from_text(folder: Path, rows: list[tuple[Written, ...]], encoding: str, delimiter: str) -> RowPlan:
    made = io.StringIO(newline="")
    table = csv.writer(made, delimiter=delimiter)
    table.writerow(HEADINGS)
    table.writerows([cell.text for cell in row] for row in rows)
    path = folder / "register.csv"
    path.write_bytes(made.getvalue().encode(encoding))
    return plan_rows(read_table(path), ImportKind.INSTRUMENTS, CATALOGUE)


def from_workbook(folder: Path, rows: list[tuple[Written, ...]]) -> RowPlan:
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.append(HEADINGS)
    for at, row in enumerate(rows, start=2):
        for place, written in enumerate(row, start=1):
            cell = sheet.cell(at, place)
            cell.value = written.value
            cell.number_format = written.format
            if isinstance(written.value, str) and cell.data_type == "f":
                cell.data_type = "s"
    path = folder / "register.xlsx"
    book.save(path)
    return plan_rows(read_table(path), ImportKind.INSTRUMENTS, CATALOGUE)


def said(plan: RowPlan) -> tuple[object, ...]:
    """Give what a plan says, apart from how what was damaged or dropped stood in its cell."""
    return (
        [(one.row, dict(one.values)) for one in plan.records],
        [(one.row, one.field, one.to) for one in plan.repaired],
        [(one.row, one.field, one.why, dict(one.facts)) for one in plan.refused],
        [(one.row, one.why, dict(one.facts)) for one in plan.passed],
    )


@given(
    rows=st.lists(ROWS, min_size=1, max_size=4),
    encoding=st.sampled_from(ENCODINGS),
    delimiter=st.sampled_from([",", ";", "\t"]),
)
@settings(max_examples=150, deadline=None)
def test_a_row_reads_alike_as_text_in_any_usual_form_and_as_a_workbook(
    folder: Path, rows: list[tuple[Written, ...]], encoding: str, delimiter: str
) -> None:
    assert said(from_text(folder, rows, encoding, delimiter)) == said(from_workbook(folder, rows))


@given(rows=st.lists(ROWS, min_size=1, max_size=4))
@settings(max_examples=60, deadline=None)
def test_a_row_in_which_nothing_was_lost_has_one_print_however_it_was_saved(
    folder: Path, rows: list[tuple[Written, ...]]
) -> None:
    one, other = from_text(folder, rows, "utf-8", ","), from_workbook(folder, rows)
    dropped = {refused.row for refused in one.refused}
    prints = [[record.print for record in plan.records if record.row not in dropped] for plan in (one, other)]
    assert prints[0] == prints[1]
