"""Places and stocktakes as scripts call them."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING

import pytest
from pypdf import PdfReader

if TYPE_CHECKING:
    from pathlib import Path

    from tests.helpers.command_line import CommandLine


@pytest.fixture
def stocked(loanstore: CommandLine) -> CommandLine:
    """A store with V1 to V3 in Store A, V4 in Store B, and Sam who has V5."""
    for number in "1235":
        loanstore.json("add", "instrument", "--type", "Violin", "--code", f"V{number}", "--location", "Store A")
    loanstore.json("add", "instrument", "--type", "Cello", "--code", "V4", "--location", "Store B")
    loanstore.json("add", "borrower", "--name", "Drama, Sam", "--kind", "hirer", "--code", "SAM")
    loanstore.json("lend", "SAM", "V5")
    return loanstore


def test_places_are_added_listed_renamed_and_shown(stocked: CommandLine) -> None:
    made = stocked.json("add", "place", "--name", "Fenmarsh Library", "--kind", "drop-off")
    assert (made["name"], made["kind"]) == ("Fenmarsh Library", "drop-off")
    coded = stocked.json("place", "codes")["places"]
    assert [place["name"] for place in coded] == ["Store A", "Store B"]
    said = stocked.json("list", "places")
    assert said["total"] == 3
    assert [(row["name"], row["kind"], row["standing"]) for row in said["rows"]] == [
        ("Fenmarsh Library", "drop-off", 0),
        ("Store A", "place", 3),
        ("Store B", "place", 1),
    ]
    assert stocked.json("list", "places", "--find", "library")["total"] == 1
    assert stocked.json("place", "rename", coded[0]["code"], "Cupboard")["name"] == "Cupboard"
    shown = stocked.json("show", coded[0]["code"])
    assert (shown["kind"], shown["name"], shown["standing"]) == ("place", "Cupboard", 3)
    assert [line["code"] for line in shown["instruments"]] == ["V1", "V2", "V3"]


def test_instruments_are_moved_by_hand(stocked: CommandLine) -> None:
    code = stocked.json("add", "place", "--name", "Store B")["code"]
    said = stocked.json("move", code, "V1", "V4")
    assert (said["place"], said["moved"], said["already"]) == (code, ["V1"], ["V4"])
    assert stocked.json("show", "V1")["location"] == "Store B"
    assert stocked.refusal("move", code, "V5") == (1, "NOT_MOVABLE")
    assert stocked("move", code, "V2").out == "1 instrument stands at Store B now.\n"


def test_a_label_is_made_for_a_place(stocked: CommandLine, tmp_path: Path) -> None:
    code = stocked.json("add", "place", "--name", "Store A")["code"]
    file = tmp_path / "label.pdf"
    assert stocked.json("labels", code, "--stock", "avery-l7651", "--out", str(file))["verified"] == 1
    assert "Store A" in PdfReader(BytesIO(file.read_bytes())).pages[0].extract_text()


def test_a_stocktake_from_its_beginning_to_its_end(stocked: CommandLine, tmp_path: Path) -> None:
    begun = stocked.json("stocktake", "begin", "--place", "Store A")
    assert begun["not_seen"] == 3
    said = stocked("--json", "stocktake", "scan", begun["stocktake"], typed=b"V1\nV4\n\nV5\nZ-9\n")
    assert said.status == 0
    assert [(line["n"], line["code"], line["finding"], line["ok"]) for line in said.lines] == [
        (1, "V1", "expected", True),
        (2, "V4", "misplaced", True),
        (3, "V5", "here though on loan", True),
        (4, "Z-9", None, False),
    ]
    assert said.lines[1]["stood_at"] == "Store B"
    assert said.lines[2]["borrower"] == "SAM"
    report = stocked.json("stocktake", "report", "Store A")
    assert [line["code"] for line in report["not_seen"]] == ["V2", "V3"]
    assert [line["code"] for line in report["unknown"]] == ["Z-9"]
    back = stocked.json("stocktake", "bring-back", begun["stocktake"])
    assert [line["instrument"] for line in back["returned"]] == ["V5"]
    for name in ("report.pdf", "report.csv", "report.xlsx"):
        assert stocked.json("stocktake", "report", begun["stocktake"], "--out", str(tmp_path / name))["file"]
        assert (tmp_path / name).stat().st_size > 100
    closed = stocked.json("stocktake", "close", begun["stocktake"], "--set-missing")
    assert (closed["missed"], closed["left"]) == (["V2", "V3"], 0)
    assert stocked.json("show", "V2")["status"] == "missing"
    (row,) = stocked.json("stocktake", "list")["rows"]
    assert (row["stocktake"], row["name"], row["found"]) == (begun["stocktake"], "Store A", 3)
    assert row["closed"] is not None
    assert stocked.json("undo")["undone"] == ["missed", "missed", "stocktake_closed"]
    stocked.json("store", "verify")


def test_a_stocktake_closed_without_a_word_sets_nothing_missing(stocked: CommandLine) -> None:
    stocked.json("stocktake", "begin")
    said = stocked("stocktake", "scan", "all", "V1", "V4", "--at", "Store A")
    assert said.out.splitlines() == [
        "Violin (V1) is where it should be.",
        "Cello (V4) stood at Store B; it stands here now.",
    ]
    told = stocked("stocktake", "report", "all").out
    assert "2 of" not in told
    assert "1 of 3 found where they belong" in told
    assert "Not seen: 2" in told
    ended = stocked("stocktake", "close", "all")
    assert ended.out == "The stocktake is closed. 2 instruments were not seen and are left as they are.\n"
    assert stocked.json("show", "V2")["status"] == "in store"


@pytest.mark.parametrize(
    ("words", "status", "error"),
    [
        (("stocktake", "begin", "--place", "Barn"), 1, "NO_PLACE"),
        (("stocktake", "report", "Store A"), 1, "NO_STOCKTAKE"),
        (("stocktake", "scan", "Store A", "V1"), 1, "NO_STOCKTAKE"),
        (("stocktake",), 2, "USAGE"),
        (("add", "place"), 2, "USAGE"),
        (("add", "place", "--name", "Barn", "--kind", "barn"), 2, "USAGE"),
        (("list", "places", "--all"), 2, "USAGE"),
    ],
)
def test_what_does_not_fit_is_told_with_its_status(
    stocked: CommandLine, words: tuple[str, ...], status: int, error: str
) -> None:
    assert stocked.refusal(*words) == (status, error)


def test_a_report_goes_only_into_a_file_it_can_be_written_as(stocked: CommandLine, tmp_path: Path) -> None:
    stocked.json("stocktake", "begin")
    assert stocked.refusal("stocktake", "report", "all", "--out", str(tmp_path / "report.docx")) == (2, "USAGE")
