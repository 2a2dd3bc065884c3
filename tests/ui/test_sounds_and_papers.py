"""Sounds never stand in the way, and papers leave by the printer or by being opened."""

from __future__ import annotations

import os
import time
import wave
from typing import TYPE_CHECKING

import pytest

from loanstore import assets
from loanstore.domain.answers import Answer
from loanstore.domain.errors import FileUnusable
from loanstore.ui.printing import Papers
from loanstore.ui.sounds import RATE, Sounds, name_of

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot


class Voice:
    """Notes what it was asked to play."""

    def __init__(self) -> None:
        self.played: list[int] = []

    def play(self, samples: bytes) -> None:
        self.played.append(len(samples))

    def close(self) -> None:
        self.played.append(0)


@pytest.mark.parametrize("answer", list(Answer))
def test_every_answer_has_a_sound_that_is_shipped_or_is_silent(answer: Answer) -> None:
    name = name_of(answer)
    assert not name or (assets.resources() / "sounds" / f"{name}.wav").is_file()


def test_the_five_sounds_are_short_and_differ() -> None:
    contents = set()
    for name in ("out", "in", "decide", "wrong", "repeat"):
        with wave.open(str(assets.resources() / "sounds" / f"{name}.wav"), "rb") as file:
            assert (file.getframerate(), file.getnchannels(), file.getsampwidth()) == (RATE, 1, 2)
            assert file.getnframes() < RATE // 2
            contents.add(file.readframes(file.getnframes()))
    assert len(contents) == 5


def test_a_sound_is_played_behind_the_window(qtbot: QtBot) -> None:
    voice = Voice()
    sounds = Sounds(make=lambda: voice, beep=lambda: None)
    sounds.play("out")
    qtbot.waitUntil(lambda: bool(voice.played))
    sounds.close()
    assert voice.played[-1] == 0


def test_without_a_sound_card_the_system_beeps_and_nothing_fails(qtbot: QtBot) -> None:
    beeps: list[int] = []

    def no_card() -> Voice:
        raise OSError("no such device")

    sounds = Sounds(make=no_card, beep=lambda: beeps.append(1))
    sounds.play("out")
    qtbot.waitUntil(lambda: beeps == [1])
    sounds.play("in")
    assert beeps == [1, 1]
    sounds.close()


def test_sounds_that_are_switched_off_are_silent() -> None:
    beeps: list[int] = []
    Sounds(on=False, beep=lambda: beeps.append(1)).play("wrong")
    assert beeps == []


def test_without_a_printer_the_paper_is_opened(tmp_path: Path) -> None:
    shown: list[Path] = []
    path = Papers(tmp_path / "papers", show=shown.append).give_out("agreement-FM-000001-M", b"%PDF")
    assert shown == [path]
    assert path.read_bytes() == b"%PDF"


def test_where_the_paper_cannot_be_written_it_says_so(tmp_path: Path) -> None:
    (tmp_path / "papers").write_text("a file in the way")
    with pytest.raises(FileUnusable, match="FILE_NOT_WRITTEN"):
        Papers(tmp_path / "papers", show=lambda _path: None).give_out("agreement", b"%PDF")


def test_papers_of_days_before_are_deleted(tmp_path: Path) -> None:
    papers = Papers(tmp_path, show=lambda _path: None)
    old, new = papers.give_out("old", b"%PDF"), papers.give_out("new", b"%PDF")
    os.utime(old, (time.time() - 100_000,) * 2)
    papers.clear_old()
    assert (old.exists(), new.exists()) == (False, True)
