"""Errors in words: what is wrong, where, and what to do next."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from loanstore.domain.errors import LoanstoreError
from loanstore.i18n import _
from loanstore.wording import (
    agreement_errors,
    charge_errors,
    delivery_errors,
    label_errors,
    people_errors,
    place_errors,
    printer_errors,
    request_errors,
    rule_errors,
    set_errors,
    store_errors,
    table_errors,
    take_errors,
    workshop_errors,
)
from loanstore.wording.told import Facts

if TYPE_CHECKING:
    from loanstore.wording.told import Words


MODULES: Final = (
    agreement_errors,
    charge_errors,
    delivery_errors,
    label_errors,
    people_errors,
    place_errors,
    printer_errors,
    request_errors,
    rule_errors,
    set_errors,
    store_errors,
    table_errors,
    take_errors,
    workshop_errors,
)
"""Where the words for errors lie, subject by subject."""


@dataclass(frozen=True, slots=True)
class Told:
    """An error as a person reads it: a short title, what is wrong, and what to do next."""

    title: str
    message: str
    next: str

    def on_one_line(self) -> str:
        """Give all of it as one line, for a place that has no more."""
        return f"{self.title}. {self.message} {self.next}"


def told(error: Exception) -> Told:
    """Turn an error into words; one that nobody foresaw is said to be ours."""
    if not isinstance(error, LoanstoreError):
        return _bug(type(error).__name__)
    words = _all_words().get(error.code)
    if words is None:
        return _bug(error.code)
    facts = Facts(error.facts)
    return Told(*(part.format_map(facts) for part in words))


def known_codes() -> frozenset[str]:
    """Give every code that there are words for."""
    return frozenset(_all_words())


def _all_words() -> dict[str, Words]:
    return {code: words for module in MODULES for code, words in module.words().items()}


def _bug(name: str) -> Told:
    return Told(
        _("loanstore made a mistake"),
        _("Something happened that the program was not made for ({name}). What was answered before is stored.").format(
            name=name
        ),
        _("Try once more; if it comes again, send the log file to whoever looks after loanstore."),
    )
