"""One label printed again from the list: without a question, and with a sentence where the printer is not there."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from loanstore.domain.errors import PrinterUnusable
from loanstore.domain.facts import FactKind
from loanstore.operations import calibrating, printing
from loanstore.paper.proof import read_codes
from tests.helpers.bench import WAIT

if TYPE_CHECKING:
    from loanstore.domain.printers import Parcel
    from tests.helpers.bench import Bench


@pytest.fixture
def sent(monkeypatch: pytest.MonkeyPatch) -> list[Parcel]:
    """Give what goes to printers, which are not there."""
    parcels: list[Parcel] = []
    monkeypatch.setattr(printing, "send", parcels.append)
    monkeypatch.setattr(printing, "takes_queues", lambda: True)
    return parcels


def open_card(bench: Bench) -> str:
    """Open the card of the one violin, in the list of instruments."""
    violin = bench.made_up.instrument("Violin", size="1/2")
    bench.window.show_page("instruments")
    bench.settle()
    bench.window.pages.lists["instruments"].open_line(0)
    bench.qtbot.waitUntil(lambda: bench.button("reprintLabel").isVisible(), timeout=WAIT)
    return violin.code


def test_a_label_is_printed_again_with_one_press(bench: Bench, sent: list[Parcel]) -> None:
    said = {"queue": "office", "stock": "avery-l7651"}
    calibrating.add(bench.made_up.desk, "Office", said)
    code = open_card(bench)
    bench.click("reprintLabel")
    bench.qtbot.waitUntil(lambda: len(sent) == 1, timeout=WAIT)
    assert (sent[0].queue, sent[0].paper, sent[0].raw) == ("office", (210, 297), False)
    assert read_codes(sent[0].content) == [[code.replace("-", "")]]
    assert bench.opened == []
    assert [fact.kind for fact in bench.made_up.facts()].count(FactKind.LABELLED) == 1


def test_this_computers_own_name_for_the_queue_counts(bench: Bench, sent: list[Parcel]) -> None:
    for name in ("Office", "Attic"):
        calibrating.add(bench.made_up.desk, name, {"queue": name, "stock": "avery-l7651"})
    bench.counter.settings.change(label_printer="attic", queues={"attic": "laser-upstairs"})
    open_card(bench)
    bench.click("reprintLabel")
    bench.qtbot.waitUntil(lambda: [parcel.queue for parcel in sent] == ["laser-upstairs"], timeout=WAIT)


def test_without_a_label_printer_it_says_what_to_do(bench: Bench, sent: list[Parcel]) -> None:
    open_card(bench)
    bench.click("reprintLabel")
    assert bench.window.box.isVisible()
    assert "No printer for labels is chosen" in bench.window.box.accessibleName()
    assert sent == []


def test_a_printer_that_refuses_is_said(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(parcel: Parcel) -> None:
        raise PrinterUnusable("QUEUE_STOPPED", queue=parcel.queue, reason="Out of labels")

    monkeypatch.setattr(printing, "send", refuse)
    monkeypatch.setattr(printing, "takes_queues", lambda: True)
    calibrating.add(bench.made_up.desk, "Office", {"queue": "office", "stock": "avery-l7651"})
    open_card(bench)
    bench.click("reprintLabel")
    bench.qtbot.waitUntil(lambda: "has been stopped" in bench.window.box.accessibleName(), timeout=WAIT)


def test_all_that_wait_go_to_the_label_printer_in_one_go(bench: Bench, sent: list[Parcel]) -> None:
    calibrating.add(bench.made_up.desk, "Office", {"queue": "office", "stock": "avery-l7651"})
    codes = [bench.made_up.instrument(kind).code for kind in ("Violin", "Cello")]
    bench.window.show_page("labels")
    bench.settle()
    bench.click("sendLabels")
    bench.qtbot.waitUntil(lambda: len(sent) == 1, timeout=WAIT)
    (read,) = read_codes(sent[0].content)
    assert sorted(read) == sorted(code.replace("-", "") for code in codes)
    bench.qtbot.waitUntil(lambda: bench.window.pages.labels.queue.lines() == (), timeout=WAIT)
    assert "2 labels on their way" in bench.window.box.text()
