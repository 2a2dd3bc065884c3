"""Van runs by hand: planned, loaded, delivered and undone; what is refused changes nothing."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from loanstore.domain.errors import Refused
from loanstore.domain.facts import Draft, FactKind
from loanstore.domain.loans import Status
from loanstore.domain.runs import Progress
from loanstore.operations import delivering, handing_over, lending, planning, receiving, touring, undoing
from loanstore.storage import aggregates, folding, journal, registers
from tests.helpers.undone import rebuilt_the_same

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from loanstore.operations.desk import Desk
    from tests.helpers.made_up import MadeUp

OAKFIELD, FENMARSH, SAM = "OAK1", "FEN1", "SAM1"
VIOLIN, CELLO, FLUTE, HARP = "V1", "C1", "F1", "H1"
DAY = date(2026, 9, 15)
BESIDE = {"facts", "notes", "reversals", "settings", "desks", "staff"}
"""Tables that remember what happened, though it is undone."""


@pytest.fixture(autouse=True)
def _sound(made_up: MadeUp) -> Iterator[None]:
    yield
    rebuilt_the_same(made_up)


@pytest.fixture(autouse=True)
def run(made_up: MadeUp) -> str:
    """Give a run to two schools; Sam has the cello, the harp is lost."""
    made_up.borrower("Oakfield Primary School", "setting", code=OAKFIELD)
    made_up.borrower("Fenmarsh Primary School", "setting", code=FENMARSH)
    made_up.borrower("Drama, Sam", code=SAM)
    for code, kind in ((VIOLIN, "Violin"), (CELLO, "Cello"), (FLUTE, "Flute"), (HARP, "Harp")):
        made_up.instrument(kind, code=code)
    lending.lend(made_up.desk, SAM, [CELLO])
    lending.declare_lost(made_up.desk, HARP, "left on a bus")
    planned = planning.plan(made_up.desk, DAY, [OAKFIELD, FENMARSH]).result
    made_up.clock.go_on(60)
    return planned.code


def folded(made_up: MadeUp) -> dict[str, list[tuple[object, ...]]]:
    return {name: rows for name, rows in made_up.dump().items() if name not in BESIDE}


def refused(do: Callable[[], object]) -> str:
    with pytest.raises(Refused) as said:
        do()
    return said.value.code


def set_aside(made_up: MadeUp, code: str, borrower: str, request: str | None = None) -> None:
    """Set an instrument aside for somebody, as the fact that does so says it."""
    with made_up.desk.gesturing() as (transaction, gesture):
        thing = lending.find_instrument(transaction, code).instrument
        who = lending.find_borrower(transaction, borrower).id
        body = {"borrower": who, "request": request, "until": "2026-09-30"}
        (fact,) = journal.append(transaction, gesture, [Draft(FactKind.SET_ASIDE, thing.id, body)])
        folding.fold_in(transaction, thing, fact)


def make_order(made_up: MadeUp, borrower: str, kind: str, number: int) -> str:
    """Note that a school ordered so many, and give the order's id."""
    with made_up.desk.gesturing() as (transaction, gesture):
        who = lending.find_borrower(transaction, borrower).id
        identity = made_up.desk.new_id()
        body = {"code": f"Q{who[-4:]}", "codes": [], "kind": "order", "borrower": who, "type": kind, "number": number}
        journal.append(transaction, gesture, [Draft(FactKind.REQUESTED, identity, body)])
        aggregates.refold(transaction, aggregates.named("request"), identity)
        return identity


def make_set(made_up: MadeUp, code: str, *members: str) -> None:
    """Make a class set of instruments."""
    with made_up.desk.gesturing() as (transaction, gesture):
        identity = made_up.desk.new_id()
        body = {"code": code, "codes": [[code, code, "main"]], "name": "Blue violins"}
        journal.append(transaction, gesture, [Draft(FactKind.SET_MADE, identity, body)])
        aggregates.refold(transaction, aggregates.named("set"), identity)
        for member in members:
            thing = lending.find_instrument(transaction, member).instrument
            (fact,) = journal.append(transaction, gesture, [Draft(FactKind.JOINED_SET, thing.id, {"set": identity})])
            folding.fold_in(transaction, thing, fact)


