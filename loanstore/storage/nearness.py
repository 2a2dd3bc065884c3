"""What a typed word may stand for where nothing begins with it: a misspelt word, or a piece out of a number."""

from __future__ import annotations

from dataclasses import replace
from string import digits
from typing import TYPE_CHECKING, Any, Final

from loanstore.domain.likeness import alike, distance
from loanstore.domain.listings import Listing
from loanstore.domain.search import words
from loanstore.storage import search

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from loanstore.domain.listings import Question
    from loanstore.storage.transaction import Transaction

SHORTEST_PIECE: Final = 3
MOST_NUMBERS: Final = 40
FEW: Final = 3
"""Where no more is found, what is only like what was typed is looked for too."""
MOST_NEAR: Final = 60
_AFTER_DIGITS: Final = chr(ord("9") + 1)

_HOLDING: Final = """
SELECT i.serial, (SELECT group_concat(c.form, ' ') FROM codes c WHERE c.owner = i.id)
FROM instruments i WHERE i.row IN (SELECT rowid FROM instruments_pieces WHERE instruments_pieces MATCH ? LIMIT 400)
"""


def _numbers_with(transaction: Transaction, piece: str) -> tuple[str, ...]:
    """Give the words of instruments' numbers that hold a piece."""
    if len(piece) < SHORTEST_PIECE:
        return ()
    rows = transaction.connection.exec_driver_sql(_HOLDING, (search.pieces(piece),))
    numbers = (word for serial, forms in rows for word in (search.plain(serial or ""), *words(forms or "")))
    return tuple(dict.fromkeys(word for word in numbers if piece in word))[:MOST_NUMBERS]


def _names(transaction: Transaction, table: str) -> Iterator[str]:
    """Walk the words without a digit: the many numbers between them are leapt over."""
    step = f"SELECT term FROM {table}_vocabulary WHERE term >= ?"  # noqa: S608 - one of two names
    begin: str | None = "a"
    while begin is not None:
        cursor = transaction.connection.exec_driver_sql(step, (begin,))
        begin = None
        for (term,) in cursor:
            digit = next((at for at, letter in enumerate(term) if letter in digits), None)
            if digit is None:
                yield term
            else:
                begin = term[:digit] + _AFTER_DIGITS
                break
        cursor.close()


def answered(
    transaction: Transaction,
    question: Question,
    tables: Sequence[str],
    ask: Callable[[Sequence[str], Question], Listing],
) -> Listing:
    """Answer a question as it is typed and, where that finds next to nothing, with what is like it after that.

    ``tables`` name those whose words are meant. ``ask`` answers a question whose words are given as queries of
    the search index, one each.
    """
    typed = words(question.find)
    found = ask([search.beginning(word) for word in typed], question)
    if not question.near or found.total > FEW or not typed:
        return found
    stands_for = _stand_ins(transaction, tables, typed)
    if not any(stands_for.values()):
        return found
    queries = [_any_of(word, others) for word, others in stands_for.items()]
    if not found.total:
        near = ask(queries, question)
        ranked = _ranked(near.lines, typed) if near.total <= MOST_NEAR and not question.sort else near.lines
        return replace(near, lines=ranked, near=near.total, meant=_meant(stands_for, near.lines))
    there = {line.id for line in found.lines}
    near = ask(queries, question.page(0, MOST_NEAR))
    others = _ranked([line for line in near.lines if line.id not in there], typed)
    return Listing(
        len(there) + len(others), (*found.lines, *others), near=len(others), meant=_meant(stands_for, others)
    )


def _stand_ins(transaction: Transaction, tables: Sequence[str], typed: Sequence[str]) -> dict[str, tuple[str, ...]]:
    """Give what each word may stand for, the likest first; where some begin nothing, the others are as typed."""
    unborne = [word for word in typed if not _bears(transaction, tables, search.beginning(word))]
    doubted = unborne or typed
    names = {word for word in doubted if not any(letter in digits for letter in word)}
    vocabulary = {known for table in tables for known in _names(transaction, table)} if names else set()
    like = {word: alike(word, vocabulary) if word in names else () for word in doubted}
    like = {
        word: tuple(other for other in found if _bears(transaction, tables, f'"{other}"'))
        for word, found in like.items()
    }
    if "instruments" in tables:
        like = {word: found or _numbers_with(transaction, word) for word, found in like.items()}
    return {word: like.get(word, ()) for word in typed}


def _bears(transaction: Transaction, tables: Sequence[str], query: str) -> bool:
    """Tell whether anything meets a query: the vocabulary keeps words for a while that nothing bears any more."""
    asked = [f"SELECT 1 FROM {table}_index WHERE {table}_index MATCH ? LIMIT 1" for table in tables]  # noqa: S608 - one of two names
    run = transaction.connection.exec_driver_sql
    return any(run(one, (query,)).first() is not None for one in asked)


def _ranked(lines: Sequence[Any], typed: Sequence[str]) -> tuple[Any, ...]:
    return tuple(sorted(lines, key=lambda line: distance(typed, _borne_by(line))))


def _meant(stands_for: Mapping[str, tuple[str, ...]], lines: Sequence[Any]) -> tuple[str, ...]:
    """Give the words that the lines bear instead of the typed ones; where lines show none, the likest."""
    borne = {word for line in lines for word in _borne_by(line)}
    meant = [other for word, like in stands_for.items() for other in like if other in borne and other != word]
    likest = [like[0] for word, like in stands_for.items() if like and like[0] != word]
    return tuple(dict.fromkeys(meant or likest)) if lines else ()


def _any_of(word: str, others: Sequence[str]) -> str:
    queries = [search.beginning(word), *(f'"{other}"' for other in others)]
    return f"({' OR '.join(queries)})"


def _borne_by(line: Any) -> list[str]:  # noqa: ANN401 - a line of any of the lists
    return [word for name in line.__slots__ if isinstance(said := getattr(line, name), str) for word in words(said)]
