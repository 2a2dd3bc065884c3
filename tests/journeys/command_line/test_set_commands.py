"""Class sets by command: one object of JSON each, the sentences for people, and the papers."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING

import pytest
from pypdf import PdfReader

from loanstore.paper.proof import read_codes

if TYPE_CHECKING:
    from pathlib import Path

    from tests.helpers.command_line import CommandLine

VIOLINS = tuple(f"V{n}" for n in range(1, 6))


@pytest.fixture
def made(loanstore: CommandLine) -> str:
    """Give the code of a set of five violins; OAK and FEN are schools, V9 a violin of no set."""
    for code, name in (("OAK", "Oakfield Primary School"), ("FEN", "Fenmarsh Primary School")):
        loanstore.json("add", "borrower", "--name", name, "--kind", "setting", "--code", code)
    for code in (*VIOLINS, "V9"):
        loanstore.json("add", "instrument", "--type", "Violin", "--size", "1/2", "--code", code)
    said = loanstore.json("set", "make", "Year 4 violins", *VIOLINS)
    assert set(said) == {"ok", "id", "set", "name", "members"}
    assert said["members"][3] == {"position": 4, "instrument": "V4"}
    return str(said["set"])


def test_a_set_goes_out_and_comes_back_with_its_count(loanstore: CommandLine, made: str) -> None:
    said = loanstore.json("set", "lend", made, "OAK", "--due", "2030-07-19")
    assert (said["borrower"], said["due"], len(said["loans"]), said["left"]) == ("OAK", "2030-07-19", 5, [])
    back = loanstore.json("set", "return", made, "V1", "V3", "V5")
    assert (back["back"], back["total"]) == (3, 5)
    assert back["missing"] == [{"position": 2, "instrument": "V2"}, {"position": 4, "instrument": "V4"}]
    assert [one["position"] for one in back["returned"]] == [1, 3, 5]
    (row,) = loanstore.json("list", "sets")["rows"]
    assert (row["code"], row["members"], row["in"], row["out"], row["elsewhere"]) == (made, 5, 3, 2, 0)
    assert (row["borrower"], row["due"]) == ("Oakfield Primary School", "2030-07-19")
    rest = loanstore.json("set", "return", made, "--all")
    assert (rest["back"], rest["missing"]) == (5, [])


def test_the_count_is_said_to_people_with_numbers_and_codes(loanstore: CommandLine, made: str) -> None:
    loanstore("set", "lend", made, "OAK")
    said = loanstore("set", "return", made, "V1", "V3", "V5").out
    assert "Year 4 violins: 3 of 5 back; missing: 2, 4." in said
    assert "Still out: 2 (V2), 4 (V4)." in said


def test_what_does_not_go_with_a_set_is_named(loanstore: CommandLine, made: str) -> None:
    loanstore.json("lost", "V2", "--why", "left on a bus")
    said = loanstore("set", "lend", made, "OAK").out
    assert "4 of Year 4 violins lent to Oakfield Primary School" in said
    assert "Not with it: 2 (V2, lost)." in said


def test_a_set_moves_on_and_a_broken_one_is_swapped(loanstore: CommandLine, made: str) -> None:
    loanstore.json("set", "lend", made, "OAK")
    moved = loanstore.json("set", "move", made, "FEN", "--due", "2030-07-19")
    assert (moved["borrower"], len(moved["loans"])) == ("FEN", 5)
    swapped = loanstore.json("set", "swap", made, "V2", "V9")
    assert (swapped["position"], swapped["old_status"], swapped["borrower"]) == (2, "needs attention", "FEN")
    assert loanstore.json("show", "V9")["due"] == "2030-07-19"


def test_names_are_read_from_a_file_and_taken_off_again(loanstore: CommandLine, made: str, tmp_path: Path) -> None:
    file = tmp_path / "class.csv"
    file.write_text("Surname;Forename\n" + "".join(f"Drama;Pupil{n}\n" for n in range(1, 7)), "utf-8")
    loanstore.json("set", "lend", made, "OAK")
    said = loanstore.json("set", "allocate", made, "--names", str(file))
    assert said["allocated"][0] == {"position": 1, "instrument": "V1", "player": "Pupil1 Drama"}
    assert (said["names_over"], said["without"]) == (["Pupil6 Drama"], [])
    in_order = loanstore.json("set", "allocate", made, "V5", "--names", str(file), "V2")
    assert [(one["instrument"], one["player"]) for one in in_order["allocated"]] == [
        ("V5", "Pupil1 Drama"),
        ("V2", "Pupil2 Drama"),
    ]
    loanstore.json("set", "allocate", made, "--names", str(file))
    shown = loanstore.json("set", "show", made)
    assert [one["player"] for one in shown["members"]] == [f"Pupil{n} Drama" for n in range(1, 6)]
    assert len(loanstore.json("set", "allocate", made, "--clear")["cleared"]) == 5


def test_a_set_is_topped_up_renamed_emptied_and_dissolved(loanstore: CommandLine, made: str) -> None:
    assert loanstore.json("set", "add", made, "V9")["members"][-1] == {"position": 6, "instrument": "V9"}
    assert len(loanstore.json("set", "remove", made, "V1", "V9")["members"]) == 4
    assert "Quartet" in loanstore("set", "rename", made, "Quartet").out
    loanstore.json("set", "dissolve", made)
    assert loanstore.json("list", "sets") == {"ok": True, "total": 0, "rows": []}


def test_the_list_of_a_set_reads_back_and_its_label_says_how_many(
    loanstore: CommandLine, made: str, tmp_path: Path
) -> None:
    file = tmp_path / "set.pdf"
    loanstore.json("set", "paper", made, "--out", str(file))
    (page,) = read_codes(file.read_bytes(), 203)
    assert sorted(page) == sorted([made.replace("-", ""), *VIOLINS])
    labels = tmp_path / "labels.pdf"
    said = loanstore.json("labels", made, "--stock", "avery-l7160", "--out", str(labels))
    assert (said["labels"], said["verified"]) == (1, 1)
    text = PdfReader(BytesIO(labels.read_bytes())).pages[0].extract_text()
    assert "Year 4 violins" in text
    assert "5 instruments" in text


def test_the_letter_for_what_came_back_is_written(loanstore: CommandLine, made: str, tmp_path: Path) -> None:
    loanstore.json("set", "lend", made, "OAK")
    loans = [one["loan"] for one in loanstore.json("set", "return", made, "V1", "V3", "V5")["returned"]]
    file = tmp_path / "letter.pdf"
    loanstore.json("set", "letter", *loans, "--out", str(file))
    text = PdfReader(BytesIO(file.read_bytes())).pages[0].extract_text()
    assert "Year 4 violins: 3 of 5 back; missing: 2, 4." in text
    still_out = loanstore.json("list", "loans")["rows"][0]["loan"]
    assert loanstore.refusal("set", "letter", still_out, "--out", str(file)) == (1, "STILL_OUT")
    assert loanstore.refusal("set", "letter", "nothing", "--out", str(file)) == (1, "NO_LOAN")


@pytest.mark.parametrize(
    ("words", "status", "error"),
    [
        (("show", "V1"), 1, "NO_SET"),
        (("make", "Another", "V1"), 1, "IN_A_SET"),
        (("return", "{set}"), 2, "USAGE"),
        (("return", "{set}", "V1", "--all"), 2, "USAGE"),
        (("allocate", "{set}"), 2, "USAGE"),
        (("lend", "{set}", "OAK", "--due", "soon"), 2, "BAD_DAY"),
        (("allocate", "{set}", "--names", "nowhere.csv"), 1, "FILE_MISSING"),
    ],
)
def test_what_does_not_fit_is_refused_in_words(
    loanstore: CommandLine, made: str, words: tuple[str, ...], status: int, error: str
) -> None:
    assert loanstore.refusal("set", *(word.format(set=made) for word in words)) == (status, error)
