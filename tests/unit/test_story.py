"""Every fact about an instrument reads as a sentence, with nothing of the program's own in it."""

from __future__ import annotations

from datetime import UTC

import pytest

from loanstore.domain.facts import FactKind
from loanstore.operations.storytelling import StoryLine
from loanstore.wording.story import story_sentence, story_words

AT = "2026-09-14T09:00:00.000000Z"
OF_OTHERS = {
    *("borrower_added", "borrower_edited", "set_made", "set_changed", "place_added", "blanks_made", "requested"),
    *("request_changed", "run_planned", "run_changed", "delivered", "crates_arrived", "crates_counted"),
    *("stocktake_begun", "stocktake_closed", "heads_counted", "borrower_merged", "agreed", "refused", "reversed"),
    *("imported", "setting_changed"),
}
"""Kinds of fact that are about something else."""

TOLD = {
    "lent": ("Oakfield Primary School", {}, "2026-12-18", "lent to Oakfield Primary School, due 18 December 2026"),
    "returned": (
        "Drama, Sam",
        {"ending": "returned", "missing": "Bow", "condition": "fair"},
        "",
        "back from Drama, Sam; condition fair; missing: Bow",
    ),
    "custody_passed": ("Oakfield", {"custodian": "Drama, Sam"}, "", "passed on to Drama, Sam; Oakfield answers for it"),
    "instrument_edited": ("", {"fields": "size, replacement_value"}, "", "record corrected: size, replacement value"),
    "lost": ("", {"note": "left on a bus"}, "", "lost: left on a bus"),
    "repair_back": ("", {"outcome": "mended", "cost": "4550"}, "", "back from the repairer: mended, £45.50"),
    "moved": ("", {"place": "Bay 3"}, "", "moved to Bay 3"),
    "recoded": ("", {"code": "CM-000001-D"}, "", "its code is CM-000001-D from now on"),
    "sighted": ("", {"put_right": "cases swapped"}, "", "seen in another's case, which it keeps"),
    "set_aside": ("Drama, Sam", {"until": "2026-09-21"}, "", "set aside for Drama, Sam until 21 September 2026"),
    "serviced": ("", {"work": "serviced", "on": "2026-09-01"}, "", "serviced on 1 September 2026"),
}


@pytest.mark.parametrize("kind", TOLD)
def test_a_line_of_the_story_says_who_what_and_when(kind: str) -> None:
    borrower, said, due, words = TOLD[kind]
    line = StoryLine(AT, kind, borrower, due, said)
    assert story_words(line) == words
    assert story_sentence(line, lambda at: at.astimezone(UTC)) == f"14 September 2026: {words}"


def test_what_stood_before_an_import_was_not_lent_then() -> None:
    line = StoryLine(AT, "lent", "Drama, Sam", "2026-12-18", {"before_import": "True"})
    assert story_words(line) == "with Drama, Sam when the register was brought in, due 18 December 2026"


@pytest.mark.parametrize("kind", [kind for kind in FactKind if kind not in OF_OTHERS])
def test_no_line_shows_the_programs_own_words(kind: FactKind) -> None:
    for line in (StoryLine(AT, kind, "", ""), StoryLine(AT, kind, "Drama, Sam", "2026-12-18")):
        words = story_words(line)
        assert words
        assert "_" not in words
        assert "{" not in words
