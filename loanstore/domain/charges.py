"""What is due: which periods a hire has begun, what they cost, and what of the posted must be taken back."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

from loanstore.domain.ledger import Entry, EntryKind, Why, identity
from loanstore.domain.periods import Every, Span, academic_year, span_from
from loanstore.domain.remissions import best

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from loanstore.domain.charge_rules import ChargeRules
    from loanstore.domain.hires import Hire
    from loanstore.domain.remissions import Remission
    from loanstore.domain.tariffs import Prices, Tariff
    from loanstore.domain.terms import TermTable

DEPOSIT: Final = "deposit"
_LONG: Final = frozenset({Every.TERM, Every.BLOCK})
"""Periods that a hire of their last days does not owe."""


@dataclass(frozen=True, slots=True)
class Setting:
    """What every plan rests on: prices, terms, rules, today, and the day up to which periods are charged.

    ``least_days`` are so many days of a term that a hire must begin before its end to owe it.
    """

    prices: Prices
    terms: TermTable
    rules: ChargeRules
    today: date
    to: date
    least_days: int = 0


@dataclass(frozen=True, slots=True)
class Held:
    """A charge that waits for evidence, up to and with ``until``."""

    entry: Entry
    until: date


@dataclass(frozen=True, slots=True)
class Plan:
    """What a run would do: charges to post, entries to take back and why, and what waits for evidence."""

    post: tuple[Entry, ...] = ()
    reverse: tuple[tuple[Entry, Why], ...] = ()
    held: tuple[Held, ...] = ()


@dataclass(slots=True)
class _Account:
    """One hire while it is planned."""

    hire: Hire
    entries: list[Entry]
    post: list[Entry] = field(default_factory=list)
    reverse: list[tuple[Entry, Why]] = field(default_factory=list)
    held: list[Held] = field(default_factory=list)

    def standing(self, kind: EntryKind) -> list[Entry]:
        """Give what is posted and will stand."""
        going = {entry.id for entry, _why in self.reverse}
        return [one for one in self.entries if one.kind == kind and one.stands and one.id not in going]

    def waived(self, kind: EntryKind) -> list[Entry]:
        """Give what somebody took back by hand: it is not posted again."""
        return [one for one in self.entries if one.kind == kind and one.why == Why.BY_HAND]

    def take_back(self, entry: Entry, why: Why) -> None:
        """Plan that an entry is reversed."""
        self.reverse.append((entry, why))

    def charge(self, entry: Entry) -> Entry:
        """Give an entry the identity of what it is for: posted anew, it is another one."""
        same = [one for one in self.entries if (one.hire, one.kind, one.about) == (entry.hire, entry.kind, entry.about)]
        turn = max((one.turn for one in same), default=-1) + 1
        return replace(entry, id=identity(entry.hire, entry.kind, entry.about, turn), turn=turn)


def periods_begun(hire: Hire, setting: Setting) -> Iterator[tuple[Span, Tariff]]:
    """Give the periods that a hire has begun by the plan's last day, each with the tariff of its first day.

    Nothing is charged by the day: a period that was begun is owed whole. One that a change of tariff cuts is not
    charged twice: the new tariff counts from its first whole period.
    """
    prices = setting.prices
    begins = prices.begins(hire.contract, hire.band)
    if begins is None:
        return
    out = hire.out or begins
    cursor: date | None = max(out, begins)
    while cursor is not None and cursor <= setting.to:
        tariff = prices.at(hire.contract, hire.band, cursor)
        change = prices.next_change(hire.contract, hire.band, cursor)
        span = _next_span(tariff, cursor, out, setting.terms)
        if tariff is None or span is None or (change is not None and cursor < change <= span.first):
            cursor = change
            continue
        first = max(span.first, out)
        if first > setting.to or not hire.reaches(first):
            return
        if not _too_late(span, out, tariff, setting.least_days):
            yield replace(span, first=first), tariff
        cursor = span.last + timedelta(days=1) if tariff.every != Every.ONCE else None


def _next_span(tariff: Tariff | None, cursor: date, out: date, terms: TermTable) -> Span | None:
    if tariff is None:
        return None
    every = Every(tariff.every)
    span = span_from(every, cursor, terms)
    if span is not None and span.first < cursor and cursor != out:
        return span_from(every, span.last + timedelta(days=1), terms)
    return span


def _too_late(span: Span, out: date, tariff: Tariff, least_days: int) -> bool:
    """Tell whether a hire began in the last days of a term, which is not owed then."""
    return Every(tariff.every) in _LONG and span.first < out and (span.last - out).days < least_days


def plan(hires: Iterable[Hire], entries: Sequence[Entry], remissions: Sequence[Remission], setting: Setting) -> Plan:
    """Plan one borrower's charges: what to post, what to take back, what waits. Pure: the same facts, the same plan."""
    post: list[Entry] = []
    reverse: list[tuple[Entry, Why]] = []
    held: list[Held] = []
    for hire in hires:
        mine = [one for one in entries if one.hire in hire.loans]
        account = _Account(hire, mine)
        for entry in stale(hire, mine):
            account.take_back(entry, Why.NOT_REACHED)
        _charge_hire(account, remissions, setting)
        _charge_deposit(account, setting)
        post += account.post
        reverse += account.reverse
        held += account.held
    return Plan(tuple(post), tuple(reverse), tuple(held))


