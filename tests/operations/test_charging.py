"""The charge run: what is due is posted once, what is not owed is taken back, whenever the facts arrive."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from loanstore.domain.borrowers import BorrowerKind
from loanstore.domain.charge_rules import ChargeRules
from loanstore.domain.errors import Refused
from loanstore.domain.facts import FactKind
from loanstore.domain.policy import LendingRule
from loanstore.domain.policy_words import with_rule
from loanstore.operations import (
    charging,
    grouping,
    housekeeping,
    lending,
    merging,
    noticing,
    pricing,
    set_lending,
    swapping,
    undoing,
)
from tests.helpers.charges import HIRE, charge_by, due, hired, run, standing, tariff
from tests.helpers.undone import rebuilt_the_same

if TYPE_CHECKING:
    from tests.helpers.made_up import MadeUp

AUTUMN, SPRING, SUMMER = date(2026, 9, 30), date(2027, 1, 10), date(2027, 5, 1)


def test_each_term_that_has_begun_is_charged_once_however_often_the_run_is_made(made_up: MadeUp) -> None:
    charge_by(made_up)
    who, _violin = hired(made_up)
    assert run(made_up, AUTUMN) == [("post", "Autumn 2026/27", 2000)]
    assert run(made_up, AUTUMN) == []
    assert run(made_up, SPRING) == [("post", "Spring 2026/27", 2000)]
    assert run(made_up, SPRING) == []
    assert due(made_up, who) == 4000
    rebuilt_the_same(made_up)


def test_a_dry_run_says_what_a_run_does_and_changes_nothing(made_up: MadeUp) -> None:
    charge_by(made_up)
    who, _violin = hired(made_up)
    before = made_up.dump()
    shown = charging.preview(made_up.desk, SPRING)
    assert made_up.dump() == before
    posted = charging.run(made_up.desk, SPRING).result
    assert [(one.entry.id, one.amount) for one in shown.lines] == [(one.entry.id, one.amount) for one in posted.lines]
    assert (shown.posted, posted.posted, shown.total, due(made_up, who)) == (False, True, 4000, 4000)


def test_two_desks_give_one_charge_one_identity(made_up: MadeUp) -> None:
    charge_by(made_up)
    who, _violin = hired(made_up)
    other = made_up.another_desk()
    shown = charging.preview(made_up.desk, AUTUMN).lines
    charging.run(other.desk, AUTUMN)
    assert [one.id for one in standing(made_up, who)] == [one.entry.id for one in shown]
    assert run(made_up, AUTUMN) == []
    other.close()


def test_what_came_back_on_the_17th_and_was_typed_later_is_not_charged_for_what_it_never_reached(
    made_up: MadeUp,
) -> None:
    charge_by(made_up)
    who, violin = hired(made_up)
    made_up.clock.go_on(days=115)  # 7 January 2027
    run(made_up, SPRING)
    assert due(made_up, who) == 4000
    lending.bring_back(made_up.desk, [violin.code], on=date(2026, 12, 17))
    assert due(made_up, who) == 2000
    assert [one.name.rpartition(" · ")[2] for one in standing(made_up, who)] == ["Autumn 2026/27"]
    assert run(made_up, SUMMER) == []
    rebuilt_the_same(made_up)


def test_undoing_the_late_return_charges_the_term_again(made_up: MadeUp) -> None:
    charge_by(made_up)
    who, violin = hired(made_up)
    made_up.clock.go_on(days=115)
    run(made_up, SPRING)
    lending.bring_back(made_up.desk, [violin.code], on=date(2026, 12, 17))
    made_up.clock.go_on(60)
    undoing.undo(made_up.desk)
    assert due(made_up, who) == 4000
    assert run(made_up, SPRING) == []
    rebuilt_the_same(made_up)


def test_hire_goes_on_being_charged_until_the_thing_is_back(made_up: MadeUp) -> None:
    charge_by(made_up)
    who, _violin = hired(made_up)
    made_up.clock.go_on(days=300)  # long overdue
    assert len(run(made_up, made_up.today())) == 3
    assert due(made_up, who) == 6000


def test_there_is_no_refund_within_a_term_unless_the_store_gives_one(made_up: MadeUp) -> None:
    charge_by(made_up, tariff(3100, "month"))
    who, violin = hired(made_up)
    run(made_up, AUTUMN)
    made_up.clock.go_on(days=1)
    lending.bring_back(made_up.desk, [violin.code])
    assert run(made_up, AUTUMN) == []
    assert due(made_up, who) == 3100
    pricing.change_charging(made_up.desk, ChargeRules(refund_unused=True))
    assert {done for done, _what, _sum in run(made_up, AUTUMN)} == {"post", "take back"}
    # Two of the seventeen days from 14 to 30 September.
    assert due(made_up, who) == 3100 * 2 // 17


def test_a_change_of_price_never_alters_what_was_posted(made_up: MadeUp) -> None:
    charge_by(made_up)
    who, _violin = hired(made_up)
    run(made_up, AUTUMN)
    charge_by(made_up, tariff(2500, first="2026-09-01"))
    assert run(made_up, AUTUMN) == []
    assert run(made_up, SPRING) == [("post", "Spring 2026/27", 2500)]
    assert due(made_up, who) == 4500


def test_bands_first_periods_caps_deposits_and_blocks(made_up: MadeUp) -> None:
    charge_by(
        made_up,
        tariff(9900),
        tariff(2000, "block", band="A", deposit=5000, cap=5000),
        tariff(1500, contract="teacher", first_free=True),
    )
    who, violin = hired(made_up)
    teacher, _viola = hired(made_up, "teacher", "Drama, Kim")
    assert pricing.prices(made_up.desk)[0].contract == "teacher"
    done = run(made_up, SUMMER)
    mine = [(line[1], line[2]) for line in done if line[2] != 1500]
    assert sorted(mine) == [
        ("Autumn block 2026/27", 2000),
        ("Spring block 2026/27", 2000),
        ("Summer block 2026/27", 1000),
        (f"Violin 1/2, {violin.code}", 5000),
    ]
    assert due(made_up, teacher) == 3000
    made_up.clock.go_on(days=2)
    lending.bring_back(made_up.desk, [violin.code])
    run(made_up, AUTUMN)
    assert due(made_up, who) == 2000
    assert sorted(one.kind for one in standing(made_up, who)) == ["deposit", "deposit back", "hire"]


def test_a_swap_up_a_size_goes_on_with_the_hire(made_up: MadeUp) -> None:
    charge_by(made_up)
    who, violin = hired(made_up)
    run(made_up, AUTUMN)
    larger = made_up.instrument(size="3/4")
    made_up.clock.go_on(days=20)
    swapping.swap(made_up.desk, violin.code, larger.code)
    assert run(made_up, AUTUMN) == []
    assert run(made_up, SPRING) == [("post", "Spring 2026/27", 2000)]
    assert due(made_up, who) == 4000


def test_a_class_set_is_charged_as_one(made_up: MadeUp) -> None:
    charge_by(made_up, tariff(9000, contract="class set", per_set=True))
    school = made_up.borrower("Oakfield Primary School", "setting")
    things = [made_up.instrument(size="1/2") for _n in range(3)]
    made = grouping.make(made_up.desk, "Year 4 violins", [one.code for one in things]).result
    set_lending.lend(made_up.desk, made.made.code, school.code)
    assert run(made_up, AUTUMN) == [("post", "Autumn 2026/27", 9000)]
    made_up.clock.go_on(days=90)
    lending.bring_back(made_up.desk, [things[0].code])
    assert run(made_up, SPRING) == [("post", "Spring 2026/27", 9000)]
    lending.bring_back(made_up.desk, [one.code for one in things[1:]])
    run(made_up, SPRING)
    assert due(made_up, school) == 9000


def test_an_undone_run_shows_as_taken_back_and_may_be_made_again(made_up: MadeUp) -> None:
    charge_by(made_up)
    who, _violin = hired(made_up)
    run(made_up, AUTUMN)
    undoing.undo(made_up.desk)
    assert due(made_up, who) == 0
    rebuilt_the_same(made_up)
    assert run(made_up, AUTUMN) == [("post", "Autumn 2026/27", 2000)]
    assert due(made_up, who) == 2000
    rebuilt_the_same(made_up)


def test_what_is_charged_for_stands_in_the_way_of_undoing_the_loan(made_up: MadeUp) -> None:
    charge_by(made_up)
    hired(made_up)
    other = made_up.another_desk()
    charging.run(other.desk, AUTUMN)
    other.close()
    with pytest.raises(Refused) as refused:
        undoing.undo(made_up.desk)
    assert refused.value.code == "UNDO_BLOCKED"


def test_two_records_of_one_family_have_one_account(made_up: MadeUp) -> None:
    charge_by(made_up)
    who, _violin = hired(made_up)
    again, _other = hired(made_up, name="Drama, Samuel")
    run(made_up, AUTUMN)
    merging.merge(made_up.desk, again.code, who.code)
    assert due(made_up, who) == 4000
    rebuilt_the_same(made_up)


def test_a_rolling_hire_goes_on_until_notice_and_always_has_an_end(made_up: MadeUp) -> None:
    charge_by(made_up)
    policy = housekeeping.policy(made_up.desk)
    rule = LendingRule(limit=2, contract=HIRE, rolling=True)
    housekeeping.change_policy(made_up.desk, with_rule(policy, BorrowerKind.HIRER, rule))
    who, violin = made_up.borrower(), made_up.instrument()
    made_up.answers(who.code, violin.code, "LSCMD-FINISH")
    loan = made_up.show(violin.code).loan
    assert loan is not None
    assert (loan.kind, loan.due) == (HIRE, "2026-12-18")
    charging.run(made_up.desk, SPRING)
    renewed = made_up.show(violin.code).loan
    assert renewed is not None
    assert renewed.due == "2027-03-25"
    made_up.clock.go_on(days=292)  # 3 July 2027, after the last day for notice
    (ends,) = noticing.give_notice(made_up.desk, who.code, date(2027, 7, 1)).result
    assert (ends.period, ends.due) == ("Summer 2026/27", date(2027, 7, 21))
    with pytest.raises(Refused) as refused:
        noticing.give_notice(made_up.desk, who.code)
    assert refused.value.code == "NOTICE_GIVEN"
    made_up.clock.go_on(60)
    undoing.undo(made_up.desk)
    (later,) = noticing.give_notice(made_up.desk, who.code).result
    assert (later.period, later.due) == ("Autumn 2027/28", date(2027, 12, 17))
    charging.run(made_up.desk, date(2027, 12, 20))
    ended = made_up.show(violin.code).loan
    assert ended is not None
    assert (ended.due, ended.notice) == ("2027-12-17", "2027-07-03")
    rebuilt_the_same(made_up)


def test_a_run_that_is_cancelled_posts_nothing(made_up: MadeUp) -> None:
    charge_by(made_up)
    who, _violin = hired(made_up)

    def stop(_done: int, _total: int) -> None:
        raise Refused("WORK_CANCELLED")

    with pytest.raises(Refused):
        charging.run(made_up.desk, AUTUMN, stop)
    assert due(made_up, who) == 0
    assert FactKind.POSTED not in {fact.kind for fact in made_up.facts()}
