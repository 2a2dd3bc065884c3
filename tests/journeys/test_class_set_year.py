"""A class set's year: thirty violins to a school, thirty pupils, 27 back in July, two found later, one repaired."""

from __future__ import annotations

from datetime import date
from io import BytesIO
from typing import TYPE_CHECKING

import pytest
from pypdf import PdfReader

from loanstore.domain.class_sets import Standing
from loanstore.domain.loans import Status
from loanstore.operations import allocating, grouping, housekeeping, lending, letters, set_lending
from loanstore.paper.proof import read_codes
from loanstore.wording.sets import tally_words
from tests.helpers.class_sets import Classroom, classroom, pupils

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tests.helpers.made_up import MadeUp

MISSING = (4, 11, 19)


@pytest.fixture(autouse=True)
def _sound(made_up: MadeUp) -> Iterator[None]:
    """At the end the store verifies, and folding afresh changes nothing."""
    yield
    assert made_up.complaints() == []
    before = made_up.dump()
    housekeeping.rebuild(made_up.desk)
    assert made_up.dump() == before


def letter_text(room: Classroom, loans: Sequence[str]) -> str:
    """Read the letter for what came back, and prove that it names the set in bars."""
    pdf = letters.returns_letter_pdf(room.made_up.desk, loans)
    assert read_codes(pdf, 203)[0] == [room.code.replace("-", "")]
    return "\n".join(page.extract_text() for page in PdfReader(BytesIO(pdf)).pages)


def test_a_class_set_from_september_to_the_last_violin(made_up: MadeUp) -> None:
    desk, room = made_up.desk, classroom(made_up)

    sent = set_lending.lend(desk, room.code, room.school.code, date(2027, 7, 16)).result
    assert (len(sent.loans), sent.left) == (30, ())
    allocated = allocating.allocate(desk, room.code, pupils(30)).result
    assert (len(allocated.pairs), allocated.names_over, allocated.members_over) == (30, (), ())
    assert [line.player for line in room.card().members] == pupils(30)

    made_up.clock.go_on(days=120)
    broken = room.codes[7]
    spare = made_up.instrument("Violin", size="1/2", serial="S007b").code
    swapped = grouping.swap(desk, room.code, broken, spare).result
    assert (swapped.position, swapped.broken.status) == (7, Status.NEEDS_ATTENTION)
    assert room.card().members[6].player == pupils(30)[6]
    room.codes[7] = spare

    made_up.clock.go_on(days=185)
    brought = []
    for number in range(1, 31):
        if number in MISSING:
            continue
        if number == 12:
            (alone,) = lending.bring_back(desk, [room.codes[12]], missing=["bow"]).result
            brought.append(alone.loan)
            continue
        made_up.clock.go_on(3)
        back = room.bring_back(number)
        brought.extend(back.loans)
    assert tally_words(room.card().tally) == "27 of 30 back; missing: 4, 11, 19"

    text = letter_text(room, brought)
    assert "Year 4 violins: 27 of 30 back; missing: 4, 11, 19." in text
    assert all(room.codes[number] in text for number in MISSING)
    assert all(f"S{number:03d}" in text for number in MISSING)
    assert "bow" in text
    assert "Oakfield Primary School" in text
    assert not any(name in text for name in pupils(30))

    made_up.clock.go_on(days=4)
    found = room.bring_back(4, 19)
    assert tally_words(found.tally) == "29 of 30 back; missing: 11"
    assert "Year 4 violins: 29 of 30 back; missing: 11." in letter_text(room, found.loans)

    lending.declare_found(desk, broken, "a new bridge was fitted")
    grouping.swap(desk, room.code, room.codes[12], broken)
    lending.declare_lost(desk, room.codes[11], "the school looked everywhere")
    card = room.card()
    assert (card.count(Standing.HERE), card.count(Standing.OUT), card.count(Standing.ELSEWHERE)) == (29, 0, 1)
    assert [line.position for line in card.members] == list(range(1, 31))

    again = set_lending.lend(desk, room.code, room.school.code).result
    assert len(again.loans) == 29
    assert [member.position for member in again.left] == [11]
    made_up.clock.go_on(60)
    early = room.bring_back(1)
    assert "Year 4 violins: 1 of 29 back" in letter_text(room, early.loans)
