"""The labels' screen: what is missing, blank labels that are bound at the desk, what is out without a label."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pypdf import PdfReader
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QTableView

from loanstore.domain.answers import Answer
from loanstore.operations import label_queueing
from tests.helpers.bench import WAIT

if TYPE_CHECKING:
    from tests.helpers.bench import Bench


def labels(bench: Bench) -> None:
    """Go to the labels by the keyboard."""
    bench.press(Qt.Key.Key_8, Qt.KeyboardModifier.ControlModifier)
    assert bench.window.screens.currentWidget() is bench.window.pages.labels


def papers(bench: Bench, how_many: int) -> str:
    """Wait for a paper and give the text of the last."""
    bench.qtbot.waitUntil(lambda: len(bench.opened) == how_many, timeout=WAIT)
    return "".join(page.extract_text() for page in PdfReader(bench.opened[-1]).pages)


def test_what_has_no_label_is_printed_by_keys_alone(bench: Bench) -> None:
    violin = bench.made_up.instrument("Violin", size="1/2", location="Store A")
    bench.made_up.instrument("Cello", code="004217", location="Store A")
    labels(bench)
    bench.settle()
    assert bench.button("printNew").text() == "Print the 1 label that is missing"
    assert [(line.place, line.instruments, line.labelled) for line in bench.window.pages.labels.places.lines()] == [
        ("Store A", 2, 1)
    ]
    while bench.window.focusWidget() is not bench.button("printNew"):
        bench.press(Qt.Key.Key_Tab)
    bench.press(Qt.Key.Key_Space)
    assert violin.code in papers(bench, 1)
    bench.settle()
    assert bench.button("printNew").text() == "Everything has its label"
    assert not bench.button("printNew").isEnabled()


def test_a_blank_label_made_here_is_bound_at_the_desk(bench: Bench) -> None:
    bench.made_up.instrument("Cello", code="004217")
    labels(bench)
    bench.window.pages.labels.blanks.setValue(2)
    bench.click("printBlanks")
    words = papers(bench, 1).split()
    blank = next(word for word in words if word.startswith("CM-"))
    bench.scan(blank, "004217")
    assert bench.answers[-2:] == [Answer.UNBOUND, Answer.BOUND]
    assert bench.made_up.show("004217").code == blank
    assert bench.window.pages.labels.start.value() == 3


def test_what_is_out_without_a_label_is_listed_by_borrower(bench: Bench) -> None:
    violin = bench.made_up.instrument("Violin", size="1/2")
    school = bench.made_up.borrower("Oakfield Primary School", kind="setting")
    bench.scan(school.code, violin.code, "LSCMD-FINISH")
    labels(bench)
    bench.settle()
    (line,) = bench.window.pages.labels.out.lines()
    assert (line.borrower_name, line.instrument) == ("Oakfield Primary School", violin.code)
    bench.opened.clear()
    bench.click("printOut")
    assert violin.code in papers(bench, 1)
    bench.settle()
    assert bench.window.pages.labels.out.lines() == ()


def test_a_click_on_the_sheet_says_where_it_begins_and_it_is_remembered(bench: Bench) -> None:
    bench.made_up.instrument("Violin", size="1/2")
    labels(bench)
    page = bench.window.pages.labels
    bench.qtbot.waitUntil(page.sheet.has_picture, timeout=WAIT)
    QTest.mouseClick(page.sheet, Qt.MouseButton.LeftButton, pos=page.sheet.place_of(13).center().toPoint())
    assert page.start.value() == 13
    assert "row 3, column 3" in page.sheet.accessibleName()
    page.sheet.setFocus()
    bench.press(Qt.Key.Key_Down)
    bench.press(Qt.Key.Key_Left)
    assert page.start.value() == 17
    bench.click("printQueue")
    papers(bench, 1)
    bench.settle()
    assert page.start.value() == 18
    page.stock.setCurrentIndex(1)
    assert page.start.value() == 1
    page.stock.setCurrentIndex(0)
    assert page.start.value() == 18


def test_the_queue_holds_what_is_wanted_again_until_it_is_printed_or_taken_off(bench: Bench) -> None:
    violin, cello = bench.made_up.instrument("Violin"), bench.made_up.instrument("Cello", code="004217")
    label_queueing.want(bench.made_up.desk, [cello.code])
    labels(bench)
    bench.settle()
    page = bench.window.pages.labels
    assert [(line.code, line.again) for line in page.queue.lines()] == [(violin.code, False), ("004217", True)]
    table = bench.window.findChild(QTableView, "labelQueue")
    assert isinstance(table, QTableView)
    table.setFocus()
    bench.press(Qt.Key.Key_Down)
    table.selectRow(1)
    bench.click("dropQueued")
    assert [line.code for line in page.queue.lines()] == [violin.code]
    bench.click("printQueue")
    assert violin.code in papers(bench, 1)
    bench.settle()
    assert page.queue.lines() == ()
    assert not bench.button("printQueue").isEnabled()


def test_a_stock_too_small_for_a_code_says_so_before_anything_is_printed(bench: Bench) -> None:
    bench.made_up.instrument("Violin", code="A-VERY-LONG-COUNCIL-NUMBER-1234567890")
    label_queueing.want(bench.made_up.desk, ["A-VERY-LONG-COUNCIL-NUMBER-1234567890"])
    labels(bench)
    bench.settle()
    page = bench.window.pages.labels
    bench.qtbot.waitUntil(lambda: "L7651" in page.said(), timeout=WAIT)
    assert not page.sheet.has_picture()
