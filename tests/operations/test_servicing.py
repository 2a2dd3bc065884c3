"""Services: what is due, noting that it was done, and types that a store says its own way."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest

from loanstore.domain.catalogue import Accessory
from loanstore.domain.catalogue_words import read_sizes
from loanstore.domain.disposals import Route
from loanstore.domain.errors import Refused, WrongUsage
from loanstore.domain.facts import FactKind
from loanstore.domain.services import Work
from loanstore.operations import cataloguing, classifying, disposing, lending, servicing, undoing
from tests.helpers.before_and_after import standing
from tests.helpers.undone import rebuilt_the_same

if TYPE_CHECKING:
    from collections.abc import Iterator

    from loanstore.operations.desk import Desk
    from tests.helpers.made_up import MadeUp


@pytest.fixture(autouse=True)
def _sound(made_up: MadeUp) -> Iterator[None]:
    yield
    rebuilt_the_same(made_up)


@pytest.fixture(autouse=True)
def desk(made_up: MadeUp) -> Desk:
    """Give a desk with a keyboard never tested, a clarinet bought last year and lent, and a lost one."""
    made_up.borrower("Oakfield Primary School", kind="setting", code="OAK")
    made_up.instrument("Keyboard", code="K1", size="61 key", location="Cupboard A")
    made_up.instrument("Clarinet", code="C1", purchased="2025-10-01")
    made_up.instrument("Clarinet", code="C2")
    lending.declare_lost(made_up.desk, "C2", "left on a bus")
    lending.lend(made_up.desk, "OAK", ["C1"])
    return made_up.desk


def told(desk: Desk, by: date | None = None) -> list[tuple[str, str, date | None, bool]]:
    return [(line.code, line.work.value, line.due, line.late) for line in servicing.due_services(desk, by)]


def test_what_is_due_is_told_by_code_with_where_it_is(desk: Desk) -> None:
    assert told(desk) == [("K1", "tested", None, True)]
    assert told(desk, date(2026, 10, 1)) == [
        ("C1", "serviced", date(2026, 10, 1), False),
        ("C1", "cleaned", date(2026, 10, 1), False),
        ("K1", "tested", None, True),
    ]
    clarinet, _again, keyboard = servicing.due_services(desk, date(2026, 10, 1))
    assert (clarinet.borrower, clarinet.status) == ("Oakfield Primary School", "on loan")
    assert (keyboard.place, keyboard.size, keyboard.last) == ("Cupboard A", "61 key", None)


def test_it_is_done_to_many_at_once_and_due_again_in_its_time(made_up: MadeUp) -> None:
    made_up.instrument("Amplifier", code="A1")
    done = servicing.record_service(made_up.desk, ["K1", "A1", "k-1"], Work.TESTED, date(2026, 9, 1)).result
    assert [(one.code, one.fields["tested"]) for one in done] == [("K1", "2026-09-01"), ("A1", "2026-09-01")]
    assert told(made_up.desk) == []
    assert ("K1", "tested", date(2027, 9, 1), False) in told(made_up.desk, date(2027, 9, 1))
    made_up.clock.go_on(days=400)
    assert ("K1", "tested", date(2027, 9, 1), True) in told(made_up.desk)


def test_undo_puts_everything_back_as_it_was(made_up: MadeUp) -> None:
    before = standing(made_up)
    servicing.record_service(made_up.desk, ["K1", "C1"], Work.SERVICED)
    undoing.undo(made_up.desk)
    assert standing(made_up) == before


def test_a_day_before_the_last_time_changes_nothing_of_what_is_due(made_up: MadeUp) -> None:
    servicing.record_service(made_up.desk, ["K1"], Work.TESTED)
    servicing.record_service(made_up.desk, ["K1"], Work.TESTED, date(2020, 1, 1))
    assert made_up.show("K1").fields["tested"] == "2026-09-14"


def test_what_is_overdue_is_lent_all_the_same(made_up: MadeUp) -> None:
    lending.lend(made_up.desk, "OAK", ["K1"])
    assert made_up.show("K1").loan is not None


def test_a_refusal_changes_nothing(made_up: MadeUp) -> None:
    before = made_up.dump()
    tomorrow = made_up.today() + timedelta(days=1)
    with pytest.raises(Refused, match="SERVICE_AHEAD"):
        servicing.record_service(made_up.desk, ["K1"], Work.TESTED, tomorrow)
    with pytest.raises(Refused, match="NO_INSTRUMENT"):
        servicing.record_service(made_up.desk, ["K1", "Z9"], Work.TESTED)
    assert made_up.dump() == before


def test_a_store_changes_an_interval_for_every_desk_and_takes_it_back(made_up: MadeUp) -> None:
    desk, other = made_up.desk, made_up.another_desk()
    kind = classifying.change_type(desk, "clarinet", {"service_months": 6, "band": "C"}).result
    assert (kind.name, kind.service_months, kind.hygiene_months, kind.band) == ("Clarinet in B flat", 6, 12, "C")
    assert [line.code for line in servicing.due_services(other.desk) if line.work is Work.SERVICED] == ["C1"]
    (fact,) = [fact for fact in made_up.facts() if fact.kind is FactKind.SETTING_CHANGED]
    assert fact.body["new"] == {"Clarinet in B flat": {"service_months": 6, "band": "C"}}
    classifying.change_type(desk, "Clarinet", {"service_months": None})
    assert classifying.own_types(desk) == {"Clarinet in B flat": {"service_months": None, "band": "C"}}
    classifying.reset_type(desk, "clarinet")
    assert [kind.service_months for kind in classifying.types(other.desk) if kind.name == "Clarinet in B flat"] == [12]
    other.close()


def test_a_store_may_add_a_type_and_then_have_instruments_of_it(made_up: MadeUp) -> None:
    with pytest.raises(Refused, match="TYPE_UNKNOWN"):
        classifying.change_type(made_up.desk, "Theremin", {"pat_months": 12})
    classifying.change_type(made_up.desk, "Theremin", {"family": "Adapted and electronic", "pat_months": 12})
    made = cataloguing.add_instrument(made_up.desk, {"type": "theremin"}).result
    assert made.fields["type"] == "Theremin"
    assert (made.code, "tested", None, True) in told(made_up.desk)


def test_sizes_are_kept_in_the_one_writing_that_records_use(made_up: MadeUp) -> None:
    kind = classifying.change_type(made_up.desk, "Viola", {"sizes": ["14 inches", '15 1/2"', '14"']}).result
    assert kind.sizes == ('14"', '15.5"')
    assert made_up.instrument("Viola", size="15.5''").fields["size"] == '15.5"'
    with pytest.raises(Refused, match="SIZE_NOT_MADE"):
        made_up.instrument("Viola", size='16"')


@pytest.mark.parametrize("size", ["5/7", "0/4", "5/4", "1/2/3", "03-Apr", "---"])
def test_what_nobody_makes_is_no_size(made_up: MadeUp, size: str) -> None:
    before = made_up.dump()
    with pytest.raises(Refused, match="TYPE_SIZE"):
        classifying.change_type(made_up.desk, "Violin", {"sizes": ["4/4", size]})
    assert made_up.dump() == before


def test_every_shipped_size_is_a_size(desk: Desk) -> None:
    for kind in classifying.types(desk):
        assert read_sizes(kind.sizes or (), kind.size_words) == list(kind.sizes or ())


def test_a_size_that_instruments_are_of_stays_and_they_are_named(made_up: MadeUp) -> None:
    for code in ("V1", "V2", "V3"):
        made_up.instrument("Violin", size="1/2" if code != "V3" else "3/4", code=code)
    with pytest.raises(Refused, match="SIZE_IN_USE") as refused:
        classifying.change_type(made_up.desk, "Violin", {"sizes": ["4/4", "3/4"]})
    assert (refused.value.facts["codes"], refused.value.facts["sizes"]) == (["V1", "V2"], ["1/2"])
    classifying.change_type(made_up.desk, "Violin", {"sizes": ["3/4", "1/2", "2/4"]})
    made_up.instrument("Violin", size="2/4", code="V4")
    with pytest.raises(Refused, match="SIZE_IN_USE") as refused:
        classifying.reset_type(made_up.desk, "Violin")
    assert refused.value.facts["codes"] == ["V4"]
    disposing.dispose(made_up.desk, "V4", disposing.Disposal(Route.SCRAPPED, "minute 14"))
    classifying.reset_type(made_up.desk, "Violin")
    classifying.change_type(made_up.desk, "Violin", {"sizes": None})
    assert made_up.instrument("Violin", size="lent by the cathedral").fields["size"] == "lent by the cathedral"


def test_a_word_of_another_type_is_not_taken_and_one_of_its_own_finds_it(made_up: MadeUp) -> None:
    with pytest.raises(Refused, match="WORD_TAKEN") as refused:
        classifying.change_type(made_up.desk, "Viola", {"aliases": ["Fiddle"]})
    assert refused.value.facts["type"] == "Violin"
    known = classifying.find_type(made_up.desk, "Viola").aliases
    classifying.change_type(made_up.desk, "Viola", {"aliases": [*known, "Big fiddle"]})
    assert made_up.instrument("big FIDDLE", size='14"').fields["type"] == "Viola"


def test_a_type_of_the_stores_own_is_new_and_goes_only_while_nothing_is_of_it(made_up: MadeUp) -> None:
    desk = made_up.desk
    with pytest.raises(Refused, match="TYPE_KNOWN"):
        classifying.add_type(desk, "fiddle", {"family": "Strings"})
    with pytest.raises(WrongUsage, match="NEED_FIELD"):
        classifying.add_type(desk, "Theremin", {})
    accessories = [{"name": "Stand", "essential": True}]
    made = classifying.add_type(desk, " Theremin ", {"family": "Electronic", "accessories": accessories}).result
    assert (made.name, made.accessories) == ("Theremin", (Accessory("Stand", essential=True),))
    made_up.instrument("Theremin", code="T1")
    with pytest.raises(Refused, match="TYPE_IN_USE") as refused:
        classifying.reset_type(desk, "Theremin")
    assert refused.value.facts["codes"] == ["T1"]


@pytest.mark.parametrize(
    "names", [["Bow", "bow"], [" "], [f"Part {n}" for n in range(10)]], ids=["twice", "nameless", "too many"]
)
def test_accessories_are_told_apart_and_can_be_counted(made_up: MadeUp, names: list[str]) -> None:
    said = [{"name": name, "essential": False} for name in names]
    with pytest.raises(Refused, match="TYPE_VALUE"):
        classifying.change_type(made_up.desk, "Violin", {"accessories": said})


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("service_months", 0),
        ("pat_months", "soon"),
        ("hygiene_months", 241),
        ("band", "D"),
        ("sizes", [""]),
        ("accessories", [{"name": "Bow"}]),
        ("flavour", "plum"),
        ("family", " "),
    ],
)
def test_a_value_that_does_not_fit_a_type_is_refused(made_up: MadeUp, field: str, value: object) -> None:
    before = made_up.dump()
    with pytest.raises(Refused, match="TYPE_VALUE"):
        classifying.change_type(made_up.desk, "Violin", {field: value})
    with pytest.raises(Refused, match="TYPE_UNKNOWN"):
        classifying.reset_type(made_up.desk, "Violin")
    assert made_up.dump() == before
