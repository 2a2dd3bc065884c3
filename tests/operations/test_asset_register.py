"""The asset register: as at any day, by who paid, with what was never seen first and the totals below."""

from __future__ import annotations

import csv
import io
from datetime import UTC, date, datetime, timedelta, timezone
from typing import TYPE_CHECKING

import openpyxl
import pytest
from pypdf import PdfReader

from loanstore.domain.errors import FileUnusable, WrongUsage
from loanstore.domain.folding import fold_instrument
from loanstore.domain.loans import Status
from loanstore.operations import lending, register_files, undoing, workshop
from loanstore.operations.as_at import end_of, states_at
from loanstore.operations.asset_register import asset_register, fundings
from loanstore.storage import journal, registers
from loanstore.storage.folding import instrument_state

if TYPE_CHECKING:
    from pathlib import Path

    from loanstore.operations.asset_register import AssetRegister
    from tests.helpers.made_up import MadeUp

WIDER, GRANT = "Wider Opportunities 2009", "DfE capital grant 2025"
BOUGHT = date(2026, 9, 14)


@pytest.fixture(autouse=True)
def _stock(made_up: MadeUp) -> None:
    """Give a store that bought three violins in September and lent two; one came back, one broke."""
    with made_up.desk.store.writing() as transaction:
        registers.place_named(transaction, "Fenmarsh Strings", "repairer", made_up.desk.new_id())
    made_up.desk.staff = "Robin"
    made_up.borrower("Oakfield Primary School", kind="setting", code="OAK")
    for code, funding in (("V1", WIDER), ("V2", WIDER), ("V3", GRANT)):
        made_up.instrument(
            "Violin",
            size="1/2",
            code=code,
            make="Made-up",
            serial=f"0417-{code}",
            funding=funding,
            purchased="2009-05",
            purchase_cost="£120.50",
            replacement_value="£150",
            location="Cupboard A",
        )
    made_up.clock.go_on(days=10)
    lending.lend(made_up.desk, "OAK", ["V1", "V2"])
    made_up.clock.go_on(days=10)
    lending.bring_back(made_up.desk, ["V1"])
    workshop.send(made_up.desk, ["V1"], "Fenmarsh Strings")


def told(register: AssetRegister) -> dict[str, tuple[str, str, date | None, str]]:
    return {line.code: (line.status.value, line.holder, line.seen, line.seen_as) for line in register.lines}


def test_today_it_says_who_has_what_and_when_it_was_last_seen(made_up: MadeUp) -> None:
    register = asset_register(made_up.desk)
    assert told(register) == {
        "V3": ("in store", "", None, ""),
        "V1": ("in repair", "Fenmarsh Strings", date(2026, 10, 4), "repair_sent"),
        "V2": ("on loan", "Oakfield Primary School", date(2026, 9, 24), "lent"),
    }
    assert [line.code for line in register.lines] == ["V3", "V1", "V2"]
    first = register.lines[1]
    assert (first.funding, first.purchased, first.cost, first.value, first.place, first.seen_by) == (
        WIDER,
        "2009-05",
        12050,
        15000,
        "Cupboard A",
        "Robin",
    )


def test_at_an_earlier_day_it_says_what_was_so_then(made_up: MadeUp) -> None:
    assert told(asset_register(made_up.desk, date(2026, 9, 13))) == {}
    assert {row[0] for row in told(asset_register(made_up.desk, BOUGHT)).values()} == {"in store"}
    assert told(asset_register(made_up.desk, date(2026, 9, 30)))["V1"] == (
        "on loan",
        "Oakfield Primary School",
        date(2026, 9, 24),
        "lent",
    )


def test_what_was_undone_never_happened_on_any_day(made_up: MadeUp) -> None:
    undoing.undo(made_up.desk)
    undoing.undo(made_up.desk)
    assert told(asset_register(made_up.desk))["V1"][0] == "on loan"
    assert told(asset_register(made_up.desk, date(2026, 10, 4)))["V1"][0] == "on loan"


def test_a_return_that_is_typed_late_counts_from_the_day_it_happened(made_up: MadeUp) -> None:
    made_up.clock.go_on(days=7)
    lending.bring_back(made_up.desk, ["V2"], on=date(2026, 10, 6))
    assert told(asset_register(made_up.desk, date(2026, 10, 5)))["V2"][0] == "on loan"
    assert told(asset_register(made_up.desk, date(2026, 10, 6)))["V2"][0] == "in store"


def test_looking_back_gives_what_a_whole_fold_of_the_journal_would_give(made_up: MadeUp) -> None:
    desk = made_up.desk
    for days in range(25):
        day = BOUGHT + timedelta(days=days)
        with desk.store.reading() as transaction:
            found = states_at(desk, transaction, day)
            for identity, state in found.items():
                facts = [f for f in journal.standing_facts(transaction, identity) if f.happened < end_of(desk, day)]
                whole = fold_instrument(identity, facts)
                assert whole is not None
                assert (state.fields, state.status, state.loan, state.seen, state.repair) == (
                    whole.fields,
                    whole.status,
                    whole.loan,
                    whole.seen,
                    whole.repair,
                )
    with desk.store.reading() as transaction:
        assert all(instrument_state(transaction, one) == state for one, state in found.items())


