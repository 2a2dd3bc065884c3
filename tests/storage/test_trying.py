"""A trial writes as it likes over the store as it is, keeps nobody waiting and leaves no trace."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import delete, event, insert, select, update

from loanstore.domain.answers import Answer
from loanstore.domain.errors import Refused
from loanstore.domain.import_fields import ImportKind
from loanstore.operations import importing
from loanstore.operations.importing import Plan, import_file
from loanstore.storage import lookups
from loanstore.storage.tables import InstrumentRow, NoteRow, PlaceRow
from loanstore.storage.transaction import Transaction
from loanstore.storage.trying import trial
from tests.helpers.sources import ROOT

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from pathlib import Path

    from sqlalchemy import Connection

    from tests.helpers.made_up import MadeUp

LISTS = {
    ImportKind.INSTRUMENTS: (
        "Code,Type,Size,Make,Serial,Location,Issued to,Notes\n"
        "A1,Violin,1/2,Stentor,S1,Cupboard 7,Oakfield School,made up\n"
        "A2,Violin,3/4,Stentor,S2,Cupboard 7,,made up\n"
    ),
    ImportKind.BORROWERS: "Name,Kind,Email\nDrama One,hirer,one@example.org\nDrama Two,hirer,two@example.org\n",
    ImportKind.SCHOOLS: "URN,EstablishmentName,Town\n100001,Madeup Primary,Fenmarsh\n",
    ImportKind.LOANS: "Instrument,Borrower,Out,Due,Returned\nA2,Drama One,2026-01-09,2026-03-09,2026-02-02\n",
}
KNOWN_AND_NEW = ("one@example.org", "uno@example.org"), ("Stentor", "Sample"), ("Madeup Primary", "Madeup Academy")


def _lists(folder: Path) -> Iterator[Plan]:
    for kind, text in LISTS.items():
        file = folder / f"{kind.value}.csv"
        file.write_text(text)
        words = importing.read_words(["Oakfield School=school"]) if kind is ImportKind.INSTRUMENTS else {}
        yield Plan(file, kind, words=words)


def _changed(plan: Plan) -> Plan:
    """Change what a list brought, and add a row."""
    text = plan.file.read_text()
    for old, new in KNOWN_AND_NEW:
        text = text.replace(old, new)
    plan.file.write_text(text)
    return plan


def test_what_came_went_and_changed_is_seen_within_and_gone_without(made_up: MadeUp) -> None:
    first, second = made_up.instrument(serial="S1"), made_up.instrument(serial="S2")
    before = made_up.dump()
    with trial(made_up.desk.store) as tried:
        tried.execute(insert(NoteRow).values(id="n1", text="made up"))
        tried.execute(update(InstrumentRow).where(InstrumentRow.id == first.id).values(serial="S3"))
        tried.execute(delete(InstrumentRow).where(InstrumentRow.id == second.id))
        tried.execute(insert(InstrumentRow).values(id="i3", code="X3", status="in store", folded_to=""))
        tried.execute(update(InstrumentRow).where(InstrumentRow.id == "i3").values(serial="S4"))
        rows = tried.execute(select(InstrumentRow.id, InstrumentRow.serial).order_by(InstrumentRow.row))
        assert [tuple(row) for row in rows] == [(first.id, "S3"), ("i3", "S4")]
        assert [row[0] for row in tried.execute(select(NoteRow.text))] == ["made up"]
        assert lookups.instrument(tried, second.id) is None
    assert made_up.dump() == before
    assert made_up.complaints() == []


def test_a_trial_sees_the_store_as_it_was_when_it_began(made_up: MadeUp) -> None:
    with trial(made_up.desk.store) as tried:
        assert tried.execute(select(PlaceRow.id)) == []
        violin = made_up.instrument()
        assert lookups.instrument(tried, violin.id) is None
    assert made_up.show(violin.code).code == violin.code


def test_a_list_that_is_only_tried_tells_what_then_happens_and_leaves_nothing(made_up: MadeUp, tmp_path: Path) -> None:
    made_up.desk.staff = "Sam Drama"
    plans = list(_lists(tmp_path))
    for plan in (*plans, *map(_changed, plans)):
        before = made_up.dump()
        tried = import_file(made_up.desk, Plan(plan.file, plan.kind, words=plan.words, dry_run=True))
        assert made_up.dump() == before
        assert tried.changed == frozenset()
        done = import_file(made_up.desk, plan).result
        assert _but_for_identity(tried.result) == _but_for_identity(done)
        made_up.clock.go_on(60)
    assert made_up.complaints() == []


def _but_for_identity(done: importing.Imported) -> Mapping[str, object]:
    told = {name: getattr(done, name) for name in importing.Imported.__slots__}
    return {name: value for name, value in told.items() if name not in {"import_id", "dry_run"}}


def test_a_row_is_not_found_by_going_through_what_came_before(
    made_up: MadeUp, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A row of a list is matched by indexes in a trial too, or a long register would take for ever."""
    plans = list(_lists(tmp_path))
    for plan in plans:
        import_file(made_up.desk, plan)
    walks: dict[str, list[str]] = {}
    _watch(monkeypatch, walks)
    for plan in map(_changed, plans):
        import_file(made_up.desk, Plan(plan.file, plan.kind, words=plan.words, dry_run=True))
    assert len(walks) > 20
    long = ("instruments", "loans", "codes", "facts", "imported_rows", "notes")
    slow = {sql: steps for sql, steps in walks.items() if any(_goes_through(steps, table) for table in long)}
    assert slow == {}


