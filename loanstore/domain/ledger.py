"""The ledger: what was charged and paid, folded from facts; what reverses it; who owes what, the oldest first."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING, Final, TypeVar

from loanstore.domain.facts import Fact, FactKind
from loanstore.domain.loans import in_order
from loanstore.domain.merging import staying

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

_NAMESPACE: Final = bytes.fromhex("6f1d6c1a5f0c5b0e9a533c2b0b6a7d11")
_GROUPED: Final = re.compile(r"(?<!\d)(?:\d[ -]?){12,18}\d(?!\d)")
_USUAL: Final = 16
"""Most cards' numbers have so many digits."""


class EntryKind(StrEnum):
    """What a charge is for."""

    HIRE = "hire"
    DEPOSIT = "deposit"
    DEPOSIT_BACK = "deposit back"
    MISSING = "missing"
    DAMAGE = "damage"
    LOSS = "loss"


class Why(StrEnum):
    """Why an entry was reversed. One that was reversed by hand is not posted again."""

    BY_HAND = "by hand"
    NOT_REACHED = "back before it began"
    ADJUSTED = "charged anew"
    FOUND = "found"
    HANDED_IN = "handed in"
    UNDONE = "undone"


class Method(StrEnum):
    """How money came in."""

    CASH = "cash"
    CHEQUE = "cheque"
    BANK = "bank transfer"
    CARD = "card"
    ONLINE = "online"
    SCHOOL = "school budget"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Entry:
    """A charge. ``full`` is its price and ``amount`` what is owed of it, both pence with VAT in them.

    ``hire`` is the loan that the hire began with, ``about`` the period's key or the part that is charged for; a
    charge is told from every other by hire, kind, ``about`` and ``turn``, which counts how often it was posted
    anew. ``first`` and ``last`` are the days it covers, ``day`` when it was posted, all ISO. ``reversed`` is the day
    on which it was taken back, ``why`` the reason.
    """

    id: str
    borrower: str
    kind: str
    hire: str
    instrument: str
    about: str
    name: str
    first: str
    last: str
    full: int
    amount: int
    vat_code: str = ""
    vat_rate: int = 0
    day: str = ""
    turn: int = 0
    reversed: str | None = None
    why: str | None = None

    @property
    def stands(self) -> bool:
        """Tell whether it is owed still."""
        return self.reversed is None


@dataclass(frozen=True, slots=True)
class Payment:
    """Money that came in, in pence; what went back is negative. ``reference`` is the id of an erasable note."""

    id: str
    borrower: str
    amount: int
    day: str
    method: str
    reference: str | None = None
    reversed: str | None = None
    why: str | None = None

    @property
    def stands(self) -> bool:
        """Tell whether it counts still."""
        return self.reversed is None


def identity(hire: str, kind: str, about: str, turn: int = 0) -> str:
    """Give the id of a charge, a UUIDv5 of what it is for: nothing can be posted twice, wherever it is posted."""
    said = "|".join((hire, kind, about, str(turn))).encode()
    digest = bytearray(hashlib.sha1(_NAMESPACE + said, usedforsecurity=False).digest()[:16])
    digest[6] = digest[6] & 0x0F | 0x50
    digest[8] = digest[8] & 0x3F | 0x80
    text = digest.hex()
    return "-".join((text[:8], text[8:12], text[12:16], text[16:20], text[20:]))


def looks_like_card(text: str) -> bool:
    """Tell whether a text holds what looks like a card's number: 16 digits, or 13 to 19 of them that check."""
    found = (re.sub(r"\D", "", one[0]) for one in _GROUPED.finditer(text))
    return any(len(digits) == _USUAL or _luhn(digits) for digits in found)


def _luhn(digits: str) -> bool:
    doubled = (int(one) * (1 + at % 2) for at, one in enumerate(reversed(digits)))
    return sum(n if n < 10 else n - 9 for n in doubled) % 10 == 0  # noqa: PLR2004 - decimal digits


def with_undone(facts: Sequence[Fact], undone: Mapping[str, Fact], founding: FactKind) -> list[Fact]:
    """Give a ledger entry's facts as they are folded: what was undone shows as reversed, for it stood on papers.

    ``undone`` are the reversals by the gesture they reverse. An entry that stands by another gesture just stands.
    """
    standing = [fact for fact in facts if fact.gesture not in undone]
    if any(fact.kind is founding for fact in standing):
        return standing
    made = [fact for _place, fact in in_order(facts) if fact.kind is founding]
    if not made:
        return standing
    taken = undone[made[-1].gesture]
    reversal = replace(taken, kind=FactKind.ENTRY_REVERSED, subject=made[0].subject, body={"why": Why.UNDONE.value})
    return [made[0], *standing, reversal]