REFUSALS: dict[str, tuple[str, Callable[[Desk, str], object]]] = {
    "a run without a stop": ("NO_STOPS", lambda d, _r: planning.plan(d, DAY, [])),
    "the same stop twice": ("STOP_TWICE", lambda d, _r: planning.plan(d, DAY, [OAKFIELD, FENMARSH, OAKFIELD])),
    "a stop at nobody's": ("NO_BORROWER", lambda d, _r: planning.plan(d, DAY, ["Z9"])),
    "a run nobody planned": ("NO_RUN", lambda d, _r: delivering.load(d, "Z9", OAKFIELD, VIOLIN)),
    "a violin for a run": ("NO_RUN", lambda d, _r: delivering.load(d, VIOLIN, OAKFIELD, VIOLIN)),
    "a stop that is none": ("NOT_A_STOP", lambda d, r: delivering.load(d, r, SAM, VIOLIN)),
    "loading what is lost": ("NOT_LOADABLE", lambda d, r: delivering.load(d, r, OAKFIELD, HARP, anyway=True)),
    "loading what another has": ("LENT_ELSEWHERE", lambda d, r: delivering.load(d, r, OAKFIELD, CELLO)),
    "several of which one is wrong": (
        "LENT_ELSEWHERE",
        lambda d, r: delivering.load_all(d, r, OAKFIELD, [VIOLIN, CELLO]),
    ),
    "unloading what is on no van": ("NOT_ON_VAN", lambda d, _r: delivering.unload(d, [VIOLIN])),
    "collecting what they do not have": ("NOT_THEIRS", lambda d, r: delivering.collect(d, r, OAKFIELD, [CELLO])),
    "delivering nothing": ("NOTHING_FOR_STOP", lambda d, r: handing_over.deliver(d, r, OAKFIELD, "M. Example")),
    "a docket nobody signed": ("NO_SIGNER", lambda d, r: handing_over.deliver(d, r, OAKFIELD, " ")),
    "delivering tomorrow": (
        "NOT_YET",
        lambda d, r: handing_over.deliver(d, r, OAKFIELD, "M. Example", on=date(2026, 9, 15)),
    ),
    "no crates": ("NO_CRATES_SAID", lambda d, _r: receiving.crates_arrived(d, OAKFIELD, 0)),
    "crates of tomorrow": ("NOT_YET", lambda d, _r: receiving.crates_arrived(d, OAKFIELD, 1, date(2026, 9, 15))),
    "counting what never came": ("NO_CRATES", lambda d, _r: receiving.crates_counted(d, OAKFIELD)),
}


@pytest.mark.parametrize("story", REFUSALS)
def test_a_refusal_says_why_and_changes_nothing(made_up: MadeUp, run: str, story: str) -> None:
    code, do = REFUSALS[story]
    before = made_up.dump()
    assert refused(lambda: do(made_up.desk, run)) == code
    assert made_up.dump() == before


GESTURES: dict[str, Callable[[Desk, str], object]] = {
    "planning": lambda d, _r: planning.plan(d, DAY, [FENMARSH]),
    "another day and order": lambda d, r: planning.change(
        d, r, day=date(2026, 9, 16), borrower_codes=[FENMARSH, OAKFIELD]
    ),
    "a stop less": lambda d, r: planning.change(d, r, borrower_codes=[FENMARSH]),
    "calling it off": planning.cancel,
    "loading": lambda d, r: delivering.load_all(d, r, OAKFIELD, [FLUTE]),
    "loading all the same": lambda d, r: delivering.load(d, r, OAKFIELD, CELLO, anyway=True),
    "collecting all the same": lambda d, r: delivering.collect(d, r, OAKFIELD, [CELLO, HARP], anyway=True),
    "crates arriving": lambda d, _r: receiving.crates_arrived(d, OAKFIELD, 3),
}


@pytest.mark.parametrize("story", GESTURES)
def test_every_gesture_is_undone_whole(made_up: MadeUp, run: str, story: str) -> None:
    before = folded(made_up)
    GESTURES[story](made_up.desk, run)
    assert folded(made_up) != before
    undoing.undo(made_up.desk)
    assert folded(made_up) == before


def test_a_delivery_is_undone_whole_and_the_things_are_on_the_van_again(made_up: MadeUp, run: str) -> None:
    make_order(made_up, OAKFIELD, "Violin", 1)
    delivering.load_all(made_up.desk, run, OAKFIELD, [VIOLIN, FLUTE])
    delivering.load(made_up.desk, run, OAKFIELD, CELLO, anyway=True)
    before = folded(made_up)
    handing_over.deliver(made_up.desk, run, OAKFIELD, "M. Example", brought_back=[FLUTE])
    assert folded(made_up) != before
    undoing.undo(made_up.desk)
    assert folded(made_up) == before
    assert made_up.show(VIOLIN).status is Status.ON_VAN