def _goes_through(steps: list[str], table: str) -> bool:
    return any(
        step.startswith(("SCAN there_", "SCAN temp.came_", "SCAN temp.went_")) and table in step for step in steps
    )


def _watch(monkeypatch: pytest.MonkeyPatch, walks: dict[str, list[str]]) -> None:
    """Have every statement that a transaction runs say how it would be carried out."""
    begin = Transaction.__init__

    def watch(transaction: Transaction, connection: Connection) -> None:
        begin(transaction, connection)
        driver = connection.connection

        def plan(sql: str, values: Any) -> None:
            if sql not in walks and sql.lstrip().startswith(("SELECT", "INSERT", "UPDATE", "DELETE")):
                rows = driver.cursor().execute(f"EXPLAIN QUERY PLAN {sql}", values).fetchall()
                walks[sql] = [str(row[3]) for row in rows]

        @event.listens_for(connection, "before_cursor_execute")
        def _ask(_c: object, _cursor: object, sql: str, values: Any, _context: object, many: object) -> None:
            plan(sql, values[0] if many else values)

        monkeypatch.setattr(transaction, "_cursor", _Watching(transaction._cursor, plan))

    monkeypatch.setattr(Transaction, "__init__", watch)


class _Watching:
    """A cursor that tells what it is asked."""

    def __init__(self, cursor: Any, plan: Callable[[str, object], None]) -> None:
        self._cursor = cursor
        self._plan = plan

    def execute(self, sql: str, values: object = ()) -> None:
        self._plan(sql, values)
        self._cursor.execute(sql, values)

    def executemany(self, sql: str, rows: list[object]) -> None:
        self._plan(sql, rows[0])
        self._cursor.executemany(sql, rows)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._cursor, name)


PREVIEW = """
import sys
from pathlib import Path
from loanstore.domain.import_fields import ImportKind
from loanstore.operations.importing import Plan, import_file
from loanstore.storage.store import open_store
from tests.helpers.made_up import KEY, SALT, make_desk, new_id

def progress(done, total):
    if done == 1:
        print("half-way", flush=True)
        sys.stdin.readline()

store = open_store(Path(sys.argv[1]), KEY, SALT)
desk = make_desk(store, new_id())
done = import_file(desk, Plan(Path(sys.argv[2]), ImportKind.INSTRUMENTS, dry_run=True), progress).result
print(done.created, done.import_id)
"""


def test_a_desk_scans_while_another_looks_through_a_list(made_up: MadeUp, tmp_path: Path) -> None:
    """The other process stands still in the middle of its preview; what is scanned here is answered all the same."""
    school, violin = made_up.borrower("Oakfield School", kind="setting"), made_up.instrument()
    file = tmp_path / "list.csv"
    file.write_text(LISTS[ImportKind.INSTRUMENTS])
    words = [sys.executable, "-c", PREVIEW, str(made_up.path), str(file)]
    previewing = subprocess.Popen(words, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=ROOT)
    assert previewing.stdout is not None
    assert previewing.stdin is not None
    assert previewing.stdout.readline() == "half-way\n"
    assert made_up.answers(school.code, violin.code) == [Answer.BORROWER_CHOSEN, Answer.LENT]
    previewing.stdin.write("\n")
    previewing.stdin.close()
    assert previewing.stdout.read() == "2 None\n"
    assert previewing.wait() == 0
    previewing.stdout.close()
    assert made_up.complaints() == []


def test_a_preview_that_is_cancelled_leaves_nothing_and_nobody_waiting(made_up: MadeUp, tmp_path: Path) -> None:
    plan = next(_lists(tmp_path))
    before = made_up.dump()

    def stop(_done: int, _total: int) -> None:
        raise Refused("WORK_CANCELLED")

    with pytest.raises(Refused, match="WORK_CANCELLED"):
        import_file(made_up.desk, Plan(plan.file, plan.kind, dry_run=True), stop)
    assert made_up.dump() == before
    assert made_up.instrument().code
