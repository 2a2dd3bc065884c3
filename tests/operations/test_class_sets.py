"""Class sets: what each gesture does, what is refused by name, and that an undo puts everything back."""

from __future__ import annotations

from datetime import date, timedelta
from io import BytesIO
from typing import TYPE_CHECKING

import pytest
from pypdf import PdfReader

from loanstore.domain.class_sets import Standing
from loanstore.domain.errors import Refused, Theirs, WrongUsage
from loanstore.domain.facts import Draft, FactKind
from loanstore.domain.loans import Ending, Status
from loanstore.operations import (
    allocating,
    browsing,
    cataloguing,
    grouping,
    lending,
    letters,
    moving,
    set_lending,
    set_views,
    undoing,
)
from loanstore.storage import folding
from tests.helpers.class_sets import Classroom, classroom, pupils
from tests.helpers.undone import rebuilt_the_same

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from tests.helpers.made_up import MadeUp

SIZE = 5


@pytest.fixture
def room(made_up: MadeUp) -> Classroom:
    return classroom(made_up, SIZE)


@pytest.fixture(autouse=True)
def _sound(made_up: MadeUp) -> Iterator[None]:
    """After every test the store verifies, and folding afresh changes nothing."""
    yield
    rebuilt_the_same(made_up)


def spare(room: Classroom, **fields: str) -> str:
    """Add a violin that is in no set."""
    return room.made_up.instrument("Violin", **fields).code


def standings(room: Classroom) -> list[tuple[int, Standing]]:
    return [(line.position, line.standing) for line in room.card().members]


def test_a_set_keeps_its_instruments_in_the_order_they_were_named(room: Classroom) -> None:
    card = room.card()
    assert [(line.position, line.code) for line in card.members] == list(room.codes.items())
    assert card.count(Standing.HERE) == SIZE


def test_a_set_has_a_code_of_its_own_that_nothing_else_may_carry(room: Classroom) -> None:
    assert room.code.startswith("CM-")
    with pytest.raises(Refused, match="CODE_TAKEN"):
        cataloguing.add_instrument(room.made_up.desk, {"type": "Viola", "code": room.code})


def test_the_same_instrument_named_twice_joins_once(room: Classroom) -> None:
    code = spare(room)
    made = grouping.make(room.made_up.desk, "  Twice \n over ", [code, code.lower()]).result
    assert (made.made.name, len(made.members)) == ("Twice over", 1)


def test_topping_up_gives_the_next_number_and_taking_out_keeps_the_others(room: Classroom) -> None:
    grouping.remove(room.made_up.desk, room.code, [room.codes[2]])
    grouping.add(room.made_up.desk, room.code, [spare(room)])
    assert [line.position for line in room.card().members] == [1, 3, 4, 5, 6]


def test_a_set_is_called_something_else(room: Classroom) -> None:
    grouping.rename(room.made_up.desk, room.code, "Year 5 violins")
    assert room.card().made.name == "Year 5 violins"


def test_a_dissolved_set_lets_its_instruments_go_and_is_listed_no_more(room: Classroom) -> None:
    grouping.dissolve(room.made_up.desk, room.code)
    assert set_views.list_sets(room.made_up.desk).total == 0
    grouping.make(room.made_up.desk, "Again", [room.codes[1]])
    with pytest.raises(Refused, match="SET_DISSOLVED"):
        room.card()


def test_one_gesture_lends_all_that_is_in_under_one_agreement_and_names_what_was_not(room: Classroom) -> None:
    desk = room.made_up.desk
    lending.declare_lost(desk, room.codes[2], "left on a bus")
    lending.lend(desk, room.school.code, [room.codes[4]])
    made = room.lend()
    assert [member.position for member in made.members] == [1, 3, 5]
    assert [(m.position, m.instrument.status) for m in made.left] == [(2, Status.LOST), (4, Status.ON_LOAN)]
    card = browsing.show(desk, made.agreement)
    assert isinstance(card, browsing.BorrowerCard)
    assert sum(line.agreement == made.agreement for line in card.out.lines) == 3
    thing = room.made_up.show(room.codes[1])
    assert thing.loan is not None
    assert (thing.loan.class_set, thing.loan.kind) == (room.made.id, "class set")
    assert made.due == date(2026, 12, 18)


