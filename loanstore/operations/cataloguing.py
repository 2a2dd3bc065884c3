"""Adding to the register: instruments and borrowers, with codes of their own or the ones they bring."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from loanstore.domain import codes
from loanstore.domain.borrowers import RECORD_FIELDS, SETTING_FIELDS, Borrower, BorrowerKind
from loanstore.domain.errors import Refused, WrongUsage
from loanstore.domain.facts import Draft, FactKind
from loanstore.domain.instruments import FIELDS
from loanstore.domain.loans import CodeUse
from loanstore.domain.records import read_borrower, read_instrument
from loanstore.operations import moving
from loanstore.operations.desk import Changed, Done
from loanstore.storage import folding, journal, registers
from loanstore.storage.store import take_numbers

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from loanstore.domain.gestures import Gesture
    from loanstore.domain.loans import Instrument
    from loanstore.operations.desk import Desk
    from loanstore.storage.transaction import Transaction

INSTRUMENT_WORDS: Final = ("code", "alias", "case", *(name for name in FIELDS if name != "note"), "notes")
BORROWER_WORDS: Final = ("code", "alias", "kind", *RECORD_FIELDS, *SETTING_FIELDS)


def code_uses(owner: str, code: str, aliases: Iterable[str]) -> tuple[CodeUse, ...]:
    """Give the codes a thing is to be known by: its own first, its old numbers after it.

    Raises Refused where one of them holds no letter or digit.
    """
    uses: dict[str, CodeUse] = {}
    for text, role in [(code, "main"), *((alias, "alias") for alias in aliases)]:
        form = codes.normalise(text)
        if not form or len(form) > codes.LONGEST_CODE:
            raise Refused("BAD_CODE", value=text)
        uses.setdefault(form, CodeUse(form, text.strip(), role, owner))
    return tuple(uses.values())


def alias_uses(owner: str, aliases: Iterable[str], role: str = "alias") -> tuple[CodeUse, ...]:
    """Give old numbers as further codes of a thing, or ``case`` tags as those of its case.

    Raises Refused where one of them can't be a code.
    """
    uses = (use for alias in aliases for use in code_uses(owner, alias, ()))
    return tuple(CodeUse(use.form, use.shown, role, owner) for use in uses)


def require_free(transaction: Transaction, uses: Iterable[CodeUse]) -> None:
    """Raise Refused where something carries one of these codes already: codes are unique over everything."""
    for use in uses:
        owner = registers.owner_of(transaction, use.form)
        if owner is not None:
            raise Refused("CODE_TAKEN", value=use.shown, by=owner[0])


def _named(uses: Iterable[CodeUse]) -> dict[str, object]:
    rows = [[use.form, use.shown, use.role] for use in uses]
    return {"code": rows[0][1], "codes": rows}


def instrument_draft(
    identity: str, uses: tuple[CodeUse, ...], fields: Mapping[str, str], status: str | None = None
) -> Draft:
    """Draft that an instrument joins the register."""
    body = {**_named(uses), "fields": dict(fields)}
    if status:
        body["status"] = status
    return Draft(FactKind.INSTRUMENT_ADDED, identity, body)


def borrower_draft(identity: str, uses: tuple[CodeUse, ...], kind: BorrowerKind) -> Draft:
    """Draft that a borrower joins the register; whose name is no part of it."""
    return Draft(FactKind.BORROWER_ADDED, identity, {**_named(uses), "kind": kind.value})


def write_borrower(transaction: Transaction, gesture: Gesture, draft: Draft, record: Mapping[str, str]) -> None:
    """Append that a borrower was added, fold it, and write the record beside it."""
    (fact,) = journal.append(transaction, gesture, [draft])
    identity = fact.subject or ""
    folding.refold_borrower(transaction, identity)
    registers.write_borrower_record(transaction, identity, record)


def add_instrument(desk: Desk, given: Mapping[str, str]) -> Done[Instrument]:
    """Add one instrument; without a ``code`` the store makes one. Refused where a code is taken already."""
    _require_words(given, INSTRUMENT_WORDS)
    _require(given, "type")
    with desk.gesturing() as (transaction, gesture):
        identity = desk.new_id()
        uses = code_uses(identity, given.get("code") or next_code(desk, transaction), listed(given, "alias"))
        own = {use.form for use in uses}
        uses += tuple(use for use in alias_uses(identity, listed(given, "case"), "case") if use.form not in own)
        require_free(transaction, uses)
        fields = _canonical(desk, transaction, given)
        draft = instrument_draft(identity, uses, fields)
        ((_fact, after),) = moving.record(transaction, gesture, [(None, draft)])
        return Done(after, frozenset({Changed.INSTRUMENTS}))


def add_borrower(desk: Desk, given: Mapping[str, str]) -> Done[Borrower]:
    """Add one borrower; a URN is an alias. Refused where a code or the URN is taken already."""
    _require_words(given, BORROWER_WORDS)
    _require(given, "name", "kind")
    kind = read_kind(given["kind"])
    with desk.gesturing() as (transaction, gesture):
        identity = desk.new_id()
        aliases = [*listed(given, "alias"), *filter(None, [given.get("urn")])]
        uses = code_uses(identity, given.get("code") or next_code(desk, transaction), aliases)
        require_free(transaction, uses)
        record = {name: text for name, text in read_borrower(given).items() if text}
        write_borrower(transaction, gesture, borrower_draft(identity, uses, kind), record)
        card = Borrower(
            identity, uses[0].shown, kind, record["name"], record.get("pupil", ""), record.get("school", "")
        )
        return Done(card, frozenset({Changed.BORROWERS}))


def next_code(desk: Desk, transaction: Transaction) -> str:
    """Give the next code of the store's own that nothing carries; its number is never handed out again."""
    prefix = desk.known_rules(transaction).prefix
    while True:
        code = codes.make(prefix, take_numbers(transaction))
        if registers.owner_of(transaction, codes.normalise(code)) is None:
            return code


