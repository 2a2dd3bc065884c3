"""Gestures by hand: what they do, and that a refusal changes nothing."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest

from loanstore.domain.borrowers import BorrowerKind
from loanstore.domain.errors import Refused, Theirs, WrongUsage
from loanstore.domain.loans import Status
from loanstore.domain.policy import LendingRule, Policy
from loanstore.operations import browsing, cataloguing, housekeeping, lending, undoing

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from loanstore.operations.desk import Desk
    from tests.helpers.made_up import MadeUp

SAM, ALEX, VIOLIN, CELLO, FLUTE, HARP = (f"Z{n}" for n in range(1, 7))
"""Codes that were on the stickers before this store was made."""


@pytest.fixture(autouse=True)
def _sound(made_up: MadeUp) -> Iterator[None]:
    yield
    assert made_up.complaints() == []


@pytest.fixture(autouse=True)
def desk(made_up: MadeUp) -> Desk:
    """Give a desk at which Sam has the cello, the flute is lost and the harp retired."""
    made_up.borrower("Drama, Sam", code=SAM)
    made_up.borrower("Drama, Alex", kind="teacher", code=ALEX)
    for code, kind in ((VIOLIN, "Violin"), (CELLO, "Cello"), (FLUTE, "Flute"), (HARP, "Harp")):
        made_up.instrument(kind, code=code, alias=f"old-{code}")
    lending.lend(made_up.desk, SAM, [CELLO])
    lending.declare_lost(made_up.desk, FLUTE, "left on a bus")
    lending.retire(made_up.desk, HARP, "past mending")
    made_up.clock.go_on(days=20)
    return made_up.desk


REFUSALS: dict[str, tuple[str, Callable[[Desk], object]]] = {
    "a borrower nobody knows": ("NO_BORROWER", lambda d: lending.lend(d, "Z9", [VIOLIN])),
    "an instrument in a borrower's place": ("NO_BORROWER", lambda d: lending.lend(d, VIOLIN, [VIOLIN])),
    "an instrument nobody knows": ("NO_INSTRUMENT", lambda d: lending.lend(d, SAM, [VIOLIN, "Z9"])),
    "what another has": ("ALREADY_OUT", lambda d: lending.lend(d, ALEX, [VIOLIN, CELLO])),
    "what they have already": ("ALREADY_OUT", lambda d: lending.lend(d, SAM, [CELLO])),
    "what is lost": ("NOT_LENDABLE", lambda d: lending.lend(d, ALEX, [VIOLIN, FLUTE])),
    "what is retired": ("NOT_LENDABLE", lambda d: lending.lend(d, ALEX, [HARP])),
    "a kind of contract there is not": ("BAD_LOAN_KIND", lambda d: lending.lend(d, ALEX, [VIOLIN], kind="for ever")),
    "due on a day that is past": (
        "DUE_IN_THE_PAST",
        lambda d: lending.lend(d, ALEX, [VIOLIN], due=d.today() - timedelta(days=1)),
    ),
    "back what nobody has": ("NOT_ON_LOAN", lambda d: lending.bring_back(d, [CELLO, VIOLIN])),
    "back tomorrow": ("IN_THE_FUTURE", lambda d: lending.bring_back(d, [CELLO], on=d.today() + timedelta(days=1))),
    "back before it went out": ("BEFORE_LENT", lambda d: lending.bring_back(d, [CELLO], on=date(2026, 9, 13))),
    "a renewal of nothing": ("NOTHING_OUT", lambda d: lending.renew(d, ALEX)),
    "a renewal of what is in store": ("NOT_ON_LOAN", lambda d: lending.renew(d, VIOLIN)),
    "a renewal of no loan": ("NO_LOAN", lambda d: lending.renew(d, "Z9")),
    "lost twice": ("ALREADY_SO", lambda d: lending.declare_lost(d, FLUTE, "still lost")),
    "retired twice": ("ALREADY_SO", lambda d: lending.retire(d, HARP, "again")),
    "retired while somebody has it": ("STILL_ON_LOAN", lambda d: lending.retire(d, CELLO, "worn")),
    "found though never gone": ("NOT_GONE", lambda d: lending.declare_found(d, VIOLIN, "here it is")),
    "a code that is taken": ("CODE_TAKEN", lambda d: cataloguing.add_instrument(d, {"type": "Viola", "code": "z-2"})),
    "an old number that is taken": (
        "CODE_TAKEN",
        lambda d: cataloguing.add_borrower(d, {"name": "Drama", "kind": "hirer", "alias": "OLD Z3"}),
    ),
    "a code without a letter or digit": (
        "BAD_CODE",
        lambda d: cataloguing.add_instrument(d, {"type": "Viola", "code": "--"}),
    ),
    "a size there is not": (
        "SIZE_NOT_MADE",
        lambda d: cataloguing.add_instrument(d, {"type": "Violin", "size": "purple"}),
    ),
}
MISUSES: dict[str, tuple[str, Callable[[Desk], object]]] = {
    "no type": ("NEED_FIELD", lambda d: cataloguing.add_instrument(d, {"make": "Made-up"})),
    "no name": ("NEED_FIELD", lambda d: cataloguing.add_borrower(d, {"kind": "hirer"})),
    "no such kind": ("BAD_KIND", lambda d: cataloguing.add_borrower(d, {"name": "Drama", "kind": "wizard"})),
    "no such field": ("UNKNOWN_FIELD", lambda d: cataloguing.add_instrument(d, {"type": "Violin", "flavour": "plum"})),
}


@pytest.mark.parametrize("story", REFUSALS | MISUSES)
def test_a_refusal_says_why_and_changes_nothing(made_up: MadeUp, story: str) -> None:
    code, do = (REFUSALS | MISUSES)[story]
    before = made_up.dump()
    with pytest.raises(Theirs) as refused:
        do(made_up.desk)
    assert refused.value.code == code
    assert isinstance(refused.value, WrongUsage if story in MISUSES else Refused)
    assert made_up.dump() == before


def test_a_limit_counts_what_is_out_and_what_is_asked_for(made_up: MadeUp) -> None:
    more = [made_up.instrument().code for _ in range(3)]
    with pytest.raises(Refused) as refused:
        lending.lend(made_up.desk, SAM, more[:2])
    assert (refused.value.code, refused.value.facts["held"], refused.value.facts["limit"]) == ("OVER_LIMIT", 1, 2)
    lending.lend(made_up.desk, SAM, more[:1])
    lending.lend(made_up.desk, ALEX, more[1:])


def test_the_store_may_change_its_limits(made_up: MadeUp) -> None:
    policy = Policy({**Policy().rules, BorrowerKind.HIRER: LendingRule(limit=1)})
    housekeeping.change_policy(made_up.desk, policy)
    with pytest.raises(Refused, match="OVER_LIMIT"):
        lending.lend(made_up.desk, SAM, [VIOLIN])


def test_a_hand_over_is_one_agreement_for_all_of_it(made_up: MadeUp) -> None:
    made = lending.lend(made_up.desk, ALEX, [VIOLIN]).result
    card = browsing.show(made_up.desk, made.agreement)
    assert isinstance(card, browsing.BorrowerCard)
    assert [(line.instrument, line.agreement) for line in card.out.lines] == [(VIOLIN, made.agreement)]
    assert made.due == date(2027, 7, 21)


def test_the_same_thing_named_twice_is_lent_and_brought_back_once(made_up: MadeUp) -> None:
    made = lending.lend(made_up.desk, SAM, [VIOLIN, VIOLIN.lower(), f"OLD-{VIOLIN}"]).result
    assert len(made.loans) == 1
    back = lending.bring_back(made_up.desk, [VIOLIN, f"old{VIOLIN}"]).result
    assert [(one.instrument.code, one.loan) for one in back] == [(VIOLIN, made.loans[0])]


def test_something_may_have_come_back_earlier_than_it_is_said(made_up: MadeUp) -> None:
    lending.bring_back(made_up.desk, [CELLO], on=date(2026, 9, 20), condition="good")
    (loan,) = made_up.dump()["loans"]
    assert (loan[6], loan[7]) == ("2026-09-20T12:00:00.000000Z", "returned")
    assert made_up.show(CELLO).fields["condition"] == "good"


def test_something_may_come_back_the_very_day_it_went_out(made_up: MadeUp) -> None:
    made_up.clock.go_on(8 * 3600)
    lending.lend(made_up.desk, ALEX, [VIOLIN])
    made_up.clock.go_on(days=3)
    lending.bring_back(made_up.desk, [VIOLIN], on=made_up.today() - timedelta(days=3))
    loan = next(row for row in made_up.dump()["loans"] if row[1] == made_up.show(VIOLIN).id)
    assert str(loan[6]) >= str(loan[3])


def test_without_an_essential_accessory_it_needs_attention_until_it_was_seen_to(made_up: MadeUp) -> None:
    kind = made_up.desk.catalogue.find_type("Cello")
    assert kind is not None
    essential = next(accessory.name for accessory in kind.accessories if accessory.essential)
    (back,) = lending.bring_back(made_up.desk, [CELLO], missing=[essential]).result
    assert back.instrument.status is Status.NEEDS_ATTENTION
    with pytest.raises(Refused, match="NOT_LENDABLE"):
        lending.lend(made_up.desk, SAM, [CELLO])
    assert lending.declare_found(made_up.desk, CELLO, "a new one was bought").result.status is Status.IN_STORE


def test_a_renewal_runs_to_the_end_of_the_next_term(made_up: MadeUp) -> None:
    ((_instrument, due),) = lending.renew(made_up.desk, SAM).result
    assert due == date(2027, 3, 25)
    assert made_up.dump()["loans"][0][4] == "2027-03-25"


def test_what_is_lost_ends_its_loan_and_found_again_can_be_lent(made_up: MadeUp) -> None:
    assert lending.declare_lost(made_up.desk, CELLO, "stolen").result.status is Status.LOST
    assert made_up.dump()["loans"][0][7] == "lost"
    assert lending.declare_found(made_up.desk, CELLO, "it was in the cupboard").result.status is Status.IN_STORE
    lending.lend(made_up.desk, ALEX, [CELLO])


def test_why_something_is_lost_is_told_in_an_erasable_note(made_up: MadeUp) -> None:
    notes = {str(row[1]) for row in made_up.dump()["notes"]}
    assert notes == {"left on a bus", "past mending"}
    assert not any("bus" in str(fact.body) for fact in made_up.facts())


def test_undo_takes_back_the_last_gesture_whole_and_then_the_one_before(made_up: MadeUp) -> None:
    more = made_up.instrument().code
    before = made_up.dump()
    lending.lend(made_up.desk, ALEX, [VIOLIN, more])
    assert undoing.undo(made_up.desk).result == ("lent", "lent", "agreed")
    after = made_up.dump()
    assert (after["loans"], after["agreements"]) == (before["loans"], before["agreements"])
    assert undoing.undo(made_up.desk).result == ("instrument_added",)
    with pytest.raises(Refused, match="NO_INSTRUMENT"):
        made_up.show(more)
    assert undoing.undo(made_up.desk).result == ("retired",)
    assert made_up.show(HARP).status is Status.IN_STORE


def test_undo_is_of_this_desk_alone_and_refused_where_something_rests_on_it(made_up: MadeUp) -> None:
    other = made_up.another_desk()
    with pytest.raises(Refused, match="NOTHING_TO_UNDO"):
        undoing.undo(other.desk)
    lending.lend(other.desk, ALEX, [VIOLIN])
    lending.bring_back(made_up.desk, [VIOLIN])
    with pytest.raises(Refused) as refused:
        undoing.undo(other.desk)
    assert (refused.value.code, refused.value.facts["kind"], refused.value.facts["code"]) == (
        "UNDO_BLOCKED",
        "returned",
        VIOLIN,
    )
    undoing.undo(made_up.desk)
    undoing.undo(other.desk)
    assert made_up.show(VIOLIN).loan is None
    other.close()


@pytest.mark.parametrize("ended", [False, True], ids=["who has something", "who had something"])
def test_the_joining_of_a_borrower_is_not_undone(made_up: MadeUp, *, ended: bool) -> None:
    new = made_up.borrower("Drama, Noor")
    other = made_up.another_desk()
    lending.lend(other.desk, new.code, [VIOLIN])
    if ended:
        lending.bring_back(other.desk, [VIOLIN])
    with pytest.raises(Refused, match="UNDO_BLOCKED"):
        undoing.undo(made_up.desk)
    other.close()


def test_undoing_a_joining_takes_the_record_with_it(made_up: MadeUp) -> None:
    made_up.borrower("Drama, Noor", address="1 Example Row")
    undoing.undo(made_up.desk)
    assert browsing.list_borrowers(made_up.desk, "noor").total == 0
    assert "Example Row" not in repr(made_up.dump())


def test_numbers_are_never_handed_out_twice_even_when_what_had_one_was_undone(made_up: MadeUp) -> None:
    first = made_up.instrument().code
    undoing.undo(made_up.desk)
    assert made_up.instrument().code != first
