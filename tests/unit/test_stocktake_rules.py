"""What a scan means while stock is taken, and which of several scans of one thing is kept."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from loanstore.domain.facts import Fact, FactKind
from loanstore.domain.folding import fold_instrument
from loanstore.domain.loans import Instrument, Loan, Mark, Status
from loanstore.domain.stocktakes import Finding, Stocktake, finding, lasting

if TYPE_CHECKING:
    from collections.abc import Mapping

HERE = Stocktake("stocktake", "2026-09-14T09:00:00.000000Z", "store-a")
EVERYTHING = Stocktake("stocktake", HERE.begun)
LOAN = Loan("loan", "violin", "sam", "2026-09-01T09:00:00.000000Z", "2026-12-18", "free loan")


def violin(status: Status = Status.IN_STORE, place: str | None = "store-a", loan: Loan | None = None) -> Instrument:
    return Instrument("violin", "CM-000001-X", {"location": place} if place else {}, status, loan)


@pytest.mark.parametrize("status", [Status.IN_STORE, Status.SET_ASIDE, Status.NEEDS_ATTENTION, Status.IN_REPAIR])
def test_what_stands_here_is_expected(status: Status) -> None:
    assert finding(violin(status), HERE) is Finding.EXPECTED


@pytest.mark.parametrize("place", ["store-b", None])
def test_what_stands_elsewhere_or_nowhere_is_misplaced(place: str | None) -> None:
    assert finding(violin(place=place), HERE) is Finding.MISPLACED
    assert finding(violin(place=place), EVERYTHING) is Finding.EXPECTED


@pytest.mark.parametrize("status", [Status.MISSING, Status.LOST, Status.RETIRED, Status.DISPOSED])
@pytest.mark.parametrize("place", ["store-a", "store-b"])
def test_what_was_gone_has_turned_up(status: Status, place: str) -> None:
    assert finding(violin(status, place), HERE) is Finding.TURNED_UP


@pytest.mark.parametrize("stocktake", [HERE, EVERYTHING])
def test_what_somebody_has_is_here_though_on_loan(stocktake: Stocktake) -> None:
    assert finding(violin(Status.ON_LOAN, "store-b", LOAN), stocktake) is Finding.ON_LOAN


@pytest.mark.parametrize(
    ("earlier", "later", "kept"),
    [
        (Finding.EXPECTED, Finding.EXPECTED, "later"),
        (Finding.MISPLACED, Finding.EXPECTED, "earlier"),
        (Finding.TURNED_UP, Finding.EXPECTED, "earlier"),
        (Finding.TURNED_UP, Finding.MISPLACED, "earlier"),
        (Finding.ON_LOAN, Finding.EXPECTED, "earlier"),
        (Finding.EXPECTED, Finding.ON_LOAN, "later"),
        (Finding.ON_LOAN, Finding.ON_LOAN, "later"),
    ],
)
def test_of_two_scans_the_one_that_says_more_is_kept(earlier: Finding, later: Finding, kept: str) -> None:
    one, other = (Mark("stocktake", found.value, at, None, "desk") for found, at in ((earlier, "1"), (later, "2")))
    assert lasting(one, other) is {"earlier": one, "later": other}[kept]


def test_a_finding_of_a_later_version_is_kept_and_never_refused() -> None:
    strange, known = (Mark("stocktake", found, "1", None, "desk") for found in ("upside down", "expected"))
    assert lasting(strange, known) is known
    assert lasting(known, strange) is known


def test_what_turned_up_is_marked_by_the_fold_and_so_is_what_was_moved() -> None:
    mark = {"stocktake": "stocktake", "finding": Finding.TURNED_UP.value}
    body = {"code": "V1", "codes": [["V1", "V1", "main"]], "fields": {}, "status": "lost"}
    facts = [
        fact(1, FactKind.INSTRUMENT_ADDED, body),
        fact(2, FactKind.FOUND, mark),
        fact(3, FactKind.MOVED, {"place": "store-a", **mark, "finding": Finding.MISPLACED.value}),
    ]
    state = fold_instrument("violin", facts)
    assert state is not None
    assert (state.status, state.fields["location"]) == (Status.IN_STORE, "store-a")
    assert [(one.finding, one.at) for one in state.marks] == [("turned up", "2026-09-14T09:00:02.000000Z")]


def fact(n: int, kind: FactKind, body: Mapping[str, object]) -> Fact:
    at = f"2026-09-14T09:00:{n:02d}.000000Z"
    return Fact(f"fact-{n}", f"gesture-{n}", kind, 1, "desk", n, None, at, at, 60, "violin", body, "")
