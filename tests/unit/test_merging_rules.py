"""What REASSIGNED, RECODED and merged records mean to whatever they are about; and how typed rules are read."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from loanstore.domain.arrivals import fold_crates, fold_head_count
from loanstore.domain.borrowers import BorrowerKind
from loanstore.domain.errors import Refused
from loanstore.domain.facts import Fact, FactKind
from loanstore.domain.folding import fold_agreement, fold_borrower
from loanstore.domain.merging import taken_over
from loanstore.domain.policy import LendingRule, Period, Policy
from loanstore.domain.policy_words import read_rule, with_days, with_rule, with_waits
from loanstore.domain.records import read_borrower
from loanstore.domain.requests import fold_request
from loanstore.domain.runs import fold_run

if TYPE_CHECKING:
    from collections.abc import Mapping

WHO = {"who": ["old", "new"]}
ELSE = {"who": ["other", "new"]}


def _facts(*said: tuple[FactKind, Mapping[str, object]]) -> list[Fact]:
    return [
        Fact(f"f{n}", f"g{n}", kind, 1, "d", n, None, f"t{n}", f"t{n}", 0, "s", body, "")
        for n, (kind, body) in enumerate(said, 1)
    ]


ASKED = {"code": "R1", "codes": [], "kind": "order", "borrower": "old", "type": "Violin", "number": 1}
ARRIVED = {"borrower": "old", "arrived": "2026-07-17", "crates": 2}
HEADS = {"borrower": "old", "given": "2026-09-01", "heads": {"pupils": 3}}
AGREED = {"code": "A1", "borrower": "old", "loans": ["l"]}


@pytest.mark.parametrize(
    ("fold", "kind", "body"),
    [
        (fold_request, FactKind.REQUESTED, ASKED),
        (fold_crates, FactKind.CRATES_ARRIVED, ARRIVED),
        (fold_head_count, FactKind.HEADS_COUNTED, HEADS),
        (fold_agreement, FactKind.AGREED, AGREED),
    ],
)
def test_whatever_names_the_record_that_went_names_the_one_that_stays(fold, kind, body) -> None:  # type: ignore[no-untyped-def]  # noqa: ANN001 - four folds of four types
    assert fold("s", _facts((kind, body), (FactKind.REASSIGNED, WHO))).borrower == "new"
    assert fold("s", _facts((kind, body), (FactKind.REASSIGNED, ELSE))).borrower == "old"
    assert fold("s", _facts((FactKind.REASSIGNED, WHO))) is None


def test_a_stop_keeps_its_signature_under_the_new_name() -> None:
    run = fold_run(
        "s",
        _facts(
            (FactKind.RUN_PLANNED, {"code": "V1", "codes": [], "day": "2026-09-01", "stops": ["old", "other"]}),
            (FactKind.DELIVERED, {"borrower": "old", "signer": "n"}),
            (FactKind.REASSIGNED, WHO),
        ),
    )
    assert run is not None
    assert [(stop.borrower, stop.signer) for stop in run.stops] == [("new", "n"), ("other", None)]


def test_the_last_head_count_of_a_day_holds() -> None:
    later = {**HEADS, "heads": {"pupils": 4}, "estimated": True}
    counted = fold_head_count("s", _facts((FactKind.HEADS_COUNTED, HEADS), (FactKind.HEADS_COUNTED, later)))
    assert counted is not None
    assert (counted.heads, counted.estimated) == ({"pupils": 4}, True)


def test_a_merged_record_lends_every_code_it_ever_had_as_an_alias() -> None:
    added = {"code": "Z1", "codes": [["Z1", "Z-1", "main"]], "kind": "setting"}
    state = fold_borrower(
        "s",
        _facts(
            (FactKind.BORROWER_ADDED, added),
            (FactKind.BORROWER_MERGED, {"into": "new"}),
            (FactKind.ALIAS_ADDED, {"codes": [["100001", "100001", "alias"]]}),
            (FactKind.BORROWER_MERGED, {"into": "newest"}),
        ),
    )
    assert state is not None
    assert (state.code, state.merged_into) == ("Z1", "newest")
    assert [(use.form, use.role, use.owner) for use in state.codes] == [
        ("Z1", "alias", "newest"),
        ("100001", "alias", "newest"),
    ]


def test_a_borrower_is_recoded_and_changes_its_kind() -> None:
    added = {"code": "Z1", "codes": [["Z1", "Z1", "main"], ["OLD", "old", "alias"]], "kind": "hirer"}
    recoded = {"code": "Z2", "codes": [["Z2", "Z2", "main"]], "dropped": ["OLD"]}
    facts = _facts(
        (FactKind.BORROWER_ADDED, added),
        (FactKind.RECODED, recoded),
        (FactKind.BORROWER_EDITED, {"fields": ["name"], "before": "n"}),
        (FactKind.BORROWER_EDITED, {"fields": [], "before": "n", "kind": "teacher"}),
    )
    state = fold_borrower("s", facts)
    assert state is not None
    assert (state.code, state.kind) == ("Z2", "teacher")
    assert [(use.form, use.role) for use in state.codes] == [("Z1", "alias"), ("Z2", "main")]


def test_the_record_that_stays_takes_what_it_lacks_and_keeps_what_it_has() -> None:
    goes = {"name": "Old", "urn": "1", "closed": "yes", "contact": "Office", "telephone": "1", "notes": "ring first"}
    assert taken_over(goes, {"telephone": "2"}) == {"contact": "Office", "notes": "ring first"}
    assert taken_over(goes, {"contact": "a", "telephone": "2", "notes": "new"}) == {"notes": "new\nring first"}
    assert taken_over(goes, {"contact": "a", "telephone": "2", "notes": "ring first"}) == {}


def test_a_borrowers_text_stands_on_one_line_but_for_address_and_notes() -> None:
    read = read_borrower({"name": " Drama,\n Sam ", "address": "1 Made-up Lane \n\n Fenmarsh", "pupil": " "})
    assert read == {"name": "Drama, Sam", "address": "1 Made-up Lane\nFenmarsh", "pupil": ""}


def test_a_rule_is_read_as_it_is_typed() -> None:
    assert read_rule(Period.DAYS, " 28 ", "3") == LendingRule(Period.DAYS, 28, 3)
    assert read_rule(Period.TERM, "28", "") == read_rule(Period.TERM, "", "None") == LendingRule()
    changed = with_rule(Policy(), BorrowerKind.TEACHER, LendingRule(limit=9))
    assert changed.limit(BorrowerKind.TEACHER) == 9
    assert changed.limit(BorrowerKind.HIRER) == Policy().limit(BorrowerKind.HIRER)
    waits = with_days(with_waits(changed, {"repeat": "1.5"}), " 0", "10 ")
    assert (waits.repeat, waits.quiet, waits.rules) == (1.5, 300, changed.rules)
    assert (waits.least_days, waits.aside_days) == (0, 10)
    assert with_waits(waits, {"quiet": "60"}).aside_days == 10


@pytest.mark.parametrize("days", ["", "0", "-1", "x", "99999", "²"])
def test_days_that_are_none_are_refused(days: str) -> None:
    with pytest.raises(Refused, match="POLICY_DAYS"):
        read_rule(Period.DAYS, days, "")


@pytest.mark.parametrize("limit", ["0", "-1", "x", "10000", "½"])
def test_a_limit_that_is_none_is_refused(limit: str) -> None:
    with pytest.raises(Refused, match="POLICY_LIMIT"):
        read_rule(Period.TERM, "", limit)


@pytest.mark.parametrize(("name", "text"), [("repeat", "61"), ("quiet", "nan"), ("just_lent", ""), ("quiet", "29")])
def test_a_waiting_time_out_of_reach_is_refused(name: str, text: str) -> None:
    with pytest.raises(Refused, match="POLICY_WAIT"):
        with_waits(Policy(), {name: text})


@pytest.mark.parametrize("text", ["", "nan", "-1", "²", "3661"])
def test_days_out_of_reach_are_refused(text: str) -> None:
    with pytest.raises(Refused, match="POLICY_LEAST"):
        with_days(Policy(), text, "5")
    with pytest.raises(Refused, match="POLICY_ASIDE"):
        with_days(Policy(), "14", text)
    with pytest.raises(Refused, match="POLICY_ASIDE"):
        with_days(Policy(), "14", "0")
