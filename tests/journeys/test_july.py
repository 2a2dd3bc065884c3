"""July at the desk: a school's crate scanned, F4, and the letter is on paper; no mouse is touched."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pypdf import PdfReader
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from loanstore.domain.answers import Answer
from loanstore.operations import grouping, placing
from tests.helpers.bench import WAIT

if TYPE_CHECKING:
    from pathlib import Path

    from tests.helpers.bench import Bench

STILL_OUT = (4, 11, 19)


def keyed(bench: Bench, code: str) -> None:
    """Key a code as a scanner does, through the window, and wait for its answer."""
    bench.made_up.clock.go_on(3)
    before = len(bench.answers)
    for letter in code:
        QTest.keyClick(bench.window.windowHandle(), Qt.Key(ord(letter)))
    QTest.keyClick(bench.window.windowHandle(), Qt.Key.Key_Return)
    bench.qtbot.waitUntil(lambda: len(bench.answers) > before, timeout=WAIT)


def text_of(paper: Path) -> str:
    """Give the words on a paper, blanks folded."""
    return " ".join(" ".join(page.extract_text() for page in PdfReader(paper).pages).split())


def test_the_letter_says_what_is_missing_of_the_class_set(bench: Bench) -> None:
    school = bench.made_up.borrower("Oakfield Primary School", kind="setting")
    violins = [bench.made_up.instrument("Violin", size="1/2", code=f"V{n:02}").code for n in range(1, 31)]
    code = grouping.make(bench.made_up.desk, "Whole class A", violins).result.made.code
    bench.scan(school.code, code, "LSCMD-FINISH")
    bench.made_up.clock.go_on(days=300)
    bench.opened.clear()
    bench.press(Qt.Key.Key_F3)
    keyed(bench, school.code)
    for number, violin in enumerate(violins, 1):
        if number not in STILL_OUT:
            keyed(bench, violin)
    bench.press(Qt.Key.Key_F4)
    assert bench.answers[-1] is Answer.FINISHED
    bench.qtbot.waitUntil(lambda: len(bench.opened) == 1, timeout=WAIT)
    letter = text_of(bench.opened[0])
    assert "27 of 30 back" in letter
    assert "missing: 4, 11, 19" in letter or "missing 4, 11, 19" in letter
    assert "Oakfield Primary School" in letter
    bench.press(Qt.Key.Key_F5)
    bench.qtbot.waitUntil(lambda: len(bench.opened) == 2, timeout=WAIT)
    assert bench.made_up.complaints() == []


def test_what_goes_to_a_repairer_is_on_a_docket_when_the_desk_finishes(bench: Bench) -> None:
    repairer = placing.add_place(bench.made_up.desk, "Reed & Bow", "repairer").result
    violin = bench.made_up.instrument("Violin", size="1/2", serial="SN4177")
    keyed(bench, repairer.code.replace("-", ""))
    keyed(bench, violin.code.replace("-", ""))
    assert bench.window.desk.card.word() == "To be repaired"
    bench.press(Qt.Key.Key_F4)
    bench.qtbot.waitUntil(lambda: len(bench.opened) == 1, timeout=WAIT)
    docket = text_of(bench.opened[0])
    assert violin.code in docket
    assert "SN4177" in docket
