"""Records, custody, head-counts, mismatches and the rules of lending, as scripts call them."""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING

import openpyxl
import pytest
from pypdf import PdfReader

from loanstore.operations import custody

if TYPE_CHECKING:
    from pathlib import Path

    from tests.helpers.command_line import CommandLine


@pytest.fixture
def stocked(loanstore: CommandLine) -> CommandLine:
    """A store with a family SAM, a school OAK, and violins V1 to V3."""
    loanstore.json("add", "borrower", "--name", "Drama, Sam", "--kind", "hirer", "--pupil", "Alex", "--code", "SAM")
    loanstore.json(
        "add", "borrower", "--name", "Oakfield Primary", "--kind", "setting", "--code", "OAK", "--urn", "990001"
    )
    for number in "123":
        loanstore.json("add", "instrument", "--type", "Violin", "--size", "1/2", "--code", f"V{number}")
    return loanstore


def test_records_are_edited_by_their_codes(stocked: CommandLine) -> None:
    said = stocked.json("edit", "V1", "--size", "3/4", "--replacement-value", "£180.50", "--alias", "CC 1")
    assert said == {"ok": True, "code": "V1", "changed": ["size", "replacement_value", "valued", "alias"]}
    shown = stocked.json("show", "cc1")
    assert (shown["size"], shown["replacement_value"], shown["aliases"]) == ("3/4", "18050", ["CC 1"])
    assert stocked.json("edit", "SAM", "--pupil", "", "--year-group", "5")["changed"] == ["pupil", "year_group"]
    assert "pupil" not in stocked.json("show", "SAM")
    assert stocked.json("edit", "V1", "--remove-alias", "CC1")["changed"] == ["code"]
    assert stocked.refusal("show", "CC1") == (1, "NOTHING_CARRIES")
    refused = stocked("edit", "V1", "--size", "5/7")
    assert refused.status == 1
    assert "4/4, 7/8, 3/4" in refused.err
    assert stocked.refusal("edit", "V1") == (2, "USAGE")


def test_a_school_that_became_an_academy(stocked: CommandLine) -> None:
    """Its loans and its old number are on the academy's record; undone and merged again, it is the same."""
    stocked.json("lend", "OAK", "V1", "V2")
    stocked.json("return", "V2")
    stocked.json("add", "borrower", "--name", "Oakfield Academy", "--kind", "setting", "--urn", "990002")
    history = {loan["loan"] for part in ("on_loan", "past") for loan in stocked.json("show", "OAK")[part]}
    for _again in range(2):
        said = stocked.json("merge", "990001", "990002")
        assert said["loans"] == 2
        for code in ("OAK", "990001", "990002", said["code"]):
            shown = stocked.json("show", code)
            assert (shown["name"], shown["urn"]) == ("Oakfield Academy", "990002")
            assert {loan["loan"] for part in ("on_loan", "past") for loan in shown[part]} == history
        assert [row["name"] for row in stocked.json("list", "borrowers")["rows"]].count("Oakfield Primary") == 0
        assert stocked.json("store", "verify")["ok"] is True
        if not _again:
            stocked.json("undo")
            assert stocked.json("show", "OAK")["name"] == "Oakfield Primary"
    (answer,) = stocked.scans("OAK")
    assert answer["answer"] == "BORROWER_CHOSEN"
    assert stocked.json("edit", "OAK", "--urn", "990003")["changed"] == ["urn", "alias"]
    assert stocked.json("show", "990003")["name"] == "Oakfield Academy"
    stocked.json("store", "rebuild")
    assert stocked.json("show", "990001")["name"] == "Oakfield Academy"


def test_custody_passes_and_the_register_is_written(stocked: CommandLine, tmp_path: Path) -> None:
    stocked.json("lend", "OAK", "V1", "V2")
    said = stocked.json("custody", "SAM", "V1")
    assert [(row["instrument"], row["borrower"]) for row in said["passed"]] == [("V1", "OAK")]
    register = stocked.json("take-home", "OAK")
    assert (register["total"], register["rows"][0]["player"]) == (1, "Alex")
    paper, table = tmp_path / "home.pdf", tmp_path / "home.csv"
    stocked.json("take-home", "OAK", "--out", str(paper))
    assert "Take-home register" in PdfReader(paper).pages[0].extract_text()
    stocked.json("take-home", "OAK", "--out", str(table))
    assert [row["code"] for row in csv.DictReader(table.read_text("utf-8-sig").splitlines())] == ["V1"]
    book = tmp_path / "home.xlsx"
    stocked.json("take-home", "OAK", "--out", str(book))
    cells = list(openpyxl.load_workbook(book).worksheets[0].values)
    assert cells[0] == custody.COLUMNS
    assert cells[1][0] == register["rows"][0]["code"]
    assert cells[1][6].date().isoformat() == register["rows"][0]["due"]
    assert stocked.refusal("take-home", "OAK", "--out", str(tmp_path / "home.doc")) == (2, "USAGE")
    assert stocked.json("custody", "OAK", "V1")["passed"][0]["custodian"] is None
    assert stocked.refusal("custody", "SAM", "V3") == (1, "NOT_ON_LOAN")