def test_members_come_back_one_by_one_and_the_count_says_how_far_it_is(room: Classroom) -> None:
    room.lend()
    back = room.bring_back(1, 3, 5)
    assert (back.tally.back, back.tally.total, back.tally.positions) == (3, 5, (2, 4))
    assert room.bring_back(2, 4).tally.missing == ()


def test_all_come_back_as_counted_and_not_scanned(room: Classroom) -> None:
    made = room.lend()
    room.bring_back(1)
    seen = room.made_up.show(room.codes[2]).seen
    room.made_up.clock.go_on(days=90)
    back = set_lending.bring_all_back(room.made_up.desk, room.code).result
    assert (len(back.loans), back.tally.back) == (4, 5)
    assert room.made_up.show(room.codes[2]).seen == seen
    with room.made_up.desk.store.reading() as transaction:
        endings = [folding.loan(transaction, loan) for loan in made.loans]
    assert [loan.ending for loan in endings if loan is not None] == [Ending.RETURNED, *[Ending.COUNTED] * 4]


def test_what_was_lacking_when_it_went_out_is_still_lacking_when_it_was_only_counted(room: Classroom) -> None:
    lending.lend(room.made_up.desk, room.school.code, [room.codes[1]])
    lending.bring_back(room.made_up.desk, [room.codes[1]], missing=["rosin"])
    room.lend()
    set_lending.bring_all_back(room.made_up.desk, room.code)
    assert room.made_up.show(room.codes[1]).lacking.missing == ("rosin",)


def test_a_set_moves_from_school_to_school_without_touching_the_store(room: Classroom) -> None:
    desk, school = room.made_up.desk, room.made_up.borrower("Fenmarsh Primary School", "setting")
    first = room.lend()
    room.bring_back(3)
    seen = room.made_up.show(room.codes[1]).seen
    room.made_up.clock.go_on(days=30)
    made = set_lending.move(desk, room.code, school.code).result
    assert [member.position for member in made.members] == [1, 2, 4, 5]
    assert [member.position for member in made.left] == [3]
    thing = room.made_up.show(room.codes[1])
    assert thing.loan is not None
    assert (thing.loan.borrower, thing.loan.due, thing.seen) == (school.id, first.due.isoformat(), seen)
    with desk.store.reading() as transaction:
        before = folding.loan(transaction, first.loans[0])
    assert before is not None
    assert before.ending is Ending.TAKEN
    assert room.card().borrowers == ("Fenmarsh Primary School",)


def test_a_set_that_moves_may_be_due_on_another_day(room: Classroom) -> None:
    school = room.made_up.borrower("Fenmarsh Primary School", "setting")
    room.lend()
    made = set_lending.move(room.made_up.desk, room.code, school.code, date(2027, 7, 21)).result
    assert made.due == date(2027, 7, 21)
    assert {line.due for line in room.card().members} == {"2027-07-21"}


def test_a_broken_one_is_swapped_under_the_same_number_and_the_pupil_plays_the_new_one(room: Classroom) -> None:
    desk, new = room.made_up.desk, spare(room)
    room.lend()
    allocating.allocate(desk, room.code, pupils(SIZE))
    player = room.card().members[2].player
    made = grouping.swap(desk, room.code, room.codes[3], new).result
    assert (made.position, made.broken.status, made.broken.loan) == (3, Status.NEEDS_ATTENTION, None)
    assert made.borrower is not None
    assert made.borrower.id == room.school.id
    line = room.card().members[2]
    assert (line.position, line.code, line.standing, line.player) == (3, new, Standing.OUT, player)
    assert line.due == room.card().members[0].due
    assert made.agreement is not None


def test_a_broken_one_that_is_here_needs_attention_and_nothing_is_lent(room: Classroom) -> None:
    new = spare(room)
    made = grouping.swap(room.made_up.desk, room.code, room.codes[1], new).result
    assert (made.broken.status, made.new.status, made.agreement) == (Status.NEEDS_ATTENTION, Status.IN_STORE, None)
    assert room.card().members[0].code == new


