"""Two records of one, and codes that change: what REASSIGNED and RECODED mean to whatever they are about."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final, cast

from loanstore.domain.borrowers import RECORD_FIELDS, SETTING_FIELDS
from loanstore.domain.keeping import code_rows
from loanstore.domain.loans import CodeUse

if TYPE_CHECKING:
    from collections.abc import Mapping

    from loanstore.domain.facts import Fact

NOT_TAKEN_OVER: Final = frozenset({"name", "urn", "closed"})
"""What a record that goes never gives to the one that stays: its name and number are its own."""


def staying(borrower: str, fact: Fact) -> str:
    """Give who a borrower is after a REASSIGNED fact, whose ``who`` is [the record that went, the one that stays]."""
    said = cast("list[str]", fact.body.get("who", []))
    return said[1] if said and said[0] == borrower else borrower


def recoded(uses: tuple[CodeUse, ...], owner: str, fact: Fact) -> tuple[CodeUse, ...]:
    """Give a thing's codes after a RECODED fact: its new ones, what was main as an alias, without those dropped."""
    new = code_rows(fact.body)
    gone = {form for form, _shown, _role in new} | set(cast("list[str]", fact.body.get("dropped", [])))
    before = tuple(replace(use, role="alias") if use.role == "main" else use for use in uses if use.form not in gone)
    return (*before, *(CodeUse(form, shown, role, owner) for form, shown, role in new))


def taken_over(goes: Mapping[str, str], stays: Mapping[str, str]) -> dict[str, str]:
    """Give the fields that the record that stays takes from the one that goes: what it lacks, and the notes of both."""
    names = [name for name in (*RECORD_FIELDS, *SETTING_FIELDS) if name not in NOT_TAKEN_OVER]
    taken = {name: goes[name] for name in names if goes.get(name) and not stays.get(name)}
    notes = [text for text in (stays.get("notes", ""), goes.get("notes", "")) if text]
    if len(notes) > 1 and notes[0] != notes[1]:
        taken["notes"] = "\n".join(notes)
    return taken
