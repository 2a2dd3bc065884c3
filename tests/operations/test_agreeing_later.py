"""Loans that went out without paper get it afterwards: one agreement for each borrower."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from loanstore.domain.errors import Refused
from loanstore.operations import agreeing_later, undoing

if TYPE_CHECKING:
    from tests.helpers.made_up import MadeUp


def _out_without_paper(made_up: MadeUp, *names: str) -> list[str]:
    loans = []
    for name in names:
        other = made_up.another_desk()
        answered = [made_up.borrower(name, "teacher").code, made_up.instrument().code, made_up.instrument().code]
        loans += [other.scan(code).loan or "" for code in answered][1:]
        other.close()
    return loans


def test_one_agreement_for_each_borrower_in_one_gesture(made_up: MadeUp) -> None:
    loans = _out_without_paper(made_up, "Drama, Alex", "Drama, Kim")
    made = agreeing_later.agree_on(made_up.desk, loans).result
    assert len(made.codes) == 2
    assert made.pdf.startswith(b"%PDF")
    items = made_up.dump()["agreement_items"]
    assert sorted(str(loan) for _agreement, loan in items) == sorted(loans)
    made_up.clock.go_on(10)
    assert undoing.undo(made_up.desk).result == ("agreed", "agreed")
    assert made_up.dump()["agreements"] == []
    assert made_up.complaints() == []


def test_what_has_an_agreement_or_has_ended_is_left_alone(made_up: MadeUp) -> None:
    loans = _out_without_paper(made_up, "Drama, Alex")
    agreeing_later.agree_on(made_up.desk, loans[:1])
    assert len(agreeing_later.agree_on(made_up.desk, loans).result.codes) == 1
    before = made_up.dump()
    with pytest.raises(Refused, match="NOTHING_TO_AGREE"):
        agreeing_later.agree_on(made_up.desk, [*loans, "no loan"])
    assert made_up.dump() == before