def listed(given: Mapping[str, str], name: str) -> list[str]:
    """Give the codes that stand between commas in a field."""
    return [text for text in given.get(name, "").split(",") if text.strip()]


def read_kind(text: str) -> BorrowerKind:
    """Read what kind a borrower is; raises WrongUsage for anything else."""
    try:
        return BorrowerKind(text)
    except ValueError:
        raise WrongUsage("BAD_KIND", value=text, kinds=", ".join(BorrowerKind)) from None


def _require(given: Mapping[str, str], *needed: str) -> None:
    for name in needed:
        if not given.get(name, "").strip():
            raise WrongUsage("NEED_FIELD", field=name)


def _require_words(given: Mapping[str, str], known: tuple[str, ...]) -> None:
    for name in given:
        if name not in known:
            raise WrongUsage("UNKNOWN_FIELD", field=name, fields=known)


def _canonical(desk: Desk, transaction: Transaction, given: Mapping[str, str]) -> dict[str, str]:
    """Read what was typed; raises Refused naming the field that can't be read and why."""
    values = read_instrument(given, desk.catalogue)
    if values.get("replacement_value"):
        values.setdefault("valued", desk.today().isoformat())
    return register_fields(desk, transaction, values)


def register_fields(desk: Desk, transaction: Transaction, values: Mapping[str, str]) -> dict[str, str]:
    """Give the register's fields for canonical values: the place by its id, the notes as an erasable note."""
    fields = {name: values[name] for name in FIELDS if values.get(name) and name not in {"location", "note"}}
    if values.get("location"):
        fields["location"] = registers.place_named(transaction, values["location"], "place", desk.new_id())
    if values.get("notes"):
        fields["note"] = desk.new_id()
        registers.add_note(transaction, fields["note"], values["notes"])
    return fields
