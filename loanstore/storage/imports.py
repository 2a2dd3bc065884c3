"""What imports remember: which row became what, what was last written, and what words mean."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import bindparam, delete, func, insert, or_, select

from loanstore.domain.facts import FactKind
from loanstore.domain.search import fold
from loanstore.storage.store import write_setting
from loanstore.storage.tables import (
    BorrowerRow,
    FactRow,
    ImportedRow,
    ImportRow,
    ImportWordRow,
    InstrumentRow,
    NoteRow,
    PlaceRow,
    SettingRow,
)
from loanstore.storage.transaction import Prepared

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from loanstore.storage.transaction import Transaction

_OWNER: Final = Prepared(
    select(ImportedRow.owner).where(ImportedRow.key == bindparam("key")).order_by(ImportedRow.import_id.desc()).limit(1)
)
_OWNER_OF_SOURCE: Final = Prepared(
    select(ImportedRow.owner)
    .where(ImportedRow.key == bindparam("key"), ImportedRow.source == bindparam("source"))
    .order_by(ImportedRow.import_id.desc())
    .limit(1)
)
_WRITTEN: Final = Prepared(
    select(ImportedRow.values)
    .where(ImportedRow.owner == bindparam("owner"), ImportedRow.source == bindparam("source"))
    .order_by(ImportedRow.import_id.desc())
    .limit(1)
)
_REMEMBER: Final = Prepared(
    insert(ImportedRow).values({name: bindparam(name) for name in ("source", "key", "import_id", "owner", "written")})
)
_COLUMNS: Final = "columns:"
_SOURCE_FIGURES: Final = 32
_AT_ONCE: Final = 50
"""So many places are looked for in one walk through the journal."""
_ADDING: Final = (FactKind.INSTRUMENT_ADDED.value, FactKind.BORROWER_ADDED.value)


@dataclass(frozen=True, slots=True)
class PastImport:
    """An import that stands: the gesture's id, the kind of list, when (UTC), and how many things it touched."""

    id: str
    kind: str
    at: str
    things: int
    created: int
    loans: int


def begin(transaction: Transaction, identity: str, kind: str, source: str, at: str) -> None:
    """Note an import before its first row."""
    transaction.execute(insert(ImportRow).values(id=identity, kind=kind, source=source, at=at))


def forget(transaction: Transaction, identity: str) -> bool:
    """Forget an import that was undone; tell whether there was one."""
    known = bool(transaction.execute(select(ImportRow.id).where(ImportRow.id == identity)))
    transaction.execute(delete(ImportedRow).where(ImportedRow.import_id == identity))
    transaction.execute(delete(ImportRow).where(ImportRow.id == identity))
    return known


def owner_of_key(transaction: Transaction, key: str, source: str) -> str | None:
    """Find what a row's key became; a row's own print counts only within its source."""
    prepared = _OWNER_OF_SOURCE if key.startswith("print:") else _OWNER
    row = transaction.row(prepared, key=key, source=source)
    return str(row[0]) if row is not None else None


def last_written(transaction: Transaction, source: str, owner: str) -> dict[str, str] | None:
    """Give what this source last wrote for a thing; None where it never did."""
    row = transaction.row(_WRITTEN, source=source, owner=owner)
    return dict(json.loads(row[0])) if row is not None else None


def remember(
    transaction: Transaction, import_id: str, source: str, owner: str, keys: Iterable[str], values: Mapping[str, str]
) -> None:
    """Remember under each of a row's keys what it became and what was written for it."""
    written = json.dumps(dict(values), ensure_ascii=False, sort_keys=True)
    rows = [
        {"source": source, "key": key, "import_id": import_id, "owner": owner, "written": written}
        for key in dict.fromkeys(keys)
    ]
    transaction.run_many(_REMEMBER, rows)


def word_meanings(transaction: Transaction) -> dict[str, str]:
    """Give what words were said to mean before."""
    return {row[0]: row[1] for row in transaction.execute(select(ImportWordRow.word, ImportWordRow.meaning))}


