"""The rules of charging, held to properties: periods, remissions, plans that post nothing twice, the ledger's sums."""

from __future__ import annotations

import itertools
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loanstore import assets
from loanstore.domain.borrowers import BorrowerKind
from loanstore.domain.charge_rules import (
    ChargeRules,
    OwnerKind,
    may_be_regulated,
    read_charge_rules,
    read_columns,
    show_columns,
    write_charge_rules,
)
from loanstore.domain.charges import Plan, Setting, plan
from loanstore.domain.errors import Refused
from loanstore.domain.facts import Draft, Fact, FactKind
from loanstore.domain.hires import HiredLoan, hires_of
from loanstore.domain.ledger import (
    Entry,
    Payment,
    Why,
    account,
    allocate,
    balance,
    entry_body,
    fold_entry,
    identity,
    looks_like_card,
    with_undone,
)
from loanstore.domain.loans import Ending
from loanstore.domain.periods import Every, academic_year, notice_reaches, span_from
from loanstore.domain.remissions import Remission, best
from loanstore.domain.tariffs import Prices, Tariff, require_sense, vat_in
from loanstore.domain.terms import make_blocks, make_notice, make_table, read_terms, write_terms

TERMS = read_terms((assets.resources() / "terms.json").read_text("utf-8"))
DAYS = st.dates(date(2025, 9, 1), date(2028, 7, 31))
PENCE = st.integers(0, 50_000)
CHARGED = st.sampled_from([every for every in Every if every is not Every.FREE])
HIRE = "hire, charged"


def tariff(every: Every, amount: int, **more: object) -> Tariff:
    return replace(Tariff("t", HIRE, "", every.value, amount, "2025-01-01"), **more)  # type: ignore[arg-type]  # by name


def loan(out: date, ended: date | None = None, **more: object) -> HiredLoan:
    ending = Ending.RETURNED if ended is not None else None
    made = HiredLoan("loan", "who", "thing", "CM-1", "Violin", "1/2", "A", HIRE, out, ended, ending, date(2028, 7, 21))
    return replace(made, **more)  # type: ignore[arg-type]  # by their names


def planned(made: HiredLoan, entries: list[Entry], setting: Setting, *remissions: Remission) -> Plan:
    return plan(hires_of([made], setting.prices), entries, remissions, setting)


def carried_out(entries: list[Entry], made: Plan) -> list[Entry]:
    """Give the ledger as a run leaves it."""
    going = {entry.id: why for entry, why in made.reverse}
    left = [replace(one, reversed="2028-08-01", why=going[one.id].value) if one.id in going else one for one in entries]
    return [*left, *(replace(one, day="2028-08-01") for one in made.post)]


@given(CHARGED, DAYS)
def test_a_period_begins_after_the_one_before_has_ended(every: Every, day: date) -> None:
    span = span_from(every, day, TERMS)
    assert span is None or (span.first <= span.last and span.last >= day)
    if span is not None and every is not Every.ONCE:
        later = span_from(every, span.last + timedelta(days=1), TERMS)
        assert later is None or (later.first > span.last and later.key != span.key)


@given(DAYS)
def test_blocks_years_and_months_leave_no_day_out(day: date) -> None:
    for every in (Every.BLOCK, Every.YEAR, Every.MONTH):
        span = span_from(every, day, TERMS)
        assert span is not None
        assert span.first <= day <= span.last


def test_a_year_is_named_as_schools_do() -> None:
    assert [academic_year(day) for day in (date(2026, 8, 31), date(2026, 9, 1))] == ["2025/26", "2026/27"]
    assert academic_year(date(2099, 12, 1)) == "2099/00"