def test_schools_are_asked_for_head_counts(stocked: CommandLine) -> None:
    stocked.json("lend", "OAK", "V1")
    assert stocked.json("heads")["rows"] == [{"code": "OAK", "name": "Oakfield Primary"}]
    said = stocked.json("heads", "OAK", "--pupils", "30", "--fsm-or-pp", "8", "--estimated", "--on", "2026-09-01")
    counted = {"given": "2026-09-01", "estimated": True, "pupils": 30, "fsm_or_pp": 8}
    assert said["heads"] == [counted]
    assert stocked.json("heads", "OAK")["heads"] == [counted]
    assert stocked.json("heads")["rows"] == []
    assert stocked.refusal("heads", "OAK", "--pupils", "many") == (2, "USAGE")
    assert stocked.refusal("heads", "--pupils", "3") == (2, "USAGE")


def test_a_mismatch_is_put_right_three_ways(stocked: CommandLine) -> None:
    one, two = (stocked.json("add", "instrument", "--type", "Violin")["code"] for _each in range(2))
    stocked.json("lend", "SAM", one)
    case = f"{one}C"
    assert stocked.json("match", case, two)["print"] == []
    assert stocked.json("match", case, two, "--cases-swapped")["print"] == [case, f"{two}C"]
    said = stocked.json("match", case, two, "--children-swapped")
    assert len(said["agreements"]) == 1
    assert [loan["instrument"] for loan in stocked.json("show", "SAM")["on_loan"]] == [two]
    stocked.json("undo")
    assert [loan["instrument"] for loan in stocked.json("show", "SAM")["on_loan"]] == [one]
    assert stocked.refusal("match", case, one) == (1, "THEY_MATCH")


def test_the_label_of_a_case_and_linked_apparatus_are_shown(stocked: CommandLine) -> None:
    assert stocked.json("edit", "V1", "--case", "CASE 17", "--apparatus", "V2")["changed"] == ["apparatus", "case"]
    shown = stocked.json("show", "CASE17")
    assert (shown["code"], shown["case_labels"], shown["apparatus"]) == ("V1", ["CASE 17"], "V2")
    assert stocked.json("show", "V2")["apparatus_of"] == ["V1"]
    assert stocked.refusal("edit", "SAM", "--case", "CASE 18") == (2, "UNKNOWN_FIELD")
    assert "its case is labelled CASE 17" in stocked("show", "V1").out


def test_the_rules_of_lending_are_set_and_count_at_once(stocked: CommandLine) -> None:
    said = stocked.json("policy", "set", "hirer", "--limit", "1", "--days", "28", "--repeat", "3")
    told = {"period": "days", "days": 28, "limit": 1, "contract": "free loan", "rolling": False}
    assert said["rules"]["hirer"] == told
    assert said["repeat"] == 3
    assert stocked.json("policy", "set", "--aside-days", "1")["aside_days"] == 1
    assert stocked.json("policy", "set", "--quiet", "600")["aside_days"] == 1
    assert stocked.refusal("lend", "SAM", "V1", "V2") == (1, "OVER_LIMIT")
    assert stocked.json("policy", "set", "hirer", "--limit", "none")["rules"]["hirer"]["limit"] is None
    assert stocked.json("policy", "set", "hirer", "--period", "term")["rules"]["hirer"]["days"] == 0
    assert stocked.json("policy", "show")["rules"]["setting"]["limit"] is None
    stocked.json("lend", "SAM", "V1", "V2", "V3")
    for words, code in (
        (("hirer", "--days", "none"), "POLICY_DAYS"),
        (("hirer", "--limit", "-1"), "POLICY_LIMIT"),
        (("--quiet", "1"), "POLICY_WAIT"),
        (("--least-days", "x"), "POLICY_LEAST"),
        (("--aside-days", "0"), "POLICY_ASIDE"),
    ):
        assert stocked.refusal("policy", "set", *words) == (1, code)
    assert stocked.refusal("policy", "set", "--limit", "2") == (2, "USAGE")
