"""What imports remember: which row became what, what was last written, and what words mean."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import bindparam, delete, func, insert, select

from loanstore.domain.search import fold
from loanstore.storage.tables import BorrowerRow, ImportedRow, ImportRow, ImportWordRow
from loanstore.storage.transaction import Prepared

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

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
