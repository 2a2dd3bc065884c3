"""Taking stock at the scan desk: the place's label, then everything that stands there."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from loanstore.domain.answers import Answer
from loanstore.domain.loans import Status
from loanstore.operations import lending, placing, stocktake_reports, stocktaking

if TYPE_CHECKING:
    from tests.helpers.made_up import MadeUp


@pytest.fixture
def place(made_up: MadeUp) -> str:
    """Give the code of Store A, where stock is taken: V1 is there, V2 in Store B, Sam has V3, V4 and V5 are lost."""
    code = placing.add_place(made_up.desk, "Store A").result.code
    for name, stands in (("V1", "Store A"), ("V2", "Store B"), ("V3", "Store A"), ("V4", "Store A"), ("V5", "Store B")):
        made_up.instrument(code=name, location=stands)
    lending.lend(made_up.desk, made_up.borrower("Drama, Sam").code, ["V3"])
    for name in ("V4", "V5"):
        lending.declare_lost(made_up.desk, name, "not in the cupboard")
    made_up.clock.go_on(days=1)
    stocktaking.begin(made_up.desk, code)
    return code


def test_scans_at_the_desk_are_counted_as_the_report_tells_them(made_up: MadeUp, place: str) -> None:
    answers = made_up.answers(place, "V1", "V2", "V3", "V4", "V5", "Z-9")
    assert answers == [
        Answer.PLACE_CHOSEN, Answer.CHECKED, Answer.MOVED, Answer.SHOWN, Answer.FOUND, Answer.FOUND,
        Answer.UNKNOWN_CODE,
    ]  # fmt: skip
    report = stocktake_reports.report(made_up.desk, place)
    assert [line.code for line in report.expected] == ["V1"]
    assert [(line.code, line.before, line.place) for line in report.misplaced] == [("V2", "Store B", "Store A")]
    assert [(line.code, line.holder) for line in report.on_loan] == [("V3", "Drama, Sam")]
    assert [(line.code, line.place) for line in report.turned_up] == [("V4", "Store A"), ("V5", "Store A")]
    assert [line.text for line in report.unknown] == ["Z-9"]
    assert report.not_seen == ()
    assert made_up.show("V5").status is Status.IN_STORE
    assert made_up.complaints() == []


def test_undo_takes_back_the_last_scan_of_a_stocktake(made_up: MadeUp, place: str) -> None:
    made_up.answers(place, "V1", "V2")
    assert made_up.answers("LSCMD-UNDO") == [Answer.UNDONE]
    report = stocktake_reports.report(made_up.desk, place)
    assert ([line.code for line in report.expected], report.misplaced) == (["V1"], ())
    assert made_up.answers("LSCMD-UNDO") == [Answer.UNDONE]
    assert stocktake_reports.report(made_up.desk, place).found == 0


def test_a_desk_stops_counting_when_another_has_closed_the_stocktake(made_up: MadeUp, place: str) -> None:
    made_up.answers(place, "V1")
    stocktake = stocktaking.list_stocktakes(made_up.desk)[0].id
    other = made_up.another_desk()
    stocktaking.close(other.desk, stocktake)
    assert made_up.answers("V2") == [Answer.SHOWN]
    assert stocktake_reports.report(made_up.desk, stocktake).misplaced == ()
    other.close()
