"""A list that is being written out tells how far it is; cancelled, it leaves no half file."""

from __future__ import annotations

import tempfile
from datetime import date
from typing import TYPE_CHECKING

import pytest

from loanstore.domain.errors import Refused
from loanstore.domain.progress import Reached
from loanstore.operations import asset_register, placing, register_files, stocktake_reports, stocktaking, tabling

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path
    from typing import TypeAlias

    from loanstore.domain.progress import Progress
    from tests.helpers.made_up import MadeUp

    Write: TypeAlias = Callable[[Path, Progress], None]

ROWS = [(f"A{n}", "Violin") for n in range(30)]
ENDINGS = pytest.mark.parametrize("ending", ["csv", "xlsx"])


class Teller:
    """Hears how far it is and cancels at a point; at none where ``stop_at`` is 0."""

    def __init__(self, stop_at: int = 0) -> None:
        self.stop_at = stop_at
        self.told: list[tuple[int, int]] = []

    def __call__(self, reached: int, total: int) -> None:
        self.told.append((reached, total))
        if reached == self.stop_at:
            raise Refused("WORK_CANCELLED")


@pytest.fixture(autouse=True)
def leftovers(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Have temporary files made in a folder of their own, which is empty again at the end."""
    folder = tmp_path_factory.mktemp("temporary")
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    yield folder
    assert list(folder.iterdir()) == []


def rows_through(file: Path, progress: Progress) -> None:
    tabling.write_rows(file, ["Code", "Type"], ROWS, len(ROWS), progress)


def table_through(file: Path, progress: Progress) -> None:
    write = tabling.write_xlsx if file.suffix == ".xlsx" else tabling.write_csv
    write(file, tabling.Table(len(ROWS), ("code", "type"), tuple(ROWS)), progress)


@ENDINGS
@pytest.mark.parametrize("write", [rows_through, table_through])
def test_what_is_written_is_told_to_its_end(tmp_path: Path, ending: str, write: Write) -> None:
    teller = Teller()
    write(tmp_path / f"list.{ending}", teller)
    reached, total = teller.told[-1]
    assert reached == total >= len(ROWS)
    assert [one for one, _total in teller.told] == list(range(1, total + 1))
    assert (tmp_path / f"list.{ending}").stat().st_size > 100


@ENDINGS
@pytest.mark.parametrize("write", [rows_through, table_through])
@pytest.mark.parametrize("stop_at", [1, 17, 30])
def test_what_is_cancelled_leaves_the_old_file_or_none(tmp_path: Path, ending: str, write: Write, stop_at: int) -> None:
    file = tmp_path / f"list.{ending}"
    with pytest.raises(Refused, match="WORK_CANCELLED"):
        write(file, Teller(stop_at))
    assert list(tmp_path.iterdir()) == []
    file.write_text("the older one")
    with pytest.raises(Refused, match="WORK_CANCELLED"):
        write(file, Teller(stop_at))
    assert file.read_text() == "the older one"


@pytest.mark.parametrize("ending", ["csv", "xlsx", "pdf"])
def test_the_asset_register_can_be_cancelled(made_up: MadeUp, tmp_path: Path, ending: str) -> None:
    for _n in range(3):
        made_up.instrument(funding="Donation")
    register = asset_register.asset_register(made_up.desk, date(2026, 9, 14))
    file = tmp_path / f"register.{ending}"
    with pytest.raises(Refused, match="WORK_CANCELLED"):
        register_files.write_register(made_up.desk, register, file, Teller(2))
    assert not file.exists()
    teller = Teller()
    register_files.write_register(made_up.desk, register, file, teller)
    assert teller.told[-1][0] == teller.told[-1][1] >= 3
    assert file.stat().st_size > 100


def test_a_stocktakes_report_on_paper_can_be_cancelled(made_up: MadeUp) -> None:
    place = placing.add_place(made_up.desk, "Store A").result
    codes = [made_up.instrument(location="Store A").code for _n in range(5)]
    stocktake = stocktaking.begin(made_up.desk, place.code).result.id
    for code in (*codes[:2], "BOOK9780571"):
        stocktaking.sight(made_up.desk, stocktake, code)
    teller = Teller()
    whole = stocktake_reports.report_pdf(made_up.desk, stocktake, teller)
    assert whole.startswith(b"%PDF")
    assert teller.told == [(reached, 6) for reached in range(1, 7)]
    with pytest.raises(Refused, match="WORK_CANCELLED"):
        stocktake_reports.report_pdf(made_up.desk, stocktake, Teller(4))


def test_nobody_need_be_told() -> None:
    assert list(Reached(2, None).through("ab")) == ["a", "b"]