def test_unloading_and_counting_are_undone_whole(made_up: MadeUp, run: str) -> None:
    delivering.load(made_up.desk, run, OAKFIELD, VIOLIN)
    receiving.crates_arrived(made_up.desk, OAKFIELD, 3)
    before = folded(made_up)
    delivering.unload(made_up.desk, [VIOLIN])
    undoing.undo(made_up.desk)
    assert folded(made_up) == before
    receiving.crates_counted(made_up.desk, OAKFIELD)
    undoing.undo(made_up.desk)
    assert folded(made_up) == before


def test_loading_hands_nothing_over_and_the_signed_docket_does(made_up: MadeUp, run: str) -> None:
    delivering.load(made_up.desk, run, OAKFIELD, VIOLIN)
    delivering.load(made_up.desk, run, OAKFIELD, CELLO, anyway=True)
    assert (made_up.show(VIOLIN).status, made_up.show(VIOLIN).loan) == (Status.ON_VAN, None)
    assert made_up.show(CELLO).status is Status.ON_LOAN
    made_up.clock.go_on(days=1)
    made = handing_over.deliver(made_up.desk, run, OAKFIELD, "M. Example").result
    assert [one.code for one in made.lent] == [VIOLIN]
    assert [one.code for one in made.passed] == [CELLO]
    violin, cello = made_up.show(VIOLIN), made_up.show(CELLO)
    assert violin.loan is not None
    assert violin.loan.out[:10] == "2026-09-15"
    assert (violin.van, cello.van) == (None, None)
    assert cello.loan is not None
    with made_up.desk.store.reading() as transaction:
        assert cello.loan.custodian == lending.find_borrower(transaction, OAKFIELD).id
        assert registers.agreement_of(transaction, violin.loan.id) is not None
    stop = touring.run_card(made_up.desk, run).stops[0]
    assert (stop.signer, stop.signed) == ("M. Example", DAY)
    assert {line.code for line in stop.delivered} == {VIOLIN, CELLO}


def test_the_signers_name_is_in_no_fact(made_up: MadeUp, run: str) -> None:
    delivering.load(made_up.desk, run, OAKFIELD, VIOLIN)
    handing_over.deliver(made_up.desk, run, OAKFIELD, "Example, Morgan")
    assert "Morgan" not in repr(made_up.facts())


def test_what_they_have_already_gets_a_paper_with_the_rest_and_stays_theirs(made_up: MadeUp, run: str) -> None:
    made_up.answers(OAKFIELD, FLUTE)
    delivering.load_all(made_up.desk, run, OAKFIELD, [VIOLIN, FLUTE])
    made = handing_over.deliver(made_up.desk, run, OAKFIELD, "M. Example").result
    flute = made_up.show(FLUTE)
    assert flute.loan is not None
    assert flute.loan.custodian is None
    with made_up.desk.store.reading() as transaction:
        papers = registers.agreements_for(transaction, flute.loan.id)
        assert len(registers.loans_of_agreement(transaction, papers[0])) == 2
    assert made.agreement is not None


def test_a_docket_signed_earlier_lends_as_of_that_day(made_up: MadeUp, run: str) -> None:
    delivering.load(made_up.desk, run, OAKFIELD, VIOLIN)
    made_up.clock.go_on(days=3)
    handing_over.deliver(made_up.desk, run, OAKFIELD, "M. Example", on=DAY)
    loan = made_up.show(VIOLIN).loan
    assert loan is not None
    assert loan.out == "2026-09-15T12:00:00.000000Z"
    assert touring.run_card(made_up.desk, run).stops[0].signed == DAY


def test_what_comes_back_on_the_van_is_unloaded_and_not_lent(made_up: MadeUp, run: str) -> None:
    delivering.load_all(made_up.desk, run, OAKFIELD, [VIOLIN, FLUTE])
    assert refused(lambda: handing_over.deliver(made_up.desk, run, OAKFIELD, "M. Example", brought_back=[CELLO])) == (
        "NOT_FOR_STOP"
    )
    handing_over.deliver(made_up.desk, run, OAKFIELD, "M. Example", brought_back=[FLUTE])
    assert made_up.show(VIOLIN).status is Status.ON_LOAN
    assert (made_up.show(FLUTE).status, made_up.show(FLUTE).van) == (Status.IN_STORE, None)


