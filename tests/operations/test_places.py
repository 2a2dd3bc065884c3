"""Places: what the store calls them, what stands there, and that every gesture about them can be undone."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from loanstore.domain.errors import Refused, Theirs
from loanstore.domain.loans import Status
from loanstore.domain.places import PlaceKind
from loanstore.operations import labelling, lending, placing, undoing
from loanstore.paper.proof import read_codes
from tests.helpers.undone import folded, rebuilt_the_same, undo_brings_back

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from loanstore.operations.desk import Desk
    from tests.helpers.made_up import MadeUp

STORE_A, STORE_B = "Store A", "Store B"


@pytest.fixture(autouse=True)
def _sound(made_up: MadeUp) -> Iterator[None]:
    """Make sure that the state is what the journal says, and comes out the same when it is folded afresh."""
    yield
    rebuilt_the_same(made_up)


def names(made_up: MadeUp) -> list[tuple[str, str, int]]:
    return [(line.name, line.kind.value, line.standing) for line in placing.list_places(made_up.desk)]


def test_a_place_is_added_with_a_code_and_its_name_is_in_no_fact(made_up: MadeUp) -> None:
    place = placing.add_place(made_up.desk, "  Store   A ").result
    assert (place.name, place.kind) == (STORE_A, PlaceKind.PLACE)
    assert place.code.startswith("CM-")
    assert not any("Store" in str(fact.body) for fact in made_up.facts())
    assert names(made_up) == [(STORE_A, "place", 0)]


@pytest.mark.parametrize("kind", list(PlaceKind))
def test_there_are_places_repairers_and_drop_off_points(made_up: MadeUp, kind: PlaceKind) -> None:
    assert placing.add_place(made_up.desk, "Fenmarsh", kind.value).result.kind is kind
    assert names(made_up) == [("Fenmarsh", kind.value, 0)]


def test_places_count_what_stands_there_and_not_what_is_lent(made_up: MadeUp) -> None:
    sam = made_up.borrower()
    things = [made_up.instrument(location=STORE_A) for _n in range(3)]
    made_up.instrument(location=STORE_B)
    lending.lend(made_up.desk, sam.code, [things[0].code])
    lending.declare_lost(made_up.desk, things[1].code, "left on a bus")
    assert names(made_up) == [(STORE_A, "place", 1), (STORE_B, "place", 1)]


def test_places_that_an_import_made_get_their_codes_together(made_up: MadeUp) -> None:
    made_up.instrument(location=STORE_B)
    made_up.instrument(location=STORE_A)
    made = placing.give_codes(made_up.desk).result
    assert [place.name for place in made] == [STORE_A, STORE_B]
    assert len({place.code for place in made}) == 2
    assert placing.give_codes(made_up.desk).result == ()


def test_adding_a_place_that_an_import_made_gives_it_its_code(made_up: MadeUp) -> None:
    made_up.instrument(location=STORE_A)
    before = made_up.dump()
    place = placing.add_place(made_up.desk, "store a").result
    assert names(made_up) == [(STORE_A, "place", 1)]
    undoing.undo(made_up.desk)
    after = made_up.dump()
    assert [after[t] for t in ("places", "place_codes", "codes")] == [
        before[t] for t in ("places", "place_codes", "codes")
    ]
    assert place.code not in str(after["codes"])


def test_a_place_can_be_called_something_else(made_up: MadeUp) -> None:
    place = placing.add_place(made_up.desk, STORE_A).result
    placing.add_place(made_up.desk, STORE_B)
    assert placing.rename_place(made_up.desk, place.code, "Cupboard").result.name == "Cupboard"
    assert names(made_up) == [("Cupboard", "place", 0), (STORE_B, "place", 0)]
    assert placing.rename_place(made_up.desk, "cupboard", "CUPBOARD").result.name == "CUPBOARD"


def test_undoing_a_new_name_gives_the_old_one_back(made_up: MadeUp) -> None:
    violin = made_up.instrument(location=STORE_A)
    place = placing.add_place(made_up.desk, STORE_A).result
    before = folded(made_up)
    placing.rename_place(made_up.desk, place.code, "Cupboard")
    assert not any(name in str(fact.body) for fact in made_up.facts() for name in ("Store", "Cupboard"))
    placing.rename_place(made_up.desk, place.code, "Barn")
    undoing.undo(made_up.desk)
    assert names(made_up) == [("Cupboard", "place", 1)]
    undo_brings_back(made_up, before)
    assert made_up.show(violin.code).fields["location"] == place.id


def test_the_same_name_again_is_no_gesture(made_up: MadeUp) -> None:
    placing.add_place(made_up.desk, STORE_A)
    before = made_up.dump()
    assert placing.rename_place(made_up.desk, STORE_A, f" {STORE_A} ").changed == frozenset()
    assert made_up.dump() == before


def test_a_place_that_an_import_made_is_renamed_and_given_its_name_back(made_up: MadeUp) -> None:
    made_up.instrument(location=STORE_A)
    placing.rename_place(made_up.desk, STORE_A, "Cupboard")
    undoing.undo(made_up.desk)
    assert names(made_up) == [(STORE_A, "place", 1)]


@pytest.mark.parametrize(
    "again", [lambda m: placing.add_place(m.desk, STORE_A), lambda m: m.instrument(location=STORE_A)]
)
def test_a_name_that_another_place_has_by_now_is_not_taken_back(
    made_up: MadeUp, again: Callable[[MadeUp], object]
) -> None:
    place = placing.add_place(made_up.desk, STORE_A).result
    placing.rename_place(made_up.desk, place.code, "Cupboard")
    other = made_up.another_desk()
    again(other)
    with pytest.raises(Refused, match="UNDO_BLOCKED"):
        undoing.undo(made_up.desk)
    undoing.undo(other.desk)
    other.close()


def test_instruments_are_moved_by_hand_each_once(made_up: MadeUp) -> None:
    place = placing.add_place(made_up.desk, STORE_A).result
    here, elsewhere = made_up.instrument(location=STORE_A), made_up.instrument(location=STORE_B)
    before = made_up.dump()
    made = placing.move(made_up.desk, place.code, [elsewhere.code, here.code, elsewhere.code]).result
    assert [one.code for one in made.moved] == [elsewhere.code]
    assert [one.code for one in made.already] == [here.code]
    card = placing.show_place(made_up.desk, place.code)
    assert card is not None
    assert [line.code for line in card.standing] == sorted([here.code, elsewhere.code])
    undoing.undo(made_up.desk)
    assert made_up.dump()["instruments"] == before["instruments"]


REFUSALS: dict[str, tuple[str, Callable[[Desk], object]]] = {
    "a name that is taken": ("PLACE_NAME_TAKEN", lambda d: placing.add_place(d, "STORE  a")),
    "a place without a name": ("NEED_FIELD", lambda d: placing.add_place(d, "  ")),
    "a kind there is not": ("BAD_KIND", lambda d: placing.add_place(d, "Barn", "barn")),
    "another's name": ("PLACE_NAME_TAKEN", lambda d: placing.rename_place(d, STORE_B, STORE_A)),
    "a name of nothing": ("NEED_FIELD", lambda d: placing.rename_place(d, STORE_B, "")),
    "a place nobody knows": ("NO_PLACE", lambda d: placing.move(d, "Barn", ["V1"])),
    "an instrument in a place's stead": ("NO_PLACE", lambda d: placing.move(d, "V1", ["V1"])),
    "to a repairer": ("MOVE_TO_REPAIRER", lambda d: placing.move(d, "Bow & Son", ["V1"])),
    "what somebody has": ("NOT_MOVABLE", lambda d: placing.move(d, STORE_A, ["V1", "V2"])),
    "an instrument nobody knows": ("NO_INSTRUMENT", lambda d: placing.move(d, STORE_A, ["V1", "V9"])),
    "a label without a code": ("PLACE_WITHOUT_CODE", lambda d: placing.place_sheet_pdf(d, [STORE_A, STORE_B])),
    "labels of nothing": ("NO_LABELS", lambda d: placing.place_sheet_pdf(d, [])),
}


@pytest.mark.parametrize("story", REFUSALS)
def test_a_refusal_says_why_and_changes_nothing(made_up: MadeUp, story: str) -> None:
    placing.add_place(made_up.desk, STORE_A)
    placing.add_place(made_up.desk, "Bow & Son", "repairer")
    for code in ("V1", "V2"):
        made_up.instrument(code=code, location=STORE_B)
    lending.lend(made_up.desk, made_up.borrower().code, ["V2"])
    before = made_up.dump()
    code, do = REFUSALS[story]
    with pytest.raises(Theirs) as refused:
        do(made_up.desk)
    assert refused.value.code == code
    assert made_up.dump() == before


def test_undoing_an_added_place_takes_its_record_away(made_up: MadeUp) -> None:
    before = made_up.dump()
    placing.add_place(made_up.desk, STORE_A)
    undoing.undo(made_up.desk)
    after = made_up.dump()
    apart = {"facts", "reversals", "settings"}
    assert {t: rows for t, rows in after.items() if t not in apart} == {
        t: rows for t, rows in before.items() if t not in apart
    }


def test_a_place_where_something_stands_by_now_is_not_undone(made_up: MadeUp) -> None:
    violin = made_up.instrument()
    place = placing.add_place(made_up.desk, STORE_A).result
    other = made_up.another_desk()
    placing.move(other.desk, place.code, [violin.code])
    with pytest.raises(Refused, match="UNDO_BLOCKED"):
        undoing.undo(made_up.desk)
    assert names(made_up) == [(STORE_A, "place", 1)]
    undoing.undo(other.desk)
    undoing.undo(made_up.desk)
    assert names(made_up) == []
    other.close()


def test_undoing_the_codes_of_places_keeps_what_instruments_name(made_up: MadeUp) -> None:
    violin = made_up.instrument(location=STORE_A)
    before = made_up.dump()
    placing.give_codes(made_up.desk)
    undoing.undo(made_up.desk)
    after = made_up.dump()
    for table in ("places", "place_codes", "codes", "instruments"):
        assert after[table] == before[table]
    assert made_up.show(violin.code).status is Status.IN_STORE


def test_a_place_has_a_label_that_reads_back(made_up: MadeUp) -> None:
    place = placing.add_place(made_up.desk, STORE_A).result
    made = labelling.make_labels(made_up.desk, labelling.Wanted([place.code]), labelling.Onto("avery-l7651")).result
    assert (made.labels, made.verified) == (1, 1)
    sheet = placing.place_sheet_pdf(made_up.desk, [place.code])
    assert read_codes(sheet, 203) == [[place.code.replace("-", "")]]
