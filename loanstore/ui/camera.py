"""The webcam, if there is one: Qt's multimedia part, which gives its pictures, is an extra and may be absent."""

from __future__ import annotations

from importlib import import_module
from importlib.util import find_spec
from typing import Any, Final

from PySide6.QtCore import QBuffer, QIODevice, QObject, Signal
from PySide6.QtGui import QImage

from loanstore.i18n import _

_MULTIMEDIA: Final = "PySide6.QtMultimedia"
_QUALITY: Final = 90


class Frames(QObject):
    """A source of pictures: ``frame`` carries each as a QImage, ``failed`` says in words why none come any more."""

    frame = Signal(QImage)
    failed = Signal(str)

    def start(self) -> None:
        """Begin to give pictures."""

    def stop(self) -> None:
        """Give no more, and let go of the camera."""


class Webcam(Frames):
    """The machine's own camera, as Qt's multimedia part gives it."""

    def __init__(self, media: Any, device: Any) -> None:  # noqa: ANN401 - a module and a device that need not be installed
        super().__init__()
        self._camera = media.QCamera(device)
        self._sink = media.QVideoSink()
        self._session = media.QMediaCaptureSession()
        self._session.setCamera(self._camera)
        self._session.setVideoSink(self._sink)
        self._sink.videoFrameChanged.connect(lambda frame: self.frame.emit(frame.toImage()))
        self._camera.errorOccurred.connect(lambda _error, words: self.failed.emit(words))

    def start(self) -> None:
        """Switch the camera on."""
        self._camera.start()

    def stop(self) -> None:
        """Switch the camera off."""
        self._camera.stop()


class Cameras:
    """Finds the webcam when it is wanted, never before; tests give frames of their own instead."""

    def missing(self) -> str:
        """Say in a sentence why there is no camera and what to do; empty where pictures can be taken."""
        if find_spec(_MULTIMEDIA) is None:
            return _('For a webcam install the extra: pip install "loanstore[camera]". A photo from a file works too.')
        if import_module(_MULTIMEDIA).QMediaDevices.defaultVideoInput().isNull():
            return _("No camera is connected: plug one in and try again. A photo from a file works too.")
        return ""

    def open(self) -> Frames:
        """Give the camera's pictures; only where nothing is missing."""
        media = import_module(_MULTIMEDIA)
        return Webcam(media, media.QMediaDevices.defaultVideoInput())


def as_jpeg(picture: QImage) -> bytes:
    """Write a picture as a JPEG; empty where it can't be."""
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    saved = picture.save(buffer, "JPEG", _QUALITY)  # type: ignore[call-overload]  # the stubs know a format as bytes only
    return bytes(buffer.data().data()) if saved else b""
