"""Finding loans by what is typed: each word meets the instrument or whoever has it, however the question is put."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from loanstore.domain.search import words
from loanstore.operations import browsing
from loanstore.storage import lists, loan_finding
from loanstore.storage.lists import LoanFilter

if TYPE_CHECKING:
    from tests.helpers.made_up import MadeUp

THINGS = (
    ("Violin", {"size": "1/2", "make": "Stentor", "serial": "OAK1"}),
    ("Violin", {"size": "3/4", "make": "Primavera"}),
    ("Viola", {"make": "Stentor", "model": "Student II"}),
    ("Cello", {"size": "1/2", "make": "Oakwood"}),
)
PEOPLE = (("Oakfield Primary School", "setting"), ("Violet Drama", "hirer"), ("Hilltop Academy", "setting"))
TYPED = ("v", "vio", "violin 1/2", "oak", "oakfield stentor", "oak vio", "c", "cm0", "s", "stentor school", "xyzzy", "")


@pytest.fixture
def lent(made_up: MadeUp) -> dict[str, str]:
    """Lend everything to one borrower after another, bring one back, and give the words of each loan by its code."""
    people = [made_up.borrower(name, kind) for name, kind in PEOPLE]
    borne = {}
    for n, (kind, fields) in enumerate(THINGS):
        thing, borrower = made_up.instrument(kind, **fields), people[n % len(people)]
        made_up.answers(borrower.code, thing.code, "LSCMD-FINISH")
        borne[thing.code] = " ".join((thing.code, kind, *fields.values(), borrower.code, borrower.name))
    returned = next(iter(borne))
    made_up.answers("LSCMD-RETURN", returned, "LSCMD-FINISH")
    return borne


def met(borne: str, typed: str) -> bool:
    have = {*words(borne), *words(borne.replace("-", ""))}
    return all(any(word.startswith(begun) for word in have) for begun in words(typed))


@pytest.mark.parametrize("broad", [1, loan_finding.BROAD], ids=["walking the codes", "led by what is found"])
@pytest.mark.parametrize("past", [True, False], ids=["past loans too", "open loans"])
@pytest.mark.parametrize("typed", TYPED)
def test_a_find_gives_just_the_loans_that_bear_every_word(
    made_up: MadeUp, lent: dict[str, str], monkeypatch: pytest.MonkeyPatch, typed: str, *, past: bool, broad: int
) -> None:
    monkeypatch.setattr(lists, "BROAD", broad)
    monkeypatch.setattr(loan_finding, "BROAD", broad)
    standing = dict(lent) if past else dict(list(lent.items())[1:])
    expected = sorted(code for code, borne in standing.items() if met(borne, typed))
    listing = browsing.list_loans(made_up.desk, LoanFilter(past=past), typed)
    assert [line.instrument for line in listing.lines] == expected
    assert listing.total == len(expected)
    assert browsing.list_loans(made_up.desk, LoanFilter(past=past), typed, limit=0).total == len(expected)


def test_a_loan_names_its_agreement_and_those_without_one_are_found(made_up: MadeUp, lent: dict[str, str]) -> None:
    thing = made_up.instrument("Flute")
    made_up.answers(made_up.borrower("Elm Row School", "setting").code, thing.code)
    without = browsing.list_loans(made_up.desk, LoanFilter(without_agreement=True), "flute")
    assert [(line.instrument, line.agreement) for line in without.lines] == [(thing.code, "")]
    assert all(line.agreement for line in browsing.list_loans(made_up.desk, find="v").lines)
    assert len(lent) == browsing.list_loans(made_up.desk, LoanFilter(past=True)).total - 1