def remember_words(transaction: Transaction, meanings: Mapping[str, str]) -> None:
    """Remember what words were said to mean."""
    for word, meaning in meanings.items():
        transaction.execute(delete(ImportWordRow).where(ImportWordRow.word == word))
        transaction.execute(insert(ImportWordRow).values(word=word, meaning=meaning))


def borrowers_by_name(transaction: Transaction) -> dict[str, list[str]]:
    """Give the borrowers' ids by their folded names, to recognise them in a column of names.

    A record that was merged into another lends it its name.
    """
    named: dict[str, list[str]] = {}
    who = func.coalesce(BorrowerRow.merged_into, BorrowerRow.id)
    for row in transaction.execute(select(BorrowerRow.name, who).where(BorrowerRow.name.is_not(None))):
        known = named.setdefault(fold_name(row[0]), [])
        if row[1] not in known:
            known.append(row[1])
    return named


def fold_name(name: str) -> str:
    """Fold a name so that case, accents and blanks do not matter."""
    return " ".join(fold(name).split())


def count(transaction: Transaction) -> int:
    """Count the imports that stand."""
    found: Any = transaction.execute(select(func.count()).select_from(ImportRow))
    return int(found[0][0])


def past(transaction: Transaction) -> list[PastImport]:
    """Give the imports that stand, the latest first."""
    things = func.count(FactRow.subject.distinct())
    created = func.count().filter(FactRow.kind.in_(_ADDING))
    loans = func.count().filter(FactRow.kind == FactKind.LENT.value)
    statement = (
        select(ImportRow.id, ImportRow.kind, ImportRow.at, things, created, loans)
        .join(FactRow, FactRow.gesture == ImportRow.id)
        .group_by(ImportRow.id)
        .order_by(ImportRow.at.desc(), ImportRow.id.desc())
    )
    return [PastImport(*row) for row in transaction.execute(statement)]


def remembered_columns(transaction: Transaction, kind: str) -> dict[str, dict[str, str]]:
    """Give what was said of the columns of each source of a kind, by the source."""
    wanted = SettingRow.key.startswith(_COLUMNS, autoescape=True)
    said = [json.loads(row[0]) for row in transaction.execute(select(SettingRow.value).where(wanted))]
    return {one["source"]: one["columns"] for one in said if one["kind"] == kind}


def remember_columns(transaction: Transaction, kind: str, source: str, columns: Mapping[str, str]) -> None:
    """Remember which column of a source is which field; ``columns`` is by heading."""
    said = {"kind": kind, "source": source, "columns": dict(columns)}
    write_setting(transaction, _COLUMNS + source[:_SOURCE_FIGURES], json.dumps(said, ensure_ascii=False))


def place_ids(transaction: Transaction) -> frozenset[str]:
    """Give the ids of all places and repairers."""
    return frozenset(row[0] for row in transaction.execute(select(PlaceRow.id)))


def drop_places(transaction: Transaction, places: Sequence[str], gesture: str) -> None:
    """Drop the places that a gesture made, those apart that anything else names."""
    for first in range(0, len(places), _AT_ONCE):
        some = places[first : first + _AT_ONCE]
        standing = select(InstrumentRow.location).where(InstrumentRow.location.in_(some)).distinct()
        kept = {row[0] for row in transaction.execute(standing)}
        named = or_(*(FactRow.body.contains(place, autoescape=True) for place in some))
        for (body,) in transaction.execute(select(FactRow.body).where(FactRow.gesture != gesture, named)):
            kept.update(place for place in some if place in body)
        transaction.execute(delete(PlaceRow).where(PlaceRow.id.in_([place for place in some if place not in kept])))


def drop_notes(transaction: Transaction, notes: Iterable[str]) -> None:
    """Drop erasable texts that nothing names any more."""
    for note in notes:
        transaction.execute(delete(NoteRow).where(NoteRow.id == note))
