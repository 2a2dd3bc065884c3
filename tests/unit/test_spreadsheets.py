"""Tables are read whatever program saved them; what is no table is refused with a clear code."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from loanstore.domain.errors import FileUnusable
from loanstore.spreadsheets.reading import read_table
from loanstore.spreadsheets.writing import write_csv, write_xlsx

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from loanstore.domain.tables import Table

DATA = Path(__file__).parents[1] / "data"
# The pound sign is one byte in Windows-1252, followed by what can't follow it in UTF-8.
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
HEADINGS = ("Asset No", "Instrument", "Value (£)")


def write(folder: Path, data: bytes, name: str = "register.csv") -> Path:
    path = folder / name
    path.write_bytes(data)
    return path


def as_csv(rows: list[tuple[str, ...]], delimiter: str, quoting: int = csv.QUOTE_ALL) -> str:
    made = io.StringIO()
    csv.writer(made, delimiter=delimiter, quoting=quoting).writerows(rows)  # type: ignore[arg-type]  # an int is one of csv's own
    return made.getvalue()


def cells(table: Table) -> list[tuple[str, ...]]:
    return [row.cells for row in table.rows]


def refusal(path: Path) -> FileUnusable:
    with pytest.raises(FileUnusable) as told:
        read_table(path)
    assert told.value.facts["file"] == path.name
    return told.value


def texts(alphabet: st.SearchStrategy[str]) -> st.SearchStrategy[list[tuple[str, ...]]]:
    cell = st.text(alphabet, max_size=12)
    return st.lists(st.tuples(cell, cell, cell), max_size=6)


ANY_TEXT = st.one_of(st.characters(exclude_categories=["Cs", "Cc"]), st.just("\n"))
LATIN_TEXT = st.one_of(st.characters(min_codepoint=32, max_codepoint=255, exclude_categories=["Cc"]), st.just("\n"))
WESTERN_TEXT = st.one_of(st.characters(codec="cp1252", exclude_categories=["Cc"]), st.just("\n"))


def said_to_be_text(cell: str) -> bool:
    """Tell a cell that a spreadsheet reads without the apostrophe before it."""
    return cell.startswith("'") and cell.lstrip("'").startswith(FORMULA_STARTS)


def comes_back(folder: Path, rows: list[tuple[str, ...]], encoding: str, delimiter: str) -> str:
    """Write a table, read it again, demand that nothing changed, and give the encoding found out."""
    assume(not any(said_to_be_text(cell) for row in rows for cell in row))
    whole = [HEADINGS, *rows, ("end", "£", "")]
    path = write(folder, as_csv(whole, delimiter).encode(encoding))
    table = read_table(path)
    assert cells(table) == whole
    assert [row.number for row in table.rows] == list(range(1, len(whole) + 1))
    assert table.delimiter == delimiter
    return table.encoding


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("tables")


DELIMITERS = st.sampled_from([",", ";", "\t"])


@given(rows=texts(ANY_TEXT), delimiter=DELIMITERS, encoding=st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]))
@settings(max_examples=60, deadline=None)
def test_any_table_comes_back_whole(folder: Path, rows: list[tuple[str, ...]], delimiter: str, encoding: str) -> None:
    comes_back(folder, rows, encoding, delimiter)


@given(rows=texts(LATIN_TEXT), delimiter=DELIMITERS, encoding=st.sampled_from(["utf-16-le", "utf-16-be"]))
@settings(max_examples=40, deadline=None)
def test_a_western_table_in_utf_16_needs_no_mark(
    folder: Path, rows: list[tuple[str, ...]], delimiter: str, encoding: str
) -> None:
    assert comes_back(folder, rows, encoding, delimiter) == encoding


@given(rows=texts(WESTERN_TEXT), delimiter=DELIMITERS)
@settings(max_examples=40, deadline=None)
def test_a_table_of_an_english_windows_comes_back_whole(
    folder: Path, rows: list[tuple[str, ...]], delimiter: str
) -> None:
    assert comes_back(folder, rows, "cp1252", delimiter) == "cp1252"


@given(
    start=st.sampled_from(
        [b"", b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"\xff\xfe", b"\xef\xbb\xbf", b'"']
    ),
    rest=st.binary(max_size=300),
)
@settings(max_examples=150, deadline=None)
def test_any_bytes_are_a_table_or_refused(folder: Path, start: bytes, rest: bytes) -> None:
    path = write(folder, start + rest)
    try:
        table = read_table(path)
    except FileUnusable as told:
        assert told.facts["file"] == path.name  # noqa: PT017  either answer is right, neither is demanded
    else:
        assert table.rows


def test_the_row_is_the_one_a_spreadsheet_shows(tmp_path: Path) -> None:
    data = b'Title,\r\n\r\nNo,Notes\r\n1,"line one\nline two"\r\n,\r\n2,last\r\n\r\n,,\r\n'
    table = read_table(write(tmp_path, data))
    assert [(row.number, row.filled) for row in table.rows] == [
        (1, ("Title",)),
        (2, ()),
        (3, ("No", "Notes")),
        (4, ("1", "line one\nline two")),
        (5, ()),
        (6, ("2", "last")),
    ]


def test_semicolons_win_over_decimal_commas(tmp_path: Path) -> None:
    data = b"Nr;Instrument;Wert\n1;Violine, alt;12,50\n2;Bratsche, neu;99,00\n"
    table = read_table(write(tmp_path, data))
    assert table.delimiter == ";"
    assert table.rows[1].cells == ("1", "Violine, alt", "12,50")


def test_excel_s_own_line_names_the_delimiter_and_is_no_row(tmp_path: Path) -> None:
    table = read_table(write(tmp_path, b"sep=;\r\nNo;Make\r\n1;a,b,c,d\r\n"))
    assert (table.rows[0].number, table.rows[0].cells) == (1, ("No", "Make"))


def test_inch_marks_that_nobody_quoted_are_kept(tmp_path: Path) -> None:
    table = read_table(write(tmp_path, b'No,Size,Make\n1,14",Stentor\n2,"14""",Stentor\n3,10",Remo\n'))
    assert [row.cells[1] for row in table.rows] == ["Size", '14"', '14"', '10"']


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "FILE_EMPTY"),
        (b"\xef\xbb\xbf", "FILE_EMPTY"),
        (b"\r\n,,,\r\n \r\n", "FILE_EMPTY"),
        (b"No,Make\x00\x00\x00\x00\x00\x01\x02", "NOT_A_TABLE"),
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", "NOT_A_TABLE"),
        (b"\x81\x8d\x8f\x90", "NOT_A_TABLE"),
        (bytes(range(1, 32)) * 9, "NOT_A_TABLE"),
        (b"PK\x03\x04 and then nothing", "WORKBOOK_DAMAGED"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 Workbook", "OLD_WORKBOOK"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "WORKBOOK_LOCKED"),
    ],
)
def test_what_is_no_table_is_refused(tmp_path: Path, data: bytes, code: str) -> None:
    assert refusal(write(tmp_path, data)).code == code


