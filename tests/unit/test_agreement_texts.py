"""Agreement texts: versioned, complete, in plain words, with no placeholder left over."""

from __future__ import annotations

import pytest

from loanstore.assets import resources
from loanstore.domain.agreements import PLACEHOLDERS, AgreementText, fill, read_text
from loanstore.domain.errors import FileUnusable, Refused

FOLDER = resources() / "agreements"
KINDS = ["setting", "class_set", "teacher", "ensemble", "hirer_free", "hirer_charged"]
SOUND = """
key = "sample"
title = "Loan from {owner}"
version = "1"
signs = ["For {owner}"]
[[clauses]]
title = "Period"
body = \"\"\"
Until {due},
no longer.
\"\"\"
"""


def shipped(kind: str) -> AgreementText:
    return read_text((FOLDER / f"{kind}.toml").read_text("utf-8"))


def test_the_folder_holds_the_six_kinds_and_nothing_else() -> None:
    assert sorted(path.stem for path in FOLDER.iterdir()) == sorted(KINDS)


@pytest.mark.parametrize("kind", KINDS)
def test_a_shipped_text_is_named_as_its_file_and_has_a_version(kind: str) -> None:
    text = shipped(kind)
    assert (text.key, text.version) == (kind, "1")


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(
    "subject",
    ["Period", "Charge", "Care", "Consumables", "repair", "Loss", "Insurance", "Return", "Moving", "Personal data"],
)
def test_a_shipped_text_speaks_of_every_subject(kind: str, subject: str) -> None:
    assert any(subject in clause.title for clause in shipped(kind).clauses)


@pytest.mark.parametrize("kind", KINDS)
def test_only_approved_repairers_may_work_on_an_instrument(kind: str) -> None:
    repair = next(clause for clause in shipped(kind).clauses if "repair" in clause.title)
    assert "approved by {owner}" in repair.body


@pytest.mark.parametrize("kind", ["hirer_free", "hirer_charged"])
def test_a_parent_and_a_young_player_sign_a_hire(kind: str) -> None:
    signs = shipped(kind).signs
    assert signs[0].startswith("Parent or carer")
    assert "under 18" in signs[1]


@pytest.mark.parametrize("kind", ["setting", "class_set"])
def test_the_school_signs_for_its_own_loans(kind: str) -> None:
    assert shipped(kind).signs[0].startswith("For {borrower}")


@pytest.mark.parametrize("kind", KINDS)
def test_filling_leaves_no_brace(kind: str) -> None:
    filled = fill(shipped(kind), dict.fromkeys(PLACEHOLDERS, "word"))
    parts = [filled.title, *filled.signs, *(c.title + c.body for c in filled.clauses)]
    assert not any("{" in part or "}" in part for part in parts)


def test_a_text_is_read_with_its_lines_joined() -> None:
    text = read_text(SOUND)
    assert text.clauses[0].body == "Until {due}, no longer."


def test_what_fills_a_text_is_never_read_as_a_placeholder() -> None:
    values = dict.fromkeys(PLACEHOLDERS, "word") | {"due": "{owner}"}
    assert fill(read_text(SOUND), values).clauses[0].body == "Until {owner}, no longer."


@pytest.mark.parametrize("word", ["{reason}", "{}", "{0}", "{owner.name}", "{owner[0]}"])
def test_a_placeholder_nobody_fills_is_refused(word: str) -> None:
    with pytest.raises(Refused) as refusal:
        read_text(SOUND.replace("{due}", word))
    assert refusal.value.code == "UNKNOWN_PLACEHOLDER"
    assert refusal.value.facts["name"] == word.strip("{}")
    assert refusal.value.facts["text"] == "sample"


@pytest.mark.parametrize(
    "text",
    ["", "no toml", SOUND.replace("version", "verse"), SOUND.replace("{due}", "{due"), SOUND.replace("{due}", "}")],
)
def test_a_damaged_text_is_refused(text: str) -> None:
    with pytest.raises(FileUnusable) as fault:
        read_text(text)
    assert fault.value.code == "AGREEMENT_TEXT_UNUSABLE"
