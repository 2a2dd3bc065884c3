"""The floor of a scan: the same rows written by hand-written statements on the same SQLCipher, as durable."""

from __future__ import annotations

import json
from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING, Any, Final

from loanstore.domain.gestures import instant
from tests.helpers.made_up import new_id

if TYPE_CHECKING:
    from tests.helpers.made_up import SetClock

_LOOK_UP: Final = """
SELECT i.id, i.code, i.type, i.size, i.make, i.model, i.serial, i.status, i.seen, i.folded_to, l.id, l.borrower, l.due
FROM codes c JOIN instruments i ON i.id = c.owner LEFT JOIN loans l ON l.instrument = i.id AND l.ended IS NULL
WHERE c.form = ?
"""
_HEAD: Final = "SELECT counter, digest FROM facts WHERE desk = ? ORDER BY counter DESC LIMIT 1"
_FACT: Final = "INSERT INTO facts VALUES (?, ?, ?, 1, ?, ?, NULL, ?, ?, 0, ?, ?, ?)"
_LOAN: Final = "INSERT INTO loans (id, instrument, borrower, out, due, kind) VALUES (?, ?, ?, ?, ?, 'free loan')"
_ENDED: Final = "UPDATE loans SET ended = ?, ending = 'returned' WHERE id = ?"
_MOVED: Final = "UPDATE instruments SET status = ?, seen = ?, seen_as = ?, folded_to = ? WHERE id = ?"


@dataclass(slots=True)
class ScanFloor:
    """A desk with no rules, no session and no objects: two gestures, each one durable transaction."""

    connection: Any
    clock: SetClock
    desk: str
    borrower: str
    due: str

    def lend(self, form: str) -> None:
        """Look up, write the fact and the loan, move the instrument, commit."""
        execute = self.connection.execute
        execute("BEGIN IMMEDIATE")
        instrument = execute(_LOOK_UP, (form,)).fetchone()[0]
        body = json.dumps({"borrower": self.borrower, "due": self.due, "kind": "free loan"}, separators=(",", ":"))
        fact, at = self._fact("lent", instrument, body, "on loan")
        execute(_LOAN, (fact, instrument, self.borrower, at, self.due))
        execute("COMMIT")

    def bring_back(self, form: str) -> None:
        """Look up, write the fact, end the loan, move the instrument, commit."""
        execute = self.connection.execute
        execute("BEGIN IMMEDIATE")
        found = execute(_LOOK_UP, (form,)).fetchone()
        body = json.dumps({"ending": "returned", "loan": found[10]}, separators=(",", ":"))
        _fact, at = self._fact("returned", found[0], body, "in store")
        execute(_ENDED, (at, found[10]))
        execute("COMMIT")

    def _fact(self, kind: str, instrument: str, body: str, status: str) -> tuple[str, str]:
        execute = self.connection.execute
        self.clock.go_on(1)
        at, fact, gesture = instant(self.clock()), new_id(), new_id()
        counter, before = execute(_HEAD, (self.desk,)).fetchone() or (0, "")
        counter += 1
        line = [fact, gesture, kind, 1, self.desk, counter, None, at, at, 0, instrument, body, before]
        digest = sha256(json.dumps(line, separators=(",", ":"), ensure_ascii=False).encode()).hexdigest()
        execute(_FACT, (fact, gesture, kind, self.desk, counter, at, at, instrument, body, digest))
        execute(_MOVED, (status, at, kind, f"{at}|{self.desk}|{counter:012d}", instrument))
        return fact, at
