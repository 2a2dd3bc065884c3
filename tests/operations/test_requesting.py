"""Orders, waits, what is set aside and what is short: each gesture, its refusals and its undo."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest

from loanstore.domain.errors import Refused
from loanstore.domain.facts import FactKind
from loanstore.domain.loans import Status
from loanstore.domain.policy import Policy
from loanstore.domain.requests import RequestKind, countdown
from loanstore.operations import (
    cataloguing,
    collecting,
    housekeeping,
    lending,
    request_tables,
    requesting,
    setting_aside,
    undoing,
)
from loanstore.operations.requesting import Change, Wanted
from loanstore.storage import request_lookups
from tests.helpers.undone import rebuilt_the_same

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from loanstore.domain.requests import RequestLine
    from loanstore.operations.desk import Desk
    from tests.helpers.made_up import MadeUp

OAK, SAM, HALF, OTHER, CELLO = "OAK", "SAM", "V1", "V2", "C1"
TODAY = date(2026, 9, 14)


@pytest.fixture(autouse=True)
def _sound(made_up: MadeUp) -> Iterator[None]:
    """Whatever a story did, the store holds together, and folds afresh to the same rows."""
    yield
    rebuilt_the_same(made_up)


@pytest.fixture(autouse=True)
def desk(made_up: MadeUp) -> Desk:
    made_up.borrower("Oakfield Primary School", "setting", code=OAK)
    made_up.borrower("Drama, Sam", code=SAM, pupil="Alex")
    made_up.instrument("Violin", size="1/2", code=HALF, location="Shelf A")
    made_up.instrument("Violin", size="3/4", code=OTHER)
    made_up.instrument("Cello", size="1/2", code=CELLO)
    return made_up.desk


def ask(desk: Desk, borrower: str = OAK, what: str = "Violin 1/2", number: int = 1, **more: object) -> RequestLine:
    wanted = Wanted(what, number=number, **more)  # type: ignore[arg-type]  # the fields' own names
    (line,) = requesting.ask_for(desk, borrower, [wanted]).result.lines
    return line


def wait(desk: Desk, borrower: str = SAM, what: str = "Violin 1/2") -> RequestLine:
    return ask(desk, borrower, what, kind=RequestKind.WAIT)


def rows(desk: Desk) -> list[tuple[str, int, int]]:
    return [(line.code, line.handed, line.number) for line in request_tables.list_requests(desk)]


def folded(made_up: MadeUp) -> dict[str, list[tuple[object, ...]]]:
    """Give all that is folded, but for the journal, what was undone and the next number."""
    return {name: found for name, found in made_up.dump().items() if name not in {"facts", "reversals", "settings"}}


GESTURES: dict[str, Callable[[Desk], object]] = {
    "an order of three lines": lambda d: requesting.ask_for(
        d, OAK, [Wanted("Violin 1/4"), Wanted("Cello", "3/4", 4), Wanted("Flute")]
    ),
    "a change": lambda d: requesting.change(d, first(d), Change(7, date(2026, 10, 1))),
    "a number that is met already": lambda d: requesting.change(d, first(d), Change(number=1)),
    "a withdrawal of what was kept": lambda d: requesting.withdraw(d, first(d, SAM)),
    "a hand-out": lambda d: requesting.lend_for(d, first(d), [HALF]),
    "a hand-out that meets it": lambda d: requesting.lend_for(d, first(d, SAM), [CELLO]),
    "something set aside": lambda d: setting_aside.set_aside(d, HALF, SAM),
    "a release": lambda d: setting_aside.release(d, CELLO),
}


def first(desk: Desk, borrower: str = OAK) -> str:
    return next(line.code for line in request_tables.list_requests(desk) if line.borrower == borrower)


@pytest.mark.parametrize("story", GESTURES)
def test_undo_takes_back_every_gesture_whole(made_up: MadeUp, desk: Desk, story: str) -> None:
    more = made_up.instrument("Violin", size="1/2").code
    order = ask(desk, number=3)
    requesting.lend_for(desk, order.code, [more])
    wait(desk, SAM, "Cello 1/2")
    setting_aside.set_aside(desk, CELLO, SAM)
    before = folded(made_up)
    GESTURES[story](desk)
    assert folded(made_up) != before
    undoing.undo(desk)
    assert folded(made_up) == before


def test_an_order_holds_what_was_asked_in_the_registers_own_words(desk: Desk) -> None:
    made = requesting.ask_for(desk, OAK, [Wanted("half violin", number=12, by=date(2026, 10, 1)), Wanted("cellos")])
    lines = made.result.lines
    assert [(line.type, line.size, line.number, line.wanted_by) for line in lines] == [
        ("Violin", "1/2", 12, "2026-10-01"),
        ("Cello", "", 1, None),
    ]
    assert len({line.code for line in lines}) == 2


REFUSALS: dict[str, tuple[str, Callable[[Desk], object]]] = {
    "a borrower nobody knows": ("NO_BORROWER", lambda d: ask(d, "nobody")),
    "a type nobody knows": ("BAD_VALUE", lambda d: ask(d, what="Sousaphonium")),
    "a violin 5/7": ("BAD_VALUE", lambda d: ask(d, what="Violin", size="5/7")),
    "none at all": ("BAD_REQUEST_NUMBER", lambda d: ask(d, number=0)),
    "two by one who waits": ("WAIT_IS_FOR_ONE", lambda d: ask(d, number=2, kind=RequestKind.WAIT)),
    "wanted yesterday": ("WANTED_IN_THE_PAST", lambda d: ask(d, by=TODAY - timedelta(days=1))),
    "a place there is not": ("NO_COLLECTING_PLACE", lambda d: ask(d, place="the moon")),
    "a request nobody made": ("NO_REQUEST", lambda d: requesting.withdraw(d, "R1")),
    "an instrument for a request": ("NO_REQUEST", lambda d: requesting.withdraw(d, HALF)),
    "another size for it": ("NOT_WHAT_WAS_ASKED", lambda d: requesting.lend_for(d, first(d), [OTHER])),
    "another's instrument for it": ("ALREADY_OUT", lambda d: requesting.lend_for(d, first(d), ["V9"])),
    "more than was asked for": ("MORE_THAN_ASKED", lambda d: requesting.lend_for(d, first(d), [HALF, "V8"])),
    "aside what is on loan": ("ALREADY_OUT", lambda d: setting_aside.set_aside(d, "V9", SAM)),
    "aside what is kept": ("ALREADY_ASIDE", lambda d: setting_aside.set_aside(d, CELLO, OAK)),
    "aside what is lost": ("NOT_LENDABLE", lambda d: setting_aside.set_aside(d, "V7", SAM)),
    "aside until yesterday": (
        "KEPT_UNTIL_THE_PAST",
        lambda d: setting_aside.set_aside(d, HALF, SAM, TODAY - timedelta(days=1)),
    ),
    "aside for a request of another": (
        "ANOTHERS_REQUEST",
        lambda d: setting_aside.set_aside(d, HALF, SAM, request=first(d)),
    ),
    "released though kept for nobody": ("NOT_ASIDE", lambda d: setting_aside.release(d, HALF)),
    "released though nothing lapsed": ("NOTHING_LAPSED", setting_aside.release_lapsed),
    "lent though kept for another": ("NOT_LENDABLE", lambda d: lending.lend(d, OAK, [CELLO])),
    "a letter to one for whom nothing is kept": ("NO_LETTERS", lambda d: collecting.letters_pdf(d, [OAK])),
}


@pytest.mark.parametrize("story", REFUSALS)
def test_a_refusal_says_why_and_changes_nothing(made_up: MadeUp, desk: Desk, story: str) -> None:
    for code in ("V7", "V8", "V9"):
        made_up.instrument("Violin", size="1/2", code=code)
    lending.declare_lost(desk, "V7", "left on a bus")
    lending.lend(desk, SAM, ["V9"])
    ask(desk)
    setting_aside.set_aside(desk, CELLO, SAM)
    code, do = REFUSALS[story]
    before = made_up.dump()
    with pytest.raises(Refused) as refused:
        do(desk)
    assert refused.value.code == code
    assert made_up.dump() == before


def test_what_is_closed_is_not_closed_again(desk: Desk) -> None:
    line = ask(desk)
    requesting.withdraw(desk, line.code)
    with pytest.raises(Refused) as refused:
        requesting.change(desk, line.code, Change(number=2))
    assert (refused.value.code, refused.value.facts["closing"]) == ("REQUEST_CLOSED", "withdrawn")


def test_an_order_counts_down_and_closes_with_the_last(made_up: MadeUp, desk: Desk) -> None:
    line = ask(desk, number=2)
    more = made_up.instrument("Violin", size="1/2").code
    requesting.lend_for(desk, line.code, [HALF])
    assert rows(desk) == [(line.code, 1, 2)]
    made, after = requesting.lend_for(desk, line.code, [more]).result
    assert (after.handed, len(made.loans)) == (2, 1)
    assert rows(desk) == []
    (closed,) = request_tables.list_requests(desk, closed=True)
    assert (closed.closing, closed.handed) == ("met", 2)


def test_what_comes_back_still_counts_as_handed_out(desk: Desk) -> None:
    line = ask(desk, number=2)
    requesting.lend_for(desk, line.code, [HALF])
    lending.bring_back(desk, [HALF])
    assert rows(desk) == [(line.code, 1, 2)]


def test_a_number_below_what_was_handed_out_is_refused_and_that_number_closes_it(made_up: MadeUp, desk: Desk) -> None:
    line = ask(desk, number=3)
    requesting.lend_for(desk, line.code, [HALF, made_up.instrument("Violin", size="1/2").code])
    with pytest.raises(Refused, match="BELOW_HANDED_OUT"):
        requesting.change(desk, line.code, Change(number=1))
    requesting.change(desk, line.code, Change(number=2))
    assert rows(desk) == []


def test_a_day_can_be_changed_and_taken_away(desk: Desk) -> None:
    line = ask(desk, by=date(2026, 10, 1))
    assert requesting.change(desk, line.code, Change(by=date(2026, 11, 1))).result.wanted_by == "2026-11-01"
    assert requesting.change(desk, line.code, Change(without_day=True)).result.wanted_by is None


def test_whoever_waits_longest_comes_first_unless_something_is_kept_for_them(made_up: MadeUp, desk: Desk) -> None:
    long = wait(desk, SAM)
    made_up.clock.go_on(days=1)
    short = wait(desk, OAK, "Violin")
    ask(desk, OAK, number=5)
    assert waits(desk) == long.code
    assert waits(desk, "4/4") == short.code
    setting_aside.set_aside(desk, HALF, SAM)
    assert waits(desk) == short.code
    assert waits(desk, "1/2", "Cello") is None


def waits(desk: Desk, size: str = "1/2", type_: str = "Violin") -> str | None:
    with desk.store.reading() as transaction:
        line = request_lookups.first_waiting(transaction, type_, size)
    return line.code if line is not None else None


def test_the_desk_finds_what_a_borrower_asked_for_and_what_a_letters_bars_mean(made_up: MadeUp, desk: Desk) -> None:
    late, soon = ask(desk, by=date(2026, 12, 1), number=2), ask(desk, what="Cello 1/2", by=date(2026, 10, 1))
    requesting.withdraw(desk, ask(desk).code)
    borrower = made_up.borrower("Drama, Noor")
    with desk.store.reading() as transaction:
        found = request_lookups.open_of(transaction, late.borrower)
        assert [line.code for line in found] == [soon.code, late.code]
        assert countdown(found, "Violin", "1/2").line == late
        assert request_lookups.open_of(transaction, borrower.id) == ()
        assert request_lookups.by_form(transaction, soon.code.replace("-", "")) == soon
        assert request_lookups.line(transaction, late.id) == late
        assert request_lookups.by_form(transaction, HALF) is None


def test_something_is_kept_five_working_days_for_what_its_borrower_asked(desk: Desk) -> None:
    line = wait(desk)
    kept = setting_aside.set_aside(desk, HALF, SAM).result
    assert (kept.until, kept.request) == (date(2026, 9, 21), line)
    assert kept.instrument.status is Status.SET_ASIDE
    housekeeping.change_policy(desk, Policy(aside_days=2))
    assert setting_aside.set_aside(desk, OTHER, SAM).result.until == date(2026, 9, 16)


def test_what_is_kept_for_somebody_is_lent_to_them_and_what_has_lapsed_to_anybody(made_up: MadeUp, desk: Desk) -> None:
    for code in (HALF, OTHER):
        setting_aside.set_aside(desk, code, SAM)
    lending.lend(desk, SAM, [HALF])
    assert made_up.show(HALF).aside is None
    made_up.clock.go_on(days=8)
    lending.lend(desk, OAK, [OTHER])
    assert made_up.show(OTHER).status is Status.ON_LOAN


def test_what_has_lapsed_can_be_kept_for_the_next_or_put_back_at_once(made_up: MadeUp, desk: Desk) -> None:
    for code in (HALF, OTHER, CELLO):
        setting_aside.set_aside(desk, code, SAM)
    made_up.clock.go_on(days=8)
    assert request_tables.needs(desk).lapsed == 3
    setting_aside.set_aside(desk, HALF, OAK)
    released = setting_aside.release_lapsed(desk).result
    assert {one.code for one in released} == {OTHER, CELLO}
    assert [line.code for line in request_tables.list_asides(desk)] == [HALF]


def test_what_is_lost_is_kept_for_nobody_and_what_was_seen_to_is_kept_on(made_up: MadeUp, desk: Desk) -> None:
    setting_aside.set_aside(desk, HALF, SAM)
    lending.declare_lost(desk, HALF, "left on a bus")
    assert made_up.show(HALF).aside is None
    assert lending.declare_found(desk, HALF, "the driver had it").result.status is Status.IN_STORE


def test_a_withdrawn_request_keeps_nothing_back(made_up: MadeUp, desk: Desk) -> None:
    line = wait(desk)
    setting_aside.set_aside(desk, HALF, SAM)
    requesting.withdraw(desk, line.code)
    assert made_up.show(HALF).status is Status.IN_STORE


def test_a_request_that_was_served_is_not_undone_by_another_desk(made_up: MadeUp, desk: Desk) -> None:
    line = ask(desk, number=2)
    other = made_up.another_desk()
    requesting.lend_for(other.desk, line.code, [HALF])
    with pytest.raises(Refused) as refused:
        undoing.undo(desk)
    assert (refused.value.code, refused.value.facts["kind"]) == ("UNDO_BLOCKED", "lent")
    other.close()


def test_a_request_something_is_kept_for_and_a_borrower_who_asked_are_not_undone(made_up: MadeUp, desk: Desk) -> None:
    other = made_up.another_desk()
    asks, keeps = made_up.borrower("Drama, Noor"), made_up.borrower("Drama, Robin")
    setting_aside.set_aside(other.desk, HALF, keeps.code)
    with pytest.raises(Refused) as refused:
        undoing.undo(desk)
    assert (refused.value.code, refused.value.facts["kind"]) == ("UNDO_BLOCKED", FactKind.SET_ASIDE)
    undoing.undo(other.desk)
    undoing.undo(desk)
    ask(other.desk, asks.code)
    with pytest.raises(Refused) as refused:
        undoing.undo(desk)
    assert (refused.value.code, refused.value.facts["kind"]) == ("UNDO_BLOCKED", FactKind.REQUESTED)
    other.close()


def test_what_is_short_is_what_is_asked_for_and_neither_kept_nor_in_store(made_up: MadeUp, desk: Desk) -> None:
    for _n in range(2):
        made_up.instrument("Violin", size="1/2")
    ask(desk, number=5)
    wait(desk)
    ask(desk, what="Violin", number=9)
    setting_aside.set_aside(desk, HALF, SAM)
    out = made_up.instrument("Violin", size="1/2").code
    lending.lend(desk, made_up.borrower("Hilltop Academy", "setting").code, [out], due=date(2026, 10, 1))
    found = request_tables.list_shortages(desk)
    assert found.by == date(2026, 12, 18)
    half = next(line for line in found.lines if line.size == "1/2")
    assert (half.waiting, half.ordered, half.aside, half.in_store, half.coming) == (1, 5, 1, 2, 1)
    assert (half.short, half.short_then) == (3, 2)
    any_size = next(line for line in found.lines if not line.size)
    assert (any_size.ordered, any_size.in_store) == (9, 3)
    assert request_tables.list_shortages(desk, by=date(2026, 9, 30)).lines[1].coming == 0


def test_what_needs_somebody_is_who_could_be_served_and_what_has_lapsed(made_up: MadeUp, desk: Desk) -> None:
    assert request_tables.needs(desk).total == 0
    wait(desk)
    wait(desk, OAK, "Violin 1/8")
    needs = request_tables.needs(desk)
    assert (needs.to_meet, needs.lapsed) == (1, 0)
    setting_aside.set_aside(desk, HALF, SAM)
    assert request_tables.needs(desk).total == 0
    made_up.clock.go_on(days=30)
    assert request_tables.needs(desk).lapsed == 1


def test_a_place_is_found_by_its_name_and_the_lists_say_it(desk: Desk) -> None:
    ask(desk, place="shelf a")
    (line,) = request_tables.list_requests(desk)
    assert line.place == "Shelf A"


def test_no_name_is_in_any_fact(made_up: MadeUp, desk: Desk) -> None:
    line = wait(desk)
    setting_aside.set_aside(desk, HALF, SAM)
    requesting.withdraw(desk, line.code)
    assert not any("Drama" in str(fact.body) or "Alex" in str(fact.body) for fact in made_up.facts())


def test_the_stores_numbers_go_on_over_all_that_has_a_code(desk: Desk) -> None:
    line = ask(desk)
    other = cataloguing.add_instrument(desk, {"type": "Flute"}).result.code
    assert int(other.split("-")[1]) == int(line.code.split("-")[1]) + 1
