"""What stands on an agreement and on a receipt, and the versioned texts that are signed."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, replace
from enum import StrEnum
from string import Formatter
from typing import TYPE_CHECKING, Any, Final

from loanstore.domain.errors import FileUnusable, Refused

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

#: The only words in braces that a text may hold; each is filled in when the agreement is drawn.
PLACEHOLDERS: Final = frozenset({"owner", "borrower", "player", "school", "out", "due", "charge", "code", "items"})


class Role(StrEnum):
    """In what role somebody signs."""

    PARENT = "parent"
    PLAYER = "player"
    TEACHER = "teacher"
    SCHOOL = "school"
    STORE = "store"


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
class Translation:
    """The text in a second language: ``language`` as a tag such as ``pl``; ``beside`` the English, else after it."""

    language: str
    title: str
    clauses: tuple[Clause, ...]
    beside: bool = True


@dataclass(frozen=True, slots=True)
class AgreementText:
    """The wording that is signed, and which version of it.

    ``signs`` are the words over the boxes to sign, in order, and ``roles`` who signs in each; without the roles
    in ``needs`` it is not signed.
    """

    key: str
    title: str
    version: str
    clauses: tuple[Clause, ...]
    signs: tuple[str, ...]
    roles: tuple[Role, ...] = ()
    needs: tuple[Role, ...] = ()
    second: Translation | None = None


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
    """One instrument that came back, how it came back beside how it went out, and what did not come with it.

    ``issued`` is the condition at the hand-over, ``lacked`` what was missing then already, ``player`` who had it
    where that is somebody else than the party.
    """

    code: str
    what: str
    serial: str
    out: date | None
    returned_on: date
    condition: str = ""
    missing: tuple[str, ...] = ()
    damaged: tuple[str, ...] = ()
    issued: str = ""
    lacked: tuple[str, ...] = ()
    player: str = ""


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


@dataclass(frozen=True, slots=True)
class ReturnList:
    """The list for whoever brought things back for several parties: what came, whose it was."""

    owner: Party
    bringer: str
    parties: tuple[tuple[str, tuple[ReceiptItem, ...]], ...]
    made: date


def read_text(text: str) -> AgreementText:
    """Read an agreement text from TOML: ``key title version signs`` and a list of ``clauses``.

    Raises FileUnusable AGREEMENT_TEXT_UNUSABLE where a part is missing, and Refused UNKNOWN_PLACEHOLDER where
    braces hold a word outside PLACEHOLDERS.
    """
    try:
        made = from_table(tomllib.loads(text))
    except (tomllib.TOMLDecodeError, KeyError, TypeError, ValueError) as fault:
        raise FileUnusable("AGREEMENT_TEXT_UNUSABLE", why=str(fault)) from fault
    for part in parts_of(made):
        _check_placeholders(part, made.key)
    return made


def parts_of(text: AgreementText) -> tuple[str, ...]:
    """Give every piece of a text in which a word in braces may stand."""
    second = text.second
    other = (second.title, *(p for c in second.clauses for p in (c.title, c.body))) if second is not None else ()
    return (text.title, *text.signs, *(p for c in text.clauses for p in (c.title, c.body)), *other)


def fill(text: AgreementText, values: Mapping[str, str]) -> AgreementText:
    """Put values in the place of the words in braces; ``values`` holds every one of PLACEHOLDERS."""

    def clauses(found: tuple[Clause, ...]) -> tuple[Clause, ...]:
        return tuple(Clause(c.title.format_map(values), c.body.format_map(values)) for c in found)

    second = text.second
    if second is not None:
        second = replace(second, title=second.title.format_map(values), clauses=clauses(second.clauses))
    return replace(
        text,
        title=text.title.format_map(values),
        clauses=clauses(text.clauses),
        signs=tuple(role.format_map(values) for role in text.signs),
        second=second,
    )


def from_table(table: Mapping[str, Any]) -> AgreementText:
    """Make a text of a table as TOML and JSON give it; raises KeyError, TypeError or ValueError for anything else."""
    signs = tuple(str(role) for role in table["signs"])
    roles = tuple(Role(role) for role in table.get("roles", (Role.SCHOOL,) + (Role.STORE,) * (len(signs) - 1)))
    if len(roles) != len(signs):
        raise ValueError("roles")
    second = table.get("second")
    return AgreementText(
        key=str(table["key"]),
        title=str(table["title"]),
        version=str(table["version"]),
        clauses=_clauses(table["clauses"]),
        signs=signs,
        roles=roles,
        needs=tuple(Role(role) for role in table.get("needs", roles[:1])),
        second=Translation(
            str(second["language"]), str(second["title"]), _clauses(second["clauses"]), bool(second.get("beside", True))
        )
        if second is not None
        else None,
    )


def _clauses(rows: Sequence[Mapping[str, Any]]) -> tuple[Clause, ...]:
    return tuple(Clause(str(c["title"]), " ".join(str(c["body"]).split())) for c in rows)


def _check_placeholders(part: str, key: str) -> None:
    try:
        names = [name for _, name, _, _ in Formatter().parse(part) if name is not None]
    except ValueError as fault:
        raise FileUnusable("AGREEMENT_TEXT_UNUSABLE", why=str(fault)) from fault
    for name in names:
        if name not in PLACEHOLDERS:
            raise Refused("UNKNOWN_PLACEHOLDER", name=name, text=key, known=tuple(sorted(PLACEHOLDERS)))
