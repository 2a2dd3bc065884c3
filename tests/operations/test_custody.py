"""Custody passed on and back without the loan ending, and the register of what children take home."""

from __future__ import annotations

import csv
from datetime import date
from typing import TYPE_CHECKING

import pytest

from loanstore.domain.errors import Refused
from loanstore.domain.facts import Draft, FactKind
from loanstore.operations import custody, lending, moving
from loanstore.operations.editing import edit
from loanstore.operations.undoing import undo
from loanstore.storage import aggregates, journal, registers
from tests.helpers.undone import folded, rebuilt_the_same, undo_brings_back

if TYPE_CHECKING:
    from pathlib import Path

    from tests.helpers.made_up import MadeUp

SCHOOL, OTHER, FAMILY, VIOLIN, CELLO, FLUTE, LIBRARY = (f"Z{n}" for n in range(1, 8))


@pytest.fixture(autouse=True)
def _lent_to_a_school(made_up: MadeUp) -> None:
    made_up.borrower("Oakfield Primary School", "setting", code=SCHOOL)
    made_up.borrower("Fenmarsh Primary School", "setting", code=OTHER)
    made_up.borrower("Drama, Sam", code=FAMILY, pupil="Alex")
    for code, kind in ((VIOLIN, "Violin"), (CELLO, "Cello"), (FLUTE, "Flute")):
        made_up.instrument(kind, code=code)
    lending.lend(made_up.desk, SCHOOL, [VIOLIN, CELLO])
    made_up.clock.go_on(days=3)


def _place(made_up: MadeUp, name: str, code: str, kind: str) -> str:
    with made_up.desk.gesturing() as (transaction, gesture):
        place = registers.place_named(transaction, name, kind, gesture.new_id())
        body = {"code": code, "codes": [[code, code, "main"]], "kind": kind}
        journal.append(transaction, gesture, [Draft(FactKind.PLACE_ADDED, place, body)])
        aggregates.refold(transaction, aggregates.named("place"), place)
        return place


def _custodian(made_up: MadeUp, code: str) -> str | None:
    loan = made_up.show(code).loan
    assert loan is not None
    return loan.custodian


def test_a_school_hands_it_to_a_family_and_the_loan_stays_the_schools(made_up: MadeUp) -> None:
    before = folded(made_up)
    done = custody.pass_on(made_up.desk, VIOLIN, FAMILY).result
    assert (done.responsible.code, done.custodian, done.back) == (SCHOOL, "Drama, Sam (for Alex)", False)
    violin = made_up.show(VIOLIN)
    assert violin.loan is not None
    assert violin.loan.ended is None
    assert violin.seen_as == "custody_passed"
    undo_brings_back(made_up, before)


def test_it_passes_to_another_school_to_a_library_and_home(made_up: MadeUp) -> None:
    library = _place(made_up, "Fenmarsh Library", LIBRARY, "drop-off")
    custody.pass_on(made_up.desk, VIOLIN, OTHER)
    assert _custodian(made_up, VIOLIN) is not None
    custody.pass_on(made_up.desk, VIOLIN, LIBRARY)
    assert _custodian(made_up, VIOLIN) == library
    custody.pass_all(made_up.desk, [CELLO], "Fenmarsh Library")
    assert _custodian(made_up, CELLO) == library
    assert custody.pass_on(made_up.desk, VIOLIN, SCHOOL).result.back
    assert _custodian(made_up, VIOLIN) is None
    rebuilt_the_same(made_up)


def test_what_is_only_reported_was_not_seen(made_up: MadeUp) -> None:
    seen = made_up.show(VIOLIN).seen
    custody.pass_on(made_up.desk, VIOLIN, FAMILY, seen=False)
    assert made_up.show(VIOLIN).seen == seen


def test_all_of_them_pass_or_none(made_up: MadeUp) -> None:
    before = made_up.dump()
    for codes, to, why in (
        ([VIOLIN, FLUTE], FAMILY, "NOT_ON_LOAN"),
        ([VIOLIN], SCHOOL, "THERE_ALREADY"),
        ([VIOLIN], "Z99", "NO_CUSTODIAN"),
        ([VIOLIN], CELLO, "NO_CUSTODIAN"),
    ):
        with pytest.raises(Refused, match=why):
            custody.pass_all(made_up.desk, codes, to)
    assert made_up.dump() == before
    _place(made_up, "Made-up Violins", LIBRARY, "repairer")
    with pytest.raises(Refused, match="REPAIRER_IS_NONE"):
        custody.pass_on(made_up.desk, VIOLIN, LIBRARY)


def test_the_register_says_who_has_what_since_when(made_up: MadeUp) -> None:
    custody.pass_on(made_up.desk, VIOLIN, FAMILY)
    with made_up.desk.gesturing() as (transaction, gesture):
        note = gesture.new_id()
        registers.add_note(transaction, note, "Robin")
        cello = lending.find_instrument(transaction, CELLO).instrument
        assert cello.loan is not None
        body = {"loan": cello.loan.id, "player": note}
        moving.record(transaction, gesture, [(cello, Draft(FactKind.ALLOCATED, cello.id, body))])
    register = custody.take_home(made_up.desk, SCHOOL)
    lines = [(one.code, one.player, one.holder, one.since) for one in register.lines]
    assert lines == [(VIOLIN, "Alex", "Drama, Sam", date(2026, 9, 17)), (CELLO, "Robin", "", date(2026, 9, 17))]
    assert custody.take_home(made_up.desk, OTHER).lines == ()
    undo(made_up.desk)
    undo(made_up.desk)
    assert custody.take_home(made_up.desk, SCHOOL).lines == ()


def test_the_register_goes_to_a_spreadsheet_harmlessly(made_up: MadeUp, tmp_path: Path) -> None:
    edit(made_up.desk, FAMILY, {"pupil": "=1+1"})
    custody.pass_on(made_up.desk, VIOLIN, FAMILY)
    file = tmp_path / "home.csv"
    custody.write_take_home(file, custody.take_home(made_up.desk, SCHOOL))
    rows = list(csv.reader(file.read_text("utf-8-sig").splitlines()))
    assert rows[0] == list(custody.COLUMNS)
    assert rows[1][0] == VIOLIN
    assert rows[1][3] == "'=1+1"


def test_a_borrower_who_keeps_something_is_not_undone(made_up: MadeUp) -> None:
    made_up.borrower("Drama, Robin", code="Z8")
    other = made_up.another_desk()
    custody.pass_on(other.desk, VIOLIN, "Z8")
    other.close()
    with pytest.raises(Refused, match="UNDO_BLOCKED"):
        undo(made_up.desk)
