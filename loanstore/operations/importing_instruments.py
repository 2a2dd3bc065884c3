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
_CAN_GO_TO_REPAIR: Final = frozenset({Status.IN_STORE, Status.NEEDS_ATTENTION})
_SOMEBODY_ELSE: Final = "?"


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
    told = _told(work, record)
    identity = work.desk.new_id()
    uses = cataloguing.code_uses(identity, record.values.get("code") or work.new_code(), _aliases(record))
    kept = tuple(use for use in uses if _is_free(work, record, use.form, use.shown))
    fields = {name: value for name, value in told.items() if name in _PLAIN}
    fields |= {name: pair[1] for name, pair in _texts_by_id(work, record, told, {}).items()}
    status = Status.IN_REPAIR.value if _at_repairer(work, record) else None
    work.note_write()
    draft = cataloguing.instrument_draft(identity, kept, fields, status)
    ((_fact, state),) = moving.record(work.transaction, work.gesture, [(None, draft)])
    work.created(record, *_named(record))
    if "holder" in told and not _hand_over(work, record, state, told["holder"]):
        del told["holder"]
    work.remember(identity, keys, told)


def _update(work: ImportWork, record: Record, state: Instrument, keys: tuple[str, ...], unread: frozenset[str]) -> None:
    told = _told(work, record)
    written = imports.last_written(work.transaction, work.source, state.id)
    current = _current(work, record, state)
    changes = changed_fields(written, current, told, unread)
    said = {name: (current.get(name, ""), value) for name, value in changes.items()}
    holder = changes.pop("holder", None)
    drafts = _drafts(work, record, state, changes)
    if drafts:
        work.note_write()
        state = moving.record(work.transaction, work.gesture, drafts)[-1][1]
    handed = holder is not None and _moved(work, record, state, holder)
    if not drafts and not handed:
        work.result.unchanged += 1
        return
    if holder is not None and not handed:
        told = {**told, "holder": (written or {}).get("holder", "")}
        del said["holder"]
    if "holder" in said:
        said["issued_to"] = ("", said.pop("holder")[1])
    work.remember(state.id, keys, told)
    work.updated(record, _named(record), said)


def _named(record: Record) -> tuple[str, ...]:
    return tuple(record.values.get(name, "") for name in ("code", "type", "size", "make", "model"))


def _drafts(
    work: ImportWork, record: Record, state: Instrument, changes: Mapping[str, str]
) -> list[tuple[Instrument | None, Draft]]:
    drafts: list[tuple[Instrument | None, Draft]] = []
    facts = {name: [state.fields.get(name, ""), value] for name, value in changes.items() if name in _PLAIN}
    facts |= _texts_by_id(work, record, changes, state.fields)
    if facts:
        body: dict[str, object] = {"changes": facts}
        status = _status_after(work, record, state) if "location" in facts else None
        if status is not None:
            body["status"] = status.value
        drafts.append((state, Draft(FactKind.INSTRUMENT_EDITED, state.id, body)))
    new = _new_codes(work, record, state)
    if new:
        drafts.append((state, Draft(FactKind.ALIAS_ADDED, state.id, {"codes": new})))
    return drafts


def _status_after(work: ImportWork, record: Record, state: Instrument) -> Status | None:
    """Give the status that a change of place brings: to a repairer, or back from one; None where it stays."""
    if _at_repairer(work, record):
        return Status.IN_REPAIR if state.status in _CAN_GO_TO_REPAIR else None
    return Status.IN_STORE if state.status is Status.IN_REPAIR else None


def _told(work: ImportWork, record: Record) -> dict[str, str]:
    """Give what a row says of its instrument, its two words taken for what they mean.

    ``holder`` is the word for who has it; a word that nobody understands stays in the notes.
    """
    values = record.values
    told = {name: values[name] for name in _PLAIN if values.get(name)}
    notes = [values["notes"]] if values.get("notes") else []
    for name in ("location", "issued_to"):
        word = values.get(name)
        if not word:
            continue
        meaning = work.result.words[word].meaning
        if meaning is Meaning.UNKNOWN:
            notes.append(f"{name.replace('_', ' ')}: {word}")
        else:
            told["holder" if meaning in _AT_SOMEBODYS else "location"] = word
    if notes:
        told["notes"] = "\n".join(notes)
    if "location" in told:
        told["location"] = bare_name(told["location"])
    return told