def stale(hire: Hire, entries: Iterable[Entry]) -> list[Entry]:
    """Give the standing charges for periods that a hire never reached: it ended before they began."""
    mine = (one for one in entries if one.kind == EntryKind.HIRE and one.stands and one.hire in hire.loans)
    return [one for one in mine if not hire.reaches(date.fromisoformat(one.first))]


def _charge_hire(account: _Account, remissions: Sequence[Remission], setting: Setting) -> None:
    spent: dict[str, int] = {}
    free_left = True
    for span, tariff in periods_begun(account.hire, setting):
        free, free_left = free_left and tariff.first_free, False
        if free or any(_meets(entry, span) for entry in account.waived(EntryKind.HIRE)):
            continue
        posted = next((entry for entry in account.standing(EntryKind.HIRE) if _meets(entry, span)), None)
        year = academic_year(span.first)
        full = posted.full if posted is not None else _capped(tariff, spent.get(year, 0))
        spent[year] = spent.get(year, 0) + full
        if full > 0:
            _owe(account, _entry(account.hire, span, tariff, full), posted, remissions, setting)


def _meets(entry: Entry, span: Span) -> bool:
    """Tell whether an entry is for days of a period; one that was charged once is for all of them."""
    if entry.about == Every.ONCE:
        return True
    return span.overlaps(date.fromisoformat(entry.first), date.fromisoformat(entry.last))


def _capped(tariff: Tariff, spent: int) -> int:
    return tariff.amount if tariff.cap is None else max(0, min(tariff.amount, tariff.cap - spent))


def _entry(hire: Hire, span: Span, tariff: Tariff, full: int) -> Entry:
    return Entry(
        "",
        hire.borrower,
        EntryKind.HIRE.value,
        hire.id,
        hire.instrument,
        span.key,
        " · ".join(filter(None, (hire.what, span.name))),
        span.first.isoformat(),
        span.last.isoformat(),
        full,
        full,
        tariff.vat_code,
        tariff.vat_rate,
    )


def _owe(
    account: _Account, entry: Entry, posted: Entry | None, remissions: Sequence[Remission], setting: Setting
) -> None:
    """Post what is owed for a period, or put right what was posted for it; a price once posted stays."""
    first = date.fromisoformat(entry.first)
    used = _used(account.hire, entry, setting.rules)
    amount, waits = best(remissions, first, used)
    if posted is not None:
        if posted.amount != amount:
            account.take_back(posted, Why.ADJUSTED)
            again = replace(posted, amount=amount, reversed=None, why=None, day="")
            account.post.append(account.charge(again))
        return
    until = waits + timedelta(days=setting.rules.evidence_days) if waits is not None else None
    made = account.charge(replace(entry, amount=amount))
    if until is not None and setting.today <= until:
        account.held.append(Held(made, until))
    else:
        account.post.append(made)


def _used(hire: Hire, entry: Entry, rules: ChargeRules) -> int:
    """Give the price of what was used: all of it, unless the store gives back the days after a return."""
    first, last = date.fromisoformat(entry.first), date.fromisoformat(entry.last)
    if not rules.refund_unused or hire.ended is None or hire.ended >= last or entry.about == Every.ONCE:
        return entry.full
    days = (last - first).days + 1
    return entry.full * ((hire.ended - first).days + 1) // days


def _charge_deposit(account: _Account, setting: Setting) -> None:
    """Post a deposit as a hire begins, and give it back once everything came back."""
    hire, posted = account.hire, account.standing(EntryKind.DEPOSIT)
    given_back = account.standing(EntryKind.DEPOSIT_BACK)
    if hire.ended is None and not posted and not account.waived(EntryKind.DEPOSIT):
        _ask_deposit(account, setting)
    if not hire.home:
        for entry in given_back:
            account.take_back(entry, Why.ADJUSTED)
    elif hire.ended is not None and posted and not given_back:
        day = hire.ended.isoformat()
        owed = posted[-1]
        back = replace(owed, kind=EntryKind.DEPOSIT_BACK.value, full=-owed.full, amount=-owed.amount)
        account.post.append(account.charge(replace(back, first=day, last=day, day="")))


def _ask_deposit(account: _Account, setting: Setting) -> None:
    hire, out = account.hire, account.hire.out
    tariff = setting.prices.at(hire.contract, hire.band, out) if out is not None else None
    if out is not None and tariff is not None and tariff.deposit and out <= setting.to:
        made = _entry(hire, Span(DEPOSIT, "", out, out), tariff, tariff.deposit)
        account.post.append(account.charge(replace(made, kind=EntryKind.DEPOSIT.value)))
