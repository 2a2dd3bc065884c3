"""How a page of a long list is asked for: which keys in which order first, then the whole lines of those alone."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from loanstore.domain.listings import Question
    from loanstore.storage.transaction import Transaction

NO_LIMIT: Final = -1


@dataclass(frozen=True, slots=True)
class Source:
    """One list in SQL.

    ``lines`` selects whole lines and joins all they show; ``keys`` is the FROM of a page's keys alone, and
    ``joins`` what it needs beside where something with that prefix is asked. ``order`` is the list's own order;
    ``sorts`` and ``filters`` say by name what to sort by and what must hold, with one value each; ``standing``
    must hold always.
    """

    table: str
    key: str
    lines: str
    keys: str
    order: tuple[str, ...]
    sorts: Mapping[str, tuple[str, ...]]
    joins: Mapping[str, str] = field(default_factory=dict)
    filters: Mapping[str, str] = field(default_factory=dict)
    standing: str = ""


@dataclass(frozen=True, slots=True)
class Conditions:
    """What must hold, joined by AND, and the values in it."""

    sql: tuple[str, ...] = ()
    values: tuple[object, ...] = ()

    def also(self, sql: str, *values: object) -> Conditions:
        """Add one more."""
        return Conditions((*self.sql, sql), (*self.values, *values))


def filtered(source: Source, question: Question, met: Conditions) -> Conditions:
    """Add the filters that were chosen; one whose condition has no place for a value holds by itself."""
    if source.standing:
        met = met.also(source.standing)
    for name, value in question.chosen.items():
        sql = source.filters[name]
        met = met.also(sql, *([value] * sql.count("?")))
    return met


def count(transaction: Transaction, source: Source, met: Conditions, most: int | None) -> int:
    """Count the lines, as far as ``most``."""
    ended = "" if most is None else f" LIMIT {most}"
    asked = f"SELECT count(*) FROM (SELECT 1 {_from(source, met.sql)}{_where(met)}{ended})"  # noqa: S608 - written in code
    return int(transaction.connection.exec_driver_sql(asked, met.values).scalar_one())


def page(transaction: Transaction, source: Source, question: Question, met: Conditions) -> Sequence[Any]:
    """Give the rows of a page, sorted over the whole list."""
    inside, values = keys(source, question, met)
    asked = f"{source.lines} WHERE {source.key} IN ({inside}) ORDER BY {ordered(source, question)}"
    return transaction.connection.exec_driver_sql(asked, values).all()


def keys(source: Source, question: Question, met: Conditions) -> tuple[str, tuple[object, ...]]:
    """Write the query for the keys of a page, and give its values."""
    order = ordered(source, question)
    asked = f"SELECT {source.key} {_from(source, (*met.sql, order))}{_where(met)} ORDER BY {order} LIMIT ? OFFSET ?"
    cut = NO_LIMIT if question.limit is None else question.limit
    return asked, (*met.values, cut, question.offset)


def ordered(source: Source, question: Question) -> str:
    """Write the order that was asked for; what is alike stands in the list's own order."""
    way = " DESC" if question.descending else ""
    asked = [f"{expression}{way}" for expression in source.sorts[question.sort]] if question.sort else []
    return ", ".join([*asked, *(own + (way if question.sort else "") for own in source.order)])


def _from(source: Source, asked: Sequence[str]) -> str:
    named = set(re.findall(r"\b(\w+)\.", " ".join(asked)))
    return " ".join([source.keys, *(join for prefix, join in source.joins.items() if prefix in named)])


def _where(met: Conditions) -> str:
    return f" WHERE {' AND '.join(met.sql)}" if met.sql else ""
