"""Planning an import: every row is a record, is passed over with a reason, or is refused with one."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from loanstore.assets import resources
from loanstore.domain.catalogue import Catalogue
from loanstore.domain.errors import FileUnusable, WrongUsage
from loanstore.domain.import_fields import ImportKind, fields_of, headings_of
from loanstore.domain.import_headers import fold_heading, read_mapping
from loanstore.domain.import_rules import Record, RowPlan, match_keys, plan_rows
from loanstore.domain.tables import Row, Table
from loanstore.spreadsheets.reading import read_table

DATA = Path(__file__).parents[1] / "data"
INSTRUMENTS, SCHOOLS, BORROWERS, LOANS = ImportKind


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return Catalogue.load((resources() / "catalogue.json").read_text("utf-8"))


@pytest.fixture(scope="module")
def register(catalogue: Catalogue) -> RowPlan:
    return plan_rows(read_table(DATA / "instrument_register_messy.csv"), INSTRUMENTS, catalogue)


def table_of(*lines: str, delimiter: str = ",") -> Table:
    """Make a table of lines whose cells are parted by bars."""
    rows = tuple(Row(n, tuple(line.split("|")) if line else ()) for n, line in enumerate(lines, start=1))
    return Table(rows, "utf-8", delimiter)


def row(plan: RowPlan, number: int) -> Record:
    return next(record for record in plan.records if record.row == number)


def refusals(plan: RowPlan) -> list[tuple[int, str | None, str, str]]:
    return [(one.row, one.field, one.value, one.why) for one in plan.refused]


def passes(plan: RowPlan) -> list[tuple[int, str]]:
    return [(one.row, one.why) for one in plan.passed]


def test_the_sample_register_s_sizes_are_repaired_row_by_row(register: RowPlan) -> None:
    assert [(one.row, one.field, one.from_, one.to) for one in register.repaired] == [
        (13, "size", "01-Feb", "1/2"),
        (21, "size", "03-Apr", "3/4"),
        (22, "size", "01-Feb", "1/2"),
        (40, "size", "01-Apr", "1/4"),
        (47, "size", "01-Feb", "1/2"),
        (51, "size", "01-Feb", "1/2"),
    ]
    assert row(register, 21).values["size"] == "3/4"


def test_the_sample_register_s_clash_and_bad_values_are_refused_by_row(register: RowPlan) -> None:
    assert refusals(register) == [
        (65, None, "004209", "NUMBER_TWICE"),
        (67, "size", "5/7", "BAD_SIZE"),
        (67, "replacement_value", "£12O", "BAD_MONEY"),
        (67, "purchased", "31/02/2020", "BAD_DATE"),
    ]
    assert register.refused[0].facts == {"first_row": 13, "row": 65, "first": "Cello", "this": "Tuba"}


def test_the_sample_register_s_title_blank_duplicate_and_total_are_passed_over(register: RowPlan) -> None:
    assert passes(register) == [(1, "TITLE"), (2, "BLANK"), (64, "DUPLICATE"), (68, "TOTAL")]
    assert register.passed[2].facts == {"first_row": 11}


def test_every_other_row_of_the_sample_register_is_a_record(register: RowPlan) -> None:
    assert [record.row for record in register.records] == [*range(4, 64), 66, 67]
    assert [(one.text, one.field) for one in register.headers] == [
        ("Asset No", "code"),
        ("Instrument", "type"),
        ("Size", "size"),
        ("Make", "make"),
        ("Model", "model"),
        ("Serial No.", "serial"),
        ("Replacement cost", "replacement_value"),
        ("Date purchased", "purchased"),
        ("Condition", "condition"),
        ("Location", "location"),
        ("Comments", "notes"),
    ]


def test_a_record_of_the_sample_holds_what_its_row_says(register: RowPlan) -> None:
    assert row(register, 21).values == {
        "code": "004217",
        "type": "Violin",
        "size": "3/4",
        "make": "Primavera",
        "model": "100",
        "serial": "0017501",
        "replacement_value": "12000",
        "purchased": "2024-09-01",
        "condition": "fair",
        "location": "Store A / bay 3",
        "notes": "old label \u201cNo 7\u201d beneath",
    }
    assert row(register, 13).values["notes"] == "line one\nline two"
    assert row(register, 67).values["code"] == "4300"
    assert row(register, 62).values["make"] == "P\u00fcchner"


def test_the_oboe_without_a_number_is_known_by_its_serial(register: RowPlan) -> None:
    oboe = row(register, 66)
    assert "code" not in oboe.values
    assert match_keys(oboe) == ('thing:["oboe", "howarth", "1180"]', f"print:{oboe.print}")
    assert match_keys(row(register, 4)) == ("number:004200", f"print:{row(register, 4).print}")


def test_reading_the_sample_again_gives_the_same_plan(register: RowPlan, catalogue: Catalogue) -> None:
    again = plan_rows(read_table(DATA / "instrument_register_messy.csv"), INSTRUMENTS, catalogue)
    assert again == register


def test_the_sample_register_as_a_workbook_says_the_same(
    tmp_path: Path, register: RowPlan, catalogue: Catalogue
) -> None:
    # Excel keeps the sizes it took for dates as real dates.
    damaged = {"01-Feb": date(2026, 2, 1), "03-Apr": date(2026, 4, 3), "01-Apr": date(2026, 4, 1)}
    book = Workbook()
    for one in read_table(DATA / "instrument_register_messy.csv").rows:
        book.active.append([damaged.get(cell, cell) for cell in one.cells])
    book.save(tmp_path / "register.xlsx")
    plan = plan_rows(read_table(tmp_path / "register.xlsx"), INSTRUMENTS, catalogue)
    assert [one.values for one in plan.records] == [one.values for one in register.records]
    assert [(one.row, one.to) for one in plan.repaired] == [(one.row, one.to) for one in register.repaired]
    assert (plan.refused, plan.passed) == (register.refused, register.passed)


@pytest.mark.parametrize(
    ("name", "count", "closed"),
    [
        ("gias_establishments_19.csv", 19, {"100004": "1992-08-31", "124930": "1997-11-01", "131095": "2017-10-01"}),
        ("gias_establishments_2024.csv", 8, {"100004": "1992-08-31", "101077": "2022-07-07"}),
    ],
)
def test_all_schools_of_an_extract_are_read_and_the_closed_ones_marked(
    catalogue: Catalogue, name: str, count: int, closed: dict[str, str]
) -> None:
    plan = plan_rows(read_table(DATA / name), SCHOOLS, catalogue)
    assert len(plan.records) == count
    assert plan.passed == ()
    marked = {one.values["urn"]: one.values["closed_on"] for one in plan.records if "closed" in one.values}
    assert marked == closed


def test_a_school_keeps_its_leading_zeros_and_has_no_head(catalogue: Catalogue) -> None:
    plan = plan_rows(read_table(DATA / "gias_establishments_19.csv"), SCHOOLS, catalogue)
    first = row(plan, 2)
    assert first.values["telephone"] == "02072831147"
    assert first.values["postcode"] == "EC3A 5DE"
    assert match_keys(first)[0] == "urn:100000"
    said = " ".join(text for one in plan.records for text in one.values.values())
    assert "Example" not in said
    assert "Alex" not in said


def test_schools_whose_cells_slipped_keep_what_is_proven_and_lose_the_rest_aloud(catalogue: Catalogue) -> None:
    # From row 11 on, the extract is pasted from a year with more columns.
    plan = plan_rows(read_table(DATA / "gias_establishments_19.csv"), SCHOOLS, catalogue)
    academy = row(plan, 20).values
    assert (academy["name"], academy["phase"], academy["high_age"]) == ("St Paul's Academy", "Secondary", "16")
    assert not {"street", "town", "postcode", "telephone", "website"} & academy.keys()
    lost = [(one.field, one.value) for one in plan.refused if one.row == 20]
    assert lost == [(name, "") for name in ("street", "address3", "town", "county", "postcode", "website", "telephone")]
    assert {(one.row > 10, one.why) for one in plan.refused} == {(True, "OUT_OF_LINE")}


def test_a_row_that_fills_only_columns_nobody_reads_is_still_told(catalogue: Catalogue) -> None:
    plan = plan_rows(table_of("Colour|Code|Type", "2024"), INSTRUMENTS, catalogue)
    assert refusals(plan) == [(2, None, "", "NO_TYPE")]


def test_an_unquoted_comma_in_a_price_refuses_the_row(catalogue: Catalogue) -> None:
    lines = ("Asset No|Instrument|Cost|Make", "1|Oboe|£1|450.00|Howarth", "2|Oboe|£99|Howarth")
    plan = plan_rows(table_of(*lines), INSTRUMENTS, catalogue)
    assert refusals(plan) == [(2, None, "", "OUT_OF_LINE")]
    assert [one.row for one in plan.records] == [3]


def test_a_note_beside_a_workbook_s_list_harms_no_row(catalogue: Catalogue) -> None:
    plan = plan_rows(table_of("Asset No|Instrument", "1|Oboe|see Jo", delimiter=""), INSTRUMENTS, catalogue)
    assert [one.values["code"] for one in plan.records] == ["1"]


def test_a_date_cell_of_a_workbook_is_a_size_again_and_no_code(catalogue: Catalogue) -> None:
    rows = (
        Row(1, ("Code", "Type", "Size")),
        Row(2, ("7", "Violin", "2026-02-01"), frozenset({2})),
        Row(3, ("2026-04-03", "Oboe", ""), frozenset({0})),
    )
    plan = plan_rows(Table(rows, "workbook", ""), INSTRUMENTS, catalogue)
    assert [(one.from_, one.to) for one in plan.repaired] == [("2026-02-01", "1/2")]
    assert refusals(plan) == [(3, "code", "2026-04-03", "BECAME_DATE")]


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        ("1|Trumpet|01-Feb||", ("size", "01-Feb", "SIZE_BECAME_DATE")),
        ("1|Viola|01-Feb||", ("size", "01-Feb", "SIZE_BECAME_DATE")),
        ("1|Theremin|01-Feb||", ("size", "01-Feb", "SIZE_BECAME_DATE")),
        ("1|Half size violin|3/4||", ("size", "3/4", "SIZE_DISAGREES")),
        ("1|Violin|||1.23457E+11", ("serial", "1.23457E+11", "DIGITS_LOST")),
        ("03-Apr|Violin|||", ("code", "03-Apr", "BECAME_DATE")),
        ("LSCMD-RETURN|Violin|||", ("code", "LSCMD-RETURN", "BAD_CODE")),
        ("Ä7|Violin|||", ("code", "Ä7", "BAD_CODE")),
        ("1|Violin||tomorrow|", ("purchased", "tomorrow", "BAD_DATE")),
    ],
)
def test_one_bad_value_is_dropped_and_the_row_goes_on(
    catalogue: Catalogue, cells: str, expected: tuple[str, str, str]
) -> None:
    plan = plan_rows(table_of("Code|Type|Size|Bought|Serial", cells), INSTRUMENTS, catalogue)
    assert refusals(plan) == [(2, *expected)]
    assert len(plan.records) == 1
    assert plan.repaired == ()


def test_words_for_nobody_knows_leave_no_value(catalogue: Catalogue) -> None:
    plan = plan_rows(table_of("Code|Type|Serial|Value|Size", "n/a|Oboe|unknown|TBC|-"), INSTRUMENTS, catalogue)
    assert plan.records[0].values == {"type": "Oboe"}
    assert plan.refused == ()


def test_an_unknown_type_is_kept_as_it_is_written(catalogue: Catalogue) -> None:
    plan = plan_rows(table_of("Code|Type|Size", "1|Theremin|large"), INSTRUMENTS, catalogue)
    assert plan.records[0].values == {"code": "1", "type": "Theremin", "size": "large"}


def test_a_type_that_names_its_size_is_read_as_both(catalogue: Catalogue) -> None:
    plan = plan_rows(table_of("Code|Description", "1|1/2 Violin"), INSTRUMENTS, catalogue)
    assert plan.records[0].values == {"code": "1", "type": "Violin", "size": "1/2"}


def test_headings_of_parts_pages_and_totals_are_passed_over(catalogue: Catalogue) -> None:
    lines = (
        "County stock|",
        "Number|Instrument|Price",
        "Strings||",
        "1|Violin|£99",
        "NUMBER|INSTRUMENT|PRICE",
        "",
        "Number|Instrument|Price",
        "|Brass|",
        "2|Tuba|£900",
        "Total|  |£999",
        "|Grand total: 2 instruments|",
        "3||£5",
    )
    plan = plan_rows(table_of(*lines), INSTRUMENTS, catalogue)
    assert [one.values["code"] for one in plan.records] == ["1", "NUMBER", "2"]
    assert passes(plan) == [
        (1, "TITLE"),
        (3, "TITLE"),
        (6, "BLANK"),
        (7, "HEADINGS_AGAIN"),
        (8, "TITLE"),
        (10, "TOTAL"),
        (11, "TOTAL"),
    ]
    assert (12, None, "3", "NO_TYPE") in refusals(plan)


def test_the_same_asset_said_differently_is_passed_over_and_the_difference_named(catalogue: Catalogue) -> None:
    lines = ("Code|Type|Serial|Condition|Location", "7|Oboe|S1|good|Ely", "7|Oboe||fair|Ely", "|Oboe|s1|good|Ely")
    plan = plan_rows(table_of(*lines), INSTRUMENTS, catalogue)
    assert [(one.row, one.why, dict(one.facts)) for one in plan.passed] == [
        (3, "SAME_AGAIN", {"first_row": 2, "fields": "condition"}),
        (4, "SAME_AGAIN", {"first_row": 2, "fields": "serial"}),
    ]


def test_two_numbers_are_two_things_even_with_one_serial(catalogue: Catalogue) -> None:
    plan = plan_rows(table_of("Code|Type|Serial", "7|Oboe|S1", "8|Oboe|S1"), INSTRUMENTS, catalogue)
    assert len(plan.records) == 2


def test_a_number_is_the_same_however_it_is_written_but_zeros_count(catalogue: Catalogue) -> None:
    lines = ("Code|Type", "A-7|Oboe", "a 7|Tuba", "07|Oboe", "7|Oboe")
    plan = plan_rows(table_of(*lines), INSTRUMENTS, catalogue)
    assert [one.row for one in plan.records] == [2, 4, 5]
    assert refusals(plan) == [(3, None, "a 7", "NUMBER_TWICE")]


def test_things_alike_without_a_number_are_counted(catalogue: Catalogue) -> None:
    plan = plan_rows(table_of("Code|Type|Make", "|Claves|LP", "|Claves|LP"), INSTRUMENTS, catalogue)
    first, second = plan.records
    assert first.print.endswith("#1")
    assert second.print == first.print.removesuffix("1") + "2"


def test_a_print_stays_when_columns_move(catalogue: Catalogue) -> None:
    one = plan_rows(table_of("Type|Make|Extra", "Oboe|Howarth|x"), INSTRUMENTS, catalogue)
    other = plan_rows(table_of("Stock", "Make|Type", "Howarth |Oboe"), INSTRUMENTS, catalogue)
    assert one.records[0].print == other.records[0].print


def test_their_own_headings_are_mapped_by_hand(catalogue: Catalogue) -> None:
    table = table_of("Rhif|Offeryn|Number", "17|Oboe|3")
    mapping = read_mapping(["Rhif=code", "Offeryn = type"])
    plan = plan_rows(table, INSTRUMENTS, catalogue, mapping)
    assert plan.records[0].values == {"code": "17", "type": "Oboe"}
    assert [one.field for one in plan.headers] == ["code", "type", None]


@pytest.mark.parametrize(
    ("mapping", "code"),
    [
        ({"Number": "colour"}, "UNKNOWN_FIELD"),
        ({"Colour": "notes"}, "UNKNOWN_HEADER"),
        ({"Number": "code", "Price": "code"}, "MAPPED_TWICE"),
    ],
)
def test_a_mapping_that_fits_nothing_is_wrong_usage(catalogue: Catalogue, mapping: dict[str, str], code: str) -> None:
    with pytest.raises(WrongUsage) as told:
        plan_rows(table_of("Number|Instrument|Price", "1|Oboe|3"), INSTRUMENTS, catalogue, mapping)
    assert told.value.code == code


@pytest.mark.parametrize("text", ["Number", "=code", "Number="])
def test_a_mapping_without_its_two_sides_is_wrong_usage(text: str) -> None:
    with pytest.raises(WrongUsage) as told:
        read_mapping([text])
    assert told.value.code == "BAD_MAPPING"


@pytest.mark.parametrize("kind", list(ImportKind))
def test_a_file_without_headings_is_refused(catalogue: Catalogue, kind: ImportKind) -> None:
    with pytest.raises(FileUnusable) as told:
        plan_rows(table_of("1|2", "3|4"), kind, catalogue)
    assert (told.value.code, told.value.facts["kind"]) == ("NO_HEADERS", kind)


def test_headings_are_found_down_to_the_thirtieth_row_and_no_further(catalogue: Catalogue) -> None:
    found = plan_rows(table_of(*["Notes"] * 29, "Code|Type", "1|Oboe"), INSTRUMENTS, catalogue)
    assert len(found.records) == 1
    with pytest.raises(FileUnusable):
        plan_rows(table_of(*["x"] * 30, "Code|Type", "1|Oboe"), INSTRUMENTS, catalogue)


def test_every_word_for_a_heading_can_be_found() -> None:
    for kind in ImportKind:
        words = [word for some in headings_of(kind).values() for word in some]
        assert [word for word in words if fold_heading(word) != word] == []
        assert len(words) == len(set(words))


def test_a_hub_s_own_list_of_schools_is_read(catalogue: Catalogue) -> None:
    lines = ("School|URN|Postcode|Phone", "Made-up Primary|999001|ex1 1aa|01632 960123", "Other|x|  |", "|999003||")
    plan = plan_rows(table_of(*lines), SCHOOLS, catalogue)
    assert plan.records[0].values == {
        "name": "Made-up Primary",
        "urn": "999001",
        "postcode": "EX1 1AA",
        "telephone": "01632 960123",
    }
    assert refusals(plan) == [(3, "urn", "x", "BAD_URN"), (4, None, "999003", "NO_NAME")]
    assert match_keys(plan.records[1])[0] == 'school:["other", ""]'


def test_one_urn_on_two_schools_refuses_the_later(catalogue: Catalogue) -> None:
    lines = ("School|URN", "Made-up Primary|999001", "Made-up Primary|999001", "Another|999001")
    plan = plan_rows(table_of(*lines), SCHOOLS, catalogue)
    assert passes(plan) == [(3, "DUPLICATE")]
    assert refusals(plan) == [(4, None, "999001", "URN_TWICE")]


def test_borrowers_are_read_with_their_pupils(catalogue: Catalogue) -> None:
    lines = (
        "Parent/Carer|Type|E-mail|Tel|Student|Year|Comments",
        "Zoë Example|Parent / carer|zoe@example.org|01632 960123|Łukasz Example|5|rings twice",
        "Siân Example|Wizard|not an address|||n/a|",
        "|Parent||01632 960124|||",
        "Zoë Example|Parent / carer|zoe@example.org|01632 960123|Łukasz Example|5|rings twice",
    )
    plan = plan_rows(table_of(*lines), BORROWERS, catalogue)
    assert plan.records[0].values == {
        "name": "Zoë Example",
        "kind": "hirer",
        "email": "zoe@example.org",
        "telephone": "01632 960123",
        "pupil": "Łukasz Example",
        "year_group": "5",
        "notes": "rings twice",
    }
    assert refusals(plan) == [
        (3, "kind", "Wizard", "BAD_KIND"),
        (3, "email", "not an address", "BAD_EMAIL"),
        (4, None, "", "NO_NAME"),
    ]
    assert passes(plan) == [(5, "DUPLICATE")]


def test_loans_are_read_and_one_with_an_unreadable_return_is_not_left_open(catalogue: Catalogue) -> None:
    lines = (
        "Asset No|Issued to|Date out|Due back|Returned",
        "004217|999001|1/9/26|31/08/2027|",
        "004218|Zoë Example|Sept 2025|31/08/2026|still out",
        "004219|B17|1/9/25|31/08/2026|yes",
        "004220|B17|1/9/25|31/08/2024|",
        "004221|B17|1/9/25||1/8/25",
        "004222||1/9/25||",
        "|B17|1/9/25||",
        "004217|B17|1/9/25||1/7/26",
        "004217|B17|2/9/26||",
    )
    plan = plan_rows(table_of(*lines), LOANS, catalogue)
    assert row(plan, 2).values == {"code": "004217", "borrower": "999001", "out": "2026-09-01", "due": "2027-08-31"}
    assert row(plan, 3).values == {"code": "004218", "borrower": "Zoë Example", "due": "2026-08-31"}
    assert row(plan, 9).values["returned"] == "2026-07-01"
    assert refusals(plan) == [
        (3, "out", "Sept 2025", "BAD_DATE"),
        (4, None, "yes", "BAD_RETURN_DATE"),
        (5, "due", "31/08/2024", "DUE_BEFORE_OUT"),
        (6, None, "1/8/25", "RETURNED_BEFORE_OUT"),
        (7, None, "", "NO_BORROWER"),
        (8, None, "", "NO_INSTRUMENT"),
        (10, None, "004217", "LOAN_TWICE"),
    ]


CELLS = st.one_of(
    st.text(max_size=8),
    st.sampled_from(["Violin", "01-Feb", "1/2", "£12", "31/02/2020", "TOTAL", "n/a", "7", "2026-02-01", "Strings", ""]),
)


@given(
    kind=st.sampled_from(list(ImportKind)),
    rows=st.lists(st.lists(CELLS, max_size=9), max_size=8),
    dates=st.frozensets(st.integers(0, 8)),
)
@settings(max_examples=150, deadline=None)
def test_whatever_stands_in_a_table_each_row_has_one_fate(
    catalogue: Catalogue, kind: ImportKind, rows: list[list[str]], dates: frozenset[int]
) -> None:
    headings = Row(1, fields_of(kind)[:8])
    table = Table((headings, *(Row(n, tuple(cells), dates) for n, cells in enumerate(rows, start=2))), "utf-8", ",")
    plan = plan_rows(table, kind, catalogue)
    whole = [one.row for one in plan.refused if one.field is None]
    fates = [one.row for one in plan.records] + [one.row for one in plan.passed] + whole
    assert sorted(fates) == list(range(2, len(rows) + 2))
    assert {one.row for one in plan.repaired} <= {one.row for one in plan.records}
    for record in plan.records:
        assert len(set(match_keys(record))) == len(match_keys(record))
