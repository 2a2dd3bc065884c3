"""The fold: whatever order facts arrive in, and whatever was undone, the same things follow from them."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Final

from hypothesis import given
from hypothesis import strategies as st

from loanstore.domain.facts import NO_DIGEST, Fact, FactKind, canonical, digest_of
from loanstore.domain.folding import fold_agreement, fold_borrower, fold_instrument, step
from loanstore.domain.gestures import instant
from loanstore.domain.loans import Ending, Instrument, Status, in_order

if TYPE_CHECKING:
    import random

NOW: Final = datetime(2026, 9, 14, 9, 0, tzinfo=UTC)
MOVES: Final = (
    FactKind.LENT,
    FactKind.RETURNED,
    FactKind.RENEWED,
    FactKind.LOST,
    FactKind.FOUND,
    FactKind.RETIRED,
    FactKind.SIGHTED,
    FactKind.LABELLED,
    FactKind.INSTRUMENT_EDITED,
)
EVENTS: Final = st.lists(
    st.tuples(st.sampled_from(MOVES), st.integers(0, 2), st.integers(-3, 9), st.integers(0, 3)), max_size=14
)
"""What happens, at which of three desks, how many minutes later or earlier by its clock, to which borrower."""


@dataclass
class Written:
    """Facts about one instrument as three desks with clocks of their own write them down."""

    facts: list[Fact] = field(default_factory=list)

    def write(self, kind: FactKind, desk: int, minutes: int, body: dict[str, object]) -> Fact:
        at = instant(NOW + timedelta(minutes=minutes))
        counter = 1 + sum(fact.desk == f"desk-{desk}" for fact in self.facts)
        name = f"fact-{len(self.facts):03d}"
        fact = Fact(name, f"g-{name}", kind, 1, f"desk-{desk}", counter, None, at, at, 0, "i-1", body, "")
        self.facts.append(fact)
        return fact


def written(events: list[tuple[FactKind, int, int, int]]) -> list[Fact]:
    """Write down that an instrument was added, and then everything that is said to happen."""
    journal = Written()
    journal.write(
        FactKind.INSTRUMENT_ADDED, 0, -1000, {"code": "CM-1", "codes": [["CM1", "CM-1", "main"]], "fields": {}}
    )
    minutes = 0
    for kind, desk, later, who in events:
        minutes += later
        lately = [fact.id for fact in journal.facts if fact.kind is FactKind.LENT]
        bodies: dict[FactKind, dict[str, object]] = {
            FactKind.LENT: {"borrower": f"b-{who}", "due": "2026-12-18"},
            FactKind.RETURNED: {"attention": who == 3, "condition": "worn"} if who else {},
            FactKind.RENEWED: {"loan": lately[-1] if lately else None, "due": f"2027-0{who + 1}-01"},
            FactKind.INSTRUMENT_EDITED: {"changes": {"make": ["", f"Maker {who}" if who else ""]}},
        }
        journal.write(kind, desk, minutes, bodies.get(kind, {}))
    return journal.facts


def folded(facts: list[Fact]) -> Instrument:
    state = fold_instrument("i-1", facts)
    assert state is not None
    return state


@given(EVENTS, st.randoms())
def test_facts_of_several_desks_give_the_same_in_whatever_order_they_arrive(
    events: list[tuple[FactKind, int, int, int]], chance: random.Random
) -> None:
    facts = written(events)
    shuffled = facts[:]
    chance.shuffle(shuffled)
    assert folded(shuffled) == folded(facts)


@given(EVENTS)
def test_the_facts_of_one_desk_stay_in_their_order_whatever_its_clock_says(
    events: list[tuple[FactKind, int, int, int]],
) -> None:
    placed = in_order(written(events))
    for desk in ("desk-0", "desk-1", "desk-2"):
        counters = [fact.counter for _place, fact in placed if fact.desk == desk]
        assert counters == sorted(counters)


@given(EVENTS)
def test_folding_one_by_one_is_folding_all_at_once(events: list[tuple[FactKind, int, int, int]]) -> None:
    facts = written(events)
    state = Instrument("i-1")
    for place, fact in in_order(facts):
        state = step(state, fact, place)
    assert state == folded(facts)


@given(EVENTS)
def test_every_hand_over_is_one_loan_and_at_most_the_last_is_open(events: list[tuple[FactKind, int, int, int]]) -> None:
    facts = written(events)
    state = folded(facts)
    loans = [*state.ended, *([state.loan] if state.loan else [])]
    assert sorted(loan.id for loan in loans) == sorted(fact.id for fact in facts if fact.kind is FactKind.LENT)
    assert all(loan.ended is not None and loan.ending is not None for loan in state.ended)
    assert (state.status is Status.ON_LOAN) == (state.loan is not None)


@given(EVENTS)
def test_the_fold_is_what_a_simple_model_says(events: list[tuple[FactKind, int, int, int]]) -> None:
    facts = written(events)
    holder, status = None, Status.IN_STORE
    for _place, fact in in_order(facts):
        match fact.kind:
            case FactKind.LENT:
                holder, status = fact.body["borrower"], Status.ON_LOAN
            case FactKind.RETURNED:
                holder, status = None, Status.NEEDS_ATTENTION if fact.body.get("attention") else Status.IN_STORE
            case FactKind.LOST:
                holder, status = None, Status.LOST
            case FactKind.RETIRED:
                holder, status = None, Status.RETIRED
            case FactKind.FOUND:
                status = Status.ON_LOAN if holder else Status.IN_STORE
            case _:
                pass
    state = folded(facts)
    assert (state.loan.borrower if state.loan else None, state.status) == (holder, status)


@given(EVENTS, st.lists(st.booleans(), max_size=20))
def test_gestures_and_undos_in_any_interleaving_leave_what_was_never_undone(
    events: list[tuple[FactKind, int, int, int]], undo_then: list[bool]
) -> None:
    """The journal keeps what was undone; folding what stands is as if the rest had never been."""
    facts = written(events)
    standing = facts[:1]
    kept: list[tuple[FactKind, int, int, int]] = []
    undos = iter(undo_then)
    for event, fact in zip(events, facts[1:], strict=True):
        standing.append(fact)
        kept.append(event)
        if next(undos, False):
            standing.pop()
            kept.pop()
    never = folded([facts[0], *(fact for fact in facts[1:] if fact in standing)])
    assert folded(standing) == never
    assert len(kept) == len(standing) - 1


def test_with_two_holders_the_later_hand_over_holds_and_the_earlier_is_superseded() -> None:
    state = folded(written([(FactKind.LENT, 0, 0, 1), (FactKind.LENT, 1, 5, 2)]))
    assert state.loan is not None
    assert state.loan.borrower == "b-2"
    assert [(loan.borrower, loan.ending) for loan in state.ended] == [("b-1", Ending.SUPERSEDED)]


def test_a_late_fact_takes_its_place_in_time() -> None:
    """The second desk lent it earlier; its fact only arrives later."""
    facts = written([(FactKind.LENT, 0, 10, 1), (FactKind.LENT, 1, -5, 2)])
    state = folded(facts)
    assert state.loan is not None
    assert state.loan.borrower == "b-1"


def test_a_desk_that_saw_what_another_did_comes_after_it_whatever_its_clock_says() -> None:
    facts = written([(FactKind.LENT, 0, 60, 1), (FactKind.RETURNED, 1, -60, 0)])
    assert folded(facts).loan is not None
    after = instant(NOW + timedelta(minutes=60, microseconds=1))
    seen = [replace(fact, body={**fact.body, "after": after}) if fact.desk == "desk-1" else fact for fact in facts]
    assert folded(seen).loan is None


def test_what_nothing_ever_added_is_nothing() -> None:
    facts = written([(FactKind.LENT, 0, 0, 1)])
    assert fold_instrument("i-1", facts[1:]) is None
    assert fold_instrument("i-1", []) is None
    assert fold_borrower("b-1", []) is None
    assert fold_agreement("a-1", []) is None


def test_a_renewal_of_a_loan_that_ended_changes_nothing() -> None:
    events = [(FactKind.LENT, 0, 0, 1), (FactKind.RETURNED, 0, 1, 0), (FactKind.RENEWED, 0, 1, 2)]
    state = folded(written(events))
    assert state.loan is None
    assert [loan.due for loan in state.ended] == ["2026-12-18"]


def test_found_again_its_old_loan_stays_ended() -> None:
    state = folded(written([(FactKind.LENT, 0, 0, 1), (FactKind.LOST, 0, 1, 0), (FactKind.FOUND, 0, 1, 0)]))
    assert (state.status, state.loan) == (Status.IN_STORE, None)
    assert [loan.ending for loan in state.ended] == [Ending.LOST]


@given(st.dictionaries(st.text(), st.one_of(st.text(), st.integers(), st.booleans(), st.none()), max_size=4))
def test_equal_bodies_have_equal_digests_however_they_were_written(body: dict[str, object]) -> None:
    backwards = dict(reversed(body.items()))
    assert canonical(backwards) == canonical(body)
    assert digest_of([canonical(body)], NO_DIGEST) == digest_of([canonical(backwards)], NO_DIGEST)


@given(st.lists(st.text(), min_size=2, max_size=5), st.text(), st.data())
def test_a_digest_notices_any_column_and_what_came_before(columns: list[str], before: str, data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(columns) - 1))
    altered = [*columns[:place], columns[place] + "x", *columns[place + 1 :]]
    assert digest_of(altered, before) != digest_of(columns, before)
    assert digest_of(columns, before + "x") != digest_of(columns, before)
