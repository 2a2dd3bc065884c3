"""Agreements in the window: drawn behind it, signed by pen and by keyboard, filed from a scan, their wording edited."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from loanstore.domain.signatures import Stage
from loanstore.operations import drafting, freezing
from loanstore.ui.screens.agreements_page import SCANNED, TO_SIGN, WORDING
from tests.helpers.agreements import agree, blank_page, line_of, scan_of, text_of

if TYPE_CHECKING:
    from pathlib import Path

    from loanstore.ui.screens.agreements_page import AgreementsPage
    from tests.helpers.bench import Bench

WAIT = 20_000


def page_of(bench: Bench, part: int) -> AgreementsPage:
    bench.window.show_page("agreements")
    page = bench.window.pages.agreements
    page.show_part(part)
    page.refresh()
    bench.settle()
    return page


def until_sealed(bench: Bench, code: str) -> None:
    bench.qtbot.waitUntil(lambda: line_of(bench.made_up, code).signing.sealed is not None, timeout=WAIT)


def test_the_paper_is_drawn_behind_the_window_without_anybody_asking(bench: Bench) -> None:
    family, violin = bench.made_up.borrower(), bench.made_up.instrument()
    bench.scan(family.code, violin.code, "LSCMD-FINISH")
    bench.qtbot.waitUntil(lambda: bench.made_up.dump()["papers"] != [], timeout=WAIT)
    assert bench.made_up.complaints() == []


def test_somebody_signs_on_the_pad_with_the_mouse_and_it_is_sealed_behind_the_window(bench: Bench) -> None:
    code = agree(bench.made_up)
    bench.made_up.clock.go_on(days=11)
    page = page_of(bench, TO_SIGN)
    assert [line.code for line in page.signing.list.all_lines()] == [code]
    bench.press(Qt.Key.Key_Down)
    bench.press(Qt.Key.Key_Return)
    form = page.signing.form
    assert form.isVisible()
    assert QApplication.focusWidget() is form.name
    bench.type("Sam Example")
    pad = form.pad
    QTest.mousePress(pad, Qt.MouseButton.LeftButton, pos=QPoint(20, 90))
    for x in range(20, 220, 20):
        QTest.mouseMove(pad, QPoint(x, 40 + x % 60))
    QTest.mouseRelease(pad, Qt.MouseButton.LeftButton, pos=QPoint(220, 40))
    assert len(pad.strokes()[0]) > 5
    bench.click("sign")
    assert line_of(bench.made_up, code).stage is Stage.SIGNED
    assert page.signing.list.all_lines() == ()
    until_sealed(bench, code)
    assert "Sam Example" in text_of(freezing.signed_pdf(bench.made_up.desk, code).pdf)


def test_by_keyboard_one_says_that_it_was_signed_on_paper(bench: Bench) -> None:
    code = agree(bench.made_up)
    page = page_of(bench, TO_SIGN)
    bench.scan(code)
    form = page.signing.form
    assert form.isVisible()
    bench.type("Sam Example")
    form.witnessed.setFocus()
    bench.press(Qt.Key.Key_Space)
    assert not form.pad.isEnabled()
    bench.button("sign").setFocus()
    bench.press(Qt.Key.Key_Space)
    (signature,) = line_of(bench.made_up, code).signing.signatures
    assert signature.how == "witnessed"
    bench.press(Qt.Key.Key_Escape)
    assert not form.isVisible()
    assert bench.window.screens.currentWidget() is page


def test_delete_wipes_the_pad_and_a_touch_is_no_signature(bench: Bench) -> None:
    code = agree(bench.made_up)
    page = page_of(bench, TO_SIGN)
    bench.scan(code)
    pad = page.signing.form.pad
    QTest.mouseClick(pad, Qt.MouseButton.LeftButton, pos=QPoint(50, 50))
    assert pad.strokes() != []
    bench.type("Sam")
    bench.click("sign")
    assert "signature" in bench.window.box.text().lower()
    pad.setFocus()
    bench.press(Qt.Key.Key_Delete)
    assert pad.strokes() == []
    assert line_of(bench.made_up, code).stage is Stage.MADE


def test_a_scan_of_anything_else_on_this_screen_is_the_desks(bench: Bench) -> None:
    violin = bench.made_up.instrument()
    page_of(bench, TO_SIGN)
    bench.scan(violin.code)
    assert bench.window.screens.currentWidget() is bench.window.desk
    assert [answer.value for answer in bench.answers] == ["SHOWN"]


def test_a_batch_is_filed_and_a_page_left_over_is_assigned_by_hand(bench: Bench, tmp_path: Path) -> None:
    desk = bench.made_up.desk
    first, second = agree(bench.made_up, "Drama, Ada"), agree(bench.made_up, "Drama, Ben")
    file = tmp_path / "batch.pdf"
    file.write_bytes(scan_of([blank_page(), freezing.agreement_pdf(desk, first).result.pdf], turned=(1, 2)))
    page = page_of(bench, SCANNED)
    page.loose.choose_by(lambda _parent: file)
    bench.click("fileScans")
    bench.qtbot.waitUntil(lambda: page.loose.list.count() == 1, timeout=WAIT)
    assert line_of(bench.made_up, first).stage is Stage.SIGNED
    assert "1 agreement filed as signed" in bench.window.box.text()
    page.loose.list.setFocus()
    bench.press(Qt.Key.Key_Space)
    page.loose.list.setCurrentRow(0)
    bench.settle()
    bench.scan(second)
    assert page.loose.field.text() == second
    bench.click("assignPages")
    assert line_of(bench.made_up, second).stage is Stage.SIGNED
    assert page.loose.list.count() == 0


def test_a_wording_is_edited_faults_are_shown_and_saved_once_they_are_mended(bench: Bench) -> None:
    page = page_of(bench, WORDING)
    part = page.wording
    bench.qtbot.waitUntil(lambda: part.page_count() > 0, timeout=WAIT)
    part.editor.heading.setFocus()
    part.editor.body.setFocus()
    part.editor.body.selectAll()
    bench.type("Lent to {nobody}.")
    bench.qtbot.waitUntil(part.faults.isVisible, timeout=WAIT)
    assert "Clause 1: nothing fills in “{nobody}”" in part.faults.item(0).text()
    assert not bench.button("saveWording").isEnabled()
    part.editor.body.selectAll()
    bench.type("Lent to {borrower}, with care.")
    bench.qtbot.waitUntil(bench.button("saveWording").isEnabled, timeout=WAIT)
    bench.click("saveWording")
    text = drafting.text(bench.made_up.desk, "setting")
    assert (text.version, text.clauses[0].body) == ("2", "Lent to {borrower}, with care.")
    assert part.version.count() == 2
    part.version.setCurrentIndex(1)
    bench.settle()
    assert "accessories" in part.editor.body.toPlainText()
    bench.click("compareWording")
    marks = [part.changes.item(row).text() for row in range(part.changes.count())]
    assert "+ Lent to {borrower}, with care." in marks


def test_clauses_are_added_moved_and_removed_by_their_buttons(bench: Bench) -> None:
    part = page_of(bench, WORDING).wording
    before = part.editor.draft()
    assert before is not None
    bench.click("addClause")
    bench.type("Snails")
    bench.click("clauseUp")
    draft = part.editor.draft()
    assert draft is not None
    assert [clause.title for clause in draft.clauses[:2]] == ["Snails", before.clauses[0].title]
    bench.click("removeClause")
    assert part.editor.draft() == before


def test_a_second_language_is_written_beside_each_clause(bench: Bench) -> None:
    part = page_of(bench, WORDING).wording
    part.editor.language.setFocus()
    bench.type("ur")
    bench.settle()
    assert part.editor.second_body.isVisible()
    part.editor.second_title.setFocus()
    bench.type("Title two")
    part.editor.second_heading.setFocus()
    bench.type("Heading two")
    draft = part.editor.draft()
    assert draft is not None
    assert draft.second is not None
    assert (draft.second.language, draft.second.title) == ("ur", "Title two")
    assert draft.second.clauses[0].title == "Heading two"
