"""A big made-up store, built quickly: rows and facts in bulk, its chain of digests true, so that it verifies."""

from __future__ import annotations

import random
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any, Final

from loanstore.domain import codes
from loanstore.domain.facts import NO_DIGEST, VERSION, FactKind, canonical, digest_of
from loanstore.domain.gestures import instant
from loanstore.storage import search
from loanstore.storage.engine import make_engine
from loanstore.storage.store import open_store
from tests.helpers.made_up import KEY, PREFIX, SALT, make_store, new_id

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

BEGUN: Final = datetime(2020, 9, 1, 8, 0, tzinfo=UTC)
BETWEEN_GESTURES: Final = timedelta(seconds=30)
BORROWERS: Final = 4000
BATCH: Final = 50_000
DUE: Final = "2024-07-19"

_MODELS: Final = (
    ("Violin", "Stentor", "Student II"),
    ("Violin", "Primavera", "90"),
    ("Viola", "Stentor", "Student I"),
    ("Cello", "Stentor", "Student II"),
    ("Flute", "Trevor James", "10X"),
    ("Clarinet", "Buffet", "E11"),
    ("Trumpet", "Bach", "TR650"),
    ("Cornet", "Yamaha", "YCR2310"),
    ("Guitar", "Admira", "Alba"),
    ("Alto saxophone", "Jupiter", "JAS500"),
)
_SIZES: Final = ("4/4", "3/4", "1/2", "1/4", "1/8")
_SCHOOLS: Final = (
    "Oakfield",
    "Hilltop",
    "Fenmarsh",
    "Riverside",
    "Saint Made-up",
    "Meadow Bank",
    "Northgate",
    "Elm Row",
)


@dataclass(frozen=True, slots=True)
class Size:
    """How big a store is: its instruments, the loans that ended, and how many instruments are out."""

    instruments: int
    past: int = 0
    out: int = 0


@dataclass(frozen=True, slots=True)
class BigStore:
    """A built store: its file, its instruments' codes and its schools' codes as they are in bars."""

    path: Path
    size: Size
    instruments: tuple[str, ...]
    borrowers: tuple[str, ...]


@contextmanager
def raw_connection(path: Path) -> Iterator[Any]:
    """Lend a bare connection of the driver, prepared exactly as the program's own are."""
    engine = make_engine(path, KEY, SALT)
    lent = engine.raw_connection()
    try:
        yield lent.driver_connection
    finally:
        lent.close()
        engine.dispose()


def build(path: Path, size: Size) -> BigStore:
    """Build a store of that size in a file that isn't there yet."""
    make_store(path).close()
    writer = _Writer(size)
    with raw_connection(path) as connection:
        for pragma in ("synchronous", "foreign_keys"):
            connection.execute(f"PRAGMA {pragma} = OFF")
        indexes = _drop_indexes(connection)
        connection.execute("BEGIN IMMEDIATE")
        for borrower in range(BORROWERS):
            writer.add_borrower(borrower)
        for number in range(size.instruments):
            writer.add_instrument(number)
        for loan in range(size.past + size.out):
            writer.lend(loan % size.instruments, ends=loan < size.past)
            if len(writer.facts) >= BATCH:
                writer.flush(connection)
        writer.flush(connection)
        writer.write_state(connection)
        for statement in indexes:
            connection.execute(statement)
        connection.execute("COMMIT")
    _index_words(path)
    return BigStore(path, size, writer.forms[BORROWERS:], writer.forms[:BORROWERS])


def _drop_indexes(connection: Any) -> list[str]:
    """Drop what is quicker made afterwards, and give how to make it."""
    found = connection.execute(
        "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL"
        " AND tbl_name IN ('facts', 'loans', 'codes', 'instruments')"
    ).fetchall()
    for name, _sql in found:
        connection.execute(f"DROP INDEX {name}")
    return [sql for _name, sql in found]


def _index_words(path: Path) -> None:
    store = open_store(path, KEY, SALT)
    with store.writing() as transaction:
        search.rebuild(transaction)
    with store.connection() as connection:
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    store.close()


@dataclass(slots=True)
class _Thing:
    """An instrument while the store is built: its row, but for where it stands."""

    id: str
    code: str
    fields: dict[str, str]
    status: str = "in store"
    seen: str | None = None
    seen_as: str | None = None
    folded_to: str = ""


