"""The webcam is looked for only when it is wanted; Qt's multimedia part is stood in for, since it need not be here."""

from __future__ import annotations

from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QImage

from loanstore.ui import camera
from loanstore.ui.camera import Cameras, as_jpeg

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot


class StandIn(QObject):
    """Camera, sink and session in one, as far as they are used."""

    videoFrameChanged = Signal(object)  # noqa: N815 - Qt's own name
    errorOccurred = Signal(int, str)  # noqa: N815 - the same

    def __init__(self) -> None:
        super().__init__()
        self.on = False

    def start(self) -> None:
        self.on = True

    def stop(self) -> None:
        self.on = False

    def setCamera(self, _camera: object) -> None:  # noqa: N802 - the same
        """Take a camera."""

    def setVideoSink(self, _sink: object) -> None:  # noqa: N802 - the same
        """Take a sink."""


@pytest.fixture
def part(monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    """Stand in for the multimedia part, with a camera plugged in or not."""
    made: dict[str, Any] = {"camera": StandIn(), "sink": StandIn(), "plugged": True}
    devices = SimpleNamespace(defaultVideoInput=lambda: SimpleNamespace(isNull=lambda: not made["plugged"]))
    media = SimpleNamespace(
        QMediaDevices=devices,
        QCamera=lambda _device: made["camera"],
        QVideoSink=lambda: made["sink"],
        QMediaCaptureSession=StandIn,
    )
    monkeypatch.setattr(camera, "find_spec", lambda _name: object())
    monkeypatch.setattr(camera, "import_module", lambda _name: media)
    return made


def picture() -> QImage:
    made = QImage(20, 10, QImage.Format.Format_RGB32)
    made.fill(Qt.GlobalColor.darkGreen)
    return made


def test_without_the_extra_a_sentence_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(camera, "find_spec", lambda _name: None)
    monkeypatch.setattr(camera, "import_module", lambda name: pytest.fail(f"{name} was imported"))
    assert 'pip install "loanstore[camera]"' in Cameras().missing()


def test_without_a_camera_a_sentence_says_to_plug_one_in(part: dict[str, Any]) -> None:
    part["plugged"] = False
    assert Cameras().missing().startswith("No camera is connected")


def test_the_cameras_frames_and_its_troubles_arrive(part: dict[str, Any], qtbot: QtBot) -> None:
    assert Cameras().missing() == ""
    frames = Cameras().open()
    frames.start()
    assert part["camera"].on
    with qtbot.waitSignal(frames.frame) as seen:
        part["sink"].videoFrameChanged.emit(SimpleNamespace(toImage=picture))
    assert seen.args[0].size() == picture().size()
    with qtbot.waitSignal(frames.failed) as told:
        part["camera"].errorOccurred.emit(1, "unplugged")
    assert told.args == ["unplugged"]
    frames.stop()
    assert not part["camera"].on


def test_a_picture_is_written_as_a_jpeg_and_none_as_nothing() -> None:
    assert as_jpeg(picture()).startswith(b"\xff\xd8")
    assert as_jpeg(QImage()) == b""
