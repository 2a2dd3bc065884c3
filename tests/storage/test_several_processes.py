"""Several processes on one file take turns: every answer true, no loan twice, never a word about locks."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from loanstore.domain.facts import FactKind
from loanstore.domain.loans import Ending
from tests.helpers.sources import ROOT

if TYPE_CHECKING:
    from pathlib import Path

    from loanstore.domain.facts import Fact
    from tests.helpers.made_up import MadeUp

SECONDS = float(os.environ.get("LOANSTORE_SOAK_SECONDS", "3"))
COMMANDS = ["LSCMD-FINISH", "LSCMD-UNDO", "LSCMD-TAKE", "LSCMD-BACK", "LSCMD-RETURN", "LSCMD-LEND", "LSCMD-SHOW"]
WRITES = {"LENT": FactKind.LENT, "RETURNED": FactKind.RETURNED, "FOUND": FactKind.FOUND, "UNDONE": FactKind.REVERSED}


@pytest.mark.timeout(SECONDS * 3 + 120)
@pytest.mark.parametrize("shared", [True, False], ids=["windows of one machine", "machines of their own"])
def test_three_processes_scan_on_one_store(made_up: MadeUp, tmp_path: Path, *, shared: bool) -> None:
    people = [made_up.borrower(f"Drama {n}", kind="teacher").code for n in range(4)]
    things = [made_up.instrument().code for _ in range(12)]
    identity = made_up.desk.identity if shared else ""
    codes = [people, things, things, things, COMMANDS]
    said = [tmp_path / f"said-{seed}" for seed in range(3)]
    scanning = [_begin(made_up, identity, codes, out) for out in said]
    verified = [made_up.complaints()]
    while any(process.poll() is None for process in scanning):
        verified.append(made_up.complaints())
        _wait_a_moment(scanning)
    assert [out.with_suffix(".errors").read_text() for out in said] == ["", "", ""]
    assert [process.returncode for process in scanning] == [0, 0, 0]
    assert [found for found in verified if found] == []
    answers = [json.loads(line) for out in said for line in out.read_text().splitlines()]
    assert len(answers) > 50
    _hold_to_the_journal(answers, _all_facts(made_up))
    assert Ending.SUPERSEDED not in {row[7] for row in made_up.dump()["loans"]}
    assert made_up.complaints() == []


def _begin(made_up: MadeUp, identity: str, codes: list[list[str]], out: Path) -> subprocess.Popen[str]:
    words = [sys.executable, "-m", "tests.helpers.scan_process", str(made_up.path), identity, str(SECONDS), out.name]
    with out.open("w") as answers, out.with_suffix(".errors").open("w") as errors:
        process = subprocess.Popen(words, stdin=subprocess.PIPE, stdout=answers, stderr=errors, text=True, cwd=ROOT)
    assert process.stdin is not None
    process.stdin.write(json.dumps(codes) + "\n")
    process.stdin.close()
    return process


def _wait_a_moment(processes: list[subprocess.Popen[str]]) -> None:
    for process in processes:
        try:
            process.wait(0.2)
        except subprocess.TimeoutExpired:
            return


def _all_facts(made_up: MadeUp) -> list[Fact]:
    from loanstore.storage import journal

    with made_up.desk.store.reading() as transaction:
        return [fact for kind in FactKind for fact in journal.facts_of_kind(transaction, kind)]


def _hold_to_the_journal(answers: list[list[str | None]], facts: list[Fact]) -> None:
    """Each answer that changed something names its fact, and the facts of one instrument follow each other truly."""
    by_id = {fact.id: fact for fact in facts}
    named = [fact for _answer, fact, _loan, _instrument in answers if fact]
    assert len(named) == len(set(named))
    for answer, fact, _loan, instrument in answers:
        if answer in WRITES:
            assert fact is not None
            assert by_id[fact].kind is WRITES[answer]
            assert answer == "UNDONE" or by_id[fact].subject == instrument
    for desk in {fact.desk for fact in facts}:
        counters = sorted(fact.counter for fact in facts if fact.desk == desk)
        assert counters == list(range(1, len(counters) + 1))


def test_a_scan_waits_its_turn_behind_another_process(made_up: MadeUp) -> None:
    """A second process holds the store for two seconds; the scan is answered after it, not refused."""
    violin = made_up.instrument()
    hold = (
        "import sys, time; from pathlib import Path; from loanstore.storage.store import open_store;"
        "from tests.helpers.made_up import KEY, SALT;"
        f"store = open_store(Path({str(made_up.path)!r}), KEY, SALT);\n"
        "with store.writing():\n print('held', flush=True); time.sleep(2)"
    )
    holding = subprocess.Popen([sys.executable, "-c", hold], stdout=subprocess.PIPE, text=True, cwd=ROOT)
    assert holding.stdout is not None
    assert holding.stdout.readline() == "held\n"
    assert made_up.scan(violin.code).answer == "SHOWN"
    assert holding.wait() == 0
    holding.stdout.close()