def test_a_cell_of_ten_million_characters_is_refused_with_its_row(tmp_path: Path) -> None:
    told = refusal(write(tmp_path, b"No,Notes\n1,ok\n2," + b"x" * 10_000_000 + b"\n"))
    assert (told.code, told.facts["row"]) == ("CELL_TOO_LONG", 3)


def test_a_quotation_mark_left_open_is_named_and_swallows_nothing(tmp_path: Path) -> None:
    told = refusal(write(tmp_path, b'No,Notes\n1,"old label\n2,fine\n3,fine\n'))
    assert (told.code, told.facts["row"]) == ("QUOTE_NEVER_CLOSED", 2)


def test_a_file_that_isn_t_there_and_a_folder_are_refused(tmp_path: Path) -> None:
    assert refusal(tmp_path / "gone.csv").code == "FILE_MISSING"
    assert refusal(tmp_path).code == "FILE_UNREADABLE"


def test_the_sample_register_is_windows_text_with_commas() -> None:
    table = read_table(DATA / "instrument_register_messy.csv")
    assert (table.encoding, table.delimiter, table.rows[-1].number) == ("cp1252", ",", 68)
    assert table.rows[0].cells[0] == "Instrument register \u2013 exported 03/09/2026"


def workbook(folder: Path, rows: list[list[Any]], formats: dict[str, str] | None = None) -> Path:
    book = Workbook()
    sheet = book.active
    for row in rows:
        sheet.append(row)
    for place, number_format in (formats or {}).items():
        sheet[place].number_format = number_format
    path = folder / "register.xlsx"
    book.save(path)
    return path