@pytest.mark.parametrize(
    ("given_on", "ends"),
    [("2027-06-30", "2027-07-21"), ("2027-07-01", "2027-07-21"), ("2027-07-02", "2027-12-17"), ("2026-12-18", None)],
)
def test_notice_after_the_first_of_july_reaches_the_next_term(given_on: str, ends: str | None) -> None:
    span = notice_reaches(Every.TERM, date.fromisoformat(given_on), TERMS)
    assert span is not None
    assert span.last == date.fromisoformat(ends or given_on)


@given(CHARGED, st.tuples(DAYS, st.none() | st.integers(0, 900)), DAYS, PENCE, st.tuples(st.booleans(), st.booleans()))
def test_a_run_made_again_posts_nothing(
    every: Every, lasts: tuple[date, int | None], to: date, amount: int, ways: tuple[bool, bool]
) -> None:
    (out, days), (first_free, refund) = lasts, ways
    ended = out + timedelta(days=days) if days is not None else None
    prices = Prices((tariff(every, amount, first_free=first_free, deposit=amount // 3, cap=amount * 2),))
    setting = Setting(prices, TERMS, ChargeRules(refund_unused=refund), to, to, 14)
    made = planned(loan(out, ended), [], setting)
    entries = carried_out([], made)
    assert len({one.id for one in entries}) == len(entries)
    assert planned(loan(out, ended), entries, setting) == Plan()
    assert all(out <= date.fromisoformat(one.first) <= to for one in made.post if one.kind == "hire")


@given(CHARGED, DAYS, st.integers(0, 900), DAYS, DAYS, PENCE)
def test_a_late_return_leaves_nothing_beyond_its_day_and_what_was_known_late_is_as_if_known_at_once(
    every: Every, out: date, days: int, first_run: date, to: date, amount: int
) -> None:
    ended = out + timedelta(days=days)
    prices = Prices((tariff(every, amount + 1, deposit=amount),))

    def setting(day: date) -> Setting:
        return Setting(prices, TERMS, ChargeRules(), day, day)

    late = carried_out([], planned(loan(out), [], setting(first_run)))
    late = carried_out(late, planned(loan(out, ended), late, setting(max(first_run, to))))
    standing = [one for one in late if one.stands]
    assert all(date.fromisoformat(one.first) < ended for one in standing if one.kind == "hire")
    at_once = carried_out([], planned(loan(out, ended), [], setting(max(first_run, to))))
    hire = [(one.about, one.amount) for one in standing if one.kind == "hire"]
    assert hire == [(one.about, one.amount) for one in at_once if one.kind == "hire"]
    deposits = sum(one.amount for one in standing if one.kind != "hire")
    assert deposits in {0, amount} if days == 0 else deposits == 0


@given(DAYS, PENCE, PENCE, DAYS)
def test_what_was_posted_keeps_its_price(out: date, before: int, after: int, since: date) -> None:
    to = date(2028, 7, 31)
    old, new = tariff(Every.TERM, before + 1), tariff(Every.TERM, after + 1, first=since.isoformat(), id="u")
    entries = carried_out([], planned(loan(out), [], Setting(Prices((old,)), TERMS, ChargeRules(), to, to)))
    both = Setting(Prices((old, new)), TERMS, ChargeRules(), to, to)
    assert planned(loan(out), entries, both) == Plan()


@given(DAYS, DAYS, CHARGED, CHARGED, PENCE)
def test_no_day_is_charged_twice_when_the_period_changes(
    out: date, since: date, before: Every, after: Every, amount: int
) -> None:
    to = date(2028, 7, 31)
    versions = (tariff(before, amount + 1), tariff(after, amount + 2, first=since.isoformat(), id="u"))
    made = planned(loan(out), [], Setting(Prices(versions), TERMS, ChargeRules(), to, to)).post
    spans = sorted((one.first, one.last) for one in made)
    assert all(earlier[1] < later[0] for earlier, later in itertools.pairwise(spans))


@given(PENCE, st.integers(1, 100), st.integers(1, 5_000))
def test_a_remission_leaves_whole_pence_between_nothing_and_the_price(full: int, percent: int, fixed: int) -> None:
    share = Remission("r", "who", percent, None, "2026-09-01", "2027-08-31", "2026-09-01", "n", "2026-09-01")
    sum_off = replace(share, id="s", percent=None, fixed=fixed)
    left, waits = best([share, sum_off], date(2026, 9, 1), full)
    assert waits is None
    assert left == min(share.leaves(full), sum_off.leaves(full))
    assert 0 <= left <= full
    assert abs(100 * (full - share.leaves(full)) - full * percent) <= 50
    assert best([replace(share, ended="2026-09-01")], date(2026, 9, 1), full) == (full, None)


ENTRIES = st.lists(st.tuples(st.integers(-5_000, 5_000), st.booleans(), DAYS), max_size=12)
PAYMENTS = st.lists(st.tuples(st.integers(-3_000, 9_000).filter(bool), st.booleans(), DAYS), max_size=8)


@given(ENTRIES, PAYMENTS, st.randoms(use_true_random=False))
def test_a_balance_is_the_sum_of_its_lines_and_reversals_come_to_nothing(
    charged: list[tuple[int, bool, date]], paid: list[tuple[int, bool, date]], order: object
) -> None:
    entries = [
        Entry(f"e{n}", "w", "hire", "h", "i", f"{n}", "", str(day), str(day), amount, amount, day=str(day))
        for n, (amount, _gone, day) in enumerate(charged)
    ]
    entries = [
        replace(one, reversed="2028-08-01", why=Why.BY_HAND.value) if gone else one
        for one, (_amount, gone, _day) in zip(entries, charged, strict=True)
    ]
    payments = [
        Payment(f"p{n}", "w", amount, str(day), "cash", None, "2028-08-01" if gone else None)
        for n, (amount, gone, day) in enumerate(paid)
    ]
    owed = balance(entries, payments)
    assert sum(line.amount for line in account(entries, payments)) == owed
    left, credit = allocate(entries, payments)
    assert sum(one.left for one in left) - credit == owed
    days = [one.entry.day for one in left]
    assert days == sorted(days)
    assert all(0 < one.left <= one.entry.amount for one in left)
    shuffled = list(entries)
    order.shuffle(shuffled)  # type: ignore[attr-defined]  # hypothesis gives a random.Random
    assert allocate(shuffled, payments) == (left, credit)


def fact(draft: Draft, desk: str, counter: int, at: str, gesture: str) -> Fact:
    return Fact(
        f"{desk}{counter}", gesture, draft.kind, 1, desk, counter, None, at, at, 0, draft.subject, draft.body, ""
    )


def test_the_order_in_which_two_desks_facts_arrive_says_nothing() -> None:
    entry = Entry("", "w", "hire", "h", "i", "term", "", "2026-09-02", "2026-12-18", 2000, 2000, day="2026-09-30")
    entry = replace(entry, id=identity("h", "hire", "term"))
    posted, back = Draft(FactKind.POSTED, entry.id, entry_body(entry)), {"why": "by hand", "day": "2026-10-01"}
    facts = [
        fact(posted, "a", 1, "2026-09-30T10:00:00.000000Z", "g1"),
        fact(posted, "b", 1, "2026-09-30T11:00:00.000000Z", "g2"),
        fact(Draft(FactKind.ENTRY_REVERSED, entry.id, back), "b", 2, "2026-10-01T09:00:00.000000Z", "g3"),
    ]
    folded = {repr(fold_entry(entry.id, arrived)) for arrived in itertools.permutations(facts)}
    assert folded == {repr(replace(entry, reversed="2026-10-01", why="by hand"))}
    undoing = fact(Draft(FactKind.REVERSED, None, {"gesture": "g1"}), "a", 2, "2026-10-02T09:00:00.000000Z", "g4")
    still = fold_entry(entry.id, with_undone(facts[:2], {"g1": undoing}, FactKind.POSTED))
    assert still == entry
    gone = fold_entry(entry.id, with_undone(facts[:1], {"g1": undoing}, FactKind.POSTED))
    assert gone == replace(entry, reversed="2026-10-02", why="undone")


@given(st.integers(-100_000, 100_000), st.integers(0, 9_999))
def test_vat_lies_in_an_amount_to_half_a_penny(amount: int, rate: int) -> None:
    vat = vat_in(amount, rate)
    assert abs(2 * vat * (10_000 + rate) - 2 * amount * rate) <= 10_000 + rate
    assert vat_in(-amount, rate) == -vat


def test_a_cards_number_is_known_by_its_look() -> None:
    assert looks_like_card("4111111111111111")
    assert looks_like_card("paid with 4111 1111 1111 1111 on Friday")
    assert not looks_like_card("receipt 000417, 01632 960417")
    assert not looks_like_card("20-00-00 55779911")


@pytest.mark.parametrize(
    ("owner", "who", "amount", "due", "warned"),
    [
        (OwnerKind.NOT_SAID, BorrowerKind.HIRER, 2000, date(2026, 12, 18), True),
        (OwnerKind.CHARITY, BorrowerKind.HIRER, 2000, None, True),
        (OwnerKind.CHARITY, BorrowerKind.HIRER, 2000, date(2026, 12, 14), False),
        (OwnerKind.CHARITY, BorrowerKind.HIRER, 0, None, False),
        (OwnerKind.CHARITY, BorrowerKind.SETTING, 2000, None, False),
        (OwnerKind.LOCAL_AUTHORITY, BorrowerKind.HIRER, 2000, None, False),
    ],
)
def test_a_long_paid_hire_to_a_person_is_warned_of(
    owner: OwnerKind, who: BorrowerKind, amount: int, due: date | None, *, warned: bool
) -> None:
    said = may_be_regulated(ChargeRules(owner), tariff(Every.TERM, amount), who, date(2026, 9, 14), due)
    assert said is warned


def test_the_rules_are_read_back_as_they_were_written() -> None:
    rules = ChargeRules(OwnerKind.CHARITY, ("a",), 21, refund_unused=True, columns=read_columns("Day=date, Sum=gross"))
    assert read_charge_rules(write_charge_rules(rules)) == rules
    assert read_columns(show_columns(rules.columns)) == rules.columns
    with pytest.raises(Refused):
        read_columns("Reason=reason")


@pytest.mark.parametrize(
    "wrong", [{"contract": "gift"}, {"amount": -1}, {"vat_rate": 10_000}, {"per_set": True}, {"every": "week"}]
)
def test_a_tariff_without_sense_is_refused(wrong: dict[str, object]) -> None:
    with pytest.raises(Refused):
        require_sense(replace(tariff(Every.TERM, 2000), **wrong))  # type: ignore[arg-type]  # by their names


def test_half_terms_blocks_and_notice_dates_are_kept_and_nonsense_refused() -> None:
    row = ("2026/27", "Autumn", "2026-09-02", "2026-12-18", "2026-10-26", "2026-10-30")
    over = make_blocks([("Winter", "11-01", "02-29"), ("Rest", "03-01", "10-31")])
    table = make_table([row], over, make_notice("11-30, 07-01"))
    assert read_terms(write_terms(table)) == table
    span = span_from(Every.BLOCK, date(2027, 2, 28), table)
    assert span is not None
    assert (span.first, span.last) == (date(2026, 11, 1), date(2027, 2, 28))
    for code, broken in (
        ("HALF_OUTSIDE", lambda: make_table([(*row[:4], "2026-12-17", "2026-12-19")])),
        ("BLOCKS_OVERLAP", lambda: make_blocks([("A", "09-01", "12-31"), ("B", "12-31", "04-30")])),
        ("BLOCK_DAY", lambda: make_notice("31 June")),
    ):
        with pytest.raises(Refused) as refused:
            broken()
        assert refused.value.code == code
