"""A made-up store with a clock that can be set, opened by a raw key so that no test waits for argon2."""

from __future__ import annotations

import shutil
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Final

import uuid_utils

from loanstore import assets
from loanstore.domain.catalogue import Catalogue
from loanstore.operations import cataloguing, housekeeping, scanning
from loanstore.operations.desk import Desk
from loanstore.storage import journal
from loanstore.storage.store import create, open_store

if TYPE_CHECKING:
    from pathlib import Path

    from loanstore.domain.answers import Answer
    from loanstore.domain.borrowers import Borrower
    from loanstore.domain.facts import Fact
    from loanstore.domain.loans import Instrument
    from loanstore.operations.outcomes import Outcome
    from loanstore.operations.scanning import Session
    from loanstore.storage.store import Store

KEY: Final = bytes(range(32))
SALT: Final = bytes([0x9D]) + bytes(range(1, 16))
SECRET: Final = (KEY, SALT)
OWNER: Final = "Made-up Music Hub"
PREFIX: Final = "CM"
OPENING: Final = datetime(2026, 9, 14, 9, 0, tzinfo=UTC)
"""A Monday in the autumn term of the shipped table of terms."""


def new_id() -> str:
    """Make an identity as the program does."""
    return str(uuid_utils.uuid7())


@dataclass(slots=True)
class SetClock:
    """A clock that stands still until it is told."""

    moment: datetime = OPENING

    def __call__(self) -> datetime:
        """Give the time that was set."""
        return self.moment

    def go_on(self, seconds: float = 0, *, days: float = 0) -> None:
        """Move on, or back where the number is negative."""
        self.moment += timedelta(days=days, seconds=seconds)


def in_utc(moment: datetime) -> datetime:
    """Stand for a desk in Greenwich."""
    return moment.astimezone(UTC)


def make_store(path: Path, owner: str = OWNER) -> Store:
    """Create a store under the tests' raw key."""
    terms = (assets.resources() / "terms.json").read_text("utf-8")
    return create(path, KEY, SALT, housekeeping.first_settings(new_id(), owner, PREFIX, terms))


def make_desk(store: Store, identity: str, clock: SetClock | None = None, staff: str | None = None) -> Desk:
    """Sit down at a desk of an open store."""
    catalogue = Catalogue.load((assets.resources() / "catalogue.json").read_text("utf-8"))
    return Desk(store, identity, clock or SetClock(), in_utc, new_id, assets.resources(), catalogue, staff)


@dataclass(slots=True)
class MadeUp:
    """A made-up store in use: its desk, its clock, and one session at the scanner."""

    path: Path
    desk: Desk
    clock: SetClock
    session: Session = field(init=False)

    def __post_init__(self) -> None:
        self.session = scanning.begin_session(self.desk)

    def borrower(self, name: str = "Drama, Sam", kind: str = "hirer", **record: str) -> Borrower:
        """Add a borrower."""
        return cataloguing.add_borrower(self.desk, {"name": name, "kind": kind, **record}).result

    def instrument(self, kind: str = "Violin", **fields: str) -> Instrument:
        """Add an instrument."""
        return cataloguing.add_instrument(self.desk, {"type": kind, **fields}).result

    def scan(self, text: str, after: float = 10) -> Outcome:
        """Scan in the one session, some seconds after the last."""
        self.clock.go_on(after)
        return scanning.scan(self.desk, text, self.session).result

    def answers(self, *texts: str) -> list[Answer]:
        """Scan one after another and give the answers."""
        return [self.scan(text).answer for text in texts]

    def facts(self) -> list[Fact]:
        """Give the desk's facts in their order."""
        with self.desk.store.reading() as transaction:
            return list(journal.facts_of_desk_backwards(transaction, self.desk.identity))[::-1]

    def show(self, code: str) -> Instrument:
        """Give an instrument as it is folded now."""
        from loanstore.operations.lending import find_instrument

        with self.desk.store.reading() as transaction:
            return find_instrument(transaction, code).instrument

    def dump(self) -> dict[str, list[tuple[object, ...]]]:
        """Give the rows of every table, the search index and local row numbers apart, to compare before and after."""
        from loanstore.storage.tables import Base

        with self.desk.store.reading() as transaction:
            rows = {}
            for table in Base.metadata.sorted_tables:
                columns = ", ".join(f'"{c.name}"' for c in table.columns if c.name != "row")
                found = transaction.connection.exec_driver_sql(f"SELECT {columns} FROM {table.name}")  # noqa: S608 - names of our own tables
                rows[table.name] = sorted((tuple(row) for row in found), key=repr)
            return rows

    def complaints(self) -> list[str]:
        """Give what verify finds wrong, as one line each."""
        return [f"{d.table} {d.row}: {d.found}, not {d.expected}" for d in housekeeping.verify(self.desk)]

    def today(self) -> date:
        """Give the day the clock is set to."""
        return self.desk.today()

    def another_desk(self, identity: str | None = None, clock: SetClock | None = None) -> MadeUp:
        """Sit down at another desk on the same file, on connections of its own."""
        store = open_store(self.path, KEY, SALT)
        return MadeUp(self.path, make_desk(store, identity or new_id(), clock or self.clock), clock or self.clock)

    def close(self) -> None:
        """Close the store."""
        self.desk.store.close()


@dataclass(slots=True)
class StoreMaker:
    """Makes made-up stores quickly, by copying one that was laid out once."""

    template: Path
    made: list[MadeUp] = field(default_factory=list)

    def __call__(self, path: Path, moment: datetime = OPENING) -> MadeUp:
        """Make a store in a file that isn't there yet and sit down at it."""
        path.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(self.template, path)
        clock = SetClock(moment)
        made = MadeUp(path, make_desk(open_store(path, KEY, SALT), new_id(), clock), clock)
        self.made.append(made)
        return made

    def close(self) -> None:
        """Close all that was made."""
        for made in self.made:
            made.close()
        self.made.clear()
