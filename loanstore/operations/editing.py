"""Putting records right: an instrument's fields in the journal, a borrower's text beside it, and what codes name them.

Undoing an edit of an instrument folds it afresh without the fact. What a borrower's record held before lies in an
erasable note that the fact names: undo writes it back (``moving.reverse``), and forgetting a person erases it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from loanstore.domain import codes
from loanstore.domain.errors import Refused, WrongUsage
from loanstore.domain.facts import Draft, FactKind
from loanstore.domain.instruments import title
from loanstore.domain.keeping import code_rows
from loanstore.domain.records import BORROWER_FIELDS, INSTRUMENT_FIELDS, read_borrower, read_instrument
from loanstore.domain.scan_findings import BorrowerFound, InstrumentFound
from loanstore.operations import cataloguing, moving
from loanstore.operations.desk import Changed, Done
from loanstore.operations.lending import find_instrument
from loanstore.storage import folding, journal, lookups, registers

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from loanstore.domain.borrowers import Borrower, BorrowerKind
    from loanstore.domain.gestures import Gesture
    from loanstore.domain.loans import CodeUse, Instrument
    from loanstore.operations.desk import Desk
    from loanstore.storage.transaction import Transaction

MADE_HERE: Final = "new"
"""Given in the place of a code, it asks for the next one of the store's own."""


@dataclass(frozen=True, slots=True)
class Edited:
    """What an edit left: the thing's code as shown, what it is called, and which fields are different now."""

    code: str
    name: str
    changed: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Edit:
    """The gesture of one edit, and what was asked of it."""

    desk: Desk
    transaction: Transaction
    gesture: Gesture
    given: Mapping[str, str]
    drop: Sequence[str]


def edit(desk: Desk, code: str, given: Mapping[str, str], drop: Sequence[str] = ()) -> Done[Edited]:
    """Change fields of the instrument or borrower that carries a code; an empty text clears a field.

    ``code`` among the fields is the code it is shown by from now on (``new`` for the store's next), ``alias`` old
    numbers to scan as well, ``case`` old tags of its case, comma-separated; ``drop`` takes such numbers away. Raises
    Refused where a value can't be read or a code is taken, WrongUsage for a field there is not.
    """
    with desk.gesturing() as (transaction, gesture):
        asked = _Edit(desk, transaction, gesture, given, drop)
        found = lookups.by_form(transaction, codes.normalise(code))
        if isinstance(found, BorrowerFound):
            return _edit_borrower(asked, found.borrower)
        thing = found if isinstance(found, InstrumentFound) else find_instrument(transaction, code)
        return _edit_instrument(asked, thing.instrument)


def _edit_instrument(asked: _Edit, state: Instrument) -> Done[Edited]:
    _require_known(asked.given, ("case", *INSTRUMENT_FIELDS))
    changes = _changes(asked, state)
    drafts = [Draft(FactKind.INSTRUMENT_EDITED, state.id, {"changes": changes})] if changes else []
    drafts += _code_drafts(asked, state.id)
    after = state
    if drafts:
        after = moving.record(asked.transaction, asked.gesture, [(state, draft) for draft in drafts])[-1][1]
    edited = Edited(after.code, title(after.fields), _said(drafts, changes))
    return Done(edited, frozenset({Changed.INSTRUMENTS}) if drafts else frozenset())


def _changes(asked: _Edit, state: Instrument) -> dict[str, list[str]]:
    """Give each field that changes as [old, new], in the register's own values."""
    said = {name: text for name, text in asked.given.items() if name in INSTRUMENT_FIELDS}
    if "type" in said and not said["type"].strip():
        raise WrongUsage("NEED_FIELD", field="type")
    if said.get("apparatus", "").strip():
        find_instrument(asked.transaction, said["apparatus"])
    values = _read(asked.desk, state, said)
    new = {name: values.get(name, "") for name in said if name not in {"location", "notes"}}
    if "type" in said:
        new["size"] = values.get("size", "")
    value = new.get("replacement_value")
    if value is not None and value != state.fields.get("replacement_value", ""):
        new.setdefault("valued", asked.desk.today().isoformat() if value else "")
    new |= _texts_beside(asked, state, said, values)
    before = {name: state.fields.get(name, "") for name in new}
    return {name: [before[name], text] for name, text in new.items() if before[name] != text}


def _texts_beside(
    asked: _Edit, state: Instrument, said: Mapping[str, str], values: Mapping[str, str]
) -> dict[str, str]:
    """Give the ids of the place and of the note where they change: what they say stands beside the journal."""
    new: dict[str, str] = {}
    if "location" in said:
        place = values.get("location")
        named = registers.place_named(asked.transaction, place, "place", asked.desk.new_id()) if place else ""
        new["location"] = named
    text = values.get("notes", "")
    if "notes" in said and text != registers.note(asked.transaction, state.fields.get("note", "")):
        new["note"] = asked.desk.new_id() if text else ""
        if text:
            registers.add_note(asked.transaction, new["note"], text)
    return new


def _read(desk: Desk, state: Instrument, said: Mapping[str, str]) -> dict[str, str]:
    """Read what was typed; a new type must come in the size that stands, unless it names one itself."""
    typed = {name: text for name, text in said.items() if text.strip()}
    size = state.fields.get("size", "")
    sized = desk.catalogue.find_sized(typed.get("type", ""))
    if "type" in typed and "size" not in said and size and (sized is None or sized[1] is None):
        typed["size"] = size
    return read_instrument({"type": state.fields.get("type", ""), **typed}, desk.catalogue)


