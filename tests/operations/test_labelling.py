"""Labels as gestures: who printed what, what waits, where the next sheet begins, and a new number for a lost label."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from PIL import Image

from loanstore.domain import codes
from loanstore.domain.answers import Answer
from loanstore.domain.errors import FileUnusable, Refused
from loanstore.domain.facts import FactKind
from loanstore.domain.label_designs import LabelDesign
from loanstore.domain.labels import Calibration, LabelKind
from loanstore.operations import browsing, label_designing, label_queueing, label_stocking, labelling, placing, undoing
from loanstore.operations.labelling import LabelSheet, Onto, Wanted, make_labels
from loanstore.paper.proof import read_codes
from loanstore.storage.store import open_store
from loanstore.wording.story import story_words
from tests.helpers.made_up import KEY, SALT, MadeUp, make_desk

if TYPE_CHECKING:
    from pathlib import Path

SMALL, LARGE, ROLL = "avery-l7651", "avery-l7160", "dymo-99010"


def made(made_up: MadeUp, *named: str, onto: Onto | None = None) -> LabelSheet:
    return make_labels(made_up.desk, Wanted(named), onto or Onto(LARGE)).result


def read(sheet: LabelSheet) -> list[str]:
    return sorted(code for page in read_codes(sheet.pdf) for code in page)


def waiting(made_up: MadeUp) -> list[str]:
    return [one.code for one in label_queueing.queue(made_up.desk)]


def refused(made_up: MadeUp, *named: str, onto: Onto) -> str:
    with pytest.raises(Refused) as refusal:
        made(made_up, *named, onto=onto)
    return refusal.value.code


def story(made_up: MadeUp, code: str) -> list[str]:
    card = browsing.show(made_up.desk, code)
    assert isinstance(card, browsing.InstrumentCard)
    return [f"{line.staff or 'nobody'}: {story_words(line)}" for line in card.story if "label" in story_words(line)]


def test_anything_that_carries_a_code_gets_a_label_of_its_kind(made_up: MadeUp) -> None:
    violin, family = made_up.instrument(size="1/2"), made_up.borrower()
    shelf = placing.add_place(made_up.desk, "Shelf B2").result
    case = codes.case_form(codes.normalise(violin.code))
    sheet = made(made_up, violin.code, case, family.code, shelf.code)
    assert [one.kind for one in sheet.drawn] == [
        LabelKind.INSTRUMENT,
        LabelKind.CASE,
        LabelKind.BORROWER,
        LabelKind.PLACE,
    ]
    assert [one.headline for one in sheet.drawn] == ["Violin 1/2", "Violin 1/2, case", "Drama, Sam", "Shelf B2"]
    assert {one.owner for one in sheet.drawn} == {"Property of Made-up Music Hub"}
    assert read(sheet) == sorted(one.code for one in sheet.drawn)


def test_who_printed_what_and_when_is_told_and_stands_in_the_story(made_up: MadeUp) -> None:
    violin, family = made_up.instrument(), made_up.borrower()
    made_up.desk.staff = "Ann Example"
    made(made_up, violin.code, family.code)
    made_up.clock.go_on(days=1)
    made_up.desk.staff = "Bo Example"
    made(made_up, violin.code, f"{codes.normalise(violin.code)}C", onto=Onto(ROLL))
    latest, first = label_queueing.printed(made_up.desk)
    assert (first.staff, first.stock, first.labels, first.again) == ("Ann Example", LARGE, 2, 0)
    assert (latest.staff, latest.stock, latest.labels, latest.again) == ("Bo Example", ROLL, 2, 1)
    assert first.at < latest.at
    assert story(made_up, violin.code) == [
        f"Ann Example: its label was printed, on {LARGE}",
        f"Bo Example: its label was printed again, on {ROLL}",
        f"Bo Example: its case's label was printed, on {ROLL}",
    ]
    assert made_up.complaints() == []


def test_a_case_has_its_label_and_the_instrument_still_none(made_up: MadeUp) -> None:
    violin = made_up.instrument()
    made(made_up, f"{codes.normalise(violin.code)}C")
    assert made_up.show(violin.code).labelled is None
    assert waiting(made_up) == [violin.code]


def test_new_instruments_and_labels_wanted_again_wait_until_they_are_printed(made_up: MadeUp) -> None:
    violin, flute = made_up.instrument(), made_up.instrument("Flute")
    family = made_up.borrower()
    made(made_up, violin.code)
    queued = label_queueing.want(made_up.desk, [violin.code, family.code, flute.code]).result
    assert [one.kind for one in queued] == [LabelKind.INSTRUMENT, LabelKind.BORROWER, LabelKind.INSTRUMENT]
    assert waiting(made_up) == [flute.code, violin.code, family.code]
    assert [one.again for one in label_queueing.queue(made_up.desk)] == [True, True, True]
    label_queueing.want_no_longer(made_up.desk, [family.code])
    sheet = make_labels(made_up.desk, Wanted(queued=True), Onto(SMALL)).result
    assert (sheet.labels, waiting(made_up)) == (2, [])
    with pytest.raises(Refused) as refusal:
        make_labels(made_up.desk, Wanted(queued=True), Onto(SMALL))
    assert refusal.value.code == "NO_LABELS"


def test_what_could_not_be_written_was_not_printed_and_goes_on_waiting(made_up: MadeUp) -> None:
    violin = made_up.instrument()

    def full_disk(_sheet: LabelSheet) -> None:
        raise FileUnusable("FILE_NOT_WRITTEN", file="labels.pdf", reason="disk full")

    with pytest.raises(FileUnusable):
        make_labels(made_up.desk, Wanted(queued=True), Onto(SMALL), keep=full_disk)
    assert waiting(made_up) == [violin.code]
    assert label_queueing.sheets(made_up.desk) == {}
    assert label_queueing.printed(made_up.desk) == ()


def test_a_run_that_is_stopped_leaves_nothing_behind(made_up: MadeUp) -> None:
    violin = made_up.instrument()

    def stop(_done: int, _total: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        make_labels(made_up.desk, Wanted(queued=True), Onto(SMALL), progress=stop)
    assert waiting(made_up) == [violin.code]


def test_a_code_that_names_nothing_any_more_is_passed_over_in_the_queue(made_up: MadeUp) -> None:
    violin = made_up.instrument()
    label_queueing.want(made_up.desk, [violin.code])
    label_queueing.renumber(made_up.desk, violin.code, retire=True)
    assert waiting(made_up) == [made_up.show(waiting(made_up)[0]).code]
    assert violin.code not in waiting(made_up)


def test_a_part_used_sheet_is_gone_on_with_after_a_restart(made_up: MadeUp) -> None:
    violin = made_up.instrument()
    assert made(made_up, *[violin.code] * 60, onto=Onto(SMALL, 13)).next_start == 8
    desk = make_desk(open_store(made_up.path, KEY, SALT), made_up.desk.identity, made_up.clock)
    assert label_queueing.sheets(desk) == {SMALL: 8}
    looked_at = labelling.preview(desk, Wanted((violin.code,) * 60), Onto(SMALL, None))
    assert (looked_at.start, looked_at.labels, looked_at.pages, looked_at.next_start) == (8, 60, 2, 3)
    assert len(looked_at.placed) == 58
    sheet = make_labels(desk, Wanted([violin.code]), Onto(SMALL, None)).result
    assert (sheet.pages, sheet.next_start) == (1, 9)
    made(made_up, *[violin.code] * 57, onto=Onto(SMALL, None))
    assert label_queueing.sheets(desk) == {}
    desk.store.close()


def test_where_a_sheet_goes_on_may_be_said(made_up: MadeUp) -> None:
    label_queueing.set_sheet(made_up.desk, LARGE, 20)
    assert label_queueing.sheets(made_up.desk) == {LARGE: 20}
    label_queueing.set_sheet(made_up.desk, LARGE, 1)
    assert label_queueing.sheets(made_up.desk) == {}
    for stock, start, code in ((LARGE, 22, "START_OUTSIDE_SHEET"), ("none", 1, "UNKNOWN_STOCK")):
        with pytest.raises(Refused) as refusal:
            label_queueing.set_sheet(made_up.desk, stock, start)
        assert refusal.value.code == code


def test_a_lost_label_gets_the_next_number_and_the_old_one_scans_if_it_turns_up(made_up: MadeUp) -> None:
    violin = made_up.instrument()
    made(made_up, violin.code)
    renumbered = label_queueing.renumber(made_up.desk, violin.code).result
    assert renumbered.before == violin.code
    assert waiting(made_up) == [renumbered.code]
    assert made_up.answers(violin.code, renumbered.code) == [Answer.SHOWN, Answer.SHOWN]
    assert made_up.show(violin.code).code == renumbered.code
    made_up.clock.go_on(60)
    undoing.undo(made_up.desk)
    assert made_up.show(violin.code).code == violin.code
    assert waiting(made_up) == []
    assert made_up.complaints() == []


def test_a_lost_labels_code_may_be_retired(made_up: MadeUp) -> None:
    violin = made_up.instrument()
    renumbered = label_queueing.renumber(made_up.desk, violin.code, retire=True).result
    assert made_up.answers(violin.code, renumbered.code) == [Answer.UNKNOWN_CODE, Answer.SHOWN]
    assert sum(fact.kind is FactKind.RECODED for fact in made_up.facts()) == 1


def test_a_look_at_blank_labels_takes_no_numbers(made_up: MadeUp) -> None:
    looked_at = labelling.preview(made_up.desk, Wanted(blank=3), Onto(SMALL))
    assert looked_at.labels == 3
    sheet = make_labels(made_up.desk, Wanted(blank=3), Onto(SMALL)).result
    assert [one.code for one in looked_at.placed] == [one.code for one in sheet.drawn]
    assert {one.kind for one in sheet.drawn} == {LabelKind.BLANK}


def test_a_store_adds_changes_and_resets_stocks(made_up: MadeUp) -> None:
    violin, desk = made_up.instrument(), made_up.desk
    said = {"feed": "roll", "width": 60.0, "height": 30.0, "margin_x": 1.0, "margin_y": 1.0, "dpi": 300}
    label_stocking.add_stock(desk, "our-roll", said)
    assert made(made_up, violin.code, onto=Onto("our-roll")).stock.width == 60
    changed = label_stocking.change_stock(desk, SMALL, {"left": 4.5}).result
    assert changed == replace(label_stocking.find_stock(desk, SMALL), left=4.5)
    assert set(label_stocking.own_stocks(desk)) == {"our-roll", SMALL}
    label_stocking.reset_stock(desk, SMALL)
    label_stocking.reset_stock(desk, "our-roll")
    assert label_stocking.own_stocks(desk) == {}
    assert label_stocking.find_stock(desk, SMALL).left == 4.75
    assert refused(made_up, violin.code, onto=Onto("our-roll")) == "UNKNOWN_STOCK"
    for work, code in (
        (lambda: label_stocking.add_stock(desk, SMALL, said), "STOCK_TAKEN"),
        (lambda: label_stocking.change_stock(desk, "none", said), "UNKNOWN_STOCK"),
        (lambda: label_stocking.reset_stock(desk, SMALL), "UNKNOWN_STOCK"),
        (lambda: label_stocking.change_stock(desk, SMALL, {"pitch_x": 20.0}), "STOCK_OVERLAPS"),
    ):
        with pytest.raises(Refused) as refusal:
            work()
        assert refusal.value.code == code
    assert label_stocking.own_stocks(desk) == {}


def test_a_store_says_whose_it_is_and_where_to_bring_it_back(made_up: MadeUp, tmp_path: Path) -> None:
    violin, desk = made_up.instrument(), made_up.desk
    Image.new("RGB", (300, 200), "navy").save(tmp_path / "logo.png")
    label_designing.set_logo(desk, tmp_path / "logo.png")
    label_designing.change_design(desk, LabelDesign(property_of=False, return_to="https://hub.example.org/found"))
    sheet = made(made_up, violin.code)
    assert (sheet.drawn[0].owner, sheet.bare, sheet.verified) == ("Made-up Music Hub", False, 1)
    label_designing.change_design(desk, LabelDesign(owner=False, logo=False))
    label_designing.remove_logo(desk)
    assert label_designing.logo(desk) is None
    bare = made(made_up, violin.code)
    assert (bare.drawn[0].owner, bare.bare) == ("", True)
    assert "hub.example.org" not in str([fact.body for fact in made_up.facts()])
    with pytest.raises(Refused) as refusal:
        label_designing.change_design(desk, LabelDesign(return_to="x" * 200))
    assert refusal.value.code == "QR_TOO_LONG"


def test_labels_are_drawn_and_proved_for_their_printer(made_up: MadeUp) -> None:
    violin = made_up.instrument()
    printer = Calibration(offset_x=0.5, dpi=600)
    sheet = made(made_up, violin.code, onto=Onto(SMALL, 1, printer))
    assert (sheet.stock.dpi, sheet.verified) == (600, 1)
    assert refused(made_up, violin.code, onto=Onto(SMALL, 1, Calibration(offset_x=-30))) == "LABEL_OFF_PAGE"
