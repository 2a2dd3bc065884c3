"""The sounds of the desk: one for each tone of an answer, played behind the window, and never an error."""

from __future__ import annotations

import os
import sys
import wave
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from PySide6.QtWidgets import QApplication

from loanstore import assets
from loanstore.domain.answers import Answer, Tone, tone
from loanstore.ui.background import Lane

if TYPE_CHECKING:
    from collections.abc import Callable, Generator

RATE = 44_100


class Voice(Protocol):
    """Whatever can play a sound's samples (16 bit, one channel, ``RATE``)."""

    def play(self, samples: bytes) -> None:
        """Begin to play and come back at once."""

    def close(self) -> None:
        """Let the sound card go."""


class MiniaudioVoice:
    """Plays by miniaudio on the system's own sound card."""

    def __init__(self) -> None:
        if not has_sound_card():
            raise OSError("no sound card")
        import miniaudio

        self._device = miniaudio.PlaybackDevice(
            output_format=miniaudio.SampleFormat.SIGNED16, nchannels=1, sample_rate=RATE, buffersize_msec=60
        )

    def play(self, samples: bytes) -> None:
        """Begin to play; what was playing stops."""
        stream = _frames(samples)
        next(stream)
        self._device.stop()
        self._device.start(stream)

    def close(self) -> None:
        """Let the sound card go."""
        self._device.close()


def has_sound_card() -> bool:
    """Tell whether there is anything to play on; asking a Linux without one makes its libraries complain aloud."""
    if sys.platform != "linux":
        return True
    runtime = Path(os.environ.get("XDG_RUNTIME_DIR", "/run/user/none"))
    cards = Path("/proc/asound/cards")
    served = any((runtime / name).exists() for name in ("pulse/native", "pipewire-0"))
    return served or (cards.exists() and "[" in cards.read_text("utf-8", "replace"))


def _frames(samples: bytes) -> Generator[bytes, int, None]:
    """Give out samples as the sound card asks for them, a number of frames at a time."""
    wanted = yield b""
    at = 0
    while at < len(samples):
        piece = samples[at : at + wanted * 2]
        at += len(piece)
        wanted = yield piece


def name_of(answer: Answer) -> str:
    """Give the name of an answer's sound: out, in, decide, wrong or repeat; empty for silence."""
    if answer is Answer.REPEATED:
        return "repeat"
    named = tone(answer)
    return "" if named is Tone.QUIET else named.value


class Sounds:
    """Plays an answer's sound; with no sound card it asks for the system's beep instead."""

    def __init__(
        self,
        *,
        on: bool = True,
        make: Callable[[], Voice] = MiniaudioVoice,
        beep: Callable[[], None] = QApplication.beep,
        folder: Path | None = None,
    ) -> None:
        self._on = on
        self._make = make
        self._beep = beep
        self._folder = folder or assets.resources() / "sounds"
        self._lane: Lane | None = None
        self._voice: Voice | None = None
        self._mute = False

    def turn(self, *, on: bool) -> None:
        """Turn sounds on or off."""
        self._on = on

    def play(self, name: str) -> None:
        """Play one sound by its name, behind the window; an empty name is silence."""
        if not self._on or not name:
            return
        if self._mute:
            self._beep()
            return
        self._lane = self._lane or Lane("loanstore-sounds")
        self._lane.ask(lambda: self._play(name), lambda _none: None, self._failed, name="sound")

    def close(self) -> None:
        """Let the sound card go."""
        if self._lane is not None:
            self._lane.ask(self._close, lambda _none: None, lambda _error: None)
            self._lane.stop()
            self._lane = None

    def _play(self, name: str) -> None:
        with wave.open(str(self._folder / f"{name}.wav"), "rb") as file:
            samples = file.readframes(file.getnframes())
        self._voice = self._voice or self._make()
        self._voice.play(samples)

    def _close(self) -> None:
        if self._voice is not None:
            self._voice.close()

    def _failed(self, _error: Exception) -> None:
        """From the first failure on, the system beeps; the desk goes on."""
        self._mute = True
        self._beep()