def _at_repairer(work: ImportWork, record: Record) -> bool:
    words = [record.values.get(name) for name in ("issued_to", "location")]
    meanings = [work.result.words[word].meaning for word in words if word]
    where = [meaning for meaning in meanings if meaning in {Meaning.PLACE, Meaning.REPAIRER}]
    return where[:1] == [Meaning.REPAIRER]


def _current(work: ImportWork, record: Record, state: Instrument) -> dict[str, str]:
    current = {name: value for name, value in state.fields.items() if name in _PLAIN}
    place = registers.place_names(work.transaction).get(state.fields.get("location", ""))
    if place is not None:
        current["location"] = place
    note = registers.note(work.transaction, state.fields.get("note", ""))
    if note:
        current["notes"] = note
    if state.loan is not None:
        word = _told(work, record).get("holder", "")
        borrower = work.borrower_named(word) if word else None
        theirs = borrower is not None and borrower.id == state.loan.borrower
        current["holder"] = word if theirs else _SOMEBODY_ELSE
    return current


def _texts_by_id(
    work: ImportWork, record: Record, told: Mapping[str, str], before: Mapping[str, str]
) -> dict[str, list[str]]:
    """Give place and notes as facts do, by id: what stood there before and what stands there now."""
    facts: dict[str, list[str]] = {}
    if "location" in told:
        kind = "repairer" if _at_repairer(work, record) else "place"
        name = told["location"]
        new = registers.place_named(work.transaction, name, kind, work.desk.new_id()) if name else ""
        facts["location"] = [before.get("location", ""), new]
    if "notes" in told:
        new = work.desk.new_id() if told["notes"] else ""
        if new:
            registers.add_note(work.transaction, new, told["notes"])
        facts["note"] = [before.get("note", ""), new]
    return facts


def _aliases(record: Record) -> list[str]:
    said = record.values.get("alias", "").replace(";", ",").split(",")
    return [alias for alias in said if codes.normalise(alias)]


def _new_codes(work: ImportWork, record: Record, state: Instrument) -> list[list[str]]:
    """Give the numbers a row brings that its instrument does not carry yet, as a fact names them."""
    known = {form for form, _shown, _role in registers.codes_of(work.transaction, state.id)}
    number = record.values.get("code")
    said = {codes.normalise(text): text.strip() for text in ([number] if number else []) + _aliases(record)}
    return [
        [form, text, "alias"] for form, text in said.items() if form not in known and _is_free(work, record, form, text)
    ]


def _is_free(work: ImportWork, record: Record, form: str, shown: str) -> bool:
    """Tell whether a number is on nothing yet; one that is taken is refused, and the row goes on without it."""
    owner = registers.owner_of(work.transaction, form)
    if owner is not None:
        work.refuse(record, "alias", shown, "CODE_TAKEN", by=owner[0])
    return owner is None


def _moved(work: ImportWork, record: Record, state: Instrument, holder: str) -> bool:
    """Have a word that changed move the instrument; a loan that stands here is ended at the desk alone."""
    if holder:
        return _hand_over(work, record, state, holder)
    work.refuse(record, "issued_to", "", "STILL_ON_LOAN")
    return False


def _hand_over(work: ImportWork, record: Record, state: Instrument, word: str) -> bool:
    """Open the loan that a word tells of, since a day that is given or before; refused where it can't be."""
    name = "issued_to" if record.values.get("issued_to") == word else "location"
    why = _why_not(work, state, word)
    if why is not None:
        work.refuse(record, name, word, why, status=state.status.value)
        return False
    kind = BorrowerKind.SETTING if work.result.words[word].meaning is Meaning.SCHOOL else BorrowerKind.HIRER
    borrower = work.borrower_named(word) or importing_loans.new_borrower(work, word, kind)
    out = record.values.get("issued_on")
    if out is not None and importing_loans.is_to_come(work, out):
        work.refuse(record, "issued_on", out, "STILL_TO_COME")
        out = None
    importing_loans.open_loan(work, state, borrower, out, None)
    return True


def _why_not(work: ImportWork, state: Instrument, word: str) -> str | None:
    if state.loan is not None:
        return "ALREADY_ON_LOAN"
    if state.status is not Status.IN_STORE:
        return "NOT_IN_STORE"
    return "MANY_BORROWERS" if work.is_shared_name(word) else None
