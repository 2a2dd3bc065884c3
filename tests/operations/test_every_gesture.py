"""Random gestures of every kind leave what a simple model says, a sound store, and the same store rebuilt."""

from __future__ import annotations

import os
import tempfile
from copy import deepcopy
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from loanstore.domain.answers import Answer
from loanstore.domain.errors import Refused
from loanstore.domain.services import Work
from loanstore.operations import (
    custody,
    editing,
    grouping,
    lending,
    placing,
    receiving,
    requesting,
    scanning,
    servicing,
    setting_aside,
    stocktaking,
    swapping,
    taking,
    undoing,
    workshop,
)
from tests.helpers.made_up import StoreMaker, make_store
from tests.helpers.undone import rebuilt_the_same

if TYPE_CHECKING:
    from collections.abc import Callable

STEPS = 50
GESTURES = int(os.environ.get("LOANSTORE_RANDOM_GESTURES", "400"))
"""How many gestures in all; a soak asks for thousands."""
THINGS = 6
ACCESSORIES = ("LSCMD-MISSING-1", "LSCMD-DAMAGED-2", "LSCMD-PRESENT-1", "LSCMD-REPAIR")
things = st.integers(0, THINGS - 1)
people = st.integers(0, 2)


@dataclass
class Thing:
    """What the model knows of an instrument."""

    holder: str | None = None
    custodian: str | None = None
    place: str | None = None
    group: str | None = None
    aside: str | None = None
    repair: bool = False

    def leaves(self) -> None:
        """Be nobody's, nowhere kept for anybody, and at no repairer's."""
        self.holder = self.custodian = self.aside = None
        self.repair = False


