"""Swapping up a size: one gesture, one agreement; what is refused and what is only told."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import pytest

from loanstore.domain.errors import Refused
from loanstore.domain.facts import Draft, FactKind
from loanstore.domain.loans import Status
from loanstore.domain.requests import RequestKind
from loanstore.domain.sizes import Step
from loanstore.operations import lending, moving, request_tables, requesting, setting_aside, swapping, undoing
from loanstore.operations.requesting import Wanted

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from loanstore.operations.desk import Desk
    from tests.helpers.made_up import MadeUp

SAM, OAK, HALF, NEXT, FULL, CELLO, LOST = "SAM", "OAK", "V1", "V2", "V3", "C1", "V9"


@pytest.fixture(autouse=True)
def _sound(made_up: MadeUp) -> Iterator[None]:
    yield
    assert made_up.complaints() == []


@pytest.fixture(autouse=True)
def desk(made_up: MadeUp) -> Desk:
    """Give a desk at which Sam has the half size and Oakfield the cello."""
    made_up.borrower("Drama, Sam", code=SAM, pupil="Alex")
    made_up.borrower("Oakfield Primary School", "setting", code=OAK)
    for code, size in ((HALF, "1/2"), (NEXT, "3/4"), (FULL, "4/4"), (LOST, "3/4")):
        made_up.instrument("Violin", size=size, code=code)
    made_up.instrument("Cello", size="1/2", code=CELLO)
    lending.lend(made_up.desk, SAM, [HALF], due=date(2027, 7, 1), kind="hire, free")
    lending.lend(made_up.desk, OAK, [CELLO])
    lending.declare_lost(made_up.desk, LOST, "left on a bus")
    made_up.clock.go_on(days=1)
    return made_up.desk


def test_one_comes_back_and_the_next_size_goes_out_on_one_new_agreement(made_up: MadeUp, desk: Desk) -> None:
    papers = len(made_up.dump()["agreements"])
    made = swapping.swap(desk, HALF, NEXT, "good").result
    assert (made.step, made.borrower.code, made.back.fields["condition"]) == (Step.UP, SAM, "good")
    assert made_up.show(HALF).status is Status.IN_STORE
    loan = made_up.show(NEXT).loan
    assert loan is not None
    assert (loan.id, loan.kind, loan.due) == (made.loan, "hire, free", "2027-07-01")
    assert len(made_up.dump()["agreements"]) == papers + 1
    assert len({fact.gesture for fact in made_up.facts()[-3:]}) == 1


def test_it_is_due_by_the_rules_where_that_is_later(desk: Desk) -> None:
    made = swapping.swap(desk, CELLO, FULL).result
    assert made.due == date(2026, 12, 18)


def test_undo_takes_all_of_it_back(made_up: MadeUp, desk: Desk) -> None:
    kept = {"facts", "reversals", "settings"}
    before = {name: rows for name, rows in made_up.dump().items() if name not in kept}
    swapping.swap(desk, HALF, NEXT)
    assert undoing.undo(desk).result == ("returned", "lent", "agreed")
    assert {name: rows for name, rows in made_up.dump().items() if name not in kept} == before


def test_who_has_it_and_who_plays_it_stay_as_they_were(made_up: MadeUp, desk: Desk) -> None:
    with desk.gesturing() as (transaction, gesture):
        cello = lending.find_instrument(transaction, CELLO).instrument
        assert cello.loan is not None
        passed = Draft(FactKind.CUSTODY_PASSED, cello.id, {"loan": cello.loan.id, "custodian": "C-1"})
        played = Draft(FactKind.ALLOCATED, cello.id, {"loan": cello.loan.id, "player": "P-1"})
        moving.record(transaction, gesture, [(cello, passed), (cello, played)])
    bigger = made_up.instrument("Cello", size="3/4").code
    swapping.swap(desk, CELLO, bigger)
    loan = made_up.show(bigger).loan
    assert loan is not None
    assert (loan.custodian, loan.player) == ("C-1", "P-1")


def test_without_an_essential_part_the_old_one_needs_attention(desk: Desk) -> None:
    made = swapping.swap(desk, HALF, NEXT, missing=["Bow"]).result
    assert made.back.status is Status.NEEDS_ATTENTION
    assert made.out.status is Status.ON_LOAN


def test_what_was_kept_for_the_family_meets_what_it_waited_for(made_up: MadeUp, desk: Desk) -> None:
    requesting.ask_for(desk, SAM, [Wanted("Violin 3/4", kind=RequestKind.WAIT)])
    setting_aside.set_aside(desk, NEXT, SAM)
    swapping.swap(desk, HALF, NEXT)
    (line,) = request_tables.list_requests(desk, closed=True)
    assert (line.closing, line.handed) == ("met", 1)
    swapping.swap(desk, NEXT, FULL)
    assert request_tables.list_requests(desk, closed=True) == (replace(line, handed=1),)
    assert made_up.show(NEXT).status is Status.IN_STORE


@pytest.mark.parametrize(("old", "new", "step"), [(HALF, FULL, Step.FAR), (HALF, NEXT, Step.UP), (CELLO, NEXT, None)])
def test_what_is_not_the_next_size_up_is_told_and_not_refused(
    desk: Desk, old: str, new: str, step: Step | None
) -> None:
    assert swapping.swap(desk, old, new).result.step is step


def test_a_family_at_its_limit_may_swap(made_up: MadeUp, desk: Desk) -> None:
    lending.lend(desk, SAM, [made_up.instrument().code])
    swapping.swap(desk, HALF, NEXT)


REFUSALS: dict[str, tuple[str, Callable[[Desk], object]]] = {
    "what nobody has": ("NOT_ON_LOAN", lambda d: swapping.swap(d, NEXT, FULL)),
    "for what another has": ("ALREADY_OUT", lambda d: swapping.swap(d, HALF, CELLO)),
    "for what is lost": ("NOT_LENDABLE", lambda d: swapping.swap(d, HALF, LOST)),
    "for itself": ("SWAPPED_FOR_ITSELF", lambda d: swapping.swap(d, HALF, HALF.lower())),
    "for nothing known": ("NO_INSTRUMENT", lambda d: swapping.swap(d, HALF, "nothing")),
    "for what is kept for another": (
        "NOT_LENDABLE",
        lambda d: [setting_aside.set_aside(d, NEXT, OAK), swapping.swap(d, HALF, NEXT)],
    ),
}


@pytest.mark.parametrize("story", REFUSALS)
def test_a_swap_is_refused_whole(made_up: MadeUp, desk: Desk, story: str) -> None:
    code, do = REFUSALS[story]
    with pytest.raises(Refused) as refused:
        do(desk)
    assert refused.value.code == code
    loan = made_up.show(HALF).loan
    assert loan is not None
    assert loan.ended is None
