"""The journal: facts are appended, chained by their digests, and read back; never changed."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import bindparam, func, insert, select

from loanstore.domain.facts import NO_DIGEST, VERSION, Draft, Fact, FactKind, canonical, digest_of
from loanstore.storage.tables import FactRow, ReversalRow
from loanstore.storage.transaction import Prepared

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from loanstore.domain.gestures import Gesture
    from loanstore.storage.transaction import Transaction

_FACT: Final = FactRow.__table__
_HEAD: Final = Prepared(
    select(FactRow.counter, FactRow.digest)
    .where(FactRow.desk == bindparam("desk"))
    .order_by(FactRow.counter.desc())
    .limit(1)
)
_APPEND: Final = Prepared(insert(FactRow))
_REVERSE: Final = Prepared(insert(ReversalRow))
_OF_SUBJECT: Final = Prepared(
    select(_FACT).where(FactRow.subject == bindparam("subject"), FactRow.gesture.not_in(select(ReversalRow.gesture)))
)
_OF_GESTURE: Final = Prepared(select(_FACT).where(FactRow.gesture == bindparam("gesture")).order_by(FactRow.counter))
_OF_DESK: Final = Prepared(select(_FACT).where(FactRow.desk == bindparam("desk")).order_by(FactRow.counter.desc()))


def append(transaction: Transaction, gesture: Gesture, drafts: Sequence[Draft]) -> list[Fact]:
    """Write a gesture's facts at the end of its desk's chain and give them as they stand there."""
    last = transaction.row(_HEAD, desk=gesture.desk)
    counter, digest = (last[0], last[1]) if last is not None else (0, NO_DIGEST)
    facts = []
    rows = []
    for draft in drafts:
        counter += 1
        fact, row = _written(gesture, draft, counter, digest)
        digest = fact.digest
        facts.append(fact)
        rows.append(row)
    if len(rows) == 1:
        transaction.run(_APPEND, **rows[0])
    else:
        transaction.run_many(_APPEND, rows)
    for fact in facts:
        if fact.kind is FactKind.REVERSED:
            transaction.run(_REVERSE, gesture=fact.body["gesture"], fact=fact.id)
    return facts


def _written(gesture: Gesture, draft: Draft, counter: int, before: str) -> tuple[Fact, dict[str, object]]:
    identity = draft.id or gesture.new_id()
    happened = draft.happened or gesture.at
    body = canonical(draft.body)
    columns: dict[str, object] = {
        "id": identity,
        "gesture": gesture.id,
        "kind": draft.kind.value,
        "version": VERSION,
        "desk": gesture.desk,
        "counter": counter,
        "staff": gesture.staff,
        "happened": happened,
        "recorded": gesture.at,
        "offset": gesture.offset,
        "subject": draft.subject,
        "body": body,
    }
    digest = digest_of(columns.values(), before)
    fact = Fact(
        identity,
        gesture.id,
        draft.kind,
        VERSION,
        gesture.desk,
        counter,
        gesture.staff,
        happened,
        gesture.at,
        gesture.offset,
        draft.subject,
        draft.body,
        digest,
    )
    return fact, {**columns, "digest": digest}


def read_fact(row: Sequence[Any]) -> Fact:
    """Read a fact from its row."""
    columns = list(row)
    columns[2] = FactKind(columns[2])
    columns[11] = json.loads(columns[11])
    return Fact(*columns)


def standing_facts(transaction: Transaction, subject: str) -> list[Fact]:
    """Give all facts about one thing that no undo has set aside."""
    return [read_fact(row) for row in transaction.rows(_OF_SUBJECT, subject=subject)]


def facts_and_reversals(transaction: Transaction, subject: str) -> tuple[list[Fact], dict[str, Fact]]:
    """Give all facts about one thing, undone ones too, and the facts that undid any, by the gesture they undid."""
    statement = select(_FACT).where(FactRow.subject == subject)
    facts = [read_fact(row) for row in transaction.execute(statement)]
    undoing = select(ReversalRow.gesture, *_FACT.c).join(FactRow, FactRow.id == ReversalRow.fact)
    rows = transaction.execute(undoing.where(ReversalRow.gesture.in_({fact.gesture for fact in facts})))
    return facts, {str(row[0]): read_fact(row[1:]) for row in rows}


def facts_named(transaction: Transaction, identity: str) -> list[Fact]:
    """Give the fact of that id, or those about the thing of that id: a loan is a fact, an agreement has one."""
    statement = select(_FACT).where((FactRow.id == identity) | (FactRow.subject == identity)).order_by(FactRow.counter)
    return [read_fact(row) for row in transaction.execute(statement)]


def facts_of_gesture(transaction: Transaction, gesture: str) -> list[Fact]:
    """Give a gesture's facts in the order they were written."""
    return [read_fact(row) for row in transaction.rows(_OF_GESTURE, gesture=gesture)]


def facts_of_desk_backwards(transaction: Transaction, desk: str) -> Iterator[Fact]:
    """Give a desk's facts, the latest first, read as far as they are asked for."""
    for row in transaction.stream(_OF_DESK, desk=desk):
        yield read_fact(row)


def reversed_gestures(transaction: Transaction) -> frozenset[str]:
    """Give the gestures that were undone."""
    return frozenset(row[0] for row in transaction.execute(select(ReversalRow.gesture)))


def is_reversed(transaction: Transaction, gesture: str) -> bool:
    """Tell whether a gesture was undone."""
    return bool(transaction.execute(select(ReversalRow.fact).where(ReversalRow.gesture == gesture)))


def count(transaction: Transaction) -> int:
    """Count the facts."""
    return int(transaction.execute(select(func.count()).select_from(FactRow))[0][0])


def head(transaction: Transaction, desk: str) -> int:
    """Give how many facts a desk has written."""
    row = transaction.row(_HEAD, desk=desk)
    return int(row[0]) if row is not None else 0


def broken_links(transaction: Transaction) -> Iterator[tuple[str, int, str]]:
    """Walk every desk's chain and give (desk, counter, fact) where a digest or a counter does not follow.

    An altered row is named itself; the chain is taken up again behind it, so that one altered row is one
    report.
    """
    statement = select(_FACT).order_by(FactRow.desk, FactRow.counter)
    desk, counter, digest = "", 0, NO_DIGEST
    for row in transaction.connection.execute(statement.execution_options(yield_per=2000)):
        if row.desk != desk:
            desk, counter, digest = row.desk, 0, NO_DIGEST
        counter += 1
        if row.counter != counter or digest_of(tuple(row)[:-1], digest) != row.digest:
            yield row.desk, row.counter, row.id
        counter, digest = row.counter, row.digest


def facts_of_kind(transaction: Transaction, kind: FactKind) -> list[Fact]:
    """Give every fact of a kind, in the order of desks and counters."""
    statement = select(_FACT).where(FactRow.kind == kind.value).order_by(FactRow.desk, FactRow.counter)
    return [read_fact(row) for row in transaction.execute(statement)]


def facts_by_subject(transaction: Transaction) -> Iterator[Fact]:
    """Give every fact that is about something, undone ones too, one subject after another."""
    statement = select(_FACT).where(FactRow.subject.is_not(None))
    ordered = statement.order_by(FactRow.subject, FactRow.desk, FactRow.counter)
    for row in transaction.connection.execute(ordered.execution_options(yield_per=2000)):
        yield read_fact(row)
