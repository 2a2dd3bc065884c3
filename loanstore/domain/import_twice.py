"""Rows that are about the same thing twice: the same asset again, or one number on two things.

Of two things under one number the first row is kept and the later refused, with both named. Refusing both would
leave the sticker unknown at the desk and one true record lost for certain; keeping the first leaves a record
that the first scan shows with its type and size, so a wrong one is seen, and the corrected file puts it right.
"""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from loanstore.domain import codes
from loanstore.domain.import_fields import ImportKind

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

# What makes a thing another thing where both rows say it.
_IDENTITY: Final = {
    ImportKind.INSTRUMENTS: ("type", "size", "make", "model", "serial"),
    ImportKind.SCHOOLS: ("name", "postcode"),
    ImportKind.BORROWERS: ("name", "kind", "pupil"),
    ImportKind.LOANS: ("borrower", "out"),
}
_CLASHES: Final = {
    ImportKind.INSTRUMENTS: ("NUMBER_TWICE", "code"),
    ImportKind.SCHOOLS: ("URN_TWICE", "urn"),
    ImportKind.BORROWERS: ("CODE_TWICE", "code"),
    ImportKind.LOANS: ("LOAN_TWICE", "code"),
}


@dataclass(frozen=True, slots=True)
class Answer:
    """A row is about a thing that an earlier row names: a ``clash`` refuses it, else it is passed over."""

    why: str
    field: str
    clash: bool
    facts: Mapping[str, str | int] = dataclasses.field(default_factory=dict, hash=False)


@dataclass(frozen=True, slots=True)
class _First:
    row: int
    values: Mapping[str, str]
    own: str


class Twice:
    """Remembers the rows seen and judges each new one."""

    def __init__(self, kind: ImportKind) -> None:
        self._kind = kind
        self._seen: dict[tuple[str, ...], _First] = {}

    def judge(self, row: int, values: Mapping[str, str], own: str) -> Answer | None:
        """Tell whether a row is about a thing an earlier row names; None where it is new. ``own``: its print."""
        keys = self._keys(values, own)
        first = next((self._seen[key] for key in keys if key in self._seen), None)
        if first is None:
            self._seen.update(dict.fromkeys(keys, _First(row, values, own)))
            return None
        why, name = _CLASHES[self._kind]
        if first.own == own:
            return Answer("DUPLICATE", name, clash=False, facts={"first_row": first.row})
        if self._differ(first.values, values):
            facts: dict[str, str | int] = {"first_row": first.row, "row": row}
            return Answer(why, name, clash=True, facts=facts | self._both(first.values, values))
        said = ", ".join(sorted(name for name, text in values.items() if first.values.get(name) != text))
        return Answer("SAME_AGAIN", name, clash=False, facts={"first_row": first.row, "fields": said})

    def _keys(self, values: Mapping[str, str], own: str) -> Sequence[tuple[str, ...]]:
        """Give what a row's thing is known by. Unnumbered instruments without a serial may well be alike."""
        if self._kind is ImportKind.SCHOOLS:
            urn = values.get("urn")
            return [("own", own) if urn is None else ("urn", urn)]
        if self._kind is ImportKind.LOANS:
            still_out = "returned" not in values
            return [("own", own)] + ([("number", codes.normalise(values["code"]))] if still_out else [])
        if "code" in values:
            return [("number", codes.normalise(values["code"])), *self._thing(values, numbered=True)]
        return [*self._thing(values, numbered=False)] or self._own_if_person(own)

    def _thing(self, values: Mapping[str, str], *, numbered: bool) -> list[tuple[str, ...]]:
        """Two numbers are two things, whatever their serials; a row without a number may repeat one with."""
        if self._kind is not ImportKind.INSTRUMENTS or "serial" not in values:
            return []
        parts = (values["type"], values.get("make", ""), values["serial"])
        thing = ("thing", *(part.casefold() for part in parts))
        return [] if numbered and thing in self._seen else [thing]

    def _own_if_person(self, own: str) -> list[tuple[str, ...]]:
        return [("own", own)] if self._kind is ImportKind.BORROWERS else []

    def _differ(self, first: Mapping[str, str], later: Mapping[str, str]) -> bool:
        return any(
            first[name].casefold() != later[name].casefold()
            for name in _IDENTITY[self._kind]
            if name in first and name in later
        )

    def _both(self, first: Mapping[str, str], later: Mapping[str, str]) -> dict[str, str]:
        name = _IDENTITY[self._kind][0]
        return {"first": first[name], "this": later[name]}
