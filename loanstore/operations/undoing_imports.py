"""Taking a whole import back, and saying by name what has moved since and forbids it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from loanstore.domain.errors import Refused
from loanstore.domain.facts import FactKind
from loanstore.domain.gestures import read_instant
from loanstore.domain.progress import Reached
from loanstore.operations import moving, resting
from loanstore.operations.desk import Changed, Done
from loanstore.storage import imports, journal, registers

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from loanstore.domain.facts import Fact
    from loanstore.domain.progress import Progress
    from loanstore.operations.desk import Desk
    from loanstore.storage.imports import PastImport
    from loanstore.storage.transaction import Transaction

NAMED: Final = 12
"""So many are named in one sentence; the rest are counted."""


@dataclass(frozen=True, slots=True)
class Moved:
    """Something an import brought that has moved on since: its code, what happened, and on which day."""

    code: str
    kind: FactKind
    day: date


def past_imports(desk: Desk) -> tuple[PastImport, ...]:
    """Give the imports that stand, the latest first."""
    with desk.store.reading() as transaction:
        return tuple(imports.past(transaction))


def undo_import(desk: Desk, import_id: str, progress: Progress | None = None) -> Done[int]:
    """Take a whole import back and give how many records that were.

    Each record is looked at twice: whether it has moved on, then as it is put back. ``progress`` may raise to
    cancel: then everything stays as it is.

    Places, notes and records that it made go with it. Raises Refused NO_IMPORT (``value``), or
    IMPORT_MOVED_ON (``count``, ``named``, ``first``, ``moved``: a Moved for each thing) where later facts rest on it.
    """
    with desk.gesturing() as (transaction, gesture):
        facts = journal.facts_of_gesture(transaction, import_id)
        imported = next((fact for fact in facts if fact.kind is FactKind.IMPORTED), None)
        if imported is None or journal.is_reversed(transaction, import_id):
            raise Refused("NO_IMPORT", value=import_id)
        records = {fact.subject for fact in facts if fact.subject}
        reached = Reached(2 * len(records), progress)
        _require_still(transaction, facts, reached)
        moving.reverse(transaction, gesture, import_id, reached)
        imports.forget(transaction, import_id)
        imports.drop_notes(transaction, _notes_made(facts))
        imports.drop_places(transaction, _texts(imported.body.get("places")), import_id)
        return Done(len(records), frozenset(Changed))


def _require_still(transaction: Transaction, facts: list[Fact], reached: Reached) -> None:
    moved = sorted(_moved_since(transaction, facts, reached), key=lambda one: one.code)
    if not moved:
        return
    named = [one.code for one in moved[:NAMED]]
    if len(moved) > NAMED:
        named.append("…")
    raise Refused("IMPORT_MOVED_ON", count=len(moved), named=tuple(named), first=moved[0].kind, moved=tuple(moved))


def _moved_since(transaction: Transaction, facts: list[Fact], reached: Reached) -> Iterator[Moved]:
    """Give each thing of an import that a later standing fact is about, or leans on, once."""
    by_subject: dict[str, list[Fact]] = {}
    for fact in facts:
        if fact.subject:
            by_subject.setdefault(fact.subject, []).append(fact)
    for subject, made in reached.through(by_subject.items()):
        later = resting.resting_on(transaction, made)
        if later is not None:
            code = next(
                (shown for _form, shown, role in registers.codes_of(transaction, subject) if role == "main"), ""
            )
            yield Moved(code, later.kind, read_instant(later.recorded).date())


def _notes_made(facts: list[Fact]) -> list[str]:
    """Give the ids of the texts that these facts name as theirs."""
    made = []
    for fact in facts:
        fields, changes = fact.body.get("fields"), fact.body.get("changes")
        if isinstance(fields, dict):
            made.append(fields.get("note"))
        if isinstance(changes, dict) and "note" in changes:
            made.append(changes["note"][1])
        if fact.kind is FactKind.BORROWER_EDITED:
            made.append(fact.body.get("before"))
    return _texts(made)


def _texts(said: object) -> list[str]:
    return [text for text in said if isinstance(text, str) and text] if isinstance(said, list) else []