class EveryGesture(RuleBasedStateMachine):
    """One desk doing everything it can."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory(prefix="loanstore-test-")
        template = Path(self.folder.name) / "template.loanstore"
        make_store(template).close()
        self.maker = StoreMaker(template)
        self.made_up = self.maker(Path(self.folder.name) / "hub.loanstore")
        self.past: list[list[Thing]] = []

    @initialize()
    def open(self) -> None:
        desk = self.made_up.desk
        self.shelves = [placing.add_place(desk, name).result for name in ("Store A", "Store B")]
        self.repairer = placing.add_place(desk, "Reed & Bow", "repairer").result
        self.library = placing.add_place(desk, "Fenmarsh Library", "drop-off").result
        self.borrowers = [self.made_up.borrower(f"Drama {n}", kind="setting") for n in range(3)]
        self.codes = [self.made_up.instrument("Violin", size=("1/2", "3/4")[n % 2]).code for n in range(THINGS)]
        self.group = grouping.make(desk, "Whole class A", self.codes[:2]).result.made
        self.model = [Thing(group=self.group.id if n < 2 else None) for n in range(THINGS)]

    def tried(self, do: Callable[[], Any], then: Callable[[], None] = lambda: None) -> bool:
        """Do something: what is refused, or was so already, changes nothing; what is done changes the model."""
        self.made_up.clock.go_on(200)
        before = self.made_up.dump()
        try:
            do()
        except Refused:
            assert self.made_up.dump() == before
            return False
        if self.made_up.dump() == before:
            return False
        self.past.append(deepcopy(self.model))
        then()
        return True

    @rule(who=people, n=things)
    def lend(self, who: int, n: int) -> None:
        borrower, thing = self.borrowers[who], self.model[n]

        def then() -> None:
            thing.leaves()
            thing.holder = borrower.id

        self.tried(lambda: lending.lend(self.made_up.desk, borrower.code, [self.codes[n]]), then)

    @rule(n=things, missing=st.sampled_from(["Bow", "Rosin", ""]))
    def bring_back(self, n: int, missing: str) -> None:
        lacking = [missing] if missing else []
        done = lambda: lending.bring_back(self.made_up.desk, [self.codes[n]], missing=lacking)  # noqa: E731  one line of many
        self.tried(done, self.model[n].leaves)

    @rule(n=things)
    def lose(self, n: int) -> None:
        self.tried(lambda: lending.declare_lost(self.made_up.desk, self.codes[n], "made up"), self.model[n].leaves)

    @rule(n=things)
    def find(self, n: int) -> None:
        def then() -> None:
            self.model[n].repair = False

        self.tried(lambda: lending.declare_found(self.made_up.desk, self.codes[n], "made up"), then)

    @rule(n=things, where=st.integers(0, 1))
    def move(self, n: int, where: int) -> None:
        place = self.shelves[where]

        def then() -> None:
            self.model[n].place = place.id

        self.tried(lambda: placing.move(self.made_up.desk, place.code, [self.codes[n]]), then)

    @rule(n=things)
    def send_to_repair(self, n: int) -> None:
        def then() -> None:
            self.model[n].aside, self.model[n].repair = None, True

        self.tried(lambda: workshop.send(self.made_up.desk, [self.codes[n]], self.repairer.code, "a crack"), then)

    @rule(n=things)
    def back_from_repair(self, n: int) -> None:
        def then() -> None:
            self.model[n].repair = False

        self.tried(lambda: workshop.bring_back(self.made_up.desk, [self.codes[n]]), then)

    @rule(n=things, who=people)
    def keep_for(self, n: int, who: int) -> None:
        def then() -> None:
            self.model[n].aside = self.borrowers[who].id

        self.tried(lambda: setting_aside.set_aside(self.made_up.desk, self.codes[n], self.borrowers[who].code), then)

    @rule(n=things)
    def release(self, n: int) -> None:
        def then() -> None:
            self.model[n].aside = None

        self.tried(lambda: setting_aside.release(self.made_up.desk, self.codes[n]), then)

    @rule(old=things, new=things)
    def swap(self, old: int, new: int) -> None:
        def then() -> None:
            holder, custodian = self.model[old].holder, self.model[old].custodian
            self.model[old].leaves()
            self.model[new].leaves()
            self.model[new].holder, self.model[new].custodian = holder, custodian

        if old != new:
            self.tried(lambda: swapping.swap(self.made_up.desk, self.codes[old], self.codes[new]), then)

    @rule(n=things, who=people)
    def pass_on(self, n: int, who: int) -> None:
        to = self.borrowers[who]

        def then() -> None:
            self.model[n].custodian = None if to.id == self.model[n].holder else to.id

        self.tried(lambda: custody.pass_on(self.made_up.desk, self.codes[n], to.code), then)

    @rule(n=things)
    def join(self, n: int) -> None:
        def then() -> None:
            self.model[n].group = self.group.id

        self.tried(lambda: grouping.add(self.made_up.desk, self.group.code, [self.codes[n]]), then)

    @rule(n=things)
    def leave(self, n: int) -> None:
        def then() -> None:
            self.model[n].group = None

        self.tried(lambda: grouping.remove(self.made_up.desk, self.group.code, [self.codes[n]]), then)

    @rule(n=things, size=st.sampled_from(["1/4", "4/4", "5/7"]))
    def edit(self, n: int, size: str) -> None:
        self.tried(lambda: editing.edit(self.made_up.desk, self.codes[n], {"size": size}))

    @rule(n=things)
    def service(self, n: int) -> None:
        self.tried(lambda: servicing.record_service(self.made_up.desk, [self.codes[n]], Work.SERVICED))

    @rule(who=people)
    def ask_for(self, who: int) -> None:
        wanted = [requesting.Wanted("Violin", "1/2", 2)]
        self.tried(lambda: requesting.ask_for(self.made_up.desk, self.borrowers[who].code, wanted))

    @rule(who=people)
    def crates(self, who: int) -> None:
        self.tried(lambda: receiving.crates_arrived(self.made_up.desk, self.borrowers[who].code, 2))

    @rule(where=st.integers(0, 1))
    def take_stock(self, where: int) -> None:
        self.tried(lambda: stocktaking.begin(self.made_up.desk, self.shelves[where].code))

    @rule(
        n=things, accessory=st.sampled_from(["LSCMD-MISSING-1", "LSCMD-DAMAGED-2", "LSCMD-PRESENT-1", "LSCMD-REPAIR"])
    )
    def check(self, n: int, accessory: str) -> None:
        """Show one at the desk and say something of its accessories."""
        self.made_up.clock.go_on(200)
        session = scanning.begin_session(self.made_up.desk)
        scanning.scan(self.made_up.desk, "LSCMD-SHOW", session)
        assert scanning.scan(self.made_up.desk, self.codes[n], session).result.answer is Answer.SHOWN
        assert scanning.scan(self.made_up.desk, accessory, session).result.answer is Answer.NOTED
        self.past.append(deepcopy(self.model))

    @rule(n=things, who=people)
    def take_over(self, n: int, who: int) -> None:
        """Lend what somebody else has all the same."""
        borrower, thing = self.borrowers[who], self.model[n]
        if thing.holder in {None, borrower.id}:
            return
        self.made_up.clock.go_on(200)
        session = scanning.begin_session(self.made_up.desk)
        scanned = (borrower.code, self.codes[n], "LSCMD-TAKE")
        answers = [scanning.scan(self.made_up.desk, text, session).result.answer for text in scanned]
        assert answers == [Answer.BORROWER_CHOSEN, Answer.OUT_TO_OTHER, Answer.LENT]
        self.past.append(deepcopy(self.model))
        thing.leaves()
        thing.holder = borrower.id

    @rule()
    def say_why(self) -> None:
        for line in taking.takes(self.made_up.desk)[:1]:
            self.tried(partial(taking.give_reason, self.made_up.desk, line.id, "made up"))

    @rule()
    def undo(self) -> None:
        self.made_up.clock.go_on(200)
        if self.past:
            undoing.undo(self.made_up.desk)
            self.model = self.past.pop()

    @invariant()
    def the_store_is_what_the_model_says(self) -> None:
        for code, thing in zip(getattr(self, "codes", ()), getattr(self, "model", ()), strict=True):
            found = self.made_up.show(code)
            loan, aside = found.loan, found.aside
            assert (loan.borrower if loan else None) == thing.holder
            assert (loan.custodian if loan else None) == thing.custodian
            assert found.fields.get("location") == thing.place
            assert found.class_set == thing.group
            assert (aside.borrower if aside else None) == thing.aside
            assert (found.repair is not None) is thing.repair

    @invariant()
    def the_store_is_sound(self) -> None:
        complaints = self.made_up.complaints()
        assert not complaints, complaints

    def teardown(self) -> None:
        rebuilt_the_same(self.made_up)
        self.maker.close()
        self.folder.cleanup()


EveryGesture.TestCase.settings = settings(
    max_examples=GESTURES // STEPS, stateful_step_count=STEPS, deadline=None, suppress_health_check=list(HealthCheck)
)
TestEveryGesture = EveryGesture.TestCase