def fold_entry(identity: str, facts: Iterable[Fact]) -> Entry | None:
    """Fold all facts about one charge; None where none posted it. Posted at two desks, the first holds."""
    state: Entry | None = None
    for _place, fact in in_order(facts):
        body = fact.body
        if fact.kind is FactKind.POSTED and state is None:
            said = {name: str(body[name]) for name in _TEXTS}
            numbers = {name: int(str(body[name])) for name in _NUMBERS}
            state = Entry(identity, **said, **numbers)  # type: ignore[arg-type]  # texts and numbers, by their names
        elif state is not None:
            state = _changed(state, fact)
    return state


_TEXTS: Final = ("borrower", "kind", "hire", "instrument", "about", "name", "first", "last", "vat_code", "day")
_NUMBERS: Final = ("full", "amount", "vat_rate", "turn")


def entry_body(entry: Entry) -> dict[str, object]:
    """Write a charge as the body of the fact that posts it."""
    return {name: getattr(entry, name) for name in (*_TEXTS, *_NUMBERS)}


def fold_payment(identity: str, facts: Iterable[Fact]) -> Payment | None:
    """Fold all facts about one payment; None where there was none."""
    state: Payment | None = None
    for _place, fact in in_order(facts):
        body = fact.body
        if fact.kind is FactKind.PAID and state is None:
            reference = body.get("reference")
            state = Payment(
                identity,
                str(body["borrower"]),
                int(str(body["amount"])),
                str(body["day"]),
                str(body["method"]),
                str(reference) if reference is not None else None,
            )
        elif state is not None:
            state = _changed(state, fact)
    return state


Posted = TypeVar("Posted", Entry, Payment)


def _changed(state: Posted, fact: Fact) -> Posted:
    if fact.kind is FactKind.ENTRY_REVERSED and state.reversed is None:
        return replace(state, reversed=str(fact.body.get("day") or fact.happened[:10]), why=str(fact.body["why"]))
    if fact.kind is FactKind.REASSIGNED:
        return replace(state, borrower=staying(state.borrower, fact))
    return state


@dataclass(frozen=True, slots=True)
class Line:
    """One line of an account: ``amount`` adds to what is owed, or takes from it where it is negative."""

    day: str
    amount: int
    source: Entry | Payment
    back: bool = False
    """Whether it takes back what another line said."""


def account(entries: Iterable[Entry], payments: Iterable[Payment]) -> list[Line]:
    """Give the lines of an account by day: each charge and payment, and each that takes one back."""
    lines = []
    for entry in entries:
        lines.append(Line(entry.day, entry.amount, entry))
        if entry.reversed is not None:
            lines.append(Line(entry.reversed, -entry.amount, entry, back=True))
    for payment in payments:
        lines.append(Line(payment.day, -payment.amount, payment))
        if payment.reversed is not None:
            lines.append(Line(payment.reversed, payment.amount, payment, back=True))
    return sorted(lines, key=lambda line: (line.day, line.back, isinstance(line.source, Payment), line.source.id))


def balance(entries: Iterable[Entry], payments: Iterable[Payment]) -> int:
    """Give what is owed, in pence; less than nothing is money in hand."""
    owed = sum(entry.amount for entry in entries if entry.stands)
    return owed - sum(payment.amount for payment in payments if payment.stands)


@dataclass(frozen=True, slots=True)
class Owed:
    """A charge and how much of it, in pence, is not paid yet."""

    entry: Entry
    left: int


def allocate(entries: Iterable[Entry], payments: Iterable[Payment]) -> tuple[tuple[Owed, ...], int]:
    """Allocate what was paid to charges, the oldest first; give what is still owed of each, and what is left over."""
    standing = [entry for entry in entries if entry.stands]
    credit = sum(payment.amount for payment in payments if payment.stands)
    credit -= sum(entry.amount for entry in standing if entry.amount < 0)
    owed = []
    for entry in sorted(standing, key=lambda one: (one.day, one.first, one.id)):
        if entry.amount <= 0:
            continue
        taken = min(max(credit, 0), entry.amount)
        credit -= taken
        if taken < entry.amount:
            owed.append(Owed(entry, entry.amount - taken))
    return tuple(owed), credit