def test_a_stop_is_signed_for_once(made_up: MadeUp, run: str) -> None:
    delivering.load(made_up.desk, run, OAKFIELD, VIOLIN)
    handing_over.deliver(made_up.desk, run, OAKFIELD, "M. Example")
    assert refused(lambda: delivering.load(made_up.desk, run, OAKFIELD, FLUTE)) == "STOP_SIGNED"
    assert refused(lambda: planning.change(made_up.desk, run, borrower_codes=[FENMARSH])) == "STOP_SIGNED"
    assert refused(lambda: planning.cancel(made_up.desk, run)) == "STOP_SIGNED"
    assert touring.run_card(made_up.desk, run).progress is Progress.UNDER_WAY


def test_a_wrong_stop_says_whose_it_is_and_can_be_overruled(made_up: MadeUp, run: str) -> None:
    set_aside(made_up, VIOLIN, FENMARSH)
    make_order(made_up, FENMARSH, "Flute", 1)
    with pytest.raises(Refused) as said:
        delivering.load(made_up.desk, run, OAKFIELD, VIOLIN)
    assert said.value.code == "ASIDE_ELSEWHERE"
    assert said.value.facts["whose"] == "Fenmarsh Primary School"
    assert refused(lambda: delivering.load(made_up.desk, run, OAKFIELD, FLUTE)) == "ORDERED_ELSEWHERE"
    delivering.load(made_up.desk, run, FENMARSH, FLUTE)
    assert refused(lambda: delivering.load(made_up.desk, run, OAKFIELD, FLUTE)) == "LOADED_ELSEWHERE"
    assert refused(lambda: delivering.load(made_up.desk, run, FENMARSH, FLUTE)) == "ALREADY_LOADED"
    delivering.load(made_up.desk, run, OAKFIELD, VIOLIN, anyway=True)
    delivering.load(made_up.desk, run, OAKFIELD, FLUTE, anyway=True)
    handing_over.deliver(made_up.desk, run, OAKFIELD, "M. Example")
    assert made_up.show(VIOLIN).aside is None


def test_what_was_set_aside_is_so_again_when_it_comes_off_the_van(made_up: MadeUp, run: str) -> None:
    set_aside(made_up, VIOLIN, OAKFIELD)
    delivering.load(made_up.desk, run, OAKFIELD, VIOLIN)
    assert made_up.show(VIOLIN).status is Status.ON_VAN
    delivering.unload(made_up.desk, [VIOLIN])
    assert made_up.show(VIOLIN).status is Status.SET_ASIDE


def test_a_delivery_counts_towards_what_was_ordered_and_no_further(made_up: MadeUp, run: str) -> None:
    more = [made_up.instrument("Violin").code for _n in range(2)]
    wanted = make_order(made_up, OAKFIELD, "Violin", 2)
    delivering.load_all(made_up.desk, run, OAKFIELD, [VIOLIN, *more])
    handing_over.deliver(made_up.desk, run, OAKFIELD, "M. Example")
    requests = [loan.request for code in (VIOLIN, *more) if (loan := made_up.show(code).loan) is not None]
    assert sorted(filter(None, requests)) == [wanted, wanted]


def test_a_class_set_is_loaded_by_one_code_but_for_what_is_out(made_up: MadeUp, run: str) -> None:
    make_set(made_up, "BLUE", VIOLIN, FLUTE, CELLO, HARP)
    made = delivering.load(made_up.desk, run, OAKFIELD, "BLUE").result
    assert {one.code for one in made.instruments} == {VIOLIN, FLUTE}
    assert {one.code for one in made.left} == {CELLO, HARP}
    assert refused(lambda: delivering.load(made_up.desk, run, OAKFIELD, "BLUE")) == "NOTHING_TO_LOAD"
    handing_over.deliver(made_up.desk, run, OAKFIELD, "M. Example")
    loan = made_up.show(VIOLIN).loan
    assert loan is not None
    assert loan.kind == "class set"
    assert loan.class_set == made_up.show(VIOLIN).class_set
    delivering.collect(made_up.desk, run, OAKFIELD, ["BLUE"], anyway=True)
    assert made_up.show(FLUTE).van is not None
    assert {one.code for one in delivering.unload(made_up.desk, ["BLUE"]).result} == {VIOLIN, FLUTE, CELLO}


