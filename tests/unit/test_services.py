"""What is due when: after it was last done, else after it was bought, else by now."""

from __future__ import annotations

from datetime import date

import pytest

from loanstore.assets import resources
from loanstore.domain.catalogue import BANDS, Catalogue, InstrumentType
from loanstore.domain.errors import Ours
from loanstore.domain.services import Due, Work, dues, months_after

KIND = InstrumentType("Clarinet", "Woodwind", service_months=12, hygiene_months=6)


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return Catalogue.load((resources() / "catalogue.json").read_text("utf-8"))


@pytest.mark.parametrize(
    ("fields", "last", "due"),
    [
        ({"serviced": "2026-03-31"}, date(2026, 3, 31), date(2027, 3, 31)),
        ({"serviced": "2026-03-31", "purchased": "2010"}, date(2026, 3, 31), date(2027, 3, 31)),
        ({"purchased": "2024"}, None, date(2025, 1, 1)),
        ({"purchased": "2024-05"}, None, date(2025, 5, 1)),
        ({"purchased": "2024-05-17"}, None, date(2025, 5, 17)),
        ({}, None, None),
    ],
)
def test_a_service_is_due_so_long_after_the_last_or_the_purchase(
    fields: dict[str, str], last: date | None, due: date | None
) -> None:
    assert dues(KIND, fields)[0] == Due(Work.SERVICED, last, due)


def test_each_kind_of_work_counts_by_itself() -> None:
    found = dues(KIND, {"cleaned": "2026-08-31", "purchased": "2026-01-01"})
    assert [(one.work, one.day) for one in found] == [
        (Work.SERVICED, date(2027, 1, 1)),
        (Work.CLEANED, date(2027, 2, 28)),
    ]


def test_what_needs_nothing_or_is_not_known_is_never_due() -> None:
    assert dues(None, {}) == ()
    assert dues(InstrumentType("Claves", "Drums"), {}) == ()


def test_a_day_is_late_once_it_has_passed() -> None:
    due = Due(Work.TESTED, None, date(2026, 9, 14))
    assert (due.by(date(2026, 9, 13)), due.by(date(2026, 9, 14))) == (False, True)
    assert (due.is_late(date(2026, 9, 14)), due.is_late(date(2026, 9, 15))) == (False, True)
    never = Due(Work.TESTED, None, None)
    assert never.by(date(2000, 1, 1))
    assert never.is_late(date(2000, 1, 1))


@pytest.mark.parametrize(
    ("day", "months", "then"),
    [
        (date(2024, 2, 29), 12, date(2025, 2, 28)),
        (date(2026, 12, 31), 2, date(2027, 2, 28)),
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2026, 11, 30), 24, date(2028, 11, 30)),
    ],
)
def test_months_end_where_the_month_ends(day: date, months: int, then: date) -> None:
    assert months_after(day, months) == then


@pytest.mark.parametrize(
    ("name", "service", "pat", "hygiene", "band"),
    [
        ("Violin", 24, None, None, "A"),
        ("Cello", 24, None, None, "B"),
        ("Clarinet", 12, None, 12, "B"),
        ("Recorder", None, None, 12, "A"),
        ("Bassoon", 12, None, 12, "C"),
        ("Keyboard", None, 12, None, "B"),
        ("Amplifier", None, 12, None, "A"),
        ("Claves", None, None, None, "A"),
    ],
)
def test_wind_gets_hygiene_and_what_has_a_plug_gets_tested(
    catalogue: Catalogue, name: str, service: int | None, pat: int | None, hygiene: int | None, band: str
) -> None:
    kind = catalogue.find_type(name)
    assert kind is not None
    assert (kind.service_months, kind.pat_months, kind.hygiene_months, kind.band) == (service, pat, hygiene, band)


def test_every_type_has_a_band_and_every_wind_instrument_is_cleaned(catalogue: Catalogue) -> None:
    assert {kind.band for kind in catalogue.types} == set(BANDS)
    wind = [kind for kind in catalogue.types if kind.family in {"Woodwind", "Brass"}]
    assert all(kind.hygiene_months for kind in wind)


def test_a_store_may_say_of_a_type_what_it_likes_and_leave_the_rest(catalogue: Catalogue) -> None:
    own = catalogue.with_own(
        '{"Violin": {"service_months": 6, "band": "B", "sizes": ["4/4", "1/2"], '
        '"accessories": [{"name": "Bow", "essential": false}]},'
        '"Theremin": {"family": "Adapted and electronic", "pat_months": 12, "aliases": ["Etherphone"]}}'
    )
    violin, theremin, cello = (own.find_type(word) for word in ("fiddle", "etherphone", "cello"))
    assert violin is not None
    assert (violin.service_months, violin.band, violin.read_size("half"), violin.read_size("3/4")) == (
        6,
        "B",
        "1/2",
        None,
    )
    assert [one.essential for one in violin.accessories] == [False]
    assert theremin is not None
    assert (theremin.name, theremin.pat_months, theremin.service_months) == ("Theremin", 12, None)
    assert cello == catalogue.find_type("cello")
    assert catalogue.with_own("") == catalogue


@pytest.mark.parametrize("text", ["{", "[1]", '{"Theremin": {}}', '{"Violin": {"accessories": [1]}}'])
def test_what_a_store_says_and_nobody_can_read_is_our_fault(catalogue: Catalogue, text: str) -> None:
    with pytest.raises(Ours, match="CATALOGUE_UNREADABLE"):
        catalogue.with_own(text)
