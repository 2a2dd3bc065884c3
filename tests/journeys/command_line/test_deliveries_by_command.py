"""Deliveries by command: a run planned, loaded, signed for and printed; crates that arrive and are counted."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import pytest
from pypdf import PdfReader

from loanstore.domain.codes import normalise
from loanstore.paper.proof import read_codes

if TYPE_CHECKING:
    from pathlib import Path

    from tests.helpers.command_line import CommandLine


@pytest.fixture
def run(loanstore: CommandLine) -> str:
    """A run to Oakfield and Fenmarsh, with three violins in store and a cello that Sam has."""
    for name, kind, code in (
        ("Oakfield Primary School", "setting", "OAK"),
        ("Fenmarsh Primary School", "setting", "FEN"),
        ("Drama, Sam", "hirer", "SAM"),
    ):
        loanstore.json("add", "borrower", "--name", name, "--kind", kind, "--code", code)
    for n in range(3):
        loanstore.json("add", "instrument", "--type", "Violin", "--size", "1/2", "--code", f"V{n}")
    loanstore.json("add", "instrument", "--type", "Cello", "--code", "C1")
    loanstore.json("lend", "SAM", "C1")
    return str(loanstore.json("run", "plan", "2026-12-01", "OAK", "FEN")["run"])


def text_of(file: Path) -> str:
    pages = PdfReader(io.BytesIO(file.read_bytes())).pages
    return " ".join(" ".join(page.extract_text() for page in pages).split())


def test_a_run_is_planned_loaded_and_delivered(loanstore: CommandLine, run: str) -> None:
    assert loanstore.json("run", "load", run, "OAK", "V0", "V1")["loaded"] == ["V0", "V1"]
    loanstore.json("run", "load", run, "FEN", "V2")
    shown = loanstore.json("run", "show", run)
    assert (shown["day"], shown["progress"], shown["on_van"]) == ("2026-12-01", "loaded", 3)
    assert [stop["loaded"] for stop in shown["stops"]] == [["V0", "V1"], ["V2"]]
    assert shown["load_order"] == ["FEN", "OAK"]
    made = loanstore.json("run", "deliver", run, "OAK", "--signed-by", "Morgan Example", "--brought-back", "V1")
    assert [one["instrument"] for one in made["lent"]] == ["V0"]
    assert made["brought_back"] == ["V1"]
    rows = loanstore.json("list", "loans", "--find", "Oakfield")["rows"]
    assert [(row["instrument"], row["agreement"]) for row in rows] == [("V0", made["agreement"])]
    stop = loanstore.json("run", "show", run)["stops"][0]
    assert (stop["delivered"], stop["signed_by"]) == (["V0"], "Morgan Example")
    assert loanstore.json("run", "unload", "V2")["unloaded"] == [{"instrument": "V2", "status": "in store"}]


def test_the_wrong_stop_is_refused_softly_and_anyway_overrules(loanstore: CommandLine, run: str) -> None:
    assert loanstore.refusal("run", "load", run, "OAK", "V0", "C1") == (1, "LENT_ELSEWHERE")
    assert loanstore.json("run", "show", run)["on_van"] == 0
    said = loanstore("run", "load", run, "OAK", "C1")
    assert "C1 is lent to Drama, Sam, not to Oakfield Primary School." in said.err
    loanstore.json("run", "load", run, "OAK", "C1", "--anyway")
    made = loanstore.json("run", "deliver", run, "OAK", "--signed-by", "M. Example")
    assert (made["lent"], made["passed"], made["agreement"]) == ([], ["C1"], None)


def test_a_run_is_changed_called_off_and_listed(loanstore: CommandLine, run: str) -> None:
    loanstore.json("run", "change", run, "--day", "2026-12-02", "--stops", "FEN", "OAK")
    rows = loanstore.json("list", "runs")["rows"]
    assert rows == [
        {
            "code": run,
            "day": "2026-12-02",
            "progress": "planned",
            "stops": "Fenmarsh Primary School; Oakfield Primary School",
            "signed": 0,
            "on_van": 0,
        }
    ]
    loanstore.json("run", "cancel", run)
    assert loanstore.json("list", "runs")["total"] == 0
    assert loanstore.json("list", "runs", "--all")["rows"][0]["progress"] == "cancelled"
    assert loanstore.refusal("run", "change", run) == (2, "USAGE")
    assert loanstore.refusal("run", "plan", "tomorrow", "OAK") == (2, "BAD_DAY")


def test_what_is_picked_up_comes_home_on_loan(loanstore: CommandLine, run: str) -> None:
    loanstore.json("lend", "OAK", "V0")
    assert loanstore.refusal("run", "collect", run, "FEN", "V0") == (1, "NOT_THEIRS")
    loanstore.json("run", "collect", run, "OAK", "V0")
    assert loanstore.json("run", "show", run)["stops"][0]["collected"] == ["V0"]
    assert loanstore.json("show", "V0")["borrower"] == "OAK"
    assert "picked up: 1 Violin 1/2" in loanstore("run", "show", run).out


def test_dockets_and_the_load_sheet_are_written(loanstore: CommandLine, run: str, tmp_path: Path) -> None:
    out = tmp_path / "docket.pdf"
    assert loanstore.refusal("run", "docket", run, "OAK", "--out", str(out)) == (1, "NOTHING_FOR_STOP")
    loanstore.json("run", "load", run, "OAK", "V0", "V1")
    loanstore.json("run", "docket", run, "OAK", "--out", str(out))
    assert "2 × Violin 1/2" in text_of(out)
    assert "Stop 1 of 2" in text_of(out)
    (codes,) = read_codes(out.read_bytes())
    assert sorted(codes) == sorted([normalise(run), "V0", "V1"])
    loanstore.json("run", "docket", run, "--out", str(out))
    pages = [page.extract_text() for page in PdfReader(io.BytesIO(out.read_bytes())).pages]
    assert ["Load sheet" in page for page in pages] == [True, False]
    loanstore.json("run", "deliver", run, "OAK", "--signed-by", "Morgan Example", "--on", str(loanstore_day(loanstore)))
    loanstore.json("run", "docket", run, "OAK", "--out", str(out))
    assert "Morgan Example" in text_of(out)
    assert "2 × Violin 1/2" in text_of(out)


def loanstore_day(loanstore: CommandLine) -> str:
    """Give the day on which this store's loans are made."""
    return str(loanstore.json("list", "loans")["rows"][0]["out"])


@pytest.mark.usefixtures("run")
def test_crates_arrive_wait_and_are_counted(loanstore: CommandLine) -> None:
    loanstore.json("crates", "arrived", "OAK", "3", "--on", "2026-07-17")
    assert loanstore.json("list", "crates")["rows"] == [
        {"borrower": "OAK", "name": "Oakfield Primary School", "arrived": "2026-07-17", "crates": 3, "counted": None}
    ]
    for number in ("0", "-1", "many", "1" * 400):
        assert loanstore.refusal("crates", "arrived", "OAK", number)[0] in {1, 2}
    assert loanstore.json("crates", "counted", "OAK")["crates"] == 3
    assert loanstore.json("list", "crates")["total"] == 0
    assert loanstore.json("list", "crates", "--all", "--find", "oakfield")["total"] == 1
    assert loanstore.refusal("crates", "counted", "OAK") == (1, "NO_CRATES")
    assert loanstore.refusal("list", "crates", "--funding", "PTA") == (2, "USAGE")
