"""The power goes in the middle of a scan: nothing that was answered is missing, and the store is sound."""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest

from loanstore.domain import recovery
from loanstore.storage import journal
from tests.helpers.made_up import KEY
from tests.helpers.sources import ROOT

if TYPE_CHECKING:
    from pathlib import Path

    from tests.helpers.made_up import MadeUp

SCANS = int(os.environ.get("LOANSTORE_JOURNEY_SCANS", "500"))
POWER_CUTS = int(os.environ.get("LOANSTORE_JOURNEY_POWER_CUTS", "5"))
WORDS = " ".join(recovery.to_words(KEY))


@pytest.fixture
def scans(made_up: MadeUp) -> list[str]:
    """Give a long day's scans: borrowers, instruments and commands, a few that are not ours."""
    people = [made_up.borrower(f"Drama {n}", kind="teacher").code for n in range(6)]
    things = [made_up.instrument().code for _ in range(30)]
    chance = random.Random(2026)
    others = ["LSCMD-FINISH", "LSCMD-UNDO", "LSCMD-TAKE", "9780571245642", "CM-000001-X"]
    return [chance.choice(chance.choice([people, things, things, things, others])) for _ in range(SCANS)]


def begin(made_up: MadeUp, *words: str, scans: Path | None = None) -> subprocess.Popen[str]:
    """Start the program as a script would."""
    command = [sys.executable, "-m", "loanstore", "--store", str(made_up.path), "--json", *words]
    environment = {**os.environ, "LOANSTORE_PASSPHRASE": WORDS}
    given = scans.open() if scans is not None else subprocess.DEVNULL
    try:
        return subprocess.Popen(
            command, stdin=given, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd=ROOT, env=environment
        )
    finally:
        if not isinstance(given, int):
            given.close()


def facts_there(made_up: MadeUp, answers: list[dict[str, Any]]) -> list[str]:
    """Give the facts that answers named and the store does not hold."""
    with made_up.desk.store.reading() as transaction:
        return [a["fact"] for a in answers if a["fact"] and not journal.facts_named(transaction, a["fact"])]


@pytest.mark.timeout(600)
def test_every_scan_piped_in_is_answered(made_up: MadeUp, scans: list[str], tmp_path: Path) -> None:
    pile = tmp_path / "scans.txt"
    pile.write_text("\n\n".join(scans) + "\n")
    out, errors = begin(made_up, "scan", scans=pile).communicate()
    answers = [json.loads(line) for line in out.splitlines()]
    assert errors == ""
    assert [answer["n"] for answer in answers] == list(range(1, len(scans) + 1))
    assert facts_there(made_up, answers) == []
    assert made_up.complaints() == []


@pytest.mark.timeout(900)
def test_what_was_answered_before_the_power_went_is_in_the_store(
    made_up: MadeUp, scans: list[str], tmp_path: Path
) -> None:
    pile = tmp_path / "scans.txt"
    pile.write_text("\n".join(scans * 20) + "\n")
    chance = random.Random(4)
    for _ in range(POWER_CUTS):
        scanning = begin(made_up, "scan", scans=pile)
        assert scanning.stdout is not None
        lines = [scanning.stdout.readline() for _ in range(chance.randint(1, SCANS))]
        scanning.kill()
        rest, _errors = scanning.communicate()
        whole = [*lines, *rest.splitlines(keepends=True)]
        answers = [json.loads(line) for line in whole if line.endswith("\n")]
        assert answers
        assert facts_there(made_up, answers) == []
        assert made_up.complaints() == []
    verified, _errors = begin(made_up, "store", "verify").communicate()
    assert json.loads(verified)["ok"] is True
