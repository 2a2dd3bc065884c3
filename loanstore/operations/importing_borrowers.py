"""Importing borrowers and schools, row by row."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from loanstore.domain import codes
from loanstore.domain.borrowers import BorrowerKind
from loanstore.domain.facts import Draft, FactKind
from loanstore.domain.import_fields import ImportKind
from loanstore.domain.import_rules import match_keys
from loanstore.operations import cataloguing, moving
from loanstore.storage import folding, imports, journal, people, registers

if TYPE_CHECKING:
    from collections.abc import Mapping

    from loanstore.domain.import_rules import Record
    from loanstore.operations.import_work import ImportWork

_ADDRESS: Final = ("street", "locality", "address3", "town", "county")


def apply(work: ImportWork, record: Record, unread: frozenset[str]) -> None:
    """Take one row: a new borrower, a change to one, or nothing new."""
    keys = match_keys(record)
    values = record_fields(record.values)
    owner = _owner(work, keys)
    if owner is not None and _is_former(work, owner, record):
        work.result.unchanged += 1
        return
    if owner is None:
        _create(work, record, keys, values)
        return
    current = registers.borrower_record(work.transaction, owner)
    if not current:
        by = moving.owner_kind(work.transaction, owner)
        work.refuse(record, None, record.values.get("code") or record.values.get("name", ""), "CODE_TAKEN", by=by)
        return
    if record.values.get("kind", current["kind"]) != current["kind"]:
        work.refuse(record, "kind", record.values["kind"], "KIND_STAYS", kind=current["kind"])
    _update(work, record, owner, values, unread)


def _is_former(work: ImportWork, owner: str, record: Record) -> bool:
    """Tell whether a row is of a record that was merged into another, or of a school under a URN it had before."""
    if people.staying(work.transaction, owner) != owner:
        return True
    said = {codes.normalise(record.values[name]) for name in ("code", "urn") if record.values.get(name)}
    if said & people.former_forms(work.transaction, owner):
        return True
    now = registers.borrower_record(work.transaction, owner).get("urn")
    urn = codes.normalise(record.values.get("urn", ""))
    return bool(now and urn) and urn != codes.normalise(now or "") and _carries(work, owner, urn)


def _carries(work: ImportWork, owner: str, form: str) -> bool:
    found = registers.owner_of(work.transaction, form)
    return found is not None and found[1] == owner


def record_fields(values: Mapping[str, str]) -> dict[str, str]:
    """Give the fields of a borrower's record for a row's values; an address is one text of several lines."""
    fields = {name: values[name] for name in registers.ALL_FIELDS if values.get(name)}
    lines = [values[name] for name in _ADDRESS if values.get(name)]
    if lines:
        fields["address"] = "\n".join(lines)
    if values.get("la_name"):
        fields["authority"] = values["la_name"]
    if values.get("closed"):
        fields["closed"] = values.get("closed_on") or "yes"
    return fields


def _owner(work: ImportWork, keys: tuple[str, ...]) -> str | None:
    for key in keys:
        sort, _, rest = key.partition(":")
        if sort in {"number", "urn"}:
            found = registers.owner_of(work.transaction, codes.normalise(rest))
            owner = found[1] if found is not None else None
        else:
            owner = imports.owner_of_key(work.transaction, key, work.source)
        if owner is not None:
            return owner
    return None


def _create(work: ImportWork, record: Record, keys: tuple[str, ...], values: Mapping[str, str]) -> None:
    identity = work.desk.new_id()
    kind = BorrowerKind(record.values.get("kind") or _likely_kind(record))
    aliases = [record.values["urn"]] if record.values.get("urn") else []
    uses = cataloguing.code_uses(identity, record.values.get("code") or work.new_code(), aliases)
    draft = cataloguing.borrower_draft(identity, uses, kind)
    cataloguing.write_borrower(work.transaction, work.gesture, draft, values)
    work.names.setdefault(imports.fold_name(values.get("name", "")), []).append(identity)
    work.remember(identity, keys, values)
    work.created(record, *_named(record))


def _named(record: Record) -> tuple[str, str]:
    number = record.values.get("code") or record.values.get("urn", "")
    return number, record.values.get("name", "")


def _shown(uses: list[list[str]]) -> frozenset[str]:
    return frozenset(shown for _form, shown, _role in uses)


def _likely_kind(record: Record) -> BorrowerKind:
    """Take what says no kind for a school where it has a URN, else for a family."""
    is_school = record.kind is ImportKind.SCHOOLS or "urn" in record.values
    return BorrowerKind.SETTING if is_school else BorrowerKind.HIRER


def _update(work: ImportWork, record: Record, identity: str, told: Mapping[str, str], unread: frozenset[str]) -> None:
    new, taken = _new_codes(work, record, identity)
    values = {name: value for name, value in told.items() if name not in taken}
    current = registers.borrower_record(work.transaction, identity)
    written = imports.last_written(work.transaction, work.source, identity)
    changes = changed_fields(written, current, values, unread | taken)
    if not changes and not new:
        work.result.unchanged += 1
        return
    work.note_write()
    drafts = []
    if changes:
        drafts.append(moving.edited(work.transaction, work.gesture, identity, changes))
    if new:
        drafts.append(Draft(FactKind.ALIAS_ADDED, identity, {"codes": new}))
    journal.append(work.transaction, work.gesture, drafts)
    if new:
        folding.refold_borrower(work.transaction, identity)
    registers.write_borrower_record(work.transaction, identity, changes)
    work.remember(identity, match_keys(record), values)
    said = {name: (current.get(name, ""), value) for name, value in changes.items()}
    said |= {name: ("", record.values[name]) for name in ("code", "urn") if record.values.get(name) in _shown(new)}
    work.updated(record, _named(record), said)


def _new_codes(work: ImportWork, record: Record, identity: str) -> tuple[list[list[str]], frozenset[str]]:
    """Give the code and URN a row brings that its borrower does not carry yet, and the fields refused as taken."""
    new, taken = [], set()
    for name in ("code", "urn"):
        text = record.values.get(name)
        owner = registers.owner_of(work.transaction, codes.normalise(text)) if text else None
        if text and owner is None:
            new.append([codes.normalise(text), text, "alias"])
        elif text and owner is not None and owner[1] != identity:
            work.refuse(record, name, text, "CODE_TAKEN", by=owner[0])
            taken.add(name)
    return new, frozenset(taken)


def changed_fields(
    written: Mapping[str, str] | None, current: Mapping[str, str], values: Mapping[str, str], unread: frozenset[str]
) -> dict[str, str]:
    """Give the fields to change: those in which the file differs from what this source last wrote.

    What was put right by hand since then stays, and a value that could not be read blanks nothing. A source
    that never wrote this thing changes what differs from what stands there.
    """
    if written is None:
        return {name: value for name, value in values.items() if current.get(name) != value}
    names = (written.keys() | values.keys()) - unread
    said = {name: values.get(name, "") for name in names if written.get(name, "") != values.get(name, "")}
    return {name: value for name, value in said.items() if current.get(name, "") != value}