@dataclass(slots=True)
class _Writer:
    """The one desk of the made-up years: it counts its facts, chains them and keeps the state that follows."""

    size: Size
    desk: str = field(default_factory=new_id)
    counter: int = 0
    digest: str = NO_DIGEST
    at: datetime = BEGUN
    chance: random.Random = field(default_factory=lambda: random.Random(2026))
    facts: list[tuple[object, ...]] = field(default_factory=list)
    loans: list[tuple[object, ...]] = field(default_factory=list)
    things: list[_Thing] = field(default_factory=list)
    people: list[tuple[object, ...]] = field(default_factory=list)
    names: list[tuple[object, ...]] = field(default_factory=list)

    @property
    def forms(self) -> tuple[str, ...]:
        return tuple(str(row[0]) for row in self.names)

    def add_borrower(self, number: int) -> None:
        identity = new_id()
        code = self._name("borrower", identity)
        body = {"code": code, "codes": [[codes.normalise(code), code, "main"]], "kind": "setting"}
        self._append(FactKind.BORROWER_ADDED, identity, body)
        name = f"{_SCHOOLS[number % len(_SCHOOLS)]} School {number}"
        self.people.append((identity, code, "setting", name, f"AB{number % 90} 1CD"))

    def add_instrument(self, number: int) -> None:
        identity = new_id()
        code = self._name("instrument", identity)
        kind, make, model = _MODELS[number % len(_MODELS)]
        size = _SIZES[number // len(_MODELS) % len(_SIZES)]
        fields = {"type": kind, "size": size, "make": make, "model": model, "serial": f"{make[:2].upper()}{number:07d}"}
        body = {"code": code, "codes": [[codes.normalise(code), code, "main"]], "fields": fields}
        _id, place = self._append(FactKind.INSTRUMENT_ADDED, identity, body)
        self.things.append(_Thing(identity, code, fields, folded_to=place))

    def lend(self, number: int, *, ends: bool) -> None:
        """Lend an instrument and, where the loan ends, bring it back."""
        thing = self.things[number]
        borrower = str(self.people[self.chance.randrange(BORROWERS)][0])
        body = {"borrower": borrower, "due": DUE, "kind": "free loan"}
        loan, thing.folded_to = self._append(FactKind.LENT, thing.id, body)
        out = thing.seen = instant(self.at)
        thing.seen_as = "lent"
        thing.status, ended, ending = "on loan", None, None
        if ends:
            body = {"loan": loan, "ending": "returned"}
            _id, thing.folded_to = self._append(FactKind.RETURNED, thing.id, body)
            ended = thing.seen = instant(self.at)
            thing.seen_as = "returned"
            thing.status, ending = "in store", "returned"
        self.loans.append((loan, thing.id, borrower, out, DUE, "free loan", ended, ending))

    def flush(self, connection: Any) -> None:
        """Write the facts and loans that have gathered."""
        connection.executemany(_insert("facts", 13), self.facts)
        columns = "id, instrument, borrower, out, due, kind, ended, ending"
        connection.executemany(_insert(f"loans ({columns})", 8), self.loans)
        self.facts.clear()
        self.loans.clear()

    def write_state(self, connection: Any) -> None:
        """Write the registers and the codes."""
        connection.executemany(_insert("borrowers (id, code, kind, name, postcode)", 5), self.people)
        connection.executemany(_insert("codes", 5), self.names)
        rows = [(t.id, t.code, *t.fields.values(), t.status, t.seen, t.seen_as, t.folded_to) for t in self.things]
        columns = "id, code, type, size, make, model, serial, status, seen, seen_as, folded_to"
        connection.executemany(_insert(f"instruments ({columns})", 11), rows)
        number = str(len(self.names) + 1)
        connection.execute("UPDATE settings SET value = ? WHERE key = 'next_number'", (number,))

    def _name(self, kind: str, owner: str) -> str:
        code = codes.make(PREFIX, len(self.names) + 1)
        self.names.append((codes.normalise(code), code, kind, "main", owner))
        return code

    def _append(self, kind: FactKind, subject: str, body: dict[str, Any]) -> tuple[str, str]:
        self.counter += 1
        self.at += BETWEEN_GESTURES
        at, identity = instant(self.at), new_id()
        columns = (
            *(identity, new_id(), kind.value, VERSION, self.desk, self.counter, None),
            *(at, at, 0, subject, canonical(body)),
        )
        self.digest = digest_of(columns, self.digest)
        self.facts.append((*columns, self.digest))
        return identity, f"{at}|{self.desk}|{self.counter:012d}"


def _insert(into: str, values: int) -> str:
    return f"INSERT INTO {into} VALUES ({', '.join('?' * values)})"  # noqa: S608 - names written in this file