def test_a_day_ends_at_the_desks_own_midnight(made_up: MadeUp) -> None:
    made_up.desk.local = lambda moment: moment.astimezone(timezone(timedelta(hours=1)))
    assert end_of(made_up.desk, date(2026, 7, 1)) == "2026-07-01T23:00:00.000000Z"
    made_up.clock.moment = datetime(2026, 11, 1, 23, 30, tzinfo=UTC)
    lending.bring_back(made_up.desk, ["V2"])
    assert told(asset_register(made_up.desk, date(2026, 11, 1)))["V2"][0] == "on loan"
    assert told(asset_register(made_up.desk, date(2026, 11, 2)))["V2"][0] == "in store"


def test_it_is_told_by_who_paid_and_adds_up(made_up: MadeUp) -> None:
    assert fundings(made_up.desk) == (GRANT, WIDER)
    register = asset_register(made_up.desk, funding="wider opp")
    assert [line.code for line in register.lines] == ["V1", "V2"]
    totals = register.totals
    assert (totals.kept, totals.never_seen, totals.cost, totals.value, totals.disposed) == (2, 0, 24100, 30000, 0)
    assert asset_register(made_up.desk).totals.never_seen == 1


def test_a_workbook_holds_texts_amounts_and_nothing_that_runs(made_up: MadeUp, tmp_path: Path) -> None:
    made_up.instrument("Cello", code="V9", make="=HYPERLINK(1)", serial="+44\x07", model="@SUM(A1)")
    file = tmp_path / "register.xlsx"
    register_files.write_register(made_up.desk, asset_register(made_up.desk), file)
    sheet = openpyxl.load_workbook(file).worksheets[0]
    heads, *rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert tuple(heads) == register_files.headings()
    by_code = {row[0]: dict(zip(heads, row, strict=True)) for row in rows if row[0]}
    assert (by_code["V1"]["Cost"], by_code["V1"]["Value"], by_code["V1"]["Held by"]) == (120.5, 150, "Fenmarsh Strings")
    assert (by_code["V9"]["Make"], by_code["V9"]["Model"], by_code["V9"]["Serial number"]) == (
        "=HYPERLINK(1)",
        "@SUM(A1)",
        "+44",
    )
    assert {cell.data_type for row in sheet.iter_rows() for cell in row} <= {"s", "n", "inlineStr"}
    assert by_code["Instruments kept"]["Type"] == 4
    assert by_code["What they cost"]["Type"] == 361.5


def test_a_csv_holds_the_same_and_nothing_that_runs(made_up: MadeUp, tmp_path: Path) -> None:
    made_up.instrument("Cello", code="V9", make="=HYPERLINK(1)")
    file = tmp_path / "register.csv"
    register_files.write_register(made_up.desk, asset_register(made_up.desk), file)
    rows = list(csv.DictReader(io.StringIO(file.read_text("utf-8-sig"))))
    by_code = {row["Code"]: row for row in rows}
    assert (by_code["V2"]["Cost"], by_code["V2"]["Last seen"], by_code["V2"]["Seen by"]) == (
        "120.50",
        "2026-09-24",
        "Robin",
    )
    assert by_code["V3"]["Last seen"] == "never"
    assert by_code["V9"]["Make"] == "'=HYPERLINK(1)"


def test_the_paper_says_it_all_and_adds_up(made_up: MadeUp, tmp_path: Path) -> None:
    file = tmp_path / "register.pdf"
    register_files.write_register(made_up.desk, asset_register(made_up.desk, funding=WIDER), file)
    text = " ".join("\n".join(page.extract_text() for page in PdfReader(file).pages).split())
    for part in (
        "Made-up Music Hub",
        "As at 4 October 2026",
        "Paid for by: Wider Opportunities 2009",
        "2 instruments",
        "V1",
        "Fenmarsh Strings",
        "£120.50",
        "Bought 2009-05",
        "seen 2026-09-24, lent (Robin)",
        "£241.00",
    ):
        assert part in text
    assert "V3" not in text


def test_a_file_that_can_not_be_written_says_so(made_up: MadeUp, tmp_path: Path) -> None:
    register = asset_register(made_up.desk)
    with pytest.raises(WrongUsage, match="REGISTER_FILE"):
        register_files.write_register(made_up.desk, register, tmp_path / "register.docx")
    for ending in ("pdf", "csv", "xlsx"):
        with pytest.raises(FileUnusable, match="FILE_NOT_WRITTEN"):
            register_files.write_register(made_up.desk, register, tmp_path / "nowhere" / f"register.{ending}")


def test_the_states_of_a_day_know_what_was_lost_since(made_up: MadeUp) -> None:
    made_up.clock.go_on(days=1)
    lending.declare_lost(made_up.desk, "V2", "left on a bus")
    day = made_up.today() - timedelta(days=1)
    with made_up.desk.store.reading() as transaction:
        then = {state.code: state.status for state in states_at(made_up.desk, transaction, day).values()}
    assert then["V2"] is Status.ON_LOAN
