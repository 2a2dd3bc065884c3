"""The workshop, the asset register and photos at the window, by keyboard alone."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import openpyxl
import pytest
from PIL import Image
from PySide6.QtCore import QDate, Qt
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QScrollArea

from loanstore.domain.loans import Status
from loanstore.operations import lending, photographing, workshop
from loanstore.paper.proof import read_codes
from loanstore.storage import registers
from loanstore.ui.screens.photo_strip import LargePhoto
from tests.helpers.bench import WAIT

if TYPE_CHECKING:
    from pathlib import Path

    from loanstore.ui.screens.register_page import RegisterPage
    from loanstore.ui.screens.workshop_page import WorkshopPage
    from tests.helpers.bench import Bench

LUTHIER = "Fenmarsh Strings"
MOST_TABS = 40


@pytest.fixture
def stocked(bench: Bench) -> Bench:
    """A window on a store with a violin without its bow, a cello at the repairer's and a keyboard never tested."""
    made_up = bench.made_up
    with made_up.desk.store.writing() as transaction:
        registers.place_named(transaction, LUTHIER, "repairer", made_up.desk.new_id())
    made_up.borrower("Oakfield Primary School", kind="setting", code="OAK")
    made_up.instrument("Violin", code="V1", purchased="2026-09-01", funding="DfE capital grant 2025")
    made_up.instrument("Cello", code="C1", purchased="2026-09-01", purchase_cost="£400", funding="PTA")
    made_up.instrument("Keyboard", code="K1")
    made_up.instrument("Amplifier", code="A1")
    lending.lend(made_up.desk, "OAK", ["V1"])
    lending.bring_back(made_up.desk, ["V1"], missing=["Bow"])
    workshop.send(made_up.desk, ["C1"], LUTHIER, "the neck is loose")
    bench.counter.changes.announce({"instruments", "repairs"})
    bench.settle()
    return bench


def tab_to(bench: Bench, name: str) -> None:
    """Press Tab until a control has the focus."""
    for _press in range(MOST_TABS):
        focused = QApplication.focusWidget()
        if focused is not None and focused.objectName() == name:
            return
        bench.press(Qt.Key.Key_Tab)
    pytest.fail(f"Tab never reaches {name}")


def codes(page: RegisterPage) -> list[str]:
    return [line.code for line in page.list.all_lines()]


def to_workshop(bench: Bench) -> WorkshopPage:
    bench.click("go-workshop")
    page = bench.window.pages.workshop
    assert page.isVisible()
    return page


def test_the_workshop_counts_what_needs_attention_in_the_sidebar(stocked: Bench) -> None:
    shown = stocked.button("go-workshop")
    stocked.qtbot.waitUntil(lambda: shown.accessibleName() == "Workshop, 1", timeout=WAIT)


def test_what_needs_attention_is_sent_and_its_docket_printed(stocked: Bench) -> None:
    page = to_workshop(stocked)
    tab_to(stocked, "showRepairs")
    stocked.press(Qt.Key.Key_Right)
    stocked.press(Qt.Key.Key_Right)
    tab_to(stocked, "readyToSend")
    (line,) = page.ready.chosen()
    assert (line.code, line.missing) == ("V1", ("Bow",))
    stocked.press(Qt.Key.Key_Return)
    stocked.type("needs a bow")
    stocked.press(Qt.Key.Key_Return)
    stocked.qtbot.waitUntil(lambda: len(stocked.opened) == 1, timeout=WAIT)
    assert stocked.made_up.show("V1").status is Status.IN_REPAIR
    assert f"1 instrument sent to {LUTHIER}" in stocked.window.box.text()
    assert read_codes(stocked.opened[0].read_bytes()) == [["V1"]]
    assert page.ready.count_words() == "0 lines"
    assert [line.fault for line in page.repairs.all_lines()] == ["the neck is loose", "needs a bow"]


