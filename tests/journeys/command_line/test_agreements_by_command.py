"""Agreements by command: the frozen paper, signing, scans, the seal, the chase list and the wording."""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING

import pytest

from tests.helpers.agreements import blank_page, scan_of, text_of

if TYPE_CHECKING:
    from pathlib import Path

    from tests.helpers.command_line import CommandLine


@pytest.fixture
def agreed(loanstore: CommandLine) -> str:
    """Lend to a family and give the agreement's code."""
    family = loanstore.json("add", "borrower", "--name", "Drama, Sam", "--kind", "hirer")["code"]
    violin = loanstore.json("add", "instrument", "--type", "Violin")["code"]
    return str(loanstore.scans(family, violin, "LSCMD-FINISH")[-1]["agreement"])


def test_the_paper_comes_byte_for_byte_every_time_and_in_other_shapes(
    loanstore: CommandLine, agreed: str, tmp_path: Path
) -> None:
    files = [tmp_path / name for name in ("one.pdf", "two.pdf")]
    for file in files:
        assert loanstore.json("agreement", agreed, "--out", str(file))["agreement"] == agreed
    assert files[0].read_bytes() == files[1].read_bytes()
    page = tmp_path / "page.html"
    loanstore.json("agreement", agreed, "--out", str(page))
    assert "Drama, Sam" in page.read_text("utf-8")
    large = tmp_path / "large.pdf"
    loanstore.json("agreement", agreed, "--large", "--out", str(large))
    assert "Drama, Sam" in text_of(large.read_bytes())


def test_it_is_signed_sealed_and_checked(loanstore: CommandLine, agreed: str, tmp_path: Path) -> None:
    assert loanstore.json("agreement", "show", agreed)["stage"] == "made"
    assert loanstore.refusal("agreement", agreed, "--signed", "--out", str(tmp_path / "x.pdf")) == (1, "NOT_SIGNED")
    said = loanstore.json("agreement", "sign", agreed, "--role", "parent", "--name", "Sam Drama")
    assert (said["stage"], said["to_sign"]) == ("signed", ["player", "store"])
    file = tmp_path / "signed.pdf"
    loanstore.json("agreement", agreed, "--signed", "--out", str(file))
    checked = loanstore.json("agreement", "check", str(file))
    assert (checked["sealed"], checked["agreement"]) == (True, agreed)
    changed = bytearray(file.read_bytes())
    changed[3_000] ^= 1
    file.write_bytes(bytes(changed))
    assert loanstore.refusal("agreement", "check", str(file)) == (1, "PAPER_CHANGED")
    assert loanstore.refusal("undo") == (1, "SIGNED_STAYS")
    assert loanstore.json("store", "verify")["ok"] is True


def test_a_scan_is_tried_filed_and_the_rest_assigned(loanstore: CommandLine, agreed: str, tmp_path: Path) -> None:
    printed = tmp_path / "printed.pdf"
    loanstore.json("agreement", agreed, "--out", str(printed))
    scan = tmp_path / "scan.pdf"
    scan.write_bytes(scan_of([blank_page(), printed.read_bytes()]))
    tried = loanstore.json("agreement", "file-scans", str(scan), "--dry-run")
    assert tried["filed"] == [{"agreement": agreed, "pages": [2, 3]}]
    assert loanstore.json("agreement", "show", agreed)["stage"] == "printed"
    done = loanstore.json("agreement", "file-scans", str(scan))
    assert (done["filed"], [page["page"] for page in done["left"]], done["waiting"]) == (tried["filed"], [1], 1)
    assert loanstore.json("agreement", "show", agreed)["stage"] == "signed"
    (waiting,) = loanstore.json("list", "pages")["rows"]
    assert loanstore.refusal("agreement", "assign", waiting["page"], agreed) == (1, "ALREADY_SIGNED")
    assert loanstore.json("agreement", "dismiss", waiting["page"])["erased"] == 1
    loanstore.json("agreement", "withdraw", agreed, "--why", "the wrong family")
    assert loanstore.json("agreement", "show", agreed)["stage"] == "printed"
    assert loanstore.json("agreement", "refuse", agreed, "--why", "moved away")["stage"] == "refused"


def test_the_chase_list_is_written_as_csv_and_pdf(loanstore: CommandLine, agreed: str, tmp_path: Path) -> None:
    assert loanstore.json("list", "unsigned")["rows"] == []
    sheet, paper = tmp_path / "unsigned.csv", tmp_path / "unsigned.pdf"
    rows = loanstore.json("list", "unsigned", "--all", "--csv", str(sheet), "--pdf", str(paper))["rows"]
    assert [row["agreement"] for row in rows] == [agreed]
    with sheet.open(encoding="utf-8-sig", newline="") as opened:
        assert [row["agreement"] for row in csv.DictReader(opened)] == [agreed]
    assert agreed in text_of(paper.read_bytes())
    assert loanstore.refusal("list", "loans", "--pdf", str(paper))[0] == 2


def test_a_wording_is_written_out_edited_saved_and_compared(loanstore: CommandLine, tmp_path: Path) -> None:
    file = tmp_path / "teacher.toml"
    loanstore.json("wording", "show", "teacher", "--out", str(file))
    written = file.read_text("utf-8")
    assert loanstore.refusal("wording", "save", "teacher", str(file)) == (1, "TEXT_UNCHANGED")
    file.write_text(written.replace("{owner} lends", "{owner} kindly lends", 1), "utf-8")
    assert loanstore.json("wording", "save", "teacher", str(file))["version"] == 2
    rows = loanstore.json("wording", "compare", "teacher", "1", "2")["rows"]
    assert {row["mark"] for row in rows} == {"+", "-"}
    file.write_text(written.replace("{owner}", "{nobody}", 1), "utf-8")
    assert loanstore.refusal("wording", "save", "teacher", str(file)) == (1, "UNKNOWN_PLACEHOLDER")
    assert loanstore.refusal("wording", "save", "setting", str(file))[0] in {1, 2}
    versions = [(row["text"], row["version"]) for row in loanstore.json("wording", "list")["rows"]]
    assert versions.count(("teacher", 2)) == 1


@pytest.mark.parametrize("words", [["check"], ["sign", "X"], ["show", "A", "B"], ["CM-000001-D"], ["A", "B"]])
def test_what_makes_no_sense_is_wrong_usage(loanstore: CommandLine, words: list[str]) -> None:
    assert loanstore.refusal("agreement", *words)[0] in {1, 2}
