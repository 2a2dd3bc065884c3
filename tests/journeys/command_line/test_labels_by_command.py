"""Labels on the command line: the queue, part-used sheets, a lost label, stocks and design of the store's own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from loanstore.paper.proof import read_codes

if TYPE_CHECKING:
    from pathlib import Path

    from tests.helpers.command_line import CommandLine

SMALL = "avery-l7651"


def add(loanstore: CommandLine, kind: str = "Violin") -> str:
    return str(loanstore.json("add", "instrument", "--type", kind)["code"])


def test_a_queue_is_printed_onto_the_sheet_that_was_begun(loanstore: CommandLine, tmp_path: Path) -> None:
    out = str(tmp_path / "labels.pdf")
    violin, flute = add(loanstore), add(loanstore, "Flute")
    first = loanstore.json("labels", violin, "--stock", SMALL, "--start", "64", "--out", out)
    assert first["next_start"] == 65
    loanstore.json("labels", "want", violin)
    assert [row["code"] for row in loanstore.json("labels", "queue")["rows"]] == [flute, violin]
    made = loanstore.json("--staff", "Ann", "labels", "--queue", "--stock", SMALL, "--start", "next", "--out", out)
    assert (made["labels"], made["pages"], made["verified"], made["next_start"]) == (2, 2, 2, 2)
    assert [len(page) for page in read_codes((tmp_path / "labels.pdf").read_bytes())] == [1, 1]
    assert loanstore.json("labels", "queue")["total"] == 0
    latest = loanstore.json("labels", "printed")["rows"][0]
    assert (latest["staff"], latest["labels"], latest["again"], latest["stock"]) == ("Ann", 2, 1, SMALL)
    listed = {one["stock"]: one["next_start"] for one in loanstore.json("labels", "stocks")["stocks"]}
    assert listed[SMALL] == 2
    assert loanstore.json("labels", "sheet", SMALL, "1")["next_start"] == 1
    history = loanstore.json("show", violin)["history"]
    assert [line["staff"] for line in history if line["what"] == "labelled"] == ["", "Ann"]


def test_a_lost_label_gets_a_new_number_and_is_queued(loanstore: CommandLine) -> None:
    violin = add(loanstore)
    done = loanstore.json("labels", "renumber", violin)
    assert (done["before"], loanstore.json("show", violin)["code"]) == (violin, done["code"])
    again = loanstore.json("labels", "renumber", done["code"], "--retire")
    assert loanstore.refusal("show", done["code"])[0] == 1
    assert [row["code"] for row in loanstore.json("labels", "queue")["rows"]] == [again["code"]]
    loanstore.json("labels", "unwant", again["code"])
    assert loanstore.json("labels", "queue")["total"] == 1


def test_stocks_of_the_stores_own(loanstore: CommandLine, tmp_path: Path) -> None:
    size = ("--feed", "roll", "--width", "60", "--height", "30", "--margin-x", "1", "--margin-y", "1.5", "--dpi", "300")
    assert loanstore.json("labels", "stock", "add", "ours", *size, "--turned", "yes")["per_page"] == 1
    out = str(tmp_path / "labels.pdf")
    assert loanstore.json("labels", add(loanstore), "--stock", "ours", "--out", out)["verified"] == 1
    assert loanstore.json("labels", "stock", "change", SMALL, "--left", "4.6")["width_mm"] == 38.1
    own = [one["stock"] for one in loanstore.json("labels", "stocks")["stocks"] if one["own"]]
    assert own == [SMALL, "ours"]
    assert loanstore.refusal("labels", "stock", "change", SMALL, "--columns", "five") == (1, "STOCK_VALUE")
    assert loanstore.refusal("labels", "stock", "mend", SMALL) == (2, "USAGE")
    assert loanstore.json("labels", "stock", "reset", SMALL)["stock"] == SMALL


def test_the_design_and_a_printer(loanstore: CommandLine, tmp_path: Path) -> None:
    changed = loanstore.json("labels", "design", "--property-of", "no", "--return-to", "https://hub.example.org")
    assert (changed["property_of"], changed["return_to"], changed["logo"]) == (False, "https://hub.example.org", False)
    assert loanstore.refusal("labels", "design", "--logo", str(tmp_path / "none.png"))[1] == "FILE_MISSING"
    loanstore.json("printer", "add", "Office", "--dpi", "600", "--offset-x", "0.4")
    out = tmp_path / "labels.pdf"
    made = loanstore.json("labels", add(loanstore), "--stock", SMALL, "--printer", "office", "--out", str(out))
    assert made["verified"] == 1
    for words in (("queue", "now"), ("sheet", SMALL), ("sheet", SMALL, "x"), ("want",), ("renumber",)):
        assert loanstore.refusal("labels", *words) == (2, "USAGE")
