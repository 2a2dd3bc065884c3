"""Texts of agreements: what is wrong with a draft and where, what changed, and the same text read back."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loanstore.domain.agreements import AgreementText, Clause, Role, Translation, read_text
from loanstore.domain.wordings import Fault, canonical_text, compare, faults, read_canonical, write_toml

SOUND = AgreementText(
    "teacher",
    "Loan from {owner}",
    "1",
    (Clause("Period", "Until {due}."), Clause("Care", "Keep it dry.")),
    ("{borrower}", "For {owner}"),
    (Role.TEACHER, Role.STORE),
    (Role.TEACHER,),
)
POLISH = Translation("pl", "Umowa", (Clause("Okres", "Do {due}."),), beside=False)


def with_body(body: str) -> AgreementText:
    return replace(SOUND, clauses=(SOUND.clauses[0], Clause("Care", body)))


def test_a_sound_text_has_no_fault() -> None:
    assert faults(SOUND) == ()
    assert faults(replace(SOUND, second=POLISH)) == ()


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        (with_body("{reason}"), Fault("unknown", 2, "reason")),
        (with_body("{owner.name}"), Fault("unknown", 2, "owner.name")),
        (with_body("{owner!r}"), Fault("unknown", 2, "owner")),
        (with_body("{due"), Fault("braces", 2)),
        (with_body(" "), Fault("empty", 2)),
        (with_body("word " * 1_501), Fault("long", 2)),
        (replace(SOUND, title=""), Fault("empty", 0)),
        (replace(SOUND, title="{who}"), Fault("unknown", 0, "who")),
        (replace(SOUND, clauses=()), Fault("empty", 1)),
        (replace(SOUND, clauses=SOUND.clauses * 31), Fault("many", 61)),
        (replace(SOUND, second=replace(POLISH, language="Polish!")), Fault("language", 0, "Polish!", second=True)),
        (
            replace(SOUND, second=replace(POLISH, clauses=(Clause("Okres", "{powód}"),))),
            Fault("unknown", 1, "powód", second=True),
        ),
    ],
)
def test_a_fault_says_what_and_where(text: AgreementText, fault: Fault) -> None:
    assert faults(text) == (fault,)


def test_a_clause_of_three_hundred_words_is_sound() -> None:
    assert faults(with_body("word " * 300)) == ()


def test_a_comparison_shows_what_went_and_what_came() -> None:
    lines = compare(SOUND, with_body("Keep it warm."))
    assert [(one.mark, one.text) for one in lines if one.mark != " "] == [("-", "Keep it dry."), ("+", "Keep it warm.")]


words = st.text(st.characters(codec="utf-8", exclude_characters="{}"), min_size=1, max_size=40)


@given(words, words, words)
def test_what_is_written_is_read_back(title: str, body: str, second: str) -> None:
    body = " ".join(body.split()) or "x"
    text = replace(
        SOUND, title=title, clauses=(Clause(title, body),), second=replace(POLISH, clauses=(Clause(second, body),))
    )
    assert read_canonical(canonical_text(text)) == text
    plain = replace(text, title="Title", clauses=(Clause("Title", body.replace("\x7f", "")),), second=None)
    assert read_text(write_toml(plain)) == plain
