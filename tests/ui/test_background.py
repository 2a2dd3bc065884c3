"""The threads behind the window: order, the newest asking, and errors that come back."""

from __future__ import annotations

import threading
from functools import partial
from typing import TYPE_CHECKING

import pytest

from loanstore.ui.background import Lane

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytestqt.qtbot import QtBot


@pytest.fixture
def lane(qtbot: QtBot) -> Iterator[Lane]:
    made = Lane("test")
    assert qtbot is not None
    yield made
    made.stop()


def test_answers_come_in_the_order_of_the_askings(qtbot: QtBot, lane: Lane) -> None:
    said: list[int] = []
    for n in range(200):
        lane.ask(partial(int, n), said.append, lambda _error: None)
    qtbot.waitUntil(lambda: not lane.busy)
    assert said == list(range(200))


def test_work_is_done_behind_the_window_and_answered_in_it(qtbot: QtBot, lane: Lane) -> None:
    where: list[threading.Thread] = []
    lane.ask(threading.current_thread, where.append, lambda _error: None)
    lane.ask(lambda: None, lambda _none: where.append(threading.current_thread()), lambda _error: None)
    qtbot.waitUntil(lambda: len(where) == 2)
    assert where[0] is not threading.main_thread()
    assert where[1] is threading.main_thread()


def test_only_the_newest_asking_of_a_name_is_answered(qtbot: QtBot, lane: Lane) -> None:
    gate, said = threading.Event(), list[str]()
    lane.ask(gate.wait, lambda _set: None, lambda _error: None)
    for typed in ("v", "vi", "vio"):
        lane.ask(partial(str, typed), said.append, lambda _error: None, name="find")
    gate.set()
    qtbot.waitUntil(lambda: not lane.busy)
    assert said == ["vio"]


def test_an_error_is_handed_back_and_the_next_asking_is_answered(qtbot: QtBot, lane: Lane) -> None:
    errors: list[Exception] = []
    said: list[int] = []
    lane.ask(lambda: 1 // 0, lambda _n: None, errors.append)
    lane.ask(lambda: 7, said.append, errors.append)
    qtbot.waitUntil(lambda: not lane.busy)
    assert [type(error) for error in errors] == [ZeroDivisionError]
    assert said == [7]


def test_stopping_finishes_what_was_asked() -> None:
    done: list[int] = []
    lane = Lane("test")
    for n in range(20):
        lane.ask(partial(done.append, n), lambda _none: None, lambda _error: None)
    lane.stop()
    assert done == list(range(20))
