"""The workshop: what goes to a repairer, what it costs, how it comes back, and what a refusal leaves alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from loanstore.domain.errors import Refused
from loanstore.domain.facts import Draft, FactKind
from loanstore.domain.loans import Status
from loanstore.domain.repairs import Decision, Outcome
from loanstore.operations import lending, moving, undoing, workshop
from loanstore.storage import registers
from tests.helpers.before_and_after import standing
from tests.helpers.undone import rebuilt_the_same

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from loanstore.operations.desk import Desk
    from tests.helpers.made_up import MadeUp

VIOLIN, CELLO, FLUTE, HARP, OBOE, SAM = "Z1", "Z2", "Z3", "Z4", "Z5", "Z6"
LUTHIER = "Fenmarsh Strings"
WIND = "Example Woodwind"


@pytest.fixture(autouse=True)
def _sound(made_up: MadeUp) -> Iterator[None]:
    yield
    rebuilt_the_same(made_up)


@pytest.fixture(autouse=True)
def desk(made_up: MadeUp) -> Desk:
    """Give a desk with two repairers, at which Sam has the cello and the harp is retired."""
    with made_up.desk.store.writing() as transaction:
        for name in (LUTHIER, WIND):
            registers.place_named(transaction, name, "repairer", made_up.desk.new_id())
        registers.place_named(transaction, "Cupboard A", "place", made_up.desk.new_id())
    made_up.borrower("Drama, Sam", code=SAM)
    for code, kind in ((VIOLIN, "Violin"), (CELLO, "Cello"), (FLUTE, "Flute"), (HARP, "Harp"), (OBOE, "Oboe")):
        made_up.instrument(kind, code=code, make="Made-up")
    lending.lend(made_up.desk, SAM, [CELLO])
    lending.retire(made_up.desk, HARP, "past mending")
    workshop.send(made_up.desk, [OBOE], WIND)
    made_up.clock.go_on(days=1)
    return made_up.desk


GESTURES: dict[str, Callable[[Desk], object]] = {
    "sent": lambda d: workshop.send(d, [VIOLIN, FLUTE], LUTHIER, "the neck is loose"),
    "quoted": lambda d: workshop.quote(d, OBOE, 4550),
    "decided": lambda d: workshop.decide(d, OBOE, Decision.CHARGEABLE),
    "mended": lambda d: workshop.bring_back(d, [OBOE], cost=3000),
    "not mended": lambda d: workshop.bring_back(d, [OBOE], Outcome.NOT_MENDED),
    "written off": lambda d: workshop.bring_back(d, [OBOE], Outcome.WRITTEN_OFF),
    "lost at the repairer's": lambda d: lending.declare_lost(d, OBOE, "the shop burnt down"),
    "retired at the repairer's": lambda d: lending.retire(d, OBOE, "not worth it"),
}


@pytest.mark.parametrize("story", GESTURES)
def test_undo_puts_everything_back_as_it_was(made_up: MadeUp, story: str) -> None:
    before = standing(made_up)
    GESTURES[story](made_up.desk)
    assert standing(made_up) != before
    undoing.undo(made_up.desk)
    assert standing(made_up) == before


REFUSALS: dict[str, tuple[str, Callable[[Desk], object]]] = {
    "what somebody has": ("REPAIR_ON_LOAN", lambda d: workshop.send(d, [VIOLIN, CELLO], LUTHIER)),
    "what is there already": ("ALREADY_AT_REPAIRER", lambda d: workshop.send(d, [VIOLIN, OBOE], LUTHIER)),
    "what is retired": ("NOT_AT_HAND", lambda d: workshop.send(d, [HARP], LUTHIER)),
    "a repairer nobody knows": ("NO_REPAIRER", lambda d: workshop.send(d, [VIOLIN], "Nobody & Sons")),
    "a place that mends nothing": ("NO_REPAIRER", lambda d: workshop.send(d, [VIOLIN], "Cupboard A")),
    "an instrument nobody knows": ("NO_INSTRUMENT", lambda d: workshop.send(d, [VIOLIN, "Z9"], LUTHIER)),
    "a quote for what is here": ("NOT_IN_REPAIR", lambda d: workshop.quote(d, VIOLIN, 100)),
    "a decision on what is here": ("NOT_IN_REPAIR", lambda d: workshop.decide(d, VIOLIN, Decision.FAIR_WEAR)),
    "back though never sent": ("NOT_IN_REPAIR", lambda d: workshop.bring_back(d, [OBOE, VIOLIN])),
    "a docket of nothing": ("NO_REPAIR", lambda d: workshop.docket_pdf(d, ["nothing"])),
}


@pytest.mark.parametrize("story", REFUSALS)
def test_a_refusal_says_why_and_changes_nothing(made_up: MadeUp, story: str) -> None:
    code, do = REFUSALS[story]
    before = made_up.dump()
    with pytest.raises(Refused) as refused:
        do(made_up.desk)
    assert refused.value.code == code
    assert made_up.dump() == before


def test_a_refusal_names_who_has_it(desk: Desk) -> None:
    with pytest.raises(Refused) as refused:
        workshop.send(desk, [CELLO], LUTHIER)
    assert refused.value.facts["holder"] == "Drama, Sam"
    with pytest.raises(Refused) as refused:
        workshop.send(desk, [OBOE], LUTHIER)
    assert refused.value.facts["repairer"] == WIND


def test_a_visit_runs_from_fault_to_cost(made_up: MadeUp) -> None:
    sent = workshop.send(made_up.desk, [VIOLIN, "z-1", FLUTE], "fenmarsh strings", " the neck is loose ").result
    assert [thing.status for thing in sent.instruments] == [Status.IN_REPAIR, Status.IN_REPAIR]
    workshop.quote(made_up.desk, VIOLIN, 9000)
    workshop.quote(made_up.desk, VIOLIN, 4550)
    workshop.decide(made_up.desk, VIOLIN, Decision.FAIR_WEAR)
    workshop.bring_back(made_up.desk, [VIOLIN], cost=4000)
    assert made_up.show(VIOLIN).status is Status.IN_STORE
    (violin,) = (line for line in workshop.repairs(made_up.desk, past=True) if line.code == VIOLIN)
    assert (violin.repairer_name, violin.fault, violin.quote, violin.decision, violin.outcome, violin.cost) == (
        LUTHIER,
        "the neck is loose",
        4550,
        "fair wear",
        "mended",
        4000,
    )
    assert [line.code for line in workshop.repairs(made_up.desk)] == [FLUTE, OBOE]


def test_what_is_wrong_is_an_erasable_note_and_in_no_fact(made_up: MadeUp) -> None:
    workshop.send(made_up.desk, [VIOLIN], LUTHIER, "dropped by Alex")
    assert "Alex" not in repr([fact.body for fact in made_up.facts()])
    assert "dropped by Alex" in {row[1] for row in made_up.dump()["notes"]}


def test_what_was_not_mended_needs_attention_and_what_is_written_off_is_retired(made_up: MadeUp) -> None:
    workshop.send(made_up.desk, [VIOLIN, FLUTE], LUTHIER)
    workshop.bring_back(made_up.desk, [VIOLIN], Outcome.NOT_MENDED)
    assert [line.code for line in workshop.needing_attention(made_up.desk)] == [VIOLIN]
    workshop.bring_back(made_up.desk, [FLUTE], Outcome.WRITTEN_OFF, cost=0)
    assert made_up.show(FLUTE).status is Status.RETIRED
    workshop.send(made_up.desk, [VIOLIN], LUTHIER)
    workshop.bring_back(made_up.desk, [VIOLIN])
    assert made_up.show(VIOLIN).status is Status.IN_STORE


def test_a_thing_lost_at_the_repairers_is_at_the_repairers_no_longer(made_up: MadeUp) -> None:
    lending.declare_lost(made_up.desk, OBOE, "the shop burnt down")
    assert workshop.repairs(made_up.desk) == ()
    lending.declare_found(made_up.desk, OBOE, "it was in the window")
    workshop.send(made_up.desk, [OBOE], WIND)
    assert [line.code for line in workshop.repairs(made_up.desk, past=True)] == [OBOE, OBOE]


def test_of_two_desks_that_sent_the_same_thing_the_later_knows_where_it_is(made_up: MadeUp) -> None:
    violin = made_up.show(VIOLIN)
    with made_up.desk.gesturing() as (transaction, gesture):
        to = {name: workshop.find_repairer(transaction, name).id for name in (LUTHIER, WIND)}
        sent = [Draft(FactKind.REPAIR_SENT, violin.id, {"repairer": to[name]}) for name in (LUTHIER, WIND)]
        moving.record(transaction, gesture, [(violin, draft) for draft in sent])
    assert [line.repairer_name for line in workshop.repairs(made_up.desk) if line.code == VIOLIN] == [WIND]


def test_what_was_in_repair_when_its_list_was_imported_comes_back_or_is_sent_anew(made_up: MadeUp) -> None:
    for code in ("Y1", "Y2"):
        _imported_in_repair(made_up, code)
    assert [(line.code, line.id, line.repairer_name) for line in workshop.repairs(made_up.desk)][:2] == [
        ("Y1", "", ""),
        ("Y2", "", ""),
    ]
    with pytest.raises(Refused, match="NO_VISIT"):
        workshop.quote(made_up.desk, "Y1", 100)
    workshop.bring_back(made_up.desk, ["Y1"])
    assert made_up.show("Y1").status is Status.IN_STORE
    workshop.send(made_up.desk, ["Y2"], LUTHIER)
    assert workshop.quote(made_up.desk, "Y2", 100).result.repair is not None


def _imported_in_repair(made_up: MadeUp, code: str) -> None:
    with made_up.desk.gesturing() as (transaction, gesture):
        body = {"code": code, "codes": [[code, code, "main"]], "fields": {"type": "Viola"}, "status": "in repair"}
        moving.record(transaction, gesture, [(None, Draft(FactKind.INSTRUMENT_ADDED, made_up.desk.new_id(), body))])
