"""The workshop by command: repairs, services, disposal, pictures and the asset register."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PIL import Image

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


def test_what_is_due_is_listed_and_noted_as_done(stocked: CommandLine) -> None:
    stocked.json("add", "instrument", "--type", "Keyboard", "--code", "K1", "--purchased", "2099-01-01")
    rows = stocked.json("list", "services")["rows"]
    assert [(row["code"], row["work"], row["last"], row["due"], row["overdue"]) for row in rows] == [
        (code, "serviced", None, None, True) for code in ("V1", "V2", "V3")
    ]
    done = stocked.json("service", "V1", "V2", "V3", "--work", "serviced", "--on", "2020-02-29")
    assert done["done"][0] == {"instrument": "V1", "last": "2020-02-29"}
    (row,) = stocked.json("list", "services", "--due-by", "2100-01-01", "--find", "tested")["rows"]
    assert (row["code"], row["work"], row["due"], row["overdue"]) == ("K1", "tested", "2100-01-01", False)
    late = stocked.json("list", "services", "--find", "v1 drama")["rows"]
    assert [(row["due"], row["borrower"]) for row in late] == [("2022-02-28", "Drama, Sam")]
    assert stocked("service", "K1", "--work", "tested", "--on", "2026-01-02").out == "K1: PAT tested 2026-01-02.\n"
    assert stocked.refusal("service", "V1", "--work", "cleaned", "--on", "2999-01-01") == (1, "SERVICE_AHEAD")
    assert stocked.refusal("list", "loans", "--due-by", "2026-01-01") == (2, "USAGE")
    assert stocked.json("store", "verify")["ok"] is True


def test_disposal_asks_by_whose_authority_and_refuses_what_is_out(stocked: CommandLine) -> None:
    assert stocked.refusal("dispose", "V2", "--route", "sold") == (2, "USAGE")
    assert stocked.refusal("dispose", "V1", "--route", "sold", "--authority", "minute 14") == (1, "DISPOSE_ON_LOAN")
    words = ("--route", "returned-to-funder", "--authority", "minute 14", "--proceeds", "£12.50", "--recipient", "DfE")
    made = stocked.json("dispose", "V2", *words)
    assert (made["status"], made["route"], made["proceeds"]) == ("disposed", "returned to funder", 1250)
    register = stocked.json("register")
    (row,) = [row for row in register["rows"] if row["code"] == "V2"]
    assert (row["route"], row["authority"], row["recipient"], row["proceeds"]) == (
        "returned to funder",
        "minute 14",
        "DfE",
        1250,
    )
    assert (register["totals"]["disposed"], register["totals"]["proceeds"]) == (1, 1250)
    assert [row["code"] for row in stocked.json("list", "services")["rows"]] == ["V1", "V3"]
    assert stocked.json("store", "verify")["ok"] is True


def test_a_picture_is_added_listed_saved_and_deleted(stocked: CommandLine, tmp_path: Path) -> None:
    file, copy = tmp_path / "violin.png", tmp_path / "copy.png"
    Image.new("RGB", (40, 30), "teal").save(file)
    photo = stocked.json("photo", "add", "V2", str(file))["photo"]
    assert [row["photo"] for row in stocked.json("photo", "list", "V2")["rows"]] == [photo]
    stocked.json("photo", "save", photo, str(copy))
    assert copy.read_bytes() == file.read_bytes()
    stocked.json("photo", "delete", photo)
    assert stocked.json("photo", "list", "V2")["total"] == 0
    assert stocked.refusal("photo", "save", photo, str(copy)) == (1, "NO_PHOTO")
    file.write_text("no picture")
    assert stocked.refusal("photo", "add", "V2", str(file)) == (1, "NOT_A_PICTURE")
    assert stocked.json("store", "verify")["ok"] is True


def test_a_type_is_had_the_stores_own_way_and_as_it_ships_again(stocked: CommandLine) -> None:
    shipped = stocked.json("type", "fiddle")
    assert (shipped["type"], shipped["service_months"], shipped["hygiene_months"], shipped["band"]) == (
        "Violin",
        24,
        None,
        "A",
    )
    own = stocked.json("type", "Violin", "--service-months", "none", "--pat-months", "6", "--band", "C")
    assert (own["service_months"], own["pat_months"], own["band"]) == (None, 6, "C")
    assert {row["work"] for row in stocked.json("list", "services")["rows"]} == {"tested"}
    parts = stocked.json("type", "Violin", "--accessories", "Bow*; Rosin", "--aliases", "fiddle", "--sizes", "1/2;3/4")
    assert parts["accessories"] == [{"name": "Bow", "essential": True}, {"name": "Rosin", "essential": False}]
    assert (parts["aliases"], parts["sizes"]) == (["fiddle"], ["1/2", "3/4"])
    assert "accessories: Bow*; Rosin" in stocked("type", "Violin").out
    assert stocked.refusal("type", "Violin", "--sizes", "4/4") == (1, "SIZE_IN_USE")
    assert stocked.json("type", "Violin", "--sizes", "any")["sizes"] is None
    assert stocked.json("type", "Violin", "--reset")["service_months"] == 24
    assert stocked.refusal("type", "Violin", "--reset") == (1, "TYPE_UNKNOWN")
    assert stocked.refusal("type", "Violin", "--pat-months", "soon") == (1, "TYPE_VALUE")
    assert stocked.refusal("type", "Theremin") == (1, "TYPE_UNKNOWN")
    assert stocked.json("type", "Theremin", "--family", "Equipment", "--pat-months", "12")["pat_months"] == 12
    assert stocked.json("add", "instrument", "--type", "Theremin")["ok"] is True
