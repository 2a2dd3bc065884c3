"""What needs a person by command: today's matters, and the reason of a TAKE from the question to its undoing."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.helpers.command_line import CommandLine

MATTER = {"name", "count", "sentence", "screen", "narrowed", "since"}


@pytest.fixture
def taken(loanstore: CommandLine) -> CommandLine:
    """A store in which a flute of a school's was lent to a family with TAKE."""
    loanstore.json("add", "borrower", "--name", "Oakfield School", "--kind", "setting", "--code", "OAK")
    loanstore.json("add", "borrower", "--name", "Drama, Kim", "--kind", "teacher", "--code", "KIM")
    loanstore.json("add", "instrument", "--type", "Flute", "--code", "F1")
    loanstore.scans("OAK", "F1", "LSCMD-FINISH", "KIM", "F1", "LSCMD-TAKE", "LSCMD-FINISH")
    return loanstore


def test_today_says_what_the_home_screen_says(taken: CommandLine) -> None:
    told = taken.json("today")
    assert all(set(matter) == MATTER for matter in told["matters"])
    first = told["matters"][0]
    assert (first["name"], first["count"], first["screen"], first["narrowed"]) == ("reasons", 1, "today", None)
    assert first["since"]
    assert first["sentence"].startswith("1 thing went out with TAKE")
    assert [matter["name"] for matter in told["matters"]] == ["reasons", "services", "backup"]
    assert "1 thing went out with TAKE" in taken("today").out


@pytest.mark.parametrize("by", ["take", "loan"])
def test_a_reason_is_given_by_command_and_taken_back(taken: CommandLine, by: str) -> None:
    (row,) = taken.json("take", "list")["rows"]
    assert (row["instrument"], row["to"], row["was_with"], row["answer"]) == (
        "F1",
        "Drama, Kim",
        "Oakfield School",
        "OUT_TO_OTHER",
    )
    assert taken.json("take", "reason", row[by], "The", "school", "rang")["take"] == row["take"]
    assert taken.json("take", "list")["rows"] == []
    (told,) = taken.json("take", "list", "--all")["rows"]
    assert (told["reason"], bool(told["given"])) == ("The school rang", True)
    assert "The school rang" in taken("take", "list", "--all").out
    assert [matter["name"] for matter in taken.json("today")["matters"]] == ["services", "backup"]
    taken.json("undo")
    assert taken.json("take", "list")["total"] == 1
    assert taken.json("store", "verify")["ok"]


def test_what_is_no_take_is_refused(taken: CommandLine) -> None:
    assert taken.refusal("take", "reason", "nothing", "Made up") == (1, "NO_TAKE")
    assert taken.refusal("take", "reason", taken.json("take", "list")["rows"][0]["take"], " ") == (1, "NO_REASON")
