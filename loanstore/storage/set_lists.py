"""The list of class sets: each with how many of its instruments are in, out with it and elsewhere."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from loanstore.domain.class_sets import AWAY
from loanstore.domain.search import words
from loanstore.storage.lists import Listing

if TYPE_CHECKING:
    from loanstore.storage.transaction import Transaction

_STATUSES: Final = ", ".join(f"'{status.value}'" for status in sorted(AWAY))
_SELECT: Final = f"""
SELECT s.id, s.code, s.name,
  json_group_array(DISTINCT trim(coalesce(i.type, '') || ' ' || coalesce(i.size, ''))),
  count(i.id),
  coalesce(sum(i.id IS NOT NULL AND l.id IS NULL AND i.status NOT IN ({_STATUSES})), 0),
  coalesce(sum(l.class_set IS NOT NULL AND l.class_set = s.id), 0),
  json_group_array(DISTINCT CASE WHEN l.class_set = s.id THEN coalesce(b.name, b.code) END),
  min(CASE WHEN l.class_set = s.id THEN l.due END)
FROM class_sets s
LEFT JOIN instruments i ON i.class_set = s.id
LEFT JOIN loans l ON l.instrument = i.id AND l.ended IS NULL
LEFT JOIN borrowers b ON b.id = l.borrower
WHERE s.dissolved IS NULL
GROUP BY s.id
ORDER BY s.code
"""  # noqa: S608 - the statuses are this program's own words


@dataclass(frozen=True, slots=True)
class SetLine:
    """A set in a list; ``here``, ``out`` and ``elsewhere`` count its ``members``, ``due`` is its earliest ISO day.

    ``what`` names its kinds of instrument, ``borrowers`` those it is out with, one after another.
    """

    id: str
    code: str
    name: str
    what: str
    members: int
    here: int
    out: int
    elsewhere: int
    borrowers: str
    due: str | None


def class_sets(transaction: Transaction, find: str = "", limit: int | None = None) -> Listing:
    """List the sets that are not dissolved, by code; ``find`` holds words met by code, name, kind or borrower."""
    lines = [_line(*row) for row in transaction.connection.exec_driver_sql(_SELECT)]
    met = [line for line in lines if _meets(line, find)]
    return Listing(len(met), tuple(met if limit is None else met[:limit]))


def _line(identity: str, code: str, name: str, *rest: Any) -> SetLine:  # noqa: ANN401 - the columns of a row
    kinds, members, here, out, borrowers, due = rest
    what, whom = (", ".join(filter(None, json.loads(text))) for text in (kinds, borrowers))
    return SetLine(identity, code, name, what, members, here, out, members - here - out, whom, due)


def _meets(line: SetLine, find: str) -> bool:
    borne = words(f"{line.code} {line.name} {line.what} {line.borrowers}")
    return all(any(word.startswith(typed) for word in borne) for typed in words(find))
