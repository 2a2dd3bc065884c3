"""Every fact about an instrument reads as a sentence, with nothing of the program's own in it."""

from __future__ import annotations

from datetime import UTC, date

import pytest

from loanstore.domain.errors import Refused
from loanstore.domain.facts import FactKind
from loanstore.domain.instruments import FIELDS
from loanstore.operations.storytelling import StoryLine
from loanstore.wording import told
from loanstore.wording.gestures import gesture_word, gesture_words
from loanstore.wording.story import TELLING, story_sentence, story_words

AT = "2026-09-14T09:00:00.000000Z"
OF_OTHERS = {
    *(
        "borrower_added",
        "borrower_edited",
        "set_made",
        "set_changed",
        "place_added",
        "place_renamed",
        "blanks_made",
        "requested",
    ),
    *("request_changed", "run_planned", "run_changed", "delivered", "crates_arrived", "crates_counted"),
    *("stocktake_begun", "stocktake_closed", "heads_counted", "borrower_merged", "agreed", "refused", "reversed"),
    *("imported", "setting_changed"),
    *("wording_saved", "paper_frozen", "paper_printed", "paper_sealed", "signed", "signature_refused"),
    "signatures_withdrawn",
    *("taken", "reason_given", "posted", "entry_reversed", "paid", "remission_granted", "remission_checked"),
    *("remission_ended", "notice_given", "tariff_set"),
}
"""Kinds of fact that are about something else."""

SAID_SO = {"lost", "retired", "serviced", "photographed"}
"""Kinds whose name is a person's word."""

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
    "repair_decided": ("", {"decision": "not worth it"}, "", "the repair is not worth it"),
    "repair_sent": (
        "",
        {"repairer": "Fenmarsh", "fault": "the neck is loose"},
        "",
        "sent to Fenmarsh: the neck is loose",
    ),
    "disposed": (
        "",
        {"route": "returned to funder", "proceeds": "2500", "note": "Oakfield", "authority": "minute 14"},
        "",
        "disposed of: returned to the funder, £25.00; to Oakfield; authority: minute 14",
    ),
    "joined_set": ("", {"set": "Whole class A", "position": "3"}, "", "joined the set Whole class A as number 3"),
    "left_set": ("", {}, "", "left its set"),
    "loaded": ("Oakfield", {}, "", "put on the van for Oakfield"),
    "unloaded": ("", {}, "", "taken off the van again"),
    "allocated": ("", {"player": "Alex"}, "", "given to Alex"),
    "photographed": ("", {}, "", "photographed"),
    "missed": ("", {}, "", "not found at a stocktake, and set missing"),
    "found": ("", {"finding": "turned up"}, "", "turned up at a stocktake"),
    "moved": ("", {"place": "Bay 3"}, "", "moved to Bay 3"),
    "recoded": ("", {"code": "CM-000001-D"}, "", "its code is CM-000001-D from now on"),
    "sighted": ("", {"put_right": "cases swapped"}, "", "seen in another's case, which it keeps"),
    "set_aside": ("Drama, Sam", {"until": "2026-09-21"}, "", "set aside for Drama, Sam until 21 September 2026"),
    "serviced": ("", {"work": "tested", "on": "2026-09-01"}, "", "PAT tested on 1 September 2026"),
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


def test_what_the_van_collects_goes_back_to_the_store() -> None:
    line = StoryLine(AT, "loaded", "Oakfield", "", {"collected": "True"})
    assert story_words(line) == "put on the van, back to the store"


def test_what_is_given_to_nobody_any_more_says_so() -> None:
    assert story_words(StoryLine(AT, "allocated", "", "")) == "given to nobody of their own any more"


def test_every_kind_of_fact_is_either_told_or_about_something_else() -> None:
    assert {kind.value for kind in TELLING} == {kind.value for kind in FactKind} - OF_OTHERS


@pytest.mark.parametrize("kind", TELLING)
def test_no_line_shows_the_programs_own_words(kind: FactKind) -> None:
    for line in (StoryLine(AT, kind, "", ""), StoryLine(AT, kind, "Drama, Sam", "2026-12-18")):
        words = story_words(line)
        assert words not in {kind.value, ""} or kind.value in SAID_SO
        assert "_" not in words
        assert "{" not in words
        assert "None" not in words


@pytest.mark.parametrize("name", FIELDS)
def test_every_field_of_a_record_is_called_by_a_persons_word(name: str) -> None:
    words = story_words(StoryLine(AT, "instrument_edited", "", "", {"fields": name}))
    assert words.startswith("record corrected: ")
    assert "_" not in words


@pytest.mark.parametrize("kind", FactKind)
def test_every_gesture_has_a_persons_word(kind: FactKind) -> None:
    words = gesture_words([kind])
    assert words == gesture_word(kind)
    assert words
    assert "_" not in words
    assert words != kind.value


def test_what_stands_in_the_way_of_an_undo_is_called_by_it() -> None:
    blocked = Refused("UNDO_BLOCKED", kind=FactKind.STOCKTAKE_CLOSED, code="V1", day=date(2026, 9, 14))
    assert told(blocked).message == "Something rests on it: V1, the end of a stocktake on Mon 14 September 2026."


def test_a_gesture_of_several_facts_is_called_by_the_most_telling() -> None:
    assert gesture_words(["alias_added", "instrument_edited"]) == "a correction of a record"
    assert gesture_words(["unloaded", "agreed", "lent"]) == "lending"
    assert gesture_words([]) == "the last change"