def test_names_are_given_in_the_order_of_the_set_and_never_stand_in_a_fact(room: Classroom) -> None:
    room.lend()
    made = allocating.allocate(room.made_up.desk, room.code, ["Drama, Sam", "Drama, Alex"]).result
    assert [(m.position, name) for m, name in made.pairs] == [(1, "Drama, Sam"), (2, "Drama, Alex")]
    assert [m.position for m in made.members_over] == [3, 4, 5]
    assert [line.player for line in room.card().members] == ["Drama, Sam", "Drama, Alex", "", "", ""]
    assert not any("Drama" in str(fact.body) for fact in room.made_up.facts())


def test_names_are_given_in_the_order_of_scanning(room: Classroom) -> None:
    room.lend()
    order = [room.codes[4], room.codes[1]]
    allocating.allocate(room.made_up.desk, room.code, ["Sam", "Alex", "Robin"], order)
    assert [line.player for line in room.card().members] == ["Alex", "", "", "Sam", ""]


def test_more_names_than_instruments_are_said(room: Classroom) -> None:
    room.lend()
    made = allocating.allocate(room.made_up.desk, room.code, pupils(SIZE + 2)).result
    assert made.names_over == tuple(pupils(SIZE + 2)[SIZE:])


def test_names_are_taken_off_again_and_end_with_the_loan(room: Classroom) -> None:
    desk = room.made_up.desk
    room.lend()
    allocating.allocate(desk, room.code, pupils(SIZE))
    allocating.take_back(desk, room.code, [room.codes[1]])
    assert [bool(line.player) for line in room.card().members] == [False, True, True, True, True]
    set_lending.bring_all_back(desk, room.code)
    assert not any(line.player for line in room.card().members)


@pytest.mark.parametrize(
    ("name", "content"),
    [("class.csv", "Surname,Forename\nDrama,Sam\nDrama,Alex\n"), ("class.txt", "Sam Drama\nAlex Drama\n")],
)
def test_a_class_list_is_read_from_a_file(tmp_path: Path, name: str, content: str) -> None:
    (tmp_path / name).write_text(content, "utf-8")
    assert allocating.read_names(tmp_path / name) == ("Sam Drama", "Alex Drama")


def test_the_list_of_sets_counts_what_is_in_out_and_elsewhere(room: Classroom) -> None:
    desk = room.made_up.desk
    grouping.make(desk, "Empty")
    lending.declare_lost(desk, room.codes[5], "left on a bus")
    room.lend()
    room.bring_back(2)
    found = {line.name: line for line in set_views.list_sets(desk).lines}
    line = found["Year 4 violins"]
    assert (line.members, line.here, line.out, line.elsewhere) == (5, 1, 3, 1)
    assert (line.what, line.borrowers, line.due) == ("Violin 1/2", "Oakfield Primary School", "2026-12-18")
    assert (found["Empty"].members, found["Empty"].what, found["Empty"].borrowers) == (0, "", "")
    assert [line.name for line in set_views.list_sets(desk, "oakf violin").lines] == ["Year 4 violins"]