def test_a_workbook_s_cells_read_as_they_are_shown(tmp_path: Path) -> None:
    path = workbook(
        tmp_path,
        [
            ["Asset", "Size", "Cost", "Bought", "Serial", "PAT"],
            [4207, 0.5, 489.0, datetime(2011, 9, 14), "0017501", True],  # noqa: DTZ001  a workbook's dates have no zone
            ["004208", date(2026, 2, 1), 165.5, None, 0.1 + 0.2, 1234567890123],
        ],
        {"A2": "000000", "B2": "# ?/?"},
    )
    table = read_table(path)
    assert cells(table) == [
        ("Asset", "Size", "Cost", "Bought", "Serial", "PAT"),
        ("004207", "1/2", "489", "2011-09-14", "0017501", "TRUE"),
        ("004208", "2026-02-01", "165.5", "", "0.3", "1234567890123"),
    ]
    assert (table.rows[1].dates, table.rows[2].dates) == (frozenset({3}), frozenset({1}))
    assert (table.encoding, table.delimiter) == ("workbook", "")


@pytest.mark.parametrize(
    ("value", "number_format", "shown"),
    [
        (4217, "000000", "004217"),
        (4217, '"CM-"000000', "CM-004217"),
        (4217, "General", "4217"),
        (0, "000", "000"),
        (14, '0\\"', '14"'),
        (0.75, "# ?/?", "3/4"),
        (199.0, '"£"#,##0.00', "199"),
        (119.988, '"£"#,##0.00', "119.99"),
        (1234.5678, '_-"£"* #,##0.00_-;-"£"* #,##0.00_-;_-"£"* "-"??_-;_-@_-', "1234.57"),
        (119.985, "[$£-809]#,##0.00", "119.99"),
        (119.988, "General", "119.988"),
        (-1.239, "0.00", "-1.24"),
        (0.175, "0.00%", "0.175"),
        (12345.678, "0.00,", "12345.678"),
        (date(2010, 9, 1), "mmm-yy", "2010-09"),
        (date(2010, 9, 1), "[$-409]mmm\\-yy;@", "2010-09"),
        (date(2010, 9, 14), "mmm-yy", "2010-09-14"),
        (date(2010, 9, 1), "dd/mm/yyyy", "2010-09-01"),
        (date(2026, 2, 1), "d-mmm", "2026-02-01"),
        (date(2010, 1, 1), "yyyy", "2010"),
        (date(2010, 3, 1), "yyyy", "2010-03-01"),
        ("line one_x000D_\nline two", "General", "line one\r\nline two"),
        ("_x005F_x000D_", "General", "_x000D_"),
    ],
)
def test_a_cell_says_what_it_shows_where_that_says_more(
    tmp_path: Path, value: float | date | str, number_format: str, shown: str
) -> None:
    path = workbook(tmp_path, [["Cell"], [value]], {"A2": number_format})
    assert read_table(path).rows[1].cells == (shown,)


