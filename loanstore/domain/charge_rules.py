"""A store's own rules of charging: its legal type, who may post, how long evidence is waited for, the finance list."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from loanstore.domain.borrowers import BorrowerKind
from loanstore.domain.errors import Refused
from loanstore.domain.periods import Every

if TYPE_CHECKING:
    from loanstore.domain.tariffs import Tariff

MOST_DAYS: Final = 365
REGULATED_MONTHS: Final = 3
"""A paid hire to an individual that can last over three months may be regulated consumer hire: Consumer Credit Act
1974, section 15. It is warned of, never decided."""


class OwnerKind(StrEnum):
    """What the owner is in law, as far as hire goes."""

    NOT_SAID = ""
    LOCAL_AUTHORITY = "local authority"
    CHARITY = "charity"
    COMPANY = "company"
    OTHER = "other"


FINANCE_FIELDS: Final = (
    "date",
    "customer",
    "name",
    "kind",
    "what",
    "period",
    "net",
    "vat code",
    "vat rate",
    "vat",
    "gross",
    "reference",
)
"""What the finance list may hold; ``customer`` is the borrower's code, ``reference`` the line's own identity."""

FIRST_COLUMNS: Final = tuple((field.capitalize().replace("Vat", "VAT"), field) for field in FINANCE_FIELDS)
"""Heading and field of each column, where a store has not said its own."""


@dataclass(frozen=True, slots=True)
class ChargeRules:
    """``posters`` are the ids of those who may confirm and reverse charges; nobody named is everybody.

    ``evidence_days`` is how long a charge waits for evidence that is to follow. With ``refund_unused`` the days of a
    period after a return are not charged; without it there is no refund within a period.
    """

    owner: OwnerKind = OwnerKind.NOT_SAID
    posters: tuple[str, ...] = ()
    evidence_days: int = 14
    refund_unused: bool = False
    columns: tuple[tuple[str, str], ...] = FIRST_COLUMNS


def read_charge_rules(text: str) -> ChargeRules:
    """Read the rules from JSON as ``write_charge_rules`` writes it; what is not said keeps its default."""
    said = json.loads(text)
    return ChargeRules(
        OwnerKind(said.get("owner", "")),
        tuple(said.get("posters", ())),
        said.get("evidence_days", 14),
        bool(said.get("refund_unused", False)),
        tuple((heading, field) for heading, field in said.get("columns", FIRST_COLUMNS)),
    )


def write_charge_rules(rules: ChargeRules) -> str:
    """Write the rules as JSON."""
    said = {
        "owner": rules.owner.value,
        "posters": rules.posters,
        "evidence_days": rules.evidence_days,
        "refund_unused": rules.refund_unused,
        "columns": rules.columns,
    }
    return json.dumps(said, sort_keys=True)


def read_columns(text: str) -> tuple[tuple[str, str], ...]:
    """Read a map of columns, ``Heading=field`` with commas between; raises Refused FINANCE_COLUMN (``value``)."""
    columns = []
    for part in filter(None, (part.strip() for part in text.split(","))):
        heading, _equals, field = (piece.strip() for piece in part.rpartition("="))
        if field not in FINANCE_FIELDS:
            raise Refused("FINANCE_COLUMN", value=field, known=", ".join(FINANCE_FIELDS))
        columns.append((heading or field.capitalize(), field))
    if not columns:
        raise Refused("FINANCE_COLUMN", value=text, known=", ".join(FINANCE_FIELDS))
    return tuple(columns)


def show_columns(columns: tuple[tuple[str, str], ...]) -> str:
    """Write a map of columns as ``read_columns`` reads it."""
    return ", ".join(f"{heading}={field}" for heading, field in columns)


def may_be_regulated(rules: ChargeRules, tariff: Tariff | None, who: BorrowerKind, out: date, due: date | None) -> bool:
    """Tell whether a hire is one the law may regulate: paid, to an individual, and it can last over three months.

    ``due`` is None for a hire that goes on until notice is given.
    """
    if rules.owner is OwnerKind.LOCAL_AUTHORITY or who not in {BorrowerKind.HIRER, BorrowerKind.TEACHER}:
        return False
    if tariff is None or tariff.every == Every.FREE.value or tariff.amount <= 0:
        return False
    return due is None or due > _months_on(out, REGULATED_MONTHS)


def _months_on(day: date, months: int) -> date:
    years, month = divmod(day.month - 1 + months, 12)
    for last in (day.day, 30, 29, 28):
        try:
            return date(day.year + years, month + 1, last)
        except ValueError:
            continue
    raise AssertionError(day)