REFUSALS: dict[str, tuple[str, Callable[[Classroom], object]]] = {
    "a code that no set carries": ("NO_SET", lambda r: set_views.show_set(r.made_up.desk, r.codes[1])),
    "a set without a name": ("NEED_FIELD", lambda r: grouping.make(r.made_up.desk, "  ")),
    "an instrument that is in a set": ("IN_A_SET", lambda r: grouping.make(r.made_up.desk, "B", [r.codes[1]])),
    "one that is in this set already": ("IN_A_SET", lambda r: grouping.add(r.made_up.desk, r.code, [r.codes[1]])),
    "one that nobody knows": ("NO_INSTRUMENT", lambda r: grouping.add(r.made_up.desk, r.code, ["Z9"])),
    "one that is lost": ("NOT_FOR_A_SET", lambda r: grouping.add(r.made_up.desk, r.code, [lost(r)])),
    "taking out what is not in it": ("NOT_IN_SET", lambda r: grouping.remove(r.made_up.desk, r.code, [spare(r)])),
    "dissolving while it is out": ("SET_IS_OUT", lambda r: (r.lend(), grouping.dissolve(r.made_up.desk, r.code))),
    "lending what is out": ("SET_NOT_IN", lambda r: (r.lend(), r.lend())),
    "lending to a family that may have two": (
        "OVER_LIMIT",
        lambda r: set_lending.lend(r.made_up.desk, r.code, r.made_up.borrower().code),
    ),
    "due on a day that is past": (
        "DUE_IN_THE_PAST",
        lambda r: set_lending.lend(r.made_up.desk, r.code, r.school.code, r.made_up.today() - timedelta(days=1)),
    ),
    "moving to where it is": (
        "SET_NOTHING_TO_MOVE",
        lambda r: (r.lend(), set_lending.move(r.made_up.desk, r.code, r.school.code)),
    ),
    "all back of what is here": ("SET_NOT_OUT", lambda r: set_lending.bring_all_back(r.made_up.desk, r.code)),
    "one back that is here": ("NOT_ON_LOAN", lambda r: r.bring_back(1)),
    "swapping in what is out": ("NOT_LENDABLE", lambda r: (r.lend(), swap_for(r, lent(r)))),
    "names for what is here": ("SET_NOT_OUT", lambda r: allocating.allocate(r.made_up.desk, r.code, ["Sam"])),
    "no names": ("NO_NAMES", lambda r: allocating.allocate(r.made_up.desk, r.code, [])),
    "a name for one that came back": (
        "NOT_OUT_WITH_SET",
        lambda r: (r.lend(), r.bring_back(1), allocating.allocate(r.made_up.desk, r.code, ["Sam"], [r.codes[1]])),
    ),
    "taking off what nobody has": ("NOBODY_ALLOCATED", lambda r: allocating.take_back(r.made_up.desk, r.code)),
}


def lost(room: Classroom) -> str:
    code = spare(room)
    lending.declare_lost(room.made_up.desk, code, "left on a bus")
    return code


def lent(room: Classroom) -> str:
    code = spare(room)
    lending.lend(room.made_up.desk, room.school.code, [code])
    return code


def swap_for(room: Classroom, code: str) -> object:
    return grouping.swap(room.made_up.desk, room.code, room.codes[1], code)


@pytest.mark.parametrize("story", REFUSALS)
def test_a_refusal_says_why_by_name(room: Classroom, story: str) -> None:
    code, do = REFUSALS[story]
    with pytest.raises(Theirs) as refused:
        do(room)
    assert refused.value.code == code
    assert isinstance(refused.value, WrongUsage if code == "NEED_FIELD" else Refused)


def test_a_refusal_changes_nothing(room: Classroom) -> None:
    code = spare(room)
    before = room.made_up.dump()
    with pytest.raises(Refused) as refused:
        grouping.make(room.made_up.desk, "Another", [code, room.codes[1]])
    assert (refused.value.facts["code"], refused.value.facts["set"]) == (room.codes[1], "Year 4 violins")
    assert room.made_up.dump() == before


GESTURES: dict[str, Callable[[Classroom, str], object]] = {
    "making": lambda r, code: grouping.make(r.made_up.desk, "Another", [code]),
    "topping up": lambda r, code: grouping.add(r.made_up.desk, r.code, [code]),
    "taking out": lambda r, _code: grouping.remove(r.made_up.desk, r.code, [r.codes[2]]),
    "renaming": lambda r, _code: grouping.rename(r.made_up.desk, r.code, "Another"),
    "swapping": lambda r, code: grouping.swap(r.made_up.desk, r.code, r.codes[2], code),
    "moving": lambda r, _code: set_lending.move(r.made_up.desk, r.code, fenmarsh(r)),
    "lending what came back": lambda r, _code: r.lend(),
    "bringing back one": lambda r, _code: r.bring_back(2),
    "bringing back all": lambda r, _code: set_lending.bring_all_back(r.made_up.desk, r.code),
    "allocating": lambda r, _code: allocating.allocate(r.made_up.desk, r.code, pupils(3)),
    "taking names off": lambda r, _code: allocating.take_back(r.made_up.desk, r.code),
}


