"""Van runs: what belongs on the van for a stop, and what loading, signing and unloading leave behind."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Final

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from loanstore.domain.arrivals import Crates, oldest_uncounted, paused
from loanstore.domain.dockets import DocketItem, counts
from loanstore.domain.facts import Fact, FactKind
from loanstore.domain.folding import fold_instrument
from loanstore.domain.gestures import instant
from loanstore.domain.loans import Aside, Instrument, Loan, Status
from loanstore.domain.requests import Request
from loanstore.domain.runs import (
    UNLOADABLE,
    Claim,
    Loading,
    LoadVerdict,
    Progress,
    Run,
    Stop,
    fold_run,
    judge_load,
    of_order,
)

NOW: Final = datetime(2026, 9, 14, 9, 0, tzinfo=UTC)
OAKFIELD, FENMARSH, ELSEWHERE = "b-oakfield", "b-fenmarsh", "b-elsewhere"
RUN: Final = Run("r-1", "CM-000001-X", "2026-09-15", (Stop(OAKFIELD), Stop(FENMARSH)))
VIOLIN: Final = Instrument("i-1", "CM-000002-V", {"type": "Violin", "size": "1/2"})
RIGHT: Final = LoadVerdict(Loading.RIGHT)


def lent(to: str, custodian: str | None = None) -> Loan:
    return Loan("l-1", "i-1", to, "2026-09-01", "2026-12-18", "free loan", custodian=custodian)


def order(borrower: str, size: str = "1/2", number: int = 2) -> Request:
    return Request(f"o-{borrower}-{size}", "CM-9", "order", borrower, "violin", size, number, "2026-09-01")


def wrong(claim: Claim, whose: str | None) -> LoadVerdict:
    return LoadVerdict(Loading.WRONG, claim, whose)


JUDGED: dict[str, tuple[Instrument, tuple[Request, ...], LoadVerdict]] = {
    "what is in store": (VIOLIN, (), RIGHT),
    "what they have on loan": (replace(VIOLIN, status=Status.ON_LOAN, loan=lent(OAKFIELD)), (), RIGHT),
    "what is in their keeping": (replace(VIOLIN, status=Status.ON_LOAN, loan=lent(ELSEWHERE, OAKFIELD)), (), RIGHT),
    "what is set aside for them": (replace(VIOLIN, aside=Aside(OAKFIELD, None, "2026-09-20")), (), RIGHT),
    "what they ordered": (VIOLIN, (order(OAKFIELD), order(FENMARSH)), RIGHT),
    "what somebody not on the run ordered": (VIOLIN, (order(ELSEWHERE),), RIGHT),
    "another size than the next stop ordered": (VIOLIN, (order(FENMARSH, "3/4"),), RIGHT),
    "what another has on loan": (
        replace(VIOLIN, status=Status.ON_LOAN, loan=lent(ELSEWHERE)),
        (),
        wrong(Claim.ON_LOAN, ELSEWHERE),
    ),
    "what is set aside for another": (
        replace(VIOLIN, aside=Aside(ELSEWHERE, None, "2026-09-20")),
        (),
        wrong(Claim.SET_ASIDE, ELSEWHERE),
    ),
    "what is set aside for nobody by name": (
        replace(VIOLIN, aside=Aside(None, "q-1", "2026-09-20")),
        (),
        wrong(Claim.SET_ASIDE, None),
    ),
    "what is loaded for the next stop": (
        replace(VIOLIN, status=Status.ON_VAN, van=("r-1", FENMARSH)),
        (),
        wrong(Claim.ON_VAN, FENMARSH),
    ),
    "what goes back to the store": (replace(VIOLIN, van=("r-1", "")), (), wrong(Claim.ON_VAN, None)),
    "what only the next stop ordered": (VIOLIN, (order(FENMARSH),), wrong(Claim.ORDERED, FENMARSH)),
    "what only the next stop ordered in any size": (VIOLIN, (order(FENMARSH, ""),), wrong(Claim.ORDERED, FENMARSH)),
    "what is loaded here already": (replace(VIOLIN, van=("r-1", OAKFIELD)), (), LoadVerdict(Loading.ALREADY)),
    "what is loaded for the same school on another run": (
        replace(VIOLIN, van=("r-2", OAKFIELD)),
        (),
        wrong(Claim.ON_VAN, OAKFIELD),
    ),
}


@pytest.mark.parametrize("story", JUDGED)
def test_a_thing_is_right_for_a_stop_unless_somebody_else_has_a_claim_on_it(story: str) -> None:
    thing, orders, verdict = JUDGED[story]
    assert judge_load(RUN, OAKFIELD, thing, orders) == verdict


@pytest.mark.parametrize("status", sorted(UNLOADABLE))
def test_what_is_gone_or_not_fit_goes_on_no_van(status: Status) -> None:
    assert judge_load(RUN, OAKFIELD, replace(VIOLIN, status=status)) == LoadVerdict(Loading.NOT_LOADABLE)


def test_an_order_takes_what_it_asked_for_and_no_more() -> None:
    orders = (order(OAKFIELD), order(OAKFIELD, ""))
    assert of_order(VIOLIN, OAKFIELD, orders, {}) == orders[0]
    assert of_order(VIOLIN, OAKFIELD, orders, {orders[0].id: 2}) == orders[1]
    assert of_order(VIOLIN, OAKFIELD, orders, {one.id: 2 for one in orders}) is None
    assert of_order(VIOLIN, FENMARSH, orders, {}) is None


def test_a_run_says_how_far_it_is() -> None:
    signed = replace(RUN, stops=(Stop(OAKFIELD, instant(NOW)), Stop(FENMARSH)))
    assert RUN.progress(0) is Progress.PLANNED
    assert RUN.progress(3) is Progress.LOADED
    assert signed.progress(1) is Progress.UNDER_WAY
    assert replace(signed, stops=signed.stops[:1]).progress(0) is Progress.DELIVERED
    assert replace(RUN, cancelled=instant(NOW)).progress(0) is Progress.CANCELLED


def test_stops_put_in_another_order_keep_their_signatures() -> None:
    bodies: list[tuple[FactKind, dict[str, object]]] = [
        (
            FactKind.RUN_PLANNED,
            {"code": "CM-1", "codes": [["CM1", "CM-1", "main"]], "day": "2026-09-15", "stops": ["a", "b"]},
        ),
        (FactKind.DELIVERED, {"borrower": "a", "signer": "n-1"}),
        (FactKind.RUN_CHANGED, {"day": "2026-09-16", "stops": ["b", "a", "c"]}),
    ]
    run = fold_run("r-1", [_fact(at, kind, body) for at, (kind, body) in enumerate(bodies)])
    assert run is not None
    assert run.day == "2026-09-16"
    assert [(stop.borrower, stop.signer) for stop in run.stops] == [("b", None), ("a", "n-1"), ("c", None)]


def _fact(at: int, kind: FactKind, body: dict[str, object]) -> Fact:
    moment = instant(NOW + timedelta(minutes=at))
    return Fact(f"f-{at}", f"g-{at}", kind, 1, "d-1", at + 1, None, moment, moment, 0, "i-1", body, "")


Told = tuple[FactKind, dict[str, object]]
Event = Told | str
ADDED: Final[Told] = (FactKind.INSTRUMENT_ADDED, {"code": "CM-2", "codes": [["CM2", "CM-2", "main"]], "fields": {}})
LOADED: Final[Told] = (FactKind.LOADED, {"run": "r-1", "borrower": OAKFIELD})
PICKED_UP: Final[Told] = (FactKind.LOADED, {"run": "r-1", "borrower": OAKFIELD, "collected": True})
UNLOADED: Final[Told] = (FactKind.UNLOADED, {"run": "r-1"})
ASIDE: Final[Told] = (FactKind.SET_ASIDE, {"borrower": OAKFIELD, "until": "2026-09-20"})
LENT: Final[Told] = (FactKind.LENT, {"borrower": OAKFIELD, "due": "2026-12-18"})
RETURNED: Final[Told] = (FactKind.RETURNED, {})
MOVED: Final[Told] = (FactKind.MOVED, {"place": "p-1"})
PASSED: Final = "passed"
"""Stands for custody passing on whatever loan stands."""


def folded(*events: Event) -> Instrument:
    facts = [_fact(0, *ADDED)]
    for at, event in enumerate(events, 1):
        if isinstance(event, str):
            out = next((fact.id for fact in reversed(facts) if fact.kind is FactKind.LENT), "none")
            facts.append(_fact(at, FactKind.CUSTODY_PASSED, {"loan": out, "custodian": FENMARSH}))
        else:
            facts.append(_fact(at, *event))
    state = fold_instrument("i-1", facts)
    assert state is not None
    return state


def test_loading_is_not_delivering() -> None:
    state = folded(LOADED)
    assert (state.status, state.van, state.loan) == (Status.ON_VAN, ("r-1", OAKFIELD), None)


def test_what_is_on_loan_keeps_its_loan_and_its_custodian_on_the_van() -> None:
    state = folded(LENT, LOADED)
    assert (state.status, state.van) == (Status.ON_LOAN, ("r-1", OAKFIELD))
    assert state.loan is not None
    assert state.loan.custodian is None


def test_the_van_is_empty_of_it_once_custody_has_passed() -> None:
    state = folded(LENT, LOADED, PASSED)
    assert state.van is None
    assert state.loan is not None
    assert state.loan.custodian == FENMARSH


def test_a_loan_that_begins_at_the_stop_takes_it_off_the_van() -> None:
    state = folded(LOADED, LENT)
    assert (state.status, state.van) == (Status.ON_LOAN, None)


def test_what_is_picked_up_is_bound_for_the_store_and_still_on_loan_until_it_is_checked_in() -> None:
    aboard = folded(LENT, PICKED_UP)
    assert (aboard.status, aboard.van) == (Status.ON_LOAN, ("r-1", ""))
    home = folded(LENT, PICKED_UP, RETURNED)
    assert (home.status, home.van, home.loan) == (Status.IN_STORE, None, None)


def test_what_was_set_aside_is_set_aside_still_when_it_comes_off_the_van() -> None:
    assert folded(ASIDE, LOADED).status is Status.ON_VAN
    assert folded(ASIDE, LOADED, UNLOADED).status is Status.SET_ASIDE
    assert folded(ASIDE, LOADED, MOVED).status is Status.SET_ASIDE
    assert folded(ASIDE, LOADED, LENT).aside is None


def test_what_needs_attention_does_not_get_well_by_a_drive() -> None:
    broken: Event = (FactKind.RETURNED, {"attention": True})
    assert folded(LENT, broken, LOADED).status is Status.NEEDS_ATTENTION
    assert folded(LENT, broken, LOADED, UNLOADED).status is Status.NEEDS_ATTENTION


@given(
    st.lists(
        st.sampled_from(
            (
                LOADED,
                PICKED_UP,
                UNLOADED,
                LENT,
                RETURNED,
                MOVED,
                PASSED,
                ASIDE,
                (FactKind.LOST, {}),
                (FactKind.FOUND, {}),
                (FactKind.RETIRED, {}),
                (FactKind.MISSED, {}),
                (FactKind.DISPOSED, {}),
            )
        ),
        min_size=3,
        max_size=9,
    )
)
@settings(max_examples=400, deadline=None)
def test_a_thing_is_on_the_van_or_lent_or_in_store_and_never_two_at_once(events: list[Event]) -> None:
    state = folded(*events)
    if state.status is Status.ON_VAN:
        assert state.van is not None
        assert state.loan is None
    if state.van is not None:
        assert state.status in {Status.ON_VAN, Status.ON_LOAN}
    if state.status is Status.ON_LOAN:
        assert state.loan is not None


def test_reminders_pause_while_crates_stand_uncounted() -> None:
    first = Crates("c-2", OAKFIELD, "2026-07-17", 3)
    later = Crates("c-1", OAKFIELD, "2026-07-20", 1)
    counted = replace(first, counted="2026-07-24T09:00:00.000000Z")
    assert paused(OAKFIELD, [first, later])
    assert not paused(FENMARSH, [first, later])
    assert not paused(OAKFIELD, [counted])
    assert oldest_uncounted(OAKFIELD, [later, first]) == first
    assert oldest_uncounted(OAKFIELD, [counted, later]) == later
    assert oldest_uncounted(OAKFIELD, [counted]) is None


def test_a_docket_counts_by_type_and_size() -> None:
    items = [DocketItem("CM1", "Violin 1/2"), DocketItem("CM2", "cello 3/4"), DocketItem("CM3", "Violin 1/2")]
    assert counts(items) == (("cello 3/4", 1), ("Violin 1/2", 2))
