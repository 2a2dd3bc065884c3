"""A year of a school's violins: thirty by van in September, back in crates in July, and counted a week later."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

import pytest

from loanstore.domain import codes
from loanstore.domain.arrivals import paused
from loanstore.domain.errors import Refused
from loanstore.domain.facts import Draft, FactKind
from loanstore.domain.loans import Ending, Status
from loanstore.operations import delivering, docketing, handing_over, lending, planning, receiving, touring
from loanstore.paper.proof import read_codes
from loanstore.storage import aggregates, folding, journal, registers

if TYPE_CHECKING:
    from tests.helpers.made_up import MadeUp

DELIVERED = date(2026, 9, 15)
ARRIVED = date(2027, 7, 17)


def test_thirty_violins_go_out_by_van_and_come_back_in_crates(made_up: MadeUp) -> None:
    desk = made_up.desk
    oakfield = made_up.borrower("Oakfield Primary School", "setting")
    fenmarsh = made_up.borrower("Fenmarsh Primary School", "setting")
    violins = [made_up.instrument("Violin", size="1/2").code for _n in range(30)]
    wanted = made_up.instrument("Violin", size="1/2").code
    _set_aside(made_up, wanted, fenmarsh.id)
    run = planning.plan(desk, DELIVERED, [oakfield.code, fenmarsh.code]).result.code

    for code in violins[:15]:
        delivering.load(desk, run, oakfield.code, code)
    with pytest.raises(Refused) as warned:
        delivering.load(desk, run, oakfield.code, wanted)
    assert (warned.value.code, warned.value.facts["whose"]) == ("ASIDE_ELSEWHERE", "Fenmarsh Primary School")
    for code in violins[15:]:
        delivering.load(desk, run, oakfield.code, code)
    delivering.load(desk, run, fenmarsh.code, wanted)
    assert {made_up.show(code).status for code in violins} == {Status.ON_VAN}
    assert all(made_up.show(code).loan is None for code in violins)
    printed = {
        codes.shown(form) for page in read_codes(docketing.docket_pdf(desk, run, oakfield.code)) for form in page
    }
    assert printed == {*violins, run}

    made_up.clock.moment = datetime(2026, 9, 15, 10, 30, tzinfo=UTC)
    made = handing_over.deliver(desk, run, oakfield.code, "Morgan Example").result
    loans = [loan for code in violins if (loan := made_up.show(code).loan) is not None]
    assert len(made.lent) == len(loans) == 30
    assert {loan.out for loan in loans} == {"2026-09-15T10:30:00.000000Z"}
    with desk.store.reading() as transaction:
        papers = {paper for loan in loans for paper in registers.agreements_for(transaction, loan.id)}
    assert len(papers) == 1
    assert made_up.show(wanted).status is Status.ON_VAN

    made_up.clock.moment = datetime(2027, 7, 17, 15, 0, tzinfo=UTC)
    receiving.crates_arrived(desk, oakfield.code, 3)
    with desk.store.reading() as transaction:
        assert paused(oakfield.id, aggregates.every(transaction, "crates"))
    assert [line.name for line in receiving.crates(desk)] == ["Oakfield Primary School"]

    made_up.clock.moment = datetime(2027, 7, 24, 9, 0, tzinfo=UTC)
    suggested = receiving.happened_for(desk, oakfield.id)
    assert suggested == ARRIVED
    lending.bring_back(desk, violins, on=suggested)
    receiving.crates_counted(desk, oakfield.code)
    with desk.store.reading() as transaction:
        assert not paused(oakfield.id, aggregates.every(transaction, "crates"))
        ended = [folding.loan(transaction, loan.id) for loan in loans]
    assert {(loan.ended or "")[:10] for loan in ended if loan is not None} == {"2027-07-17"}
    assert {loan.ending for loan in ended if loan is not None} == {Ending.RETURNED}
    assert receiving.happened_for(desk, oakfield.id) is None
    assert {made_up.show(code).status for code in violins} == {Status.IN_STORE}
    assert touring.run_card(desk, run).stops[0].signer == "Morgan Example"
    assert made_up.complaints() == []


def _set_aside(made_up: MadeUp, code: str, borrower: str) -> None:
    with made_up.desk.gesturing() as (transaction, gesture):
        thing = lending.find_instrument(transaction, code).instrument
        draft = Draft(FactKind.SET_ASIDE, thing.id, {"borrower": borrower, "until": "2026-09-30"})
        (fact,) = journal.append(transaction, gesture, [draft])
        folding.fold_in(transaction, thing, fact)