def test_a_quote_a_decision_and_the_return_are_noted_from_the_keyboard(stocked: Bench) -> None:
    page = to_workshop(stocked)
    tab_to(stocked, "atRepairers")
    stocked.press(Qt.Key.Key_Return)
    stocked.type("plenty")
    stocked.press(Qt.Key.Key_Return)
    assert "“plenty” can't be read as money." in stocked.window.box.text()
    page.repair_form.quote.selectAll()
    stocked.type("45.50")
    stocked.press(Qt.Key.Key_Return)
    tab_to(stocked, "repairDecision")
    stocked.press(Qt.Key.Key_Down)
    tab_to(stocked, "noteDecision")
    stocked.press(Qt.Key.Key_Space)
    (line,) = page.repairs.all_lines()
    assert (line.quote, line.decision) == (4550, "chargeable")
    assert [one.code for one in page.repairs.chosen()] == ["C1"]
    tab_to(stocked, "repairCost")
    stocked.type("40")
    stocked.press(Qt.Key.Key_Return)
    assert stocked.made_up.show("C1").status is Status.IN_STORE
    assert "1 instrument back from repair C1" in stocked.window.box.text()
    assert page.repairs.all_lines() == ()
    (past,) = workshop.repairs(stocked.made_up.desk, past=True)
    assert (past.cost, past.outcome) == (4000, "mended")


def test_the_docket_is_printed_again(stocked: Bench) -> None:
    page = to_workshop(stocked)
    page.repairs.focus()
    stocked.click("printDocket")
    stocked.qtbot.waitUntil(lambda: len(stocked.opened) == 1, timeout=WAIT)
    assert read_codes(stocked.opened[0].read_bytes()) == [["C1"]]


def test_nothing_can_be_done_while_nothing_is_chosen(stocked: Bench) -> None:
    page = to_workshop(stocked)
    for name in ("noteQuote", "noteDecision", "takeBack", "printDocket"):
        assert not stocked.button(name).isEnabled()
    page.show_list(1)
    assert not stocked.button("noteDone").isEnabled()
    page.show_list(2)
    assert not stocked.button("sendToRepairer").isEnabled()


