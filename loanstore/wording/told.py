"""The shape in which the words for errors are kept, and how the facts of a case are filled in."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Final, TypeAlias

from loanstore.domain.facts import FactKind
from loanstore.i18n import _
from loanstore.wording.days import day
from loanstore.wording.gestures import gesture_word

if TYPE_CHECKING:
    from collections.abc import Mapping

Words: TypeAlias = tuple[str, str, str]
"""Title, message, and what to do next."""

_LONGEST_FACT: Final = 200


class Facts(dict[str, str]):
    """Facts as a sentence takes them: on one line, not too long, and never as a blank."""

    def __init__(self, facts: Mapping[str, object]) -> None:
        super().__init__({name: _said(value) for name, value in facts.items()})

    def __missing__(self, name: str) -> str:
        """Say that nothing was given."""
        return _nothing()


def _said(value: object) -> str:
    if isinstance(value, (tuple, list, set, frozenset)):
        return ", ".join(_said(piece) for piece in value) or _nothing()
    if isinstance(value, date):
        return day(value)
    if isinstance(value, FactKind):
        return gesture_word(value)
    text = "".join(c if c.isprintable() else " " for c in str(value))
    if not text.strip():
        return _nothing()
    return text if len(text) <= _LONGEST_FACT else text[:_LONGEST_FACT] + "…"


def _nothing() -> str:
    return _("(nothing)")