def test_a_workbook_s_gaps_count_as_rows_and_its_blank_end_does_not(tmp_path: Path) -> None:
    book = Workbook()
    book.active["A1"] = "Title"
    book.active["B4"] = "No"
    book.active["A9"] = " "
    book.save(tmp_path / "gaps.xlsx")
    table = read_table(tmp_path / "gaps.xlsx")
    assert [(row.number, row.filled) for row in table.rows] == [(1, ("Title",)), (2, ()), (3, ()), (4, ("No",))]
    assert table.rows[3].cells == ("", "No")


def test_the_first_filled_sheet_is_read_and_the_others_that_can_be_seen_are_named(tmp_path: Path) -> None:
    book = Workbook()
    for place in (0, 2):
        hidden = book.create_sheet("Lists", place)
        hidden.append(["violin"])
        hidden.sheet_state = "hidden"
    book.create_sheet("Stock").append(["No", "Make"])
    book.create_sheet("Old").append(["x"])
    book.create_sheet("Nothing")
    book.save(tmp_path / "sheets.xlsx")
    table = read_table(tmp_path / "sheets.xlsx")
    assert cells(table) == [("No", "Make")]
    assert table.other_sheets == ("Old",)


def test_a_workbook_is_known_by_what_is_in_it_not_by_its_name(tmp_path: Path) -> None:
    path = workbook(tmp_path, [["No", "Make"]]).rename(tmp_path / "register.csv")
    assert cells(read_table(path)) == [("No", "Make")]


