"""Class sets: instruments that go out as one and come back one by one."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from loanstore.domain.facts import FactKind
from loanstore.domain.keeping import code_rows
from loanstore.domain.loans import CodeUse, in_order

if TYPE_CHECKING:
    from collections.abc import Iterable

    from loanstore.domain.facts import Fact


@dataclass(frozen=True, slots=True)
class ClassSet:
    """A set: its code as shown and what it is called. Which instruments are in it, each of them says itself."""

    id: str
    code: str
    name: str
    dissolved: str | None = None
    codes: tuple[CodeUse, ...] = ()


def fold_class_set(identity: str, facts: Iterable[Fact]) -> ClassSet | None:
    """Fold all standing facts about one set; None where nothing ever made it."""
    state: ClassSet | None = None
    for _place, fact in in_order(facts):
        body = fact.body
        if fact.kind is FactKind.SET_MADE:
            codes = tuple(CodeUse(form, shown, role, identity) for form, shown, role in code_rows(body))
            state = ClassSet(identity, str(body["code"]), str(body["name"]), codes=codes)
        elif fact.kind is FactKind.SET_CHANGED and state is not None:
            state = replace(state, name=str(body.get("name", state.name)))
            if body.get("dissolved"):
                state = replace(state, dissolved=fact.happened)
    return state
