"""Importing instruments, row by row, with the loans and repairs that their Location and Issued-to words tell of."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from loanstore.domain import codes
from loanstore.domain.borrowers import BorrowerKind
from loanstore.domain.facts import Draft, FactKind
from loanstore.domain.import_rules import match_keys
from loanstore.domain.import_words import Meaning, bare_name
from loanstore.domain.instruments import FIELDS
from loanstore.domain.loans import Status
from loanstore.operations import cataloguing, importing_loans, moving
from loanstore.operations.importing_borrowers import changed_fields
from loanstore.storage import folding, imports, registers

if TYPE_CHECKING:
    from collections.abc import Mapping

    from loanstore.domain.import_rules import Record
    from loanstore.domain.loans import Instrument
    from loanstore.operations.import_work import ImportWork

_PLAIN: Final = tuple(name for name in FIELDS if name not in {"location", "note"})
_AT_SOMEBODYS: Final = frozenset({Meaning.SCHOOL, Meaning.PERSON})


def apply(work: ImportWork, record: Record, unread: frozenset[str]) -> None:
    """Take one row: a new instrument, a change to one, or nothing new."""
    keys = match_keys(record)
    try:
        owner = _owner(work, record, keys)
    except LookupError:
        work.refuse(record, None, record.values.get("code", ""), "CODE_TAKEN", by="borrower")
        return
    if owner is None:
        _create(work, record, keys)
    else:
        _update(work, record, owner, keys, unread)


def _owner(work: ImportWork, record: Record, keys: tuple[str, ...]) -> Instrument | None:
    """Find the instrument a row is about; raises LookupError where its number is on something else."""
    for key in keys:
        sort, _, rest = key.partition(":")
        if sort == "number":
            found = registers.owner_of(work.transaction, rest)
            if found is not None and found[0] != "instrument":
                raise LookupError(rest)
            owner = found[1] if found is not None else None
        else:
            owner = imports.owner_of_key(work.transaction, key, work.source)
        state = folding.instrument_state(work.transaction, owner) if owner is not None else None
        if state is not None and (sort != "thing" or _may_be(work, record, state)):
            return state
    return None


def _may_be(work: ImportWork, record: Record, state: Instrument) -> bool:
    """Tell whether a match by serial counts: two numbers are two things, and a code made here is no number."""
    brought = codes.own_number(codes.normalise(state.code), work.prefix) is None
    return "code" not in record.values or not brought


def _create(work: ImportWork, record: Record, keys: tuple[str, ...]) -> None:
    values = record.values
    identity = work.desk.new_id()
    aliases = [values["alias"]] if values.get("alias") else []
    uses = cataloguing.code_uses(identity, values.get("code") or work.new_code(), aliases)
    taken = registers.taken_forms(work.transaction, [use.form for use in uses])
    for use in uses:
        if use.form in taken:
            work.refuse(record, "alias", use.shown, "CODE_TAKEN", by="instrument")
    kept = tuple(use for use in uses if use.form not in taken)
    fields, status = _fields(work, record)
    work.note_write()
    draft = cataloguing.instrument_draft(identity, kept, fields, status)
    ((_fact, state),) = moving.record(work.transaction, work.gesture, [(None, draft)])
    work.remember(identity, keys, _written(values))
    work.result.created += 1
    _open_loan(work, record, state)


def _update(work: ImportWork, record: Record, state: Instrument, keys: tuple[str, ...], unread: frozenset[str]) -> None:
    values = _written(record.values)
    written = imports.last_written(work.transaction, work.source, state.id)
    current = _current(work, state)
    changes = changed_fields(written, current, values, unread)
    number = record.values.get("code")
    new_alias = number is not None and codes.normalise(number) not in _forms(work, state)
    if not changes and not new_alias:
        work.result.unchanged += 1
        return
    work.note_write()
    drafts: list[tuple[Instrument | None, Draft]] = []
    facts = _changes_by_id(work, changes, state)
    if facts:
        drafts.append((state, Draft(FactKind.INSTRUMENT_EDITED, state.id, {"changes": facts})))
    if new_alias and number is not None:
        row = [codes.normalise(number), number, "alias"]
        drafts.append((state, Draft(FactKind.ALIAS_ADDED, state.id, {"codes": [row]})))
    moving.record(work.transaction, work.gesture, drafts)
    work.remember(state.id, keys, values)
    work.result.updated += 1


def _written(values: Mapping[str, str]) -> dict[str, str]:
    names = (*_PLAIN, "location", "notes", "issued_to")
    return {name: values[name] for name in names if values.get(name)}


def _current(work: ImportWork, state: Instrument) -> dict[str, str]:
    current = {name: value for name, value in state.fields.items() if name in _PLAIN}
    place = registers.place_names(work.transaction).get(state.fields.get("location", ""))
    if place is not None:
        current["location"] = place
    note = registers.note(work.transaction, state.fields.get("note", ""))
    if note:
        current["notes"] = note
    return current


def _forms(work: ImportWork, state: Instrument) -> set[str]:
    return {form for form, _shown, _role in registers.codes_of(work.transaction, state.id)}


def _changes_by_id(work: ImportWork, changes: Mapping[str, str], state: Instrument) -> dict[str, list[str]]:
    """Write changed fields as facts do: places and notes by id."""
    facts: dict[str, list[str]] = {}
    for name, value in changes.items():
        kept, new = name, value
        if name == "location":
            new = _place(work, value, "place") if value else ""
        elif name == "notes":
            kept, new = "note", work.desk.new_id() if value else ""
            if value:
                registers.add_note(work.transaction, new, value)
        elif name == "issued_to":
            continue
        facts[kept] = [state.fields.get(kept, ""), new]
    return facts


def _fields(work: ImportWork, record: Record) -> tuple[dict[str, str], str | None]:
    """Give a new instrument's fields and, where its location is a repairer, its status."""
    values = record.values
    fields = {name: values[name] for name in _PLAIN if values.get(name)}
    status = None
    notes = [values["notes"]] if values.get("notes") else []
    location = values.get("location", "")
    meaning = work.result.words[location].meaning if location else None
    if meaning in {Meaning.PLACE, Meaning.REPAIRER}:
        is_repairer = meaning is Meaning.REPAIRER
        fields["location"] = _place(work, location, "repairer" if is_repairer else "place")
        status = Status.IN_REPAIR.value if is_repairer else None
    for name in ("location", "issued_to"):
        word = values.get(name)
        if word and work.result.words[word].meaning is Meaning.UNKNOWN:
            notes.append(f"{name.replace('_', ' ')}: {word}")
    if notes:
        fields["note"] = work.desk.new_id()
        registers.add_note(work.transaction, fields["note"], "\n".join(notes))
    return fields, status


def _place(work: ImportWork, word: str, kind: str) -> str:
    return registers.place_named(work.transaction, bare_name(word), kind, work.desk.new_id())


def _open_loan(work: ImportWork, record: Record, state: Instrument) -> None:
    """Open the loan that a word tells of: at a school, with a person, since a day that is given or before."""
    for name in ("issued_to", "location"):
        word = record.values.get(name)
        if not word or work.result.words[word].meaning not in _AT_SOMEBODYS:
            continue
        kind = BorrowerKind.SETTING if work.result.words[word].meaning is Meaning.SCHOOL else BorrowerKind.HIRER
        borrower = work.borrower_named(word) or importing_loans.new_borrower(work, word, kind)
        out = record.values.get("issued_on")
        importing_loans.open_loan(work, state, borrower, out, None)
        return
