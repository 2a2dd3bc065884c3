"""Any interleaving of gestures and undos, by two desks, leaves what a simple model says."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, initialize, invariant, multiple, precondition, rule

from loanstore.domain.answers import Answer
from loanstore.domain.errors import Refused
from loanstore.domain.loans import Status
from loanstore.operations import cataloguing, lending, scanning, undoing
from tests.helpers.made_up import MadeUp, SetClock, StoreMaker, make_store
from tests.helpers.undone import rebuilt_the_same

if TYPE_CHECKING:
    from collections.abc import Callable

    from loanstore.operations.desk import Desk


@dataclass(frozen=True)
class Event:
    """One thing that happened to one instrument, or to nobody but the papers."""

    what: str
    instrument: str = ""
    borrower: str = ""
    loan: str = ""


@dataclass(eq=False)
class Gesture:
    """What a desk did at once; two that look alike are two."""

    desk: int
    events: tuple[Event, ...]


@dataclass
class Model:
    """The simple model: the gestures that stand, and what follows by applying them one by one."""

    standing: list[Gesture] = field(default_factory=list)

    def state(self) -> dict[str, tuple[Status, str]]:
        """Give where each instrument stands and who has it."""
        now: dict[str, tuple[Status, str]] = {}
        for event in (event for gesture in self.standing for event in gesture.events):
            if event.what in {"lend", "take"}:
                now[event.instrument] = (Status.ON_LOAN, event.borrower)
            elif event.what in {"add", "return", "found"}:
                now[event.instrument] = (Status.IN_STORE, "")
            elif event.what in {"lost", "retired"}:
                now[event.instrument] = (Status(event.what), "")
        return now

    def papers(self) -> int:
        """Count the agreements."""
        return sum(event.what == "agree" for gesture in self.standing for event in gesture.events)

    def undoable(self, desk: int) -> Gesture | None:
        """Give what an undo at a desk would take back; None where there is nothing, or something rests on it."""
        own = [gesture for gesture in self.standing if gesture.desk == desk]
        if not own:
            return None
        later = self.standing[self.standing.index(own[-1]) + 1 :]
        touched = {event.instrument for event in own[-1].events} - {""}
        made = {event.loan for event in own[-1].events if event.what in {"lend", "take"}}
        for event in (event for gesture in later for event in gesture.events):
            if event.instrument in touched or (event.what == "agree" and event.loan in made):
                return None
        return own[-1]


class Interleavings(RuleBasedStateMachine):
    """Two desks on one store, doing and undoing."""

    instruments = Bundle("instruments")
    desks = st.integers(0, 1)
    people = st.integers(0, 2)

    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory(prefix="loanstore-test-")
        template = Path(self.folder.name) / "template.loanstore"
        make_store(template).close()
        self.maker = StoreMaker(template)
        self.first = self.maker(Path(self.folder.name) / "hub.loanstore")
        self.model = Model()

    @initialize(target=instruments, lag=st.sampled_from([0, -3600, 3600]), how_many=st.integers(1, 4))
    def open(self, lag: int, how_many: int) -> Any:
        self.second = self.first.another_desk(clock=SetClock(self.first.clock.moment + timedelta(seconds=lag)))
        self.borrowers = [self.first.borrower(f"Drama {n}", kind="teacher") for n in range(3)]
        made = [self.first.instrument() for _ in range(how_many)]
        self.model.standing += [Gesture(0, (Event("add", one.id),)) for one in made]
        return multiple(*[one.code for one in made])

    def desk(self, number: int) -> MadeUp:
        """Give a desk, its clock gone on a little."""
        made = (self.first, self.second)[number]
        made.clock.go_on(7)
        return made

    def state_of(self, code: str) -> tuple[str, Status | None, str]:
        """Give an instrument's id, and where the model says it stands."""
        identity = self.ids.get(code, "")
        status, holder = self.model.state().get(identity, (None, ""))
        return identity, status, holder

    @property
    def ids(self) -> dict[str, str]:
        """Give the ids of the instruments that are in the register, by their codes."""
        return {str(row[1]): str(row[0]) for row in self.first.dump()["instruments"]}

    def tried(self, *, allowed: bool, do: Callable[[], object]) -> Any:
        """Do something that the model says is allowed or refused, and hold the store to it."""
        if allowed:
            return do()
        before = self.first.dump()
        with pytest.raises(Refused):
            do()
        assert self.first.dump() == before
        return None

    @rule(target=instruments, number=desks)
    def add(self, number: int) -> str:
        made = cataloguing.add_instrument(self.desk(number).desk, {"type": "Flute"}).result
        self.model.standing.append(Gesture(number, (Event("add", made.id),)))
        return made.code

    @rule(number=desks, who=people, code=instruments)
    def lend(self, number: int, who: int, code: str) -> None:
        identity, status, _holder = self.state_of(code)
        desk, borrower = self.desk(number).desk, self.borrowers[who]
        done = self.tried(allowed=status is Status.IN_STORE, do=lambda: lending.lend(desk, borrower.code, [code]))
        if done is not None:
            (loan,) = done.result.loans
            events = (Event("lend", identity, borrower.id, loan), Event("agree", loan=loan))
            self.model.standing.append(Gesture(number, events))

    @rule(number=desks, code=instruments)
    def bring_back(self, number: int, code: str) -> None:
        identity, status, _holder = self.state_of(code)
        desk = self.desk(number).desk
        allowed = status is Status.ON_LOAN
        if self.tried(allowed=allowed, do=lambda: lending.bring_back(desk, [code])) is not None:
            self.model.standing.append(Gesture(number, (Event("return", identity),)))

    @rule(number=desks, code=instruments)
    def renew(self, number: int, code: str) -> None:
        identity, status, _holder = self.state_of(code)
        desk = self.desk(number).desk
        if self.tried(allowed=status is Status.ON_LOAN, do=lambda: lending.renew(desk, code)) is not None:
            self.model.standing.append(Gesture(number, (Event("renew", identity),)))

    @rule(number=desks, code=instruments)
    def lose(self, number: int, code: str) -> None:
        self.declare(number, code, "lost", lending.declare_lost, {Status.LOST})

    @rule(number=desks, code=instruments)
    def find(self, number: int, code: str) -> None:
        self.declare(number, code, "found", lending.declare_found, {Status.IN_STORE, Status.ON_LOAN})

    @rule(number=desks, code=instruments)
    def retire(self, number: int, code: str) -> None:
        self.declare(number, code, "retired", lending.retire, {Status.RETIRED, Status.ON_LOAN})

    def declare(
        self, number: int, code: str, what: str, do: Callable[[Desk, str, str], object], unless: set[Status]
    ) -> None:
        """Say by hand that something is lost, found or retired."""
        identity, status, _holder = self.state_of(code)
        desk = self.desk(number).desk
        allowed = status is not None and status not in unless
        if self.tried(allowed=allowed, do=lambda: do(desk, code, "made up")) is not None:
            self.model.standing.append(Gesture(number, (Event(what, identity),)))

    @rule(number=desks, who=people, code=instruments, finish=st.booleans())
    def scan_out(self, number: int, who: int, code: str, *, finish: bool) -> None:
        """Choose somebody and scan: what is in goes out, what another has is taken over."""
        identity, status, holder = self.state_of(code)
        desk, borrower = self.desk(number), self.borrowers[who]
        session = scanning.begin_session(desk.desk)
        scanning.scan(desk.desk, borrower.code, session)
        outcome = scanning.scan(desk.desk, code, session).result
        if status is None:
            assert outcome.answer is Answer.UNKNOWN_CODE
            return
        if holder == borrower.id:
            assert outcome.answer is Answer.ALREADY_THEIRS
            return
        if status is not Status.IN_STORE:
            assert outcome.answer is (Answer.OUT_TO_OTHER if holder else Answer.NOT_AVAILABLE)
            outcome = scanning.scan(desk.desk, "LSCMD-TAKE", session).result
        assert outcome.answer is Answer.LENT
        assert outcome.loan is not None
        self.model.standing.append(Gesture(number, (Event("take", identity, borrower.id, outcome.loan),)))
        if finish:
            desk.clock.go_on(1)
            assert scanning.scan(desk.desk, "LSCMD-FINISH", session).result.items == 1
            self.model.standing.append(Gesture(number, (Event("agree", loan=outcome.loan),)))

    @rule(number=desks, code=instruments)
    def scan_in(self, number: int, code: str) -> None:
        identity, status, holder = self.state_of(code)
        desk = self.desk(number)
        answer = scanning.scan(desk.desk, code, scanning.begin_session(desk.desk)).result.answer
        if status is None:
            assert answer is Answer.UNKNOWN_CODE
        elif holder:
            assert answer is Answer.RETURNED
            self.model.standing.append(Gesture(number, (Event("return", identity),)))
        elif status in {Status.LOST, Status.RETIRED}:
            assert answer is Answer.FOUND
            self.model.standing.append(Gesture(number, (Event("found", identity),)))
        else:
            assert answer is Answer.SHOWN

    @rule(number=desks)
    @precondition(lambda self: len(self.model.standing) > 0)
    def undo(self, number: int) -> None:
        meant = self.model.undoable(number)
        desk = self.desk(number).desk
        own_joining = meant is None and not [g for g in self.model.standing if g.desk == number] and number == 0
        if own_joining:
            return
        if self.tried(allowed=meant is not None, do=lambda: undoing.undo(desk)) is not None:
            assert meant is not None
            self.model.standing.remove(meant)

    @invariant()
    def the_store_is_what_the_model_says(self) -> None:
        dump = self.first.dump()
        holders = {str(row[1]): str(row[2]) for row in dump["loans"] if row[6] is None}
        statuses = [str(column.value) for column in Status]
        found = {
            str(row[0]): (Status(next(str(c) for c in row[2:] if c in statuses)), holders.get(str(row[0]), ""))
            for row in dump["instruments"]
        }
        assert found == self.model.state()
        assert len(dump["agreements"]) == self.model.papers()

    @invariant()
    def the_store_is_sound(self) -> None:
        complaints = self.first.complaints()
        assert not complaints, complaints

    def teardown(self) -> None:
        rebuilt_the_same(self.first)
        if hasattr(self, "second"):
            self.second.close()
        self.maker.close()
        self.folder.cleanup()


Interleavings.TestCase.settings = settings(
    max_examples=8, stateful_step_count=25, deadline=None, suppress_health_check=list(HealthCheck)
)
TestInterleavings = Interleavings.TestCase