def test_many_are_noted_as_done_today(stocked: Bench) -> None:
    page = to_workshop(stocked)
    tab_to(stocked, "showRepairs")
    stocked.press(Qt.Key.Key_Right)
    assert [line.code for line in page.due.all_lines()] == ["A1", "K1"]
    tab_to(stocked, "dueServices")
    stocked.press(Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    stocked.press(Qt.Key.Key_Return)
    stocked.press(Qt.Key.Key_Space)
    assert "2 noted as done on 14 Sep 2026" in stocked.window.box.text()
    assert stocked.made_up.show("K1").fields["tested"] == "2026-09-14"
    assert page.due.all_lines() == ()
    page.by.setDate(QDate(2028, 9, 1))
    stocked.settle()
    assert {(line.code, line.work.value) for line in page.due.all_lines()} == {
        ("A1", "tested"),
        ("K1", "tested"),
        ("C1", "serviced"),
        ("V1", "serviced"),
    }
    page.work.setCurrentIndex(page.work.findData("serviced"))
    stocked.settle()
    assert [line.code for line in page.due.all_lines()] == ["C1", "V1"]


def test_what_was_done_on_an_earlier_day_is_noted_with_it(stocked: Bench) -> None:
    page = to_workshop(stocked)
    page.show_list(1)
    tab_to(stocked, "dueServices")
    stocked.press(Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    tab_to(stocked, "doneOn")
    stocked.type("10")
    tab_to(stocked, "noteDone")
    stocked.press(Qt.Key.Key_Space)
    assert "2 noted as done on 10 Sep 2026" in stocked.window.box.text()
    assert [stocked.made_up.show(code).fields["tested"] for code in ("A1", "K1")] == ["2026-09-10"] * 2
    page.done_on.setDate(QDate(2026, 12, 1))
    assert page.done_on.date() == QDate(2026, 9, 14)
    stocked.click("go-workshop")
    assert page.done_on.date() == QDate(2026, 9, 14)


def test_a_selection_is_disposed_of_in_one_gesture_and_the_register_shows_it(stocked: Bench) -> None:
    stocked.press(Qt.Key.Key_3, Qt.KeyboardModifier.ControlModifier)
    screen = stocked.window.pages.lists["instruments"]
    stocked.press(Qt.Key.Key_Down)
    stocked.press(Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    assert [line.code for line in screen.chosen_lines()] == ["A1", "C1"]
    dispose = next(action for action in screen.make_menu().actions() if action.text().startswith("Dispose"))
    dispose.trigger()
    stocked.settle()
    form = stocked.window.pages.record.form
    assert form.isVisible()
    stocked.press(Qt.Key.Key_Down)
    stocked.press(Qt.Key.Key_Return)
    stocked.press(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert "authority" in form.error_words().lower()
    stocked.type("Trustees' minute 14")
    stocked.press(Qt.Key.Key_Return)
    stocked.type("a lot")
    stocked.press(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert "“a lot”" in form.error_words()
    form.control("proceeds").selectAll()  # type: ignore[union-attr]  # a line to type in
    stocked.type("25")
    stocked.press(Qt.Key.Key_Return)
    stocked.type("Oakfield Primary School")
    stocked.press(Qt.Key.Key_Return)
    assert stocked.window.screens.currentWidget() is screen
    assert "2 instruments disposed of: donated." in stocked.window.box.text()
    register = stocked.window.pages.register
    stocked.click("go-register")
    (line,) = [line for line in register.list.all_lines() if line.code == "A1"]
    assert (line.route, line.proceeds, line.recipient) == ("donated", 2500, "Oakfield Primary School")
    assert "Proceeds £50.00" in register.totals_words()
    stocked.press(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert "Undone: a disposal." in stocked.window.desk.card.detail()
    assert stocked.made_up.show("A1").status is Status.IN_STORE
    assert stocked.made_up.show("C1").status is Status.IN_REPAIR


def test_what_is_on_loan_is_not_disposed_of_with_the_rest(stocked: Bench) -> None:
    lending.lend(stocked.made_up.desk, "OAK", ["K1"])
    stocked.window.pages.record.ask_disposal(["A1", "K1"], "instruments")
    stocked.window.screens.setCurrentWidget(stocked.window.pages.record)
    stocked.press(Qt.Key.Key_Return)
    stocked.type("minute 14")
    stocked.press(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert "K1 is on loan to Oakfield Primary School" in stocked.window.pages.record.form.error_words()
    assert stocked.made_up.show("A1").status is Status.IN_STORE
    stocked.press(Qt.Key.Key_Escape)
    assert stocked.window.screens.currentWidget() is stocked.window.pages.lists["instruments"]


def test_an_instrument_is_serviced_and_disposed_of_from_its_record(stocked: Bench) -> None:
    stocked.window.show_record("A1", "instruments")
    stocked.settle()
    tab_to(stocked, "noteService")
    stocked.press(Qt.Key.Key_Space)
    stocked.press(Qt.Key.Key_Down)
    stocked.press(Qt.Key.Key_Return)
    stocked.type("next week")
    stocked.press(Qt.Key.Key_Return)
    assert "“next week”" in stocked.window.pages.record.form.error_words()
    stocked.window.pages.record.form.control("on").selectAll()  # type: ignore[union-attr]  # a line to type in
    stocked.type("10/9/2026")
    stocked.press(Qt.Key.Key_Return)
    assert stocked.window.pages.record.said() == "PAT tested on 10 Sep 2026. Ctrl+Z takes it back."
    assert stocked.made_up.show("A1").fields["tested"] == "2026-09-10"
    tab_to(stocked, "dispose")
    stocked.press(Qt.Key.Key_Space)
    stocked.press(Qt.Key.Key_Return)
    stocked.type("minute 14")
    stocked.press(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert "1 instrument disposed of: sold." in stocked.window.pages.record.said()
    assert stocked.made_up.show("A1").status is Status.DISPOSED


def test_typing_narrows_the_list_and_what_was_chosen_stays_chosen(stocked: Bench) -> None:
    page = to_workshop(stocked)
    page.show_list(1)
    page.field.setFocus()
    stocked.type("ampl")
    assert page.due.count_words() == "1 line"
    stocked.press(Qt.Key.Key_Return)
    stocked.counter.changes.announce({"instruments"})
    stocked.settle()
    assert [line.code for line in page.due.chosen()] == ["A1"]
    page.field.setText("nothing like it")
    assert page.due.count_words() == "Nothing found"


def test_an_empty_workshop_says_what_would_fill_it(bench: Bench) -> None:
    page = to_workshop(bench)
    for at in range(3):
        page.show_list(at)
        said = [one.text() for one in page.lists[at].findChildren(QLabel, "mutedLarge") if one.isVisible()]
        assert len(said) == 1
    hints = [one for one in page.send_form.findChildren(QLabel, "muted") if "No repairer is known" in one.text()]
    assert hints[0].isVisible()


@pytest.mark.parametrize(("name", "words"), [("workshop", "docket"), ("register", "auditor")])
def test_help_is_there_and_escape_leads_back_to_the_desk(bench: Bench, name: str, words: str) -> None:
    bench.click(f"go-{name}")
    assert bench.window.screens.currentWidget() is bench.window.pages[name]
    bench.press(Qt.Key.Key_F1)
    assert words in bench.window.pages.help.text.toPlainText()
    bench.press(Qt.Key.Key_Escape)
    assert bench.window.screens.currentWidget() is bench.window.desk


def test_everything_can_be_reached_in_a_small_window(stocked: Bench) -> None:
    stocked.window.resize(683, 384)
    page = to_workshop(stocked)
    page.repairs.focus()
    scroll = page.findChild(QScrollArea, "workshopScroll")
    assert isinstance(scroll, QScrollArea)
    scroll.verticalScrollBar().setValue(scroll.verticalScrollBar().maximum())
    stocked.settle()
    back = stocked.button("takeBack")
    assert not back.visibleRegion().isEmpty()
    assert back.visibleRegion().boundingRect() == back.rect()


def test_the_register_is_shown_as_at_a_day_and_by_who_paid(stocked: Bench) -> None:
    stocked.made_up.clock.go_on(days=10)
    lending.lend(stocked.made_up.desk, "OAK", ["K1"])
    stocked.counter.changes.announce({"loans"})
    page = stocked.window.pages.register
    stocked.click("go-register")
    page.at.setMaximumDate(QDate(2026, 9, 30))
    page.at.setDate(QDate(2026, 9, 24))
    stocked.qtbot.waitUntil(lambda: codes(page) == ["A1", "C1", "K1", "V1"], timeout=WAIT)
    assert {line.code: line.holder for line in page.list.all_lines()}["K1"] == "Oakfield Primary School"
    stocked.qtbot.waitUntil(lambda: "Instruments kept 4" in page.totals_words(), timeout=WAIT)
    page.at.setDate(QDate(2026, 9, 20))
    stocked.qtbot.waitUntil(lambda: codes(page) == ["A1", "K1", "C1", "V1"], timeout=WAIT)
    page.funding.setCurrentIndex(page.funding.findText("PTA"))
    stocked.qtbot.waitUntil(lambda: codes(page) == ["C1"], timeout=WAIT)
    stocked.qtbot.waitUntil(lambda: "What they cost £400.00" in page.totals_words(), timeout=WAIT)


def test_the_register_is_printed_and_saved(stocked: Bench, tmp_path: Path) -> None:
    page = stocked.window.pages.register
    stocked.click("go-register")
    tab_to(stocked, "printRegister")
    stocked.press(Qt.Key.Key_Space)
    stocked.qtbot.waitUntil(lambda: len(stocked.opened) == 1, timeout=WAIT)
    assert stocked.opened[0].read_bytes().startswith(b"%PDF")
    asked: list[str] = []

    def choose(_parent: object, name: str) -> Path:
        asked.append(name)
        return tmp_path / "register"

    page.choose_by(choose)
    stocked.click("saveWorkbook")
    stocked.click("saveCsv")
    assert asked == ["asset-register-2026-09-14.xlsx", "asset-register-2026-09-14.csv"]
    sheet = openpyxl.load_workbook(tmp_path / "register.xlsx").worksheets[0]
    assert sheet["A2"].value == "A1"
    assert (tmp_path / "register.csv").read_bytes().startswith(b"\xef\xbb\xbfCode,Type")
    assert "The register is saved" in stocked.window.box.text()
    page.choose_by(lambda _parent, _name: tmp_path / "nowhere" / "register.csv")
    stocked.click("saveCsv")
    assert "can't be written" in stocked.window.box.text()


def _open_card(bench: Bench, code: str) -> None:
    bench.press(Qt.Key.Key_3, Qt.KeyboardModifier.ControlModifier)
    screen = bench.window.pages.lists["instruments"]
    screen.open_line([line.code for line in screen.model.lines()].index(code))
    bench.settle()


def test_a_photo_is_added_opened_large_and_deleted(stocked: Bench, tmp_path: Path) -> None:
    file = tmp_path / "violin.jpg"
    Image.new("RGB", (900, 600), "teal").save(file)
    _open_card(stocked, "V1")
    screen = stocked.window.pages.lists["instruments"]
    screen.panel.photos.choose_by(lambda _parent: file)
    tab_to(stocked, "addPhoto")
    stocked.press(Qt.Key.Key_Space)
    assert len(photographing.photos_of(stocked.made_up.desk, "V1")) == 1
    tab_to(stocked, "photo-1")
    stocked.press(Qt.Key.Key_Return)
    large = stocked.window.findChild(LargePhoto)
    assert isinstance(large, LargePhoto)
    assert large.isVisible()
    stocked.press(Qt.Key.Key_Escape)
    assert stocked.window.screens.currentWidget() is screen
    assert not [one for one in stocked.window.findChildren(LargePhoto) if one.isVisible()]
    tab_to(stocked, "photo-1")
    stocked.press(Qt.Key.Key_Return)
    tab_to(stocked, "deletePhoto")
    stocked.press(Qt.Key.Key_Space)
    assert len(photographing.photos_of(stocked.made_up.desk, "V1")) == 1
    stocked.press(Qt.Key.Key_Space)
    assert photographing.photos_of(stocked.made_up.desk, "V1") == ()
    assert not [
        one
        for one in screen.panel.photos.findChildren(QPushButton)
        if one.objectName() == "photo-1" and one.isVisible()
    ]


def test_a_scan_takes_a_large_photo_away(stocked: Bench, tmp_path: Path) -> None:
    file = tmp_path / "violin.jpg"
    Image.new("RGB", (900, 600), "teal").save(file)
    photographing.add_photo(stocked.made_up.desk, "V1", file)
    _open_card(stocked, "V1")
    stocked.click("photo-1")
    assert [one for one in stocked.window.findChildren(LargePhoto) if one.isVisible()]
    stocked.scan("C1")
    assert stocked.window.screens.currentWidget() is stocked.window.desk
    assert not [one for one in stocked.window.findChildren(LargePhoto) if one.isVisible()]


def test_a_file_that_is_no_picture_says_so_in_the_strip(stocked: Bench, tmp_path: Path) -> None:
    file = tmp_path / "violin.jpg"
    file.write_text("no picture")
    _open_card(stocked, "V1")
    stocked.window.pages.lists["instruments"].panel.photos.choose_by(lambda _parent: file)
    stocked.click("addPhoto")
    assert "violin.jpg is neither a PNG nor a JPEG." in stocked.window.box.text()


def test_a_borrowers_card_has_no_photos(stocked: Bench) -> None:
    stocked.press(Qt.Key.Key_4, Qt.KeyboardModifier.ControlModifier)
    screen = stocked.window.pages.lists["borrowers"]
    screen.open_line(0)
    stocked.settle()
    assert screen.panel.isVisible()
    assert not screen.panel.photos.isVisible()


def test_days_of_the_register_end_today(stocked: Bench) -> None:
    last = stocked.window.pages.register.at.maximumDate()
    assert date(last.year(), last.month(), last.day()) == stocked.made_up.today()


def _write_over(bench: Bench, name: str, text: str) -> None:
    control = bench.window.pages.record.form.control(name)
    control.setFocus()
    control.selectAll()  # type: ignore[union-attr]  # a field that is typed in
    bench.type(text)


def test_a_types_sizes_accessories_and_words_are_changed_in_a_form(stocked: Bench) -> None:
    made_up = stocked.made_up
    made_up.instrument("Violin", code="V2", size="1/2")
    stocked.click("go-settings")
    card = stocked.window.pages.settings.types
    tab_to(stocked, "types")
    assert card.table.currentRow() == 0
    assert not stocked.button("resetType").isEnabled()
    tab_to(stocked, "changeType")
    stocked.press(Qt.Key.Key_Space)
    form = stocked.window.pages.record.form
    _write_over(stocked, "sizes", "4/4")
    stocked.press(Qt.Key.Key_Return)
    stocked.type("3/4")
    stocked.press(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert "instruments are of the size 1/2: V2" in form.error_words()
    stocked.press(Qt.Key.Key_End, Qt.KeyboardModifier.ControlModifier)
    stocked.press(Qt.Key.Key_Return)
    stocked.type("half")
    _write_over(stocked, "accessory-0", "Bow with rosin")
    _write_over(stocked, "accessory-8", "Mute")
    stocked.press(Qt.Key.Key_Return)
    stocked.press(Qt.Key.Key_Space)
    _write_over(stocked, "aliases", "fiddle")
    stocked.press(Qt.Key.Key_Return)
    stocked.type("kit violin")
    stocked.press(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert stocked.window.screens.currentWidget() is stocked.window.pages.settings
    assert "The type Violin is saved." in stocked.window.box.text()
    kind = made_up.desk.catalogue.find_type("kit violin")
    assert kind is not None
    assert kind.sizes == ("4/4", "3/4", "1/2")
    assert (kind.accessories[0].name, kind.accessories[0].essential) == ("Bow with rosin", True)
    assert (kind.accessories[-1].name, kind.accessories[-1].essential) == ("Mute", True)
    stocked.click("resetType")
    assert card.said() == "Violin is as it ships."
    assert made_up.desk.catalogue.find_type("kit violin") is None


def test_a_type_of_the_stores_own_is_added_by_keyboard(stocked: Bench) -> None:
    stocked.click("go-settings")
    stocked.click("newType")
    form = stocked.window.pages.record.form
    stocked.press(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert "name" in form.error_words()
    stocked.type("fiddle")
    stocked.press(Qt.Key.Key_Return)
    stocked.type("Electronic")
    stocked.press(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert "“fiddle” is a word for Violin already." in form.error_words()
    _write_over(stocked, "name", "Theremin")
    stocked.press(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    kind = stocked.made_up.desk.catalogue.find_type("Theremin")
    assert kind is not None
    assert (kind.family, kind.sizes, kind.band) == ("Electronic", None, "A")
    stocked.click("newType")
    stocked.press(Qt.Key.Key_Escape)
    assert stocked.window.screens.currentWidget() is stocked.window.pages.settings


def test_intervals_and_bands_are_set_in_the_settings(stocked: Bench) -> None:
    stocked.click("go-settings")
    card = stocked.window.pages.settings.types

    def write(column: int, text: str) -> None:
        (name,) = card.table.findItems("Keyboard", Qt.MatchFlag.MatchExactly)
        item = card.table.item(name.row(), column)
        assert item is not None
        item.setText(text)

    write(2, "")
    write(4, "c")
    stocked.click("saveTypes")
    assert card.said() == "1 type saved."
    kind = stocked.made_up.desk.catalogue.find_type("Keyboard")
    assert kind is not None
    assert (kind.pat_months, kind.band) == (None, "C")
    stocked.click("saveTypes")
    assert card.said() == "Nothing was changed."
    write(1, "soon")
    stocked.click("saveTypes")
    assert "Keyboard: the service months can't be “soon”." in stocked.window.box.text()
    assert [line.code for line in to_workshop(stocked).due.all_lines()] == ["A1"]