def test_what_is_picked_up_stays_on_loan_until_the_store_checks_it_in(made_up: MadeUp, run: str) -> None:
    lending.lend(made_up.desk, OAKFIELD, [VIOLIN])
    delivering.collect(made_up.desk, run, OAKFIELD, [VIOLIN])
    assert made_up.show(VIOLIN).status is Status.ON_LOAN
    assert refused(lambda: delivering.load(made_up.desk, run, FENMARSH, VIOLIN)) == "BOUND_FOR_STORE"
    assert refused(lambda: delivering.collect(made_up.desk, run, OAKFIELD, [VIOLIN])) == "ALREADY_LOADED"
    made = handing_over.deliver(made_up.desk, run, OAKFIELD, "M. Example").result
    assert (made.lent, made.passed, made.agreement) == ((), (), None)
    assert [line.code for line in touring.run_card(made_up.desk, run).stops[0].collected] == [VIOLIN]
    lending.bring_back(made_up.desk, [VIOLIN])
    assert (made_up.show(VIOLIN).status, made_up.show(VIOLIN).van) == (Status.IN_STORE, None)


def test_a_run_with_things_aboard_is_neither_called_off_nor_unplanned(made_up: MadeUp, run: str) -> None:
    other = made_up.another_desk()
    delivering.load(other.desk, run, OAKFIELD, VIOLIN)
    assert refused(lambda: planning.cancel(made_up.desk, run)) == "STOP_LOADED"
    assert refused(lambda: planning.change(made_up.desk, run, borrower_codes=[FENMARSH])) == "STOP_LOADED"
    assert refused(lambda: undoing.undo(made_up.desk)) == "UNDO_BLOCKED"
    delivering.unload(other.desk, [VIOLIN])
    undoing.undo(made_up.desk)
    assert touring.runs(made_up.desk, past=True) == ()
    other.close()


def test_a_run_called_off_with_something_picked_up_aboard_is_refused_too(made_up: MadeUp, run: str) -> None:
    delivering.collect(made_up.desk, run, OAKFIELD, [CELLO], anyway=True)
    assert refused(lambda: planning.cancel(made_up.desk, run)) == "VAN_NOT_EMPTY"
    delivering.unload(made_up.desk, [CELLO])
    planning.cancel(made_up.desk, run)
    assert refused(lambda: delivering.load(made_up.desk, run, OAKFIELD, VIOLIN)) == "RUN_CANCELLED"
    assert refused(lambda: planning.change(made_up.desk, run, day=DAY)) == "RUN_CANCELLED"


def test_the_van_is_loaded_last_stop_first(made_up: MadeUp, run: str) -> None:
    planning.change(made_up.desk, run, borrower_codes=[FENMARSH, OAKFIELD])
    card = touring.run_card(made_up.desk, run)
    assert [stop.borrower.code for stop in card.stops] == [FENMARSH, OAKFIELD]
    assert [stop.borrower.code for stop in card.load_order] == [OAKFIELD, FENMARSH]


def test_runs_are_listed_by_day_and_finished_ones_only_when_asked_for(made_up: MadeUp, run: str) -> None:
    earlier = planning.plan(made_up.desk, date(2026, 9, 14), [FENMARSH]).result.code
    off = planning.plan(made_up.desk, date(2026, 9, 20), [FENMARSH]).result.code
    planning.cancel(made_up.desk, off)
    assert [line.code for line in touring.runs(made_up.desk)] == [earlier, run]
    assert [line.code for line in touring.runs(made_up.desk, past=True)] == [off, run, earlier]
    assert [line.code for line in touring.runs(made_up.desk, find="oakfield 2026-09")] == [run]


def test_crates_suggest_the_day_the_oldest_came_until_they_are_counted(made_up: MadeUp) -> None:
    with made_up.desk.store.reading() as transaction:
        oakfield = lending.find_borrower(transaction, OAKFIELD).id
    assert receiving.happened_for(made_up.desk, oakfield) is None
    made_up.clock.go_on(days=10)
    receiving.crates_arrived(made_up.desk, OAKFIELD, 2, date(2026, 9, 22))
    receiving.crates_arrived(made_up.desk, OAKFIELD, 1, date(2026, 9, 20))
    assert receiving.happened_for(made_up.desk, oakfield) == date(2026, 9, 20)
    assert [(line.name, line.crates) for line in receiving.crates(made_up.desk)] == [
        ("Oakfield Primary School", 1),
        ("Oakfield Primary School", 2),
    ]
    receiving.crates_counted(made_up.desk, OAKFIELD)
    assert receiving.happened_for(made_up.desk, oakfield) is None
    assert receiving.crates(made_up.desk) == ()
    assert len(receiving.crates(made_up.desk, counted=True)) == 2
