"""Long work at the window: it tells how far it is, can be cancelled by a key, and the desk stays usable meanwhile."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QProgressBar, QPushButton

from loanstore.domain.answers import Answer
from loanstore.domain.import_fields import ImportKind
from loanstore.operations import importing, placing, stocktaking
from loanstore.ui import list_menus
from loanstore.ui.screens import list_selection
from tests.helpers.bench import WAIT

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path
    from typing import Any

    from tests.helpers.bench import Bench

LINES = 6


class Pause:
    """Holds work up in its own thread until it may go on."""

    def __init__(self) -> None:
        self.reached = threading.Event()
        self.go_on = threading.Event()

    def after_the_first(self, through: Callable[..., Iterator[Any]]) -> Callable[..., Iterator[Any]]:
        """Have whatever gives one thing after another stop after the second."""

        def held(*given: Any) -> Iterator[Any]:
            for at, thing in enumerate(through(*given)):
                yield thing
                if at == 1:
                    self.reached.set()
                    self.go_on.wait(WAIT / 1000)

        return held


@pytest.fixture
def pause() -> Iterator[Pause]:
    made = Pause()
    yield made
    made.go_on.set()


def bar(bench: Bench, name: str) -> QProgressBar:
    found = bench.window.findChild(QProgressBar, name)
    assert isinstance(found, QProgressBar)
    return found


def begin_export(bench: Bench, file: Path, pause: Pause, monkeypatch: pytest.MonkeyPatch) -> QPushButton:
    """Ask for the export of a list by the keyboard, and wait until it is held up half-way."""
    for _n in range(LINES):
        bench.made_up.instrument()
    monkeypatch.setattr(list_menus, "gone_through", pause.after_the_first(list_selection.gone_through))
    bench.window.list_menus.export_by(lambda _parent, _name: file)
    bench.window.show_page("instruments")
    bench.settle()
    bench.button("export-instruments").setFocus()
    QTest.keyClick(bench.button("export-instruments"), Qt.Key.Key_Space)
    bench.qtbot.waitUntil(pause.reached.is_set, timeout=WAIT)
    cancel = bench.button("cancelWork")
    bench.qtbot.waitUntil(cancel.isVisible, timeout=WAIT)
    return cancel


@pytest.mark.parametrize("name", ["list.csv", "list.xlsx"])
def test_an_export_is_cancelled_by_a_key_and_leaves_no_file(
    bench: Bench, tmp_path: Path, pause: Pause, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    file = tmp_path / name
    cancel = begin_export(bench, file, pause, monkeypatch)
    assert 0 < bar(bench, "progress").value() < bar(bench, "progress").maximum()
    cancel.setFocus()
    QTest.keyClick(cancel, Qt.Key.Key_Space)
    pause.go_on.set()
    bench.settle()
    assert not file.exists()
    assert "Cancelled" in bench.window.box.text()
    assert not cancel.isVisible()


def test_one_lends_while_a_list_is_being_written(
    bench: Bench, tmp_path: Path, pause: Pause, monkeypatch: pytest.MonkeyPatch
) -> None:
    school, violin = bench.made_up.borrower("Oakfield School", "setting"), bench.made_up.instrument()
    file = tmp_path / "list.csv"
    begin_export(bench, file, pause, monkeypatch)
    for text in (school.code, violin.code):
        bench.window.take_scan(text)
    bench.qtbot.waitUntil(lambda: bench.answers == [Answer.BORROWER_CHOSEN, Answer.LENT], timeout=WAIT)
    assert not file.exists()
    pause.go_on.set()
    bench.settle()
    assert len(file.read_text("utf-8-sig").splitlines()) == 1 + LINES + 1


def test_closing_the_window_does_not_wait_for_an_export(
    bench: Bench, tmp_path: Path, pause: Pause, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "list.csv"
    begin_export(bench, file, pause, monkeypatch)
    pause.go_on.set()
    bench.counter.close()
    assert not file.exists() or len(file.read_text("utf-8-sig").splitlines()) == 1 + LINES


def test_a_stocktakes_paper_is_cancelled_and_nothing_is_printed(
    bench: Bench, pause: Pause, monkeypatch: pytest.MonkeyPatch
) -> None:
    from loanstore.domain import progress

    place = placing.add_place(bench.made_up.desk, "Store A").result
    for _n in range(LINES):
        bench.made_up.instrument(location="Store A")
    stocktaking.begin(bench.made_up.desk, place.code)
    bench.window.show_page("stocktake")
    bench.settle()
    through = pause.after_the_first(progress.Reached.through)
    monkeypatch.setattr(progress.Reached, "through", through)
    bench.button("printStocktake").setFocus()
    QTest.keyClick(bench.button("printStocktake"), Qt.Key.Key_Space)
    bench.qtbot.waitUntil(pause.reached.is_set, timeout=WAIT)
    cancel = bench.button("cancelWork")
    bench.qtbot.waitUntil(cancel.isVisible, timeout=WAIT)
    QTest.keyClick(cancel, Qt.Key.Key_Space)
    pause.go_on.set()
    bench.settle()
    assert bench.opened == []
    assert "Cancelled" in bench.window.box.text()


def test_undoing_an_import_shows_how_far_it_is_and_is_cancelled_by_a_key(
    bench: Bench, tmp_path: Path, pause: Pause, monkeypatch: pytest.MonkeyPatch
) -> None:
    from loanstore.domain import progress

    file = tmp_path / "list.csv"
    file.write_text("Code,Type\n" + "".join(f"A{n},Violin\n" for n in range(LINES)))
    importing.import_file(bench.made_up.desk, importing.Plan(file, ImportKind.INSTRUMENTS))
    before = bench.made_up.dump()
    bench.window.show_import(ImportKind.INSTRUMENTS)
    bench.settle()
    monkeypatch.setattr(progress.Reached, "through", pause.after_the_first(progress.Reached.through))
    bench.window.pages.imports.file.past.table.selectRow(0)
    undo, cancel = bench.button("undoImport"), bench.button("importCancel")
    undo.setFocus()
    QTest.keyClick(undo, Qt.Key.Key_Space)
    bench.qtbot.waitUntil(pause.reached.is_set, timeout=WAIT)
    bench.qtbot.waitUntil(lambda: bar(bench, "importProgress").maximum() == 2 * LINES, timeout=WAIT)
    assert cancel.isVisible()
    QTest.keyClick(cancel, Qt.Key.Key_Space)
    pause.go_on.set()
    bench.settle()
    assert bench.made_up.dump() == before
    assert "Cancelled" in bench.window.box.text()
    bench.window.pages.imports.file.past.table.selectRow(0)
    undo.setFocus()
    bench.press(Qt.Key.Key_Return)
    assert "The import is undone" in bench.window.box.text()
    assert bench.made_up.dump()["instruments"] == []
