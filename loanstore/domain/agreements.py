"""What stands on an agreement and on a receipt, and the versioned texts that are signed."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, replace
from string import Formatter
from typing import TYPE_CHECKING, Any, Final

from loanstore.domain.errors import FileUnusable, Refused

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

#: The only words in braces that a text may hold; each is filled in when the agreement is drawn.
PLACEHOLDERS: Final = frozenset({"owner", "borrower", "player", "school", "out", "due", "charge", "code", "items"})


@dataclass(frozen=True, slots=True)
class Party:
    """One side of an agreement: a name and the lines below it (address, e-mail, telephone)."""

    name: str
    lines: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ScheduleItem:
    """One instrument on an agreement, as inspected together; ``value_pence`` is its replacement value."""

    code: str
    what: str
    make: str = ""
    model: str = ""
    serial: str = ""
    accessories: tuple[str, ...] = ()
    condition: str = ""
    value_pence: int | None = None


@dataclass(frozen=True, slots=True)
class Clause:
    """One numbered clause of a text."""

    title: str
    body: str


@dataclass(frozen=True, slots=True)
class AgreementText:
    """The wording that is signed, and which version of it; ``signs`` are the roles that sign, in order."""

    key: str
    title: str
    version: str
    clauses: tuple[Clause, ...]
    signs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AgreementPaper:
    """Everything on one agreement. ``code`` is normalised; ``due`` is None where no end was agreed."""

    code: str
    owner: Party
    borrower: Party
    player: str
    school: str
    items: tuple[ScheduleItem, ...]
    out: date
    due: date | None
    made: date
    text: AgreementText
    charge: str = ""


@dataclass(frozen=True, slots=True)
class ReceiptItem:
    """One instrument that came back, the state it came back in, and what did not come with it."""

    code: str
    what: str
    serial: str
    out: date | None
    returned_on: date
    condition: str = ""
    missing: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class OutItem:
    """One instrument that is still with the party of a receipt."""

    code: str
    what: str
    serial: str
    out: date | None
    due: date | None


@dataclass(frozen=True, slots=True)
class ReceiptPaper:
    """Everything on one receipt; ``code`` is its normalised reference, or empty where it has none."""

    code: str
    owner: Party
    party: Party
    returned: tuple[ReceiptItem, ...]
    still_out: tuple[OutItem, ...]
    made: date


def read_text(text: str) -> AgreementText:
    """Read an agreement text from TOML: ``key title version signs`` and a list of ``clauses``.

    Raises FileUnusable AGREEMENT_TEXT_UNUSABLE where a part is missing, and Refused UNKNOWN_PLACEHOLDER where
    braces hold a word outside PLACEHOLDERS.
    """
    try:
        made = _from_table(tomllib.loads(text))
    except (tomllib.TOMLDecodeError, KeyError, TypeError) as fault:
        raise FileUnusable("AGREEMENT_TEXT_UNUSABLE", why=str(fault)) from fault
    for part in (made.title, *made.signs, *(p for c in made.clauses for p in (c.title, c.body))):
        _check_placeholders(part, made.key)
    return made


def fill(text: AgreementText, values: Mapping[str, str]) -> AgreementText:
    """Put values in the place of the words in braces; ``values`` holds every one of PLACEHOLDERS."""
    return replace(
        text,
        title=text.title.format_map(values),
        clauses=tuple(Clause(c.title.format_map(values), c.body.format_map(values)) for c in text.clauses),
        signs=tuple(role.format_map(values) for role in text.signs),
    )


def _from_table(table: dict[str, Any]) -> AgreementText:
    return AgreementText(
        key=str(table["key"]),
        title=str(table["title"]),
        version=str(table["version"]),
        clauses=tuple(Clause(str(c["title"]), " ".join(str(c["body"]).split())) for c in table["clauses"]),
        signs=tuple(str(role) for role in table["signs"]),
    )


def _check_placeholders(part: str, key: str) -> None:
    try:
        names = [name for _, name, _, _ in Formatter().parse(part) if name is not None]
    except ValueError as fault:
        raise FileUnusable("AGREEMENT_TEXT_UNUSABLE", why=str(fault)) from fault
    for name in names:
        if name not in PLACEHOLDERS:
            raise Refused("UNKNOWN_PLACEHOLDER", name=name, text=key, known=tuple(sorted(PLACEHOLDERS)))
