"""What schools order and families wait for, by command: from the order to the letter, and the swap up a size."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from loanstore.paper.proof import read_codes

if TYPE_CHECKING:
    from pathlib import Path

    from tests.helpers.command_line import CommandLine
    from tests.helpers.made_up import MadeUp

REQUEST = {"code", "kind", "borrower", "type", "size", "number", "handed", "wanted_by", "made", "closed"}


@pytest.fixture
def stocked(loanstore: CommandLine) -> CommandLine:
    """A store with a family SAM, a school OAK, and violins in three sizes."""
    loanstore.json("add", "borrower", "--name", "Drama, Sam", "--kind", "hirer", "--pupil", "Alex", "--code", "SAM")
    loanstore.json("add", "borrower", "--name", "Oakfield Primary School", "--kind", "setting", "--code", "OAK")
    for code, size in (("V1", "1/2"), ("V2", "1/2"), ("V3", "3/4"), ("V4", "4/4")):
        loanstore.json("add", "instrument", "--type", "Violin", "--size", size, "--code", code)
    return loanstore


def ask(loanstore: CommandLine, *words: str) -> str:
    return str(loanstore.json("request", "add", *words)["code"])


def test_an_order_is_noted_listed_changed_handed_out_and_closed(stocked: CommandLine) -> None:
    made = stocked.json("request", "add", "OAK", "Violin", "--size", "1/2", "--number", "3", "--by", "2199-10-01")
    assert (made["borrower"], made["number"], made["handed"]) == ("OAK", 3, 0)
    (row,) = stocked.json("list", "requests")["rows"]
    assert set(row) >= REQUEST
    assert (row["code"], row["kind"], row["wanted_by"], row["closed"]) == (made["code"], "order", "2199-10-01", None)
    assert stocked.json("request", "change", made["code"], "--number", "2", "--by", "none")["wanted_by"] is None
    assert stocked.json("request", "lend", made["code"], "V1")["handed"] == 1
    lent = stocked.json("request", "lend", made["code"], "V2")
    assert (lent["handed"], [one["instrument"] for one in lent["loans"]]) == (2, ["V2"])
    assert stocked.json("list", "requests")["total"] == 0
    (row,) = stocked.json("list", "requests", "--all")["rows"]
    assert (row["closing"], bool(row["closed"])) == ("met", True)


def test_a_wait_is_for_one_and_can_be_withdrawn(stocked: CommandLine) -> None:
    code = ask(stocked, "SAM", "Violin 1/4", "--wait")
    assert stocked.json("list", "requests", "--find", "sam")["rows"][0]["kind"] == "wait"
    assert stocked.json("list", "requests", "--find", "cello")["rows"] == []
    stocked.json("request", "withdraw", code)
    assert stocked.refusal("request", "withdraw", code) == (1, "REQUEST_CLOSED")
    assert stocked.refusal("request", "add", "SAM", "Violin", "--wait", "--number", "2") == (1, "WAIT_IS_FOR_ONE")


def test_something_is_set_aside_listed_and_released(stocked: CommandLine) -> None:
    code = ask(stocked, "SAM", "Violin 1/2", "--wait")
    kept = stocked.json("aside", "V1", "--for", "SAM", "--until", "2199-01-01")
    assert (kept["instrument"], kept["request"], kept["until"]) == ("V1", code, "2199-01-01")
    (row,) = stocked.json("list", "aside")["rows"]
    assert (row["code"], row["borrower"], row["request"], row["lapsed"]) == ("V1", "SAM", code, None)
    assert stocked.refusal("release") == (1, "NOTHING_LAPSED")
    assert stocked.json("release", "V1")["released"] == [{"instrument": "V1", "status": "in store"}]
    assert stocked.refusal("release", "V1") == (1, "NOT_ASIDE")


def test_what_has_lapsed_is_released_at_once(stocked: CommandLine, made_up: MadeUp) -> None:
    from loanstore.operations import setting_aside

    # The made-up desk's clock stands in the past of the command line's.
    setting_aside.set_aside(made_up.desk, "V1", "SAM")
    assert [row["lapsed"] for row in stocked.json("list", "aside")["rows"]] == ["lapsed"]
    assert stocked.json("release")["released"] == [{"instrument": "V1", "status": "in store"}]


def test_a_letter_goes_to_everybody_who_may_collect(stocked: CommandLine, tmp_path: Path) -> None:
    out = str(tmp_path / "letters.pdf")
    assert stocked.refusal("letters", "collection", "--out", out) == (1, "NO_LETTERS")
    code = ask(stocked, "SAM", "Violin 1/2", "--wait")
    stocked.json("aside", "V1", "--for", "SAM")
    stocked.json("aside", "V4", "--for", "OAK")
    said = stocked.json("letters", "collection", "--out", out)
    assert (said["letters"], said["borrowers"]) == (2, ["SAM", "OAK"])
    assert read_codes((tmp_path / "letters.pdf").read_bytes(), 203) == [[code.replace("-", "")], ["OAK"]]
    assert stocked.json("letters", "collection", "--for", "OAK", "--out", out)["borrowers"] == ["OAK"]


def test_what_is_short_is_listed_by_type_and_size(stocked: CommandLine, tmp_path: Path) -> None:
    ask(stocked, "OAK", "Violin 1/2", "--number", "5")
    ask(stocked, "SAM", "Violin 1/4", "--wait")
    stocked.json("lend", "SAM", "V2", "--due", "2199-01-01")
    said = stocked.json("list", "shortages", "--at", "2199-01-01", "--csv", str(tmp_path / "short.csv"))
    assert [(row["size"], row["waiting"], row["ordered"]) for row in said["rows"]] == [("1/2", 0, 5), ("1/4", 1, 0)]
    assert said["rows"][0] | {"in_store": 1, "coming": 1, "short": 4, "by": "2199-01-01"} == said["rows"][0]
    assert "Violin" in (tmp_path / "short.csv").read_text("utf-8-sig")


def test_a_swap_is_one_answer_with_one_agreement(stocked: CommandLine) -> None:
    stocked.json("lend", "SAM", "V1", "--due", "2199-07-01")
    said = stocked.json("swap", "V1", "V3", "--condition", "good", "--missing", "Rosin")
    assert (said["returned"], said["lent"], said["borrower"], said["due"]) == ("V1", "V3", "SAM", "2199-07-01")
    assert said["warning"] is None
    (row,) = stocked.json("list", "loans")["rows"]
    assert (row["loan"], row["agreement"]) == (said["loan"], said["agreement"])
    assert stocked.json("undo")["undone"] == ["returned", "lent", "agreed"]
    assert stocked.json("swap", "V1", "V4")["warning"] == "Violin 4/4 is more than one size up from Violin 1/2."
    assert stocked.refusal("swap", "V1", "V3") == (1, "NOT_ON_LOAN")


def test_without_json_all_of_it_is_told_in_sentences(stocked: CommandLine) -> None:
    said = stocked("request", "add", "OAK", "Violin 1/2", "--number", "2").out
    assert "2 × Violin 1/2 for Oakfield Primary School." in said
    assert "is kept for Drama, Sam (for Alex) until" in stocked("aside", "V1", "--for", "SAM").out
    assert "Violin" in stocked("list", "shortages").out
    assert stocked("list", "requests", "--funding", "PTA").status == 2
    assert stocked("request", "change", "R1").status == 2
