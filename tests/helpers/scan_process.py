"""A process of its own that scans on a shared store for some seconds and prints each answer it was given."""

from __future__ import annotations

import json
import random
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

from loanstore.operations import scanning
from loanstore.storage.store import open_store
from tests.helpers.made_up import KEY, SALT, SetClock, make_desk, new_id


class RealClock(SetClock):
    """The machine's own clock."""

    def __call__(self) -> datetime:
        """Read it."""
        return datetime.now(UTC)


def main(path: str, identity: str, seconds: str, seed: str) -> None:
    """Scan borrowers, instruments and commands by chance; open and close the store now and then."""
    chance = random.Random(seed)
    codes = json.loads(sys.stdin.readline())
    until = time.monotonic() + float(seconds)
    while time.monotonic() < until:
        store = open_store(Path(path), KEY, SALT)
        desk = make_desk(store, identity or new_id(), RealClock())
        session = scanning.begin_session(desk)
        for _ in range(chance.randint(5, 60)):
            text = chance.choice(chance.choice(codes))
            outcome = scanning.scan(desk, text, session).result
            said = (outcome.answer, outcome.fact, outcome.loan, outcome.instrument.id if outcome.instrument else None)
            print(json.dumps(said), flush=True)
        store.close()


if __name__ == "__main__":
    main(*sys.argv[1:])
