"""What the webcam sees, over the desk: Enter takes the photo, Esc leaves it, and the next scan closes it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QImage, QPixmap
from PySide6.QtWidgets import QLabel

from loanstore.i18n import _
from loanstore.ui.camera import as_jpeg
from loanstore.ui.labels import button, named
from loanstore.ui.popup import Popup

if TYPE_CHECKING:
    from PySide6.QtGui import QCloseEvent
    from PySide6.QtWidgets import QWidget

    from loanstore.ui.camera import Frames
    from loanstore.ui.theme import Look

_SHARE: Final = 0.6
"""How much of the window the picture takes."""


class CameraView(Popup):
    """The picture as it is seen now. ``taken`` carries it as a JPEG; a camera that fails says so in its place."""

    taken = Signal(bytes)

    def __init__(self, look: Look, over: QWidget, frames: Frames) -> None:
        super().__init__(look, over)
        self._frames = frames
        self._latest = QImage()
        self._seen = named(QLabel(_("The camera is starting")), "cameraPicture", _("What the camera sees"))
        self._seen.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._seen.setWordWrap(True)
        self._seen.setFixedSize(QSize(int(over.width() * _SHARE), int(over.height() * _SHARE)))
        self._take = button("takePhoto", _("Take the photo") + "   Enter", self._shoot, primary=True)
        leave = button("leaveCamera", _("Leave it") + "   Esc", self.left.emit)
        for one in (self._take, leave):
            one.setAutoDefault(True)
        frames.frame.connect(self._show)
        frames.failed.connect(self._failed)
        self.fill(self._seen, self._take, leave)
        frames.start()

    def put_away(self) -> None:
        """Let go of the camera and go."""
        self._frames.stop()
        self.hide()
        self.deleteLater()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Let go of the camera with the window."""
        self._frames.stop()
        super().closeEvent(event)

    def _show(self, picture: QImage) -> None:
        if picture.isNull():
            return
        self._latest = picture
        self._seen.setPixmap(
            QPixmap.fromImage(picture).scaled(
                self._seen.size(), Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
            )
        )

    def _failed(self, words: str) -> None:
        self._latest = QImage()
        told = _("The camera gives no picture: {words}. Choose a photo from a file instead.")
        self._seen.setText(told.format(words=words.rstrip(".")))

    def _shoot(self) -> None:
        picture = as_jpeg(self._latest) if not self._latest.isNull() else b""
        if picture:
            self.taken.emit(picture)