def _edit_borrower(asked: _Edit, who: Borrower) -> Done[Edited]:
    _require_known(asked.given, BORROWER_FIELDS)
    transaction = asked.transaction
    current = registers.borrower_record(transaction, who.id)
    changes = {name: text for name, text in read_borrower(asked.given).items() if current.get(name, "") != text}
    if "name" in changes and not changes["name"]:
        raise WrongUsage("NEED_FIELD", field="name")
    owner = registers.owner_of(transaction, codes.normalise(changes.get("urn", "")))
    if owner is not None and owner[1] != who.id:
        raise Refused("URN_TAKEN", field="urn", value=changes["urn"])
    kind = cataloguing.read_kind(asked.given["kind"]) if asked.given.get("kind") else who.kind
    drafts = [] if not changes and kind is who.kind else [_record_draft(asked, who, changes, kind)]
    drafts += _code_drafts(asked, who.id, urn=changes.get("urn", ""))
    if drafts:
        journal.append(transaction, asked.gesture, drafts)
        folding.refold_borrower(transaction, who.id)
        registers.write_borrower_record(transaction, who.id, changes)
    after = lookups.borrower(transaction, who.id) or who
    fields = {**changes, **({"kind": ""} if kind is not who.kind else {})}
    changed = frozenset({Changed.BORROWERS, Changed.LOANS}) if drafts else frozenset()
    return Done(Edited(after.code, after.label, _said(drafts, fields)), changed)


def _record_draft(asked: _Edit, who: Borrower, changes: Mapping[str, str], kind: BorrowerKind) -> Draft:
    """Draft the change of a record; what kind of borrower it is is no personal text and stands in the fact."""
    draft = moving.edited(asked.transaction, asked.gesture, who.id, changes)
    return draft if kind is who.kind else Draft(draft.kind, draft.subject, {**draft.body, "kind": kind.value})


def _code_drafts(asked: _Edit, identity: str, urn: str = "") -> list[Draft]:
    """Draft what changes of the codes that name a thing; a school's new URN is one more of them."""
    own, lent = _codes_of(asked, identity)
    main = asked.given.get("code", "").strip()
    if main == MADE_HERE:
        main = cataloguing.next_code(asked.desk, asked.transaction)
    form = codes.normalise(main)
    now = next((form for form, (_shown, role) in own.items() if role == "main"), "")
    cases = _cases(asked, identity, form or now)
    tags = {use.form for use in cases}
    aliases = [*cataloguing.listed(asked.given, "alias"), *filter(str.strip, [urn]), *filter(None, [main])]
    uses = [use for use in cataloguing.alias_uses(identity, aliases) if use.form not in tags]
    new = [use for use in (*uses, *cases) if use.form not in own and (use.form not in lent or use.form == form)]
    cataloguing.require_free(asked.transaction, new)
    rows = [[use.form, use.shown, use.role] for use in new if use.form != form]
    drafts = [Draft(FactKind.ALIAS_ADDED, identity, {"codes": rows})] if rows else []
    turned = [[use.form, use.shown, use.role] for use in cases if own.get(use.form, ("", use.role))[1] != use.role]
    dropped = _dropped(asked, own, form or now)
    shown = main or own[now][0]
    if dropped or turned or shown != own[now][0]:
        body: dict[str, object] = {"code": shown, "codes": [[form or now, shown, "main"], *turned]}
        if dropped:
            body["dropped"] = dropped
        drafts.append(Draft(FactKind.RECODED, identity, body))
    return drafts


def _cases(asked: _Edit, identity: str, main: str) -> list[CodeUse]:
    """Give the tags of its case; an old number may turn out to be one, the code it is shown by is none."""
    uses = cataloguing.alias_uses(identity, cataloguing.listed(asked.given, "case"), "case")
    for use in uses:
        if use.form == main:
            raise Refused("CODE_TAKEN", field="case", value=use.shown, by="instrument")
    return list({use.form: use for use in uses}.values())


def _codes_of(asked: _Edit, identity: str) -> tuple[dict[str, tuple[str, str]], frozenset[str]]:
    """Give a thing's own codes as form: (shown, role), and the forms that records merged into it have lent it."""
    facts = journal.standing_facts(asked.transaction, identity)
    said = {form for fact in facts if "codes" in fact.body for form, _shown, _role in code_rows(fact.body)}
    named = registers.codes_of(asked.transaction, identity)
    own = {form: (shown, role) for form, shown, role in named if form in said}
    return own, frozenset(form for form, _shown, _role in named if form not in said)


def _dropped(asked: _Edit, own: Mapping[str, tuple[str, str]], main: str) -> list[str]:
    """Give the normalised codes that name a thing no longer; never the one it is shown by."""
    forms = []
    for text in asked.drop:
        form = codes.normalise(text)
        if form == main:
            raise Refused("SHOWN_BY_IT", value=text)
        if form not in own:
            raise Refused("NOT_ITS_CODE", value=text)
        forms.append(form)
    return forms


def _said(drafts: Sequence[Draft], fields: Mapping[str, object]) -> tuple[str, ...]:
    """Name what changed as a person calls it."""
    names = ["notes" if name == "note" else name for name in fields]
    bodies = [draft.body for draft in drafts if draft.kind in {FactKind.ALIAS_ADDED, FactKind.RECODED}]
    roles = {role for body in bodies for _form, _shown, role in code_rows(body)}
    words = {"alias": "alias", "main": "code", "case": "case"}
    return (*names, *(word for role, word in words.items() if role in roles))


def _require_known(given: Mapping[str, str], fields: Sequence[str]) -> None:
    known = ("code", "alias", *fields)
    for name in given:
        if name not in known:
            raise WrongUsage("UNKNOWN_FIELD", field=name, fields=known)