def test_a_workbook_cut_short_or_with_a_spoilt_part_is_damaged(tmp_path: Path) -> None:
    whole = workbook(tmp_path, [["No", "Make"], [1, "Yamaha"]]).read_bytes()
    assert refusal(write(tmp_path, whole[: len(whole) // 2])).code == "WORKBOOK_DAMAGED"
    spoilt = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(whole)) as old, zipfile.ZipFile(spoilt, "w") as new:
        for part in old.namelist():
            new.writestr(part, b"<worksheet><row" if "sheet1" in part else old.read(part))
    assert refusal(write(tmp_path, spoilt.getvalue())).code == "WORKBOOK_DAMAGED"


def test_another_kind_of_archive_is_no_table(tmp_path: Path) -> None:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr("content.xml", "<office/>")
    assert refusal(write(tmp_path, made.getvalue())).code == "NOT_A_TABLE"


def test_an_empty_workbook_is_an_empty_file(tmp_path: Path) -> None:
    assert refusal(workbook(tmp_path, [])).code == "FILE_EMPTY"


def test_a_list_that_was_written_is_read_again(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    write_csv(path, ["Code", "Notes"], [["004217", 'Łukasz, "half"\nsecond line'], ["004218", ""]])
    table = read_table(path)
    assert cells(table) == [("Code", "Notes"), ("004217", 'Łukasz, "half"\nsecond line'), ("004218", "")]
    assert table.encoding == "utf-8-sig"


# Cells that begin as a formula does, behind apostrophes of their own or not, and dashes and numbers.
RISKY = st.builds(
    "{}{}{}".format,
    st.sampled_from(["", "", "'", "''"]),
    st.sampled_from([*FORMULA_STARTS, "_x000D_", "-1", "+1"]),
    st.text(st.characters(exclude_categories=["Cs", "Cc", "Cn", "Co"]), max_size=8),
)
HARMLESS = st.sampled_from(["-", "-12.50", "-3", "0", "plain", "O'Drama", "'", "Ann-Marie", "x=1", ""])


def in_csv(path: Path) -> list[str]:
    """Give a list's one column as a spreadsheet would show it, without what we take off when reading it."""
    return [row[0] for row in csv.reader(io.StringIO(path.read_text("utf-8-sig"), newline=""))]


@given(cells=st.lists(RISKY | HARMLESS, max_size=6))
@settings(max_examples=100, deadline=None)
def test_no_cell_of_a_written_list_is_run_as_a_formula_and_all_come_back(folder: Path, cells: list[str]) -> None:
    path = folder / "list.csv"
    write_csv(path, ["=Notes"], [[cell, "end"] for cell in cells])
    run = re.compile(r"[=+@\t\r]|-(?!(?:\d+(?:\.\d+)?)?\Z)")
    assert [cell for cell in in_csv(path) if run.match(cell)] == []
    assert [row.cells[0] for row in read_table(path).rows] == ["=Notes", *cells]


@given(cells=st.lists(RISKY | HARMLESS, max_size=6))
@settings(max_examples=60, deadline=None)
def test_no_cell_of_a_written_workbook_is_run_as_a_formula_and_all_come_back(folder: Path, cells: list[str]) -> None:
    path = folder / "list.xlsx"
    write_xlsx(path, ["=Notes"], [[cell, "end"] for cell in cells])
    written = [row[0] for row in load_workbook(path).worksheets[0].iter_rows()]
    assert {cell.data_type for cell in written if cell.value} == {"s"}
    assert all(cell.quotePrefix for cell in written if str(cell.value).startswith(FORMULA_STARTS))
    assert [row.cells[0] for row in read_table(path).rows] == ["=Notes", *cells]


def test_a_dash_for_a_name_and_a_number_below_nought_are_not_spoilt(tmp_path: Path) -> None:
    told = ["-", "-12.50", "-3"]
    write_csv(tmp_path / "list.csv", ["Balance"], [[cell] for cell in told])
    assert in_csv(tmp_path / "list.csv") == ["Balance", *told]
    write_xlsx(tmp_path / "list.xlsx", ["Balance"], [["-"], [-12.5], [-3]])
    written = [row[0] for row in load_workbook(tmp_path / "list.xlsx").worksheets[0].iter_rows(values_only=True)]
    assert written == ["Balance", "-", -12.5, -3]


def test_no_cell_of_a_written_workbook_is_a_formula_and_a_number_keeps_its_noughts(tmp_path: Path) -> None:
    path = tmp_path / "list.xlsx"
    told = ["=HYPERLINK(A1)", "+1", "-1", "@SUM(A1)", "\t=1", "004217", "bell\x07rings"]
    write_xlsx(path, ["=1+1"], [[cell] for cell in told])
    sheet = load_workbook(path).active
    assert isinstance(sheet, Worksheet)
    assert {cell.data_type for row in sheet.iter_rows() for cell in row} == {"s"}
    written = [row[0].value for row in sheet.iter_rows()]
    assert written == ["=1+1", "=HYPERLINK(A1)", "+1", "-1", "@SUM(A1)", "\t=1", "004217", "bellrings"]


@pytest.mark.parametrize("write", [write_csv, write_xlsx])
def test_a_list_that_can_t_be_written_says_so(
    tmp_path: Path, write: Callable[[Path, Sequence[str], Iterable[Sequence[str]]], None]
) -> None:
    with pytest.raises(FileUnusable) as told:
        write(tmp_path / "gone" / "list.csv", ["Code"], [])
    assert told.value.code == "FILE_NOT_WRITTEN"


def test_a_workbook_that_was_written_is_read_again_with_its_zeros(tmp_path: Path) -> None:
    path = tmp_path / "list.xlsx"
    rows = [["004217", 'Łukasz, "half"\nsecond line'], ["1/2", "bell\x07 and \ud800 left out"]]
    write_xlsx(path, ["Code", "Notes"], rows)
    assert cells(read_table(path)) == [("Code", "Notes"), tuple(rows[0]), ("1/2", "bell and  left out")]


def test_a_workbook_with_no_rows_has_its_headings(tmp_path: Path) -> None:
    write_xlsx(tmp_path / "list.xlsx", ["Code"], [])
    assert cells(read_table(tmp_path / "list.xlsx")) == [("Code",)]


def test_a_workbook_that_can_t_be_written_says_so(tmp_path: Path) -> None:
    with pytest.raises(FileUnusable, match="FILE_NOT_WRITTEN"):
        write_xlsx(tmp_path / "gone" / "list.xlsx", ["Code"], [])
