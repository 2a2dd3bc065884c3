"""Going through an import in the window by keys, from the file to the end."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox

from loanstore.domain.import_fields import ImportKind
from loanstore.ui.screens.import_steps import Step

if TYPE_CHECKING:
    from pathlib import Path

    from loanstore.ui.screens.import_page import ImportPage
    from tests.helpers.bench import Bench

INSTRUMENTS = ImportKind.INSTRUMENTS


def begin(bench: Bench, file: Path, kind: ImportKind = INSTRUMENTS, report: Path | None = None) -> ImportPage:
    """Come to the import from a list, and choose a file by the keyboard."""
    page = bench.window.pages.imports
    page.choose_by(lambda _parent: file, lambda _parent: report)
    bench.window.show_import(kind)
    bench.settle()
    bench.press(Qt.Key.Key_Return)
    return page


def through(bench: Bench, file: Path, kind: ImportKind = INSTRUMENTS) -> ImportPage:
    """Go through the whole import without a hand on the mouse, taking everything as it is proposed."""
    page = begin(bench, file, kind)
    assert stands_at(page, Step.COLUMNS)
    bench.press(Qt.Key.Key_Return)
    if stands_at(page, Step.WORDS):
        onward(bench)
    assert stands_at(page, Step.CHECK)
    bench.press(Qt.Key.Key_Return)
    assert stands_at(page, Step.DONE)
    return page


def stands_at(page: ImportPage, step: Step) -> bool:
    """Tell whether the import stands at a step."""
    return page.step is step


def onward(bench: Bench) -> None:
    """Go on by keys."""
    bench.press(Qt.Key.Key_Right, Qt.KeyboardModifier.AltModifier)


def backward(bench: Bench) -> None:
    """Go back by keys."""
    bench.press(Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)


def tab_to(bench: Bench, name: str) -> None:
    """Press Tab until the focus is there."""
    for _n in range(200):
        focused = QApplication.focusWidget()
        if focused is not None and focused.objectName() == name:
            return
        QTest.keyClick(bench.window.windowHandle(), Qt.Key.Key_Tab)
    raise AssertionError(name)


def choose(bench: Bench, name: str, words: str) -> None:
    """Choose in a box by its keys alone."""
    tab_to(bench, name)
    box = QApplication.focusWidget()
    assert isinstance(box, QComboBox)
    wanted = box.findText(words)
    assert wanted >= 0
    while box.currentIndex() != wanted:
        key = Qt.Key.Key_Down if box.currentIndex() < wanted else Qt.Key.Key_Up
        QTest.keyClick(bench.window.windowHandle(), key)
