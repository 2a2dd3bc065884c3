"""The workshop by command: repairs, services, disposal, pictures and the asset register."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from loanstore.paper.proof import read_codes
from loanstore.storage import registers

if TYPE_CHECKING:
    from pathlib import Path

    from tests.helpers.command_line import CommandLine
    from tests.helpers.made_up import MadeUp

LUTHIER = "Fenmarsh Strings"


@pytest.fixture
def stocked(loanstore: CommandLine, made_up: MadeUp) -> CommandLine:
    """A store with three violins, the first of them lent, and one repairer."""
    with made_up.desk.store.writing() as transaction:
        registers.place_named(transaction, LUTHIER, "repairer", made_up.desk.new_id())
    for number in range(1, 4):
        loanstore.json(
            *("add", "instrument", "--type", "Violin", "--size", "1/2", "--code", f"V{number}"),
            *("--funding", "Wider Opportunities 2009", "--purchase-cost", "£120", "--serial", f"0417{number}"),
        )
    loanstore.json("add", "borrower", "--name", "Drama, Sam", "--kind", "hirer", "--code", "SAM")
    loanstore.json("lend", "SAM", "V1")
    return loanstore


def test_a_repair_goes_out_with_its_docket_and_comes_back_with_its_cost(stocked: CommandLine, tmp_path: Path) -> None:
    docket = tmp_path / "docket.pdf"
    sent = stocked.json(
        *("repair", "out", "V2", "V3", "--to", LUTHIER, "--fault", "the neck is loose", "--docket", str(docket))
    )
    assert [one["instrument"] for one in sent["repairs"]] == ["V2", "V3"]
    assert sorted(code for page in read_codes(docket.read_bytes()) for code in page) == ["V2", "V3"]
    assert stocked.json("repair", "quote", "V2", "£45.50")["quote"] == 4550
    assert stocked.json("repair", "quote", "V2", "4000")["quote"] == 4000
    assert stocked.json("repair", "decide", "V2", "fair-wear")["decision"] == "fair wear"
    listed = stocked.json("list", "repairs")
    assert listed["total"] == 2
    first = listed["rows"][0]
    assert (first["code"], first["repairer"], first["fault"], first["quote"], first["decision"], first["back"]) == (
        "V2",
        LUTHIER,
        "the neck is loose",
        4000,
        "fair wear",
        None,
    )
    back = stocked.json("repair", "in", "V2", "--cost", "£38")
    assert (back["cost"], back["back"]) == (3800, [{"instrument": "V2", "status": "in store"}])
    stocked.json("repair", "in", "V3", "--outcome", "written-off")
    assert stocked.json("show", "V3")["status"] == "retired"
    assert stocked.json("list", "repairs") == {"ok": True, "total": 0, "rows": []}
    past = {row["code"]: (row["outcome"], row["cost"]) for row in stocked.json("list", "repairs", "--all")["rows"]}
    assert past == {"V2": ("mended", 3800), "V3": ("written off", None)}
    assert stocked.json("list", "repairs", "--all", "--find", "neck v2")["total"] == 1
    assert stocked.json("store", "verify")["ok"] is True


def test_a_repair_says_in_words_what_is_wrong(stocked: CommandLine, tmp_path: Path) -> None:
    assert stocked.refusal("repair", "out", "V1", "--to", LUTHIER) == (1, "REPAIR_ON_LOAN")
    assert stocked.refusal("repair", "out", "V2", "--to", "Nobody") == (1, "NO_REPAIRER")
    assert stocked.refusal("repair", "in", "V2") == (1, "NOT_IN_REPAIR")
    assert stocked.refusal("repair", "quote", "V2", "plenty") == (2, "BAD_MONEY")
    assert stocked.refusal("repair", "decide", "V2", "maybe") == (2, "USAGE")
    assert stocked.refusal("repair") == (2, "USAGE")
    folder = str(tmp_path)
    assert stocked.refusal("repair", "out", "V2", "--to", LUTHIER, "--docket", folder) == (1, "FILE_NOT_WRITTEN")
    assert stocked.json("list", "repairs", "--all")["total"] == 0
    assert stocked.refusal("list", "repairs", "--at", "2026-09-14") == (2, "USAGE")
    said = stocked("repair", "out", "V1", "--to", LUTHIER)
    assert "V1 is on loan to Drama, Sam." in said.err
    told = stocked("repair", "out", "V2", "--to", LUTHIER)
    assert told.out == f"1 sent to {LUTHIER}.\n"


def test_the_asset_register_is_told_and_written_as_at_any_day(stocked: CommandLine, tmp_path: Path) -> None:
    whole = stocked.json("register")
    assert (whole["total"], whole["totals"]["cost"], whole["totals"]["never_seen"]) == (3, 36000, 2)
    assert [row["code"] for row in whole["rows"]] == ["V2", "V3", "V1"]
    lent = whole["rows"][-1]
    assert (lent["holder"], lent["seen_as"], lent["cost"], lent["status"], lent["route"]) == (
        "Drama, Sam",
        "lent",
        12000,
        "on loan",
        None,
    )
    assert stocked.json("register", "--at", "2026-09-01")["total"] == 0
    assert stocked.json("register", "--funding", "pta")["total"] == 0
    for ending, begins in (("pdf", b"%PDF"), ("csv", b"\xef\xbb\xbfCode"), ("xlsx", b"PK")):
        file = tmp_path / f"register.{ending}"
        assert stocked.json("register", "--funding", "wider", "--out", str(file))["total"] == 3
        assert file.read_bytes().startswith(begins)
    assert stocked.refusal("register", "--out", str(tmp_path / "register.docx")) == (2, "REGISTER_FILE")
    assert stocked.refusal("register", "--at", "soon") == (2, "BAD_DAY")
    said = stocked("register").out
    assert "Instruments kept: 3" in said
    assert "V2  Violin 1/2  Wider Opportunities 2009  in store  never seen" in said
