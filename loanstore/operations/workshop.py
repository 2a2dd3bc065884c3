"""The workshop: instruments sent to a repairer, quoted for, decided on, and back; and the docket that goes along."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from loanstore.domain import codes
from loanstore.domain.errors import Refused
from loanstore.domain.facts import Draft, FactKind
from loanstore.domain.loans import Instrument, Status
from loanstore.domain.repairs import Decision, Outcome, require_sendable, require_visit
from loanstore.operations import moving
from loanstore.operations.desk import Changed, Done
from loanstore.operations.lending import find_instrument
from loanstore.operations.papers import day_of, fonts
from loanstore.storage import registers, workshop_lists

if TYPE_CHECKING:
    from collections.abc import Sequence

    from loanstore.operations.desk import Desk
    from loanstore.paper.repair_docket import RepairDocket
    from loanstore.storage.transaction import Transaction
    from loanstore.storage.workshop_lists import AttentionLine, Repairer, RepairLine

MENDING = frozenset({Changed.INSTRUMENTS, Changed.REPAIRS})


@dataclass(frozen=True, slots=True)
class Sent:
    """What went to a repairer in one gesture; ``repairs`` are the ids of the visits, for their docket."""

    repairer: Repairer
    instruments: tuple[Instrument, ...]
    repairs: tuple[str, ...]


def repairers(desk: Desk) -> tuple[Repairer, ...]:
    """Give every repairer by name."""
    with desk.store.reading() as transaction:
        return workshop_lists.repairers(transaction)


def repairs(desk: Desk, *, past: bool = False) -> tuple[RepairLine, ...]:
    """List what is at the repairers', and with ``past`` what came back too."""
    with desk.store.reading() as transaction:
        return workshop_lists.repairs(transaction, past=past)


def needing_attention(desk: Desk) -> tuple[AttentionLine, ...]:
    """List what can't be lent until it was seen to."""
    with desk.store.reading() as transaction:
        return workshop_lists.needing_attention(transaction)


def find_repairer(transaction: Transaction, named: str) -> Repairer:
    """Find a repairer by id, code or name; raises Refused where there is none of that name."""
    form, name = codes.normalise(named), named.strip().casefold()
    owner = registers.owner_of(transaction, form) if form else None
    known = workshop_lists.repairers(transaction)
    for one in known:
        if one.id in {named, owner[1] if owner else ""} or one.name.casefold() == name:
            return one
    raise Refused("NO_REPAIRER", value=named, known=tuple(one.name for one in known))


def send(desk: Desk, named: Sequence[str], repairer: str, fault: str = "") -> Done[Sent]:
    """Send instruments to a repairer, each with what is wrong with it; all of them, or none where one is refused."""
    with desk.gesturing() as (transaction, gesture):
        to = find_repairer(transaction, repairer)
        found = {one.instrument.id: one for one in (find_instrument(transaction, code) for code in named)}
        drafts: list[tuple[Instrument | None, Draft]] = []
        for thing in found.values():
            state = thing.instrument
            there = registers.place_names(transaction).get(state.repair.repairer, "") if state.repair else ""
            require_sendable(state, there, thing.holder.label if thing.holder else "")
            drafts.append((state, _sent(desk, transaction, state, to.id, fault)))
        written = moving.record(transaction, gesture, drafts)
        sent = Sent(to, tuple(after for _fact, after in written), tuple(fact.id for fact, _after in written))
        return Done(sent, MENDING)


def _sent(desk: Desk, transaction: Transaction, state: Instrument, repairer: str, fault: str) -> Draft:
    body: dict[str, object] = {"repairer": repairer}
    if fault.strip():
        body["fault"] = desk.new_id()
        registers.add_note(transaction, str(body["fault"]), fault.strip())
    return Draft(FactKind.REPAIR_SENT, state.id, body)


