"""What needs a person today is found all over the store, counted, said in a sentence, and goes once it is seen to."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest

from loanstore.domain.matters import LEADS, Lead, MatterKind
from loanstore.domain.requests import RequestKind
from loanstore.operations import (
    attending,
    housekeeping,
    lending,
    placing,
    planning,
    receiving,
    requesting,
    servicing,
    setting_aside,
    stocktaking,
    taking,
    workshop,
)
from loanstore.operations.attending import matters
from loanstore.wording.matters import action, sentence

if TYPE_CHECKING:
    from pathlib import Path

    from loanstore.domain.loans import Instrument
    from loanstore.domain.matters import Matter
    from tests.helpers.made_up import MadeUp


@pytest.fixture
def backed_up(made_up: MadeUp, tmp_path: Path) -> MadeUp:
    """Give a store of which there is a backup of today."""
    (tmp_path / "backups").mkdir()
    _back_up(made_up, tmp_path)
    return made_up


def _violin(made_up: MadeUp, **fields: str) -> Instrument:
    """Add a violin that has just been seen to."""
    return made_up.instrument("Violin", **dict.fromkeys(("serviced", "tested", "cleaned"), "2026-09-01"), **fields)


def _back_up(made_up: MadeUp, tmp_path: Path) -> None:
    (tmp_path / "backups" / housekeeping.backup_name(made_up.desk, made_up.today())).touch()


def _found(made_up: MadeUp, tmp_path: Path) -> dict[MatterKind, Matter]:
    return {one.kind: one for one in matters(made_up.desk, tmp_path / "backups")}


def _said(made_up: MadeUp, tmp_path: Path) -> list[str]:
    return [sentence(one) for one in matters(made_up.desk, tmp_path / "backups")]


def test_a_quiet_store_needs_nobody(backed_up: MadeUp, tmp_path: Path) -> None:
    _violin(backed_up)
    assert matters(backed_up.desk, tmp_path / "backups") == ()


def test_a_new_store_with_nothing_in_it_needs_no_backup(made_up: MadeUp, tmp_path: Path) -> None:
    assert matters(made_up.desk, tmp_path / "nowhere") == ()


def test_a_store_without_a_backup_says_so_and_one_whose_backup_is_old_says_of_when_it_is(
    made_up: MadeUp, tmp_path: Path
) -> None:
    _violin(made_up)
    assert _said(made_up, tmp_path) == ["There is no backup of this store on this computer yet"]
    (tmp_path / "backups").mkdir()
    _back_up(made_up, tmp_path)
    made_up.clock.go_on(days=6)
    assert _said(made_up, tmp_path) == []
    made_up.clock.go_on(days=1)
    assert _said(made_up, tmp_path) == ["The last backup is of 14 Sep 2026"]


def test_loans_due_today_and_late_are_told_apart_and_those_without_paper_counted(
    backed_up: MadeUp, tmp_path: Path
) -> None:
    family, today = backed_up.borrower("Drama, Alex", "teacher"), backed_up.today()
    codes = [_violin(backed_up).code for _n in range(4)]
    for code, days in zip(codes, (0, 0, 3, 9), strict=True):
        lending.lend(backed_up.desk, family.code, [code], due=today + timedelta(days=days))
    assert _found(backed_up, tmp_path)[MatterKind.DUE_TODAY].count == 2
    assert MatterKind.OVERDUE not in _found(backed_up, tmp_path)
    backed_up.clock.go_on(days=3)
    found = _found(backed_up, tmp_path)
    assert (found[MatterKind.OVERDUE].count, found[MatterKind.DUE_TODAY].count) == (2, 1)
    lending.bring_back(backed_up.desk, codes)
    assert _found(backed_up, tmp_path) == {}


def test_a_hand_over_that_was_not_finished_lacks_its_paper(backed_up: MadeUp, tmp_path: Path) -> None:
    family, violin = backed_up.borrower(), _violin(backed_up)
    backed_up.answers(family.code, violin.code)
    assert _said(backed_up, tmp_path) == ["1 loan has no agreement"]
    backed_up.answers("LSCMD-FINISH")
    assert _said(backed_up, tmp_path) == []


def test_a_take_without_a_reason_comes_first_and_goes_once_it_is_given(backed_up: MadeUp, tmp_path: Path) -> None:
    school, family = backed_up.borrower("Oakfield School", "setting"), backed_up.borrower("Drama, Alex")
    violin = _violin(backed_up)
    backed_up.answers(school.code, violin.code, "LSCMD-FINISH", family.code, violin.code, "LSCMD-TAKE")
    first = matters(backed_up.desk, tmp_path / "backups")[0]
    assert (first.kind, first.count, first.since, first.leads) == (
        MatterKind.REASONS,
        1,
        date(2026, 9, 14),
        Lead("today"),
    )
    assert sentence(first) == "1 thing went out with TAKE and nobody has said why, since 14 Sep 2026"
    taking.give_reason(backed_up.desk, taking.takes(backed_up.desk)[0].id, "Made up")
    assert MatterKind.REASONS not in _found(backed_up, tmp_path)


def test_what_is_asked_for_and_set_aside(backed_up: MadeUp, tmp_path: Path) -> None:
    family, violin = backed_up.borrower(), _violin(backed_up, size="1/2")
    requesting.ask_for(backed_up.desk, family.code, [requesting.Wanted("Violin", "1/2", kind=RequestKind.WAIT)])
    assert _said(backed_up, tmp_path) == ["1 request can be met from what is in store"]
    setting_aside.set_aside(backed_up.desk, violin.code, family.code)
    assert _said(backed_up, tmp_path) == []
    backed_up.clock.go_on(days=8)
    _back_up(backed_up, tmp_path)
    (only,) = _said(backed_up, tmp_path)
    assert only == "1 instrument was set aside and not collected, since 21 Sep 2026"


def test_runs_of_today_and_crates_that_stand_uncounted(backed_up: MadeUp, tmp_path: Path) -> None:
    school = backed_up.borrower("Oakfield School", "setting")
    planning.plan(backed_up.desk, backed_up.today() + timedelta(days=1), [school.code])
    assert _said(backed_up, tmp_path) == []
    backed_up.clock.go_on(days=1)
    receiving.crates_arrived(backed_up.desk, school.code, 3)
    assert _said(backed_up, tmp_path) == [
        "1 van run is to be driven",
        "Crates of 1 delivery stand uncounted, since 15 Sep 2026",
    ]
    receiving.crates_counted(backed_up.desk, school.code)
    backed_up.clock.go_on(days=1)
    assert _said(backed_up, tmp_path) == ["1 van run is to be driven, since 15 Sep 2026"]


def test_what_waits_in_the_workshop(backed_up: MadeUp, tmp_path: Path) -> None:
    repairer = placing.add_place(backed_up.desk, "Reed & Bow", "repairer").result
    violin, bowless = _violin(backed_up), _violin(backed_up)
    lending.lend(backed_up.desk, backed_up.borrower("Drama, Kim", "teacher").code, [bowless.code])
    lending.bring_back(backed_up.desk, [bowless.code], missing=["Bow"])
    workshop.send(backed_up.desk, [violin.code], repairer.code, "a crack")
    assert _said(backed_up, tmp_path) == ["1 instrument needs attention"]
    workshop.quote(backed_up.desk, violin.code, 4_500)
    assert _said(backed_up, tmp_path) == ["1 instrument needs attention", "1 repair is quoted and waits for a decision"]
    backed_up.instrument("Clarinet", purchased="2010-09-01", serviced="2019-09-01")
    assert MatterKind.SERVICES in _found(backed_up, tmp_path)


def test_an_open_stocktake_is_told_of_until_it_is_closed(backed_up: MadeUp, tmp_path: Path) -> None:
    place = placing.add_place(backed_up.desk, "Store A").result
    begun = stocktaking.begin(backed_up.desk, place.code).result
    assert _said(backed_up, tmp_path) == ["1 stocktake is open, since 14 Sep 2026"]
    stocktaking.close(backed_up.desk, begun.id)
    assert _said(backed_up, tmp_path) == []


def test_every_kind_is_looked_for_and_leads_somewhere_with_words() -> None:
    from loanstore.domain.matters import Matter

    assert set(attending._LOOKS) | {MatterKind.BACKUP} == set(MatterKind) == set(LEADS)
    for kind in MatterKind:
        for count in (1, 2_000):
            matter = Matter(kind, count, LEADS[kind])
            assert sentence(matter)
            assert action(matter)
            assert kind is MatterKind.BACKUP or (f"{count:,}" in sentence(matter))


def test_services_are_counted_as_the_workshop_lists_them(backed_up: MadeUp) -> None:
    for days in ("2026-09-01", "2019-09-01", "2019-09-01", ""):
        for kind in ("Violin", "Clarinet", "Keyboard"):
            backed_up.instrument(kind, serviced=days, purchased="2018-01-05")
    listed = [line for line in servicing.due_services(backed_up.desk) if line.late]
    assert len(listed) > 10
    assert servicing.overdue(backed_up.desk) == len(listed)