def fenmarsh(room: Classroom) -> str:
    (line,) = browsing.list_borrowers(room.made_up.desk, "Fenmarsh").lines
    return str(line.code)


@pytest.mark.parametrize("gesture", GESTURES)
def test_an_undo_puts_everything_back(room: Classroom, gesture: str) -> None:
    room.made_up.borrower("Fenmarsh Primary School", "setting")
    code = spare(room)
    room.lend()
    room.bring_back(1)
    allocating.allocate(room.made_up.desk, room.code, pupils(2))
    before = room.folded()
    GESTURES[gesture](room, code)
    assert room.folded() != before
    undoing.undo(room.made_up.desk)
    assert room.folded() == before


def test_undoing_a_dissolving_brings_the_set_back(room: Classroom) -> None:
    before = room.folded()
    grouping.dissolve(room.made_up.desk, room.code)
    undoing.undo(room.made_up.desk)
    assert room.folded() == before


def test_a_set_that_another_desk_topped_up_is_not_undone(room: Classroom) -> None:
    other = room.made_up.another_desk()
    code = other.instrument("Violin").code
    fresh = grouping.make(room.made_up.desk, "Another", []).result
    room.made_up.clock.go_on(5)
    grouping.add(other.desk, fresh.made.code, [code])
    with pytest.raises(Refused) as refused:
        undoing.undo(room.made_up.desk)
    assert (refused.value.code, refused.value.facts["code"]) == ("UNDO_BLOCKED", code)
    other.close()


def test_letters_go_to_each_school_that_brought_something_and_name_what_is_alone(room: Classroom) -> None:
    desk = room.made_up.desk
    family = room.made_up.borrower("Drama, Sam")
    alone, still = spare(room), spare(room)
    lending.lend(desk, family.code, [alone, still])
    room.lend()
    loans = [*room.bring_back(1, 2, 3, 4).loans, lending.bring_back(desk, [alone]).result[0].loan]
    pages = PdfReader(BytesIO(letters.returns_letter_pdf(desk, loans))).pages
    texts = [page.extract_text() for page in pages]
    assert "Year 4 violins: 4 of 5 back; missing: 5." in texts[0]
    assert "Oakfield Primary School" in texts[0]
    assert "Single instruments: 1 of 2 back; 1 is missing." in texts[1]
    assert "Drama, Sam" in texts[1]
    assert still in texts[1]


def test_a_letter_counts_one_outing_and_not_the_year_before(room: Classroom) -> None:
    room.lend()
    set_lending.bring_all_back(room.made_up.desk, room.code)
    room.made_up.clock.go_on(days=10)
    grouping.remove(room.made_up.desk, room.code, [room.codes[5]])
    room.lend()
    room.made_up.clock.go_on(60)
    loans = room.bring_back(1).loans
    assert "1 of 4 back; missing: 2, 3, 4." in text_of(letters.returns_letter_pdf(room.made_up.desk, loans))


def test_what_was_lacking_at_issue_already_is_not_asked_for(room: Classroom) -> None:
    desk = room.made_up.desk
    lending.lend(desk, room.school.code, [room.codes[1]])
    first = lending.bring_back(desk, [room.codes[1]], missing=["rosin"]).result[0].loan
    assert "rosin" in text_of(letters.returns_letter_pdf(desk, [first]))
    out = room.lend()
    with desk.gesturing() as (transaction, gesture):
        thing = room.made_up.show(room.codes[1])
        noted = Draft(FactKind.CHECKED, thing.id, {"loan": out.loans[0], "missing": ["rosin"]})
        moving.record(transaction, gesture, [(thing, noted)])
    room.made_up.clock.go_on(60)
    second = lending.bring_back(desk, [room.codes[1]], missing=["rosin"]).result[0].loan
    assert "rosin" not in text_of(letters.returns_letter_pdf(desk, [second]))


def text_of(pdf: bytes) -> str:
    return "\n".join(page.extract_text() for page in PdfReader(BytesIO(pdf)).pages)
