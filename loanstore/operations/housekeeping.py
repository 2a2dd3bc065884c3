"""Keeping the store itself: what it is, whether it is sound, its backups and its recovery."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, Final

from loanstore.domain.codes import PREFIX_SHAPE
from loanstore.domain.errors import StoreUnusable, WrongUsage
from loanstore.domain.facts import Draft, FactKind
from loanstore.domain.policy import Policy, write_policy
from loanstore.domain.terms import read_terms, write_terms
from loanstore.operations.desk import CATALOGUE, Changed, Done
from loanstore.storage import backups, journal, lists, paper_checks, schema, verifying
from loanstore.storage.store import read_settings, write_setting

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date
    from pathlib import Path

    from loanstore.domain.progress import Progress
    from loanstore.domain.terms import TermTable
    from loanstore.operations.desk import Desk
    from loanstore.storage.backups import Counts
    from loanstore.storage.verifying import Difference

ENGINE: Final = "sqlite, sqlcipher"
MOST_DIFFERENCES: Final = 50
"""How many differences ``verify`` names before it stops: the first one is the one that matters."""
BACKUPS_KEPT: Final = 14
PRINTERS: Final = "printers"
"""The setting that holds the store's printers."""


@dataclass(frozen=True, slots=True)
class Info:
    """What a store is and holds."""

    store_id: str
    owner: str
    schema: str
    encrypted: bool
    engine: str
    instruments: int
    borrowers: int
    loans_open: int
    facts: int


def first_settings(store_id: str, owner: str, prefix: str, terms: str) -> dict[str, str]:
    """Give what a new store says of itself; raises WrongUsage where the prefix is not two letters."""
    if not PREFIX_SHAPE.fullmatch(prefix):
        raise WrongUsage("BAD_PREFIX", value=prefix)
    return {
        "id": store_id,
        "owner": owner,
        "prefix": prefix,
        "next_number": "1",
        "policy": write_policy(Policy()),
        "terms": write_terms(read_terms(terms)),
    }


def info(desk: Desk) -> Info:
    """Tell what the store is and count what it holds."""
    with desk.store.reading() as transaction:
        said = read_settings(transaction)
        counts = backups.count(transaction)
        borrowers = lists.borrowers(transaction, limit=0).total
    return Info(
        said["id"],
        said["owner"],
        schema.VERSION,
        encrypted=True,
        engine=ENGINE,
        instruments=counts.instruments,
        borrowers=borrowers,
        loans_open=counts.loans_open,
        facts=counts.facts,
    )


def verify(desk: Desk, progress: Progress | None = None) -> tuple[Difference, ...]:
    """Prove the store: digests, the folded state against a fresh fold, and the file. Nothing is an empty answer.

    The state is held against the journal only where the journal itself holds together.
    """
    with desk.store.connection() as connection:
        found = list(verifying.check_file(connection))
    with desk.store.reading() as transaction:
        broken = list(islice(verifying.check_journal(transaction), MOST_DIFFERENCES))
        state = [] if broken else islice(verifying.check_state(transaction, progress), MOST_DIFFERENCES)
        kept = [] if broken else islice(paper_checks.check_papers(transaction), MOST_DIFFERENCES)
        return (*found, *broken, *state, *kept)


def rebuild(desk: Desk, progress: Progress | None = None) -> Done[int]:
    """Fold the whole journal afresh into the store's tables and give how many facts that were.

    Raises StoreUnusable where the journal itself does not hold together: state is never built on it.
    """
    with desk.store.writing() as transaction:
        broken = next(verifying.check_journal(transaction), None)
        if broken is not None:
            raise StoreUnusable("JOURNAL_BROKEN", fact=broken.row, found=broken.found)
        verifying.rebuild(transaction, progress)
        return Done(journal.count(transaction), frozenset(Changed))


def terms(desk: Desk) -> TermTable:
    """Give the table of terms."""
    with desk.store.reading() as transaction:
        return desk.rules(transaction).terms


def change_terms(desk: Desk, table: TermTable) -> Done[None]:
    """Replace the table of terms."""
    return change_setting(desk, "terms", write_terms(table))


def policy(desk: Desk) -> Policy:
    """Give the rules of lending."""
    with desk.store.reading() as transaction:
        return desk.rules(transaction).policy


def change_policy(desk: Desk, policy: Policy) -> Done[None]:
    """Replace the rules of lending."""
    return change_setting(desk, "policy", write_policy(policy))


def change_catalogue(desk: Desk, own: Mapping[str, Mapping[str, object]]) -> Done[None]:
    """Replace what the store says of types its own way; the desk's catalogue follows at once."""
    return change_setting(desk, CATALOGUE, json.dumps(own, sort_keys=True))


def change_printers(desk: Desk, written: str) -> Done[None]:
    """Replace what the store knows of its printers, as ``domain.printers`` writes it."""
    return change_setting(desk, PRINTERS, written)


def change_setting(desk: Desk, key: str, value: str) -> Done[None]:
    """Replace one thing the store says of itself, as JSON, and note what it was and is."""
    with desk.gesturing() as (transaction, gesture):
        old = read_settings(transaction).get(key, "{}")
        body: Mapping[str, object] = {"key": key, "old": json.loads(old), "new": json.loads(value)}
        journal.append(transaction, gesture, [Draft(FactKind.SETTING_CHANGED, None, body)])
        write_setting(transaction, key, value)
        desk.rules(transaction)
    return Done(None, frozenset({Changed.SETTINGS}))


def backup_name(desk: Desk, day: date) -> str:
    """Name the backup of a day after the store's file and the end of its id: two stores may share a folder."""
    return f"{_backup_stem(desk)}-{day.isoformat()}.loanstore"


def _backup_stem(desk: Desk) -> str:
    with desk.store.reading() as transaction:
        return f"{desk.store.path.stem}-{desk.known_rules(transaction).store_id[-6:]}"


def back_up(desk: Desk, secret: tuple[bytes, bytes], folder: Path) -> tuple[Path, Counts]:
    """Write today's backup into a folder, opened and counted; a later one of the same day replaces it."""
    key, salt = secret
    target = folder / backup_name(desk, desk.today())
    return target, backups.back_up(desk.store, key, salt, target)


def daily_backup(desk: Desk, secret: tuple[bytes, bytes], folder: Path) -> Path | None:
    """Write a backup unless today's is there, and keep the last fourteen; None where it was there."""
    if (folder / backup_name(desk, desk.today())).exists():
        return None
    written, _counts = back_up(desk, secret, folder)
    ours = re.compile(rf"{re.escape(_backup_stem(desk))}-\d{{4}}-\d\d-\d\d\.loanstore")
    for old in sorted(path for path in folder.iterdir() if ours.fullmatch(path.name))[:-BACKUPS_KEPT]:
        old.unlink()
    return written