def quote(desk: Desk, code: str, pence: int) -> Done[Instrument]:
    """Note what a repairer asks for mending an instrument, in pence; a later quote replaces it."""
    return _on_visit(desk, code, FactKind.REPAIR_QUOTED, {"quote": pence})


def decide(desk: Desk, code: str, decision: Decision) -> Done[Instrument]:
    """Note who is to bear a repair, or that it is not worth it; a later decision replaces it."""
    return _on_visit(desk, code, FactKind.REPAIR_DECIDED, {"decision": decision.value})


def _on_visit(desk: Desk, code: str, kind: FactKind, said: dict[str, object]) -> Done[Instrument]:
    with desk.gesturing() as (transaction, gesture):
        state = find_instrument(transaction, code).instrument
        draft = Draft(kind, state.id, {"repair": require_visit(state), **said})
        ((_fact, after),) = moving.record(transaction, gesture, [(state, draft)])
        return Done(after, MENDING)


def bring_back(
    desk: Desk, named: Sequence[str], outcome: Outcome = Outcome.MENDED, cost: int | None = None
) -> Done[tuple[Instrument, ...]]:
    """Take instruments back from the repairer; ``cost`` is what each of them cost, in pence.

    What was not mended needs attention, what is written off is retired. All of them, or none where one is refused.
    """
    with desk.gesturing() as (transaction, gesture):
        states = {one.id: one for one in (find_instrument(transaction, code).instrument for code in named)}
        drafts: list[tuple[Instrument | None, Draft]] = []
        for state in states.values():
            drafts.append((state, _back(state, outcome, cost)))
            if outcome is Outcome.WRITTEN_OFF:
                drafts.append((state, Draft(FactKind.RETIRED, state.id)))
        after = {state.id: state for _fact, state in moving.record(transaction, gesture, drafts)}
        return Done(tuple(after.values()), MENDING)


def _back(state: Instrument, outcome: Outcome, cost: int | None) -> Draft:
    unwritten = state.repair is None and state.status is Status.IN_REPAIR
    body: dict[str, object] = {"repair": None if unwritten else require_visit(state), "outcome": outcome.value}
    if cost is not None:
        body["cost"] = cost
    if outcome is not Outcome.MENDED:
        body["attention"] = True
    return Draft(FactKind.REPAIR_BACK, state.id, body)


def docket_pdf(desk: Desk, repair_ids: Sequence[str]) -> bytes:
    """Draw the docket of visits to a repairer: one for each repairer among them, in one file.

    Raises Refused NO_REPAIR where none of the ids is a visit.
    """
    from loanstore.paper.joining import join
    from loanstore.paper.repair_docket import draw_repair_docket

    with desk.store.reading() as transaction:
        lines = workshop_lists.repairs_named(transaction, repair_ids)
        if not lines:
            raise Refused("NO_REPAIR")
        by_repairer: dict[str, list[RepairLine]] = {}
        for line in lines:
            by_repairer.setdefault(line.repairer, []).append(line)
        dockets = [_docket(desk, transaction, of) for of in by_repairer.values()]
    return join([draw_repair_docket(docket, fonts=fonts(desk)) for docket in dockets])


def _docket(desk: Desk, transaction: Transaction, lines: Sequence[RepairLine]) -> RepairDocket:
    from loanstore.paper.repair_docket import DocketItem, RepairDocket

    known = {one.id: one.code for one in workshop_lists.repairers(transaction)}
    items = tuple(
        DocketItem(
            codes.normalise(line.code),
            line.code,
            " ".join(filter(None, (line.type, line.size))),
            " ".join(filter(None, (line.make, line.model))),
            line.serial,
            line.fault,
        )
        for line in lines
    )
    first = lines[0]
    return RepairDocket(
        codes.normalise(known.get(first.repairer, "")),
        desk.known_rules(transaction).owner,
        first.repairer_name,
        day_of(desk, max(line.sent for line in lines)) or desk.today(),
        items,
    )
