"""Every control can be named, by a test and by a screen reader; and the desk fits a cheap laptop's screen."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QBoxLayout, QPushButton, QScrollArea, QScrollBar, QWidget

from tests.helpers.bench import focusable

if TYPE_CHECKING:
    from tests.helpers.bench import Bench


def test_every_control_the_keyboard_reaches_has_both_names(bench: Bench) -> None:
    for name in bench.window.pages:
        bench.window.pages[name]
    controls = focusable(bench.window)
    assert len(controls) > 30
    nameless = [type(one).__name__ for one in controls if not one.objectName()]
    assert nameless == []
    silent = []
    for one in controls:
        spoken = QAccessible.queryAccessibleInterface(one)
        if not spoken.text(QAccessible.Text.Name):
            silent.append(one.objectName())
    assert silent == []


PAGES = (
    "desk",
    "today",
    "instruments",
    "borrowers",
    "loans",
    "sets",
    "requests",
    "labels",
    "stocktake",
    "places",
    "workshop",
    "deliveries",
    "charges",
    "register",
    "agreements",
    "import",
    "settings",
    "help",
)


@pytest.mark.parametrize("page", PAGES)
def test_every_screen_opens_and_says_something(bench: Bench, page: str) -> None:
    if page == "help":
        bench.press(Qt.Key.Key_F1)
        assert "scan desk" in bench.window.pages.help.text.toPlainText().lower()
        bench.press(Qt.Key.Key_Escape)
        assert bench.window.screens.currentWidget() is bench.window.desk
    else:
        bench.window.show_page(page)
        bench.settle()
        assert bench.window.pages.name_of(bench.window.screens.currentWidget()) == page
        assert bench.window.pages[page].isVisible()


def test_six_scans_are_seen_at_once_on_a_small_screen(bench: Bench) -> None:
    school = bench.made_up.borrower("Oakfield Primary School", "setting")
    things = [bench.made_up.instrument() for _n in range(8)]
    bench.scan(school.code, *(thing.code for thing in things))
    table = bench.window.desk.hand_over.table
    assert table.viewport().height() >= 6 * table.rowHeight(0)
    assert not _scrolled_sideways(bench.window)


def test_at_twice_the_size_the_right_hand_column_folds_under(bench: Bench) -> None:
    columns = bench.window.desk.columns
    assert columns.direction() is QBoxLayout.Direction.LeftToRight
    bench.window.resize(683, 540)
    bench.settle()
    assert columns.direction() is QBoxLayout.Direction.TopToBottom
    panel, card = bench.window.desk.panel, bench.window.desk.card
    assert (
        panel.mapTo(bench.window, panel.rect().topLeft()).y() > card.mapTo(bench.window, card.rect().bottomLeft()).y()
    )
    scroll = bench.window.findChild(QScrollArea, "deskScroll")
    assert isinstance(scroll, QScrollArea)
    inside = scroll.widget()
    assert inside is not None
    assert inside.width() <= scroll.viewport().width()


def test_on_a_narrow_window_a_card_takes_the_place_of_its_list(bench: Bench) -> None:
    bench.made_up.instrument()
    bench.window.resize(683, 384)
    bench.window.show_page("instruments")
    bench.settle()
    screen = bench.window.pages.lists["instruments"]
    screen.open_line(0)
    bench.settle()
    assert not screen.table.isVisible()
    assert screen.panel.geometry().right() <= screen.width()
    bench.click("closePanel")
    assert screen.table.isVisible()


def test_a_name_of_eighty_letters_stays_inside_its_card(bench: Bench) -> None:
    long = "ਗੁਰਪ੍ਰੀਤ " + "Example-Featherstonehaugh " * 3
    family = bench.made_up.borrower(long.strip(), pupil="أحمد Example")
    bench.scan(family.code)
    panel = bench.window.desk.panel
    assert panel.width() <= bench.shop.look.theme.size("column")
    assert panel.name() == long.strip()


@pytest.mark.parametrize("page", ["settings", "workshop", "register"])
def test_at_twice_the_size_nothing_scrolls_sideways(bench: Bench, page: str) -> None:
    bench.window.resize(683, 384)
    bench.window.show_page(page)
    bench.settle()
    assert not _scrolled_sideways(bench.window)


@pytest.mark.parametrize("code", ["T1", "OAK"])
def test_at_twice_the_size_every_button_of_a_record_can_be_seen(bench: Bench, code: str) -> None:
    bench.made_up.instrument("Trombone", code="S1")
    bench.made_up.instrument("Trombone", code="T1", apparatus="S1")
    bench.made_up.borrower("Oakfield Primary School", "setting", code="OAK")
    bench.window.resize(683, 384)
    bench.window.show_record(code, "instruments")
    bench.settle()
    assert not _scrolled_sideways(bench.window)
    scroll = bench.window.findChild(QScrollArea, "recordScroll")
    assert isinstance(scroll, QScrollArea)
    buttons = [one for one in bench.window.pages.record.findChildren(QPushButton) if one.isVisible()]
    assert len(buttons) >= 7
    for one in buttons:
        scroll.ensureWidgetVisible(one)
        bench.settle()
        assert one.visibleRegion().boundingRect() == one.rect()


def _scrolled_sideways(root: QWidget) -> list[str]:
    bars = [bar for bar in root.findChildren(QScrollBar) if bar.orientation() is Qt.Orientation.Horizontal]
    return [str(bar.parent()) for bar in bars if bar.isVisible() and bar.maximum() > 0]
