"""One register, whatever program saved it: the same store each time, through the window and by the command line."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt

from loanstore import bootstrap
from loanstore.operations import importing
from loanstore.ui.screens.import_steps import Step
from tests.helpers.alike import count_ids, counting, standing, whole
from tests.helpers.command_line import WORDS_OF_KEY, CommandLine
from tests.helpers.made_up import OPENING
from tests.helpers.registers import (
    RECORDS,
    REGISTER,
    SIXTEENTHS,
    VARIANTS,
    as_excel_saves_it,
    as_text,
    variant,
    with_sixteenths,
)
from tests.helpers.wizard import INSTRUMENTS, stands_at, tab_to, through

if TYPE_CHECKING:
    from pathlib import Path

    from tests.helpers.bench import Bench
    from tests.helpers.made_up import MadeUp, StoreMaker


def by_hand(make_made_up: StoreMaker, folder: Path, bench: Bench, file: Path) -> MadeUp:
    """Import a file into a store of its own as the window does, first to try and then to stay."""
    made = make_made_up(folder / "by hand.loanstore", bench.made_up.clock.moment)
    count_ids(made)
    for dry_run in (True, False):
        importing.import_file(made.desk, importing.Plan(file, INSTRUMENTS, dry_run=dry_run))
    return made


@pytest.mark.parametrize("name", VARIANTS)
def test_the_messy_register_ends_in_the_same_store_however_it_was_saved_and_goes_again_whole(
    bench: Bench, make_made_up: StoreMaker, tmp_path: Path, name: str
) -> None:
    before = standing(bench.made_up)
    count_ids(bench.made_up)
    page = through(bench, variant(tmp_path, name))
    assert f"{RECORDS} records" in page.done.text()
    assert whole(bench.made_up) == whole(by_hand(make_made_up, tmp_path, bench, REGISTER))
    tab_to(bench, "undoDone")
    bench.press(Qt.Key.Key_Return)
    assert stands_at(page, Step.FILE)
    assert f"{RECORDS} records" in bench.window.box.text()
    assert standing(bench.made_up) == before
    assert bench.made_up.complaints() == []


def test_a_register_that_excel_made_dates_and_numbers_of_ends_in_the_same_store(
    bench: Bench, make_made_up: StoreMaker, tmp_path: Path
) -> None:
    before = standing(bench.made_up)
    count_ids(bench.made_up)
    page = through(bench, as_excel_saves_it(tmp_path / "register.xlsx", with_sixteenths()))
    assert f"{RECORDS + len(SIXTEENTHS)} records" in page.done.text()
    as_csv = as_text(tmp_path / "register.csv", with_sixteenths(), "cp1252")
    assert whole(bench.made_up) == whole(by_hand(make_made_up, tmp_path, bench, as_csv))
    assert [line[3] for line in page.done.tables["repaired"].words()] == [
        *["1/2", "3/4", "1/2", "1/4", "1/2", "1/2"],
        *["1/16", "1/16", "4/4"],
    ]
    tab_to(bench, "undoDone")
    bench.press(Qt.Key.Key_Return)
    assert standing(bench.made_up) == before
    assert bench.made_up.complaints() == []


def test_by_the_command_line_excel_s_workbook_ends_in_the_same_store_as_the_csv(
    make_made_up: StoreMaker, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LOANSTORE_PASSPHRASE", WORDS_OF_KEY)
    monkeypatch.setattr(bootstrap, "now", lambda: OPENING)
    files = [
        as_text(tmp_path / "register.csv", with_sixteenths(), "cp1252"),
        as_text(tmp_path / "unicode.txt", with_sixteenths(), "utf-16", "\t"),
        as_excel_saves_it(tmp_path / "register.xlsx", with_sixteenths()),
    ]
    stores, said = [], []
    for file in files:
        made = make_made_up(tmp_path / f"{file.name}.loanstore")
        monkeypatch.setattr(bootstrap, "new_id", counting())
        call = CommandLine(made.path, capsys, monkeypatch)
        said.append(call.json("--store", str(made.path), "import", "instruments", str(file)))
        stores.append(whole(made))
    assert stores[1] == stores[0]
    assert stores[2] == stores[0]
    told = ("rows", "created", "refused", "passed", "columns", "words", "other_sheets")
    assert [[one[name] for name in told] for one in said[1:]] == [[said[0][name] for name in told]] * 2
    assert said[0]["created"] == RECORDS + len(SIXTEENTHS)


def test_next_month_s_workbook_finds_every_row_that_the_csv_brought(made_up: MadeUp, tmp_path: Path) -> None:
    as_csv = as_text(tmp_path / "register.csv", with_sixteenths(), "cp1252")
    importing.import_file(made_up.desk, importing.Plan(as_csv, INSTRUMENTS))
    workbook = as_excel_saves_it(tmp_path / "register.xlsx", with_sixteenths())
    again = importing.import_file(made_up.desk, importing.Plan(workbook, INSTRUMENTS)).result
    assert (again.created, again.updated, again.unchanged) == (0, 0, RECORDS + len(SIXTEENTHS))
